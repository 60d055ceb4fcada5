"""Copying a fiscal year to the next: chosen indicators, targets kept or emptied, baselines from results, and once."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.indicators.models import Assignment, Baseline, Indicator
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.services.copying import copy_year
from lakthan.core.errors import UserError
from lakthan.rules.permissions import PERMISSIONS, Action
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR, moment
from tests.web.test_desk import ROLES, count, officer, signed_in

pytestmark = pytest.mark.django_db

COPY = f"{reverse('desk-copy')}?from=2563"
AFTER = moment(YEAR.last_day.replace(month=10, day=5))


@pytest.fixture
def bureau() -> Unit:
    """The strategy bureau, after the year is over; one of two districts counts."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=AFTER, now=AFTER)
    home = builders.bureau()
    first = builders.unit("5001")
    builders.inclusion(builders.project(first), builders.action_plan(first))
    indicator = builders.assignment(home).indicator
    for unit in (first, builders.unit("5002")):
        builders.assignment(unit, indicator, target="90")
    builders.assignment(home, builders.indicator(home, "2100-0002"))
    return home


@pytest.fixture
def desk(bureau: Unit) -> Client:
    return signed_in(officer(bureau))


def test_the_page_says_what_would_be_added(desk: Client) -> None:
    lines = desk.get(COPY).context["lines"]
    assert [(line.code, line.units, line.there) for line in lines] == [("2100-0001", 3, 0), ("2100-0002", 1, 0)]
    assert Assignment.objects.filter(fiscal_year=2564).count() == 0


def test_what_is_chosen_is_copied_with_targets_and_results_as_baselines(desk: Client) -> None:
    answer = desk.post(COPY, {"code": "2100-0001", "targets": "keep"})
    assert answer.status_code == HTTPStatus.FOUND
    made = Assignment.objects.filter(fiscal_year=2564).order_by("unit__name_th")
    assert {row.indicator.code for row in made} == {"2100-0001"}
    assert sorted(row.target or 0 for row in made) == [80, 90, 90]
    values = Baseline.objects.order_by("value").values_list("value", flat=True)
    assert list(values) == [Decimal(0), Decimal(50), Decimal(100)], "a real zero, the whole, and the one that counted"
    assert {row.source for row in Baseline.objects.all()} == {"คำนวณจากระเบียน ปีงบประมาณ พ.ศ. 2563"}


def test_copying_twice_adds_nothing(desk: Client) -> None:
    for added in (4, 0):
        said = desk.post(COPY, {"code": ["2100-0001", "2100-0002"], "targets": "empty"}, follow=True)
        assert f"เพิ่ม {added} รายการ" in said.content.decode()
    made = Assignment.objects.filter(fiscal_year=2564)
    assert (made.count(), set(made.values_list("target", flat=True))) == (4, {None})


def test_a_year_further_on_keeps_the_baselines_of_three_years(bureau: Unit) -> None:
    codes = [row.code for row in Indicator.objects.all()]
    copy_year(actor=ROOT, source=YEAR, into=YEAR + 1, codes=codes, now=AFTER)
    later = moment((YEAR + 1).last_day.replace(month=10, day=5))
    copy_year(actor=ROOT, source=YEAR + 1, into=YEAR + 3, codes=codes, now=later)
    of_district = Baseline.objects.filter(assignment__fiscal_year=2566, unit__name_en="Sample 5001")
    assert 2563 in set(of_district.values_list("fiscal_year", flat=True))


def test_the_newest_definition_is_used(bureau: Unit) -> None:
    indicator = Indicator.objects.get(code="2100-0002")
    builders.add_definition(actor=ROOT, indicator=indicator, formula=builders.PAIR, words=builders.WORDS, now=NOW)
    copy_year(actor=ROOT, source=YEAR, into=YEAR + 1, codes=["2100-0002"], now=AFTER)
    numbers = Assignment.objects.order_by("fiscal_year").filter(indicator=indicator)
    assert list(numbers.values_list("definition__number", flat=True)) == [1, 2]


def test_before_the_year_is_over_it_has_no_result(bureau: Unit) -> None:
    copy_year(actor=ROOT, source=YEAR, into=YEAR + 1, codes=["2100-0001"], now=NOW)
    assert not Baseline.objects.exists()


@pytest.mark.parametrize("years", [0, -1])
def test_a_year_is_not_copied_into_itself_or_back(bureau: Unit, years: int) -> None:
    with pytest.raises(UserError, match="has to come after"):
        copy_year(actor=ROOT, source=YEAR, into=YEAR + years, codes=["2100-0001"], now=AFTER)


def test_nothing_chosen_is_told_and_the_choice_of_targets_stays(desk: Client) -> None:
    html = desk.post(COPY, {"targets": "empty"}).content.decode()
    assert "เลือกอย่างน้อยหนึ่งตัวชี้วัด" in html
    assert 'value="empty" id="empty" checked' in html


def test_the_page_asks_no_more_often_for_more_indicators(desk: Client, bureau: Unit) -> None:
    before = count(desk, COPY)
    for number in range(3, 13):
        builders.assignment(bureau, builders.indicator(bureau, f"2100-{number:04}"))
    assert count(desk, COPY) == before <= 12


def test_only_those_who_define_indicators_copy(bureau: Unit) -> None:
    for number, role in enumerate(ROLES):
        client = signed_in(officer(bureau, role, f"officer-{number}"))
        may = role in PERMISSIONS[Action.DEFINE_INDICATORS]
        assert client.get(COPY).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), role
        copied = client.post(COPY, {"code": "2100-0002"}).status_code
        assert copied == (HTTPStatus.FOUND if may else HTTPStatus.FORBIDDEN), role
