"""The Django app `uploads`."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Files of tables that people send in."""

    name = "lakthan.apps.uploads"
    label = "uploads"
