"""What happens to accounts, in the ledger: the one module that listens for signals (DESIGN section 9).

Entries name the account and the act. What was typed is never kept: people type passwords into the field of the login.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account import signals as of_accounts
from allauth.mfa import signals as of_second_steps
from django.contrib.auth import signals as of_sessions
from django.dispatch import Signal

from lakthan.apps.ledger.services import note_act
from lakthan.apps.people.selectors import city, present, user_of_login
from lakthan.rules.permissions import Actor
from lakthan.web.actions import VISITOR

BY_THE_USER: Mapping[Signal, str] = {
    of_sessions.user_logged_in: "people.sign_in",
    of_sessions.user_logged_out: "people.sign_out",
    of_accounts.password_changed: "people.change_password",
    of_accounts.password_reset: "people.reset_password",
}
ABOUT_A_SECOND_STEP: Mapping[Signal, str] = {
    of_second_steps.authenticator_added: "people.add",
    of_second_steps.authenticator_removed: "people.remove",
    of_second_steps.authenticator_reset: "people.renew",
    of_second_steps.authentication_failed: "people.second_step_failed_by",
}
"""The kind of the second step follows: `people.add_totp`."""


def listen() -> None:
    """Connect the receivers."""
    for signal in BY_THE_USER:
        signal.connect(_enter, dispatch_uid="lakthan")
    for signal in ABOUT_A_SECOND_STEP:
        signal.connect(_enter_second_step, dispatch_uid="lakthan")
    of_sessions.user_login_failed.connect(_enter_failure, dispatch_uid="lakthan")


def enter(user: Any, act: str) -> None:
    """Enter an act of a signed-in person about the own account."""
    note_act(Actor(f"user:{user.pk}"), user, act=act, now=present())


def _enter(*, signal: Signal, user: Any, **_: object) -> None:
    if user is not None:  # signing out without having signed in
        enter(user, BY_THE_USER[signal])


def _enter_second_step(*, signal: Signal, user: Any, authenticator: Any, **_: object) -> None:
    enter(user, f"{ABOUT_A_SECOND_STEP[signal]}_{authenticator.type}")


def _enter_failure(*, credentials: Mapping[str, Any], **_: object) -> None:
    """A failed sign-in is about the account that was named, or, where there is none, about the city."""
    about = user_of_login(str(credentials.get("username", ""))) or city()
    if about is not None:
        note_act(VISITOR, about, act="people.sign_in_failed", now=present())
