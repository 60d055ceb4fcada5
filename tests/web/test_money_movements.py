"""The list of all movements of money through real requests: its rows, its sums, who sees which, and its exports."""

import csv
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.budget.models import Transfer
from lakthan.apps.budget.services.lines import disburse, give_back, obligate
from lakthan.apps.budget.services.lines import reverse as take_back
from lakthan.apps.budget.services.transfers import take_back_transfers
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.pages import in_both_languages, in_language
from tests.web.test_money import MOST, count
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db
LIST, MONEY = reverse("money-movements"), reverse("money")
WORKBOOK, CSV = reverse("money-movements-workbook"), reverse("money-movements-csv")
MARCH, APRIL = date(2020, 3, 2), date(2020, 4, 1)


@pytest.fixture
def bureau() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def auditor(bureau: Unit) -> Client:
    return signed_in(officer(Role.AUDITOR, bureau, "auditor"))


def enter(service: object, money: Transfer, amount: str, document: str, on: date = MARCH) -> object:
    given = {"transfer": money, "amount": Decimal(amount), "effective_on": on, "document": document}
    return service(actor=ROOT, now=NOW, **given)  # type: ignore[operator]


@pytest.fixture
def money(bureau: Unit) -> Transfer:
    """100 baht of which 30 are bound, 40 paid out by a wrong line and 25 by the right one, and 10 sent back."""
    transfer = builders.transfer(builders.unit(), "100.00")
    enter(obligate, transfer, "30", "สัญญา 1")
    wrong = enter(disburse, transfer, "40", "ฎีกา 1")
    take_back(actor=ROOT, line=wrong, effective_on=APRIL, document="บันทึก 1", now=NOW)  # type: ignore[type-var]
    enter(disburse, transfer, "25", "=ฎีกา 2", APRIL)
    enter(give_back, transfer, "10", "นำส่ง 1", APRIL)
    return transfer


def shown(client: Client, **query: str) -> list[tuple[str, Decimal, str]]:
    rows = client.get(LIST, query).context["listing"].rows
    return [(row.kind.value, row.amount, row.state.value) for row in rows]


def test_every_line_stands_with_its_day_and_state(money: Transfer, auditor: Client) -> None:
    assert sorted(shown(auditor)) == [
        ("disbursement", Decimal(-40), "reversal"),
        ("disbursement", Decimal(25), "stands"),
        ("disbursement", Decimal(40), "reversed"),
        ("obligation", Decimal(30), "stands"),
        ("return", Decimal(10), "stands"),
        ("transfer", Decimal(100), "stands"),
    ]


def test_the_sums_are_those_of_the_money_page_on_any_day(money: Transfer, auditor: Client) -> None:
    builders.transfer(builders.unit("5002"), "7.00")
    gone = builders.transfer(builders.unit("5003"), "9.00")
    take_back_transfers(actor=ROOT, transfers=[gone], ended_on=APRIL, document="บันทึก 2", now=NOW)
    for day in ("1/2/2563", "2/3/2563", "1/4/2563", ""):
        query = {"as-of": day}
        standing = auditor.get(MONEY, query).context["page"].standing
        sums = auditor.get(LIST, query).context["asked"].sums
        assert sums[0] == standing.transferred, day
        assert sums[1:] == [standing.obligated.amount, standing.disbursed.amount, standing.returned.amount], day


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({"state": "reversed"}, 1),
        ({"state": "no-such-state"}, 7),
        ({"movement": "disbursement"}, 3),
        ({"movement": "disbursement", "state": "stands"}, 1),
        ({"district": "5002"}, 1),
        ({"text": "ฎีกา ๒"}, 1),
        ({"text": "ไม่มี"}, 0),
        ({"as-of": "2/3/2563"}, 4),
        ({"fiscal-year": "2562"}, 0),
    ],
)
def test_the_list_is_narrowed_by_the_address(
    money: Transfer, auditor: Client, query: dict[str, str], rows: int
) -> None:
    builders.transfer(builders.unit("5002"), "7.00")
    assert len(shown(auditor, **query)) == rows


def test_no_row_shows_a_negative_rest_and_every_column_sorts(money: Transfer, auditor: Client) -> None:
    for column in ("day", "district", "letter", "movement", "amount", "rest"):
        for sort in (column, f"-{column}"):
            rows = auditor.get(LIST, {"sort": sort}).context["listing"].rows
            assert len(rows) == 6
            assert all(row.transfer.rest == 65 for row in rows)


@in_both_languages
def test_the_page_speaks_both_languages_and_says_what_is_missing(auditor: Client, language: str) -> None:
    html = auditor.get(in_language(LIST, language)).content.decode()
    assert (
        "Each transfer of the fiscal year will stand here" if language == "en" else "เงินที่โอนในปีงบประมาณนี้จะแสดงที่นี่"
    ) in html
    wrong = auditor.get(in_language(f"{LIST}?as-of=เมื่อวาน", language))
    assert wrong.status_code == HTTPStatus.OK
    assert 'aria-invalid="true"' in wrong.content.decode()


def test_the_exports_have_the_rows_of_the_list_and_run_no_formula(money: Transfer, auditor: Client) -> None:
    book = load_workbook(BytesIO(auditor.get(WORKBOOK, {"movement": "disbursement"}).content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    heads = next(row for row in cells if "รหัส" in row)
    rows = cells[cells.index(heads) + 1 :]
    assert [row[heads.index("เบิกจ่าย")] for row in rows[:-1]] == [40, -40, 25]
    assert rows[-1][heads.index("เบิกจ่าย")] == 25
    answer = auditor.get(CSV, {"movement": "disbursement"})
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(StringIO(text)))
    assert [line["เบิกจ่าย"] for line in lines] == ["40.00", "-40.00", "25.00"]
    assert [line["วันที่"] for line in lines] == ["2020-03-02", "2020-04-01", "2020-04-01"]
    assert "'=ฎีกา 2" in text


def test_every_role_sees_the_movements_that_the_table_gives(money: Transfer, bureau: Unit) -> None:
    other = builders.unit("5002")
    builders.transfer(other, "7.00")
    scopes = PERMISSIONS[Action.READ_DISTRICT_RECORDS]
    for role in (Role.AUDITOR, Role.DISTRICT_OFFICER, Role.COMMUNITY_MEMBER, Role.REPORTER):
        client = signed_in(officer(role, other, f"{role}-x"))
        for place in (LIST, WORKBOOK, CSV):
            status = HTTPStatus.OK if role in scopes else HTTPStatus.FORBIDDEN
            assert client.get(place).status_code == status, (role, place)
        if role in scopes:
            seen = 7 if scopes[role] is Scope.ANY_UNIT else 1
            assert len(shown(client)) == seen
            foreign = client.get(LIST, {"district": "5001"}).status_code
            assert foreign == (HTTPStatus.OK if seen == 7 else HTTPStatus.NOT_FOUND)


def test_texts_are_escaped(bureau: Unit, auditor: Client) -> None:
    enter(disburse, builders.transfer(builders.unit(), letter="<i>1</i>"), "1", "<script>x</script>")
    html = auditor.get(LIST).content.decode()
    assert "<script>x" not in html
    assert "<i>1" not in html


def test_the_list_asks_no_more_often_for_more_districts_and_rows(auditor: Client) -> None:
    counts = []
    for size in (2, 8):
        for number in range(size):
            money = builders.transfer(builders.unit(f"5{size}{number:02}"), letter=f"กท {size}")
            enter(disburse, money, "4", f"ฎีกา {number}")
            enter(give_back, money, "2", f"นำส่ง {number}")
        counts.append([count(auditor, place) for place in (LIST, WORKBOOK, CSV)])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST
