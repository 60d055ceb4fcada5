"""Taking transfers of a letter back through real requests."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.budget.models import Transfer
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.pages import in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Unit:
    """The strategy bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def strategist(bureau: Unit) -> Client:
    return signed_in(officer(Role.STRATEGY_ADMINISTRATOR, bureau, "strategist"))


@pytest.fixture
def letter(bureau: Unit) -> list[Transfer]:
    """One letter to two districts."""
    return [builders.transfer(builders.unit(code)) for code in ("5001", "5002")]


def form(letter: list[Transfer]) -> str:
    return reverse("take-back-transfers", args=(letter[0].pk,))


def page(letter: list[Transfer]) -> str:
    return reverse("transfer-letter", args=(letter[0].pk,))


def given(*transfers: Transfer, **more: str) -> dict[str, object]:
    return {"effective_on": "1/4/2563", "document": "บันทึก 5/2563", "transfer": [row.pk for row in transfers], **more}


def test_the_chosen_transfers_are_taken_back_and_stay_on_the_letter(letter: list[Transfer], strategist: Client) -> None:
    answer = strategist.post(form(letter), given(letter[1]))
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, page(letter))
    assert [Transfer.objects.get(pk=row.pk).ended_on for row in letter] == [None, date(2020, 4, 1)]
    said = strategist.get(in_language(page(letter), "en")).content.decode()
    assert 'taken back on <time datetime="2020-04-01">1 April 2020 (B.E. 2563)</time>: บันทึก 5/2563' in said
    assert "ยกเลิกเงินโอน 1 รายการแล้ว" in said
    book = load_workbook(BytesIO(strategist.get(reverse("transfer-letter-workbook", args=(letter[0].pk,))).content))
    rows = [
        row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "5002" or row[1] in {"Sum", "รวม"}
    ]
    assert (rows[0][3].date(), rows[0][4]) == (date(2020, 4, 1), "บันทึก 5/2563")
    assert rows[1][2] == Decimal(100)


@pytest.mark.parametrize("wrong", [{"document": ""}, {"effective_on": "เมื่อวาน"}, {"effective_on": "1/1/2563"}])
def test_a_mistake_takes_nothing_back_and_keeps_what_was_typed(
    letter: list[Transfer], strategist: Client, wrong: dict[str, str]
) -> None:
    answer = strategist.post(form(letter), given(letter[0], **wrong))
    said = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert f'value="{letter[0].pk}" checked' in said
    assert "form-error" in said or "errorlist" in said
    assert not Transfer.objects.filter(ended_on__isnull=False).exists()


def test_nothing_chosen_is_said(letter: list[Transfer], strategist: Client) -> None:
    answer = strategist.post(form(letter), given())
    assert answer.status_code == HTTPStatus.OK
    assert not Transfer.objects.filter(ended_on__isnull=False).exists()


def test_money_that_moved_stays_with_the_name_of_its_district(letter: list[Transfer], strategist: Client) -> None:
    builders.disbursement(letter[1])
    answer = strategist.post(form(letter), given(*letter))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert letter[1].unit.name_th in answer.content.decode()
    assert not Transfer.objects.filter(ended_on__isnull=False).exists()


def test_when_all_is_taken_back_there_is_nothing_to_choose(letter: list[Transfer], strategist: Client) -> None:
    assert "take-back" in strategist.get(page(letter)).content.decode()
    strategist.post(form(letter), given(*letter))
    assert "take-back" not in strategist.get(page(letter)).content.decode()
    assert 'name="transfer"' not in strategist.get(form(letter)).content.decode()


def test_a_district_neither_sees_the_way_nor_can_go_it(letter: list[Transfer]) -> None:
    keeper = signed_in(officer(Role.DISTRICT_OFFICER, letter[0].unit, "keeper"))
    assert "take-back" not in keeper.get(page(letter)).content.decode()
    assert keeper.post(form(letter), given(letter[0])).status_code == HTTPStatus.FORBIDDEN
