"""Meetings: scheduled, then held with attendance, postponed or cancelled with a reason; corrected when wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from lakthan.apps.communities.models import Community
from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.ledger import tally
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import (
    Attendance,
    Meeting,
    MeetingCorrection,
    MeetingEvidence,
    MeetingPostponement,
)
from lakthan.core.dates import BE_OFFSET
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.entry import refuse_future, refuse_longer, require_order, require_text
from lakthan.rules.facts import MEETING_PURPOSES, FactKind
from lakthan.rules.meetings import COMMUNITY, LONGEST_PLACE, LONGEST_PROOF, require_attendance
from lakthan.rules.permissions import Action, Actor, require

LONGEST_NAME = 200
PLACE = ("สถานที่ประชุม", "The place of the meeting")
TITLE = ("ชื่อการประชุม", "The meeting's title")


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What is to be known of a meeting before it is held."""

    purpose: str
    title: str
    on: date
    place: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    community: Community | None = None
    activity_number: int | None = None

    def of(self, unit: Unit) -> Meeting:
        """The meeting, without a number.

        Raises:
            UserError: the purpose is unknown, the title is missing, it ends before it begins, or a community's meeting
                names no community or another meeting names one.
        """
        if self.purpose not in MEETING_PURPOSES:
            raise UserError(f"ไม่รู้จักประเภทการประชุม {self.purpose}", f"Unknown purpose of a meeting: {self.purpose}.")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise UserError("เวลาเลิกประชุมต้องหลังเวลาเริ่มประชุม", "The meeting must end after it begins.")
        title = require_text(self.title, *TITLE)
        if (self.purpose == COMMUNITY) != (self.community is not None):
            raise UserError(
                "เลือกชุมชนของการประชุมชุมชน/ประชาคม การประชุมอื่นไม่ต้องเลือกชุมชน",
                "Choose the community of a community meeting; other meetings have none.",
            )
        return Meeting(
            unit=unit,
            purpose=self.purpose,
            community=self.community,
            activity_number=self.activity_number,
            year=self.on.year + BE_OFFSET,
            title=title,
            place=refuse_longer(self.place.strip(), LONGEST_PLACE, *PLACE),
            scheduled_on=self.on,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )


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
    """Schedule a meeting; it gets the next number of its unit, purpose, community and B.E. year.

    Raises:
        UserError: as `MeetingPlan.of`.
    """
    require(actor, Action.KEEP_MEETINGS, str(unit.pk))
    planned = MeetingPlan(purpose, title, scheduled_on, place, starts_at, ends_at, community, activity_number)
    meeting = planned.of(unit)
    with transaction.atomic():
        meeting.number = _next_number(meeting)
        return create(actor, meeting, act="planning.schedule_meeting", now=now)


def record_meeting(
    *, actor: Actor, unit: Unit, planned: MeetingPlan, attendance: Mapping[str, int], now: datetime, notes: str = ""
) -> Meeting:
    """Record a meeting that was held without being scheduled here before, on the day of `planned`.

    Raises:
        UserError: as `MeetingPlan.of`; the day lies in the future, or a count is negative.
    """
    require(actor, Action.KEEP_MEETINGS, str(unit.pk))
    refuse_future(planned.on, timezone.localdate(now))
    meeting, counted = planned.of(unit), require_attendance(attendance)
    meeting.held_on, meeting.notes = planned.on, notes.strip()
    with transaction.atomic():
        meeting.number = _next_number(meeting)
        create(actor, meeting, act="planning.record_meeting", now=now)
        create_all(actor, _attendance(meeting, counted), act="planning.record_attendance", now=now)
        tally.add(_counted(meeting, planned.on))
    return meeting


def _next_number(meeting: Meeting) -> int:
    """One more than there are of the unit, purpose, community and year, which nobody else counts meanwhile."""
    lock(meeting.unit)
    of_same = Meeting.objects.filter(
        unit=meeting.unit, purpose=meeting.purpose, community=meeting.community, year=meeting.year
    )
    return of_same.count() + 1


def hold_meeting(
    *, actor: Actor, meeting: Meeting, held_on: date, attendance: Mapping[str, int], now: datetime, notes: str = ""
) -> Meeting:
    """Record that a meeting was held, and how many of each group came.

    Raises:
        Conflict: it was held or cancelled before.
        UserError: the day lies in the future, or a count is negative.
    """
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    refuse_future(held_on, timezone.localdate(now))
    counted = require_attendance(attendance)
    with transaction.atomic():
        _refuse_closed(lock(meeting))
        change(actor, meeting, act="planning.hold_meeting", now=now, held_on=held_on, notes=notes.strip())
        create_all(actor, _attendance(meeting, counted), act="planning.record_attendance", now=now)
        tally.add(_counted(meeting, held_on))
    return meeting


def correct_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    title: str,
    place: str,
    held_on: date,
    attendance: Mapping[str, int],
    reason: str,
    now: datetime,
) -> Meeting:
    """Put right what was recorded of a held meeting; what stood before is kept with the reason.

    A group that was recorded and is not named here came with nobody: its count becomes 0.

    Raises:
        Conflict: the meeting was not held.
        UserError: there is no reason, nothing differs, the day lies in the future, or a count is negative.
    """
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    today = timezone.localdate(now)
    refuse_future(held_on, today)
    text = require_text(reason, "เหตุผลที่แก้ไข", "The reason of the correction")
    counted = require_attendance(attendance)
    values = {
        "held_on": held_on,
        "title": require_text(title, *TITLE),
        "place": refuse_longer(place.strip(), LONGEST_PLACE, *PLACE),
    }
    with transaction.atomic():
        held_before = lock(meeting).held_on
        if held_before is None:
            raise Conflict(
                "การประชุมนี้ยังไม่ได้จัด จึงยังไม่มีบันทึกให้แก้ไข", "The meeting was not held; there is nothing to correct."
            )
        came = {row.group: row for row in meeting.attendances.all()}
        recorded = {group: row.people for group, row in came.items()}
        now_counted = dict.fromkeys(recorded, 0) | counted
        if now_counted == recorded and all(getattr(meeting, name) == value for name, value in values.items()):
            raise UserError("ข้อมูลเหมือนเดิมทุกช่อง ไม่มีอะไรให้แก้ไข", "Nothing differs from what is recorded.")
        create(actor, _correction(meeting, recorded, text, today), act="planning.correct_meeting", now=now)
        change(actor, meeting, act="planning.correct_meeting", now=now, **values)
        if held_before != held_on:
            tally.move(_counted(meeting, held_before), _counted(meeting, held_on))
        _correct_attendance(actor, meeting, came, now_counted, now)
    return meeting


def _correct_attendance(
    actor: Actor, meeting: Meeting, came: Mapping[str, Attendance], counted: Mapping[str, int], now: datetime
) -> None:
    """Put the counts of the recorded groups right, and record those that were not named before."""
    for group, row in came.items():
        change(actor, row, act="planning.correct_attendance", now=now, people=counted[group])
    fresh = {group: people for group, people in counted.items() if group not in came}
    create_all(actor, _attendance(meeting, fresh), act="planning.record_attendance", now=now)


def _correction(meeting: Meeting, recorded: Mapping[str, int], reason: str, today: date) -> MeetingCorrection:
    """The reason, with what is recorded of the held meeting as plain data."""
    before = {
        "title": meeting.title,
        "place": meeting.place,
        "held_on": str(meeting.held_on),
        "attendance": dict(recorded),
    }
    return MeetingCorrection(unit_id=meeting.unit_id, meeting=meeting, effective_on=today, reason=reason, before=before)


def _attendance(meeting: Meeting, counted: Mapping[str, int]) -> list[Attendance]:
    return [
        Attendance(unit_id=meeting.unit_id, meeting=meeting, group=group, people=people)
        for group, people in counted.items()
    ]


def _counted(meeting: Meeting, held_on: date) -> tally.Counted:
    return tally.Counted(FactKind.MEETING, meeting.unit_id, held_on, label=meeting.purpose)


def postpone_meeting(
    *, actor: Actor, meeting: Meeting, effective_on: date, reason: str, now: datetime, postponed_to: date | None = None
) -> MeetingPostponement:
    """Put a meeting off, to another day or without one; the reason is required."""
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if postponed_to is not None:
        require_order(effective_on, postponed_to, "วันประชุมใหม่", "The new day")
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
    """Link a file to the meeting that it proves.

    Raises:
        UserError: it is not said what the file proves, or the file is linked already.
    """
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    told = refuse_longer(
        require_text(proves, "สิ่งที่ไฟล์เป็นหลักฐาน", "What the file proves"),
        LONGEST_PROOF,
        "สิ่งที่ไฟล์เป็นหลักฐาน",
        "What the file proves",
    )
    row = MeetingEvidence(unit_id=meeting.unit_id, meeting=meeting, evidence=evidence, proves=told)
    return create(actor, row, act="planning.prove_meeting", now=now)


def keep_meeting_files(
    *, actor: Actor, meeting: Meeting, files: Iterable[tuple[str, bytes]], proves: str, now: datetime
) -> list[MeetingEvidence]:
    """Keep files (name and content) as evidence of a meeting, all or none: minutes, photographs, who came.

    Raises:
        UserError: a file is not taken (`store_evidence`), or as `prove_meeting`.
    """
    require(actor, Action.KEEP_MEETINGS, str(meeting.unit_id))
    kept = []
    with transaction.atomic():
        for name, content in files:
            readable = "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:] or "file"
            evidence = store_evidence(actor=actor, unit=meeting.unit, content=content, name=readable, now=now)
            kept.append(prove_meeting(actor=actor, meeting=meeting, evidence=evidence, proves=proves, now=now))
    return kept


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.held_on is not None:
        raise Conflict(
            f"การประชุม {meeting.number}/{meeting.year} จัดไปแล้ว",
            f"Meeting {meeting.number}/{meeting.year} was held already.",
        )
    if meeting.cancelled_on is not None:
        raise Conflict(
            f"การประชุม {meeting.number}/{meeting.year} ยกเลิกไปแล้ว",
            f"Meeting {meeting.number}/{meeting.year} was cancelled.",
        )
