"""Addresses of accounts: each view of allauth that we offer, under our address; the others are not reachable.

The names are allauth's, which looks them up. All are for everyone: what needs a person signed in asks for it itself.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, path, register_converter

from lakthan.rules.permissions import Action
from lakthan.web.accounts import views
from lakthan.web.actions import performs


class UserKeyConverter:
    """An account as allauth writes it into a link: letters and digits, so that a hyphen may follow."""

    regex = "[0-9A-Za-z]+"

    def to_python(self, value: str) -> str:
        """The text itself."""
        return value

    def to_url(self, value: str) -> str:
        """The text itself."""
        return value


register_converter(UserKeyConverter, "user-key")


def _page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """An address of a view that states no action itself."""
    return path(route, performs(Action.USE_ACCOUNT)(view), name=name)


urlpatterns = [
    path("account/", views.account, name="account"),
    _page("account/sign-in/", account.login, "account_login"),
    _page("account/sign-in/code/", mfa.authenticate, "mfa_authenticate"),
    _page("account/sign-in/passkey/", keys.login_webauthn, "mfa_login_webauthn"),
    _page("account/sign-out/", account.logout, "account_logout"),
    _page("account/inactive/", account.account_inactive, "account_inactive"),
    _page("account/confirm/password/", account.reauthenticate, "account_reauthenticate"),
    _page("account/confirm/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    _page("account/confirm/key/", keys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _page("account/password/", account.password_change, "account_change_password"),
    path("account/password/none/", views.without_password, name="account_set_password"),
    _page("account/two-step/", mfa.index, "mfa_index"),
    _page("account/two-step/app/add/", totp.activate_totp, "mfa_activate_totp"),
    _page("account/two-step/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("account/two-step/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _page("account/two-step/codes/renew/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _page("account/two-step/codes/file/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    _page("account/two-step/keys/", keys.list_webauthn, "mfa_list_webauthn"),
    _page("account/two-step/keys/add/", keys.add_webauthn, "mfa_add_webauthn"),
    _page("account/two-step/keys/<int:pk>/rename/", keys.edit_webauthn, "mfa_edit_webauthn"),
    _page("account/two-step/keys/<int:pk>/remove/", keys.remove_webauthn, "mfa_remove_webauthn"),
    _page("account/sessions/", sessions.list_usersessions, "usersessions_list"),
]
if settings.EMAIL_URL:
    urlpatterns += [
        _page("account/password/forgotten/", account.password_reset, "account_reset_password"),
        _page("account/password/forgotten/sent/", account.password_reset_done, "account_reset_password_done"),
        _page(
            "account/password/new/<user-key:uidb36>-<str:key>/",
            account.password_reset_from_key,
            "account_reset_password_from_key",
        ),
        _page(
            "account/password/new/done/",
            account.password_reset_from_key_done,
            "account_reset_password_from_key_done",
        ),
    ]

# The identity provider is told one address, whatever the language of the page.
provider_patterns: list[URLPattern] = []
if settings.IDENTITY_PROVIDER is not None:
    from allauth.socialaccount import views as provider_pages
    from allauth.socialaccount.providers.openid_connect import views as provider

    provider_patterns = [
        _page("account/oidc/<slug:provider_id>/login/", provider.login, "openid_connect_login"),
        _page("account/oidc/<slug:provider_id>/login/callback/", provider.callback, "openid_connect_callback"),
        _page("account/oidc/cancelled/", provider_pages.login_cancelled, "socialaccount_login_cancelled"),
        _page("account/oidc/error/", provider_pages.login_error, "socialaccount_login_error"),
    ]
