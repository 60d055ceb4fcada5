"""Writes of what units report where no register holds it, and of the projects that serve an indicator."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import Indicator
from lakthan.apps.ledger.services import change, create
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import Project
from lakthan.apps.reporting.models import IndicatorProject, ReportedValue, StepCompletion
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, refuse_longer, require_number
from lakthan.rules.formula.grammar import Reported, ReportedInput, Steps
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.permissions import Action, Actor, require

LONGEST_DOCUMENT = 200
"""Characters that name the document of a step."""


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
        AlreadyRecorded: a value of that day stands.
    """
    require(actor, Action.WRITE_REPORT, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    _check_input(indicator, fiscal_year, amount, base)
    given = {"fiscal_year": fiscal_year.be, "amount": amount, "base": base, "note": note}
    of_the_day = ReportedValue.objects.filter(unit=unit, indicator=indicator, effective_on=effective_on)
    with transaction.atomic():
        withdrawn = of_the_day.filter(withdrawn_on__isnull=False).first()
        if withdrawn:
            return change(actor, withdrawn, act="reporting.report_value", now=now, withdrawn_on=None, **given)
        row = ReportedValue(unit=unit, indicator=indicator, effective_on=effective_on, **given)
        return create(actor, row, act="reporting.report_value", now=now)


def mend_value(
    *, actor: Actor, value: ReportedValue, amount: Decimal, now: datetime, base: Decimal | None = None, note: str = ""
) -> ReportedValue:
    """Replace what was reported for a day; the ledger keeps what stood there before.

    Raises:
        UserError: as `report_value`.
    """
    require(actor, Action.WRITE_REPORT, str(value.unit_id))
    _check_input(value.indicator, FiscalYear(value.fiscal_year), amount, base)
    return change(actor, value, act="reporting.mend_value", now=now, amount=amount, base=base, note=note)


def withdraw_value(*, actor: Actor, value: ReportedValue, now: datetime) -> ReportedValue:
    """Take back what was reported for a day: it is not reported then, which is not a zero."""
    require(actor, Action.WRITE_REPORT, str(value.unit_id))
    return change(actor, value, act="reporting.withdraw_value", now=now, withdrawn_on=timezone.localdate(now))


def _check_input(indicator: Indicator, fiscal_year: FiscalYear, amount: Decimal, base: Decimal | None) -> None:
    formula = _formula_of(indicator, fiscal_year)
    if not isinstance(formula, Reported):
        raise _computed(indicator)
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
    formula = _formula_of(indicator, FiscalYear.of(effective_on))
    if not isinstance(formula, Steps):
        raise _computed(indicator)
    codes = [item.code for item in formula.steps]
    if step not in codes:
        raise UserError(
            f"ไม่มีขั้นตอน {step} (มี {', '.join(codes)})", f"There is no step {step}; there are {', '.join(codes)}."
        )
    document = refuse_longer(document.strip(), LONGEST_DOCUMENT, "เอกสารอ้างอิง", "The document")
    of_the_day = StepCompletion.objects.filter(unit=unit, indicator=indicator, step=step, effective_on=effective_on)
    with transaction.atomic():
        taken_back = of_the_day.filter(ended_on__isnull=False).first()
        if taken_back:
            again = {"ended_on": None, "document": document}
            return change(actor, taken_back, act="reporting.complete_step", now=now, **again)
        row = StepCompletion(unit=unit, indicator=indicator, step=step, effective_on=effective_on, document=document)
        return create(actor, row, act="reporting.complete_step", now=now)


def take_back_step(*, actor: Actor, completion: StepCompletion, now: datetime) -> StepCompletion:
    """State that a step was not done after all: it ends on the day on which it was said to be done."""
    require(actor, Action.WRITE_REPORT, str(completion.unit_id))
    return change(actor, completion, act="reporting.take_back_step", now=now, ended_on=completion.effective_on)


def _formula_of(indicator: Indicator, fiscal_year: FiscalYear) -> object:
    """By the definition that the assignments of the year use, which a newer version leaves alone; else the newest."""
    versions = indicator.definitions.order_by("-number")
    definition = versions.filter(assignments__fiscal_year=fiscal_year.be).first() or versions.first()
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
