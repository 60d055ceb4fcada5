"""The page of which reports have come in: what it shows to whom, filters, the workbook, and what it costs."""

from datetime import date
from http import HTTPStatus
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import NilConfirmation
from lakthan.apps.reporting.services.periods import open_period
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.pages import Page, in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

MATRIX = reverse("report-matrix")
WORKBOOK = reverse("report-matrix-workbook")
PLACE = reverse("work-quarter", args=("2100-0001", YEAR, 2))
UNITS = 80
FEW, MANY = 2, 4
"""Indicators of each unit, before and after the rows double."""


@pytest.fixture
def home() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    for quarter in YEAR.quarters[:2]:
        deadline = date(2020, 5, 29) if quarter.number == 2 else date(2020, 1, 10)
        open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=deadline, now=NOW)
    return builders.bureau()


@pytest.fixture
def auditor(home: Unit) -> Client:
    return signed_in(officer(Role.AUDITOR, home, "auditor"))


def page(client: Client, query: str = "", language: str = "th") -> Page:
    answer = client.get(in_language(f"{MATRIX}{query}", language))
    assert answer.status_code == HTTPStatus.OK
    return Page(answer.content.decode())


def text(client: Client, query: str = "", language: str = "th") -> str:
    return client.get(in_language(f"{MATRIX}{query}", language)).content.decode()


@in_both_languages
def test_each_cell_says_its_state_in_words_and_leads_to_the_report(home: Unit, auditor: Client, language: str) -> None:
    lives.report_in(home, State.RETURNED)
    html = text(auditor, language=language)
    for words in {"th": ("ส่งกลับแก้ไข", "ล่าช้า 3 วัน"), "en": ("Returned for correction", "3 days late")}[language]:
        assert words in html
    assert in_language(PLACE, language) in Page(html).values("href")


def test_a_unit_with_several_indicators_shows_how_many_came_in_and_opens_to_each(home: Unit, auditor: Client) -> None:
    lives.report_in(home, State.SUBMITTED)
    lives.report_in(home, State.DRAFT, builders.assignment(home, builders.indicator(home, "2100-0002")))
    assert "<strong>1/2</strong>" in text(auditor, "?rows=unit")
    assert PLACE not in page(auditor, "?rows=unit").values("href")
    assert PLACE in page(auditor).values("href"), "one unit alone is shown by its indicators"
    opened = page(auditor, f"?unit={home.pk}").values("href")
    assert PLACE in opened
    assert reverse("work-quarter", args=("2100-0002", YEAR, 2)) in opened


def test_filters_take_rows_away_and_can_be_shared(home: Unit, auditor: Client) -> None:
    district = builders.unit("5001", group=builders.group())
    indicator = builders.indicator(home)
    builders.assignment(home, indicator)
    builders.assignment(district, indicator)
    lives.report_in(home, State.CERTIFIED, builders.assignment(home, builders.indicator(home, "2100-0002")))
    names = {home.name_th: "2100", district.name_th: "5001"}
    for query, shown in (
        ("", {"2100", "5001"}),
        ("?kind=district", {"5001"}),
        ("?group=north", {"5001"}),
        ("?state=certified", {"2100"}),
        ("?indicator=2100-0002", {"2100"}),
        ("?late=1", {"2100", "5001"}),
        ("?state=nil", set()),
        ("?text=5001", {"5001"}),
        ("?rows=report&text=2100-0001", {"2100", "5001"}),
        ("?sort=no&page=x&state=no-such&fiscal-year=x&unit=&kind=", set()),
    ):
        rows = text(auditor, query).partition("<tbody role")[2]
        assert {code for name, code in names.items() if name in rows} == shown, query


def test_a_unit_sees_its_own_reports_and_those_who_read_none_are_refused(home: Unit) -> None:
    district = builders.unit("5001")
    indicator = builders.indicator(home)
    builders.assignment(home, indicator)
    builders.assignment(district, indicator)
    for number, role in enumerate(set(Role) - {Role.OPERATOR}):
        client = signed_in(officer(role, district, f"officer-{number}"))
        if role not in PERMISSIONS[Action.READ_REPORT]:
            assert client.get(MATRIX).status_code == HTTPStatus.FORBIDDEN, role
            assert client.get(WORKBOOK).status_code == HTTPStatus.FORBIDDEN, role
            continue
        html = text(client)
        assert district.name_th in html
        whole = role in {Role.REVIEWER, Role.CERTIFIER, Role.STRATEGY_ADMINISTRATOR, Role.EXECUTIVE, Role.AUDITOR}
        assert (home.name_th in html) == whole, role


def test_a_year_without_assignments_says_what_will_stand_here(auditor: Client) -> None:
    assert "ปีนี้ยังไม่มีหน่วยงานที่ต้องรายงาน" in text(auditor, "?fiscal-year=2570")


def test_the_workbook_holds_the_rows_that_are_asked_for(home: Unit, auditor: Client) -> None:
    lives.report_in(home, State.RETURNED)
    builders.assignment(builders.unit("5001"), Assignment.objects.get().indicator)
    answer = auditor.get(f"{WORKBOOK}?fiscal-year=2563&state=returned")
    assert answer.status_code == HTTPStatus.OK
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    (found,) = [row for row in rows if "2100-0001" in row]
    assert "ส่งกลับแก้ไข" in found
    assert 3 in found, "days late are a number"


@pytest.mark.parametrize("name", ["=1+1", "+66", "-5", "@SUM(A1)"])
def test_no_text_of_a_workbook_is_a_formula(home: Unit, auditor: Client, name: str) -> None:
    assignment = builders.assignment(home)
    type(assignment.indicator).objects.update(name_th=name)
    sheet = load_workbook(BytesIO(auditor.get(WORKBOOK).content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]


def test_nothing_to_report_is_confirmed_in_one_click(home: Unit) -> None:
    builders.assignment(home)
    reporter = signed_in(officer(Role.REPORTER, home))
    assert f"{PLACE}nothing/" in Page(reporter.get(PLACE).content.decode()).values("action")
    answer = reporter.post(f"{PLACE}nothing/")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, PLACE)
    html = reporter.get(PLACE).content.decode()
    assert "ยืนยันว่าไม่มี" in html
    assert f"{PLACE}nothing/" not in Page(html).values("action")
    assert reporter.get(f"{PLACE}nothing/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert "ยืนยันว่าไม่มี" in text(reporter)


def test_only_who_writes_for_the_unit_confirms_that_there_is_nothing(home: Unit) -> None:
    builders.assignment(home)
    other = builders.unit("5001")
    for number, role in enumerate(set(Role) - {Role.OPERATOR}):
        for place, unit in enumerate((home, other)):
            client = signed_in(officer(role, unit, f"officer-{number}-{place}"))
            writes = role in PERMISSIONS[Action.WRITE_REPORT]
            if writes and unit == home:
                continue
            expected = HTTPStatus.NOT_FOUND if writes else HTTPStatus.FORBIDDEN
            assert client.post(f"{PLACE}nothing/").status_code == expected, (role, unit.name_en)
    assert not NilConfirmation.objects.exists()


def test_a_report_of_a_period_that_is_not_open_offers_nothing_and_says_why(home: Unit) -> None:
    builders.assignment(home)
    third = reverse("work-quarter", args=("2100-0001", YEAR, 3))
    reporter = signed_in(officer(Role.REPORTER, home))
    html = reporter.get(third).content.decode()
    assert "ยังไม่ได้เปิดงวดรายงานนี้" in html
    assert "<textarea" not in html
    assert reporter.post(f"{third}nothing/").status_code == HTTPStatus.CONFLICT


def test_eighty_units_ask_no_more_than_twelve_times_and_no_more_often_when_rows_double(
    home: Unit, auditor: Client
) -> None:
    units = [builders.unit(str(5000 + number)) for number in range(1, UNITS + 1)]
    counts = []
    for number in range(1, MANY + 1):
        indicator = builders.indicator(home, f"2100-{number:04}")
        for unit in units:
            builders.assignment(unit, indicator)
        if number in (FEW, MANY):
            lives.report_in(home, State.SUBMITTED, builders.assignment(home, indicator))
            auditor.get(MATRIX)
            with CaptureQueriesContext(connection) as captured:
                assert auditor.get(f"{MATRIX}?rows=report").status_code == HTTPStatus.OK
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 12, "\n".join(query["sql"][:150] for query in captured.captured_queries)
