"""When a report may be begun and sent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.deadlines import (
    FARTHEST_REMINDER,
    Term,
    closed_refusal,
    days_late,
    not_open_refusal,
    require_dates,
    require_reminder_days,
)

DAYS = st.dates(date(2019, 10, 1), date(2020, 12, 31))
SECOND = FiscalYear(2563).quarter(2)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Dates of a period in their order, perhaps closed, perhaps with an extension."""
    opens_on, cut_off_on = draw(DAYS), draw(DAYS)
    deadline_on = max(opens_on, cut_off_on) + timedelta(days=draw(st.integers(0, 40)))
    later = st.none() | st.integers(1, 60).map(lambda days: deadline_on + timedelta(days=days))
    return Term(opens_on, cut_off_on, deadline_on, closed_on=draw(later), extended_to=draw(later))


@given(terms(), DAYS)
def test_what_may_be_begun_once_may_be_begun_later(term: Term, day: date) -> None:
    if not_open_refusal(term, day) is None:
        assert not_open_refusal(term, day + timedelta(days=1)) is None
    assert (not_open_refusal(term, day) is None) == (day >= term.opens_on)


@given(terms(), DAYS)
def test_nobody_is_kept_from_sending_in_time(term: Term, day: date) -> None:
    if day <= term.due_on:
        assert closed_refusal(term, day) is None
        assert days_late(term.due_on, day) == 0


@given(terms())
def test_an_extension_never_takes_time_away(term: Term) -> None:
    assert term.due_on >= term.deadline_on


@given(terms(), DAYS)
def test_after_the_closing_only_an_extension_lets_send(term: Term, day: date) -> None:
    refused = closed_refusal(term, day) is not None
    closed = term.closed_on is not None and term.closed_on <= day
    runs = term.extended_to is not None and day <= term.extended_to
    assert refused == (closed and not runs)


def test_nothing_is_begun_without_a_period() -> None:
    refused = not_open_refusal(None, date(2020, 3, 1))
    assert refused is not None
    assert "not opened yet" in refused.en
    assert "ยังไม่ได้เปิดงวด" in refused.th
    assert closed_refusal(None, date(2020, 3, 1)) is None


@given(DAYS, DAYS, DAYS)
def test_dates_are_refused_exactly_where_they_cannot_be_those_of_the_quarter(
    opens_on: date, cut_off_on: date, deadline_on: date
) -> None:
    possible = SECOND.first_day <= cut_off_on <= SECOND.last_day and deadline_on >= max(opens_on, cut_off_on)
    if possible:
        require_dates(SECOND, opens_on, cut_off_on, deadline_on)
    else:
        with pytest.raises(UserError, match=r"cut-off|opening"):
            require_dates(SECOND, opens_on, cut_off_on, deadline_on)


@given(st.lists(st.integers(-FARTHEST_REMINDER, FARTHEST_REMINDER)))
def test_days_of_reminders_are_kept_in_order_and_once(days: list[int]) -> None:
    assert require_reminder_days(days) == sorted(set(days))


def test_a_reminder_far_from_the_deadline_is_refused() -> None:
    with pytest.raises(UserError, match="farther"):
        require_reminder_days([-365])
