"""Any sequence of lines and reversals: what is accepted, that no balance as of any day is below zero, and that the
pages of money say the same as the rules."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.models import Transfer, TransferLine
from lakthan.apps.budget.register import MODELS, district_register
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.standing import money_page
from lakthan.apps.people.directory import districts_in_reach
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Action
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db

WHOLE = 1000
"""Satang that are transferred."""
DAYS = 5
KINDS = {"bound": obligate, "spent": disburse, "returned": give_back}


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a kind, or the reversal of the line of a number (counted round), on a day."""

    kind: str
    day: int
    satang: int
    line: int


def steps() -> st.SearchStrategy[list[Step]]:
    """Up to twelve steps; amounts are large enough to run out of money."""
    kinds = st.sampled_from([*KINDS, "reversal"])
    step = st.builds(Step, kinds, st.integers(0, DAYS - 1), st.integers(1, WHOLE), st.integers(0, 11))
    return st.lists(step, max_size=12)


@dataclass
class Book:
    """The rules once more, as simply as they can be said: amounts of each day by kind."""

    def __post_init__(self) -> None:
        self.of = {kind: [0] * DAYS for kind in KINDS}

    def add(self, kind: str, day: int, satang: int) -> None:
        """A line holds from its day on."""
        for later in range(day, DAYS):
            self.of[kind][later] += satang

    def allows(self, kind: str, day: int, satang: int) -> bool:
        """Whether a line fits on its day and on all later ones."""
        return all(self._fits(kind, satang, later) for later in range(day, DAYS))

    def _fits(self, kind: str, satang: int, day: int) -> bool:
        used = self.of["spent"][day] if kind == "spent" else max(self.of["bound"][day], self.of["spent"][day])
        return used + self.of["returned"][day] + satang <= WHOLE

    def is_sound(self) -> bool:
        """No day on which more is bound, paid out and sent back than there is."""
        return all(
            max(self.of["bound"][day], self.of["spent"][day]) + self.of["returned"][day] <= WHOLE for day in range(DAYS)
        )


def day_of(number: int) -> date:
    return date(2020, 2, 3) + timedelta(days=number)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps())
def test_money_moves_exactly_as_far_as_it_goes(sequence: list[Step]) -> None:
    with undone():
        money = builders.transfer(builders.unit(), "10.00")
        book, lines = Book(), []
        for step in sequence:
            if step.kind == "reversal":
                _take_back(book, lines, step)
            else:
                _add(book, lines, money, step)
            assert book.is_sound()
            assert rest_of(money) == Decimal(WHOLE - book.of["spent"][-1] - book.of["returned"][-1]) / 100
        for number in range(DAYS):
            _pages_agree(book, number)


def _pages_agree(book: Book, number: int) -> None:
    """The list of districts, its sum, and the register as of a day."""
    page = money_page(ROOT, YEAR, day_of(number))
    bound, spent, returned = (Decimal(book.of[kind][number]) / 100 for kind in KINDS)
    (row,) = page.districts
    assert (row.obligated, row.disbursed, row.returned) == (bound, spent, returned)
    assert row.rest == row.transferred - spent - returned == page.standing.not_returned.amount
    assert row.unbound == row.transferred - max(bound, spent) - returned >= 0
    register = district_register(districts_in_reach(ROOT, Action.READ_DISTRICT_RECORDS, TODAY)[0], YEAR, page.as_of)
    (transfer,) = register.transfers
    assert (transfer.rest, transfer.unbound) == (row.rest, row.unbound)
    assert [transfer.sum_of(kind) for kind in MODELS] == [bound, spent, returned]
    assert all(line.rest >= 0 and line.unbound >= 0 for line in transfer.lines)
    assert [line.effective_on for line in transfer.lines] == sorted(line.effective_on for line in transfer.lines)
    assert all(transfer.lines[line.reverses - 1].reversed_by == line.number for line in transfer.lines if line.reverses)


def _add(book: Book, lines: list[tuple[str, int, Any]], money: Transfer, step: Step) -> None:
    amount = Decimal(step.satang) / 100
    service = KINDS[step.kind]
    if book.allows(step.kind, step.day, step.satang):
        line = service(actor=ROOT, transfer=money, amount=amount, effective_on=day_of(step.day), now=NOW)
        lines.append((step.kind, step.day, line))
        book.add(step.kind, step.day, step.satang)
    else:
        with pytest.raises(UserError, match="is more than"), transaction.atomic():
            service(actor=ROOT, transfer=money, amount=amount, effective_on=day_of(step.day), now=NOW)


def _take_back(book: Book, lines: list[tuple[str, int, Any]], step: Step) -> None:
    if not lines:
        return
    kind, day, line = lines[step.line % len(lines)]
    if step.day >= day and not _is_reversed(line):
        reverse(actor=ROOT, line=line, effective_on=day_of(step.day), document="4", now=NOW)
        book.add(kind, step.day, -int(line.amount * 100))
    else:
        with pytest.raises(UserError, match=r"reversed already|before the line"), transaction.atomic():
            reverse(actor=ROOT, line=line, effective_on=day_of(step.day), document="4", now=NOW)


def _is_reversed(line: TransferLine) -> bool:
    return type(line)._default_manager.filter(reverses=line).exists()


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
