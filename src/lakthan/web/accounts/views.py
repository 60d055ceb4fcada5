"""The page of one's own account, and what is said where a form is no longer valid."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people import selectors as people
from lakthan.rules.permissions import Action, Refused
from lakthan.web.actions import performs
from lakthan.web.errors import user_error


@performs(Action.USE_ACCOUNT)
@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Name, roles of the day, and the way to password, second step and devices."""
    context = {
        "roles": people.roles_of(request.user, people.today()),  # type: ignore[arg-type]
        "is_two_step": is_mfa_enabled(request.user),
    }
    return render(request, "account/account.html", context)


@performs(Action.USE_ACCOUNT)
@require_safe
@login_required
def without_password(request: HttpRequest) -> HttpResponse:
    """For an account that has no password to change."""
    return render(request, "account/without_password.html", {"by_mail": bool(settings.EMAIL_URL)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from a page of ours, or from one that is too old."""
    refused = Refused(
        "แบบฟอร์มนี้หมดอายุ หรือเบราว์เซอร์ไม่รับคุกกี้ กลับไปโหลดหน้าใหม่แล้วลองอีกครั้ง",
        "This form is too old, or the browser refuses cookies. Go back, load the page anew and try again.",
    )
    return user_error(request, refused)
