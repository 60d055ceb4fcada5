"""Files of tables that people send in: what each would do, and what became of it."""

from typing import ClassVar

from django.db import models

from lakthan.apps.records import Record


class Upload(Record):
    """A file of a table that somebody sent in. Its content is kept until the upload has ended."""

    unstated_fields: ClassVar[frozenset[str]] = frozenset({"content", "outcome", "taken_at", "attempts"})

    class State(models.TextChoices):
        WAITING = "waiting"
        """To be looked through."""
        SHOWN = "shown"
        """What it would do is shown, and waits to be confirmed."""
        CONFIRMED = "confirmed"
        """To be carried out."""
        DONE = "done"
        REFUSED = "refused"
        """It cannot be taken in as it is; nothing was."""
        CANCELLED = "cancelled"
        EXPIRED = "expired"
        """Nobody confirmed it in time, and it is not kept."""
        FAILED = "failed"
        """It broke off through no fault of the file; nothing was taken in."""

    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="uploads")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    token = models.CharField(max_length=64, blank=True)
    """Of the outcome that was shown."""
    content = models.BinaryField(default=bytes)
    outcome = models.JSONField(default=dict)
    """What would become, or became, of its rows, as the page shows it."""
    taken_at = models.DateTimeField(null=True)
    """When a worker took it up last, by the clock of the machine."""
    attempts = models.PositiveIntegerField(default=0)
    """How often a worker began with it since its state changed."""

    class Meta:
        indexes = [
            models.Index(
                fields=["recorded_at"],
                name="uploads_upload_to_do",
                condition=models.Q(state__in=["waiting", "confirmed"]),
            )
        ]
