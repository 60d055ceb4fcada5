"""The forms of allauth in our words: its Thai is in part made by machine, and in part wrong."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _


class Worded:
    """A form whose fields carry labels of our own and no text inside the field."""

    labels: ClassVar[Mapping[str, Any]] = {}
    helps: ClassVar[Mapping[str, Any]] = {}
    attributes: ClassVar[Mapping[str, Mapping[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))


LOGIN = {"autocapitalize": "none", "spellcheck": "false"}
NUMBER = {"inputmode": "numeric", "autocomplete": "one-time-code"}
NEW_PASSWORD = {"password1": _("New password"), "password2": _("New password once more")}
RULES = {"password1": lazy(lambda: " ".join(filter(None, password_validators_help_texts())), str)()}


class SignInForm(Worded, account.LoginForm):
    """Login and password."""

    labels = {"login": _("Login"), "password": _("Password")}
    attributes = {"login": LOGIN | {"autofocus": "autofocus"}}


class ConfirmPasswordForm(Worded, account.ReauthenticateForm):
    """The password again, before something that an open screen should not allow."""

    labels = {"password": _("Password")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The present password and a new one."""

    labels = NEW_PASSWORD | {"oldpassword": _("Present password")}
    helps = RULES


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """The address to which a link is sent."""

    labels = {"email": _("E-mail address")}


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    """A new password, with a link that was sent."""

    labels = NEW_PASSWORD
    helps = RULES


class CodeForm(Worded, codes.AuthenticateForm):
    """The second step of signing in."""

    labels = {"code": _("Six digits of the app, or a recovery code")}
    attributes = {"code": {"autocomplete": "one-time-code"}}


class ConfirmCodeForm(Worded, codes.ReauthenticateForm):
    """A code, before something that an open screen should not allow."""

    labels = {"code": _("Six digits of the app, or a recovery code")}
    attributes = {"code": {"autocomplete": "one-time-code"}}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    labels = {"code": _("Six digits that the app shows now")}
    attributes = {"code": NUMBER}


class AddKeyForm(Worded, keys.AddWebAuthnForm):
    """A passkey or a security key."""

    labels = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone, without a password")}
    helps = {
        "name": _("So that you know it in the list, for example: office computer."),
        "passwordless": _("The device then asks for a fingerprint, a face or its PIN."),
    }


class RenameKeyForm(Worded, keys.EditWebAuthnForm):
    """Another name for a key."""

    labels = {"name": _("Name of the key")}
