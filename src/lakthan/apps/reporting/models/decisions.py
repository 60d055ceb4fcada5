"""Decisions about assignments, under the documents of those who decide."""

from django.db import models

from lakthan.apps.records import Record, UnitRecord
from lakthan.rules.decisions import DecisionKind


class DecisionDocument(Record):
    """The document of a committee or an office that decides about one or several assignments."""

    number = models.CharField(max_length=100)
    document_date = models.DateField()
    decided_by = models.CharField(max_length=200)
    """The committee or the office, in words."""
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, null=True, related_name="+")


class Decision(UnitRecord):
    """That an assignment is not applicable, cancelled, slowed, resumed, or has another target, from a day on.

    Never changed, only followed by another of the next `number`.
    """

    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(DecisionDocument, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in DecisionKind])
    effective_on = models.DateField()
    reason = models.TextField()
    quarter = models.PositiveIntegerField(null=True)
    """Whose target changes; null for the year's, and for what is no change of target."""
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "assignment", "number"], name="reporting_decision_once"),
            models.CheckConstraint(
                condition=models.Q(quarter__isnull=True) | models.Q(quarter__range=(1, 4)),
                name="reporting_decision_quarter",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=DecisionKind.TARGET_CHANGED.value, target__isnull=False)
                | (~models.Q(kind=DecisionKind.TARGET_CHANGED.value) & models.Q(target__isnull=True)),
                name="reporting_decision_target",
            ),
        ]
