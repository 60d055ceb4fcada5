"""Periods: the quarters that are reported on, their dates for each kind of unit, and who was given more time."""

from django.db import models

from lakthan.apps.people.models import Unit
from lakthan.apps.records import Record, UnitRecord
from lakthan.rules.deadlines import REMINDER_DAYS


def reminder_days() -> list[int]:
    """Where nothing else is chosen."""
    return list(REMINDER_DAYS)


class Period(Record):
    """A quarter that is reported on: when it opens, the day its figures are as of, the deadline, when it was closed."""

    fiscal_year = models.PositiveIntegerField()
    quarter = models.PositiveIntegerField()
    opens_on = models.DateField()
    cut_off_on = models.DateField()
    deadline_on = models.DateField()
    closed_on = models.DateField(null=True)
    reminder_days = models.JSONField(default=reminder_days)
    """Days on which reminders go out, counted from the deadline: -7 is a week before it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "quarter"], name="reporting_period_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="reporting_period_quarter"),
        ]


class PeriodTerm(Record):
    """Dates of a period that differ for one kind of unit. Null: as the period has it."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="terms")
    unit_kind = models.CharField(max_length=16, choices=Unit.Kind)
    cut_off_on = models.DateField(null=True)
    deadline_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "unit_kind"], name="reporting_period_term_once")]


class PeriodChange(Record):
    """That somebody changed, closed or reopened a period, and why. What changed stands in the ledger."""

    class Kind(models.TextChoices):
        DATES = "dates"
        CLOSED = "closed"
        REOPENED = "reopened"

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    reason = models.TextField()


class Extension(UnitRecord):
    """That a unit may send its reports of a period until a later day, why, and by which document."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="extensions")
    deadline_on = models.DateField()
    reason = models.TextField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "period", "deadline_on"], name="reporting_extension_once"),
        ]


class NilConfirmation(UnitRecord):
    """That a unit has nothing to report for a quarter of an assignment. Writing a report withdraws it."""

    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, related_name="nil_confirmations")
    quarter = models.PositiveIntegerField()
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "assignment", "quarter"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="reporting_nil_confirmation_once",
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="reporting_nil_quarter"),
        ]
