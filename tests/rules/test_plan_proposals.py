"""Plans that communities prepare: the life of one, what must stand in it, and how communities stand to their plans."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import Conflict
from lakthan.rules.permissions import Action, Actor, Held, Role
from lakthan.rules.plan_proposals import (
    PROPOSAL_TRANSITIONS,
    ProposalContent,
    ProposalState,
    ProposalStep,
    missing,
    possible_proposal_steps,
    require_proposal_step,
)
from lakthan.rules.plan_standing import PlanStanding, as_long_again, plan_standing
from lakthan.rules.typed_projects import PLAN_FIELDS

UNIT, TODAY = "unit", date(2020, 6, 1)
MEMBER = Actor("user:member", (Held(Role.COMMUNITY_MEMBER, UNIT),))
OFFICER = Actor("user:officer", (Held(Role.DISTRICT_OFFICER, UNIT),))
DIRECTOR = Actor("user:director", (Held(Role.DISTRICT_DIRECTOR, UNIT),))
BOTH = Actor("user:both", (*MEMBER.held, *OFFICER.held))
DRAFT, SENT, RETURNED, CONFIRMED, DROPPED = ProposalState
LIFE = [
    (DRAFT, ProposalStep.WRITE, DRAFT),
    (DRAFT, ProposalStep.SEND, SENT),
    (DRAFT, ProposalStep.DROP, DROPPED),
    (SENT, ProposalStep.WITHDRAW, DRAFT),
    (SENT, ProposalStep.RETURN, RETURNED),
    (SENT, ProposalStep.CONFIRM, CONFIRMED),
    (RETURNED, ProposalStep.WRITE, RETURNED),
    (RETURNED, ProposalStep.SEND, SENT),
    (RETURNED, ProposalStep.DROP, DROPPED),
]
PROJECT = {"name": "ซ่อมทางเดิน", "field": "physical", "way": "by-district", "estimate": "๑๐,๐๐๐ บาท", "priority": "1"}
WHOLE = ProposalContent(
    fields=dict.fromkeys(PLAN_FIELDS, "-"),
    projects=(PROJECT,),
    adopted_on=date(2020, 3, 2),
    valid_until=date(2021, 12, 31),
    resolution="มติครั้งที่ 2/2563",
)


def may(step: ProposalStep, state: ProposalState) -> bool:
    try:
        require_proposal_step(step, state)
    except Conflict:
        return False
    return True


def test_a_plan_in_preparation_lives_as_the_table_says_and_no_other_way() -> None:
    walked = [
        (state, step, PROPOSAL_TRANSITIONS[step].target or state)
        for state, step in product(ProposalState, ProposalStep)
        if may(step, state)
    ]
    assert sorted(walked) == sorted(LIFE)


def test_every_state_can_be_reached_and_only_two_end_it() -> None:
    reached = {DRAFT} | {target for _, _, target in LIFE}
    assert reached == set(ProposalState)
    assert set(ProposalState) - {source for source, _, _ in LIFE} == {CONFIRMED, DROPPED}


def test_the_community_prepares_and_the_district_judges() -> None:
    def steps(actor: Actor, state: ProposalState, *, speaks: bool) -> set[ProposalStep]:
        return set(possible_proposal_steps(actor, unit=UNIT, state=state, speaks_for_it=speaks))

    writing = {ProposalStep.WRITE, ProposalStep.SEND, ProposalStep.DROP}
    judging = {ProposalStep.RETURN, ProposalStep.CONFIRM}
    assert steps(MEMBER, DRAFT, speaks=True) == writing
    assert steps(MEMBER, SENT, speaks=True) == {ProposalStep.WITHDRAW}
    assert steps(MEMBER, DRAFT, speaks=False) == set()
    assert steps(OFFICER, DRAFT, speaks=False) == writing
    assert steps(OFFICER, SENT, speaks=False) == {ProposalStep.WITHDRAW} | judging
    assert steps(BOTH, SENT, speaks=True) == {ProposalStep.WITHDRAW}
    assert steps(DIRECTOR, SENT, speaks=False) == set()
    assert {PROPOSAL_TRANSITIONS[step].action for step in judging} == {Action.KEEP_PLANS}


def test_a_whole_plan_can_be_sent() -> None:
    assert missing(WHOLE, TODAY, date(2019, 3, 2)) == ()


@pytest.mark.parametrize(
    ("without", "place"),
    [
        ({"fields": WHOLE.fields | {"health": " "}}, "health"),
        ({"projects": ()}, "projects"),
        ({"projects": (PROJECT | {"name": "-"},)}, "project-1-name"),
        ({"projects": (PROJECT | {"way": ""},)}, "project-1-way"),
        ({"projects": (PROJECT | {"field": "else"},)}, "project-1-field"),
        ({"projects": (PROJECT | {"estimate": "หมื่น"},)}, "project-1-estimate"),
        ({"projects": (PROJECT | {"priority": "0"},)}, "project-1-priority"),
        ({"projects": (PROJECT, PROJECT | {"name": "ตลาดนัด"})}, "project-2-priority"),
        ({"adopted_on": None}, "adopted_on"),
        ({"adopted_on": TODAY + timedelta(days=1)}, "adopted_on"),
        ({"adopted_on": date(2019, 3, 2)}, "adopted_on"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": date(2020, 3, 1)}, "valid_until"),
        ({"resolution": " "}, "resolution"),
    ],
)
def test_what_is_missing_is_told_at_its_place_in_both_languages(without: dict[str, object], place: str) -> None:
    found = missing(replace(WHOLE, **without), TODAY, date(2019, 3, 2))  # type: ignore[arg-type]
    assert [finding.place for finding in found] == [place]
    assert all(finding.th and finding.en and finding.th != finding.en for finding in found)


def test_an_empty_plan_is_told_everything_at_once_in_the_order_of_the_form() -> None:
    found = [finding.place for finding in missing(ProposalContent(fields={}), TODAY)]
    assert found == [*PLAN_FIELDS, "projects", "adopted_on", "valid_until", "resolution"]


days = st.dates(date(2018, 1, 1), date(2022, 12, 31))


@given(days, st.integers(0, 900), days)
def test_a_community_stands_to_its_plan_in_one_way(adopted: date, length: int, today: date) -> None:
    until = adopted + timedelta(days=length)
    found = plan_standing(adopted, until, today)
    assert (found is PlanStanding.EXPIRED) == (until < today)
    assert (found is PlanStanding.CURRENT) == (until >= today and adopted.year >= today.year)
    assert found is not PlanStanding.TO_MAKE
    assert plan_standing(None, None, today) is PlanStanding.TO_MAKE


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2019, 12, 31), PlanStanding.CURRENT),
        (date(2020, 1, 1), PlanStanding.TO_REVIEW),
        (date(2020, 10, 1), PlanStanding.TO_REVIEW),
        (date(2020, 12, 31), PlanStanding.TO_REVIEW),
        (date(2021, 1, 1), PlanStanding.EXPIRED),
    ],
)
def test_the_documented_plan_stands_as_the_documentation_says(today: date, standing: PlanStanding) -> None:
    assert plan_standing(date(2019, 12, 15), date(2020, 12, 31), today) is standing


@given(adopted=st.dates(date(2000, 1, 1), date(2040, 1, 1)), years=st.integers(0, 5), later=st.integers(0, 3))
def test_a_review_is_valid_as_many_years_as_the_plan_was(adopted: date, years: int, later: int) -> None:
    until = date(adopted.year + years, 12, 31)
    again = as_long_again(adopted, until, date(adopted.year + later, 6, 1))
    assert (again.year, again.month, again.day) == (until.year + later, 12, 31)


def test_a_plan_to_a_leap_day_is_reviewed_to_the_last_of_february() -> None:
    assert as_long_again(date(2019, 3, 1), date(2020, 2, 29), date(2020, 6, 1)) == date(2021, 2, 28)
