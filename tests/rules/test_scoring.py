"""Scores of results, their means, and the whole: the tables of docs/scores.md, and what always holds."""

import json
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.core.figure import NoValue, Operator
from lakthan.rules.scoring import (
    DEFAULT,
    HIGHEST,
    LOWEST,
    Missing,
    ScaleKind,
    Treatment,
    Weighed,
    composite,
    on_common_scale,
    parse_scheme,
    percent_of_target,
    score_result,
    shown,
    weighted_mean,
)
from tests.house.source import DOCS

SCHEME = parse_scheme(DEFAULT)
IN_STEPS = replace(SCHEME, interpolates=False)
NONE = "–"
values = st.fractions(-50, 200, max_denominator=1000)
targets = st.decimals("0.01", 500, places=2)
operators = st.sampled_from(Operator)
scores = st.one_of(st.none(), st.fractions(LOWEST, HIGHEST, max_denominator=1000))
weights = st.one_of(st.none(), st.decimals(0, 100, places=2))


@st.composite
def weighed(draw: st.DrawFn) -> Weighed:
    score = draw(scores)
    reason = None if score is not None else draw(st.sampled_from([NoValue.NOT_EVALUATED, *NoValue]))
    return Weighed(draw(weights), score, reason)


def table(heading: str) -> list[list[str]]:
    """The rows of the table whose first column is called so."""
    lines = (DOCS / "scores.md").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def number(text: str) -> Decimal | None:
    return None if text in ("", NONE) else Decimal(text)


def fraction(text: str) -> Fraction | None:
    found = number(text)
    return None if found is None else Fraction(found)


def row_of(weight: str, score: str) -> Weighed:
    if score in (NoValue.CANCELLED, NoValue.NOT_APPLICABLE):
        return Weighed(number(weight), None, NoValue(score))
    points = fraction(score)
    return Weighed(number(weight), points, None if points is not None else NoValue.NOT_EVALUATED)


@pytest.mark.parametrize("row", table("Value"), ids=" ".join)
def test_points_of_a_result_are_those_of_the_page(row: list[str]) -> None:
    value, target, operator, agreed, percent, points, in_steps = row
    given = {
        "value": Fraction(value),
        "target": number(target),
        "operator": Operator(operator),
        "agreed": [Decimal(part) for part in agreed.split()],
    }
    scored = score_result(SCHEME, **given)  # type: ignore[arg-type]
    assert shown(scored.score) == number(points)
    assert shown(score_result(IN_STEPS, **given).score, 0) == number(in_steps)  # type: ignore[arg-type]
    assert scored.kind is (ScaleKind.AGREED if agreed else ScaleKind.COMMON)
    assert (scored.reason is NoValue.NOT_EVALUATED) == (points == NONE)
    if percent:
        assert scored.measured == Fraction(percent)


@pytest.mark.parametrize("row", table("Weights"), ids=" ".join)
def test_the_mean_is_that_of_the_page(row: list[str]) -> None:
    given_weights, given_points, missing, points, sum_of_weights, mean = row
    rows = [row_of(*pair) for pair in zip(given_weights.split(), given_points.split(), strict=True)]
    found = weighted_mean(rows, Missing(missing))
    assert (found.sum_of_points, found.sum_of_weights) == (Fraction(points), Fraction(sum_of_weights))
    assert shown(found.exact) == number(mean)


@pytest.mark.parametrize("row", table("Part 1"), ids=" ".join)
def test_the_whole_is_that_of_the_page(row: list[str]) -> None:
    part_1, part_2, whole = row
    assert shown(composite(SCHEME, fraction(part_1), fraction(part_2))) == number(whole)


@given(values, targets, operators, st.booleans())
def test_a_score_lies_between_the_lowest_and_the_highest(
    value: Fraction, target: Decimal, operator: Operator, interpolates: bool
) -> None:
    scheme = replace(SCHEME, interpolates=interpolates)
    found = score_result(scheme, value=value, target=target, operator=operator).score
    assert found is not None
    assert LOWEST <= found <= HIGHEST
    assert interpolates or found.denominator == 1


@given(values, values, targets, st.booleans())
def test_a_better_value_never_scores_less(one: Fraction, other: Fraction, target: Decimal, interpolates: bool) -> None:
    scheme = replace(SCHEME, interpolates=interpolates)
    low, high = sorted((one, other))
    for operator in (Operator.AT_LEAST, Operator.AT_MOST):
        first, second = (
            score_result(scheme, value=value, target=target, operator=operator).score or Fraction(0)
            for value in (low, high)
        )
        assert first <= second if operator is Operator.AT_LEAST else first >= second


@given(values, st.lists(st.decimals(-50, 200, places=2), min_size=5, max_size=5, unique=True))
def test_a_falling_scale_is_a_rising_one_turned_over(value: Fraction, chosen: list[Decimal]) -> None:
    rising, falling = sorted(chosen), [-part for part in sorted(chosen)]
    up = score_result(SCHEME, value=value, target=None, operator=Operator.AT_LEAST, agreed=rising)
    down = score_result(SCHEME, value=-value, target=None, operator=Operator.AT_MOST, agreed=falling)
    assert up.score == down.score


@given(values, targets, operators)
def test_steps_never_give_more_than_points_between_them(value: Fraction, target: Decimal, operator: Operator) -> None:
    between = score_result(SCHEME, value=value, target=target, operator=operator).score
    in_steps = score_result(IN_STEPS, value=value, target=target, operator=operator).score
    assert between is not None
    assert in_steps is not None
    assert 0 <= between - in_steps < 1


@given(targets, operators)
def test_a_target_that_is_met_exactly_scores_highest(target: Decimal, operator: Operator) -> None:
    assert percent_of_target(Fraction(target), target, operator) == 100
    assert score_result(SCHEME, value=Fraction(target), target=target, operator=operator).score == HIGHEST


@pytest.mark.parametrize("reason", NoValue)
def test_what_has_no_value_has_no_score_and_keeps_its_reason(reason: NoValue) -> None:
    found = score_result(SCHEME, value=None, target=Decimal(80), operator=Operator.AT_LEAST, reason=reason)
    assert (found.score, found.reason) == (None, reason)


@given(st.lists(weighed(), max_size=8), st.sampled_from(Missing))
def test_a_mean_lies_between_the_scores_that_count(rows: list[Weighed], missing: Missing) -> None:
    found = weighted_mean(rows, missing)
    assert (found.exact is None) == (found.reason is not None)
    if found.exact is not None:
        counted = [
            Fraction(LOWEST) if treatment is Treatment.AS_LOWEST else row.score or Fraction(0)
            for row, treatment in zip(rows, found.treatments, strict=True)
            if treatment in (Treatment.COUNTED, Treatment.AS_LOWEST)
        ]
        assert min(counted) <= found.exact <= max(counted)
        assert found.exact * found.sum_of_weights == sum(point for point in found.points if point is not None)


@given(st.lists(weighed(), max_size=8), st.sampled_from(Missing), st.integers(2, 9))
def test_weights_are_relative(rows: list[Weighed], missing: Missing, times: int) -> None:
    heavier = [replace(row, weight=None if row.weight is None else row.weight * times) for row in rows]
    assert weighted_mean(rows, missing).exact == weighted_mean(heavier, missing).exact


@given(st.lists(weighed(), max_size=8))
def test_what_does_not_apply_moves_nothing(rows: list[Weighed]) -> None:
    more = [*rows, Weighed(Decimal(10), None, NoValue.CANCELLED), Weighed(Decimal(5), None, NoValue.NOT_APPLICABLE)]
    for missing in Missing:
        assert weighted_mean(rows, missing).exact == weighted_mean(more, missing).exact


@given(st.lists(weighed(), min_size=1, max_size=8))
def test_a_missing_result_never_helps(rows: list[Weighed]) -> None:
    blocked, lowest = weighted_mean(rows, Missing.BLOCKS), weighted_mean(rows, Missing.LOWEST)
    left_out = weighted_mean(rows, Missing.LEFT_OUT)
    if left_out.exact is not None and lowest.exact is not None:
        assert lowest.exact <= left_out.exact
    assert blocked.exact in (None, left_out.exact)


@given(scores, scores)
def test_the_whole_lies_between_its_parts(part_1: Fraction | None, part_2: Fraction | None) -> None:
    found = composite(SCHEME, part_1, part_2)
    if part_1 is None or part_2 is None:
        assert found is None
    else:
        assert found is not None
        assert min(part_1, part_2) <= found <= max(part_1, part_2)


def test_the_score_of_the_reporting_is_put_on_the_common_scale() -> None:
    assert [on_common_scale(SCHEME, Fraction(percent)) for percent in (0, 60, 75, 100)] == [1, 1, Fraction(5, 2), 5]


def test_the_scheme_is_plain_data() -> None:
    assert parse_scheme(json.loads(json.dumps(dict(DEFAULT)))) == SCHEME
    assert "not known" in SCHEME.remark_en


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (["scale"], ["60", "70", "80", "90"]),
        (["scale"], ["60", "70", "80", "80", "100"]),
        (["scale"], ["60", "70", "80", "90", "NaN"]),
        (["weights"], ["20"]),
        (["weights"], ["0", "0"]),
        (["weights"], ["-20", "120"]),
        (["weights"], ["20", "80", "0"]),
        (["missing"], "ignored"),
        (["components"], []),
        (["components", 0, "code"], "reporting"),
        (["components", 0, "weight"], "0"),
        (["components", 0, "weight"], "much"),
        (["components", 0, "source"], "elsewhere"),
        (["number"], None),
    ],
)
def test_what_is_no_scheme_is_refused(path: list[Any], wrong: object) -> None:
    data = deepcopy(dict(DEFAULT))
    place: Any = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    with pytest.raises(UserError):
        parse_scheme(data)
