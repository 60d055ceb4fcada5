from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Action, Actor, Held, Refused, Role
from lakthan.rules.workflow import (
    NOT_BY_THE_SAME_PERSON,
    TRANSITIONS,
    State,
    Step,
    Taken,
    possible_steps,
    require_step,
)

UNIT, OTHER, REVIEWING = "unit", "other", "reviewing"

REPORTER = Actor("user:reporter", (Held(Role.REPORTER, UNIT),))
HEAD = Actor("user:head", (Held(Role.UNIT_HEAD, UNIT),))
REVIEWER = Actor("user:reviewer", (Held(Role.REVIEWER, REVIEWING),))
CERTIFIER = Actor("user:certifier", (Held(Role.CERTIFIER, REVIEWING),))
TAKERS = {
    Step.WRITE: REPORTER,
    Step.ENDORSE: HEAD,
    Step.SUBMIT: HEAD,
    Step.RETURN: REVIEWER,
    Step.ACCEPT: REVIEWER,
    Step.CERTIFY: CERTIFIER,
    Step.CORRECT: REPORTER,
    Step.SUPERSEDE: CERTIFIER,
}
LIFE = [
    (State.OPEN, Step.WRITE, State.DRAFT),
    (State.DRAFT, Step.ENDORSE, State.ENDORSED),
    (State.ENDORSED, Step.SUBMIT, State.SUBMITTED),
    (State.SUBMITTED, Step.RETURN, State.RETURNED),
    (State.RETURNED, Step.WRITE, State.DRAFT),
    (State.SUBMITTED, Step.ACCEPT, State.ACCEPTED),
    (State.ACCEPTED, Step.CERTIFY, State.CERTIFIED),
    (State.CERTIFIED, Step.SUPERSEDE, State.CORRECTED),
]


def outcome(actor: Actor, step: Step, state: State, taken: tuple[Taken, ...] = (), unit: str = UNIT) -> type | None:
    try:
        require_step(actor, step, unit=unit, state=state, taken=taken)
    except UserError as error:
        return type(error)
    return None


@pytest.mark.parametrize(("state", "step", "target"), LIFE)
def test_a_report_lives_as_the_design_says(state: State, step: Step, target: State) -> None:
    assert outcome(TAKERS[step], step, state) is None
    assert TRANSITIONS[step].target is target


@pytest.mark.parametrize(("step", "state"), [*product(Step, State)])
def test_a_step_from_any_other_state_is_a_conflict(step: Step, state: State) -> None:
    expected = None if state in TRANSITIONS[step].sources else Conflict
    assert outcome(TAKERS[step], step, state) is expected


@pytest.mark.parametrize("step", Step)
def test_outsiders_are_told_that_there_is_no_such_report(step: Step) -> None:
    outsider = Actor("user:x", (Held(Role.REPORTER, OTHER), Held(Role.SYSTEM_ADMINISTRATOR)))
    for state in State:
        assert outcome(outsider, step, state) is NotFound


@pytest.mark.parametrize(("step", "taker"), [*product(Step, dict.fromkeys(TAKERS.values()))])
def test_the_wrong_role_is_refused_whatever_the_state(step: Step, taker: Actor) -> None:
    if TRANSITIONS[step].action is not TRANSITIONS[_first_step_of(taker)].action and taker != TAKERS[step]:
        assert outcome(taker, step, State.DRAFT) is Refused


def _first_step_of(taker: Actor) -> Step:
    return next(step for step, actor in TAKERS.items() if actor == taker)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(earlier, later) for later, steps in NOT_BY_THE_SAME_PERSON.items() for earlier in sorted(steps)],
)
def test_the_same_person_does_not_judge_own_work_in_whatever_office(earlier: Step, later: Step) -> None:
    state = next(iter(TRANSITIONS[later].sources))
    taker = TAKERS[later]
    assert outcome(taker, later, state, (Taken(earlier, taker.id, "elsewhere"),)) is Refused
    assert outcome(taker, later, state, (Taken(earlier, "user:somebody", "elsewhere"),)) is None


@pytest.mark.parametrize("step", [Step.RETURN, Step.ACCEPT])
def test_a_report_is_not_reviewed_from_the_division_that_made_it(step: Step) -> None:
    taken = (Taken(Step.WRITE, "user:somebody", REVIEWING),)
    assert outcome(REVIEWER, step, State.SUBMITTED, taken) is Refused
    elsewhere = Actor(REVIEWER.id, (Held(Role.REVIEWER, OTHER),))
    assert outcome(elsewhere, step, State.SUBMITTED, taken) is None


def test_only_what_goes_back_or_begins_anew_needs_a_reason() -> None:
    assert {step for step, transition in TRANSITIONS.items() if transition.needs_reason} == {Step.RETURN, Step.CORRECT}


roles = st.lists(st.builds(Held, st.sampled_from(Role), st.sampled_from([UNIT, OTHER, REVIEWING])), max_size=3)
actors = st.builds(Actor, st.sampled_from(["user:1", "user:2"]), roles.map(tuple))
histories = st.lists(
    st.builds(Taken, st.sampled_from(Step), st.sampled_from(["user:1", "user:2"]), st.sampled_from([UNIT, REVIEWING])),
    max_size=4,
).map(tuple)


@given(actors, st.sampled_from(State), histories)
def test_what_is_offered_is_what_is_allowed(actor: Actor, state: State, taken: tuple[Taken, ...]) -> None:
    allowed = {step for step in Step if outcome(actor, step, state, taken) is None}
    assert set(possible_steps(actor, unit=UNIT, state=state, taken=taken)) == allowed


def test_no_role_alone_brings_a_report_from_draft_to_certified() -> None:
    for role in Role:
        alone = Actor("user:1", (Held(role, UNIT),))
        assert not all(
            outcome(alone, step, next(iter(TRANSITIONS[step].sources))) is None
            for step in (Step.WRITE, Step.ENDORSE, Step.ACCEPT, Step.CERTIFY)
        )


@pytest.mark.parametrize("action", [Action.WRITE_REPORT, Action.REVIEW_REPORT, Action.CERTIFY_REPORT])
def test_every_judging_action_belongs_to_a_step(action: Action) -> None:
    assert action in {transition.action for transition in TRANSITIONS.values()}
