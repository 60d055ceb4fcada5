"""The running tallies: kept with atomic increments in the transaction of the fact itself.

The pure side, which reads them into figures, is `rules/formula/tally.py`; the recount is
`apps/reporting/recount.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from lakthan.apps.ledger.models import Tally
from lakthan.core.fiscal import Quarter
from lakthan.rules.facts import FactKind


@dataclass(frozen=True, slots=True)
class Counted:
    """One fact as the tallies see it."""

    kind: FactKind
    unit_id: UUID
    effective_on: date
    ended_on: date | None = None
    label: str = ""
    fiscal_year: int | None = None
    amount: Decimal = Decimal(0)

    def key(self) -> dict[str, object]:
        """The columns that identify the tally row of the fact."""
        return {
            "unit_id": self.unit_id,
            "kind": self.kind.value,
            "label": self.label,
            "fiscal_year": self.fiscal_year or 0,
            "effective_quarter": Quarter.of(self.effective_on).key,
            "ended_quarter": Quarter.of(self.ended_on).key if self.ended_on else 0,
        }


Increment = tuple[dict[str, object], int, Decimal]
"""Key of a row, facts and baht."""


def add(fact: Counted) -> None:
    """Count a new fact."""
    _increment(fact.key(), 1, fact.amount)


def add_all(facts: Iterable[Counted], moved: Iterable[tuple[Counted, Counted]] = ()) -> None:
    """Count many new facts, and facts that ended or were corrected otherwise than before; one increment per row."""
    changes = [(fact, 1) for fact in facts]
    for before, after in moved:
        changes += [(before, -1), (after, 1)]
    sums: dict[tuple[object, ...], Increment] = {}
    for fact, by in changes:
        key = fact.key()
        _, count, amount = sums.get(tuple(key.values()), (key, 0, Decimal(0)))
        sums[tuple(key.values())] = (key, count + by, amount + by * fact.amount)
    _increment_all(sums.values())


def move(before: Counted, after: Counted) -> None:
    """Count a fact otherwise than before, when it ended or was corrected."""
    _increment_all([(before.key(), -1, -before.amount), (after.key(), 1, after.amount)])


def _increment_all(increments: Iterable[Increment]) -> None:
    """Increment rows in the order of their keys, so that two transactions never wait for each other in a circle."""
    for key, count, amount in sorted(increments, key=lambda increment: str(increment[0])):
        _increment(key, count, amount)


def _increment(key: dict[str, object], count: int, amount: Decimal) -> None:
    """Add to the row of the key; two transactions that make the row at once both end up counted."""
    rows = Tally.objects.filter(**key)
    satang = int(amount * 100)
    if rows.update(count=F("count") + count, amount=F("amount") + satang):
        return
    try:
        with transaction.atomic():
            Tally.objects.create(**key, count=count, amount=amount)
    except IntegrityError:
        rows.update(count=F("count") + count, amount=F("amount") + satang)
