"""The page of one report: its text, its state, and what the person may do with it."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.contents import RefusedFile, save
from lakthan.apps.reporting.desk import SERVICES, confirm_nothing, require_possible, take_seen
from lakthan.apps.reporting.kept_papers import undated
from lakthan.apps.reporting.life import ReportPlace, report_life, report_paper
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Refused
from lakthan.rules.workflow import Step
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.reports import form_and_annex
from lakthan.web.staff.comment_fields import answers_in
from lakthan.web.staff.forms import DraftForm, StepForm
from lakthan.web.staff.parts import NewFiles, Part, Parts, chosen_files
from lakthan.web.staff.places import address_of, place_of
from lakthan.web.staff.report_page import report_page
from lakthan.web.staff.wording import DONE


@performs(Action.READ_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def life(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The report of a quarter or of the year; a POST takes the step that it names."""
    place = place_of(request, code, fiscal_year, quarter)
    if request.method == "POST":
        return _take(request, place, _step(request))
    return report_page(request, report_life(request.actor, place))


@performs(Action.READ_REPORT)
@require_safe
@never_cache
def paper(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> HttpResponse:
    """The report as it will be printed."""
    place = place_of(request, code, fiscal_year, quarter)
    shown = report_paper(request.actor, place)
    form, annex = form_and_annex(undated(shown))
    return render(request, "staff/paper.html", {"place": place, "paper": shown, "form": form, "annex": annex})


@performs(Action.WRITE_REPORT)
@require_POST
def confirm_nil(request: ActingRequest, code: str, fiscal_year: FiscalYear, quarter: int) -> HttpResponse:
    """The unit has nothing to report for the quarter."""
    place = place_of(request, code, fiscal_year, quarter)
    confirm_nothing(actor=request.actor, place=place, now=present())
    messages.success(request, gettext("It is confirmed that there is nothing to report. It counts as reported."))
    return HttpResponseRedirect(address_of(place))


def _step(request: ActingRequest) -> Step:
    named = request.POST.get("step", "")
    if named not in {Step.WRITE, *SERVICES}:
        raise UserError("แบบฟอร์มไม่ระบุขั้นตอน โหลดหน้าใหม่แล้วลองอีกครั้ง", "The form names no step; load the page again.")
    return Step(named)


def _take(request: ActingRequest, place: ReportPlace, step: Step) -> HttpResponse:
    """Take the step and show the page anew; where it cannot be taken, show it with all that was typed."""
    return _write(request, place) if step is Step.WRITE else _take_step(request, place, step)


def _write(request: ActingRequest, place: ReportPlace) -> HttpResponse:
    """Save the text with all that was filled in beside it."""
    stored = report_life(request.actor, place)
    form = DraftForm(stored, request.POST)
    parts = Parts(stored, today(), request.POST, chosen_files(request.POST, request.FILES))
    try:
        require_possible(request.actor, place, Step.WRITE)
        if not _all_valid([form, *parts.filled()]):
            return report_page(request, stored, form, parts)
        refused = _save(request, place, form, parts)
    except (NotFound, Refused):
        raise
    except Conflict as conflict:
        now = report_life(request.actor, place)
        return report_page(request, now, DraftForm(now, request.POST), parts, conflict)
    except UserError as error:
        if not any(part.errors for part in parts.filled()):
            form.add_error(None, sentence(error))
        return report_page(request, stored, form, parts)
    if refused:
        now = report_life(request.actor, place)
        return report_page(request, now, parts=Parts(now, today(), new=NewFiles(refused=refused)))
    messages.success(request, str(DONE[Step.WRITE]))
    return HttpResponseRedirect(address_of(place))


def _all_valid(forms: Iterable[DraftForm | Part]) -> bool:
    """Whether each is in order; what was not asked says what is wrong with it when it is shown."""
    return all(form.is_valid() for form in forms)


def _save(request: ActingRequest, place: ReportPlace, form: DraftForm, parts: Parts) -> list[RefusedFile]:
    now = present()
    return save(
        actor=request.actor,
        place=place,
        seen=request.POST.get("seen", ""),
        texts=form.texts(),
        answers=answers_in(request.POST),
        parts=[partial(part.carry_out, request.actor, place, now) for part in parts.filled()],
        files=parts.new.files,
        now=now,
    )


def _take_step(request: ActingRequest, place: ReportPlace, step: Step) -> HttpResponse:
    form, seen = StepForm(step, request.POST), request.POST.get("seen", "")
    try:
        require_possible(request.actor, place, step)
        if form.is_valid():
            reason = form.reason()
            take_seen(actor=request.actor, place=place, step=step, seen=seen, now=present(), reason=reason)
            messages.success(request, str(DONE[step]))
            return HttpResponseRedirect(address_of(place))
    except (NotFound, Refused):
        raise
    except Conflict as conflict:
        return report_page(request, report_life(request.actor, place), form, conflict=conflict)
    except UserError as error:
        form.add_error(None, sentence(error))
    return report_page(request, report_life(request.actor, place), form)
