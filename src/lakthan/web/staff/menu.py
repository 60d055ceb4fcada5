"""The menu of officers: each of its pages, for those who may do what the page is for, in groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.rules.permissions import Action, Actor, refusal


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu."""

    route: str
    """Name of a route without parameters."""
    label: Promise
    action: Action
    """What one has to be allowed, in some unit, to see the entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it."""

    address: str
    label: Promise
    is_here: bool
    """Whether the page shown is this one, or one below it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Links that belong together; a group of one is shown as that link."""

    label: Promise
    links: tuple[Link, ...]

    @property
    def is_here(self) -> bool:
        """Whether the page shown is in the group."""
        return any(link.is_here for link in self.links)


GROUPS: Sequence[tuple[Promise, Sequence[Entry]]] = (
    (_("My work"), (Entry("my-work", _("My work"), Action.SEE_OWN_WORK),)),
    (_("My community"), (Entry("my-community", _("My community"), Action.SPEAK_FOR_COMMUNITY),)),
    (_("Our projects"), (Entry("my-community-projects", _("Our projects"), Action.SPEAK_FOR_COMMUNITY),)),
    (
        _("District offices"),
        (
            Entry("communities", _("Communities"), Action.READ_DISTRICT_RECORDS),
            Entry("community-plans", _("Community plans"), Action.READ_DISTRICT_RECORDS),
            Entry("project-decisions", _("Project decisions"), Action.READ_DISTRICT_RECORDS),
            Entry("action-plans", _("Action plans"), Action.READ_DISTRICT_RECORDS),
            Entry("project-letters", _("Telling communities"), Action.DECIDE_INCLUSION),
            Entry("meetings", _("Meetings"), Action.READ_DISTRICT_RECORDS),
            Entry("money", _("Budget"), Action.READ_DISTRICT_RECORDS),
            Entry("uploads", _("Excel in and out"), Action.SEND_TABLES),
        ),
    ),
    (
        _("Reports"),
        (
            Entry("report-list", _("Quarterly reports"), Action.READ_REPORT),
            Entry("report-matrix", _("State of reports"), Action.READ_REPORT),
            Entry("review-queue", _("Review"), Action.SEE_REVIEW_QUEUE),
            Entry("data-requests", _("Requests for data"), Action.READ_DATA_REQUEST),
            Entry("periods", _("Periods"), Action.MANAGE_PERIODS),
        ),
    ),
    (
        _("Results"),
        (
            Entry("summary", _("Executive summary"), Action.READ_SUMMARY),
            Entry("agencies", _("Scores and agreements"), Action.READ_SCORES),
            Entry("appeals", _("Appeals"), Action.READ_SCORES),
            Entry("decisions", _("Decisions about indicators"), Action.READ_REPORT),
        ),
    ),
    (
        _("Indicators and plan"),
        (
            Entry("indicator-desk", _("Indicator desk"), Action.DEFINE_INDICATORS),
            Entry("city-plan", _("The city's plan"), Action.DEFINE_INDICATORS),
        ),
    ),
)
"""In the order of the menu."""


def menu(request: HttpRequest) -> tuple[Group, ...]:
    """The groups with an entry for whoever is signed in; none for visitors."""
    if not request.user.is_authenticated:
        return ()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = {
        entry.route: reverse(entry.route) for _, entries in GROUPS for entry in entries if _may(actor, entry.action)
    }
    here = max((address for address in shown.values() if request.path.startswith(address)), key=len, default="")
    groups = (Group(label, tuple(_links(entries, shown, here))) for label, entries in GROUPS)
    return tuple(group for group in groups if group.links)


def _links(entries: Sequence[Entry], shown: dict[str, str], here: str) -> Iterator[Link]:
    for entry in entries:
        if (address := shown.get(entry.route)) is not None:
            yield Link(address, entry.label, address == here)


def _may(actor: Actor, action: Action) -> bool:
    return any(refusal(actor, action, held.unit) is None for held in actor.held)
