"""What the pages of money read: of whose districts, of which day, and who entered what."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lakthan.apps.budget.models import Transfer, YearEndDecision
from lakthan.apps.budget.register import DistrictRegister, LineKind, district_register
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.apps.budget.services.rests import decide_year_ends, declare_retention, end_retention
from lakthan.apps.budget.standing import money_page, transfer_standings
from lakthan.apps.people.directory import districts_in_reach
from lakthan.apps.people.models import Unit
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.money_standing import MoneyGroup
from lakthan.rules.permissions import Action, Actor, Held, Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR, somebody

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2020, 3, 2), date(2020, 4, 1), date(2020, 5, 4)
AFTER = date(2020, 10, 1)


@pytest.fixture
def home() -> Unit:
    return builders.unit()


def enter(service: Any, money: Transfer, amount: str, on: date = MARCH, **more: Any) -> Any:
    return service(actor=ROOT, transfer=money, amount=Decimal(amount), effective_on=on, now=NOW, **more)


def read(home: Unit, on: date = TODAY) -> DistrictRegister:
    (label,) = (each for each in districts_in_reach(ROOT, Action.READ_DISTRICT_RECORDS, on) if each.id == home.pk)
    return district_register(label, None, on)


# The list


def test_a_district_without_a_transfer_is_listed_and_is_no_part_of_a_share(home: Unit) -> None:
    builders.unit("5002")
    builders.transfer(home)
    page = money_page(ROOT, YEAR, TODAY)
    assert [(row.code, row.transfers) for row in page.districts] == [("5001", 1), ("5002", 0)]
    assert page.standing.districts == 1
    assert page.districts[1].groups() == {MoneyGroup.WITHOUT}


def test_money_of_another_year_and_lines_of_a_later_day_do_not_count(home: Unit) -> None:
    money = builders.transfer(home)
    enter(disburse, money, "40", APRIL)
    assert money_page(ROOT, YEAR + 1, TODAY).standing.transferred == 0
    assert money_page(ROOT, YEAR, MARCH).standing.disbursed.amount == 0
    assert money_page(ROOT, YEAR, APRIL).standing.disbursed.amount == 40
    assert money_page(ROOT, YEAR, date(2020, 1, 30)).standing.transferred == 0


def test_what_is_not_bound_is_counted_by_transfer_and_not_by_district(home: Unit) -> None:
    """60 bound of one letter and 50 paid out of another leave 40 and 50."""
    first, second = builders.transfer(home, letter="1"), builders.transfer(home, letter="2")
    enter(obligate, first, "60")
    enter(disburse, second, "50")
    (row,) = money_page(ROOT, YEAR, TODAY).districts
    assert (row.transfers, row.rest, row.unbound) == (2, Decimal(150), Decimal(90))


def test_without_a_year_the_latest_with_a_transfer_is_shown(home: Unit) -> None:
    assert money_page(ROOT, None, TODAY).fiscal_year == YEAR
    assert money_page(ROOT, None, AFTER).fiscal_year == YEAR + 1
    builders.transfer(home)
    page = money_page(ROOT, None, AFTER)
    assert (page.fiscal_year, page.fiscal_years) == (YEAR, (YEAR,))
    assert money_page(ROOT, FiscalYear(2560), AFTER).fiscal_years == (YEAR, FiscalYear(2560))


def test_an_intention_is_in_force_until_the_day_before_it_ended(home: Unit) -> None:
    money = builders.transfer(home)
    wish = declare_retention(actor=ROOT, transfer=money, effective_on=MARCH, now=NOW)
    end_retention(actor=ROOT, intention=wish, ended_on=APRIL, now=NOW)
    days = (date(2020, 3, 1), MARCH, date(2020, 3, 31), APRIL)
    assert [transfer_standings(ROOT, YEAR, day)[0].intends_since for day in days] == [None, MARCH, MARCH, None]


@pytest.mark.parametrize("outcome", YearEndDecision.Outcome)
def test_the_rest_is_undecided_from_the_day_after_the_year_until_the_decision(home: Unit, outcome: Any) -> None:
    money = builders.transfer(home)
    decide_year_ends(
        actor=ROOT, transfers=[money], outcome=outcome, effective_on=AFTER, document="7", now=builders.moment(AFTER)
    )
    (row,) = money_page(ROOT, YEAR, AFTER).districts
    is_lapsed = outcome == YearEndDecision.Outcome.LAPSED
    assert (row.lapsed, row.carried_over, row.undecided) == ((100, 0, 0) if is_lapsed else (0, 100, 0))
    assert money_page(ROOT, YEAR, date(2020, 9, 30)).districts[0].undecided == 0


def test_a_rest_of_a_year_that_is_over_is_undecided(home: Unit) -> None:
    builders.transfer(home)
    assert money_page(ROOT, YEAR, AFTER).standing.undecided.amount == 100


def test_everybody_sees_the_money_of_the_districts_in_reach(home: Unit) -> None:
    other = builders.unit("5002")
    builders.transfer(home, "10")
    builders.transfer(other, "20")
    for actor, codes, whole in (
        (somebody(Role.DISTRICT_OFFICER, home), ["5001"], 10),
        (somebody(Role.DISTRICT_DIRECTOR, other), ["5002"], 20),
        (somebody(Role.AUDITOR), ["5001", "5002"], 30),
        (Actor("user:1", (Held(Role.COMMUNITY_MEMBER, str(home.pk)),)), [], 0),
    ):
        page = money_page(actor, YEAR, TODAY)
        assert [row.code for row in page.districts] == codes
        assert (page.standing.transferred, page.is_whole_city) == (whole, whole == 30)


def test_one_letter_to_many_districts_is_one_letter(home: Unit) -> None:
    builders.transfer(home, "10")
    builders.transfer(builders.unit("5002"), "20")
    builders.transfer(home, "5", letter="กท 2/2563")
    letters = money_page(ROOT, YEAR, TODAY).letters
    assert [(each.number, each.districts, each.amount) for each in letters] == [
        ("กท 2/2563", 1, 5),
        ("กท 1/2563", 2, 30),
    ]


# The register


def test_every_row_says_what_is_left_after_it(home: Unit) -> None:
    money = builders.transfer(home)
    enter(disburse, money, "30", APRIL)
    enter(obligate, money, "50", MARCH)
    enter(give_back, money, "10", MAY)
    (transfer,) = read(home).transfers
    assert [(line.number, line.kind, line.rest, line.unbound) for line in transfer.lines] == [
        (1, LineKind.TRANSFER, 100, 100),
        (2, LineKind.OBLIGATION, 100, 50),
        (3, LineKind.DISBURSEMENT, 70, 50),
        (4, LineKind.RETURN, 60, 40),
    ]
    assert (transfer.rest, transfer.unbound, transfer.amount) == (60, 40, 100)


def test_a_wrong_row_and_its_reversal_point_to_each_other(home: Unit) -> None:
    money = builders.transfer(home)
    wrong = enter(disburse, money, "30")
    enter(disburse, money, "20", APRIL)
    reverse(actor=ROOT, line=wrong, effective_on=MAY, document="บันทึก 4", now=NOW)
    lines = read(home).transfers[0].lines
    assert [(line.number, line.amount, line.reverses, line.reversed_by, line.rest) for line in lines] == [
        (1, 100, None, None, 100),
        (2, 30, None, 4, 70),
        (3, 20, None, None, 50),
        (4, -30, 2, None, 80),
    ]
    assert [line.can_be_reversed for line in lines] == [False, False, True, False]


def test_a_row_taken_back_on_its_own_day_moved_nothing_and_stands_beside_its_reversal(home: Unit) -> None:
    money = builders.transfer(home)
    wrong = enter(disburse, money, "100")
    reverse(actor=ROOT, line=wrong, effective_on=MARCH, document="บันทึก 4", now=NOW)
    enter(disburse, money, "80")
    enter(obligate, money, "1", date(2020, 2, 3))
    lines = read(home).transfers[0].lines
    assert [(line.amount, line.rest) for line in lines] == [(100, 100), (1, 100), (100, 100), (-100, 100), (80, 20)]


def test_intentions_and_decisions_stand_among_the_rows(home: Unit) -> None:
    money = builders.transfer(home)
    wish = declare_retention(actor=ROOT, transfer=money, effective_on=MARCH, reason="รอประชุม", now=NOW)
    end_retention(actor=ROOT, intention=wish, ended_on=MAY, now=NOW)
    declare_retention(actor=ROOT, transfer=money, effective_on=MAY, reason="รอ", now=NOW)
    decide_year_ends(
        actor=ROOT,
        transfers=[money],
        outcome=YearEndDecision.Outcome.LAPSED,
        effective_on=AFTER,
        document="7",
        now=builders.moment(AFTER),
    )
    (transfer,) = read(home, AFTER).transfers
    assert [line.kind for line in transfer.lines] == [
        LineKind.TRANSFER,
        LineKind.INTENTION,
        LineKind.INTENTION_ENDED,
        LineKind.INTENTION,
        LineKind.LAPSED,
    ]
    assert transfer.is_closed
    assert transfer.intention == transfer.lines[3].id
    assert read(home, APRIL).transfers[0].intention == wish.pk
    assert not read(home, APRIL).transfers[0].outcome


def test_every_row_says_who_entered_it(home: Unit) -> None:
    money = builders.transfer(home)
    person = builders.user("manee")
    officer = Actor(f"user:{person.pk}", (Held(Role.DISTRICT_OFFICER, str(home.pk)),))
    disburse(actor=officer, transfer=money, amount=Decimal(1), effective_on=MARCH, now=NOW)
    lines = read(home).transfers[0].lines
    assert [line.person_th for line in lines] == ["", person.name_th]
    assert lines[1].recorded_at == NOW


def test_the_register_of_a_day_ends_with_that_day(home: Unit) -> None:
    money = builders.transfer(home)
    enter(disburse, money, "30", APRIL)
    assert len(read(home, MARCH).transfers[0].lines) == 1
    assert read(home, date(2020, 1, 30)).transfers == ()
