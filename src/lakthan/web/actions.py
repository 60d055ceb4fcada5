"""Every view states what it is for; a view that does not is refused."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from lakthan.core.errors import UserError
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.web.errors import user_error

View = TypeVar("View", bound=Callable[..., HttpResponse])
VISITOR = Actor("visitor")


def performs(action: Action) -> Callable[[View], View]:
    """State the action of a view."""

    def state(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return state


class ActionMiddleware:
    """Refuse a view without an action, and an actor who may not do it, before the view runs.

    An error of the user's, from here or from below, becomes the page that says so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the check is in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Check the action that the view states; None lets the view run."""
        action = getattr(view, "action", None)
        if not isinstance(action, Action):
            raise LookupError(f"{view.__module__}.{view.__qualname__} states no action; add @performs(...) to it")
        refused = refusal(VISITOR, action)
        return None if refused is None else user_error(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a user's error; None leaves any other to the 500 page."""
        return user_error(request, exception) if isinstance(exception, UserError) else None
