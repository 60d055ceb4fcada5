"""The public pages of the demonstration city, by what they show."""

from dataclasses import dataclass
from html.parser import HTMLParser

import pytest

from lakthan.apps.planning.models import CommunityProject, Decline, Inclusion

LANGUAGES = ("th", "en")
INDICATOR = "/indicators/2100-0001/2563/"

REPORTS = {
    "report of the year": f"{INDICATOR}report/",
    "report of quarter 3": f"{INDICATOR}quarter-3/report/",
}
FIXED = {
    "list": "/",
    "list of a year": "/?fiscal-year=2563",
    "share of districts": INDICATOR,
    "share of districts, quarter 3": f"{INDICATOR}quarter-3/",
    "share of communities": "/indicators/2100-0002/2563/",
    "communities found by name": "/indicators/2100-0002/2563/?name=5&show=not-counted&page=2",
    "held meetings": "/indicators/2100-0003/2563/quarter-3/",
    "money": "/indicators/2100-0004/2563/quarter-3/",
    "no value yet": "/indicators/2100-0004/2563/quarter-1/",
    "steps": "/indicators/2100-0005/2563/quarter-2/",
    "reported values": "/indicators/2100-0006/2563/",
    "district that counted": f"{INDICATOR}quarter-4/districts/5001/",
    "district that did not count": f"{INDICATOR}quarter-4/districts/5037/",
    "district without a record": "/indicators/2100-0003/2563/quarter-1/districts/5001/",
    "communities of a district": "/indicators/2100-0002/2563/quarter-4/districts/5036/",
    "meeting of a district": "/indicators/2100-0003/2563/quarter-4/districts/5001/",
    "money of a district": "/indicators/2100-0004/2563/quarter-4/districts/5001/",
    "value that a district reported": "/indicators/2100-0006/2563/quarter-4/districts/5001/",
    **REPORTS,
}
"""Addresses that are the same in every demonstration city."""


def in_language(address: str, language: str) -> str:
    """The address of a page in a language."""
    return address if language == "th" else f"/en{address}"


def project_addresses() -> dict[str, str]:
    """Pages of community projects: taken in, declined, and done by the community itself."""
    taken_in = Inclusion.objects.values_list("project_id", flat=True).first()
    declined = Decline.objects.exclude(project=taken_in).values_list("project_id", flat=True).first()
    its_own = CommunityProject.objects.filter(way=CommunityProject.Way.ITSELF).values_list("pk", flat=True).first()
    found = {"project taken in": taken_in, "project declined": declined, "project of its own": its_own}
    return {name: f"/projects/{project}/" for name, project in found.items()}


every_page = pytest.mark.parametrize("address", FIXED.values(), ids=FIXED.keys())
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@dataclass
class Element:
    """An opening tag with its attributes."""

    tag: str
    attributes: dict[str, str | None]


class Page(HTMLParser):
    """A page as a list of its elements and the text of its title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def tags(self, name: str) -> list[Element]:
        """All elements of that name."""
        return [element for element in self.elements if element.tag == name]

    def values(self, attribute: str) -> list[str]:
        """All values of an attribute."""
        return [value for element in self.elements if (value := element.attributes.get(attribute)) is not None]
