"""The menu of officers: each of its pages, for those who may do what the page is for."""

from collections.abc import Sequence
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


ENTRIES: Sequence[Entry] = (
    Entry("my-work", _("My work"), Action.SEE_OWN_WORK),
    Entry("report-list", _("Quarterly reports"), Action.READ_REPORT),
    Entry("review-queue", _("Review"), Action.SEE_REVIEW_QUEUE),
    Entry("data-requests", _("Requests for data"), Action.READ_DATA_REQUEST),
    Entry("indicator-desk", _("Indicator desk"), Action.DEFINE_INDICATORS),
    Entry("city-plan", _("The city's plan"), Action.DEFINE_INDICATORS),
    Entry("report-matrix", _("State of reports"), Action.READ_REPORT),
    Entry("periods", _("Periods"), Action.MANAGE_PERIODS),
    Entry("summary", _("Executive summary"), Action.READ_SUMMARY),
    Entry("agencies", _("Scores and agreements"), Action.READ_SCORES),
    Entry("appeals", _("Appeals"), Action.READ_SCORES),
    Entry("decisions", _("Decisions"), Action.READ_REPORT),
)
"""In the order of the menu."""


def menu(request: HttpRequest) -> tuple[Link, ...]:
    """The entries for whoever is signed in; none for visitors."""
    if not request.user.is_authenticated:
        return ()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    addresses = {entry: reverse(entry.route) for entry in ENTRIES if _may(actor, entry.action)}
    here = max((address for address in addresses.values() if request.path.startswith(address)), key=len, default="")
    return tuple(Link(address, entry.label, address == here) for entry, address in addresses.items())


def _may(actor: Actor, action: Action) -> bool:
    return any(refusal(actor, action, held.unit) is None for held in actor.held)
