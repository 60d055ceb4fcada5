"""Writes of who answers for an indicator in a fiscal year, with targets and baselines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from lakthan.apps.indicators.models import Assignment, Baseline, Definition, Indicator, QuarterTarget
from lakthan.apps.ledger.services import create, create_all
from lakthan.apps.people.models import Unit
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_number, require_text
from lakthan.rules.permissions import Action, Actor, require

LARGEST_WEIGHT = Decimal("9999.99")


@dataclass(frozen=True, slots=True)
class Goal:
    """What is agreed for a year: target, weight, the values at which scores 1 to 5 are reached, quarter targets."""

    target: Decimal | None
    classification: Assignment.Class_
    weight: Decimal | None = None
    scale: Sequence[Decimal] = ()
    quarters: Mapping[int, Decimal] | None = None


def assign(
    *,
    actor: Actor,
    indicator: Indicator,
    definition: Definition,
    unit: Unit,
    fiscal_year: FiscalYear,
    goal: Goal,
    now: datetime,
    supervisor: Unit | None = None,
    collector: Unit | None = None,
) -> Assignment:
    """Make a unit answer for an indicator in a fiscal year, with its targets.

    Raises:
        UserError: the definition is another indicator's, there is no such quarter, or a number cannot be kept exactly.
    """
    require(actor, Action.DEFINE_INDICATORS)
    _check(goal, fiscal_year)
    if definition.indicator_id != indicator.pk:
        raise UserError("คำนิยามเป็นของตัวชี้วัดอื่น", "The definition belongs to another indicator.")
    assignment = Assignment(
        unit=unit,
        indicator=indicator,
        definition=definition,
        fiscal_year=fiscal_year.be,
        target=goal.target,
        weight=goal.weight,
        classification=goal.classification,
        scale=[str(value) for value in goal.scale],
        supervisor=supervisor,
        collector=collector,
    )
    with transaction.atomic():
        create(actor, assignment, act="indicators.assign", now=now)
        targets = [
            QuarterTarget(unit=unit, assignment=assignment, quarter=quarter, target=target)
            for quarter, target in (goal.quarters or {}).items()
        ]
        create_all(actor, targets, act="indicators.set_quarter_target", now=now)
    return assignment


def _check(goal: Goal, fiscal_year: FiscalYear) -> None:
    if goal.target is not None:
        require_number(goal.target, "ค่าเป้าหมาย", "The target")
    if goal.weight is not None:
        require_number(goal.weight, "น้ำหนัก", "The weight", places=2, largest=LARGEST_WEIGHT)
    for number, target in (goal.quarters or {}).items():
        quarter = fiscal_year.quarter(number)
        require_number(target, f"ค่าเป้าหมาย{quarter.label_th}", f"The target of {quarter.label_en}")


def record_baseline(
    *, actor: Actor, assignment: Assignment, fiscal_year: FiscalYear, value: Decimal, source: str, now: datetime
) -> Baseline:
    """Record what an earlier year reached, with its source."""
    require(actor, Action.DEFINE_INDICATORS)
    row = Baseline(
        unit_id=assignment.unit_id,
        assignment=assignment,
        fiscal_year=fiscal_year.be,
        value=require_number(value, "ค่าฐาน", "The baseline"),
        source=require_text(source, "แหล่งที่มา", "The source"),
    )
    return create(actor, row, act="indicators.record_baseline", now=now)
