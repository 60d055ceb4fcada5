"""The versions of the plan tree, indicators with their definitions, and who answers for which target."""

from django.db import models

from lakthan.apps.records import Record, UnitRecord
from lakthan.core.figure import Operator


class PlanVersion(Record):
    """A version (phase) of the city's 20-year plan. `level_names` are data: ["ด้าน", "มิติ", "เป้าหมาย"]."""

    code = models.CharField(max_length=40, unique=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()
    level_names = models.JSONField()


class PlanNode(Record):
    """A node of a plan version. Its text is stored once and whole; `certainty` says how sure it is."""

    class Certainty(models.TextChoices):
        OBSERVED = "observed"
        COMPLETED = "completed"
        INFERRED = "inferred"
        PARTIAL = "partial"
        PARAPHRASE = "paraphrase"

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="nodes")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=20)
    level_name = models.CharField(max_length=50)
    name_th = models.TextField(blank=True)
    name_en = models.TextField(blank=True)
    certainty = models.CharField(max_length=16, choices=Certainty)
    source = models.TextField(blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    """The node of an earlier version whose place this one takes."""
    withdrawn_on = models.DateField(null=True)
    """From this day on nothing new is linked to it; null while it is in use."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="indicators_plan_node_once")]


class Indicator(Record):
    """What is measured. `unit` is the agency that owns it; the code is agency and sequence, 2100-0001."""

    class Level(models.TextChoices):
        UNKNOWN = "unknown"
        OUTPUT = "output"
        OUTCOME = "outcome"

    code = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="indicators")
    name_th = models.TextField()
    name_en = models.TextField()
    level = models.CharField(max_length=8, choices=Level, default=Level.UNKNOWN)


class IndicatorNode(Record):
    """That an indicator serves a node of the plan; it may serve several. A link that was taken away has an end."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="node_links")
    node = models.ForeignKey(PlanNode, on_delete=models.PROTECT, related_name="indicator_links")
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "node"], name="indicators_node_link_once")]


class Definition(Record):
    """One version of an indicator's definition: its terms, method and formula. Never changed, only followed."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField()
    terms_th = models.JSONField()
    """Paragraphs of section 3 of the printed form."""
    terms_en = models.JSONField()
    method_th = models.TextField()
    method_en = models.TextField()
    formula = models.JSONField()
    """As `rules.formula.parse` reads it."""
    unit_th = models.CharField(max_length=50)
    unit_en = models.CharField(max_length=50)
    operator = models.CharField(
        max_length=2, choices=[(item.value, item.value) for item in Operator], default=Operator.AT_LEAST.value
    )
    decimals = models.PositiveIntegerField(default=2)
    reason = models.TextField(blank=True)
    """Why this version follows the one before; empty for the first."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="indicators_definition_once")]


class Assignment(UnitRecord):
    """That a unit answers for an indicator in a fiscal year, by a definition, with a target."""

    class Class_(models.TextChoices):  # noqa: N801 - "class" is the field's own term
        NEGOTIATED = "negotiated"
        ROUTINE = "routine"
        STRATEGIC = "strategic"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="assignments")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="assignments")
    fiscal_year = models.PositiveIntegerField()
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    classification = models.CharField(max_length=12, choices=Class_)
    scale = models.JSONField(default=list)
    """Values (text) at which the scores 1 to 5 are reached; empty where none is agreed."""
    supervisor = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    collector = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "fiscal_year"], name="indicators_assignment_once"),
        ]


class QuarterTarget(UnitRecord):
    """The target of one quarter of an assignment, where it differs from the year's; null once it does no more."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="quarter_targets")
    quarter = models.PositiveIntegerField()
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "assignment", "quarter"], name="indicators_quarter_target_once"),
        ]


class Baseline(UnitRecord):
    """What an earlier fiscal year reached, with the source of that figure."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="baselines")
    fiscal_year = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=15, decimal_places=4)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "assignment", "fiscal_year"], name="indicators_baseline_once"),
        ]


class Agreement(UnitRecord):
    """The agreement (คำรับรอง) of a unit for a fiscal year: what it answers for, frozen as it was agreed.

    What changes afterwards is changed by a decision, and stands beside it.
    """

    fiscal_year = models.PositiveIntegerField()
    document_number = models.CharField(max_length=100)
    document_date = models.DateField()
    body = models.JSONField()
    """The lines of the agreement, with weights, targets, scales and baselines as text."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "fiscal_year"], name="indicators_agreement_once"),
        ]


class AgreementSignature(UnitRecord):
    """That one side signed an agreement: who, in which office."""

    class Side(models.TextChoices):
        UNIT = "unit"
        CITY = "city"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=8, choices=Side)
    person = models.CharField(max_length=80)
    """The actor's identifier."""
    office = models.CharField(max_length=200)
    delegation = models.ForeignKey("people.Delegation", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "agreement", "side"], name="indicators_signature_once"),
        ]
