"""The form of an indicator: what it makes, what it asks for, what it shows, and that nothing typed is lost."""

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given

from lakthan.apps.indicators.models import Assignment, Definition, Indicator, IndicatorNode
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.services.periods import open_period
from lakthan.rules.formula.fields import formula_fields
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.permissions import PERMISSIONS, Action
from lakthan.web.staff.desk.formula_form import FormulaForm, values_of
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, SHARE, STEPS, YEAR
from tests.rules.strategies import formulas
from tests.web.pages import Page, in_language
from tests.web.test_desk import ROLES, bureau, count, officer, signed_in

__all__ = ["bureau"]
pytestmark = pytest.mark.django_db

NEW = reverse("desk-create")
EDIT = reverse("desk-edit", args=("2100-0001",))
FORMULA = {
    "formula.kind": "share",
    "formula.population.of": "districts",
    "formula.matching.fact": "inclusion",
    "formula.matching.fiscal_years": ["0", "1"],
}
PREVIEW = {"preview_year": "2563", "preview_quarter": "3", "preview_district": ""}


@pytest.fixture
def desk(bureau: Unit) -> Client:
    return signed_in(officer(bureau))


def typed(bureau: Unit, **more: Any) -> dict[str, Any]:
    usual = {
        "owner": str(bureau.pk),
        "name_th": "ร้อยละของสำนักงานเขต",
        "name_en": "Share of districts",
        "level": "outcome",
        "terms_th": "ข้อหนึ่ง\r\n\r\nข้อสอง",
        "unit_th": "ร้อยละ",
        "unit_en": "percent",
        "operator": ">=",
        "decimals": "2",
        "do": "save",
    }
    return {**usual, **FORMULA, **PREVIEW, **more}


def errors(answer: Any) -> set[str]:
    """The fields of the formula that are marked."""
    return set(answer.context["typed"].formula.errors)


def test_an_indicator_is_made_with_the_next_code_of_its_owner(desk: Client, bureau: Unit) -> None:
    node = builders.plan_node(builders.plan_version())
    builders.indicator(bureau, "2100-0041")
    answer = desk.post(NEW, typed(bureau, nodes=[str(node.pk)]))
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, "/desk/2100-0042/?saved=new")
    made = Indicator.objects.get(code="2100-0042")
    assert (made.level, made.node_links.get().node) == ("outcome", node)
    definition = made.definitions.get()
    assert (definition.formula, definition.terms_th, definition.reason) == (dict(SHARE), ["ข้อหนึ่ง", "ข้อสอง"], "")
    assert "สร้างตัวชี้วัด 2100-0042 แล้ว" in desk.get(answer["Location"]).content.decode()


def test_the_form_is_read_again_from_what_it_made(desk: Client, bureau: Unit) -> None:
    builders.indicator(bureau, formula=STEPS)
    shown = desk.get(EDIT).context["typed"]
    assert shown.formula.data_shown == dict(STEPS)
    assert shown.form["unit_th"].value() == "ร้อยละ"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"formula.kind": ""}, "formula.kind"),
        ({"formula.matching.fact": ""}, "formula.matching.fact"),
        ({"formula.at_least": "มาก"}, "formula.at_least"),
        ({"formula.kind": "steps", "formula.steps[0].code": "1"}, "formula.steps[0].weight"),
    ],
)
def test_a_mistake_in_the_formula_is_told_beside_its_field_and_nothing_is_lost(
    desk: Client, bureau: Unit, wrong: dict[str, str], field: str
) -> None:
    answer = desk.post(NEW, typed(bureau, **wrong))
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert field in errors(answer)
    assert "ข้อสอง</textarea>" in html
    assert 'value="ร้อยละของสำนักงานเขต"' in html
    assert not Indicator.objects.exists()


@pytest.mark.parametrize("field", ["owner", "name_th", "level", "unit_th"])
def test_what_is_missing_is_told_beside_its_field_and_the_formula_stays(desk: Client, bureau: Unit, field: str) -> None:
    answer = desk.post(NEW, typed(bureau, **{field: " "}))
    assert field in answer.context["typed"].form.errors
    assert answer.context["typed"].formula.data_shown == dict(SHARE)
    assert not Indicator.objects.exists()


def test_a_code_that_is_taken_is_refused_and_nothing_is_lost(desk: Client, bureau: Unit) -> None:
    builders.indicator(bureau)
    html = desk.post(NEW, typed(bureau, code="2100-0001")).content.decode()
    assert "มีตัวชี้วัดรหัส 2100-0001 แล้ว" in html
    assert 'value="2100-0001"' in html
    assert Indicator.objects.count() == 1


def test_choosing_on_is_no_mistake_and_saves_nothing(desk: Client, bureau: Unit) -> None:
    answer = desk.post(NEW, {"do": "update", "name_th": "พิมพ์ค้าง", "formula.kind": "ratio"})
    names = {element.attributes.get("name") for element in Page(answer.content.decode()).tags("select")}
    assert {"formula.numerator.fact", "formula.denominator.fact"} <= names
    assert errors(answer) == set()
    assert 'value="พิมพ์ค้าง"' in answer.content.decode()
    assert not Indicator.objects.exists()


def test_what_was_typed_for_another_kind_is_there_again_when_it_is_chosen_back(desk: Client, bureau: Unit) -> None:
    html = desk.post(NEW, typed(bureau, do="update", **{"formula.kind": "count"})).content.decode()
    assert '<input type="hidden" name="formula.matching.fact" value="inclusion">' in html
    assert html.count('name="formula.matching.fiscal_years"') == 2


def test_a_row_of_steps_is_added_and_empty_ones_are_left_out(desk: Client, bureau: Unit) -> None:
    steps = {"formula.kind": "steps", "formula.steps[0].code": "1", "formula.steps[0].name_th": "อนุมัติ"}
    more = desk.post(NEW, {"do": "add-step", **steps}).content.decode()
    assert 'name="formula.steps[1].code"' in more
    whole = {
        **steps,
        "formula.steps[0].name_en": "Approve",
        "formula.steps[0].weight": "๕",
        "formula.steps[3].code": "",
    }
    desk.post(NEW, {**typed(bureau), **whole})
    assert Definition.objects.get().formula["steps"] == [
        {"code": "1", "name_th": "อนุมัติ", "name_en": "Approve", "weight": "5"}
    ]


@given(formulas())
def test_every_formula_is_written_into_the_form_and_read_again_from_what_a_browser_sends(formula: Formula) -> None:
    form = FormulaForm(formula_fields(formula))
    sent = QueryDict(mutable=True)
    for field in Page("".join(str(form[name]) for name in form.fields)).elements:
        name, value = field.attributes.get("name"), field.attributes.get("value") or ""
        is_ticked = field.attributes.get("type") != "checkbox" or "checked" in field.attributes
        if field.tag == "select":
            sent.setlist(str(name), [])
            chosen_of = str(name)
        elif field.tag == "option" and "selected" in field.attributes:
            sent.appendlist(chosen_of, value)
        elif field.tag == "input" and name and is_ticked:
            sent.appendlist(name, value)
    assert FormulaForm(values_of(sent)).formula == form.formula == formula


# The sentence and the preview


def test_the_preview_says_the_formula_and_its_figure_on_live_records(desk: Client, bureau: Unit) -> None:
    district = builders.unit("5001")
    builders.unit("5002")
    builders.inclusion(builders.project(district), builders.action_plan(district))
    for language, words in (("th", "2 สำนักงานเขต"), ("en", "1 of 2 district offices")):
        answer = desk.post(in_language(NEW, language), typed(bureau, do="update"))
        html = answer.content.decode()
        shown = answer.context["shown"].figure
        assert (shown.figure.numerator, shown.figure.denominator, str(shown.figure.value)) == (1, 2, "50.00")
        assert words in html
        assert "หารด้วยจำนวนสำนักงานเขตทั้งหมด" in html
        assert "divided by all district offices" in html
        assert "Sample 5002" in html if language == "en" else "ตัวอย่าง 5002" in html
    assert not Indicator.objects.exists()


def test_the_preview_is_of_one_district_and_one_quarter_where_they_are_chosen(desk: Client, bureau: Unit) -> None:
    district = builders.unit("5001")
    builders.inclusion(builders.project(district), builders.action_plan(district), on=date(2020, 2, 10))
    for quarter, counted in (("1", 0), ("2", 1)):
        chosen = {"preview_district": "5001", "preview_quarter": quarter}
        figure = desk.post(NEW, typed(bureau, do="update", **chosen)).context["shown"].figure.figure
        assert (figure.numerator, figure.denominator) == (counted, 1)


def test_the_preview_costs_no_more_for_more_districts(desk: Client, bureau: Unit) -> None:
    builders.indicator(bureau)
    counts = []
    for first in (1, 11):
        for number in range(first, first + 10):
            builders.unit(f"50{number:02}")
        counts.append(count(desk, EDIT))
    assert counts[0] == counts[1] <= 24


# Versions


def change(client: Client, bureau: Unit, **more: Any) -> Any:
    return client.post(EDIT, typed(bureau, seen="1", reason="ตามมติที่ประชุม", **more))


def test_saving_a_change_makes_a_version_and_says_what_changed(desk: Client, bureau: Unit) -> None:
    builders.assignment(bureau)
    answer = change(desk, bureau, **{"formula.at_least": "2", "decimals": "1"})
    assert answer.status_code == HTTPStatus.FOUND
    assert Assignment.objects.get().definition.number == 1
    newest = Definition.objects.get(number=2)
    assert (newest.reason, newest.decimals) == ("ตามมติที่ประชุม", 1)
    html = desk.get(in_language(reverse("desk-versions", args=("2100-0001",)), "en")).content.decode()
    assert "At least so many records" in html
    assert "<ins>2</ins>" in html
    assert "Decimals shown" in html


def test_a_new_version_needs_a_reason(desk: Client, bureau: Unit) -> None:
    builders.indicator(bureau)
    html = desk.post(EDIT, typed(bureau, seen="1", reason=" ")).content.decode()
    assert "กรุณากรอกเหตุผลที่เปลี่ยนนิยาม" in html
    assert Definition.objects.count() == 1
    assert Indicator.objects.get().name_th == "ตัวชี้วัด 2100-0001", "nor is anything else saved"


def test_a_name_alone_makes_no_version(desk: Client, bureau: Unit) -> None:
    indicator = builders.indicator(bureau)
    same = {"terms_th": builders.WORDS.terms_th[0], "terms_en": builders.WORDS.terms_en[0]}
    words = {"method_th": "วิธี", "method_en": "Method"}
    desk.post(EDIT, typed(bureau, seen="1", **same, **words))
    assert (Indicator.objects.get().name_th, indicator.definitions.count()) == ("ร้อยละของสำนักงานเขต", 1)


def test_a_second_editor_sees_that_a_version_came_between(desk: Client, bureau: Unit) -> None:
    builders.indicator(bureau)
    change(desk, bureau, **{"formula.at_least": "2"})
    answer = change(desk, bureau, **{"formula.at_least": "3"})
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert 'name="formula.at_least" value="3"' in html
    assert 'name="seen" value="2"' in html
    assert Definition.objects.count() == 2


def test_a_year_whose_reports_have_opened_keeps_its_version_and_its_name(desk: Client, bureau: Unit) -> None:
    builders.assignment(bureau)
    later = builders.assign(
        actor=ROOT,
        indicator=Indicator.objects.get(),
        definition=Definition.objects.get(),
        unit=bureau,
        fiscal_year=YEAR + 1,
        goal=builders.Goal(None, Assignment.Class_.ROUTINE),
        now=NOW,
    )
    day = YEAR.quarter(1).last_day
    open_period(actor=ROOT, quarter=YEAR.quarter(1), opens_on=day, deadline_on=day, now=NOW)
    assert [*desk.get(EDIT).context["typed"].form["years"].field.choices] == [(2564, 2564)]
    name = {"name_th": "ตัวชี้วัด 2100-0001", "name_en": "Indicator 2100-0001"}
    assert change(desk, bureau).status_code == HTTPStatus.CONFLICT, "the name stands"
    assert change(desk, bureau, years=["2564"], **name).status_code == HTTPStatus.FOUND
    assert {row.fiscal_year: row.definition.number for row in Assignment.objects.all()} == {2563: 1, 2564: 2}
    later.refresh_from_db()
    assert later.definition.number == 2


def test_a_link_to_the_plan_ends_and_comes_back(desk: Client, bureau: Unit) -> None:
    version = builders.plan_version()
    first, second = builders.plan_node(version, "5"), builders.plan_node(version, "6")
    builders.indicator(bureau, nodes=[first])
    change(desk, bureau, nodes=[str(second.pk)])
    links = {link.node.code: link.ended_on for link in IndicatorNode.objects.all()}
    assert links == {"5": builders.TODAY, "6": None}
    desk.post(EDIT, typed(bureau, seen="2", nodes=[str(first.pk)]))
    assert {link.node.code: link.ended_on for link in IndicatorNode.objects.all()} == {"5": None, "6": builders.TODAY}


# Who may


def test_only_those_who_define_indicators_open_the_pages(bureau: Unit) -> None:
    builders.indicator(bureau)
    pages = [NEW, EDIT, reverse("desk-indicator", args=("2100-0001",)), reverse("desk-versions", args=("2100-0001",))]
    for number, role in enumerate(ROLES):
        client = signed_in(officer(bureau, role, f"officer-{number}"))
        may = role in PERMISSIONS[Action.DEFINE_INDICATORS]
        for page in pages:
            assert client.get(page).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), (role, page)
        made = client.post(NEW, typed(bureau, code=f"2100-9{number:03}")).status_code
        assert made == (HTTPStatus.FOUND if may else HTTPStatus.FORBIDDEN), role


def test_an_indicator_that_is_not_there_is_not_found(desk: Client) -> None:
    for name in ("desk-indicator", "desk-edit", "desk-versions"):
        assert desk.get(reverse(name, args=("2100-9999",))).status_code == HTTPStatus.NOT_FOUND
