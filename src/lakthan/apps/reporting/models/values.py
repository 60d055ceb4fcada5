"""What units report where no register holds it, and the projects that serve an indicator."""

from django.db import models

from lakthan.apps.records import UnitRecord


class ReportedValue(UnitRecord):
    """What a unit typed in for an indicator that no register holds: numerator and denominator, or a value."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="reported_values")
    fiscal_year = models.PositiveIntegerField()
    effective_on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=4)
    base = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    note = models.TextField(blank=True)
    withdrawn_on = models.DateField(null=True)
    """The day on which it was taken back: from then on it was never reported."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "effective_on"], name="reporting_reported_value_once"),
        ]


class StepCompletion(UnitRecord):
    """That a step of a `steps` indicator was done on a day, and by what it is shown."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="step_completions")
    step = models.CharField(max_length=20)
    effective_on = models.DateField()
    ended_on = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "step", "effective_on"], name="reporting_step_completion_once"
            ),
        ]


class IndicatorProject(UnitRecord):
    """That a bureau's project serves an indicator."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="project_links")
    project = models.ForeignKey("planning.Project", on_delete=models.PROTECT, related_name="indicator_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "project"], name="reporting_indicator_project_once"),
        ]
