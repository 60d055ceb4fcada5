"""People who come by the city's identity provider: matched to an account by login, never given one."""

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from lakthan.apps.people.selectors import user_of_login
from lakthan.rules.permissions import Refused
from lakthan.web.errors import user_error


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """Matches whom the provider names to an account.

    The first time, the provider's `preferred_username` must be the login of an active account that nobody else of the
    provider uses; from then on the provider's own identifier (`sub`) names the account.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody gets an account by coming."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of someone who comes for the first time."""
        if sociallogin.state.get("process") != "login":
            _refuse(request)
        if sociallogin.is_existing:
            return
        user: Any = user_of_login(sociallogin.user.login)
        if user is None or not user.is_active or user.socialaccount_set.exists():
            _refuse(request)
        sociallogin.connect(request, user)


def _refuse(request: HttpRequest) -> NoReturn:
    refused = Refused(
        "ไม่มีบัญชีที่ใช้งานได้ตรงกับชื่อผู้ใช้นี้ ติดต่อผู้ดูแลระบบ",
        "No account in use matches this login. Ask the system administrator.",
    )
    raise ImmediateHttpResponse(user_error(request, refused))
