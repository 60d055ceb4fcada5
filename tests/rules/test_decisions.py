"""What decisions do: which one holds on a day, and which may follow which."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import Conflict, UserError
from lakthan.rules.decisions import (
    CHANGES,
    DUTY_NAMES,
    KIND_NAMES,
    Decided,
    DecisionKind,
    Duty,
    decision_refusal,
    duty_on,
    target_on,
)

FIRST, MIDDLE, LAST = date(2019, 10, 1), date(2020, 4, 1), date(2020, 9, 30)
DAYS = st.dates(FIRST, LAST)


def decided(kind: DecisionKind, on: date = MIDDLE, target: str | None = None, quarter: int | None = None) -> Decided:
    return Decided(kind, on, quarter, None if target is None else Decimal(target))


@st.composite
def wished(draw: st.DrawFn) -> Decided:
    kind = draw(st.sampled_from(DecisionKind))
    target = kind is DecisionKind.TARGET_CHANGED
    return Decided(
        kind,
        draw(DAYS),
        draw(st.sampled_from([None, 1, 2, 3, 4])) if target else None,
        draw(st.decimals(0, 100, places=2)) if target else None,
    )


@st.composite
def taken(draw: st.DrawFn) -> list[Decided]:
    """Decisions that were taken one after the other, those that could not be left out."""
    found: list[Decided] = []
    for wish in draw(st.lists(wished(), max_size=12)):
        if decision_refusal(found, wish) is None:
            found.append(wish)
    return found


def test_every_kind_and_duty_has_its_row() -> None:
    assert set(CHANGES) == set(KIND_NAMES) == set(DecisionKind)
    assert set(DUTY_NAMES) == set(Duty)


@pytest.mark.parametrize("kind", DecisionKind)
@pytest.mark.parametrize("before", Duty)
def test_what_may_be_decided_is_what_the_table_says(kind: DecisionKind, before: Duty) -> None:
    led = {CHANGES[each].target: each for each in DecisionKind}
    earlier = [] if before is Duty.FULL else [decided(led[before])]
    new = decided(kind, target="70" if kind is DecisionKind.TARGET_CHANGED else None)
    refused = decision_refusal(earlier, new)
    assert (refused is None) == (before in CHANGES[kind].sources)
    assert refused is None or isinstance(refused, Conflict)


def test_a_decision_holds_from_its_day_on() -> None:
    held = [decided(DecisionKind.CANCELLED)]
    assert duty_on(held, MIDDLE - timedelta(1)) is Duty.FULL
    assert duty_on(held, MIDDLE) is Duty.CANCELLED


def test_what_was_cancelled_by_mistake_resumes_on_the_same_day() -> None:
    held = [decided(DecisionKind.CANCELLED), decided(DecisionKind.RESUMED)]
    assert duty_on(held, LAST) is Duty.FULL


@given(taken(), DAYS)
def test_the_last_one_in_effect_holds_however_many_follow_later(rows: list[Decided], on: date) -> None:
    in_effect = [row for row in rows if row.effective_on <= on]
    assert duty_on(rows, on) is duty_on(in_effect, on)


@given(taken())
def test_decisions_of_one_matter_stand_in_the_order_of_their_days(rows: list[Decided]) -> None:
    duties = [row.effective_on for row in rows if CHANGES[row.kind].target]
    assert duties == sorted(duties)
    for quarter in (None, 1, 2, 3, 4):
        days = [row.effective_on for row in rows if row.kind is DecisionKind.TARGET_CHANGED and row.quarter == quarter]
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("rows", "of_quarter", "expected"),
    [
        ([], None, "80"),
        ([], "75", "75"),
        ([decided(DecisionKind.TARGET_CHANGED, target="60")], None, "60"),
        ([decided(DecisionKind.TARGET_CHANGED, target="60")], "75", "75"),
        ([decided(DecisionKind.TARGET_CHANGED, target="70", quarter=3)], "75", "70"),
        ([decided(DecisionKind.TARGET_CHANGED, target="70", quarter=2)], None, "80"),
        (
            [decided(DecisionKind.TARGET_CHANGED, target="60"), decided(DecisionKind.TARGET_CHANGED, target="65")],
            None,
            "65",
        ),
        ([decided(DecisionKind.TARGET_CHANGED, LAST, target="60")], None, "80"),
        ([decided(DecisionKind.TARGET_CHANGED, target="0")], None, "0"),
    ],
)
def test_the_target_of_a_quarter(rows: list[Decided], of_quarter: str | None, expected: str) -> None:
    agreed = None if of_quarter is None else Decimal(of_quarter)
    found = target_on(rows, 3, date(2020, 6, 30), of_year=Decimal(80), of_quarter=agreed)
    assert found.value == Decimal(expected)
    assert (found.decision is None) == (found.value in (Decimal(80), agreed))


@pytest.mark.parametrize(
    "new",
    [
        decided(DecisionKind.TARGET_CHANGED),
        decided(DecisionKind.CANCELLED, target="70"),
        decided(DecisionKind.CANCELLED, quarter=2),
    ],
)
def test_a_target_belongs_to_a_change_of_target(new: Decided) -> None:
    assert isinstance(decision_refusal([], new), UserError)


def test_a_decision_is_not_slipped_in_before_an_earlier_one() -> None:
    earlier = [decided(DecisionKind.SLOWED)]
    refused = decision_refusal(earlier, decided(DecisionKind.CANCELLED, FIRST))
    assert refused is not None
    assert "1 เมษายน 2563" in refused.th
    assert decision_refusal(earlier, decided(DecisionKind.TARGET_CHANGED, FIRST, target="70")) is None
