"""How long a session lives: until the browser closes, or until nothing was asked for `LAKTHAN_SESSION_HOURS`."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

SEEN = "seen"
STEP = 60
"""Seconds between two writes of when a session was last seen: a write for every page would be dear."""


class IdleMiddleware:
    """Put off the end of a session that is in use, and keep what a signed-in person sees out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session only where the browser has one: visitors need none."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN, 0) >= STEP:
                request.session[SEEN] = now  # a changed session is saved with a new end
            patch_cache_control(response, private=True)
        return response
