"""What people have typed and not saved."""

from django.db import models

from lakthan.apps.records import UnitRecord


class WorkingText(UnitRecord):
    """What one person has typed into the form of a report since it was last saved, for that person alone.

    It is no act: nothing is reported by it, no figure and no paper reads it, it is changed every few seconds and goes
    when the person saves or throws it away. So it has no entry in the ledger
    (docs/decisions/0012-working-texts.md). `recorded_at` is when it was last typed.
    """

    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, related_name="+")
    quarter = models.PositiveIntegerField(null=True)
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    begun_at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    """The token of the text that it was begun on."""
    texts = models.JSONField(default=dict)
    """What stands in the fields, as typed, by their names."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "assignment", "quarter", "person"],
                condition=models.Q(quarter__isnull=False),
                name="reporting_working_quarter_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "assignment", "person"],
                condition=models.Q(quarter__isnull=True),
                name="reporting_working_year_once",
            ),
        ]
