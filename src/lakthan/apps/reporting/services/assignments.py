"""Writes of who answers for an indicator, many units at once: all of them or none."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from lakthan.apps.indicators.models import Assignment, Baseline, Definition, Indicator, QuarterTarget
from lakthan.apps.indicators.versions import indicator_of
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.reporting.assigning import AssignmentPlan, Line, Verdict, Wanted, plan_assignments
from lakthan.core.errors import Conflict
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require


def assign_many(
    *,
    actor: Actor,
    code: str,
    fiscal_year: FiscalYear,
    wanted: Sequence[Wanted],
    now: datetime,
    seen: str = "",
    keep_existing: bool = False,
) -> AssignmentPlan:
    """Let units answer for an indicator in a year by its newest definition, and change those that do already.

    `seen` is the token of the plan that was shown; empty where none was. Assignments that are there keep the version
    of the definition that they have.

    Raises:
        Conflict: something is refused, of which nothing is done; or the plan is another by now than the one seen.
        NotFound, UserError: as `plan_assignments`.
    """
    require(actor, Action.DEFINE_INDICATORS)
    with transaction.atomic():
        indicator = lock(indicator_of(code))
        plan = plan_assignments(actor, code, fiscal_year, wanted, keep_existing=keep_existing)
        _refuse(plan, seen)
        _add(actor, indicator, plan, now)
        for line in plan.lines:
            if line.verdict is Verdict.CHANGED:
                _change(actor, indicator, fiscal_year, line, now)
    return plan


def _refuse(plan: AssignmentPlan, seen: str) -> None:
    refused = [line for line in plan.lines if line.refusal]
    if refused:
        first = refused[0].refusal
        raise Conflict(
            f"มี {len(refused)} หน่วยงานที่บันทึกไม่ได้ จึงยังไม่ได้บันทึกสิ่งใด เช่น {first.th if first else ''}",
            f"{len(refused)} of the units cannot be saved, so nothing is: {first.en if first else ''}",
        )
    if seen and seen != plan.token:
        raise Conflict(
            "ข้อมูลเปลี่ยนไปหลังจากแสดงตัวอย่าง ตรวจตัวอย่างใหม่แล้วยืนยันอีกครั้ง",
            "Something changed since the preview; look at the new one and confirm again.",
        )


def _add(actor: Actor, indicator: Indicator, plan: AssignmentPlan, now: datetime) -> None:
    added = [line.wanted for line in plan.lines if line.verdict is Verdict.ADDED]
    definition = indicator.definitions.order_by("-number").first()
    rows = {item.unit: _assignment(indicator, definition, plan.fiscal_year, item) for item in added}
    create_all(actor, list(rows.values()), act="indicators.assign", now=now)
    targets = [
        QuarterTarget(unit_id=item.unit, assignment=rows[item.unit], quarter=quarter, target=target)
        for item in added
        for quarter, target in sorted(item.quarters.items())
    ]
    create_all(actor, targets, act="indicators.set_quarter_target", now=now)
    baselines = [_baseline(rows[item.unit], item, year) for item in added for year in sorted(item.baselines)]
    create_all(actor, baselines, act="indicators.record_baseline", now=now)


def _assignment(
    indicator: Indicator, definition: Definition | None, fiscal_year: FiscalYear, item: Wanted
) -> Assignment:
    return Assignment(
        unit_id=item.unit,
        indicator=indicator,
        definition=definition,
        fiscal_year=fiscal_year.be,
        target=item.target,
        weight=item.weight,
        classification=item.classification,
        scale=_scale(item.scale),
        supervisor_id=item.supervisor,
        collector_id=item.collector,
    )


def _change(actor: Actor, indicator: Indicator, fiscal_year: FiscalYear, line: Line, now: datetime) -> None:
    item, fields = line.wanted, {name for name, _, _ in line.changes}
    row = Assignment.objects.get(indicator=indicator, fiscal_year=fiscal_year.be, unit=item.unit)
    values: dict[str, Any] = {
        "target": item.target,
        "weight": item.weight,
        "classification": item.classification,
        "scale": _scale(item.scale),
        "supervisor_id": item.supervisor,
        "collector_id": item.collector,
    }
    changed = {name: value for name, value in values.items() if name.removesuffix("_id") in fields}
    if changed:
        change(actor, row, act="indicators.change_assignment", now=now, **changed)
    for quarter in _numbers(fields, "quarter."):
        _set_quarter(actor, row, quarter, item.quarters.get(quarter), now)
    for year in _numbers(fields, "baseline."):
        _set_baseline(actor, row, item, year, now)


def _set_quarter(actor: Actor, row: Assignment, quarter: int, target: Decimal | None, now: datetime) -> None:
    stored = QuarterTarget.objects.filter(assignment=row, quarter=quarter).first()
    if stored is None:
        new = QuarterTarget(unit_id=row.unit_id, assignment=row, quarter=quarter, target=target)
        create(actor, new, act="indicators.set_quarter_target", now=now)
    else:
        change(actor, stored, act="indicators.set_quarter_target", now=now, target=target)


def _set_baseline(actor: Actor, row: Assignment, item: Wanted, year: int, now: datetime) -> None:
    stored = Baseline.objects.filter(assignment=row, fiscal_year=year).first()
    if stored is None:
        create(actor, _baseline(row, item, year), act="indicators.record_baseline", now=now)
    else:
        values = {"value": item.baselines[year], "source": item.baseline_source}
        change(actor, stored, act="indicators.record_baseline", now=now, **values)


def _baseline(row: Assignment, item: Wanted, year: int) -> Baseline:
    source = item.baseline_source.strip()
    return Baseline(
        unit_id=item.unit, assignment=row, fiscal_year=year, value=item.baselines[year], source=source[:200]
    )


def _numbers(fields: set[str], prefix: str) -> Iterator[int]:
    yield from sorted(int(name.removeprefix(prefix)) for name in fields if name.startswith(prefix))


def _scale(values: Sequence[Decimal]) -> list[str]:
    return [str(value) for value in values]
