"""The Django app `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The plan tree, indicators, their definitions, assignments and targets."""

    name = "lakthan.apps.indicators"
    label = "indicators"
