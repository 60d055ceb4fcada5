"""Recount the roll-up from the facts. A difference is an alarm: it is told, never silently repaired."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting.measures import SOURCES, facts_of, stored_tallies
from lakthan.rules.formula.tally import UNTALLIED_KINDS, Tally, TallyKey, tallies


@dataclass(frozen=True, slots=True)
class Difference:
    """A roll-up row that does not agree with the facts. Counts are facts, amounts baht."""

    key: TallyKey
    stored: int
    stored_amount: Decimal
    counted: int
    counted_amount: Decimal


def differences(on: date) -> tuple[Difference, ...]:
    """Where the stored roll-up differs from the facts; empty where all is well. `on` is the day of the units' codes."""
    districts = district_members(on)
    kinds = [kind for kind in SOURCES if kind not in UNTALLIED_KINDS]
    stored = {_key(row): row for row in stored_tallies(kinds, districts)}
    facts = [fact for kind in kinds for fact in facts_of(kind, districts)]
    counted = {_key(row): row for row in tallies(facts)}
    found = [_difference(key, stored.get(key), counted.get(key)) for key in stored.keys() | counted.keys()]
    unequal = [item for item in found if (item.stored, item.stored_amount) != (item.counted, item.counted_amount)]
    return tuple(sorted(unequal, key=lambda item: str(item.key)))


def _key(row: Tally) -> TallyKey:
    return row.unit, row.kind, row.label, row.fiscal_year, row.effective_quarter, row.ended_quarter


def _difference(key: TallyKey, stored: Tally | None, counted: Tally | None) -> Difference:
    nothing = Decimal("0.00")
    return Difference(
        key,
        stored.count if stored else 0,
        stored.amount if stored else nothing,
        counted.count if counted else 0,
        counted.amount if counted else nothing,
    )
