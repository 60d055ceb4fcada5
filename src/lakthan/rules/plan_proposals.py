"""The life of a plan that a community prepares: one table of steps, and what must stand in it to be sent.

`draft -> sent -> confirmed`; the district sends back with a reason (`returned`), and it is mended and sent again. Who
prepares it may take it back until it is confirmed, or drop it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.rules.typed_projects import PLAN_FIELDS, Finding, ReadProject, Typed, read_projects


class ProposalState(StrEnum):
    """Where a plan in preparation stands."""

    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class ProposalStep(StrEnum):
    """What is done to a plan in preparation."""

    WRITE = "write"
    SEND = "send"
    WITHDRAW = "withdraw"
    RETURN = "return"
    CONFIRM = "confirm"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class ProposalTransition:
    """From which states a step leads to which (None: it stays), the action, and whether it wants a reason."""

    sources: frozenset[ProposalState]
    target: ProposalState | None
    action: Action
    needs_reason: bool = False


_BEING_WRITTEN = frozenset({ProposalState.DRAFT, ProposalState.RETURNED})
_SENT = frozenset({ProposalState.SENT})

PROPOSAL_TRANSITIONS: Mapping[ProposalStep, ProposalTransition] = MappingProxyType(
    {
        ProposalStep.WRITE: ProposalTransition(_BEING_WRITTEN, None, Action.PREPARE_PLAN),
        ProposalStep.SEND: ProposalTransition(_BEING_WRITTEN, ProposalState.SENT, Action.PREPARE_PLAN),
        ProposalStep.WITHDRAW: ProposalTransition(_SENT, ProposalState.DRAFT, Action.PREPARE_PLAN),
        ProposalStep.RETURN: ProposalTransition(_SENT, ProposalState.RETURNED, Action.KEEP_PLANS, needs_reason=True),
        ProposalStep.CONFIRM: ProposalTransition(_SENT, ProposalState.CONFIRMED, Action.KEEP_PLANS),
        ProposalStep.DROP: ProposalTransition(_BEING_WRITTEN, ProposalState.DROPPED, Action.PREPARE_PLAN),
    }
)

PROPOSAL_STATE_NAMES: Mapping[ProposalState, tuple[str, str]] = MappingProxyType(
    {
        ProposalState.DRAFT: ("เป็นฉบับร่าง", "a draft"),
        ProposalState.SENT: ("ส่งให้สำนักงานเขตแล้ว", "sent to the district office"),
        ProposalState.RETURNED: ("ถูกส่งกลับแก้ไข", "returned"),
        ProposalState.CONFIRMED: ("สำนักงานเขตยืนยันแล้ว", "confirmed by the district office"),
        ProposalState.DROPPED: ("ยกเลิกแล้ว", "dropped"),
    }
)


@dataclass(frozen=True, slots=True)
class ProposalContent:
    """What stands in a plan that is prepared. `fields` by code of the field, `projects` as they are typed, in order."""

    fields: Mapping[str, str]
    projects: tuple[Typed, ...] = ()
    adopted_on: date | None = None
    valid_until: date | None = None
    resolution: str = ""


def require_proposal_step(step: ProposalStep, state: ProposalState) -> None:
    """Refuse a step that the state does not allow.

    Raises:
        Conflict: it does not.
    """
    if state not in PROPOSAL_TRANSITIONS[step].sources:
        th, en = PROPOSAL_STATE_NAMES[state]
        raise Conflict(
            f"แผนนี้{th} จึงทำรายการนี้ไม่ได้ โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
            f"This plan is {en}, so that cannot be done; load the page again to see it as it is now.",
        )


def possible_proposal_steps(
    actor: Actor, *, unit: str, state: ProposalState, speaks_for_it: bool
) -> tuple[ProposalStep, ...]:
    """The steps that the actor may take now. Who speaks for the community prepares, and does not judge, its plan."""
    keeps = refusal(actor, Action.KEEP_PLANS, unit) is None
    return tuple(
        step
        for step, transition in PROPOSAL_TRANSITIONS.items()
        if state in transition.sources
        and refusal(actor, transition.action, unit) is None
        and (keeps or speaks_for_it)
        and not (transition.action is Action.KEEP_PLANS and speaks_for_it)
    )


def missing(content: ProposalContent, today: date, last_plan_on: date | None = None) -> tuple[Finding, ...]:
    """What keeps a plan from being sent, in the order of the form. `last_plan_on` is when the last one was adopted."""
    return (
        *_missing_fields(content),
        *_missing_projects(content),
        *_missing_adoption(content, today, last_plan_on),
    )


def _missing_fields(content: ProposalContent) -> list[Finding]:
    return [
        Finding(
            code,
            f"{th}: ยังไม่ได้กรอก หากไม่มีประเด็นให้พิมพ์ “ไม่มี”",
            f"{en.capitalize()}: nothing is written. Write “ไม่มี” (none) where there is nothing to say.",
        )
        for code, (th, en) in PLAN_FIELDS.items()
        if not content.fields.get(code, "").strip()
    ]


def _missing_projects(content: ProposalContent) -> list[Finding]:
    if not content.projects:
        return [Finding("projects", "ยังไม่มีโครงการ เพิ่มอย่างน้อยหนึ่งโครงการ", "There is no project yet; add at least one.")]
    return list(read_projects(content.projects)[1])


def _missing_adoption(content: ProposalContent, today: date, last_plan_on: date | None) -> list[Finding]:
    found: list[Finding] = []

    def wrong(place: str, th: str, en: str) -> None:
        found.append(Finding(place, th, en))

    on, until = content.adopted_on, content.valid_until
    if on is None:
        wrong("adopted_on", "กรอกวันที่คณะกรรมการชุมชนมีมติ", "Fill in the day on which the committee adopted the plan.")
    elif on > today:
        wrong(
            "adopted_on",
            f"วันที่มีมติ {format_date(on)} ยังมาไม่ถึง ระบุวันที่ประชุมจริง",
            f"The day of adoption, {format_date(on, 'en')}, is in the future; give the day of the meeting.",
        )
    elif on == last_plan_on:
        wrong(
            "adopted_on",
            f"มีแผนที่มีมติวันที่ {format_date(on)} อยู่แล้ว ระบุวันที่มีมติของแผนฉบับนี้",
            f"A plan adopted on {format_date(on, 'en')} stands already; give the day on which this one was adopted.",
        )
    if until is None:
        wrong("valid_until", "กรอกวันสุดท้ายที่แผนมีผล", "Fill in the last day on which the plan is valid.")
    elif on is not None and until < on:
        wrong("valid_until", "วันสุดท้ายของแผนต้องไม่มาก่อนวันที่มีมติ", "The plan must not end before it was adopted.")
    if not content.resolution.strip():
        wrong(
            "resolution",
            "กรอกมติคณะกรรมการชุมชน เช่น มติที่ประชุมครั้งที่ 2/2563 วาระที่ 3",
            "Fill in the committee's resolution, for example meeting 2/2563, item 3.",
        )
    return found


def readable_projects(content: ProposalContent) -> tuple[ReadProject, ...]:
    """The projects of a plan in which nothing is wrong."""
    return read_projects(content.projects)[0]
