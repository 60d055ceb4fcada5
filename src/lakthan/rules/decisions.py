"""What a decision does to the duty to report on an indicator, and to its target: two tables and the order of days.

Decisions about one assignment follow each other and are never changed. One takes effect on its day, and none on a day
before that of an earlier one about the same matter, so that the last of those in effect is the one that holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError


class DecisionKind(StrEnum):
    """What can be decided about an assignment, each with a document."""

    NOT_APPLICABLE = "not-applicable"
    CANCELLED = "cancelled"
    SLOWED = "slowed"
    TARGET_CHANGED = "target-changed"
    RESUMED = "resumed"


class Duty(StrEnum):
    """What a unit owes for an assignment on a day."""

    FULL = "full"
    """It reports, and its result is held against the target."""
    SLOWED = "slowed"
    """It reports, and is not said to be behind."""
    NOT_APPLICABLE = "not-applicable"
    """It owes no report; nothing is measured."""
    CANCELLED = "cancelled"
    """It owes no report; nothing is measured."""


@dataclass(frozen=True, slots=True)
class Change:
    """To which duty a kind of decision leads, and from which; `target` None leaves the duty as it is."""

    sources: frozenset[Duty]
    target: Duty | None


CHANGES: Mapping[DecisionKind, Change] = MappingProxyType(
    {
        DecisionKind.NOT_APPLICABLE: Change(frozenset({Duty.FULL, Duty.SLOWED}), Duty.NOT_APPLICABLE),
        DecisionKind.CANCELLED: Change(frozenset({Duty.FULL, Duty.SLOWED}), Duty.CANCELLED),
        DecisionKind.SLOWED: Change(frozenset({Duty.FULL}), Duty.SLOWED),
        DecisionKind.TARGET_CHANGED: Change(frozenset({Duty.FULL, Duty.SLOWED}), None),
        DecisionKind.RESUMED: Change(frozenset(set(Duty) - {Duty.FULL}), Duty.FULL),
    }
)

UNMEASURED = frozenset({Duty.NOT_APPLICABLE, Duty.CANCELLED})
"""Duties under which no report is owed and no value is shown."""

DUTY_NAMES: Mapping[Duty, tuple[str, str]] = MappingProxyType(
    {
        Duty.FULL: ("วัดผลตามปกติ", "measured as agreed"),
        Duty.SLOWED: ("ชะลอ", "slowed"),
        Duty.NOT_APPLICABLE: ("ไม่เข้าเกณฑ์วัด", "not applicable"),
        Duty.CANCELLED: ("ยกเลิก", "cancelled"),
    }
)
KIND_NAMES: Mapping[DecisionKind, tuple[str, str]] = MappingProxyType(
    {
        DecisionKind.NOT_APPLICABLE: ("ไม่เข้าเกณฑ์วัด", "not applicable"),
        DecisionKind.CANCELLED: ("ยกเลิก", "cancelled"),
        DecisionKind.SLOWED: ("ชะลอ", "slowed"),
        DecisionKind.TARGET_CHANGED: ("เปลี่ยนค่าเป้าหมาย", "target changed"),
        DecisionKind.RESUMED: ("กลับมาวัดผลตามปกติ", "resumed"),
    }
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the rules know it. `quarter` and `target` belong to a changed target: None is the year's."""

    kind: DecisionKind
    effective_on: date
    quarter: int | None = None
    target: Decimal | None = None


Some = TypeVar("Some", bound=Decided)


def duty_decision(decisions: Sequence[Some], on: date) -> Some | None:
    """The decision by which the duty is as it is on a day; None while it is as it was agreed.

    `decisions` are those about one assignment, in the order in which they were taken.
    """
    of_duty = (row for row in decisions if CHANGES[row.kind].target is not None)
    return _last([row for row in of_duty if row.effective_on <= on])


def duty_on(decisions: Sequence[Decided], on: date) -> Duty:
    """What is owed on a day."""
    held = duty_decision(decisions, on)
    return (CHANGES[held.kind].target if held else None) or Duty.FULL


def target_decision(decisions: Sequence[Some], quarter: int | None, on: date) -> Some | None:
    """The decision that changed the target of a quarter, or of the year where `quarter` is None, by a day."""
    changed = (row for row in decisions if row.kind is DecisionKind.TARGET_CHANGED and row.quarter == quarter)
    return _last([row for row in changed if row.effective_on <= on])


@dataclass(frozen=True, slots=True)
class Target:
    """What a quarter is held against, and the decision that changed it; `decision` is None for the agreed one."""

    value: Decimal | None
    decision: Decided | None = None


def target_on(
    decisions: Sequence[Decided], quarter: int, on: date, *, of_year: Decimal | None, of_quarter: Decimal | None
) -> Target:
    """The target of a quarter on a day: its own goes before the year's, a decided one before the agreed one."""
    own = target_decision(decisions, quarter, on)
    if own is not None or of_quarter is not None:
        return Target(own.target, own) if own is not None else Target(of_quarter)
    of_all = target_decision(decisions, None, on)
    return Target(of_year) if of_all is None else Target(of_all.target, of_all)


def decision_refusal(decisions: Sequence[Decided], new: Decided) -> UserError | None:
    """Why a decision cannot follow those that were taken about the same assignment; None where it can."""
    if (new.target is None) == (new.kind is DecisionKind.TARGET_CHANGED) or (
        new.quarter is not None and new.kind is not DecisionKind.TARGET_CHANGED
    ):
        return UserError(
            "ค่าเป้าหมายใหม่ใช้กับการเปลี่ยนค่าเป้าหมายเท่านั้น และต้องระบุ",
            "A new target belongs to a change of target, and to nothing else; give it there.",
        )
    duty = duty_on(decisions, date.max)
    if duty not in CHANGES[new.kind].sources:
        (is_th, is_en), (new_th, new_en) = DUTY_NAMES[duty], KIND_NAMES[new.kind]
        return Conflict(
            f"ตัวชี้วัดนี้{is_th}อยู่ จึงมีมติ “{new_th}” ไม่ได้", f"The indicator is {is_en}, so it cannot be {new_en}."
        )
    return _too_early(decisions, new)


def _too_early(decisions: Sequence[Decided], new: Decided) -> UserError | None:
    """A change of target follows those of the same quarter, a change of duty those of the duty."""
    if new.kind is DecisionKind.TARGET_CHANGED:
        earlier = target_decision(decisions, new.quarter, date.max)
    else:
        earlier = duty_decision(decisions, date.max)
    if earlier is None or new.effective_on >= earlier.effective_on:
        return None
    last = earlier.effective_on
    return UserError(
        f"มีมติก่อนหน้าที่มีผลวันที่ {format_date(last)} มติใหม่ต้องมีผลไม่ก่อนวันนั้น",
        f"An earlier decision takes effect on {format_date(last, lang='en')}; a new one cannot do so before that day.",
    )


def _last(decisions: Sequence[Some]) -> Some | None:
    return decisions[-1] if decisions else None
