"""The whole history of a community, out of the ledger: who in which office did what, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.communities.page import CommunityPage, community_to_read, page_of
from lakthan.apps.ledger.reading import EntryLine, Personal, count_about, entries_about
from lakthan.apps.people.offices import Acted, Office, offices_of
from lakthan.apps.planning.community_records import records_about
from lakthan.core.dates import format_date
from lakthan.core.money import format_baht
from lakthan.rules.eligibility import Status
from lakthan.rules.facts import COMMUNITY_TYPES, PLAN_KINDS
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.staff.communities.wording import ACTS, FIELDS, STATUSES
from lakthan.web.wording import in_language

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what stands in it now, and what stood there before; empty for nothing."""

    label: Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    entry: EntryLine
    words: Promise | str
    office: Office | None
    changes: tuple[Change, ...]


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def history(request: ActingRequest, community: str) -> HttpResponse:
    """What is written in the ledger about the community and all that belongs to it, newest first."""
    row = community_to_read(request.actor, community)
    page = page_of(request.actor, row)
    subjects = [*_records(page), *records_about(row)]
    numbers = Paginator(range(count_about(subjects)), PER_PAGE).get_page(request.GET.get("page"))
    first = max(numbers.start_index() - 1, 0)
    entries = entries_about(subjects, first=first, last=first + PER_PAGE, shows_personal=page.sees_names)
    acts = [Acted(entry.actor, timezone.localdate(entry.recorded_at), entry.unit) for entry in entries]
    offices = offices_of(set(acts))
    lines = [
        Happened(entry, ACTS.get(entry.act, entry.act), offices[act], tuple(_changes(entry)))
        for entry, act in zip(entries, acts, strict=True)
    ]
    return render(request, "staff/communities/history.html", {"page": page, "lines": lines, "numbers": numbers})


def _records(page: CommunityPage) -> Iterator[UUID]:
    yield page.id
    for lines in (page.statuses, page.committees, page.judgements, page.seats):
        yield from (line.id for line in lines)


def _changes(entry: EntryLine) -> Iterator[Change]:
    """What the entry filled in or changed, of the fields that say something to a reader."""
    changed = entry.changed
    for name, label in FIELDS.items():
        if name in changed:
            before, after = changed[name]
            yield Change(label, "" if before in (None, "") else _shown(name, before), _shown(name, after))


def _shown(name: str, value: Any) -> str:
    """A value of the ledger in the words of the page."""
    match value:
        case None | "":
            return "–"
        case Personal():
            return value.value or gettext("personal, not shown")
        case bool():
            return gettext("Yes, it can work") if value else gettext("No, it cannot work")
        case str() if name in _NAMED:
            return _NAMED[name](value)
        case str() if name.endswith("_on") or name in ("valid_from", "valid_to", "valid_until"):
            return format_date(date.fromisoformat(value), _language(), "short")
        case _:
            return str(value)


def _language() -> Any:
    return in_language("th", "en")


def _baht(value: str) -> str:
    return format_baht(Decimal(value), "plain" if _language() == "en" else "document")


_NAMED = {
    "status": lambda value: str(STATUSES[Status(value)]) if value in set(Status) else value,
    "type": lambda value: in_language(*COMMUNITY_TYPES.get(value, (value, value))),
    "kind": lambda value: in_language(*PLAN_KINDS.get(value, (value, value))),
    "budget": _baht,
    "estimate": _baht,
}
