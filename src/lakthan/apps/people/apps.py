"""The Django app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Units, users, memberships and delegations."""

    name = "lakthan.apps.people"
    label = "people"
