"""Copying who answers for what from one fiscal year to another, with the results of the first as baselines."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.people.directory import units_to_choose
from lakthan.apps.reporting.assigned import assigned_units
from lakthan.apps.reporting.assigning import Verdict, Wanted, current
from lakthan.apps.reporting.services.assignments import assign_many
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require

YEARS_OF_BASELINES = 3
LONGEST_SOURCE = 200


def copy_year(
    *,
    actor: Actor,
    source: FiscalYear,
    into: FiscalYear,
    codes: Sequence[str],
    now: datetime,
    keep_targets: bool = True,
) -> int:
    """Let the units that answer for some indicators in a year answer for them in another one too.

    What is there already is left as it is, so doing it twice adds nothing. Each gets the newest version of the
    definition; targets are kept or left empty; baselines of three years come from those of the source and, once it is
    over, from its result: the certified one, else what the records say. Units that are no more in force are left out.

    Returns how many assignments were added.

    Raises:
        UserError: nothing is chosen, or a year is to be copied into itself or into an earlier one.
        NotFound: there is no such indicator.
    """
    require(actor, Action.DEFINE_INDICATORS)
    if into <= source:
        raise UserError("ปีปลายทางต้องมาหลังปีต้นทาง", "The year to copy into has to come after the one to copy from.")
    if not codes:
        raise UserError("เลือกอย่างน้อยหนึ่งตัวชี้วัด", "Choose at least one indicator.")
    today = timezone.localdate(now)
    in_force = {unit.id for unit in units_to_choose(today)}
    added = 0
    with transaction.atomic():
        for code in codes:
            stored = current(actor, code, source)
            results = _results(actor, code, source) if source.last_day < today else {}
            wanted = [
                _copied(item, results.get(unit), source, into, keep_targets=keep_targets)
                for unit, item in stored.items()
                if unit in in_force
            ]
            plan = assign_many(actor=actor, code=code, fiscal_year=into, wanted=wanted, now=now, keep_existing=True)
            added += plan.count(Verdict.ADDED)
    return added


def _results(actor: Actor, code: str, year: FiscalYear) -> dict[UUID, tuple[Decimal, str]]:
    """The result of each unit at the end of a year, with where it comes from."""
    found = {}
    for unit in assigned_units(actor, code, year).units:
        value = unit.result.figure.value if unit.result else None
        if value is not None and unit.result:
            origin = "ผลที่รับรองแล้ว" if unit.result.certified_on else "คำนวณจากระเบียน"
            found[unit.unit] = (value, f"{origin} {year.label_th}")
    return found


def _copied(
    item: Wanted, result: tuple[Decimal, str] | None, source: FiscalYear, into: FiscalYear, *, keep_targets: bool
) -> Wanted:
    baselines = {year: value for year, value in item.baselines.items() if into.be - year <= YEARS_OF_BASELINES}
    if result is not None and into.be - source.be <= YEARS_OF_BASELINES:
        baselines[source.be] = result[0]
    kept = item if keep_targets else replace(item, target=None, quarters={})
    said = "; ".join(dict.fromkeys(_sources(item, result)))[:LONGEST_SOURCE]
    return replace(kept, baselines=baselines, baseline_source=said)


def _sources(item: Wanted, result: tuple[Decimal, str] | None) -> Iterator[str]:
    if item.baselines and item.baseline_source:
        yield item.baseline_source
    if result is not None:
        yield result[1]
