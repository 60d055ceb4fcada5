"""When a community counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.rules.eligibility import (
    Basis,
    CommitteeJudgement,
    CommunityHistory,
    Ineligibility,
    Status,
    StatusChange,
    belongs,
    committee_on,
    ineligible,
    required_members,
    status_on,
)
from tests.rules.strategies import days, histories

MAY = date(2020, 5, 1)
JUNE = date(2020, 6, 1)
DAY = timedelta(days=1)

REGISTERED = StatusChange(MAY, Status.REGISTERED)
ABLE = CommitteeJudgement(MAY, able=True)


def test_a_committee_has_seven_members_at_least_and_fifteen_at_most() -> None:
    needed = [required_members(houses) for houses in range(1001)]
    assert set(needed) == set(range(7, 16))
    assert needed == sorted(needed)


@pytest.mark.parametrize("more", range(1, 8))
def test_each_further_fifty_houses_need_one_member_more_from_the_twenty_sixth_on(more: int) -> None:
    houses = 100 + 50 * more
    assert required_members(houses - 25) == 6 + more
    assert required_members(houses - 24) == 7 + more
    assert required_members(houses + 25) == 7 + more


def test_a_number_of_houses_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        required_members(-1)


def test_a_status_holds_from_its_first_day_on() -> None:
    history = CommunityHistory((REGISTERED, StatusChange(JUNE, Status.BEING_DISSOLVED)))
    assert status_on(history, MAY - DAY) is None
    assert status_on(history, MAY) is Status.REGISTERED
    assert status_on(history, JUNE - DAY) is Status.REGISTERED
    assert status_on(history, JUNE) is Status.BEING_DISSOLVED


def test_a_judgement_holds_from_its_first_day_on() -> None:
    history = CommunityHistory(judgements=(CommitteeJudgement(JUNE, able=False), ABLE))
    assert committee_on(history, MAY - DAY) is None
    assert committee_on(history, JUNE - DAY) is True
    assert committee_on(history, JUNE) is False


def test_of_two_entries_of_one_day_the_stricter_stands() -> None:
    entries = CommunityHistory(
        (StatusChange(MAY, Status.DISSOLVED), StatusChange(MAY, Status.BEING_DISSOLVED), REGISTERED),
        (CommitteeJudgement(MAY, able=False), ABLE),
    )
    assert status_on(entries, MAY) is Status.DISSOLVED
    assert committee_on(entries, MAY) is False


@pytest.mark.parametrize(
    ("history", "reasons"),
    [
        (CommunityHistory((REGISTERED,), (ABLE,)), ()),
        (CommunityHistory((), (ABLE,)), (Ineligibility.NOT_REGISTERED,)),
        (CommunityHistory((REGISTERED,)), (Ineligibility.COMMITTEE_NOT_JUDGED,)),
        (
            CommunityHistory((REGISTERED,), (ABLE, CommitteeJudgement(JUNE, able=False))),
            (Ineligibility.COMMITTEE_UNABLE,),
        ),
        (
            CommunityHistory((StatusChange(MAY, Status.BEING_DISSOLVED),), (ABLE,)),
            (Ineligibility.BEING_DISSOLVED,),
        ),
        (
            CommunityHistory((StatusChange(MAY, Status.BEING_DISSOLVED),)),
            (Ineligibility.BEING_DISSOLVED, Ineligibility.COMMITTEE_NOT_JUDGED),
        ),
        (CommunityHistory((StatusChange(MAY, Status.DISSOLVED),)), (Ineligibility.DISSOLVED,)),
    ],
)
def test_every_reason_why_a_community_is_not_eligible_is_told(
    history: CommunityHistory, reasons: tuple[Ineligibility, ...]
) -> None:
    assert ineligible(history, JUNE) == reasons
    assert belongs(history, Basis.ELIGIBLE, JUNE) == (not reasons)


def test_a_community_being_dissolved_is_still_in_the_register() -> None:
    history = CommunityHistory((REGISTERED, StatusChange(JUNE, Status.BEING_DISSOLVED)), (ABLE,))
    assert belongs(history, Basis.REGISTERED, JUNE)
    assert not belongs(history, Basis.ELIGIBLE, JUNE)


def test_a_dissolved_community_is_in_no_population() -> None:
    history = CommunityHistory((REGISTERED, StatusChange(JUNE, Status.DISSOLVED)), (ABLE,))
    assert not belongs(history, Basis.REGISTERED, JUNE)
    assert not belongs(history, Basis.ELIGIBLE, JUNE)


@given(histories(), days())
def test_an_eligible_community_is_always_a_registered_one(history: CommunityHistory, on: date) -> None:
    assert belongs(history, Basis.REGISTERED, on) or not belongs(history, Basis.ELIGIBLE, on)


@given(histories(), days(), st.randoms(use_true_random=False))
def test_the_order_of_a_history_does_not_matter(history: CommunityHistory, on: date, random: "st.Random") -> None:
    statuses, judgements = list(history.statuses), list(history.judgements)
    random.shuffle(statuses)
    random.shuffle(judgements)
    assert ineligible(CommunityHistory(tuple(statuses), tuple(judgements)), on) == ineligible(history, on)
