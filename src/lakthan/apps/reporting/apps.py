"""The Django app `reporting`."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Periods, reports, and the one bridge from registers to figures."""

    name = "lakthan.apps.reporting"
    label = "reporting"
