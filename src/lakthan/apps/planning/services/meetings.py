"""Meetings: scheduled, then held with attendance, postponed or cancelled with a reason."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from lakthan.apps.communities.models import Community
from lakthan.apps.evidence.models import Evidence
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import Attendance, Meeting, MeetingEvidence, MeetingPostponement
from lakthan.core.dates import BE_OFFSET
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_future, require_text
from lakthan.rules.facts import MEETING_PURPOSES, FactKind
from lakthan.rules.permissions import Action, Actor, require


def schedule_meeting(
    *,
    actor: Actor,
    unit: Unit,
    purpose: str,
    title: str,
    scheduled_on: date,
    now: datetime,
    place: str = "",
    starts_at: time | None = None,
    ends_at: time | None = None,
    community: Community | None = None,
    activity_number: int | None = None,
) -> Meeting:
    """Schedule a meeting; it gets the next number of its unit, purpose, community and B.E. year."""
    require(actor, Action.KEEP_MEETINGS, str(unit.pk))
    if purpose not in MEETING_PURPOSES:
        raise UserError(f"ไม่รู้จักประเภทการประชุม {purpose}", f"Unknown purpose of a meeting: {purpose}.")
    meeting = Meeting(
        unit=unit,
        purpose=purpose,
        community=community,
        activity_number=activity_number,
        year=scheduled_on.year + BE_OFFSET,
        title=require_text(title, "ชื่อการประชุม", "The meeting's title"),
        place=place,
        scheduled_on=scheduled_on,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    with transaction.atomic():
        lock(unit)
        earlier = Meeting.objects.filter(unit=unit, purpose=purpose, community=community, year=meeting.year)
        meeting.number = earlier.count() + 1
        return create(actor, meeting, act="planning.schedule_meeting", now=now)


def hold_meeting(
    *, actor: Actor, meeting: Meeting, held_on: date, attendance: Mapping[str, int], now: datetime
) -> Meeting:
    """Record that a meeting was held, and how many of each group came.

    Raises:
        UserError: it was held or cancelled before, the day lies in the future, or a count is negative.
    """
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    refuse_future(held_on, timezone.localdate(now))
    if any(people < 0 for people in attendance.values()):
        raise UserError("จำนวนผู้เข้าร่วมต้องไม่ติดลบ", "Attendance must not be negative.")
    rows = [
        Attendance(unit_id=meeting.unit_id, meeting=meeting, group=group, people=people)
        for group, people in attendance.items()
    ]
    with transaction.atomic():
        _refuse_closed(lock(meeting))
        change(actor, meeting, act="planning.hold_meeting", now=now, held_on=held_on)
        create_all(actor, rows, act="planning.record_attendance", now=now)
        tally.add(tally.Counted(FactKind.MEETING, meeting.unit_id, held_on, label=meeting.purpose))
    return meeting


def postpone_meeting(
    *, actor: Actor, meeting: Meeting, effective_on: date, reason: str, now: datetime, postponed_to: date | None = None
) -> MeetingPostponement:
    """Put a meeting off, to another day or without one; the reason is required."""
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    row = MeetingPostponement(
        unit_id=meeting.unit_id,
        meeting=meeting,
        effective_on=effective_on,
        postponed_to=postponed_to,
        reason=require_text(reason, "เหตุผลที่เลื่อน", "The reason of the postponement"),
    )
    with transaction.atomic():
        _refuse_closed(lock(meeting))
        create(actor, row, act="planning.postpone_meeting", now=now)
        if postponed_to is not None:
            change(actor, meeting, act="planning.reschedule_meeting", now=now, scheduled_on=postponed_to)
    return row


def cancel_meeting(*, actor: Actor, meeting: Meeting, cancelled_on: date, reason: str, now: datetime) -> Meeting:
    """Cancel a meeting that was not held; the reason is required."""
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    refuse_future(cancelled_on, timezone.localdate(now))
    text = require_text(reason, "เหตุผลที่ยกเลิก", "The reason of the cancellation")
    with transaction.atomic():
        _refuse_closed(lock(meeting))
        return change(
            actor, meeting, act="planning.cancel_meeting", now=now, cancelled_on=cancelled_on, cancellation_reason=text
        )


def prove_meeting(*, actor: Actor, meeting: Meeting, evidence: Evidence, proves: str, now: datetime) -> MeetingEvidence:
    """Link a file to the meeting that it proves."""
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    row = MeetingEvidence(unit_id=meeting.unit_id, meeting=meeting, evidence=evidence, proves=proves)
    return create(actor, row, act="planning.prove_meeting", now=now)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.held_on is not None:
        raise UserError(
            f"การประชุม {meeting.number}/{meeting.year} จัดไปแล้ว",
            f"Meeting {meeting.number}/{meeting.year} was held already.",
        )
    if meeting.cancelled_on is not None:
        raise UserError(
            f"การประชุม {meeting.number}/{meeting.year} ยกเลิกไปแล้ว",
            f"Meeting {meeting.number}/{meeting.year} was cancelled.",
        )
