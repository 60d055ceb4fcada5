"""Money: transferred by a letter, then bound, paid out or sent back, and never more than there is."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.budget.balances import balance_of, rest_of
from lakthan.apps.budget.models import Disbursement, RetentionIntention, Transfer, TransferLine, YearEndDecision
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.rests import decide_year_ends, declare_retention, end_retention
from lakthan.apps.budget.services.transfers import transfer_to_units
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.services import delegate
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.apps.own_database import OwnDatabase

TRANSFERRED, MARCH, APRIL, MAY = date(2020, 1, 31), date(2020, 3, 2), date(2020, 4, 1), date(2020, 5, 4)
TOMORROW = date(2020, 6, 2)
LINES: list[Callable[..., Any]] = [obligate, disburse, give_back]

every_kind_of_line = pytest.mark.parametrize("service", LINES, ids=lambda service: service.__name__)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def money(home: Unit) -> Transfer:
    """100 baht."""
    return builders.transfer(home, "100.00")


def add(service: Callable[..., Any], money: Transfer, amount: str, on: date = MARCH) -> Any:
    return service(actor=ROOT, transfer=money, amount=Decimal(amount), effective_on=on, now=NOW)


def take_back(line: TransferLine, on: date = APRIL) -> TransferLine:
    return reverse(actor=ROOT, line=line, effective_on=on, document="บันทึก 4/2563", now=NOW)


# Transfers


def send(amounts: dict[Unit, Decimal], **more: Any) -> list[Transfer]:
    usual: dict[str, Any] = {
        "purpose": "สนับสนุนแผนพัฒนาชุมชน",
        "letter_number": "กท 1906/00174",
        "letter_date": TRANSFERRED,
        "issuer": "สำนักงบประมาณกรุงเทพมหานคร",
        "approver": "ปลัดกรุงเทพมหานคร",
        "effective_on": TRANSFERRED,
    }
    return transfer_to_units(actor=ROOT, amounts=amounts, fiscal_year=YEAR, now=NOW, **{**usual, **more})


def test_one_letter_transfers_to_many_units(home: Unit) -> None:
    other = builders.unit("5002")
    rows = send({home: Decimal(1580), other: Decimal("3160.25")})
    assert {row.unit: row.amount for row in Transfer.objects.all()} == {
        home: Decimal("1580.00"),
        other: Decimal("3160.25"),
    }
    assert {(row.issuer, row.approver, row.fiscal_year) for row in rows} == {
        ("สำนักงบประมาณกรุงเทพมหานคร", "ปลัดกรุงเทพมหานคร", 2563)
    }


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("purpose", " ", "The purpose is missing"),
        ("letter_number", "", "The letter's number is missing"),
        ("issuer", " ", "The issuer is missing"),
        ("approver", " ", "The approver is missing"),
        ("letter_date", TOMORROW, "2 June 2020 is in the future"),
        ("effective_on", TOMORROW, "2 June 2020 is in the future"),
    ],
)
def test_a_transfer_stands_on_a_letter_of_the_past_with_its_offices(
    home: Unit, field: str, value: object, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        send({home: Decimal(1)}, **{field: value})
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity"])
def test_one_wrong_amount_refuses_the_whole_letter(home: Unit, amount: str) -> None:
    with pytest.raises(UserError):
        send({home: Decimal(1), builders.unit("5002"): Decimal(amount)})
    assert not Transfer.objects.exists()


def test_the_same_letter_transfers_for_the_same_purpose_once(home: Unit) -> None:
    send({home: Decimal(1)})
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        send({builders.unit("5002"): Decimal(1), home: Decimal(1)})
    assert Transfer.objects.count() == 1


def test_an_approval_for_another_office_stands_on_an_order_in_force(home: Unit) -> None:
    acting = delegate(
        actor=ROOT,
        unit=home,
        kind=Delegation.Kind.ACTING_FOR,
        office="ปลัดกรุงเทพมหานคร",
        deputy_office="รองปลัดกรุงเทพมหานคร",
        order_number="1/2563",
        valid_from=date(2020, 2, 1),
        now=NOW,
    )
    with pytest.raises(UserError, match="Order 1/2563 is not in force on 31 January 2020"):
        send({home: Decimal(1)}, delegation=acting)
    assert send({home: Decimal(1)}, delegation=acting, letter_date=date(2020, 2, 1))[0].delegation == acting


# Lines


@every_kind_of_line
def test_a_line_takes_no_more_than_there_is_to_the_satang(money: Transfer, service: Callable[..., Any]) -> None:
    with pytest.raises(UserError, match=r"100\.01 baht is more than the 100\.00 baht that is left"):
        add(service, money, "100.01")
    add(service, money, "99.99")
    add(service, money, "0.01")
    with pytest.raises(UserError, match=r"0\.01 baht is more than the 0\.00 baht that is left"):
        add(service, money, "0.01")


@every_kind_of_line
@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity"])
def test_a_line_has_an_amount_above_zero_in_whole_satang(
    money: Transfer, service: Callable[..., Any], amount: str
) -> None:
    with pytest.raises(UserError):
        add(service, money, amount)
    assert rest_of(money) == 100


@every_kind_of_line
def test_a_line_is_not_of_tomorrow_nor_from_before_the_transfer(money: Transfer, service: Callable[..., Any]) -> None:
    for day, says in ((TOMORROW, "in the future"), (date(2020, 1, 30), "before the transfer itself")):
        with pytest.raises(UserError, match=says):
            add(service, money, "1", day)
    assert add(service, money, "1", TRANSFERRED).effective_on == TRANSFERRED


def test_the_year_of_a_line_is_that_of_its_transfer(money: Transfer) -> None:
    assert add(disburse, money, "1").fiscal_year == 2563


def test_paid_out_and_sent_back_leave_the_rest(money: Transfer) -> None:
    add(disburse, money, "17.85")
    add(give_back, money, "23.71")
    assert rest_of(money) == Decimal("58.44")


def test_bound_money_can_be_paid_out_but_not_sent_back(money: Transfer) -> None:
    add(obligate, money, "80")
    with pytest.raises(UserError, match=r"30\.00 baht is more than the 20\.00 baht"):
        add(give_back, money, "30")
    add(disburse, money, "80")
    add(give_back, money, "20")
    assert rest_of(money) == 0


def test_money_that_was_paid_out_cannot_be_bound(money: Transfer) -> None:
    add(disburse, money, "100")
    with pytest.raises(UserError, match=r"more than the 0\.00 baht"):
        add(obligate, money, "1")


def test_an_ended_contract_frees_its_money(money: Transfer) -> None:
    line = add(obligate, money, "80")
    take_back(line)
    add(give_back, money, "100", APRIL)
    assert rest_of(money) == 0


# Reversals


@every_kind_of_line
def test_a_wrong_line_is_taken_back_by_its_opposite_and_stays(money: Transfer, service: Callable[..., Any]) -> None:
    line = add(service, money, "40")
    opposite = take_back(line)
    assert (opposite.amount, opposite.reverses, opposite.transfer) == (Decimal("-40.00"), line, money)
    assert sorted(type(line).objects.values_list("amount", flat=True)) == [Decimal("-40.00"), Decimal("40.00")]
    assert rest_of(money) == 100


def test_a_line_is_taken_back_once_and_a_reversal_never(money: Transfer) -> None:
    line = add(disburse, money, "40")
    opposite = take_back(line)
    with pytest.raises(UserError, match="was reversed already"):
        take_back(line)
    with pytest.raises(UserError, match="is itself a reversal"):
        take_back(opposite)
    assert rest_of(money) == 100


def test_a_reversal_is_not_of_tomorrow_nor_from_before_its_line(money: Transfer) -> None:
    line = add(disburse, money, "40")
    for day, says in ((TOMORROW, "in the future"), (date(2020, 3, 1), "before the line itself")):
        with pytest.raises(UserError, match=says):
            take_back(line, day)


def test_no_balance_as_of_an_earlier_day_becomes_negative(money: Transfer) -> None:
    """100 baht paid out in March and taken back in May cannot be paid out again from April on."""
    take_back(add(disburse, money, "100", MARCH), MAY)
    with pytest.raises(UserError, match=r"more than the 0\.00 baht"):
        add(disburse, money, "100", APRIL)
    add(disburse, money, "100", MAY)
    assert [balance_of(money).rest(day) for day in (TRANSFERRED, MARCH, APRIL, MAY)] == [100, 0, 0, 0]


# Declared intentions


def declare(money: Transfer, on: date = MARCH) -> RetentionIntention:
    return declare_retention(actor=ROOT, transfer=money, effective_on=on, reason="รอประชุม", now=NOW)


def test_a_wish_not_to_return_yet_moves_no_money(money: Transfer) -> None:
    declare(money)
    assert rest_of(money) == 100


def test_a_wish_is_declared_after_the_transfer_and_not_tomorrow(money: Transfer) -> None:
    for day, says in ((TOMORROW, "in the future"), (date(2020, 1, 30), "before the transfer itself")):
        with pytest.raises(UserError, match=says):
            declare(money, day)


def test_a_wish_ends_once_and_not_before_it_began(money: Transfer) -> None:
    wish = declare(money)
    stale = RetentionIntention.objects.get()
    for day, says in ((TOMORROW, "in the future"), (date(2020, 3, 1), "before the declaration itself")):
        with pytest.raises(UserError, match=says):
            end_retention(actor=ROOT, intention=wish, ended_on=day, now=NOW)
    end_retention(actor=ROOT, intention=wish, ended_on=APRIL, now=NOW)
    with pytest.raises(UserError, match="was ended already"), transaction.atomic():
        end_retention(actor=ROOT, intention=stale, ended_on=MAY, now=NOW)
    assert RetentionIntention.objects.get().ended_on == APRIL


# The end of the year


AFTER = date(2020, 10, 1)


def decide(money: Transfer, outcome: YearEndDecision.Outcome, on: date = AFTER, document: str = "7") -> YearEndDecision:
    return decide_year_ends(
        actor=ROOT,
        transfers=[money],
        outcome=outcome,
        effective_on=on,
        document=document,
        now=builders.moment(AFTER),
    )[0]


LAPSED, CARRIED_OVER = YearEndDecision.Outcome.LAPSED, YearEndDecision.Outcome.CARRIED_OVER


def test_what_becomes_of_the_rest_is_decided_after_the_year_by_a_document_once(money: Transfer) -> None:
    add(disburse, money, "40")
    for on, document, says in (
        (date(2020, 9, 29), "7", "has not ended yet"),
        (date(2020, 10, 2), "7", "in the future"),
        (AFTER, " ", "The document is missing"),
    ):
        with pytest.raises(UserError, match=says):
            decide(money, LAPSED, on, document)
    assert decide(money, LAPSED).amount == 60
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        decide(money, CARRIED_OVER)


@every_kind_of_line
def test_lapsed_money_moves_no_more(money: Transfer, service: Callable[..., Any]) -> None:
    paid = add(disburse, money, "40")
    decide(money, LAPSED)
    with pytest.raises(UserError, match="lapsed at the year's end"):
        add(service, money, "1")
    with pytest.raises(UserError, match="lapsed at the year's end"):
        take_back(paid)


def test_money_carried_over_can_still_be_paid_out(money: Transfer) -> None:
    decide(money, CARRIED_OVER)
    later = builders.moment(AFTER)
    disburse(actor=ROOT, transfer=money, amount=Decimal(100), effective_on=AFTER, now=later)
    assert rest_of(money) == 0


# Two at once


def test_of_two_who_pay_out_the_last_money_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    money = builders.transfer(builders.unit())
    copy = Transfer.objects.get()
    with transaction.atomic():
        add(disburse, money, "60")
        rival = own_database.rival(lambda: add(give_back, copy, "60"))
        assert rival.is_waiting()
    assert str(rival.join().refusal) == "60.00 baht is more than the 40.00 baht that is left of the transfer."
    assert rest_of(money) == 40


def test_many_who_pay_out_at_once_never_pay_more_than_there_is(own_database: OwnDatabase) -> None:
    builders.transfer(builders.unit())
    rivals = [own_database.rival(lambda: add(disburse, Transfer.objects.get(), "30")) for _ in range(5)]
    refusals = [rival.join().refusal for rival in rivals]
    assert refusals.count(None) == 3
    assert rest_of(Transfer.objects.get()) == 10
    assert Disbursement.objects.count() == 3


def test_of_two_who_take_back_a_line_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    line = builders.disbursement(builders.transfer(builders.unit()))
    copy = Disbursement.objects.get()
    with transaction.atomic():
        take_back(line)
        rival = own_database.rival(lambda: take_back(copy))
        assert rival.is_waiting()
    assert str(rival.join().refusal) == "The line was reversed already."
