"""On which day somebody is reminded."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lakthan.rules.reminders import due_occasion, reminder_day

DUE = date(2020, 4, 10)
OFFSETS = st.lists(st.integers(-30, 30))


@given(OFFSETS, st.integers(-40, 60))
def test_the_newest_day_that_has_come_is_told_and_none_to_come(days: list[int], passed: int) -> None:
    told = reminder_day(days, DUE, DUE + timedelta(days=passed))
    come = [day for day in days if day <= passed]
    assert told == (max(come) if come else None)


@given(OFFSETS)
def test_each_day_is_told_once_when_a_run_is_made_every_day(days: list[int]) -> None:
    told = [reminder_day(days, DUE, DUE + timedelta(days=passed)) for passed in range(-40, 61)]
    assert [day for day, before in zip(told[1:], told, strict=False) if day != before] == sorted(set(days))


def test_missed_runs_are_made_up_for_by_one() -> None:
    assert reminder_day((-7, -1, 1, 7), DUE, DUE) == -1
    assert due_occasion(2563, 2, DUE, -1) == "due:2563:2:2020-04-10:-1"
