"""The pages of periods: those of a year, and one with its dates, its extensions and its history."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.period_pages import PeriodPage, Phase, period_of, period_page, period_rows, unit_of
from lakthan.apps.reporting.selectors import fiscal_years
from lakthan.apps.reporting.services.periods import (
    change_period,
    close_period,
    extend_deadline,
    open_period,
    reopen_period,
)
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.staff.periods.forms import DatesForm, ExtensionForm, ReasonForm
from lakthan.web.staff.periods.wording import CHANGES, DONE, KINDS, PHASES


@performs(Action.MANAGE_PERIODS)
@require_safe
@never_cache
def of_year(request: ActingRequest) -> HttpResponse:
    """The four periods of a fiscal year."""
    years = sorted({*fiscal_years(), FiscalYear.of(today()), FiscalYear.of(today()) + 1}, reverse=True)
    asked = request.GET.get("fiscal-year", "")
    year = next((year for year in years if str(year.be) == asked), Quarter.of(today()).previous.fiscal_year)
    rows = [(row, PHASES[row.phase]) for row in period_rows(request.actor, year, today())]
    context = {"rows": rows, "year": year, "years": years, "kinds": KINDS}
    return render(request, "staff/periods/of_year.html", context)


@performs(Action.MANAGE_PERIODS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def period(request: ActingRequest, fiscal_year: FiscalYear, quarter: int) -> HttpResponse:
    """One period; a POST does what it names in `act`."""
    of = fiscal_year.quarter(quarter)
    page = period_page(request.actor, of, today())
    if request.method != "POST":
        return _page(request, page)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise UserError("แบบฟอร์มไม่ระบุรายการ โหลดหน้าใหม่แล้วลองอีกครั้ง", "The form names no act; load the page again.")
    form = _form(act, page, request.POST)
    if form.is_valid():
        try:
            ACTS[act](request, of, form)
        except (NotFound, Refused):
            raise
        except UserError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, str(DONE[act]))
            return HttpResponseRedirect(request.path)
    return _page(request, page, act, form)


def _form(act: str, page: PeriodPage, data: Any) -> Form:
    if act in ("open", "change"):
        return DatesForm(page.row, data)
    return ExtensionForm(page, data) if act == "extend" else ReasonForm(data)


def _page(request: ActingRequest, page: PeriodPage, act: str = "", form: Form | None = None) -> HttpResponse:
    """The page; `form` is one that could not be carried out, and stands in the place of its empty one."""
    is_new = page.row.phase is Phase.NOT_OPENED
    refused = {act: form}
    context = {
        "page": page,
        "phase": PHASES[page.row.phase],
        "is_new": is_new,
        "is_closed": page.row.phase is Phase.CLOSED,
        "dates": refused.get("open" if is_new else "change") or DatesForm(page.row),
        "extension": refused.get("extend") or ExtensionForm(page),
        "standing": refused.get("close") or refused.get("reopen") or ReasonForm(),
        "changes": [(CHANGES[line.kind], line) for line in page.changes],
        "others": [(KINDS[kind], other) for kind, other in (page.row.of_kinds or {}).items() if kind in KINDS],
        "refused": act,
    }
    return render(request, "staff/periods/period.html", context)


def _open(request: ActingRequest, quarter: Quarter, form: Any) -> None:
    dates = form.dates()
    open_period(
        actor=request.actor,
        quarter=quarter,
        opens_on=dates.opens_on,
        cut_off_on=dates.cut_off_on,
        deadline_on=dates.deadline_on,
        of_kinds=dates.of_kinds,
        reminder_days=dates.reminder_days,
        now=present(),
    )


def _change(request: ActingRequest, quarter: Quarter, form: Any) -> None:
    found = period_of(request.actor, quarter)
    reason = form.cleaned_data["reason"]
    change_period(actor=request.actor, period=found, dates=form.dates(), reason=reason, now=present())


def _close(request: ActingRequest, quarter: Quarter, form: Any) -> None:
    found = period_of(request.actor, quarter)
    close_period(actor=request.actor, period=found, reason=form.cleaned_data["reason"], now=present())


def _reopen(request: ActingRequest, quarter: Quarter, form: Any) -> None:
    found = period_of(request.actor, quarter)
    reopen_period(actor=request.actor, period=found, reason=form.cleaned_data["reason"], now=present())


def _extend(request: ActingRequest, quarter: Quarter, form: Any) -> None:
    given = form.cleaned_data
    extend_deadline(
        actor=request.actor,
        period=period_of(request.actor, quarter),
        unit=unit_of(request.actor, given["unit"]),
        deadline_on=given["deadline_on"],
        document=given["document"],
        reason=given["reason"],
        now=present(),
    )


ACTS: Mapping[str, Callable[[ActingRequest, Quarter, Any], None]] = {
    "open": _open,
    "change": _change,
    "close": _close,
    "reopen": _reopen,
    "extend": _extend,
}
