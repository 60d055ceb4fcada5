"""Reports of quarters and years, the steps of their life, and what they rest on."""

from typing import ClassVar

from django.db import models

from lakthan.apps.records import UnitRecord
from lakthan.rules.workflow import State, Step


class QuarterReports(models.Manager["Report"]):
    """The reports for one quarter."""

    def get_queryset(self) -> models.QuerySet["Report"]:
        """Without those of years."""
        return super().get_queryset().filter(quarter__isnull=False)


class YearReports(models.Manager["Report"]):
    """The reports for a whole year."""

    def get_queryset(self) -> models.QuerySet["Report"]:
        """Without those of quarters."""
        return super().get_queryset().filter(quarter__isnull=True)


class Report(UnitRecord):
    """A unit's report on an assignment for one quarter, or for the whole year where `quarter` is null.

    The text is the reporter's; figures are computed beside it. A correction is a report of the next `issue`, which
    names the one that it corrects. The fields named `printed_*` hold what an imported print of the year says in
    sections 1 to 5, kept beside the records of the same thing (indicator, plan nodes, definition, target) and never in
    their place; with the fields below them they are empty for a report of our own. Names stand in the signature block:
    it is personal.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"signature"})

    assignment = models.ForeignKey("indicators.Assignment", on_delete=models.PROTECT, related_name="reports")
    quarter = models.PositiveIntegerField(null=True)
    issue = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value
    )
    progress = models.PositiveIntegerField(null=True)
    """Work progress of a quarter in percent, as the reporter sees it; null where not given."""
    narrative = models.TextField(blank=True)
    """Section 6.1 to 6.4 of a quarter, 6.5 of the year."""
    supporting_factors = models.TextField(blank=True)
    """Section 7."""
    obstacles = models.TextField(blank=True)
    """Section 8."""
    evidence_list = models.TextField(blank=True)
    """Section 9, one item a line."""

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

    objects = models.Manager["Report"]()
    quarters = QuarterReports()
    years = YearReports()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "assignment", "quarter", "issue"],
                condition=models.Q(quarter__isnull=False),
                name="reporting_quarter_report_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "assignment", "issue"],
                condition=models.Q(quarter__isnull=True),
                name="reporting_year_report_once",
            ),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="reporting_report_progress"),
            models.CheckConstraint(
                condition=models.Q(quarter__isnull=True) | models.Q(quarter__range=(1, 4)),
                name="reporting_report_quarter",
            ),
        ]


class ReportStep(UnitRecord):
    """A step of a report's life: who took it, in the role of which unit, under which order, and why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=[(step.value, step.value) for step in Step])
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    acting_unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey("people.Delegation", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["report", "recorded_at"], name="reporting_step_of_report")]


class Snapshot(UnitRecord):
    """What a report was when it was submitted: paper, figure and digests of the evidence, as canonical JSON."""

    unstated_fields: ClassVar[frozenset[str]] = frozenset({"content"})

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of `content` in hexadecimal."""
    figure = models.JSONField()
    """The figure of `content` without its members, so that lists need not read all of it: see `certified.py`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "report", "number"], name="reporting_snapshot_once"),
        ]


class DatedNote(UnitRecord):
    """A dated note of a report; there may be several."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notes")
    effective_on = models.DateField()
    text = models.TextField()
    withdrawn_on = models.DateField(null=True)
    """The day on which it was taken out of the draft; it stays as a row."""


class ReportEvidence(UnitRecord):
    """A file that a report rests on, or was read from."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(max_length=200)
    section = models.CharField(max_length=20, blank=True)
    """The text that it belongs to, a name of `SECTIONS`; empty for the whole report."""
    detached_on = models.DateField(null=True)
    """The day on which it was taken out of the draft; it stays as a row, and the file is kept."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "report", "evidence"], name="reporting_evidence_once"),
        ]
