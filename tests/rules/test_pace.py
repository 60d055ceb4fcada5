"""The outlook of a year's target: the examples of docs/summary.md, and what always holds."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.figure import NoValue, Operator
from lakthan.rules.decisions import Duty
from lakthan.rules.pace import Ground, Known, Outlook, Projection, project
from tests.house.source import DOCS

values = st.one_of(st.none(), st.fractions(0, 100, max_denominator=200))
targets = st.decimals("0.1", 100, places=1)
operators = st.sampled_from(Operator)


def examples() -> list[list[str]]:
    lines = (DOCS / "summary.md").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| Q1 |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def number(text: str) -> Fraction | None:
    return None if text in ("", "–") else Fraction(text)


def told(
    known: list[Fraction | None], target: str, operator: Operator, own: dict[int, str] | None = None
) -> Projection:
    quarters = [Known(at, value, Decimal((own or {}).get(at, target))) for at, value in enumerate(known, start=1)]
    return project(quarters, of_year=Decimal(target), operator=operator, scale=100)


@pytest.mark.parametrize("row", examples(), ids=" ".join)
def test_the_outlook_is_that_of_the_page(row: list[str]) -> None:
    *quarters, target, operator, expected, ground, outlook = row
    known = [number(text) for text in quarters if text]
    own = {}
    if "/" in target:
        target, _, of_latest = target.partition("/")
        own = {len(known): of_latest}
    found = told(known, target, Operator(operator), own)
    assert (found.outlook, found.ground or "") == (outlook, ground)
    assert found.expected == number(expected)


@given(st.lists(values, min_size=1, max_size=4), targets, operators)
def test_something_is_always_said_and_nothing_is_expected_outside_of_a_percentage(
    known: list[Fraction | None], target: Decimal, operator: Operator
) -> None:
    found = told(known, str(target), operator)
    assert (found.outlook is Outlook.NO_DATA) == (known[-1] is None)
    if found.expected is not None:
        assert 0 <= found.expected <= 100


@given(st.lists(values, min_size=1, max_size=4), targets, targets)
def test_a_lower_target_is_never_harder_to_reach(known: list[Fraction | None], one: Decimal, other: Decimal) -> None:
    order = [Outlook.BEHIND, Outlook.ON_PACE, Outlook.MET, Outlook.NO_DATA]
    low, high = sorted((one, other))
    easy, hard = (told(known, str(target), Operator.AT_LEAST).outlook for target in (low, high))
    assert order.index(easy) >= order.index(hard)


@given(st.lists(values, min_size=4, max_size=4), targets, operators)
def test_at_the_end_of_the_year_nothing_is_supposed(
    known: list[Fraction | None], target: Decimal, operator: Operator
) -> None:
    found = told(known, str(target), operator)
    assert found.outlook is not Outlook.ON_PACE
    assert found.expected == known[-1]


@given(st.integers(1, 4), st.fractions(1, 25, max_denominator=50))
def test_a_steady_pace_is_carried_on(last: int, step: Fraction) -> None:
    known: list[Fraction | None] = [step * at for at in range(1, last + 1)]
    found = told(known, "100", Operator.AT_LEAST)
    assert found.expected == min(step * 4, Fraction(100))


@pytest.mark.parametrize("duty", [Duty.NOT_APPLICABLE, Duty.CANCELLED])
def test_what_is_not_measured_is_not_judged(duty: Duty) -> None:
    found = project([], of_year=Decimal(80), operator=Operator.AT_LEAST, scale=100, duty=duty)
    assert found == Projection(Outlook(duty.value))


def test_what_is_slowed_is_not_behind_but_may_have_met_its_target() -> None:
    for value, outlook in ((Fraction(10), Outlook.SLOWED), (Fraction(90), Outlook.MET)):
        known = [Known(4, value, Decimal(80))]
        found = project(known, of_year=Decimal(80), operator=Operator.AT_LEAST, scale=100, duty=Duty.SLOWED)
        assert found.outlook is outlook


@pytest.mark.parametrize(("target", "reason"), [(None, None), (Decimal(80), NoValue.EMPTY_POPULATION)])
def test_without_a_target_or_a_value_nothing_is_told(target: Decimal | None, reason: NoValue | None) -> None:
    known = [Known(2, Fraction(50), target)]
    found = project(known, of_year=target, operator=Operator.AT_LEAST, scale=100, reason=reason)
    assert (found.outlook, found.expected) == (Outlook.NO_DATA, None)


def test_amounts_of_money_have_no_end_at_100() -> None:
    known = [Known(at, Fraction(1000 * at), Decimal(5000)) for at in (1, 2)]
    found = project(known, of_year=Decimal(5000), operator=Operator.AT_LEAST, scale=1)
    assert (found.expected, found.outlook, found.ground) == (4000, Outlook.BEHIND, Ground.PACE)
