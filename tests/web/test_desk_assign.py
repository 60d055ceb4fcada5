"""Assigning an indicator to many units: by form and by workbook, all or nothing, and the figures that follow."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from lakthan.apps.indicators.models import Assignment, Baseline, QuarterTarget
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.selectors import district_trace, figure_answer
from lakthan.apps.reporting.services.periods import open_period
from lakthan.rules.permissions import PERMISSIONS, Action
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.pages import Page, in_language
from tests.web.test_desk import ROLES, bureau, count, officer, signed_in

__all__ = ["bureau"]
pytestmark = pytest.mark.django_db

CODE = "2100-0001"
ASSIGN = f"{reverse('desk-assign', args=(CODE,))}?fiscal-year=2563"
UPLOAD = f"{reverse('desk-upload', args=(CODE,))}?fiscal-year=2563"
WORKBOOK = f"{reverse('desk-workbook', args=(CODE,))}?fiscal-year=2563"
HERE = f"{reverse('desk-indicator', args=(CODE,))}?fiscal-year=2563"


@pytest.fixture
def desk(bureau: Unit) -> Client:
    """Somebody of the strategy bureau, before an indicator that the bureau answers for."""
    builders.assignment(bureau)
    return signed_in(officer(bureau))


def districts(number: int = 3) -> list[Unit]:
    return [builders.unit(f"50{place:02}") for place in range(1, number + 1)]


def form(**more: Any) -> dict[str, Any]:
    return {"groups": "districts", "target": "70", "classification": "strategic", "do": "preview", **more}


def confirm(client: Client, typed: dict[str, Any]) -> Any:
    seen = client.post(ASSIGN, typed).context["plan"].token
    return client.post(ASSIGN, {**typed, "do": "assign", "seen": seen})


def open_year() -> None:
    day = date(2019, 12, 31)
    open_period(actor=ROOT, quarter=YEAR.quarter(1), opens_on=day, deadline_on=day, now=NOW)


def test_all_districts_are_assigned_in_one_step(desk: Client) -> None:
    units = districts()
    typed = form(quarter_1="๒๐", weight="12.5", scale_1="50", scale_2="60", scale_3="70", scale_4="80", scale_5="90")
    shown = desk.post(ASSIGN, typed)
    assert shown.context["counts"] == {"added": 3, "changed": 0, "unchanged": 0, "refused": 0}
    assert Assignment.objects.count() == 1, "a preview saves nothing"
    answer = confirm(desk, {**typed, f"target-{units[1].pk}": "75.5"})
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"{HERE}#assignments")
    made = Assignment.objects.filter(unit__in=units).order_by("unit__name_th")
    assert [row.target for row in made] == [Decimal(70), Decimal("75.5"), Decimal(70)]
    assert {(row.weight, tuple(row.scale)) for row in made} == {(Decimal("12.5"), ("50", "60", "70", "80", "90"))}
    assert set(QuarterTarget.objects.values_list("quarter", "target")) == {(1, Decimal(20))}
    assert Entry.objects.filter(act="indicators.assign").count() == 4
    assert "เพิ่ม 3" in desk.get(answer["Location"]).content.decode()


def test_groups_and_single_units_are_chosen_together(desk: Client) -> None:
    north = builders.group()
    in_group, alone = builders.unit("5001", group=north), builders.unit("5002")
    builders.unit("5003")
    confirm(desk, form(groups="group:north", units=str(alone.pk)))
    assert {row.unit for row in Assignment.objects.all()} == {in_group, alone, Unit.objects.get(kind="bureau")}


def test_units_that_answer_already_are_left_as_they_are_or_changed(desk: Client, bureau: Unit) -> None:
    typed = form(groups="bureaus", target="90")
    assert desk.post(ASSIGN, typed).context["counts"]["unchanged"] == 1
    shown = desk.post(ASSIGN, {**typed, "change_existing": "on"})
    assert shown.context["counts"]["changed"] == 1
    assert "80 → 90" in shown.content.decode()
    confirm(desk, {**typed, "change_existing": "on", "quarter_2": "40"})
    assert Assignment.objects.get().target == Decimal(90)
    confirm(desk, {**typed, "change_existing": "on"})
    assert QuarterTarget.objects.get().target is None, "the quarter is as the year again"


def test_what_is_frozen_is_not_changed_and_nothing_else_is_done(desk: Client) -> None:
    districts(2)
    open_year()
    typed = form(groups=["bureaus", "districts"], change_existing="on")
    shown = desk.post(ASSIGN, typed)
    assert shown.context["counts"] == {"added": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert "มติหรือคำสั่ง" in shown.content.decode()
    assert reverse("decisions-choose") in Page(shown.content.decode()).values("href")
    assert confirm(desk, typed).status_code == HTTPStatus.CONFLICT
    assert Assignment.objects.get().target == Decimal(80)
    assert confirm(desk, form()).status_code == HTTPStatus.FOUND, "adding stays possible"


def test_who_looks_after_it_can_change_while_the_rest_is_frozen(desk: Client, bureau: Unit) -> None:
    open_year()
    confirm(desk, form(groups="bureaus", target="80", supervisor=str(bureau.pk), change_existing="on"))
    assert Assignment.objects.get().supervisor == bureau


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"groups": []}, "groups"), ({"classification": ""}, "classification"), ({"target": "มาก"}, "target")],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    desk: Client, typed: dict[str, Any], field: str
) -> None:
    answer = desk.post(ASSIGN, form(quarter_3="55", **typed))
    assert field in answer.context["form"].errors
    assert 'value="55"' in answer.content.decode()


@pytest.mark.parametrize("own", ["x", "1e999999999"])
def test_a_target_of_one_unit_that_is_no_number_names_the_unit(desk: Client, own: str) -> None:
    (unit,) = districts(1)
    html = desk.post(ASSIGN, form(**{f"target-{unit.pk}": own})).content.decode()
    assert unit.name_th in html
    assert f'value="{own}"' in html


def test_a_scale_that_is_none_is_refused_for_all(desk: Client) -> None:
    districts(1)
    assert desk.post(ASSIGN, form(scale_1="60", scale_2="50")).context["counts"]["refused"] == 1


def test_a_preview_that_is_no_more_true_is_shown_anew(desk: Client) -> None:
    districts(1)
    seen = desk.post(ASSIGN, form()).context["plan"].token
    builders.unit("5009")
    assert desk.post(ASSIGN, form(do="assign", seen=seen)).status_code == HTTPStatus.CONFLICT
    assert Assignment.objects.count() == 1


def test_a_target_of_one_unit_can_be_typed_into_the_preview(desk: Client) -> None:
    units = districts(2)
    seen = desk.post(ASSIGN, form()).context["plan"].token
    own = {f"target-{units[0].pk}": "99"}
    assert desk.post(ASSIGN, form(do="assign", seen=seen, **own)).status_code == HTTPStatus.FOUND
    assert {row.target for row in Assignment.objects.filter(unit__in=units)} == {Decimal(99), Decimal(70)}


def test_baselines_of_three_years_have_their_source(desk: Client) -> None:
    districts(1)
    typed = form(baseline_3="50", baseline_1="60.25")
    assert desk.post(ASSIGN, typed).context["counts"]["refused"] == 1, "no source"
    confirm(desk, {**typed, "baseline_source": "รายงานประจำปี"})
    rows = Baseline.objects.order_by("fiscal_year").values_list("fiscal_year", "value", "source")
    assert list(rows) == [(2560, Decimal(50), "รายงานประจำปี"), (2562, Decimal("60.25"), "รายงานประจำปี")]


# Figures


def test_a_district_is_held_against_its_own_target_and_the_parts_make_the_whole(desk: Client) -> None:
    first, _second = districts(2)
    builders.inclusion(builders.project(first), builders.action_plan(first))
    confirm(desk, form(**{f"target-{first.pk}": "100"}))
    city = figure_answer(CODE, YEAR.quarter(3)).selected
    district = figure_answer(CODE, YEAR.quarter(3), district="5001").selected
    assert (city.figure.numerator, city.figure.denominator, city.target) == (1, 2, Decimal(80))
    assert (district.figure.numerator, district.figure.denominator, district.target) == (1, 1, Decimal(100))
    assert district_trace(CODE, YEAR, 3, "5001").selected == district
    lines = {unit.code: unit for unit in desk.get(HERE).context["assigned"].units}
    for code, shown in (("2100", city), ("5001", district)):
        result = lines[code].result
        assert result is not None
        assert (result.figure.value, result.target, result.met) == (shown.figure.value, shown.target, shown.met)
    parts = [lines[code].result for code in ("5001", "5002")]
    assert sum(part.figure.numerator for part in parts if part) == city.figure.numerator


def test_the_page_of_an_indicator_asks_no_more_often_for_more_units(desk: Client) -> None:
    counts = []
    for first in (1, 11):
        for place in range(first, first + 10):
            builders.unit(f"50{place:02}")
        confirm(desk, form())
        counts.append(count(desk, HERE))
    assert counts[0] == counts[1] <= 32


# The workbook


def filled(client: Client, *rows: tuple[str, Sequence[Any]]) -> bytes:
    """The workbook as it is given, with the cells from the target on filled in for some units."""
    book = load_workbook(BytesIO(client.get(WORKBOOK).content))
    page = book["มอบหมาย"]
    places = {page.cell(row, 1).value: row for row in range(5, page.max_row + 1)}
    for code, cells in rows:
        for column, value in enumerate(cells, 3):
            if value is not None:
                page.cell(places[code], column).value = value
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, content: bytes, address: str = UPLOAD) -> Any:
    return client.post(address, {"do": "preview", "file": SimpleUploadedFile("a.xlsx", content)})


def confirm_upload(client: Client, shown: Any) -> Any:
    rows, seen = shown.context["rows"], shown.context["plan"].token
    return client.post(UPLOAD, {"do": "assign", "rows": rows, "seen": seen})


def test_the_workbook_holds_every_unit_and_what_is_agreed(desk: Client) -> None:
    districts(2)
    answer = desk.get(WORKBOOK)
    assert answer["Content-Disposition"] == 'attachment; filename="assign-2100-0001-2563.xlsx"'
    rows = list(load_workbook(BytesIO(answer.content))["มอบหมาย"].iter_rows(min_row=4, values_only=True))
    assert [row[0] for row in rows[1:]] == ["2100", "5001", "5002"]
    assert rows[1][2] == 80
    assert rows[1][8] == "ยุทธศาสตร์"
    assert all(cell is None for cell in rows[2][2:])


def test_a_workbook_that_comes_back_untouched_changes_nothing(desk: Client) -> None:
    districts(2)
    confirm(desk, form(quarter_1="20", weight="5", scale_1="5", scale_2="4", scale_3="3", scale_4="2", scale_5="1"))
    shown = send(desk, desk.get(WORKBOOK).content)
    assert shown.context["counts"] == {"added": 0, "changed": 0, "unchanged": 3, "refused": 0}


def test_a_filled_in_workbook_adds_and_changes(desk: Client) -> None:
    units = districts(2)
    shown = send(desk, filled(desk, ("5001", [66.5, 10, None, None, 66.5, 5, "งานประจำ"]), ("2100", ["๘๕"])))
    assert shown.context["refused"] == []
    assert shown.context["counts"] == {"added": 1, "changed": 1, "unchanged": 0, "refused": 0}
    assert Assignment.objects.count() == 1
    assert confirm_upload(desk, shown).status_code == HTTPStatus.FOUND
    made = Assignment.objects.get(unit=units[0])
    assert (made.target, made.classification, made.weight) == (Decimal("66.5"), "routine", Decimal(5))
    assert dict(QuarterTarget.objects.values_list("quarter", "target")) == {1: Decimal(10), 4: Decimal("66.5")}
    assert Assignment.objects.exclude(unit=units[0]).get().target == Decimal(85)


def test_mistakes_are_told_by_row_and_column_in_both_languages_and_nothing_is_saved(desk: Client) -> None:
    districts(2)
    wrong = [5, None, None, None, None, None, "ดีมาก"]
    content = filled(desk, ("5001", ["มาก", *wrong[1:]]), ("5002", [70, *[None] * 5, "งานประจำ"]))
    shown = send(desk, content)
    assert [(row.row, row.column.split(" · ")[0]) for row in shown.context["refused"]] == [
        (6, "ประเภท"),
        (6, "ค่าเป้าหมาย"),
    ]
    assert "“มาก” ไม่ใช่ตัวเลข" in shown.content.decode()
    assert "“มาก” is no number" in send(desk, content, in_language(UPLOAD, "en")).content.decode()
    assert confirm_upload(desk, shown).status_code == HTTPStatus.OK
    assert Assignment.objects.count() == 1


def test_the_workbook_of_another_year_is_refused(desk: Client) -> None:
    other = desk.get(WORKBOOK.replace("2563", "2564")).content
    answer = send(desk, other)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "ดาวน์โหลดไฟล์ของปีนี้" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(desk: Client, content: bytes) -> None:
    assert send(desk, content).status_code == HTTPStatus.BAD_REQUEST


def test_a_workbook_without_our_sheet_is_refused(desk: Client) -> None:
    file = BytesIO()
    Workbook().save(file)
    assert send(desk, file.getvalue()).status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("rows", ["", "[]", "{", json.dumps({"5": 1}), json.dumps({"x": {}})])
def test_rows_that_were_tampered_with_are_refused(desk: Client, rows: str) -> None:
    answer = desk.post(UPLOAD, {"do": "assign", "rows": rows})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_a_target_that_is_frozen_is_refused_by_its_row(desk: Client) -> None:
    open_year()
    shown = send(desk, filled(desk, ("2100", [85])))
    assert [row.row for row in shown.context["refused"]] == [5]
    assert "มติหรือคำสั่ง" in shown.content.decode()


# Who may


def test_only_those_who_define_indicators_assign(desk: Client, bureau: Unit) -> None:
    districts(1)
    for number, role in enumerate(ROLES):
        client = signed_in(officer(bureau, role, f"somebody-{number}"))
        may = role in PERMISSIONS[Action.DEFINE_INDICATORS]
        for address in (ASSIGN, UPLOAD, WORKBOOK):
            assert client.get(address).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), role
        assert (client.post(ASSIGN, form()).status_code == HTTPStatus.OK) == may
