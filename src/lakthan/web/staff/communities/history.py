"""The whole history of a community, out of the ledger: who in which office did what, and when."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.communities.page import CommunityHead, community_to_read, head_of
from lakthan.apps.ledger.reading import EntryLine, count_about, entries_about
from lakthan.apps.people.directory import code_of_unit
from lakthan.apps.people.offices import Acted, Office, offices_of
from lakthan.apps.people.selectors import today
from lakthan.apps.planning.community_history import About, Page, Place, places_of
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.communities.history_wording import ABOUT, ACTS, FIELDS, field_words, value_words

PER_PAGE = 50
LONG = 160
"""Characters of a value that are shown at once; the rest unfolds."""
MANY = 4
"""Lines of one act of one moment that are shown at once; more unfold."""
ANCHORS: Mapping[str, str] = {
    "communities.communitystatus": "#status",
    "communities.committee": "#committee",
    "communities.committeejudgement": "#committee",
    "communities.communityseat": "#seats",
}
"""Where on the community's own page a record stands."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value, with its beginning where it is long."""

    text: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what stands in it now, and what stood there before; None for nothing."""

    label: str
    before: Written | None
    after: Written


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger."""

    address: str
    """The page of what it is about."""
    label: str
    """What that is called; empty where the act says enough."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """The same act on several records of one moment."""

    words: Any
    lines: tuple[Line, ...]

    @property
    def line(self) -> Line | None:
        """What the act is about, where all its lines are about the same."""
        first = self.lines[0]
        return first if all((each.address, each.label) == (first.address, first.label) for each in self.lines) else None

    @property
    def is_long(self) -> bool:
        """Whether it unfolds."""
        return len(self.lines) > MANY


@dataclass(frozen=True, slots=True)
class Deed:
    """What one person did in one moment, in the order in which it was written."""

    recorded_at: datetime
    office: Office | None
    runs: tuple[Run, ...]


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def history(request: ActingRequest, community: str) -> HttpResponse:
    """What is written in the ledger about the community and all that belongs to it, newest first."""
    row = community_to_read(request.actor, community)
    page = head_of(request.actor, row)
    places = places_of(row, shows_names=page.sees_names)
    asked = request.GET.get("about", "")
    subjects = [pk for pk, place in places.items() if asked not in set(About) or place.about == asked]
    numbers = Paginator(range(count_about(subjects)), PER_PAGE).get_page(request.GET.get("page"))
    first = max(numbers.start_index() - 1, 0)
    entries = entries_about(subjects, first=first, last=first + PER_PAGE, shows_personal=page.sees_names)
    context = {
        "page": page,
        "deeds": list(_deeds(entries, places, page)),
        "numbers": numbers,
        "about": ABOUT.items(),
        "asked": asked,
        "narrowed": asked in set(About),
    }
    return render(request, "staff/communities/history.html", context)


def _deeds(entries: Sequence[EntryLine], places: Mapping[UUID, Place], page: CommunityHead) -> Iterator[Deed]:
    """Entries of one moment and one actor together."""
    offices = offices_of({_acted(entry) for entry in entries})
    addresses = _addresses({places[entry.subject] for entry in entries}, page)
    for (recorded_at, _), found in groupby(entries, lambda entry: (entry.recorded_at, entry.actor)):
        deed = list(reversed(list(found)))
        yield Deed(recorded_at, offices[_acted(deed[0])], tuple(_runs(deed, places, addresses)))


def _acted(entry: EntryLine) -> Acted:
    return Acted(entry.actor, timezone.localdate(entry.recorded_at), entry.unit)


def _runs(deed: Sequence[EntryLine], places: Mapping[UUID, Place], addresses: Mapping[Place, str]) -> Iterator[Run]:
    for (act, _), found in groupby(deed, lambda entry: (entry.act, bool(places[entry.subject].label))):
        lines = [_line(entry, places[entry.subject], addresses) for entry in found]
        if lines[0].label:
            yield Run(ACTS.get(act, act), tuple(lines))
        else:
            yield from (Run(ACTS.get(act, act), (line,)) for line in lines)


def _line(entry: EntryLine, place: Place, addresses: Mapping[Place, str]) -> Line:
    address = addresses[place]
    if place.page is Page.COMMUNITY:
        address += ANCHORS.get(entry.subject_kind, "")
    return Line(address, place.label, tuple(_changes(entry, place.label)))


def _addresses(places: Collection[Place], page: CommunityHead) -> Mapping[Place, str]:
    """The page of each place, which every reader of the history may read too."""
    planned = any(place.page is Page.ACTION_PLAN for place in places)
    district = code_of_unit(page.unit, today()) if planned else ""
    return {place: _address(place, page, district) for place in places}


def _address(place: Place, page: CommunityHead, district: str) -> str:
    match place.page:
        case Page.COMMUNITY:
            return reverse("community", args=(page.code,))
        case Page.PLAN:
            return reverse("community-plan", args=(page.code, place.of))
        case Page.PROPOSAL:
            return reverse("plan-proposal", args=(place.of,))
        case Page.PROJECT:
            return reverse("project-path", args=(place.of,))
        case Page.MEETING:
            return reverse("meeting", args=(place.of,))
        case Page.ACTION_PLAN:
            return reverse("action-plan", args=(district, place.label)) if district else reverse("action-plans")


def _changes(entry: EntryLine, label: str) -> Iterator[Change]:
    """What the entry filled in or changed, of the fields that say something to a reader who has read the label."""
    changed = entry.changed
    for name in FIELDS:
        if name in changed and changed[name] != (None, label):
            before, after = changed[name]
            was = None if before in (None, "", []) else _written(name, before)
            yield Change(field_words(entry.subject_kind, name), was, _written(name, after))


def _written(name: str, value: Any) -> Written:
    text = value_words(name, value)
    return Written(text, Truncator(text).chars(LONG) if len(text) > LONG else "")
