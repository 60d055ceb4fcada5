"""What a person was reminded of, and the secret address of a person's calendar."""

from django.db import models

from lakthan.apps.people.models import User
from lakthan.apps.records import Record


class Reminder(Record):
    """That a person was reminded of one thing. It is kept before the mail goes out, so that it never goes out twice."""

    class Outcome(models.TextChoices):
        CLAIMED = "claimed"
        """A run has taken it on. Where it stays so, the run broke off, and nobody knows whether the mail went out."""
        SENT = "sent"
        REFUSED = "refused"
        """The mail server refused it for certain: the next run tries again."""
        UNKNOWN = "unknown"
        """The mail server broke off. It may have gone out, so it is not sent again."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=160)
    """What it is about: `due:2563:2:2020-04-10:-7`, `returned:<report>:<moment>`, `waiting:<report>:<moment>`."""
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.CLAIMED)
    mail = models.UUIDField()
    """The same for all reminders of one mail."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "occasion"], name="reporting_reminder_once")]
        indexes = [models.Index(fields=["outcome"], name="reporting_reminder_outcome")]


class CalendarKey(Record):
    """The secret in the address of a person's calendar, as a digest. A renewed one ends the one before."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in hexadecimal."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(ended_at__isnull=True), name="reporting_calendar_key_once"
            ),
        ]
