"""The pages of money through real requests: what they show, to whom, as of which day, and how often they ask."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.budget.models import Transfer
from lakthan.apps.budget.services.lines import disburse, give_back, obligate
from lakthan.apps.budget.services.rests import declare_retention
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, WORKBOOK = reverse("money"), reverse("money-workbook")
MARCH = date(2020, 3, 2)
MOST = 12


def register(code: str = "5001") -> str:
    return reverse("district-money", args=(code,))


def register_workbook(code: str = "5001") -> str:
    return reverse("district-money-workbook", args=(code,))


@pytest.fixture
def bureau() -> Unit:
    """The strategy bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def district(bureau: Unit) -> Unit:
    return builders.unit()


@pytest.fixture
def auditor(bureau: Unit) -> Client:
    return signed_in(officer(Role.AUDITOR, bureau, "auditor"))


def spend(money: Transfer, amount: str = "40") -> None:
    disburse(actor=ROOT, transfer=money, amount=Decimal(amount), effective_on=MARCH, document="ฎีกา 3", now=NOW)


# What is shown


@in_both_languages
def test_the_list_says_what_became_of_the_money(district: Unit, auditor: Client, language: str) -> None:
    spend(builders.transfer(district, "100.00"))
    builders.unit("5002")
    answer = auditor.get(in_language(LIST, language))
    html = answer.content.decode()
    assert answer.context["page"].standing.transferred == 100
    for text in ("โอนเงินให้สำนักงานเขต 1 สำนักงานเขต จำนวนเงิน 100.-บาท", "40.00", "60.00"):
        assert text in html
    assert "1 district office (100.00%) disbursed 40 baht (40.00%)" in html
    assert ("Nothing was transferred" if language == "en" else "ยังไม่ได้รับโอนเงิน") in html


def test_an_empty_year_says_what_will_stand_there(district: Unit, auditor: Client) -> None:
    assert "หนังสือโอนเงินให้สำนักงานเขตในปีงบประมาณนี้จะแสดงที่นี่" in auditor.get(LIST).content.decode()
    assert "หนังสือโอนเงินแต่ละฉบับจะแสดงที่นี่" in auditor.get(register()).content.decode()


@pytest.mark.parametrize(
    ("show", "codes"),
    [
        ("", ["5001", "5002", "5003"]),
        ("disbursed", ["5001"]),
        ("returned", ["5002"]),
        ("not-returned", ["5001"]),
        ("intends", ["5001"]),
        ("undeclared", []),
        ("without", ["5003"]),
        ("no-such-group", ["5001", "5002", "5003"]),
    ],
)
def test_each_number_leads_to_its_districts(district: Unit, auditor: Client, show: str, codes: list[str]) -> None:
    first, second = builders.transfer(district), builders.transfer(builders.unit("5002"))
    builders.unit("5003")
    spend(first)
    declare_retention(actor=ROOT, transfer=first, effective_on=MARCH, now=NOW)
    give_back(actor=ROOT, transfer=second, amount=Decimal(100), effective_on=MARCH, now=NOW)
    answer = auditor.get(LIST, {"show": show})
    assert [row.code for row in answer.context["listing"].rows] == codes


def test_a_district_is_found_by_any_part_of_its_name_or_code(district: Unit, auditor: Client) -> None:
    builders.unit("5002")
    for text, codes in (("ตัวอย่าง 5002", ["5002"]), ("๕๐๐๑", ["5001"]), ("sample", ["5001", "5002"]), ("ไม่มี", [])):
        assert [row.code for row in auditor.get(LIST, {"text": text}).context["listing"].rows] == codes


def test_districts_without_money_stand_last_in_both_directions(district: Unit, auditor: Client) -> None:
    builders.transfer(builders.unit("5002"), "5")
    builders.transfer(builders.unit("5003"), "7")
    for sort, codes in (("rest", ["5002", "5003", "5001"]), ("-rest", ["5003", "5002", "5001"])):
        assert [row.code for row in auditor.get(LIST, {"sort": sort}).context["listing"].rows] == codes


def test_the_pages_show_any_day_that_was(district: Unit, auditor: Client) -> None:
    spend(builders.transfer(district))
    for day, rest in (("๑ มีนาคม ๒๕๖๓", 100), ("2/3/2563", 60), ("2020-03-02", 60)):
        assert auditor.get(LIST, {"as-of": day}).context["page"].standing.not_returned.amount == rest
        assert auditor.get(register(), {"as-of": day}).context["register"].transfers[0].rest == rest


@pytest.mark.parametrize("day", ["2/6/2563", "30 กุมภาพันธ์ 2563", "เมื่อวาน"])
def test_a_day_that_cannot_be_shown_is_named_and_kept(district: Unit, auditor: Client, day: str) -> None:
    builders.transfer(district)
    for place in (LIST, register()):
        html = auditor.get(place, {"as-of": day}).content.decode()
        assert f'value="{day}"' in html
        assert 'id="as-of-wrong"' in html


@pytest.mark.parametrize("year", ["2020", "abc", "-1", "99999"])
def test_there_is_no_page_of_a_year_that_is_none(district: Unit, auditor: Client, year: str) -> None:
    for place in (LIST, WORKBOOK, register(), register_workbook()):
        assert auditor.get(place, {"fiscal-year": year}).status_code == HTTPStatus.NOT_FOUND


def test_the_workbook_has_the_rows_of_the_list_their_sum_and_the_sentence(district: Unit, auditor: Client) -> None:
    spend(builders.transfer(district))
    builders.unit("5002")
    book = load_workbook(BytesIO(auditor.get(WORKBOOK).content))
    rows = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows] == ["5001", "5002", None]
    assert rows[0][2:8] == (100, 0, 40, 0, 60, 60)
    assert rows[1][2:8] == (None,) * 6
    assert rows[2][2:8] == (100, 0, 40, 0, 60, 60)
    texts = [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    assert any(str(text).startswith("โอนเงินให้สำนักงานเขต 1 สำนักงานเขต") for text in texts)


def test_the_register_and_its_workbook_have_the_same_rows(district: Unit, auditor: Client) -> None:
    money = builders.transfer(district)
    obligate(actor=ROOT, transfer=money, amount=Decimal(70), effective_on=MARCH, document="=สัญญา", now=NOW)
    spend(money)
    lines = auditor.get(register()).context["register"].transfers[0].lines
    sheet = load_workbook(BytesIO(auditor.get(register_workbook()).content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in rows] == [line.number for line in lines] == [1, 2, 3]
    assert [row[9:11] for row in rows] == [(100, 100), (100, 30), (60, 30)]
    assert rows[1][4] == "=สัญญา"


def test_texts_are_escaped(district: Unit, auditor: Client) -> None:
    money = builders.transfer(district, letter="<i>1</i>")
    declare_retention(actor=ROOT, transfer=money, effective_on=MARCH, reason="<script>x</script>", now=NOW)
    for place in (LIST, register()):
        html = auditor.get(place).content.decode()
        assert "<script>x" not in html
        assert "<i>1" not in html


# Who may


@pytest.mark.one_database  # who may is decided beside the database
def test_every_role_reads_what_the_table_gives(bureau: Unit, district: Unit) -> None:
    other = builders.unit("5002")
    for unit in (district, other):
        builders.transfer(unit)
    scopes = PERMISSIONS[Action.READ_DISTRICT_RECORDS]
    for role in set(Role) - {Role.OPERATOR}:
        for unit in (bureau, district, other):
            client = signed_in(officer(role, unit, f"{role}-{unit.pk}"[:60]))
            for code, of in (("5001", district), ("5002", other)):
                seen = scopes.get(role) is Scope.ANY_UNIT or unit == of
                status = HTTPStatus.FORBIDDEN if role not in scopes else HTTPStatus.OK if seen else HTTPStatus.NOT_FOUND
                for place in (register(code), register_workbook(code)):
                    assert client.get(place).status_code == status, (role, unit.name_en, place)
            expected = HTTPStatus.FORBIDDEN if role not in scopes else HTTPStatus.OK
            if scopes.get(role) is Scope.OWN_UNIT and unit != bureau:
                expected = HTTPStatus.FOUND
            assert client.get(LIST).status_code == expected, (role, unit.name_en)


def test_who_sees_one_district_goes_to_its_register(district: Unit) -> None:
    client = signed_in(officer(Role.DISTRICT_OFFICER, district))
    assert client.get(LIST, {"fiscal-year": "2563"})["Location"] == f"{register()}?fiscal-year=2563"


def test_there_is_no_register_of_a_bureau_or_of_nobody(bureau: Unit, auditor: Client) -> None:
    for code in ("2100", "5999"):
        assert auditor.get(register(code)).status_code == HTTPStatus.NOT_FOUND


# How often it asks


def count(client: Client, place: str) -> int:
    client.get(place)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(place).status_code == HTTPStatus.OK
    return len(queries)


def test_the_pages_ask_no_more_often_for_more_districts_and_rows(district: Unit, auditor: Client) -> None:
    counts = []
    for size in (3, 12):
        for number in range(size):
            money = builders.transfer(builders.unit(f"5{size // 3}{number:02}"), letter=f"กท {size}")
            spend(money)
            declare_retention(actor=ROOT, transfer=money, effective_on=MARCH, now=NOW)
            spend(builders.transfer(district, letter=f"กท {size}/{number}"))
        counts.append([count(auditor, place) for place in (LIST, WORKBOOK, register(), register_workbook())])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST
