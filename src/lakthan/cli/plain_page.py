"""The floor of `lakthan bench pages`: a plain Django page that lists fifty rows for whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from lakthan.apps.people.selectors import districts, today
from lakthan.rules.permissions import Action

MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)
ADDRESS = "/"
PAGE = Engine().from_string(
    """<!doctype html><title>Rows</title><p>{{ user.name_th }}</p><table>{% for row in rows %}<tr>
<td>{{ row.code }}</td><td>{{ row.name_th }}</td><td>{{ row.name_en }}</td><td>{{ row.valid_from }}</td></tr>
{% endfor %}</table>
"""
)


def plain_page(request: HttpRequest) -> HttpResponse:
    """Fifty rows of four columns."""
    return HttpResponse(PAGE.render(Context({"user": request.user, "rows": districts(today())})))


plain_page.action = Action.READ_PUBLIC  # type: ignore[attr-defined]
urlpatterns = [path("", plain_page)]
