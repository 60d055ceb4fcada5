"""The page of a plan that stands, with the files of its meeting."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.selectors import today
from lakthan.apps.planning.plan_pages import plan_file, plan_page
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.plans.wording import STANDINGS
from lakthan.web.wording import FIELDS


@performs(Action.READ_PLANS)
@require_safe
@never_cache
def community_plan(request: ActingRequest, community: str, plan: UUID) -> HttpResponse:
    """A plan with its meeting, its projects, and what became of each."""
    page = plan_page(request.actor, community, plan, today())
    return render(
        request,
        "staff/plans/plan.html",
        {
            "page": page,
            "texts": [(FIELDS[code], text) for code, text in page.fields],
            "standing_words": page.standing and STANDINGS[page.standing],
            "sees_list": refusal(request.actor, Action.READ_DISTRICT_RECORDS, str(page.community.district.id)) is None,
        },
    )


@performs(Action.READ_PLANS)
@require_safe
@never_cache
def file(request: ActingRequest, community: str, plan: UUID, file: UUID) -> FileResponse:
    """A file of the meeting, to be saved and not opened within the site: it is somebody else's content."""
    kept, path = plan_file(request.actor, community, plan, file, today())
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
