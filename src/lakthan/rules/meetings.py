"""In what state a meeting is, what a kind of unit meets for, and what may be recorded of who came."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_longer, require_text

LONGEST_GROUP, LONGEST_PLACE, LONGEST_PROOF, LARGEST_CROWD = 200, 200, 200, 100_000
COMMUNITY, BRIEFING, CITY = "community", "district-briefing", "city"


class MeetingState(StrEnum):
    """What became of a meeting, on a day."""

    SCHEDULED = "scheduled"
    OVERDUE = "overdue"
    """Its day has passed, and nobody said what became of it."""
    HELD = "held"
    POSTPONED = "postponed"
    """Put off without another day. Put off to another day it is scheduled for that day."""
    CANCELLED = "cancelled"


PURPOSES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType({"district": (COMMUNITY, BRIEFING)})
"""Kind of unit -> purposes of its meetings, the usual one first."""


def purposes_of(kind: str) -> tuple[str, ...]:
    """What a unit of this kind meets for; all but districts convene city-level meetings."""
    return PURPOSES_OF.get(kind, (CITY,))


def meeting_state(
    *, scheduled_on: date, held_on: date | None, cancelled_on: date | None, waits: bool, today: date
) -> MeetingState:
    """The state on a day; `waits` tells that its last postponement named no other day."""
    if held_on is not None:
        return MeetingState.HELD
    if cancelled_on is not None:
        return MeetingState.CANCELLED
    if waits:
        return MeetingState.POSTPONED
    return MeetingState.OVERDUE if scheduled_on < today else MeetingState.SCHEDULED


def require_attendance(attendance: Mapping[str, int]) -> dict[str, int]:
    """How many people of each group came, by the group's name without white space around it.

    Raises:
        UserError: a group has no name, a name too long, or the name of another; or a count is negative or absurd.
    """
    counted: dict[str, int] = {}
    for typed, people in attendance.items():
        group = require_text(typed, "ชื่อกลุ่มผู้เข้าร่วม", "The name of a group that came")
        refuse_longer(group, LONGEST_GROUP, "ชื่อกลุ่มผู้เข้าร่วม", "The name of a group that came")
        if group in counted:
            raise UserError(
                f"กลุ่ม {group} มีสองบรรทัด รวมเป็นบรรทัดเดียว", f"The group {group} stands twice; make it one line."
            )
        if people < 0:
            raise UserError("จำนวนผู้เข้าร่วมต้องไม่ติดลบ", "Attendance must not be negative.")
        if people > LARGEST_CROWD:
            raise UserError(
                f"กลุ่ม {group}: จำนวน {people:,} คน เกิน {LARGEST_CROWD:,} คน",
                f"Group {group}: {people:,} people are more than {LARGEST_CROWD:,}.",
            )
        counted[group] = people
    return counted
