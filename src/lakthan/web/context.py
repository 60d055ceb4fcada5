"""What every page knows."""

from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, object]:
    """The city and its clock."""
    return {}
