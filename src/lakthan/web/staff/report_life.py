"""The page of one report: its text, its state, and what the person may do with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.comments import comments_at
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.desk import SERVICES, confirm_nothing, require_possible, take_seen, write_draft
from lakthan.apps.reporting.kept_papers import undated
from lakthan.apps.reporting.life import ReportLife, ReportPlace, report_life, report_paper
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused, refusal
from lakthan.rules.workflow import Step
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.quarters import QuarterView, quarter_chart, quarter_views
from lakthan.web.reports import form_and_annex
from lakthan.web.staff.comment_fields import answers_in, by_section, comment_fields
from lakthan.web.staff.forms import LABELS, DraftForm, StepForm
from lakthan.web.staff.wording import BUTTONS, DONE, MEANINGS

Form = DraftForm | StepForm


@performs(Action.READ_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The report of a quarter or of the year; a POST takes the step that it names."""
    place = _place(request, code, fiscal_year, quarter)
    if request.method == "POST":
        return _take(request, place, _step(request))
    return _page(request, report_life(request.actor, place))


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def paper(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The report as it will be printed."""
    place = _place(request, code, fiscal_year, quarter)
    shown = report_paper(request.actor, place)
    form, annex = form_and_annex(undated(shown))
    return render(request, "staff/paper.html", {"place": place, "paper": shown, "form": form, "annex": annex})


@performs(Action.WRITE_REPORT)
@require_POST
def confirm_nil(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int) -> HttpResponse:
    """The unit has nothing to report for the quarter."""
    confirm_nothing(actor=request.actor, place=_place(request, code, fiscal_year, quarter), now=present())
    messages.success(request, gettext("It is confirmed that there is nothing to report. It counts as reported."))
    address = reverse("work-quarter", args=(code, fiscal_year, quarter))
    return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


def _place(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None) -> ReportPlace:
    """Which report the address names; `?unit=` names a unit that is not the owner of the indicator."""
    unit = request.GET.get("unit")
    try:
        return ReportPlace(code, fiscal_year, quarter, UUID(unit) if unit else None)
    except ValueError as error:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.") from error


def _step(request: ActingRequest) -> Step:
    named = request.POST.get("step", "")
    if named not in {Step.WRITE, *SERVICES}:
        raise UserError("แบบฟอร์มไม่ระบุขั้นตอน โหลดหน้าใหม่แล้วลองอีกครั้ง", "The form names no step; load the page again.")
    return Step(named)


def _take(request: ActingRequest, place: ReportPlace, step: Step) -> HttpResponse:
    """Take the step and show the page anew; where it cannot be taken, show it with all that was typed."""
    form = _form(step, report_life(request.actor, place), request)
    try:
        require_possible(request.actor, place, step)
        if form.is_valid():
            _call(request, place, form)
            messages.success(request, str(DONE[step]))
            return HttpResponseRedirect(request.get_full_path())
    except (NotFound, Refused):
        raise
    except Conflict as conflict:
        now = report_life(request.actor, place)
        return _page(request, now, _form(step, now, request), conflict)
    except UserError as error:
        form.add_error(None, sentence(error))
    return _page(request, form.life if isinstance(form, DraftForm) else report_life(request.actor, place), form)


def _form(step: Step, stored: ReportLife, request: ActingRequest) -> Form:
    return DraftForm(stored, request.POST) if step is Step.WRITE else StepForm(step, request.POST)


def _call(request: ActingRequest, place: ReportPlace, form: Form) -> None:
    seen, now = request.POST.get("seen", ""), present()
    if isinstance(form, DraftForm):
        answers = answers_in(request.POST)
        write_draft(actor=request.actor, place=place, seen=seen, now=now, texts=form.texts(), answers=answers)
    else:
        reason = form.reason()
        take_seen(actor=request.actor, place=place, step=form.step, seen=seen, now=now, reason=reason)


def _page(
    request: ActingRequest, stored: ReportLife, form: Form | None = None, conflict: Conflict | None = None
) -> HttpResponse:
    """The page; `form` is one that could not be carried out, and stands in the place of its empty one."""
    quarters = quarter_views(stored.quarters)
    steps = [step for step in stored.possible if step in SERVICES]
    draft = form if isinstance(form, DraftForm) else DraftForm(stored) if Step.WRITE in stored.possible else None
    refused = form if isinstance(form, StepForm) else None
    asked = comment_fields(comments_at(request.actor, stored.place), request.POST if draft is form else None)
    context = {
        "life": stored,
        "late": stored.deadline_on is not None and stored.deadline_on < today(),
        "quarters": quarters,
        "selected": QuarterView(stored.selected),
        "selected_number": stored.place.quarter or LAST_QUARTER,
        "chart": quarter_chart(quarters),
        "draft": draft,
        "comments": by_section(asked),
        "has_review": _has_review(request, stored),
        "unanswered": sum(field.comment.is_open for field in asked),
        "texts": [(name, LABELS[name], stored.texts[name]) for name in LABELS if name != "printed_level"],
        "may_write": Step.WRITE in stored.possible,
        "write": BUTTONS[Step.WRITE],
        "steps": [
            (BUTTONS[step], MEANINGS[step], refused if refused and refused.step is step else StepForm(step))
            for step in steps
        ],
        "typed": refused.data.get("reason", "") if refused and refused.step not in steps else "",
        "may_decide": refusal(request.actor, Action.DECIDE_ASSIGNMENT) is None,
        "conflict": sentence(conflict) if conflict else "",
        "in_the_way": sentence(stored.in_the_way) if stored.in_the_way else "",
    }
    return render(request, "staff/report_life.html", context, status=409 if conflict else 200)


def _has_review(request: ActingRequest, stored: ReportLife) -> bool:
    """Whether there is a page of a review, and the person may open it."""
    was_sent = any(line.step is Step.SUBMIT for line in stored.history)
    return was_sent and any(
        refusal(request.actor, Action.READ_REVIEW, held.unit) is None for held in request.actor.held
    )
