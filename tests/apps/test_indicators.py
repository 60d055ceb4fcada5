"""The plan tree, indicators with versions of their definition, and who answers for which target."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.indicators.models import (
    Assignment,
    Baseline,
    Definition,
    Indicator,
    IndicatorNode,
    PlanNode,
    PlanVersion,
    QuarterTarget,
)
from lakthan.apps.indicators.services import (
    Goal,
    add_definition,
    add_plan_node,
    add_plan_version,
    assign,
    choose_level,
    define_indicator,
    record_baseline,
)
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.services.values import report_value
from lakthan.core.errors import UserError
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.parse import FormulaError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.apps.own_database import OwnDatabase


@pytest.fixture
def bureau(db: None) -> Unit:
    return builders.bureau()


@pytest.fixture
def version(db: None) -> PlanVersion:
    return builders.plan_version()


@pytest.fixture
def indicator(bureau: Unit) -> Indicator:
    return builders.indicator(bureau)


# The plan


def test_a_version_of_the_plan_does_not_end_before_it_begins(db: None) -> None:
    with pytest.raises(UserError, match="last year lies before its first"):
        add_plan_version(
            actor=ROOT,
            code="phase2",
            name_th="",
            name_en="",
            first_year=FiscalYear(2565),
            last_year=FiscalYear(2564),
            level_names=["ด้าน"],
            now=NOW,
        )


def test_a_code_means_one_node_of_a_version_and_another_of_another(version: PlanVersion) -> None:
    other = builders.plan_version("phase3")
    nodes = [builders.plan_node(version), builders.plan_node(other)]
    assert [node.code for node in nodes] == ["5", "5"]
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        builders.plan_node(version)


def test_a_node_of_another_version_is_no_parent(version: PlanVersion) -> None:
    foreign = builders.plan_node(builders.plan_version("phase3"))
    with pytest.raises(UserError, match="belongs to another version of the plan"):
        builders.plan_node(version, "5.2", parent=foreign)
    assert builders.plan_node(version, "5.2", parent=builders.plan_node(version)).parent is not None


def test_the_levels_of_nodes_are_those_of_the_version(version: PlanVersion) -> None:
    with pytest.raises(UserError, match="no level กลยุทธ์; it has ด้าน, มิติ, เป้าหมาย"):
        add_plan_node(
            actor=ROOT,
            version=version,
            code="5",
            level_name="กลยุทธ์",
            name_th="",
            certainty=PlanNode.Certainty.OBSERVED,
            now=NOW,
        )


def test_the_text_of_a_node_is_kept_whole(version: PlanVersion) -> None:
    text = "“" + "ประชาชนมีส่วนร่วม" * 40 + "”"
    add_plan_node(
        actor=ROOT,
        version=version,
        code="5",
        level_name="ด้าน",
        name_th=text,
        certainty=PlanNode.Certainty.PARTIAL,
        now=NOW,
    )
    assert PlanNode.objects.get().name_th == text


# Indicators


def define(bureau: Unit, **more: Any) -> Indicator:
    usual: dict[str, Any] = {"code": "2100-0002", "name_th": "ร้อยละ", "name_en": "Share"}
    return define_indicator(actor=ROOT, unit=bureau, now=NOW, **{**usual, **more})


def test_an_indicator_serves_several_nodes(bureau: Unit, version: PlanVersion) -> None:
    nodes = [builders.plan_node(version, code) for code in ("5", "6")]
    define(bureau, nodes=nodes)
    assert set(IndicatorNode.objects.values_list("node__code", flat=True)) == {"5", "6"}


def test_the_level_is_unknown_until_it_is_chosen(bureau: Unit) -> None:
    row = define(bureau)
    assert row.level == "unknown"
    choose_level(actor=ROOT, indicator=row, level=Indicator.Level.OUTCOME, now=NOW)
    assert Indicator.objects.get().level == "outcome"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("code", "2100-0001", "There is an indicator with the code 2100-0001 already"),
        ("code", " ", "The indicator's code is missing"),
        ("name_th", " ", "The indicator's name is missing"),
    ],
)
def test_an_indicator_without_a_code_of_its_own_and_a_name_is_refused(
    bureau: Unit, indicator: Indicator, field: str, value: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        define(bureau, **{field: value})
    assert Indicator.objects.get() == indicator


# Definitions


def follow(indicator: Indicator, formula: Any = builders.SHARE, **more: Any) -> Definition:
    return add_definition(actor=ROOT, indicator=indicator, formula=formula, words=builders.WORDS, now=NOW, **more)


def test_a_definition_is_followed_by_the_next_and_stays(indicator: Indicator) -> None:
    first = builders.definition(indicator)
    follow(indicator, operator=Operator.AT_MOST, decimals=1)
    rows = Definition.objects.order_by("number")
    assert [(row.number, row.operator, row.decimals) for row in rows] == [(1, ">=", 2), (2, "<=", 1)]
    assert rows[0] == first


def test_two_definitions_added_at_once_get_two_numbers(own_database: OwnDatabase) -> None:
    indicator = builders.indicator(builders.bureau())
    with transaction.atomic():
        follow(indicator)
        rival = own_database.rival(lambda: follow(Indicator.objects.get()))
        assert rival.is_waiting()
    assert rival.join().refusal is None
    assert sorted(Definition.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_formula_is_kept_in_its_canonical_form(indicator: Indicator) -> None:
    follow(indicator, {**builders.SHARE, "at_least": 1, "scale": 100})
    assert builders.definition(indicator).formula == Definition.objects.get(number=2).formula == builders.SHARE


@pytest.mark.parametrize(
    ("formula", "field"),
    [
        ({}, "kind"),
        ({"kind": "magic"}, "kind"),
        ({**builders.SHARE, "at_least": 0}, "at_least"),
        ({**builders.SHARE, "population": {"of": "streets"}}, "population.of"),
        ({**builders.SHARE, "matching": {"fact": "wish"}}, "matching.fact"),
        ({**builders.SHARE, "matching": {"fact": "transfer", "filters": {"kind": "new"}}}, "matching.filters"),
        ({**builders.SHARE, "surprise": 1}, "surprise"),
        ({**builders.STEPS, "steps": []}, "steps"),
    ],
)
def test_a_wrong_formula_is_refused_by_the_name_of_its_field(
    indicator: Indicator, formula: dict[str, object], field: str
) -> None:
    with pytest.raises(FormulaError, match=field) as refused:
        follow(indicator, formula)
    assert any(problem.field.startswith(field) for problem in refused.value.problems)
    assert Definition.objects.count() == 1


# Assignments


def make_answer(indicator: Indicator, unit: Unit, goal: Goal | None = None, of: Definition | None = None) -> Assignment:
    return assign(
        actor=ROOT,
        indicator=indicator,
        definition=of or builders.definition(indicator),
        unit=unit,
        fiscal_year=YEAR,
        goal=goal or Goal(Decimal(80), Assignment.Class_.STRATEGIC),
        now=NOW,
    )


def test_a_goal_is_target_weight_scale_and_targets_of_quarters(indicator: Indicator, bureau: Unit) -> None:
    scale = [Decimal(value) for value in ("60", "70.5", "80", "90", "100")]
    goal = Goal(Decimal(80), Assignment.Class_.NEGOTIATED, Decimal("12.5"), scale, {1: Decimal(20), 4: Decimal(80)})
    make_answer(indicator, bureau, goal)
    stored = Assignment.objects.get()
    assert (stored.target, stored.weight, stored.classification) == (Decimal(80), Decimal("12.5"), "negotiated")
    assert stored.scale == ["60", "70.5", "80", "90", "100"]
    assert dict(QuarterTarget.objects.values_list("quarter", "target")) == {1: Decimal(20), 4: Decimal(80)}


def test_a_target_may_be_missing_which_is_not_zero(indicator: Indicator, bureau: Unit) -> None:
    make_answer(indicator, bureau, Goal(None, Assignment.Class_.ROUTINE))
    assert Assignment.objects.get().target is None


def test_the_definition_of_another_indicator_is_refused(indicator: Indicator, bureau: Unit) -> None:
    other = builders.indicator(bureau, "2100-0002")
    with pytest.raises(UserError, match="belongs to another indicator"):
        make_answer(indicator, bureau, of=builders.definition(other))


def test_a_unit_answers_for_an_indicator_once_a_year(indicator: Indicator, bureau: Unit) -> None:
    make_answer(indicator, bureau)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        make_answer(indicator, bureau)
    assert make_answer(indicator, builders.unit("5001"))


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        (Goal(Decimal("0.00001"), Assignment.Class_.ROUTINE), "The target is 0.00001, with more than 4 decimals"),
        (Goal(Decimal("NaN"), Assignment.Class_.ROUTINE), "The target is NaN, beyond"),
        (Goal(Decimal(10) ** 11, Assignment.Class_.ROUTINE), "beyond 99,999,999,999.9999"),
        (Goal(None, Assignment.Class_.ROUTINE, Decimal("0.005")), "The weight is 0.005, with more than 2 decimals"),
        (Goal(None, Assignment.Class_.ROUTINE, quarters={5: Decimal(1)}), "there is no quarter 5"),
        (
            Goal(None, Assignment.Class_.ROUTINE, quarters={1: Decimal("0.33333")}),
            "The target of quarter 1 of fiscal year 2563 is 0.33333, with more than 4 decimals",
        ),
    ],
)
def test_a_goal_that_cannot_be_kept_exactly_is_refused(
    indicator: Indicator, bureau: Unit, goal: Goal, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        make_answer(indicator, bureau, goal)
    assert not Assignment.objects.exists()


# Baselines


def test_a_baseline_of_an_earlier_year_has_a_source_and_stands_once(indicator: Indicator, bureau: Unit) -> None:
    assignment = make_answer(indicator, bureau)

    def record(value: str, source: str = "รายงานปี 2562") -> Baseline:
        return record_baseline(
            actor=ROOT,
            assignment=assignment,
            fiscal_year=YEAR + -1,
            value=Decimal(value),
            source=source,
            now=NOW,
        )

    with pytest.raises(UserError, match="The source is missing"):
        record("71.5", " ")
    with pytest.raises(UserError, match="more than 4 decimals"):
        record("71.50005")
    record("71.5")
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        record("72")
    assert Baseline.objects.get().value == Decimal("71.5")


def test_a_year_goes_on_reporting_by_its_own_version_of_the_definition(bureau: Unit) -> None:
    indicator = builders.indicator(bureau, "2100-0002", builders.PAIR)
    builders.assignment(bureau, indicator)
    follow(indicator, builders.SHARE)
    day = {"actor": ROOT, "indicator": indicator, "unit": bureau, "effective_on": builders.TODAY, "now": NOW}
    assert report_value(**day, fiscal_year=YEAR, amount=Decimal(1), base=Decimal(2))
    with pytest.raises(UserError, match="computed from records"):
        report_value(**day, fiscal_year=YEAR + 1, amount=Decimal(1), base=Decimal(2))
