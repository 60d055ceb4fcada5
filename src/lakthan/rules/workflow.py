"""The life of a report: one table of steps between states, and who may not take a step after which other.

`open -> draft -> endorsed -> submitted -> returned -> draft ...; submitted -> accepted -> certified`, then only
`corrected`: a new report begins as a draft and, once certified, stands in place of the old one, which stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.errors import Conflict, NotFound
from lakthan.rules.permissions import Action, Actor, Held, Refused, permitting, refusal, require


class State(StrEnum):
    """Where a report stands. Open: its period is open and nothing is written."""

    OPEN = "open"
    DRAFT = "draft"
    ENDORSED = "endorsed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CERTIFIED = "certified"
    CORRECTED = "corrected"


class Step(StrEnum):
    """What is done to a report."""

    WRITE = "write"
    ENDORSE = "endorse"
    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    CERTIFY = "certify"
    CORRECT = "correct"
    """A correction begins; the certified report stays as it is."""
    SUPERSEDE = "supersede"
    """The correction is certified: it stands in place of this report."""


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step leads to which, the action that it is, and whether a reason must be given."""

    sources: frozenset[State]
    target: State
    action: Action
    needs_reason: bool = False


TRANSITIONS: Mapping[Step, Transition] = MappingProxyType(
    {
        Step.WRITE: Transition(frozenset({State.OPEN, State.DRAFT, State.RETURNED}), State.DRAFT, Action.WRITE_REPORT),
        Step.ENDORSE: Transition(frozenset({State.DRAFT}), State.ENDORSED, Action.ENDORSE_REPORT),
        Step.SUBMIT: Transition(frozenset({State.ENDORSED}), State.SUBMITTED, Action.SUBMIT_REPORT),
        Step.RETURN: Transition(frozenset({State.SUBMITTED}), State.RETURNED, Action.REVIEW_REPORT, needs_reason=True),
        Step.ACCEPT: Transition(frozenset({State.SUBMITTED}), State.ACCEPTED, Action.REVIEW_REPORT),
        Step.CERTIFY: Transition(frozenset({State.ACCEPTED}), State.CERTIFIED, Action.CERTIFY_REPORT),
        Step.CORRECT: Transition(
            frozenset({State.CERTIFIED}), State.CERTIFIED, Action.CORRECT_REPORT, needs_reason=True
        ),
        Step.SUPERSEDE: Transition(frozenset({State.CERTIFIED}), State.CORRECTED, Action.CERTIFY_REPORT),
    }
)

_OF_THE_UNIT = frozenset({Step.WRITE, Step.ENDORSE, Step.SUBMIT})
_OF_THE_REVIEW = frozenset({Step.RETURN, Step.ACCEPT})

NOT_BY_THE_SAME_PERSON: Mapping[Step, frozenset[Step]] = MappingProxyType(
    {
        Step.ENDORSE: frozenset({Step.WRITE}),
        Step.SUBMIT: frozenset({Step.WRITE}),
        Step.RETURN: _OF_THE_UNIT,
        Step.ACCEPT: _OF_THE_UNIT,
        Step.CERTIFY: _OF_THE_UNIT | _OF_THE_REVIEW,
        Step.SUPERSEDE: _OF_THE_UNIT | _OF_THE_REVIEW,
    }
)
"""Whoever took one of these steps of a report may not take the step, in whatever office they act."""

NOT_FROM_THE_SAME_UNIT: Mapping[Step, frozenset[Step]] = MappingProxyType(
    {Step.RETURN: _OF_THE_UNIT, Step.ACCEPT: _OF_THE_UNIT}
)
"""A report of the strategy bureau's own is reviewed from another division than the one that made it."""

STATE_NAMES: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.OPEN: ("เปิดรับรายงาน", "open"),
        State.DRAFT: ("ฉบับร่าง", "a draft"),
        State.ENDORSED: ("หัวหน้าหน่วยงานเห็นชอบ", "endorsed"),
        State.SUBMITTED: ("ส่งแล้ว รอตรวจ", "submitted"),
        State.RETURNED: ("ส่งกลับแก้ไข", "returned"),
        State.ACCEPTED: ("ผ่านการตรวจ", "accepted"),
        State.CERTIFIED: ("รับรองแล้ว", "certified"),
        State.CORRECTED: ("มีฉบับแก้ไขแทน", "corrected"),
    }
)
STEP_NAMES: Mapping[Step, tuple[str, str]] = MappingProxyType(
    {
        Step.WRITE: ("แก้ไข", "written"),
        Step.ENDORSE: ("เห็นชอบ", "endorsed"),
        Step.SUBMIT: ("ส่ง", "submitted"),
        Step.RETURN: ("ส่งกลับ", "returned"),
        Step.ACCEPT: ("ตรวจผ่าน", "accepted"),
        Step.CERTIFY: ("รับรอง", "certified"),
        Step.CORRECT: ("ทำฉบับแก้ไข", "corrected"),
        Step.SUPERSEDE: ("แทนด้วยฉบับแก้ไข", "superseded"),
    }
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken: by which person (the actor's id), in the role of which unit."""

    step: Step
    person: str
    unit: str


def require_step(actor: Actor, step: Step, *, unit: str, state: State, taken: Iterable[Taken]) -> Held:
    """The role in which the actor takes a step with a report of `unit` that is in `state`.

    Raises:
        NotFound: the actor may not read reports of the unit, and is told nothing of them.
        Refused: the role does not allow the step, or duties are separate.
        Conflict: the report is in another state.
    """
    if refusal(actor, Action.READ_REPORT, unit) is not None:
        raise not_for_outsiders()
    transition = TRANSITIONS[step]
    require(actor, transition.action, unit)
    held = permitting(actor, transition.action, unit) or Held(actor.held[0].role)
    if (refused := separation_refusal(actor, held, step, taken)) is not None:
        raise refused
    if state not in transition.sources:
        raise _wrong_state(step, state)
    return held


def possible_steps(actor: Actor, *, unit: str, state: State, taken: Iterable[Taken]) -> tuple[Step, ...]:
    """The steps that the actor may take with the report now, in the order of the table."""
    history = tuple(taken)
    return tuple(
        step
        for step, transition in TRANSITIONS.items()
        if state in transition.sources
        and (held := permitting(actor, transition.action, unit)) is not None
        and separation_refusal(actor, held, step, history) is None
    )


def separation_refusal(actor: Actor, held: Held, step: Step, taken: Iterable[Taken]) -> Refused | None:
    """Why duties that are separate keep the actor from a step; None where they do not."""
    by_person, by_unit = NOT_BY_THE_SAME_PERSON.get(step, frozenset()), NOT_FROM_THE_SAME_UNIT.get(step, frozenset())
    for earlier in taken:
        if earlier.person == actor.id and earlier.step in by_person:
            return Refused(
                f"ท่าน{STEP_NAMES[earlier.step][0]}รายงานนี้แล้ว จึง{STEP_NAMES[step][0]}เองไม่ได้ ให้ผู้อื่นดำเนินการ",
                f"It was {STEP_NAMES[earlier.step][1]} by you, so it has to be {STEP_NAMES[step][1]} by somebody else.",
            )
        if held.unit and earlier.unit == held.unit and earlier.step in by_unit:
            return Refused(
                "รายงานนี้จัดทำในส่วนราชการของท่านเอง ให้ส่วนราชการอื่นเป็นผู้ตรวจ",
                "This report was made in your own division; another division has to review it.",
            )
    return None


def not_for_outsiders() -> NotFound:
    """What someone is told who may not know whether the report exists."""
    return NotFound("ไม่พบรายงานนี้", "There is no such report.")


def _wrong_state(step: Step, state: State) -> Conflict:
    return Conflict(
        f"รายงานนี้{STATE_NAMES[state][0]}อยู่ จึง{STEP_NAMES[step][0]}ไม่ได้ โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
        f"The report is {STATE_NAMES[state][1]}, so it cannot be {STEP_NAMES[step][1]}; load the page again to see it "
        "as it is now.",
    )
