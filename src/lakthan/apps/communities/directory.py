"""The register as a list: the communities of the districts one may read, found by any part of a name or code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.selectors import histories
from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import short_name
from lakthan.core.thai import fold
from lakthan.rules.eligibility import CommunityHistory, Ineligibility, Status, ineligible, status_on
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
    """All communities of the districts that the actor may read, or of one of them, in order of code; three queries.

    Who may not read the district gets none.
    """
    rows = Community.objects.order_by("code", "pk")
    units = reach(actor, Action.READ_DISTRICT_RECORDS)
    if units is not None:
        rows = rows.filter(unit__in=[UUID(held) for held in units])
    if unit is not None:
        rows = rows.filter(unit=unit)
    wanted = None if units is None and unit is None else [unit] if unit else [UUID(held) for held in units or ()]
    known = histories(units=wanted)
    nothing = CommunityHistory()
    return tuple(
        CommunityRow(
            *row,
            status=status_on(known.get(row[0], nothing), on),
            reasons=ineligible(known.get(row[0], nothing), on),
        )
        for row in rows.values_list("id", "code", "name", "sub_district", "type", "unit_id")
    )


_folded = lru_cache(maxsize=REMEMBERED)(fold)


def found_by(rows: Sequence[CommunityRow], text: str, districts: Sequence[UnitLabel]) -> tuple[CommunityRow, ...]:
    """The communities in whose name, code, sub-district or district the text stands; else those with all its words.

    Letters are compared as names are (`core.thai.fold`): kinds of digits, letter case, order of marks and white space
    make no difference. Any part finds a community, a single letter too; Thai is written without spaces between words.
    """
    wanted = _folded(text)
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
