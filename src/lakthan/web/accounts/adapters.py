"""What django-allauth asks of us: who may have an account, and our words in the place of its own."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lakthan.web.accounts import entries

DONE = {
    "account/messages/password_changed.txt": _("The password is changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is on."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is off."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made. Only these work from now on."),
    "mfa/messages/webauthn_added.txt": _("The key is added."),
    "mfa/messages/webauthn_removed.txt": _("The key is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("The other devices are now signed out."),
}
"""What is said after an act; of other acts the page itself tells."""


def name_of(user: Any) -> str:
    """The person's name in the language of the page."""
    return str(user.name_en if get_language() == "en" and user.name_en else user.name_th)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Login or password is wrong."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes, or ask the system administrator."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The present password is wrong."),
        "incorrect_code": _("The code is wrong or too old."),
        "rate_limited": _("Too many attempts. Wait a few minutes."),
        "invalid_password_reset": _("The link is used or too old. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for oneself."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our words, or what a form refused."""
        said = DONE.get(message_template or "", message)
        if said:
            messages.add_message(request, level, str(said))


class MfaAdapter(DefaultMFAAdapter):
    """The second step."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is wrong or too old."),
        "cannot_generate_recovery_codes": _("Recovery codes need an authenticator app or a key first."),
    }

    def get_totp_label(self, user: Any) -> str:
        """The login, as the app will show it."""
        return str(user.login)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth names the argument
        """A name for a new key until the person gives one."""
        return gettext("My key")


class SessionsAdapter(DefaultUserSessionsAdapter):
    """The devices on which a person is signed in."""

    def end_sessions(self, sessions: Iterable[Any]) -> None:
        """End them, with an entry for each."""
        for session in sessions:
            entries.enter(session.user, "people.end_session")
            session.end()
