"""What every page knows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lakthan.apps.people import selectors as people


def city(request: HttpRequest) -> dict[str, object]:
    """The city and its clock, read when the page first asks for it."""
    return {"city": SimpleLazyObject(people.city)}
