"""Periods, quarter and year reports, and what units report where no register holds it."""

from typing import ClassVar

from django.db import models

from lakthan.apps.records import Record, UnitRecord


class Period(Record):
    """A quarter that is reported on: when it opens, the day its figures are as of, and the deadline."""

    fiscal_year = models.PositiveIntegerField()
    quarter = models.PositiveIntegerField()
    opens_on = models.DateField()
    cut_off_on = models.DateField()
    deadline_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "quarter"], name="reporting_period_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="reporting_period_quarter"),
        ]


class Report(UnitRecord):
    """What quarter and year reports have in common. The text is the reporter's; figures are computed beside it."""

    class State(models.TextChoices):
        DRAFT = "draft"

    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, related_name="%(class)ss")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    narrative = models.TextField(blank=True)
    """Section 6.1 to 6.4 of a quarter, 6.5 of the year."""
    supporting_factors = models.TextField(blank=True)
    """Section 7."""
    obstacles = models.TextField(blank=True)
    """Section 8."""
    evidence_list = models.TextField(blank=True)
    """Section 9, one item a line."""

    class Meta:
        abstract = True


class QuarterReport(Report):
    """A unit's report on an assignment for one quarter. Work progress and the measured value are two series."""

    quarter = models.PositiveIntegerField()
    progress = models.PositiveIntegerField(null=True)
    """Work progress in percent, as the reporter sees it; null where not given."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "assignment", "quarter"], name="reporting_quarter_report_once"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="reporting_quarter_progress"),
        ]


class YearReport(Report):
    """A unit's report on an assignment for the whole year: the printed form of Part 2.

    The fields named `printed_*` hold what an imported print says in sections 1 to 5, kept beside the records of the
    same thing (indicator, plan nodes, definition, target) and never in their place. Empty for a report of our own.
    Names stand in the signature block: it is personal.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"signature"})

    printed_name = models.TextField(blank=True)
    printed_level = models.CharField(max_length=8, blank=True)
    printed_plan_links = models.JSONField(default=list)
    """Lines of the plan linkage: `label`, `as_printed`, and `text`, which is whole where the plan completed it."""
    printed_terms = models.TextField(blank=True)
    printed_method = models.TextField(blank=True)
    printed_target = models.TextField(blank=True)
    printed_result = models.TextField(blank=True)
    certification = models.TextField(blank=True)
    footer = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    unplaced = models.TextField(blank=True)
    """Text of an imported print for which the form has no field."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "assignment"], name="reporting_year_report_once"),
        ]


class DatedNote(UnitRecord):
    """A dated note of a quarter's report; there may be several."""

    report = models.ForeignKey(QuarterReport, on_delete=models.PROTECT, related_name="notes")
    effective_on = models.DateField()
    text = models.TextField()


class ReportEvidence(UnitRecord):
    """A file that a year report rests on, or was read from."""

    report = models.ForeignKey(YearReport, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "report", "evidence"], name="reporting_evidence_once"),
        ]


class ReportedValue(UnitRecord):
    """What a unit typed in for an indicator that no register holds: numerator and denominator, or a value."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="reported_values")
    fiscal_year = models.PositiveIntegerField()
    effective_on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=4)
    base = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    note = models.TextField(blank=True)

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
