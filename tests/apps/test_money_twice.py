"""Nothing is entered twice: a form that is sent again, a paper that is typed again, a wish that is in force already."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.budget.balances import rest_of
from lakthan.apps.budget.booking import AlreadySent
from lakthan.apps.budget.models import Disbursement, RetentionIntention, Transfer, YearEndDecision
from lakthan.apps.budget.services.lines import LooksAlike, disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.rests import decide_year_ends, declare_retention, end_retention
from lakthan.apps.budget.services.transfers import transfer_to_units
from lakthan.apps.identifiers import new_id
from lakthan.apps.ledger.models import Entry
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.core.errors import Conflict, UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.apps.own_database import OwnDatabase

MARCH, APRIL, MAY = date(2020, 3, 2), date(2020, 4, 1), date(2020, 5, 4)
AFTER = date(2020, 10, 1)
LINES: list[Callable[..., Any]] = [obligate, disburse, give_back]
every_kind_of_line = pytest.mark.parametrize("service", LINES, ids=lambda service: service.__name__)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def money(home: Unit) -> Transfer:
    """100 baht."""
    return builders.transfer(home, "100.00")


def enter(service: Callable[..., Any], money: Transfer, **more: Any) -> Any:
    usual: dict[str, Any] = {"amount": Decimal(10), "effective_on": MARCH, "document": "ฎีกา 1", "now": NOW}
    return service(actor=ROOT, transfer=money, **usual | more)


@every_kind_of_line
def test_a_form_that_is_sent_again_writes_nothing(money: Transfer, service: Callable[..., Any]) -> None:
    key = new_id()
    line = enter(service, money, form_key=key)
    entries = Entry.objects.count()
    assert line.pk == key
    with pytest.raises(AlreadySent), transaction.atomic():
        enter(service, money, form_key=key, is_another=True)
    assert Entry.objects.count() == entries
    assert type(line).objects.count() == 1


def test_a_letter_that_is_sent_again_writes_nothing(home: Unit) -> None:
    key = new_id()

    def send() -> list[Transfer]:
        return transfer_to_units(
            actor=ROOT,
            amounts={home: Decimal(10), other: Decimal(20)},
            fiscal_year=YEAR,
            purpose="สนับสนุน",
            letter_number="กท 9/2563",
            letter_date=MARCH,
            issuer="สงม.",
            approver="ป.กทม.",
            effective_on=MARCH,
            form_key=key,
            now=NOW,
        )

    other = builders.unit("5002")
    assert send()[0].pk == key
    with pytest.raises(AlreadySent), transaction.atomic():
        send()
    assert Transfer.objects.count() == 2


def test_a_letter_to_nobody_is_refused(db: None) -> None:
    with pytest.raises(UserError, match="no amount for any district"):
        transfer_to_units(
            actor=ROOT,
            amounts={},
            fiscal_year=YEAR,
            purpose="สนับสนุน",
            letter_number="1",
            letter_date=MARCH,
            issuer="ก",
            approver="ข",
            effective_on=MARCH,
            now=NOW,
        )


@every_kind_of_line
def test_the_same_paper_is_asked_about_before_it_is_entered_again(money: Transfer, service: Callable[..., Any]) -> None:
    enter(service, money)
    with pytest.raises(LooksAlike, match="document ฎีกา 1"), transaction.atomic():
        enter(service, money, document=" ฎีกา 1 ")
    enter(service, money, is_another=True)
    assert money.amount - rest_of(money) == (0 if service is obligate else 20)


@pytest.mark.parametrize(
    "other",
    [{"amount": Decimal(11)}, {"effective_on": APRIL}, {"document": "ฎีกา 2"}],
    ids=lambda other: next(iter(other)),
)
def test_another_day_amount_or_document_is_another_paper(money: Transfer, other: dict[str, Any]) -> None:
    enter(disburse, money)
    enter(disburse, money, **other)
    assert Disbursement.objects.count() == 2


def test_what_was_taken_back_can_be_entered_again(money: Transfer) -> None:
    wrong = enter(disburse, money)
    reverse(actor=ROOT, line=wrong, effective_on=APRIL, document="บันทึก 4", now=NOW)
    enter(disburse, money)
    assert rest_of(money) == 90


def test_of_one_form_sent_twice_at_once_one_is_recorded(own_database: OwnDatabase) -> None:
    money, key = builders.transfer(builders.unit()), new_id()
    copy = Transfer.objects.get()
    with transaction.atomic():
        enter(disburse, money, form_key=key)
        rival = own_database.rival(lambda: enter(disburse, copy, form_key=key, is_another=True))
        assert rival.is_waiting()
    assert isinstance(rival.join().refusal, AlreadySent)
    assert Disbursement.objects.count() == 1


# Wishes


def declare(money: Transfer, on: date = MARCH) -> RetentionIntention:
    return declare_retention(actor=ROOT, transfer=money, effective_on=on, reason="รอ", now=NOW)


def test_a_wish_in_force_is_not_declared_again(money: Transfer) -> None:
    wish = declare(money)
    with pytest.raises(Conflict, match="is in force"), transaction.atomic():
        declare(money, APRIL)
    end_retention(actor=ROOT, intention=wish, ended_on=MAY, now=NOW)
    with pytest.raises(Conflict, match="is in force"), transaction.atomic():
        declare(money, APRIL)
    declare(money, MAY)


def test_nobody_wishes_to_keep_what_is_not_there(money: Transfer) -> None:
    enter(give_back, money, amount=Decimal(100))
    with pytest.raises(Conflict, match="Nothing is left"):
        declare(money, TODAY)


def test_nobody_wishes_to_keep_what_lapsed(money: Transfer) -> None:
    lapsed = YearEndDecision.Outcome.LAPSED
    decide_year_ends(
        actor=ROOT, transfers=[money], outcome=lapsed, effective_on=AFTER, document="7", now=builders.moment(AFTER)
    )
    with pytest.raises(Conflict, match="lapsed"):
        declare(money)


# The end of the year


def decide(transfers: list[Transfer], **more: Any) -> Any:
    usual: dict[str, Any] = {"outcome": YearEndDecision.Outcome.CARRIED_OVER, "effective_on": AFTER, "document": "7"}
    return decide_year_ends(actor=ROOT, transfers=transfers, now=builders.moment(AFTER), **usual | more)


def test_many_rests_are_decided_about_at_once_or_none(money: Transfer) -> None:
    other = builders.transfer(builders.unit("5002"), "7")
    decide([money])
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        decide([other, money])
    assert YearEndDecision.objects.count() == 1
    decide([other])
    assert set(YearEndDecision.objects.values_list("amount", flat=True)) == {Decimal(100), Decimal(7)}


def test_a_decision_about_nothing_is_refused(db: None) -> None:
    with pytest.raises(UserError, match="No transfer is chosen"):
        decide([])
