"""The page of a review: two submissions beside each other, comments, scores, and the step that ends it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present
from lakthan.apps.reporting.life import ReportPlace, report_file
from lakthan.apps.reporting.review_desk import enter_review
from lakthan.apps.reporting.review_files import IN_THE_WINDOW
from lakthan.apps.reporting.review_page import ReviewPage, review_page
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused, require
from lakthan.rules.workflow import Step
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.quarters import QuarterView
from lakthan.web.staff.places import place_of
from lakthan.web.staff.review_forms import STEPS, ReviewForm, section_name
from lakthan.web.staff.wording import BUTTONS, DONE, MEANINGS

POLICY_OF_A_FILE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What a browser needs to show a file by itself (its reader of PDF is an object with styles), and no more."""


@performs(Action.READ_REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def review(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The review of the newest submission; a POST enters what was typed, and takes the step that it names."""
    place = place_of(request, code, fiscal_year, quarter)
    page = review_page(request.actor, place)
    if request.method == "POST":
        return _enter(request, place, page)
    return _page(request, page, ReviewForm(page))


@performs(Action.READ_REVIEW)
@require_safe
@never_cache
def shown_file(
    request: ActingRequest, code: str, fiscal_year: FiscalYear, file: UUID, quarter: int | None = None
) -> FileResponse:
    """A picture or a PDF of the report in a window of its own, which may load nothing and run nothing."""
    kept, path = report_file(request.actor, place_of(request, code, fiscal_year, quarter), file)
    if kept.media_type not in IN_THE_WINDOW:
        raise NotFound("ไฟล์ชนิดนี้เปิดดูในหน้าเว็บไม่ได้ ให้บันทึกลงเครื่อง", "This kind of file is not shown here; save it.")
    answer = FileResponse(path.open("rb"), filename=kept.name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = POLICY_OF_A_FILE
    return answer


def _enter(request: ActingRequest, place: ReportPlace, page: ReviewPage) -> HttpResponse:
    require(request.actor, Action.REVIEW_REPORT)
    if page.kept_away is not None:
        raise page.kept_away
    form = ReviewForm(page, request.POST)
    try:
        if not page.may_score:
            raise Conflict("การตรวจประเมินรายงานนี้จบแล้ว", "The review of this report has ended.")
        if form.is_valid():
            step = _call(request, place, form)
            messages.success(request, str(DONE[step]) if step else _("What you entered is saved."))
            return HttpResponseRedirect(request.get_full_path())
    except (NotFound, Refused):
        raise
    except Conflict as conflict:
        now = review_page(request.actor, place)
        return _page(request, now, ReviewForm(now, request.POST), conflict)
    except UserError as error:
        form.add_error("reason" if request.POST.get("step") == Step.RETURN else None, sentence(error))
    return _page(request, page, form)


def _call(request: ActingRequest, place: ReportPlace, form: ReviewForm) -> Step | None:
    named = request.POST.get("step", "")
    step = Step(named) if named in STEPS else None
    enter_review(
        actor=request.actor,
        place=place,
        seen=request.POST.get("seen", ""),
        findings=form.findings(request.POST),
        now=present(),
        step=step,
        reason=form.cleaned_data.get("reason", ""),
    )
    return step


def _page(request: ActingRequest, page: ReviewPage, form: ReviewForm, conflict: Conflict | None = None) -> HttpResponse:
    """The page; on a conflict with all that was typed."""
    quarter = page.life.place.quarter
    sections = [
        (section, section_name(section.section, quarter), form.comment_field(section.section))
        for section in page.sections
    ]
    context = {
        "page": page,
        "life": page.life,
        "form": form,
        "sections": sections,
        "figure_field": form.comment_field(page.about_figure.section),
        "files_field": form.comment_field(page.about_files.section),
        "selected": QuarterView(page.life.selected),
        "selected_number": quarter or len(page.life.quarters),
        "return_words": (BUTTONS[Step.RETURN], MEANINGS[Step.RETURN]),
        "accept_words": (BUTTONS[Step.ACCEPT], MEANINGS[Step.ACCEPT]),
        "kept_away": sentence(page.kept_away) if page.kept_away else "",
        "conflict": sentence(conflict) if conflict else "",
        "typed": list(form.typed()) if conflict else [],
    }
    return render(request, "staff/review.html", context, status=409 if conflict else 200)
