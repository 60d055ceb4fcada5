"""A transfer that was written down wrong: taken back while nothing of it has moved, and made anew."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lakthan.apps.budget.keeping import letter_page
from lakthan.apps.budget.models import Transfer, YearEndDecision
from lakthan.apps.budget.register import LineKind, district_register
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.rests import decide_year_ends, declare_retention, end_retention
from lakthan.apps.budget.services.transfers import take_back_transfers
from lakthan.apps.budget.standing import money_page
from lakthan.apps.people.directory import districts_in_reach
from lakthan.apps.people.models import Unit
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.permissions import Action
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2020, 3, 2), date(2020, 4, 1), date(2020, 5, 4)
OCTOBER = builders.moment(date(2020, 10, 15))
LINES: list[Callable[..., Any]] = [obligate, disburse, give_back]


@pytest.fixture
def home() -> Unit:
    return builders.unit()


@pytest.fixture
def money(home: Unit) -> Transfer:
    """100 baht of 31 January."""
    return builders.transfer(home)


def take_back(*transfers: Transfer, on: date = APRIL, document: str = "บันทึก 5/2563", now: Any = NOW) -> None:
    take_back_transfers(actor=ROOT, transfers=transfers, ended_on=on, document=document, now=now)


def move(service: Callable[..., Any], money: Transfer, on: date = MARCH) -> Any:
    return service(actor=ROOT, transfer=money, amount=Decimal(40), effective_on=on, document="ฎีกา 3", now=NOW)


def test_it_counts_until_the_day_before_and_the_letter_can_be_entered_anew(home: Unit, money: Transfer) -> None:
    take_back(money)
    builders.transfer(home, "160.00")
    assert [money_page(ROOT, YEAR, on).standing.transferred for on in (MARCH, APRIL)] == [260, 160]
    rows = letter_page(ROOT, money.pk, TODAY).rows
    assert sorted((row.amount, row.ended_on) for row in rows) == [(100, APRIL), (160, None)]
    assert letter_page(ROOT, money.pk, TODAY).amount == 160


def test_the_register_keeps_it_with_the_row_that_takes_it_back(home: Unit, money: Transfer) -> None:
    reverse(actor=ROOT, line=move(disburse, money), effective_on=MARCH, document="บันทึก 4", now=NOW)
    take_back(money)
    (label,) = districts_in_reach(ROOT, Action.READ_DISTRICT_RECORDS, TODAY)
    (transfer,) = district_register(label, YEAR, TODAY).transfers
    last = transfer.lines[-1]
    assert (last.kind, last.amount, last.rest, last.reverses, last.document) == (
        LineKind.TAKEN_BACK,
        Decimal(-100),
        0,
        1,
        "บันทึก 5/2563",
    )
    assert (transfer.lines[0].reversed_by, transfer.sum_of(LineKind.TRANSFER)) == (4, 0)
    assert (transfer.is_closed, transfer.unbound) == (True, 0)
    (earlier,) = district_register(label, YEAR, MARCH).transfers
    assert (earlier.is_closed, earlier.rest, len(earlier.lines)) == (False, 100, 3)


@pytest.mark.parametrize("service", LINES, ids=lambda service: service.__name__)
def test_what_moved_is_reversed_first(money: Transfer, service: Callable[..., Any]) -> None:
    line = move(service, money)
    with pytest.raises(Conflict, match="reverse those lines first"):
        take_back(money)
    reverse(actor=ROOT, line=line, effective_on=APRIL, document="บันทึก 4", now=NOW)
    with pytest.raises(UserError, match="a movement of 1 April 2020"):
        take_back(money, on=MARCH)
    take_back(money)
    with pytest.raises(Conflict, match="was taken back"):
        move(service, money, MAY)


def test_a_declared_wish_is_ended_first(money: Transfer) -> None:
    wish = declare_retention(actor=ROOT, transfer=money, effective_on=MARCH, now=NOW)
    with pytest.raises(Conflict, match="end the declaration first"):
        take_back(money)
    end_retention(actor=ROOT, intention=wish, ended_on=APRIL, now=NOW)
    take_back(money)


def test_what_was_decided_at_the_years_end_stays(money: Transfer) -> None:
    end: dict[str, Any] = {"effective_on": date(2020, 10, 1), "document": "หนังสือ 6", "now": OCTOBER}
    decide_year_ends(actor=ROOT, transfers=[money], outcome=YearEndDecision.Outcome.CARRIED_OVER, **end)
    with pytest.raises(Conflict, match="decided"):
        take_back(money, on=date(2020, 10, 2), now=OCTOBER)


def test_what_was_taken_back_is_decided_about_no_more(money: Transfer) -> None:
    take_back(money)
    end: dict[str, Any] = {"effective_on": date(2020, 10, 1), "document": "หนังสือ 6", "now": OCTOBER}
    with pytest.raises(Conflict, match="was taken back"):
        decide_year_ends(actor=ROOT, transfers=[money], outcome=YearEndDecision.Outcome.LAPSED, **end)


def test_one_that_cannot_be_taken_back_keeps_all(money: Transfer) -> None:
    other = builders.transfer(builders.unit("5002"), letter="กท 2/2563")
    move(disburse, other)
    with pytest.raises(Conflict):
        take_back(money, other)
    assert not Transfer.objects.filter(ended_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"document": " "}, "document"),
        ({"on": date(2020, 1, 30)}, "a movement of 31 January 2020"),
        ({"on": date(2020, 6, 2)}, "future"),
    ],
)
def test_it_wants_a_document_and_a_day_from_the_transfer_until_today(
    money: Transfer, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(UserError, match=f"(?i){says}"):
        take_back(money, **wrong)


def test_it_is_taken_back_once(money: Transfer) -> None:
    take_back(money)
    with pytest.raises(Conflict, match="was taken back"):
        take_back(money)
