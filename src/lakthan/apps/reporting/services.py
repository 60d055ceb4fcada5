"""Writes of periods, reports and reported values."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Assignment, Indicator
from lakthan.apps.ledger.services import change, create
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import Project
from lakthan.apps.reporting.models import (
    DatedNote,
    IndicatorProject,
    Period,
    QuarterReport,
    ReportedValue,
    ReportEvidence,
    StepCompletion,
    YearReport,
)
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.entry import refuse_future, require_number, require_order, require_text
from lakthan.rules.formula.grammar import Reported, ReportedInput, Steps
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.permissions import Action, Actor, require

SECTIONS = frozenset({"narrative", "supporting_factors", "obstacles", "evidence_list"})
"""Text fields of every report."""
PRINTED = frozenset(
    {
        "printed_name",
        "printed_level",
        "printed_plan_links",
        "printed_terms",
        "printed_method",
        "printed_target",
        "printed_result",
        "certification",
        "footer",
        "signature",
        "unplaced",
    }
)
"""Further text fields of a year report."""


def open_period(
    *,
    actor: Actor,
    quarter: Quarter,
    opens_on: date,
    deadline_on: date,
    now: datetime,
    cut_off_on: date | None = None,
) -> Period:
    """Open a quarter for reports. Figures are as of `cut_off_on`, a day of it, by default its last day."""
    require(actor, Action.MANAGE_PERIODS)
    require_order(opens_on, deadline_on, "กำหนดส่งรายงาน", "The deadline")
    cut_off_on = cut_off_on or quarter.last_day
    if not quarter.first_day <= cut_off_on <= quarter.last_day:
        raise UserError(f"วันตัดข้อมูลไม่อยู่ใน{quarter.label_th}", f"The cut-off is no day of {quarter.label_en}.")
    period = Period(
        fiscal_year=quarter.fiscal_year.be,
        quarter=quarter.number,
        opens_on=opens_on,
        cut_off_on=cut_off_on,
        deadline_on=deadline_on,
    )
    return create(actor, period, act="reporting.open_period", now=now)


def write_quarter_report(
    *, actor: Actor, assignment: Assignment, quarter: int, now: datetime, progress: int | None = None, **texts: object
) -> QuarterReport:
    """Write the draft of a quarter: make it, or change the sections given in `texts` (`SECTIONS`).

    Raises:
        TypeError: a text is no section of a quarter's report.
        UserError: there is no such quarter, or `progress` is not from 0 to 100.
    """
    require(actor, Action.WRITE_REPORT, str(assignment.unit_id))
    FiscalYear(assignment.fiscal_year).quarter(quarter)
    if progress is not None and not 0 <= progress <= 100:
        raise UserError(
            f"ความก้าวหน้า {progress} ต้องอยู่ระหว่าง 0 ถึง 100", f"Progress is {progress}; it must be from 0 to 100."
        )
    values = _checked(texts, SECTIONS)
    if progress is not None:
        values["progress"] = progress
    key = {"unit_id": assignment.unit_id, "assignment": assignment, "quarter": quarter}
    with transaction.atomic():
        if report := QuarterReport.objects.select_for_update().filter(**key).first():
            return change(actor, report, act="reporting.write_quarter_report", now=now, **values)
        return create(actor, QuarterReport(**key, **values), act="reporting.write_quarter_report", now=now)


def write_year_report(*, actor: Actor, assignment: Assignment, now: datetime, **texts: object) -> YearReport:
    """Write the draft of the year: make it, or change the fields given in `texts` (`SECTIONS` and `PRINTED`).

    Raises:
        TypeError: a text is no field of a year's report.
    """
    require(actor, Action.WRITE_REPORT, str(assignment.unit_id))
    values = _checked(texts, SECTIONS | PRINTED)
    key = {"unit_id": assignment.unit_id, "assignment": assignment}
    with transaction.atomic():
        if report := YearReport.objects.select_for_update().filter(**key).first():
            return change(actor, report, act="reporting.write_year_report", now=now, **values)
        return create(actor, YearReport(**key, **values), act="reporting.write_year_report", now=now)


def _checked(texts: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    if unknown := texts.keys() - allowed:
        raise TypeError(f"not a section of this report: {', '.join(sorted(unknown))}")
    return texts


def add_note(*, actor: Actor, report: QuarterReport, effective_on: date, text: str, now: datetime) -> DatedNote:
    """Add a dated note to a quarter's report."""
    require(actor, Action.WRITE_REPORT, str(report.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    note = DatedNote(
        unit_id=report.unit_id,
        report=report,
        effective_on=effective_on,
        text=require_text(text, "บันทึก", "The note"),
    )
    return create(actor, note, act="reporting.add_note", now=now)


def attach_evidence(
    *, actor: Actor, report: YearReport, evidence: Evidence, proves: str, now: datetime
) -> ReportEvidence:
    """Link a file to the year report that rests on it. The same link twice is one."""
    require(actor, Action.WRITE_REPORT, str(report.unit_id))
    if found := ReportEvidence.objects.filter(unit_id=report.unit_id, report=report, evidence=evidence).first():
        return found
    row = ReportEvidence(unit_id=report.unit_id, report=report, evidence=evidence, proves=proves)
    return create(actor, row, act="reporting.attach_evidence", now=now)


def report_value(
    *,
    actor: Actor,
    indicator: Indicator,
    unit: Unit,
    fiscal_year: FiscalYear,
    effective_on: date,
    amount: Decimal,
    now: datetime,
    base: Decimal | None = None,
    note: str = "",
) -> ReportedValue:
    """Record what a unit reports for a `reported` indicator: a pair, or a value, as the formula asks.

    Raises:
        UserError: the indicator is computed from registers, the pair is incomplete or has a zero denominator, or a
            number cannot be kept exactly.
    """
    require(actor, Action.WRITE_REPORT, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    formula = _formula_of(indicator)
    if not isinstance(formula, Reported):
        raise _computed(indicator)
    _check_input(formula, amount, base)
    row = ReportedValue(
        unit=unit,
        indicator=indicator,
        fiscal_year=fiscal_year.be,
        effective_on=effective_on,
        amount=amount,
        base=base,
        note=note,
    )
    return create(actor, row, act="reporting.report_value", now=now)


def _check_input(formula: Reported, amount: Decimal, base: Decimal | None) -> None:
    require_number(amount, "ค่าที่รายงาน", "The value")
    if base is not None:
        require_number(base, "ตัวหาร", "The denominator")
    if formula.input is ReportedInput.PAIR and (base is None or base <= 0):
        raise UserError("กรุณากรอกตัวหารที่มากกว่าศูนย์", "The denominator is missing or not above zero.")
    if formula.input is ReportedInput.VALUE and base is not None:
        raise UserError("ตัวชี้วัดนี้รับค่าเดียว ไม่มีตัวหาร", "This indicator takes one value without a denominator.")


def complete_step(
    *,
    actor: Actor,
    indicator: Indicator,
    unit: Unit,
    step: str,
    effective_on: date,
    now: datetime,
    document: str = "",
) -> StepCompletion:
    """Record that a step of a `steps` indicator was done.

    Raises:
        UserError: the indicator has no such step.
    """
    require(actor, Action.WRITE_REPORT, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    formula = _formula_of(indicator)
    if not isinstance(formula, Steps):
        raise _computed(indicator)
    codes = [item.code for item in formula.steps]
    if step not in codes:
        raise UserError(
            f"ไม่มีขั้นตอน {step} (มี {', '.join(codes)})", f"There is no step {step}; there are {', '.join(codes)}."
        )
    row = StepCompletion(unit=unit, indicator=indicator, step=step, effective_on=effective_on, document=document)
    return create(actor, row, act="reporting.complete_step", now=now)


def _formula_of(indicator: Indicator) -> object:
    definition = indicator.definitions.order_by("-number").first()
    return None if definition is None else parse_formula(definition.formula)


def _computed(indicator: Indicator) -> UserError:
    return UserError(
        f"ตัวชี้วัด {indicator.code} คำนวณจากระเบียน ไม่รับค่าที่กรอก",
        f"Indicator {indicator.code} is computed from records; values are not typed in.",
    )


def link_project(*, actor: Actor, indicator: Indicator, project: Project, now: datetime) -> IndicatorProject:
    """State that a bureau's project serves an indicator."""
    require(actor, Action.MANAGE_PROJECTS, str(project.unit_id))
    row = IndicatorProject(unit_id=project.unit_id, indicator=indicator, project=project)
    return create(actor, row, act="reporting.link_project", now=now)
