"""The Django app `budget`."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Money transferred to districts, and what became of it."""

    name = "lakthan.apps.budget"
    label = "budget"
