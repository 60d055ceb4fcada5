"""The bureau's project and activities, requests for data, community plans and projects, meetings, action plans."""

from uuid import UUID

from django.db import models

from lakthan.apps.records import MoneyField, Record, UnitRecord
from lakthan.rules.data_requests import AnswerForm
from lakthan.rules.facts import MEETING_PURPOSES, PLAN_KINDS

PLAN_KIND_CHOICES = [(value, en) for value, (_, en) in PLAN_KINDS.items()]


class Project(UnitRecord):
    """A project of a bureau, such as the programme that supports community plans."""

    fiscal_year = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    name = models.TextField()
    objective = models.TextField(blank=True)
    budget = MoneyField()
    budget_source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "fiscal_year", "code"], name="planning_project_once")]


class ProjectApproval(UnitRecord):
    """That an office approved a project, or its cost, on a day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="approvals")
    effective_on = models.DateField()
    subject = models.CharField(max_length=300)
    approver = models.CharField(max_length=200)
    delegation = models.ForeignKey("people.Delegation", on_delete=models.PROTECT, null=True, related_name="+")
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "project", "effective_on", "subject"], name="planning_project_approval_once"
            ),
        ]


class Activity(UnitRecord):
    """A numbered activity of a project (กิจกรรมที่ 2)."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveIntegerField()
    name = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "project", "number"], name="planning_activity_once")]


class ActivityProgress(UnitRecord):
    """Work progress of an activity from a day on, 0 to 100, with a note."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    effective_on = models.DateField()
    percent = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "activity", "effective_on"], name="planning_progress_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="planning_progress_percent"),
        ]


class Meeting(UnitRecord):
    """A meeting with a room, a time and a purpose; held, postponed or cancelled with a reason."""

    purpose = models.CharField(max_length=20, choices=[(value, en) for value, (_, en) in MEETING_PURPOSES.items()])
    activity_number = models.PositiveIntegerField(null=True)
    """Number of the bureau's activity that it carries out (กิจกรรมที่ 2), where it does."""
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, null=True, related_name="meetings")
    number = models.PositiveIntegerField()
    year = models.PositiveIntegerField()
    """Number and B.E. calendar year: 1/2563."""
    title = models.TextField()
    place = models.CharField(max_length=200, blank=True)
    scheduled_on = models.DateField()
    starts_at = models.TimeField(null=True)
    ends_at = models.TimeField(null=True)
    held_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    cancellation_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "purpose", "community", "year", "number"], name="planning_meeting_of_community_once"
            ),
            # A key of its own, because nulls are not equal to each other (and SQLite cannot be told that they are).
            models.UniqueConstraint(
                fields=["unit", "purpose", "year", "number"],
                name="planning_meeting_of_unit_once",
                condition=models.Q(community__isnull=True),
            ),
            models.CheckConstraint(
                condition=models.Q(held_on__isnull=True) | models.Q(cancelled_on__isnull=True),
                name="planning_meeting_held_or_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["purpose", "unit", "held_on"],
                name="planning_meeting_held",
                condition=models.Q(held_on__isnull=False),
            ),
        ]


class MeetingPostponement(UnitRecord):
    """That a meeting was put off on a day, to another day or without one, and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="postponements")
    effective_on = models.DateField()
    postponed_to = models.DateField(null=True)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "meeting", "effective_on"], name="planning_postponement_once"),
        ]


class Attendance(UnitRecord):
    """How many people of a group came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    group = models.CharField(max_length=200)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "meeting", "group"], name="planning_attendance_once")]


class MeetingEvidence(UnitRecord):
    """A file that proves a meeting: minutes, a photograph, a list of attendance."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.ForeignKey("evidence.Evidence", on_delete=models.PROTECT, related_name="+")
    proves = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "meeting", "evidence"], name="planning_meeting_proof")]


class DataRequest(Record):
    """A question that a bureau sends to many units with a deadline, and in what form it wants the answers."""

    asked_by = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="data_requests")
    subject = models.CharField(max_length=300)
    question = models.TextField()
    sent_on = models.DateField()
    deadline_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    form = models.CharField(
        max_length=8, choices=[(form.value, form.value) for form in AnswerForm], default=AnswerForm.TEXT.value
    )
    fields = models.JSONField(default=list)
    """As `rules.data_requests.read_fields` reads them; empty for answers in words."""
    closed_on = models.DateField(null=True)
    """From this day on nobody answers."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked_by", "subject", "sent_on"], name="planning_request_once")]

    @property
    def unit_id(self) -> UUID:
        """The unit in whose name its entries stand."""
        return self.asked_by_id


class DataRequestAnswer(UnitRecord):
    """What became of a request at one unit that was asked: `unit` is that unit; no answer yet is a null date."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="answers")
    answered_on = models.DateField(null=True)
    first_answered_on = models.DateField(null=True)
    """Decides whether it came in time; `answered_on` moves when the answer is mended."""
    answer = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    """Rows of values by code of the field: one for a form of values, any number for a workbook."""
    is_nil = models.BooleanField(default=False)
    """The unit confirms that it has nothing (ยืนยันว่าไม่มี)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "request"], name="planning_answer_once")]


class DataRequestReminder(UnitRecord):
    """That a unit was reminded of a request on a day."""

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="reminders")
    effective_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "request", "effective_on"], name="planning_reminder_once"),
        ]


class CommunityPlan(UnitRecord):
    """A plan that a community made (new) or reviewed, in five fields. Current until `valid_until`."""

    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8, choices=PLAN_KIND_CHOICES)
    effective_on = models.DateField()
    """The day the community adopted it."""
    valid_until = models.DateField()
    reviews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reviewed_by")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="plans")
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


class ActionPlan(UnitRecord):
    """A district's annual action plan (แผนปฏิบัติราชการประจำปี) of a fiscal year."""

    fiscal_year = models.PositiveIntegerField()
    effective_on = models.DateField()
    document = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "fiscal_year"], name="planning_action_plan_once")]


class ProjectDecision(UnitRecord):
    """What a district decided about a community project for an action plan, under a document."""

    action_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="%(class)ss")
    project = models.ForeignKey(CommunityProject, on_delete=models.PROTECT, related_name="%(class)ss")
    fiscal_year = models.PositiveIntegerField()
    """Of the action plan, repeated so that a figure needs no join."""
    effective_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)
    document = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Inclusion(ProjectDecision):
    """That a district took a community project into its action plan, as an item with a name and a budget."""

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
