"""The Django app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in."""

    name = "lakthan.web.accounts"
    label = "lakthan_accounts"

    def ready(self) -> None:
        """Begin to listen for what happens to accounts."""
        from lakthan.web.accounts import entries

        entries.listen()
