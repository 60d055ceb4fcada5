"""Plans of communities with their projects, and plans that are still being prepared."""

from django.db import models

from lakthan.apps.planning.models.meetings import Meeting
from lakthan.apps.records import MoneyField, UnitRecord
from lakthan.rules.facts import PLAN_KINDS

PLAN_KIND_CHOICES = [(value, en) for value, (_, en) in PLAN_KINDS.items()]


class CommunityPlan(UnitRecord):
    """A plan that a community made (new) or reviewed, in five fields. Current until `valid_until`."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8, choices=PLAN_KIND_CHOICES)
    effective_on = models.DateField()
    """The day the community adopted it."""
    valid_until = models.DateField()
    reviews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reviewed_by")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="plans")
    resolution = models.CharField(max_length=200, blank=True)
    """The resolution by which the committee adopted it: number of the meeting, item, day, as the minutes say."""
    physical = models.TextField(blank=True)
    economy = models.TextField(blank=True)
    society = models.TextField(blank=True)
    health = models.TextField(blank=True)
    mind = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "community", "effective_on"], name="planning_plan_once"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("effective_on")), name="planning_plan_valid"
            ),
        ]
        indexes = [models.Index(fields=["effective_on", "valid_until", "community"], name="planning_plan_current")]


class CommunityProject(UnitRecord):
    """A project of a community plan: done by the community itself, with support, or asked of the district."""

    class Field(models.TextChoices):
        PHYSICAL = "physical"
        ECONOMY = "economy"
        SOCIETY = "society"
        HEALTH = "health"
        MIND = "mind"

    class Way(models.TextChoices):
        ITSELF = "itself"
        WITH_SUPPORT = "with-support"
        BY_DISTRICT = "by-district"

    plan = models.ForeignKey(CommunityPlan, on_delete=models.PROTECT, related_name="projects")
    number = models.PositiveIntegerField()
    name = models.TextField()
    problem = models.TextField(blank=True)
    aim = models.TextField(blank=True)
    field = models.CharField(max_length=12, choices=Field)
    way = models.CharField(max_length=16, choices=Way)
    estimate = MoneyField(null=True)
    priority = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "plan", "number"], name="planning_community_project_once"),
        ]


class PlanProposal(UnitRecord):
    """A plan that a community prepares: written, sent to the district, sent back, and confirmed as a plan.

    Nothing here counts in a figure; what is confirmed becomes a `CommunityPlan` with its projects.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        RETURNED = "returned"
        CONFIRMED = "confirmed"
        DROPPED = "dropped"

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    copied_from = models.ForeignKey(CommunityPlan, on_delete=models.PROTECT, null=True, related_name="copies")
    adopted_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    resolution = models.CharField(max_length=200, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="proposals")
    physical = models.TextField(blank=True)
    economy = models.TextField(blank=True)
    society = models.TextField(blank=True)
    health = models.TextField(blank=True)
    mind = models.TextField(blank=True)
    projects = models.JSONField(default=list)
    """Projects as they are typed, in order: texts by name of the field of `CommunityProject`."""
    sent_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    return_reason = models.TextField(blank=True)
    plan = models.ForeignKey(CommunityPlan, on_delete=models.PROTECT, null=True, related_name="proposals")
    """What it became."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "community"],
                name="planning_proposal_open_once",
                condition=models.Q(state__in=["draft", "sent", "returned"]),
            ),
            models.CheckConstraint(
                condition=models.Q(state="confirmed", plan__isnull=False)
                | (~models.Q(state="confirmed") & models.Q(plan__isnull=True)),
                name="planning_proposal_confirmed",
            ),
        ]


class WorkingPlan(UnitRecord):
    """What stands in the form of a plan in preparation and is not saved: one text for all who may write the plan.

    It is no act, and goes when the plan is saved, so it has no entry in the ledger
    (docs/decisions/0012-working-texts.md). `recorded_at` is when it was last typed.
    """

    proposal = models.ForeignKey(PlanProposal, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=80)
    """The actor who typed last."""
    page = models.CharField(max_length=40)
    """The opened page that it was typed in: what the same page sends again is not another person's."""
    seen = models.CharField(max_length=64)
    """The digest of the saved plan that it was begun on."""
    texts = models.JSONField(default=dict)
    """What stands in the fields, as typed, by their names."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "proposal"], name="planning_working_plan_once")]


class FieldForm(UnitRecord):
    """A form that was filled in at a meeting on a device, without connection perhaps, and sent once.

    Its identifier is the key that the device gave it: what is sent again finds it here.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="field_forms")
    proposal = models.ForeignKey(PlanProposal, on_delete=models.PROTECT, null=True, related_name="field_forms")
    """The plan in preparation that the projects went into; null where there are none, or none could be added."""
    projects = models.JSONField(default=list)
    """Projects as they were typed at the meeting: texts by name of the field of `CommunityProject`."""
    filled_in_by = models.CharField(max_length=80)
    """The actor."""
