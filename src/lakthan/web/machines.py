"""Answers for machines: is the service well, and may robots read it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people import selectors as people
from lakthan.rules.permissions import Action
from lakthan.web.actions import performs

PLAIN = "text/plain; charset=utf-8"


@performs(Action.READ_PUBLIC)
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)


@performs(Action.READ_PUBLIC)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; invented figures of a demonstration may not be found by searching."""
    city = people.city()
    refused = "/" if city is None or city.is_demonstration else ""
    return HttpResponse(f"User-agent: *\nDisallow: {refused}\n", content_type=PLAIN)
