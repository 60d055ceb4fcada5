"""Pages for what went wrong, in the design of the others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from lakthan.apps.reporting.published import NotPublished
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Refused


def sentence(error: UserError) -> str:
    """What the error says in the language of the page."""
    return error.en if get_language() == "en" else error.th


def user_error(request: HttpRequest, error: UserError) -> HttpResponse:
    """The page for an error that carries a sentence: 404, 403, 409 or 400."""
    match error:
        case NotPublished():
            return _page(request, 404, sentence(error), _page_of_indicator(request))
        case NotFound():
            return _page(request, 404, sentence(error))
        case Refused():
            return _page(request, 403, sentence(error))
        case Conflict():
            return _page(request, 409, sentence(error))
        case _:
            return _page(request, 400, sentence(error))


def _page_of_indicator(request: HttpRequest) -> str:
    """The indicator's page, for an address that holds code and fiscal year."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    return reverse("indicator", kwargs={name: asked[name] for name in ("code", "fiscal_year")})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that cannot be understood."""
    return _bare_page(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for the one who asks."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _bare_page(500)


def _page(request: HttpRequest, status: int, reason: str = "", indicator: str = "") -> HttpResponse:
    return render(request, f"{status}.html", {"reason": reason, "indicator": indicator}, status=status)


def _bare_page(status: int) -> HttpResponse:
    """Without the request, so that nothing is read: neither the database nor the host may be in order."""
    return HttpResponse(render_to_string(f"{status}.html"), status=status)
