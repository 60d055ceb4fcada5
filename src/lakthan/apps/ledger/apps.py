"""The Django app `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What was done, by whom, and the running tallies: the lowest app, which knows no other."""

    name = "lakthan.apps.ledger"
    label = "ledger"
