"""Formulas as plain data: read, refused, written."""

import json
import pickle
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.rules.facts import FACT_KINDS
from lakthan.rules.formula.grammar import Formula, FormulaKind
from lakthan.rules.formula.parse import FormulaError, formula_data, parse_formula
from lakthan.rules.formula.reader import Problem
from tests.rules.strategies import formulas

PLANS = {"fact": "community-plan"}
SHARE = {"kind": "share", "population": {"of": "districts"}, "matching": {"fact": "inclusion"}}
SHARE_OF_COMMUNITIES = {"kind": "share", "population": {"of": "communities"}, "matching": PLANS}
STEP = {"code": "1", "name_th": "อนุมัติ", "name_en": "approve", "weight": "5"}


def count(**query: object) -> dict[str, object]:
    return {"kind": "count", "over": {"fact": "inclusion", **query}}


def of_communities(**population: object) -> dict[str, object]:
    return {**SHARE_OF_COMMUNITIES, "population": {"of": "communities", **population}}


def steps(*given_steps: object) -> dict[str, object]:
    return {"kind": "steps", "steps": list(given_steps)}


def reported(**more: object) -> dict[str, object]:
    return {"kind": "reported", "input": "pair", "roll_up": "mean", **more}


def ratio(**numerator: object) -> dict[str, object]:
    return {"kind": "ratio", "numerator": numerator, "denominator": {"fact": "transfer"}}


def problems(data: Mapping[str, object]) -> tuple[Problem, ...]:
    with pytest.raises(FormulaError) as refused:
        parse_formula(data)
    return refused.value.problems


@given(formulas())
def test_a_formula_survives_being_written_and_read(formula: Formula) -> None:
    assert parse_formula(json.loads(json.dumps(formula_data(formula)))) == formula


@given(formulas())
def test_a_formula_is_written_without_floats_and_nulls(formula: Formula) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    text = json.dumps(formula_data(formula))
    json.loads(text, parse_float=refuse, parse_constant=refuse)
    assert "null" not in text


def test_what_is_default_may_be_written_out() -> None:
    spelt_out = {
        "kind": "share",
        "population": {"of": "communities", "basis": "registered", "types": []},
        "matching": {"fact": "community-plan", "fiscal_years": [], "since": "ever", "filters": {}},
        "at_least": 1,
        "scale": 100,
    }
    assert formula_data(parse_formula(spelt_out)) == SHARE_OF_COMMUNITIES


def test_years_and_types_are_kept_in_order() -> None:
    data = {**of_communities(types=["urban", "crowded"]), "matching": {"fact": "inclusion", "fiscal_years": [1, 0]}}
    assert formula_data(parse_formula(data)) == {
        **of_communities(types=["crowded", "urban"]),
        "matching": {"fact": "inclusion", "fiscal_years": [0, 1]},
    }


def test_a_weight_is_exact_and_written_without_trailing_zeros() -> None:
    data = formula_data(parse_formula(steps({**STEP, "weight": "33.330"}, {**STEP, "code": "2", "weight": "100"})))
    assert [step["weight"] for step in data["steps"]] == ["33.33", "100"]  # type: ignore[attr-defined]


REFUSED: list[tuple[str, Any, str, str]] = [
    ("no kind", {}, "kind", "share, ratio, count"),
    ("unknown kind", {"kind": "median"}, "kind", "share, ratio, count"),
    ("not an object", ["share"], "formula", "object"),
    ("unknown key", {**SHARE, "populaton": 1}, "populaton", "population, matching"),
    ("no population", {"kind": "share", "matching": PLANS}, "population", "missing"),
    ("population is text", {**SHARE, "population": "districts"}, "population", "object"),
    ("unknown population", {**SHARE, "population": {"of": "schools"}}, "population.of", "districts, communities"),
    ("basis of districts", {**SHARE, "population": {"of": "districts", "basis": "eligible"}}, "population.basis", "of"),
    ("unknown basis", of_communities(basis="all"), "population.basis", "registered, eligible"),
    ("date in B.E.", of_communities(on="2563-01-31"), "population.on", "Common Era"),
    ("no such date", of_communities(on="2020-02-30"), "population.on", "2020-01-31"),
    ("date that is a number", of_communities(on=20200131), "population.on", "2020-01-31"),
    ("unknown type", of_communities(types=["urban", "rural"]), "population.types", "crowded, urban"),
    ("types as text", of_communities(types="urban"), "population.types", "list"),
    ("type twice", of_communities(types=["urban", "urban"]), "population.types", "urban stands there twice"),
    ("no fact", {"kind": "count", "over": {}}, "over.fact", "inclusion, decline"),
    ("unknown fact", count(fact="visit"), "over.fact", "inclusion, decline"),
    ("fact is a list", count(fact=["inclusion"]), "over.fact", "inclusion, decline"),
    ("steps are no query", count(fact="step"), "over.fact", "inclusion, decline"),
    ("reports are no query", count(fact="reported"), "over.fact", "inclusion, decline"),
    (
        "plain meetings have no community",
        {**SHARE_OF_COMMUNITIES, "matching": {"fact": "meeting"}},
        "matching.fact",
        "inclusion",
    ),
    ("plans are not booked", count(fact="community-plan", fiscal_years=[0]), "over.fiscal_years", "inclusion, decline"),
    ("year in B.E.", count(fiscal_years=[2563]), "over.fiscal_years", "-10 to 10"),
    ("year as text", count(fiscal_years=["0"]), "over.fiscal_years", "whole numbers"),
    ("year as truth", count(fiscal_years=[True]), "over.fiscal_years", "whole numbers"),
    ("year as float", count(fiscal_years=[0.0]), "over.fiscal_years", "whole numbers"),
    ("year twice", count(fiscal_years=[0, 0]), "over.fiscal_years", "0 stands there twice"),
    ("years as number", count(fiscal_years=0), "over.fiscal_years", "list"),
    ("unknown since", count(since="month"), "over.since", "ever, fiscal-year, quarter"),
    ("filters as list", count(filters=["kind"]), "over.filters", "object"),
    ("unknown attribute", count(filters={"purpose": "city"}), "over.filters.purpose", "kind"),
    ("unknown filter value", count(filters={"kind": "old"}), "over.filters.kind", "new, review"),
    ("filter on what has no attributes", count(fact="transfer", filters={"kind": "new"}), "over.filters.kind", "-"),
    ("measure in a count", count(measure="amount"), "over.measure", "fact, fiscal_years, since, filters"),
    ("no members needed", {**SHARE, "at_least": 0}, "at_least", "from 1"),
    ("half a member", {**SHARE, "at_least": "1"}, "at_least", "whole number"),
    ("scale as float", {**SHARE, "scale": 100.0}, "scale", "whole number"),
    ("scale as text", {**SHARE, "scale": "100"}, "scale", "whole number"),
    ("scale zero", {**SHARE, "scale": 0}, "scale", "from 1"),
    ("scale as truth", {**SHARE, "scale": True}, "scale", "whole number"),
    ("money of inclusions", ratio(fact="inclusion", measure="amount"), "numerator.measure", "transfer, obligation"),
    ("unknown measure", ratio(fact="transfer", measure="mean"), "numerator.measure", "count, amount"),
    ("no denominator", {"kind": "ratio", "numerator": {"fact": "transfer"}}, "denominator", "missing"),
    ("sum of what has no money", {"kind": "sum", "over": {"fact": "inclusion"}}, "over.fact", "transfer, obligation"),
    ("mean of what has no money", {"kind": "mean", "over": {"fact": "meeting"}}, "over.fact", "transfer, obligation"),
    ("no list of steps", {"kind": "steps"}, "steps", "at least one step"),
    ("empty list of steps", steps(), "steps", "at least one step"),
    ("step that is text", steps("approve"), "steps[0]", "object"),
    ("step twice", steps(STEP, STEP), "steps", "1 stands there twice"),
    ("unknown key of a step", steps({**STEP, "name": "x"}), "steps[0].name", "code, name_th, name_en, weight"),
    ("step without a code", steps({**STEP, "code": ""}), "steps[0].code", "characters"),
    ("step with a number for a code", steps({**STEP, "code": 1}), "steps[0].code", "characters"),
    ("step with a blank name", steps({**STEP, "name_th": " อนุมัติ"}), "steps[0].name_th", "without space"),
    ("float weight", steps({**STEP, "weight": 5.0}), "steps[0].weight", "as text"),
    ("number for a weight", steps({**STEP, "weight": 5}), "steps[0].weight", "as text"),
    ("Thai digits in a weight", steps({**STEP, "weight": "๕"}), "steps[0].weight", "as text"),
    ("weight with an exponent", steps({**STEP, "weight": "1e3"}), "steps[0].weight", "as text"),
    ("weight that is no number", steps({**STEP, "weight": "NaN"}), "steps[0].weight", "as text"),
    ("weight zero", steps({**STEP, "weight": "0.0"}), "steps[0].weight", "above zero"),
    ("negative weight", steps(STEP, {**STEP, "code": "2", "weight": "-5"}), "steps[1].weight", "above zero"),
    ("no input", {"kind": "reported", "roll_up": "mean"}, "input", "pair, value"),
    ("no roll-up", {"kind": "reported", "input": "pair"}, "roll_up", "sum-of-parts, mean"),
    ("unknown roll-up", reported(roll_up="median"), "roll_up", "sum-of-parts, mean"),
    ("scale of values", reported(input="value", scale=100), "scale", "kind, input, roll_up"),
    ("target without its roll-up", reported(unit_target="80"), "unit_target", "kind, input, roll_up"),
    ("roll-up without its target", reported(roll_up="share-meeting-target"), "unit_target", "missing"),
    ("float target", reported(roll_up="share-meeting-target", unit_target=0.5), "unit_target", "as text"),
]


@pytest.mark.parametrize(("data", "field", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_mistake_is_refused_once_with_its_field_and_what_is_allowed(data: Any, field: str, said: str) -> None:
    (problem,) = problems(data)
    assert problem.field == field
    assert said in problem.en
    assert problem.th


def test_all_mistakes_are_told_at_once() -> None:
    data = {
        "kind": "share",
        "population": {"of": "communities", "basis": "all", "on": "soon"},
        "matching": {"fact": "community-plan", "fiscal_years": [0], "since": "month", "filters": {"kind": "old"}},
        "at_least": 0,
        "scale": 1.5,
        "colour": "red",
    }
    assert {problem.field for problem in problems(data)} == {
        "population.basis",
        "population.on",
        "matching.fiscal_years",
        "matching.since",
        "matching.filters.kind",
        "at_least",
        "scale",
        "colour",
    }


def test_a_refusal_is_a_mistake_of_the_user_in_both_languages() -> None:
    with pytest.raises(UserError) as refused:
        parse_formula({"kind": "count", "over": {"fact": "visit", "since": "month"}})
    for sentence in (refused.value.th, refused.value.en):
        assert "over.fact" in sentence
        assert "over.since" in sentence


def test_a_refusal_survives_pickling_with_its_problems() -> None:
    with pytest.raises(FormulaError) as refused:
        parse_formula({"kind": "median"})
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems  # noqa: S301


def test_a_long_list_is_refused_before_it_is_read() -> None:
    (problem,) = problems(count(fiscal_years=[0] * 101))
    assert (problem.field, "at most 100" in problem.en) == ("over.fiscal_years", True)


WORDS = st.sampled_from([*FormulaKind, *FACT_KINDS])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def spoil(data: Any, draw: st.DataObject) -> None:
    """Put something else in one place of the data, at any depth."""
    key = draw.draw(st.sampled_from(list(data) if isinstance(data, dict) else range(len(data))))
    if isinstance(data[key], dict | list) and data[key] and draw.draw(st.booleans()):
        spoil(data[key], draw)
    else:
        data[key] = draw.draw(JSON)


@given(formulas(), st.data())
def test_spoilt_data_is_either_refused_or_read_as_a_whole_formula(formula: Formula, draw: st.DataObject) -> None:
    data = formula_data(formula)
    spoil(data, draw)
    try:
        read = parse_formula(data)
    except FormulaError:
        return
    assert parse_formula(formula_data(read)) == read
