"""Pages on which units come to answer for an indicator: chosen on a form, or filled into a workbook."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.indicators import desk
from lakthan.apps.indicators.versions import DefinedIndicator, defined_indicator
from lakthan.apps.people.directory import UnitLabel, units_to_choose
from lakthan.apps.people.selectors import district_groups, present, today
from lakthan.apps.reporting.assigning import AssignmentPlan, Verdict, plan_assignments
from lakthan.apps.reporting.services.assignments import assign_many
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.assignment_workbook import assignment_workbook, heading_of, read_rows, wanted_of
from lakthan.exchange.results import Refusal
from lakthan.exchange.workbook_reading import LARGEST
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.file_answers import workbook_answer
from lakthan.web.staff.desk.assign_form import AssignForm, number_or_none
from lakthan.web.staff.desk.overview import chosen_year
from lakthan.web.wording import in_language

ASSIGN = "assign"


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def assign(request: ActingRequest, code: str) -> HttpResponse:
    """Choose units and targets, look at what would happen, and do it."""
    defined, year = defined_indicator(request.actor, code), _year(request)
    units = units_to_choose(today())
    form = AssignForm(year, units, district_groups(), request.POST or None, _begin(request, defined))
    typed = {name.removeprefix("target-"): request.POST[name] for name in request.POST if name.startswith("target-")}
    context = {"defined": defined, "fiscal_year": year, "form": form, "typed": typed}
    if request.method != "POST" or not form.is_valid():
        return _page(request, context)
    own, problem = _own_targets(typed, units)
    wanted, keep = form.wanted(own), not form.cleaned_data["change_existing"]
    if request.POST.get("do") != ASSIGN or problem:
        plan = plan_assignments(request.actor, code, year, wanted, keep_existing=keep)
        return _page(request, context | {"plan": plan, "problem": problem})
    try:
        done = assign_many(
            actor=request.actor,
            code=code,
            fiscal_year=year,
            wanted=wanted,
            seen=request.POST.get("seen", ""),
            keep_existing=keep,
            now=present(),
        )
    except Conflict as error:
        plan = plan_assignments(request.actor, code, year, wanted, keep_existing=keep)
        return _page(request, context | {"plan": plan, "problem": sentence(error)}, 409)
    return _done(request, code, done)


@performs(Action.DEFINE_INDICATORS)
@require_safe
@never_cache
def workbook(request: ActingRequest, code: str) -> HttpResponse:
    """The workbook of an indicator and a year, with what holds now."""
    year = _year(request)
    return workbook_answer(assignment_workbook(request.actor, code, year), f"assign-{code}-{year.be}.xlsx")


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def upload(request: ActingRequest, code: str) -> HttpResponse:
    """Look at what an uploaded workbook would do, and do it. Its rows come back with the confirmation."""
    defined, year = defined_indicator(request.actor, code), _year(request)
    context: dict[str, Any] = {"defined": defined, "fiscal_year": year}
    if request.method != "POST":
        return _upload_page(request, context)
    try:
        rows = _rows(request, code, year)
    except UserError as error:
        return _upload_page(request, context | {"problem": sentence(error)}, 400)
    read = wanted_of(rows, year, units_to_choose(today()))
    plan = plan_assignments(request.actor, code, year, read.wanted)
    refused = [*read.refused, *_refusals(plan, read.row_of, year)]
    context |= {"plan": plan, "refused": sorted(refused, key=lambda row: row.row), "rows": json.dumps(rows)}
    if request.POST.get("do") != ASSIGN or refused:
        return _upload_page(request, context)
    try:
        seen = request.POST.get("seen", "")
        done = assign_many(
            actor=request.actor, code=code, fiscal_year=year, wanted=read.wanted, seen=seen, now=present()
        )
    except Conflict as error:
        return _upload_page(request, context | {"problem": sentence(error)}, 409)
    return _done(request, code, done)


def _year(request: ActingRequest) -> FiscalYear:
    return chosen_year(request.GET.get("fiscal-year", ""), desk.desk_years(today()))


def _begin(request: ActingRequest, defined: DefinedIndicator) -> dict[str, Any]:
    """What the form begins with: the groups and units that the address names."""
    units = [str(defined.owner)] if request.GET.get("owner") else []
    return {"groups": request.GET.getlist("group"), "units": [*units, *request.GET.getlist("unit")]}


def _own_targets(typed: dict[str, str], units: Sequence[UnitLabel]) -> tuple[dict[UUID, Decimal], str]:
    """The targets of single units, and a sentence that names those whose target is no number."""
    found, wrong = {}, []
    for unit in units:
        try:
            number = number_or_none(typed.get(str(unit.id), ""))
        except ValidationError:
            wrong.append(f"{in_language(unit.name_th, unit.name_en)} “{typed[str(unit.id)][:40]}”")
        else:
            if number is not None:
                found[unit.id] = number
    return found, _("These targets are no numbers: %(units)s") % {"units": ", ".join(wrong)} if wrong else ""


def _page(request: ActingRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    plan: AssignmentPlan | None = context.get("plan")
    typed = context["typed"]
    lines = [(line, typed.get(str(line.wanted.unit), "")) for line in plan.lines] if plan else []
    shown = {"lines": lines, "counts": _counts(plan), "years": desk.desk_years(today()).all}
    return render(request, "staff/desk/assign.html", context | shown, status=status)


def _upload_page(request: ActingRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    plan: AssignmentPlan | None = context.get("plan")
    shown = {"lines": [(line, "") for line in plan.lines] if plan else [], "counts": _counts(plan)}
    return render(request, "staff/desk/upload.html", context | shown, status=status)


def _counts(plan: AssignmentPlan | None) -> dict[str, int]:
    return {verdict.value: plan.count(verdict) for verdict in Verdict} if plan else {}


def _rows(request: ActingRequest, code: str, year: FiscalYear) -> dict[int, dict[str, str]]:
    """The rows of the uploaded file, or those that were shown and come back to be confirmed."""
    if request.POST.get("do") == ASSIGN:
        try:
            return {int(number): dict(cells) for number, cells in json.loads(request.POST.get("rows", "")).items()}
        except (ValueError, AttributeError, TypeError) as error:
            raise UserError("ส่งไฟล์อีกครั้ง", "Send the file again.") from error
    file = request.FILES.get("file")
    if file is None:
        raise UserError("เลือกไฟล์ Excel ที่กรอกแล้ว", "Choose the workbook that you filled in.")
    return read_rows(file.read(LARGEST + 1), code, year)


def _refusals(plan: AssignmentPlan, row_of: Any, year: FiscalYear) -> list[Refusal]:
    """What the rules refuse, by the rows of the workbook."""
    unit = heading_of("unit", year)
    return [
        Refusal(row_of.get(line.wanted.unit, 0), unit, line.refusal.th, line.refusal.en)
        for line in plan.lines
        if line.refusal
    ]


def _done(request: ActingRequest, code: str, plan: AssignmentPlan) -> HttpResponse:
    counts = _counts(plan)
    said = _("Saved for fiscal year %(year)s: %(added)s added, %(changed)s changed, %(unchanged)s left as they were.")
    messages.success(request, said % {"year": plan.fiscal_year.be, **counts})
    here = reverse("desk-indicator", args=(code,))
    return HttpResponseRedirect(f"{here}?fiscal-year={plan.fiscal_year.be}#assignments")
