"""The bureau's own projects and activities."""

from django.db import models

from lakthan.apps.records import MoneyField, UnitRecord


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
