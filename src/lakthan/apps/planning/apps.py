"""The Django app `planning`."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The bureau's project, community plans and projects, meetings, action plans and their decisions."""

    name = "lakthan.apps.planning"
    label = "planning"
