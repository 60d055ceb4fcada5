"""A committee against the regulation, its term, and who may speak for a community."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.rules.committees import DAYS_OF_NOTICE, judgement_is_of, missing_members, term_needs_attention
from lakthan.rules.eligibility import required_members
from lakthan.rules.permissions import Role
from lakthan.rules.seats import APART, last_day_of_seat, refuse_both_sides, require_end

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
DAY = timedelta(days=1)


@given(houses=st.integers(0, 5000), members=st.integers(0, 40))
def test_missing_members_make_the_committee_just_complete(houses: int, members: int) -> None:
    missing = missing_members(houses, members)
    assert missing >= 0
    assert members + missing >= required_members(houses)
    assert not missing or members + missing == required_members(houses)


@pytest.mark.parametrize(
    ("houses", "members", "missing"), [(100, 7, 0), (125, 7, 0), (126, 7, 1), (180, 6, 3), (9999, 9, 6)]
)
def test_worked_examples_of_missing_members(houses: int, members: int, missing: int) -> None:
    assert missing_members(houses, members) == missing


@given(ends_on=DAYS, on=DAYS)
def test_a_term_needs_attention_from_the_first_day_of_notice_on(ends_on: date, on: date) -> None:
    assert term_needs_attention(ends_on, on) == ((ends_on - on).days <= DAYS_OF_NOTICE)


@given(judged_on=DAYS, seated_on=DAYS)
def test_a_judgement_before_a_committee_was_seated_is_of_another(judged_on: date, seated_on: date) -> None:
    assert judgement_is_of(judged_on, seated_on) == (judged_on >= seated_on)


@given(first=DAYS, ends_on=DAYS, asked=st.none() | DAYS)
def test_a_seat_lies_within_the_term(first: date, ends_on: date, asked: date | None) -> None:
    try:
        last = last_day_of_seat(asked, first, ends_on)
    except UserError:
        assert (asked or ends_on) < first or (asked or ends_on) > ends_on
    else:
        assert first <= last <= ends_on
        assert last == (asked or ends_on)


@given(first=DAYS, last=st.none() | DAYS, asked=DAYS)
def test_a_seat_is_only_shortened_and_at_most_to_nothing(first: date, last: date | None, asked: date) -> None:
    try:
        assert require_end(asked, first, last) == asked
    except UserError:
        assert asked < first - DAY or (last is not None and asked > last)
    else:
        assert asked >= first - DAY
        assert last is None or asked <= last


@pytest.mark.parametrize("role", Role)
def test_who_decides_for_the_district_is_refused_and_nobody_else(role: Role) -> None:
    if role in APART:
        with pytest.raises(UserError, match="officer or director"):
            refuse_both_sides([Role.COMMUNITY_MEMBER, role])
    else:
        refuse_both_sides([role])
