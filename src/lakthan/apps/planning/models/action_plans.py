"""Annual action plans of districts, and what a district decides about projects of communities."""

from django.db import models

from lakthan.apps.planning.models.plans import CommunityProject
from lakthan.apps.records import MoneyField, UnitRecord


class ActionPlan(UnitRecord):
    """A district's annual action plan (แผนปฏิบัติราชการประจำปี) of a fiscal year."""

    fiscal_year = models.PositiveIntegerField()
    effective_on = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "fiscal_year"], name="planning_action_plan_once")]


class ActionPlanConfirmation(UnitRecord):
    """That the director confirmed the list of an action plan: what is decided afterwards is a correction."""

    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="confirmations")
    effective_on = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "action_plan"], name="planning_confirmation_once")]


class ProjectDecision(UnitRecord):
    """What a district decided about a community project for an action plan, under a document."""

    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="%(class)ss")
    project = models.ForeignKey(CommunityProject, on_delete=models.PROTECT, related_name="%(class)ss")
    fiscal_year = models.PositiveIntegerField()
    """Of the action plan, repeated so that a figure needs no join."""
    effective_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    end_is_correction = models.BooleanField(default=False)
    """Whether it was withdrawn after the list was confirmed."""
    document = models.CharField(max_length=200)
    correction = models.TextField(blank=True)
    """Why it was made after the list was confirmed; empty for what was decided before."""

    class Meta:
        abstract = True


class Inclusion(ProjectDecision):
    """That a district took a community project into its action plan, as an item with a name and a budget.

    Name and budget are the item's: projects that share an item repeat them, and sums go over items, not over rows
    (`rules.action_plan.budget_total`).
    """

    item_number = models.PositiveIntegerField()
    name = models.TextField()
    budget = MoneyField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "action_plan", "item_number", "project"],
                name="planning_inclusion_once",
                condition=models.Q(ended_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["fiscal_year", "unit", "effective_on"],
                name="planning_inclusion_live",
                condition=models.Q(ended_on__isnull=True),
            ),
        ]


class Decline(ProjectDecision):
    """That a district did not take a community project in, and why."""

    class Reason(models.TextChoices):
        NO_BUDGET = "no-budget"
        OTHER_AGENCY = "other-agency"
        PRIVATE_LAND = "private-land"
        COMMUNITY_CAN = "community-can"
        INCOMPLETE = "incomplete"
        DUPLICATE = "duplicate"
        OTHER = "other"

    reason_code = models.CharField(max_length=20, choices=Reason)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "action_plan", "project"],
                name="planning_decline_once",
                condition=models.Q(ended_on__isnull=True),
            ),
        ]


class DecisionNotice(UnitRecord):
    """That a community was told what the district decided about its project, that it was mended, or withdrawn.

    What was told is kept beside the decision, which may be mended or withdrawn after: then another notice is due
    (`rules.after_decision.notice_due`).
    """

    class Way(models.TextChoices):
        LETTER = "letter"
        EMAIL = "e-mail"

    inclusion = models.ForeignKey(Inclusion, on_delete=models.PROTECT, null=True, related_name="notices")
    decline = models.ForeignKey(Decline, on_delete=models.PROTECT, null=True, related_name="notices")
    effective_on = models.DateField()

    class Outcome(models.TextChoices):
        CLAIMED = "claimed"
        """Taken on before the mail goes out. Where it stays so, nobody knows whether the mail went out."""
        SENT = "sent"
        REFUSED = "refused"
        """The mail server refused it for certain: the community is not told, and it can be sent again."""
        UNKNOWN = "unknown"
        """The mail server broke off. It may have gone out, so it is not sent again."""

    way = models.CharField(max_length=8, choices=Way)
    document = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    """What became of an e-mail; empty for a letter."""
    turn = models.PositiveSmallIntegerField(default=1)
    """The how many-th notice of the decision in this way."""
    item_number = models.PositiveIntegerField(null=True)
    budget = MoneyField(null=True)
    reason = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(inclusion__isnull=False, decline__isnull=True)
                | models.Q(inclusion__isnull=True, decline__isnull=False),
                name="planning_notice_of_one",
            ),
            models.UniqueConstraint(fields=["unit", "inclusion", "way", "turn"], name="planning_notice_of_inclusion"),
            models.UniqueConstraint(fields=["unit", "decline", "way", "turn"], name="planning_notice_of_decline"),
        ]


class Reconsideration(UnitRecord):
    """A community's request, with reasons, to decide anew about a project that was declined; and the answer."""

    decline = models.ForeignKey(Decline, on_delete=models.PROTECT, related_name="reconsiderations")
    effective_on = models.DateField()
    reasons = models.TextField()
    document = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    is_upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answer_document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "decline"],
                name="planning_reconsideration_open_once",
                condition=models.Q(answered_on__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, is_upheld__isnull=True)
                | models.Q(answered_on__isnull=False, is_upheld__isnull=False),
                name="planning_reconsideration_answered",
            ),
        ]


class WorkProgress(UnitRecord):
    """How far the work on an item of the action plan is, from a day on; of one day the last report counts."""

    class State(models.TextChoices):
        NOT_BEGUN = "not-begun"
        UNDER_WAY = "under-way"
        DONE = "done"
        STOPPED = "stopped"

    inclusion = models.ForeignKey(Inclusion, on_delete=models.PROTECT, related_name="progress")
    effective_on = models.DateField()
    state = models.CharField(max_length=12, choices=State)
    note = models.TextField(blank=True)


class WorkEvidence(UnitRecord):
    """A file that proves the work on an item: a photograph, a certificate of acceptance."""

    inclusion = models.ForeignKey(Inclusion, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "inclusion", "evidence"], name="planning_work_proof")]


class WorkConfirmation(UnitRecord):
    """What the community says of the work: that it is done, or what is missing."""

    inclusion = models.ForeignKey(Inclusion, on_delete=models.PROTECT, related_name="confirmations")
    effective_on = models.DateField()
    is_done = models.BooleanField()
    note = models.TextField(blank=True)
