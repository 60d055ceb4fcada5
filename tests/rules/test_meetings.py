"""In what state a meeting is, and what may be recorded of who came."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.rules.facts import MEETING_PURPOSES
from lakthan.rules.meetings import LARGEST_CROWD, MeetingState, meeting_state, purposes_of, require_attendance

days = st.dates(date(2019, 1, 1), date(2021, 12, 31))


@given(scheduled_on=days, today=days, waits=st.booleans(), held_on=days)
def test_what_was_held_is_held_whatever_was_planned(
    scheduled_on: date, today: date, waits: bool, held_on: date
) -> None:
    state = meeting_state(scheduled_on=scheduled_on, held_on=held_on, cancelled_on=None, waits=waits, today=today)
    assert state is MeetingState.HELD


@given(scheduled_on=days, today=days)
def test_a_meeting_is_overdue_from_the_day_after_its_day(scheduled_on: date, today: date) -> None:
    state = meeting_state(scheduled_on=scheduled_on, held_on=None, cancelled_on=None, waits=False, today=today)
    assert state is (MeetingState.OVERDUE if today >= scheduled_on + timedelta(days=1) else MeetingState.SCHEDULED)


@given(scheduled_on=days, today=days)
def test_what_is_put_off_without_a_day_is_never_overdue(scheduled_on: date, today: date) -> None:
    state = meeting_state(scheduled_on=scheduled_on, held_on=None, cancelled_on=None, waits=True, today=today)
    assert state is MeetingState.POSTPONED


@pytest.mark.parametrize("kind", ["district", "bureau", "division"])
def test_every_kind_of_unit_meets_for_known_purposes(kind: str) -> None:
    assert set(purposes_of(kind)) <= set(MEETING_PURPOSES)


@given(st.dictionaries(st.text("กขค", min_size=1, max_size=5), st.integers(0, LARGEST_CROWD), max_size=6))
def test_attendance_in_order_is_kept_as_it_is(attendance: dict[str, int]) -> None:
    assert require_attendance({f" {group} ": people for group, people in attendance.items()}) == attendance


@pytest.mark.parametrize(
    "attendance", [{"": 1}, {"ก": -1}, {"ก": LARGEST_CROWD + 1}, {"ก": 1, " ก": 2}, {"ก" * 201: 1}]
)
def test_attendance_that_cannot_be_is_refused(attendance: dict[str, int]) -> None:
    with pytest.raises(UserError):
        require_attendance(attendance)
