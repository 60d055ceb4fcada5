"""Meetings with their attendance and what proves them."""

from django.db import models

from lakthan.apps.records import UnitRecord
from lakthan.rules.facts import MEETING_PURPOSES


class Meeting(UnitRecord):
    """A meeting with a room, a time and a purpose; held, postponed or cancelled with a reason."""

    purpose = models.CharField(max_length=20, choices=[(value, en) for value, (_, en) in MEETING_PURPOSES.items()])
    activity_number = models.PositiveIntegerField(null=True)
    """Number of the bureau's activity that it carries out (กิจกรรมที่ 2), where it does."""
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, null=True, related_name="meetings")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    """Number and B.E. calendar year: 1/2563."""
    title = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    scheduled_on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    held_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    cancellation_reason = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    """What was said and agreed, in short; the minutes are a file."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "purpose", "community", "year", "number"], name="planning_meeting_of_community_once"
            ),
            # A key of its own, because nulls are not equal to each other (and SQLite cannot be told that they are).
            models.UniqueConstraint(
                fields=["unit", "purpose", "year", "number"],
                name="planning_meeting_of_unit_once",
                condition=models.Q(community__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(held_on__isnull=True) | models.Q(cancelled_on__isnull=True),
                name="planning_meeting_held_or_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["purpose", "unit", "held_on"],
                name="planning_meeting_held",
                condition=models.Q(held_on__isnull=False),
            ),
        ]


class MeetingPostponement(UnitRecord):
    """That a meeting was put off on a day, to another day or without one, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="postponements")
    effective_on = models.DateField()
    postponed_to = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "meeting", "effective_on"], name="planning_postponement_once"),
        ]


class Attendance(UnitRecord):
    """How many people of a group came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    group = models.CharField(max_length=200)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "meeting", "group"], name="planning_attendance_once")]


class MeetingEvidence(UnitRecord):
    """A file that proves a meeting: minutes, a photograph, a list of attendance."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "meeting", "evidence"], name="planning_meeting_proof")]


class MeetingCorrection(UnitRecord):
    """That what was recorded of a held meeting was wrong: since when it reads otherwise, why, and what stood before."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    effective_on = models.DateField()
    reason = models.TextField()
    before = models.JSONField()
    """Day, place, title and attendance by group, as they stood."""
