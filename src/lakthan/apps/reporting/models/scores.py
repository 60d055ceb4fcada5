"""What agencies are scored by, the scores of Part 1 that are recorded, and appeals against results and targets."""

from django.db import models

from lakthan.apps.records import Record, UnitRecord
from lakthan.apps.reporting.models.decisions import Decision
from lakthan.apps.reporting.models.reports import Report
from lakthan.rules.appeals import AppealKind, AppealOutcome


class ScoringScheme(Record):
    """A version of how agencies are scored, from a fiscal year on."""

    number = models.PositiveIntegerField()
    first_year = models.PositiveIntegerField()
    """The fiscal year from which it holds."""
    body = models.JSONField()
    """As `rules.scoring.parse_scheme` reads it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="reporting_scheme_once")]


class ManagementScore(UnitRecord):
    """A score for one component of Part 1 of a unit's year. The newest `number` counts; those before it stay."""

    fiscal_year = models.PositiveIntegerField()
    component = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=4)
    note = models.TextField()
    """What the score rests on."""
    person = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "fiscal_year", "component", "number"], name="reporting_management_score_once"
            ),
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="reporting_management_score_range"),
        ]


class Appeal(UnitRecord):
    """That a unit asks for another look at a certified result, a score of Part 1 or a target, and the answer."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in AppealKind])
    fiscal_year = models.PositiveIntegerField()
    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, null=True, related_name="appeals")
    """Null for a score of Part 1."""
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="appeals")
    """The certified report of a result."""
    component = models.CharField(max_length=40, blank=True)
    """The component of Part 1."""
    quarter = models.PositiveIntegerField(null=True)
    """Whose target is to change; null for the year's."""
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    """The target that is asked for."""
    reasons = models.TextField()
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    due_on = models.DateField()
    """Until when it is to be answered."""
    outcome = models.CharField(
        max_length=10, blank=True, choices=[(outcome.value, outcome.value) for outcome in AppealOutcome]
    )
    """Empty while it is open."""
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="appeals")
    """By which a target was changed."""

    class Meta:
        indexes = [models.Index(fields=["unit", "fiscal_year"], name="reporting_appeal_of_unit")]
