"""The list of all reports: who sees which, what each cell says, how it is found, and how often it asks the database."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import city, district_members, today
from lakthan.apps.people.services import set_clock, set_up_city
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.figures import questions
from lakthan.apps.reporting.listed import ReportRow, listed_reports
from lakthan.apps.reporting.papers import district_of
from lakthan.apps.reporting.services.values import complete_step, report_value
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Held, Role, Scope
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.pages import Page, in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, WORKBOOK = reverse("report-list"), reverse("report-workbook")
MOST = 12
AUDITOR = Actor("user:reader", (Held(Role.AUDITOR),))
NEW_ONLY: Mapping[str, object] = {"fact": "inclusion", "fiscal_years": [0], "filters": {"kind": "new"}}
FORMULAS: list[Mapping[str, object]] = [
    builders.SHARE,
    {"kind": "share", "population": {"of": "communities"}, "matching": {"fact": "community-plan"}},
    {
        "kind": "share",
        "population": {"of": "communities", "basis": "eligible"},
        "matching": {"fact": "inclusion", "fiscal_years": [0], "filters": {"kind": "new"}},
    },
    {
        "kind": "ratio",
        "numerator": {"fact": "disbursement", "measure": "amount"},
        "denominator": {"fact": "transfer", "measure": "amount"},
    },
    {"kind": "count", "over": NEW_ONLY},
    {"kind": "count", "over": {"fact": "community-plan", "since": "quarter"}},
    {"kind": "sum", "over": {"fact": "transfer", "since": "fiscal-year"}},
    {"kind": "mean", "over": {"fact": "disbursement"}},
    builders.STEPS,
    builders.PAIR,
    builders.VALUE,
]
"""Formulas of all kinds: for the roll-up, for the registers, with members of both populations."""


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock in the third quarter, with four districts and their records."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    bureau = builders.bureau()
    for number in range(1, 5):
        district = builders.unit(f"500{number}")
        if number < 4:
            of = builders.project(district)
            builders.inclusion(of, builders.action_plan(district))
            builders.disbursement(builders.transfer(district, letter=f"กท {number}/2563"))
    return bureau


def assign_many(home: Unit, count: int, first: int = 1) -> list[Assignment]:
    """So many indicators of the bureau, of all formulas by turns, and every tenth a district's part of one."""
    districts = list(Unit.objects.filter(kind=Unit.Kind.DISTRICT))
    found = []
    for number in range(first, first + count):
        indicator = builders.indicator(home, f"2100-{number:04}", FORMULAS[number % len(FORMULAS)])
        unit = districts[number // 10 % len(districts)] if number % 10 == 0 else home
        found.append(builders.assignment(unit, indicator))
        if found[-1].definition.formula["kind"] == "steps":
            complete_step(actor=ROOT, indicator=indicator, unit=unit, step="1", effective_on=date(2020, 3, 2), now=NOW)
        if found[-1].definition.formula["kind"] == "reported":
            report_value(
                actor=ROOT,
                indicator=indicator,
                unit=unit,
                fiscal_year=YEAR,
                effective_on=date(2020, 2, 3),
                amount=Decimal(number),
                base=Decimal(200) if found[-1].definition.formula["input"] == "pair" else None,
                now=NOW,
            )
    return found


def rows(client: Client, query: str = "") -> list[ReportRow]:
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == HTTPStatus.OK
    return [line.row for line in answer.context["rows"]]


def codes(client: Client, query: str = "") -> list[str]:
    return [row.code for row in rows(client, query)]


def reader(home: Unit, role: Role = Role.AUDITOR) -> Client:
    return signed_in(officer(role, home, f"reads-{role}"))


# Figures


@pytest.mark.parametrize("clock", [date(2020, 6, 1), date(2020, 6, 30), date(2020, 10, 15), date(2019, 12, 2)])
def test_each_cell_says_what_the_figure_alone_says(home: Unit, clock: date) -> None:
    assign_many(home, 44)
    here = city()
    assert here is not None
    set_clock(actor=ROOT, city=here, simulated_now=builders.moment(clock), now=NOW)
    listed = listed_reports(AUDITOR, YEAR)
    assignments = {
        (row.indicator.code, row.unit_id): row
        for row in Assignment.objects.select_related("indicator", "definition", "unit")
    }
    asked = questions(list(assignments.values()), YEAR, today())
    districts = district_members(today())
    by_code = {district.code: pk for pk, district in districts.items()}
    seen = set()
    for row in listed.rows:
        assignment = assignments[row.code, row.unit]
        assignment.owner_code = row.unit_code  # type: ignore[attr-defined]
        part = district_of(assignment)
        for question, cell in zip(asked[assignment.pk], row.cells[:4], strict=True):
            if question.quarter.first_day > clock:
                assert cell.figure.figure.reason == "not-due"
                continue
            alone = measures.compiled(question.formula, question.asked, districts, by_code[part] if part else None)
            found = cell.figure.figure
            assert (found.numerator, found.denominator, found.value, found.reason) == (
                alone.numerator,
                alone.denominator,
                alone.value,
                alone.reason,
            ), (row.code, cell.quarter)
            seen.add(found.value)
    assert clock < date(2020, 1, 1) or len(seen) > 8, "the example says something"


def test_what_was_submitted_stands_while_the_records_move_on(home: Unit) -> None:
    report = lives.report_in(home, State.CERTIFIED)
    before = listed_reports(AUDITOR, YEAR).rows[0].cells
    fourth = Unit.objects.get(codes__code="5004")
    of = builders.project(fourth)
    builders.inclusion(of, builders.action_plan(fourth), on=date(2020, 3, 1))
    after = listed_reports(AUDITOR, YEAR).rows[0].cells
    assert (before[1].figure.figure.numerator, after[1].figure.figure.numerator) == (3, 3)
    assert after[1].is_as_submitted
    assert after[2].figure.figure.numerator == 4
    assert report.snapshots.count() == 1


def test_progress_is_not_the_value_and_what_is_not_given_is_not_zero(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    cell = listed_reports(AUDITOR, YEAR).rows[0].cells[1]
    assert (cell.progress, cell.state, cell.figure.figure.value) == (None, State.DRAFT, Decimal("75.00"))
    report.progress = 0
    report.save()
    assert listed_reports(AUDITOR, YEAR).rows[0].cells[1].progress == 0


# Who sees which


def test_every_role_sees_the_reports_that_the_table_gives(home: Unit) -> None:
    district = Unit.objects.get(codes__code="5001")
    builders.assignment(home, builders.indicator(home, "2100-0001"))
    builders.assignment(district, builders.indicator(home, "2100-0002"))
    scopes = PERMISSIONS[Action.READ_REPORT]
    for role in set(Role) - {Role.OPERATOR}:
        client = signed_in(officer(role, district, f"officer-{role}"))
        if role not in scopes:
            assert client.get(LIST).status_code == HTTPStatus.FORBIDDEN, role
            assert client.get(WORKBOOK).status_code == HTTPStatus.FORBIDDEN, role
        else:
            expected = ["2100-0001", "2100-0002"] if scopes[role] is Scope.ANY_UNIT else ["2100-0002"]
            assert codes(client) == expected, role


def test_visitors_are_asked_to_sign_in(client: Client, home: Unit) -> None:
    assert client.get(LIST).status_code == HTTPStatus.FOUND
    assert client.get(WORKBOOK).status_code == HTTPStatus.FOUND


@in_both_languages
def test_an_empty_list_says_what_will_stand_there(home: Unit, language: str) -> None:
    html = reader(home, Role.REPORTER).get(in_language(LIST, language)).content.decode()
    assert ("ไม่มีรายงานในปีนี้" if language == "th" else "No reports in this year") in html


@pytest.mark.parametrize("year", ["0000", "12", "๒๕๖๓x", "-1"])
def test_a_year_that_is_none_is_not_found(home: Unit, year: str) -> None:
    assert reader(home).get(f"{LIST}?fiscal-year={year}").status_code == HTTPStatus.NOT_FOUND


# Finding


def test_rows_are_found_by_any_part_of_a_name_and_by_thai_digits(home: Unit) -> None:
    assign_many(home, 12)
    client = reader(home)
    assert codes(client, "text=๒๑๐๐-๐๐๐๓") == ["2100-0003"]
    assert codes(client, "text=ชี้วัด 2100-0004") == ["2100-0004"]
    assert codes(client, "text=SAMPLE 500") == ["2100-0010"]
    assert codes(client, "text=ไม่มีเลย") == []


def test_rows_are_found_by_unit_kind_class_and_branch(home: Unit) -> None:
    version = builders.plan_version()
    root = builders.plan_node(version, "5")
    below = builders.plan_node(version, "5.1", root)
    served = builders.indicator(home, "2100-0099", nodes=[below])
    assign_many(home, 10)
    builders.assignment(home, served)
    client = reader(home)
    district = Assignment.objects.get(indicator__code="2100-0010").unit_id
    assert codes(client, f"unit={district}") == codes(client, "kind=district") == ["2100-0010"]
    assert codes(client, "branch=phase2:5") == ["2100-0099"]
    assert len(codes(client, "class=strategic")) == 11
    assert codes(client, "class=routine") == []


def test_rows_are_found_by_state_and_result_of_a_quarter(home: Unit) -> None:
    assignments = assign_many(home, 11)
    lives.report_in(home, State.SUBMITTED, assignments[0])
    client = reader(home)
    assert codes(client, "quarter=2&state=submitted") == ["2100-0001"]
    assert codes(client, "quarter=1&state=submitted") == []
    found = codes(client, "quarter=2&result=no-value")
    for row in rows(client, "quarter=2"):
        assert (row.cells[1].figure.figure.value is None) == (row.code in found)
    assert codes(client, "quarter=4&result=met") == []


def test_counts_are_those_of_what_is_found_whatever_its_result(home: Unit) -> None:
    assign_many(home, 22)
    context = reader(home).get(f"{LIST}?quarter=2&result=met").context
    assert sum(count for _, _, count in context["standings"]) == 22
    assert sum(count for _, _, count in context["states"]) == 22
    met = next(count for code, _, count in context["standings"] if code == "met")
    assert context["listing"].rows.paginator.count == met


def test_rows_are_sorted_and_paged_by_the_address(home: Unit) -> None:
    assign_many(home, 105)
    client = reader(home)
    assert codes(client)[:2] == ["2100-0001", "2100-0002"]
    assert len(codes(client)) == 100
    assert codes(client, "page=2") == [f"2100-{number:04}" for number in range(101, 106)]
    values = [row.cells[1].figure.figure.value for row in rows(client, "quarter=2&sort=-value")]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert None not in values[: len(known)]


@in_both_languages
def test_each_cell_leads_to_its_report(home: Unit, language: str) -> None:
    assign_many(home, 10)
    client = reader(home)
    html = client.get(in_language(LIST, language)).content.decode()
    addresses = [address for address in Page(html).values("href") if "/quarter-" in address or "/year/" in address]
    assert len(addresses) == 50
    for address in addresses:
        assert client.get(address).status_code == HTTPStatus.OK, address


# Workbook


@in_both_languages
def test_the_workbook_holds_what_is_found_on_all_pages(home: Unit, language: str) -> None:
    assign_many(home, 103)
    answer = reader(home).get(f"{in_language(WORKBOOK, language)}?quarter=2&kind=bureau")
    assert "lakthan-reports-2563.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    table: list[tuple[Any, ...]] = list(sheet.iter_rows(min_row=5, values_only=True))
    assert len(table) == 93
    share = next(row for row in table if row[0] == "2100-0011")
    assert share[10:14] == (75, "ไม่บรรลุเป้าหมาย" if language == "th" else "Target not met", share[12], None)
    reported = next(row for row in table if row[0] == "2100-0021")
    assert reported[6] is None, "no value is an empty cell, and no zero"


def test_no_text_in_the_workbook_is_a_formula(home: Unit) -> None:
    indicator = builders.indicator(home)
    indicator.name_th = "=HYPERLINK(0)"
    indicator.save()
    builders.assignment(home, indicator)
    sheet = load_workbook(BytesIO(reader(home).get(WORKBOOK).content)).active
    assert sheet is not None
    assert sheet["B4"].value == "=HYPERLINK(0)"
    assert sheet["B4"].data_type == "s"


# How often it asks


@pytest.mark.parametrize("address", [LIST, WORKBOOK, f"{LIST}?quarter=2&result=met&sort=-value&text=2100"])
def test_the_list_asks_twelve_times_for_a_hundred_indicators_and_for_two_hundred(home: Unit, address: str) -> None:
    client, counts = reader(home), []
    for first in (1, 101):
        for assignment in assign_many(home, 100, first)[:6]:
            lives.report_in(assignment.unit, State.SUBMITTED, assignment)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST


def test_the_public_list_asks_no_more_often_for_more_indicators_of_any_formula(client: Client, home: Unit) -> None:
    counts = []
    for first in (1, 101):
        assign_many(home, 100, first)
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST
