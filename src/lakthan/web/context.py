"""What every page knows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lakthan.apps.people import selectors as people
from lakthan.web.staff import menu as staff_menu


def city(request: HttpRequest) -> dict[str, object]:
    """The city and its clock, read when the page first asks for it."""
    return {"city": SimpleLazyObject(people.city)}


def menu(request: HttpRequest) -> dict[str, object]:
    """The menu of officers, made when the page first asks for it."""
    return {"menu": SimpleLazyObject(lambda: staff_menu.menu(request))}
