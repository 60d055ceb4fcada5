"""A formula as the fields of a form: the same formula comes back, and a mistake names its field."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakthan.rules.formula.fields import data_of_fields, fields_shown, formula_fields, without_empty_steps
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.formula.parse import FormulaError, formula_data, parse_formula
from tests.rules.strategies import formulas

SHARE = {"kind": ["share"], "population.of": ["districts"], "matching.fact": ["inclusion"]}


def problems(values: dict[str, list[str]]) -> set[str]:
    with pytest.raises(FormulaError) as refused:
        parse_formula(data_of_fields(values))
    return {problem.field for problem in refused.value.problems}


@given(formulas())
def test_a_formula_goes_into_fields_and_comes_back(formula: Formula) -> None:
    assert parse_formula(data_of_fields(formula_fields(formula))) == formula


@given(formulas())
def test_the_fields_of_a_formula_are_all_shown(formula: Formula) -> None:
    values = formula_fields(formula)
    assert set(values) <= set(fields_shown(values))


@given(formulas(), formulas())
def test_what_belongs_to_another_choice_is_sent_along_and_does_not_count(chosen: Formula, left: Formula) -> None:
    values = {**formula_fields(left), **formula_fields(chosen)}
    shown = set(fields_shown(formula_fields(chosen)))
    of_its_own = {name: given for name, given in values.items() if name in formula_fields(chosen) or name not in shown}
    steps = [name for name in of_its_own if name.startswith("steps[") and name not in formula_fields(chosen)]
    read = data_of_fields({name: given for name, given in of_its_own.items() if name not in steps})
    assert read == formula_data(chosen)


PATHS = """kind population.of population.basis population.on population.types matching.fact matching.fiscal_years
    matching.since matching.filters.kind matching.filters.purpose at_least scale numerator.fact numerator.measure
    denominator.fact over.fact over.fiscal_years steps[0].code steps[0].weight steps[2].name_th input roll_up
    unit_target"""
NAMES = st.sampled_from(PATHS.split())
WORDS = "share ratio steps reported sum communities inclusion transfer meeting 1 ๑๐ -1 x pair share-meeting-target"
TYPED = st.lists(st.sampled_from([*WORDS.split(), "", " ", "2020-01-31"]) | st.text(max_size=6), max_size=3)


@given(st.dictionaries(NAMES, TYPED, max_size=14))
@example({"kind": ["share", ""]})
def test_whatever_is_typed_is_read_or_refused_by_a_field_that_is_shown(values: dict[str, list[str]]) -> None:
    shown = (*fields_shown(values), "steps")
    try:
        formula = parse_formula(data_of_fields(values))
    except FormulaError as error:
        named = [problem.field for problem in error.problems if not problem.field.startswith(shown)]
    else:
        named = []
        assert parse_formula(data_of_fields(formula_fields(formula))) == formula
    assert named == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "kind"),
        ({"kind": ["magic"]}, "kind"),
        ({"kind": ["share"]}, "population.of"),
        ({"kind": ["share"], "population.of": ["districts"]}, "matching.fact"),
        ({**SHARE, "at_least": ["none"]}, "at_least"),
        ({**SHARE, "scale": ["0"]}, "scale"),
        ({**SHARE, "matching.fiscal_years": ["99"]}, "matching.fiscal_years"),
        ({"kind": ["ratio"], "numerator.fact": ["return"]}, "denominator.fact"),
        ({"kind": ["sum"], "over.fact": ["meeting"]}, "over.fact"),
        ({"kind": ["steps"]}, "steps"),
        ({"kind": ["steps"], "steps[0].code": ["1"], "steps[0].name_th": ["ก"]}, "steps[0].weight"),
        ({"kind": ["reported"], "input": ["pair"], "roll_up": ["share-meeting-target"]}, "unit_target"),
    ],
)
def test_a_mistake_names_its_field(values: dict[str, list[str]], field: str) -> None:
    assert field in problems(values)


def test_thai_digits_and_thousands_are_read() -> None:
    values: dict[str, Any] = {**SHARE, "at_least": ["๒"], "scale": ["1,000"]}
    read = parse_formula(data_of_fields(values))
    assert (read.at_least, read.scale) == (2, 1000)  # type: ignore[union-attr]


def test_rows_of_steps_that_say_nothing_are_taken_out() -> None:
    values = {"kind": ["steps"], "steps[0].code": [" "], "steps[3].code": ["1"], "steps[3].weight": ["5"]}
    assert without_empty_steps(values) == {
        "kind": ["steps"],
        "steps[0].code": ["1"],
        "steps[0].name_th": [""],
        "steps[0].name_en": [""],
        "steps[0].weight": ["5"],
    }
