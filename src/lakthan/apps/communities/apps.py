"""The Django app `communities`."""

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    """The register of communities."""

    name = "lakthan.apps.communities"
    label = "communities"
