"""The register as a list: the communities of the districts one may read, found by any part of a name or code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from lakthan.apps.communities.models import CommitteeJudgement, Community, CommunityStatus
from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import short_name
from lakthan.core.thai import fold
from lakthan.rules.eligibility import CommitteeJudgement as Judgement
from lakthan.rules.eligibility import CommunityHistory, Ineligibility, Status, StatusChange, ineligible, status_on
from lakthan.rules.permissions import Action, Actor, reach

IN_REGISTER = frozenset({Status.REGISTERED, Status.BEING_DISSOLVED})
"""Statuses of communities that stand in the register: a community being dissolved does until it is dissolved."""
REMEMBERED = 1 << 15
"""How many folded names are kept; folding 2,068 names anew takes longer than all else of the list."""


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community as it stands in the register on a day."""

    id: UUID
    code: str
    name: str
    sub_district: str
    type: str
    unit: UUID
    status: Status | None
    """None before it was registered."""
    reasons: tuple[Ineligibility, ...]
    """Why it is not eligible; empty where it is."""

    @property
    def is_eligible(self) -> bool:
        """Whether it counts among the eligible communities of the day."""
        return not self.reasons


def register_of(actor: Actor, on: date, unit: UUID | None = None) -> tuple[CommunityRow, ...]:
    """All communities of the districts that the actor may read, or of one of them, in order of code; one query.

    Who may not read the district gets none.
    """
    rows = Community.objects.order_by("code", "pk")
    units = reach(actor, Action.READ_DISTRICT_RECORDS)
    if units is not None:
        rows = rows.filter(unit__in=[UUID(held) for held in units])
    if unit is not None:
        rows = rows.filter(unit=unit)
    shown: QuerySet[Any, tuple[Any, ...]] = rows.annotate(
        status=_last_by(on, CommunityStatus.objects.all(), "status"),
        able=_last_by(on, CommitteeJudgement.objects.all(), "able"),
    ).values_list("id", "code", "name", "sub_district", "type", "unit_id", "status", "able")
    return tuple(
        CommunityRow(pk, code, name, sub_district, kind, home, *_standing(status, able))
        for pk, code, name, sub_district, kind, home, status, able in shown
    )


def _last_by(on: date, rows: QuerySet[Any], field: str) -> Subquery:
    """What holds of a community on a day; there is one row of a day, and the last one by then stands."""
    of_it = rows.filter(unit=OuterRef("unit"), community=OuterRef("pk"), effective_on__lte=on)
    return Subquery(of_it.order_by("-effective_on").values(field)[:1])


@lru_cache
def _standing(status: str | None, able: bool | None) -> tuple[Status | None, tuple[Ineligibility, ...]]:
    """The status, and why a community that stands so is not eligible: few answers for thousands of communities."""
    day = date.min
    statuses = () if status is None else (StatusChange(day, Status(status)),)
    judgements = () if able is None else (Judgement(day, able),)
    history = CommunityHistory(statuses, judgements)
    return status_on(history, day), ineligible(history, day)


_folded = lru_cache(maxsize=REMEMBERED)(fold)


def found_by(rows: Sequence[CommunityRow], text: str, districts: Sequence[UnitLabel]) -> tuple[CommunityRow, ...]:
    """The communities in whose name, code, sub-district or district the text stands; else those with all its words.

    Letters are compared as names are (`core.thai.fold`): kinds of digits, letter case, order of marks and white space
    make no difference. Any part finds a community, a single letter too; Thai is written without spaces between words.
    """
    wanted = _folded(text)
    if not wanted:
        return tuple(rows)
    of_unit = {unit.id: (_folded(short_name(unit.name_th)), _folded(unit.name_en)) for unit in districts}
    called = [
        (row, (_folded(row.name), row.code, _folded(row.sub_district), *of_unit.get(row.unit, ()))) for row in rows
    ]
    whole = tuple(row for row, names in called if any(wanted in name for name in names))
    if whole:
        return whole
    return tuple(row for row, names in called if all(any(word in name for name in names) for word in wanted.split()))


def type_of(code: str) -> Community.Type:
    """The type of a community by its code."""
    return Community.Type(code)
