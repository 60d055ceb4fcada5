"""The page of a community: how it stands on a day, and what the district's officer does with it."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.communities.directory import IN_REGISTER
from lakthan.apps.communities.page import CommunityPage, community_to_read, head_of, page_of
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.community_records import PlanLine, meetings_of, plans_of, projects_of
from lakthan.apps.planning.plans import open_proposal
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.permissions import Action, Refused, refusal, require
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.communities.forms import FORMS, ActForm, DayForm


@performs(Action.READ_DISTRICT_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def community(request: ActingRequest, community: str) -> HttpResponse:
    """Type, status, committee, eligibility, seats, plans and meetings; a POST carries out one act."""
    row, here = community_to_read(request.actor, community), today()
    page = page_of(request.actor, row)
    may_keep = refusal(request.actor, Action.KEEP_REGISTER, str(page.unit)) is None
    forms = {form.act: form for form in _forms(request, page, here)} if may_keep else {}
    if request.method == "POST":
        require(request.actor, Action.KEEP_REGISTER, str(page.unit))
        form = forms.get(request.POST.get("act", ""))
        if form is None:
            raise UserError("แบบฟอร์มไม่ระบุสิ่งที่จะทำ โหลดหน้าใหม่", "The form names no act; load the page again.")
        if _carried_out(request, form, row):
            messages.success(request, form.told())
            return HttpResponseRedirect(f"{request.path}#{form.place}")
    shown = _shown(request, page, here)
    plans = plans_of(request.actor, row)
    shown |= {"plans": list(zip(plans, _standings(plans, here), strict=True))}
    shown |= {"may_prepare": _may_prepare(request, page, here), "proposal": open_proposal(row)}
    shown |= {"meetings": meetings_of(request.actor, row), "refused": _refused(forms.values())}
    shown |= {"forms": {name.replace("-", "_"): form for name, form in forms.items()}}
    return render(request, "staff/communities/community.html", shown)


def _shown(request: ActingRequest, page: CommunityPage, here: date) -> dict[str, object]:
    """What the register says: eligibility of the day that is asked for, all else of today."""
    asked = DayForm(here, request.GET)
    on, committee = asked.day(here), page.committee_on(here)
    return {
        "page": page,
        "day": asked["on"],
        "is_today": on == here,
        "on": on,
        "reasons": page.reasons_on(on),
        "committee": committee,
        "committee_days": None if committee is None else committee.days_left(here),
        "needs_attention": committee is not None and committee.needs_attention(here),
        "judgement": page.judgement_on(here),
        "is_judged_anew": page.is_judged_anew(here),
        "rests_on_the_one_before": not page.is_judged_anew(on) and page.judgement_on(on) is not None,
        "seats": [(seat, seat.is_in_force(here)) for seat in page.seats],
    }


def _standings(plans: Iterable[PlanLine], here: date) -> list[str]:
    """Of plans from the youngest on: "current" for the one that counts, "replaced" for an older one still in force."""
    found: list[str] = []
    for plan in plans:
        later = "replaced" if "current" in found else "current"
        found.append(later if plan.is_current(here) else "")
    return found


def _may_prepare(request: ActingRequest, page: CommunityPage, here: date) -> bool:
    """Whether the actor can begin a plan of the community, which stands in the register."""
    refused = refusal(request.actor, Action.PREPARE_PLAN, str(page.unit))
    return refused is None and page.status_on(here) in IN_REGISTER


def _refused(forms: Iterable[ActForm]) -> ActForm | None:
    """The form that was sent and is shown again."""
    return next((form for form in forms if form.is_bound), None)


def _forms(request: ActingRequest, page: CommunityPage, here: date) -> list[ActForm]:
    """All that can be done; the one that was sent shows what was typed."""
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    forms = [form(page, here, request.POST if form.act == sent else None) for form in FORMS]
    held = any(seat.valid_to is None or seat.valid_to >= here for seat in page.seats)
    return [form for form in forms if held or form.act != "end-seat"]


def _carried_out(request: ActingRequest, form: ActForm, row: object) -> bool:
    """Whether what was typed is done; else the form says what is wrong with it."""
    if not form.is_valid():
        return False
    try:
        form.carry_out(request.actor, row, present())
    except (NotFound, Refused):
        raise
    except UserError as error:
        form.add_error(None, sentence(error))
        return False
    return True


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def projects(request: ActingRequest, community: str) -> HttpResponse:
    """The community's plans with all their projects, and what the district decided about each."""
    row = community_to_read(request.actor, community)
    here = today()
    found = projects_of(request.actor, row)
    plans = list(zip(found, _standings([each.plan for each in found], here), strict=True))
    return render(request, "staff/communities/projects.html", {"page": head_of(request.actor, row), "plans": plans})
