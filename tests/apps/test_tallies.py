"""The stored tallies: after any sequence of acts, and of two at once, they are what the facts fold to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.transfers import take_back_transfers
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.models import Tally as TallyRow
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import district_members
from lakthan.apps.planning.models import Decline
from lakthan.apps.planning.services.decisions import decline_project, include_project, withdraw_decision
from lakthan.apps.planning.services.meetings import cancel_meeting, hold_meeting
from lakthan.apps.planning.services.plans import adopt_plan, propose_projects
from lakthan.apps.reporting.measures import SOURCES, facts_of, stored_tallies
from lakthan.core.errors import UserError
from lakthan.rules.facts import FactKind
from lakthan.rules.formula.tally import UNTALLIED_KINDS, Tally, tallies
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.apps.own_database import OwnDatabase

DAYS = [date(2019, 9, 30), date(2019, 10, 1), date(2019, 12, 31), date(2020, 1, 31), date(2020, 4, 1), TODAY]
"""In five quarters of two fiscal years, and on their edges."""
KINDS = [kind for kind in SOURCES if kind not in UNTALLIED_KINDS]

Choice = tuple[str, int, int, int]
"""Name of an act, number of a day, and two numbers that choose among what there is."""


class Registers:
    """Two districts in which any act can be tried; what is against the rules is refused and changes nothing."""

    def __init__(self) -> None:
        self.homes = [builders.unit("5001"), builders.unit("5002")]
        self.communities = [builders.community(home) for home in self.homes]
        self.action_plans = [builders.action_plan(home, year) for home in self.homes for year in (YEAR, YEAR + 1)]
        self.plans: list[Any] = [builders.plan(community, DAYS[0], projects=2) for community in self.communities]
        self.transfers: list[Any] = [builders.transfer(home) for home in self.homes]
        self.meetings = [builders.meeting(home) for home in self.homes for _ in range(3)]
        self.decisions: list[Any] = []
        self.lines: list[Any] = []

    def attempt(self, choice: Choice) -> None:
        name, day, first, second = choice
        act: Callable[[date, int, int], None] = getattr(self, name)
        try:
            with transaction.atomic():
                act(DAYS[day], first, second)
        except UserError:
            pass

    def adopt(self, on: date, first: int, second: int) -> None:
        until = DAYS[(DAYS.index(on) + 1) % len(DAYS)]
        plan = adopt_plan(
            actor=ROOT,
            community=self.communities[first % 2],
            effective_on=on,
            valid_until=until,
            projects=builders.proposals(second % 3),
            now=NOW,
        )
        self.plans.append(plan)

    def propose(self, on: date, first: int, second: int) -> None:
        plan = self.plans[first % len(self.plans)]
        propose_projects(actor=ROOT, plan=plan, projects=builders.proposals(second % 3), now=NOW)

    def hold(self, on: date, first: int, second: int) -> None:
        meeting = self.meetings[first % len(self.meetings)]
        hold_meeting(actor=ROOT, meeting=meeting, held_on=on, attendance={"ผู้แทน": second}, now=NOW)

    def cancel(self, on: date, first: int, second: int) -> None:
        meeting = self.meetings[first % len(self.meetings)]
        cancel_meeting(actor=ROOT, meeting=meeting, cancelled_on=on, reason="โรคระบาด", now=NOW)

    def _subject(self, first: int, second: int) -> dict[str, Any]:
        plan = self.action_plans[first % len(self.action_plans)]
        own = [made for made in self.plans if made.unit_id == plan.unit_id]
        projects = [project for made in own for project in made.projects.order_by("number")]
        return {"action_plan": plan, "project": projects[second % len(projects)], "document": "บันทึก"}

    def include(self, on: date, first: int, second: int) -> None:
        subject = self._subject(first, second)
        self.decisions.append(include_project(actor=ROOT, **subject, item_number=1, effective_on=on, now=NOW))

    def decline(self, on: date, first: int, second: int) -> None:
        row = decline_project(
            actor=ROOT,
            **self._subject(first, second),
            reason_code=Decline.Reason.OTHER,
            reason="อื่น ๆ",
            effective_on=on,
            now=NOW,
        )
        self.decisions.append(row)

    def withdraw(self, on: date, first: int, second: int) -> None:
        if self.decisions:
            decision = self.decisions[first % len(self.decisions)]
            withdraw_decision(actor=ROOT, decision=decision, ended_on=on, reason="ผิดรายการ", now=NOW)

    def transfer(self, on: date, first: int, second: int) -> None:
        self.transfers.append(builders.transfer(self.homes[first % 2], str(second + 1), f"หนังสือ {len(self.transfers)}"))

    def line(self, on: date, first: int, second: int) -> None:
        service = (obligate, disburse, give_back)[first % 3]
        transfer = self.transfers[second % len(self.transfers)]
        amount = Decimal(first * 7 + second + 1) / 100
        self.lines.append(service(actor=ROOT, transfer=transfer, amount=amount, effective_on=on, now=NOW))

    def take_back(self, on: date, first: int, second: int) -> None:
        if self.lines:
            line = self.lines[first % len(self.lines)]
            reverse(actor=ROOT, line=line, effective_on=on, document="บันทึก", now=NOW)

    def take_back_transfer(self, on: date, first: int, second: int) -> None:
        transfer = self.transfers[first % len(self.transfers)]
        take_back_transfers(actor=ROOT, transfers=[transfer], ended_on=on, document="บันทึก", now=NOW)


ACTS = [
    "adopt",
    "propose",
    "hold",
    "cancel",
    "include",
    "decline",
    "withdraw",
    "transfer",
    "line",
    "take_back",
    "take_back_transfer",
]
numbers = st.integers(0, 60)
choices = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, len(DAYS) - 1), numbers, numbers), max_size=20)


def kept() -> set[Tally]:
    """The stored rows; one that came back to nothing is as good as none."""
    return {row for row in stored_tallies(KINDS, district_members(TODAY)) if row.count or row.amount}


def folded() -> set[Tally]:
    districts = district_members(TODAY)
    return set(tallies(fact for kind in KINDS for fact in facts_of(kind, districts)))


@contextmanager
def undone() -> Iterator[None]:
    """Each example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices)
def test_after_any_sequence_of_acts_the_stored_tallies_are_those_of_the_facts(sequence: list[Choice]) -> None:
    with undone():
        registers = Registers()
        for choice in sequence:
            registers.attempt(choice)
        assert kept() == folded()


@pytest.mark.django_db
def test_every_kind_that_is_tallied_is_tallied_by_the_acts() -> None:
    """One of each, so that the property above cannot pass because nothing was ever counted."""
    registers = Registers()
    for name, number in (("hold", 0), ("include", 0), ("decline", 1)):
        registers.attempt((name, 5, 0, number))
    for number in range(3):
        registers.attempt(("line", 5, number, 0))
    assert {row.kind for row in kept()} == set(KINDS)
    assert kept() == folded()


@pytest.mark.django_db
def test_a_tally_row_holds_the_quarters_of_beginning_and_end() -> None:
    home = builders.unit("5001")
    decision = builders.inclusion(builders.project(home), builders.action_plan(home), on=date(2020, 2, 10))
    withdraw_decision(actor=ROOT, decision=decision, ended_on=date(2020, 4, 1), reason="ผิดรายการ", now=NOW)
    rows = TallyRow.objects.filter(kind="inclusion").values_list("effective_quarter", "ended_quarter", "count")
    assert sorted(rows) == [(25632, 0, 0), (25632, 25633, 1)]


# Two at once


def counted(home: Unit, amount: str = "1.50") -> tally.Counted:
    return tally.Counted(FactKind.TRANSFER, home.pk, TODAY, fiscal_year=2563, amount=Decimal(amount))


def test_two_who_make_the_same_row_at_once_both_count(own_database: OwnDatabase) -> None:
    home = builders.unit("5001")
    with transaction.atomic():
        tally.add(counted(home))
        rival = own_database.rival(lambda: tally.add(counted(home)))
        assert rival.is_waiting()
    rival.join()
    row = TallyRow.objects.get()
    assert (row.count, row.amount) == (2, Decimal("3.00"))


def test_of_two_who_make_the_same_row_at_once_one_may_give_up(own_database: OwnDatabase) -> None:
    home = builders.unit("5001")
    with transaction.atomic():
        tally.add(counted(home))
        rival = own_database.rival(lambda: tally.add(counted(home)))
        assert rival.is_waiting()
        transaction.set_rollback(True)
    rival.join()
    assert TallyRow.objects.get().count == 1


def test_many_at_once_all_count(own_database: OwnDatabase) -> None:
    home = builders.unit("5001")

    def add_ten() -> None:
        for _ in range(10):
            with transaction.atomic():
                tally.add(counted(home))

    for rival in [own_database.rival(add_ten) for _ in range(4)]:
        rival.join()
    assert (TallyRow.objects.get().count, TallyRow.objects.get().amount) == (40, Decimal("60.00"))


def test_two_who_count_for_the_same_units_in_another_order_do_not_block_each_other(own_database: OwnDatabase) -> None:
    """Rows are incremented in one order everywhere; else each could wait for the other for ever."""
    facts = [counted(builders.unit(code)) for code in ("5001", "5002", "5003", "5004")]
    tally.add_all(facts)

    def count(order: list[tally.Counted]) -> Callable[[], None]:
        def work() -> None:
            for _ in range(10):
                with transaction.atomic():
                    tally.add_all(order)

        return work

    rivals = [own_database.rival(count(order)) for order in (facts, facts[::-1])]
    for rival in rivals:
        rival.join()
    assert set(TallyRow.objects.values_list("count", flat=True)) == {21}
