"""Every view states what it is for; a view that does not is refused."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from lakthan.apps.people import selectors as people
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.web.errors import user_error

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
VISITOR = Actor("visitor")


class ActingRequest(HttpRequest):
    """A request as views get it: with whoever acts, read when first asked for; a visitor where nobody is signed in."""

    actor: Actor


def performs(action: Action) -> Callable[[View], View]:
    """State the action of a view."""

    def state(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return state


class ActionMiddleware:
    """Refuse a view without an action, and an actor who may not do it in any unit, before the view runs.

    Whether the actor may do it to a row of a certain unit is the service's question. An error of the user's, from here
    or from below, becomes the page that says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say who acts and pass on; the check is in `process_view`."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        with people.city_read_once():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Check the action that the view states; None lets the view run."""
        action = getattr(view, "action", None)
        if not isinstance(action, Action):
            raise LookupError(f"{view.__module__}.{view.__qualname__} states no action; add @performs(...) to it")
        refused = refusal(VISITOR, action)
        if refused is None:
            return None
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if any(refusal(actor, action, held.unit) is None for held in actor.held):
            return None
        return user_error(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a user's error; None leaves any other to the 500 page."""
        return user_error(request, exception) if isinstance(exception, UserError) else None


def _actor(request: HttpRequest) -> Actor:
    """Who is signed in, with the roles of the city's present day."""
    return people.actor_of(request.user, people.today()) if request.user.is_authenticated else VISITOR


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a person to the page of signing in and back again; tell a script 401 and where that page is.

    A page that saves by itself must see that its session has ended, and keep what was typed.
    """
    address = reverse("account_login")
    if from_script(request):
        answer = JsonResponse({"error": "signed-out", "sign_in": address}, status=401)
        answer["X-Sign-In"] = address
        return answer
    back = request.get_full_path() if request.method == "GET" else _page_of_the_form(request)
    return HttpResponseRedirect(f"{address}?{urlencode({'next': back})}" if back else address)


def _page_of_the_form(request: HttpRequest) -> str:
    """The page of ours whose form was sent, as the browser tells; empty where it does not."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return ""
    page = urlsplit(referrer)
    return f"{page.path}?{page.query}" if page.query else page.path


def from_script(request: HttpRequest) -> bool:
    """Whether the answer goes to htmx or to `fetch` and not to a window. Browsers say so in `Sec-Fetch-Mode`."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return mode != "navigate" or "HX-Request" in request.headers or request.headers.get("Accept") == "application/json"
