"""What districts decided about the projects of a plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion

Key = TypeVar("Key", UUID, str)


@dataclass(frozen=True, slots=True)
class Fate:
    """What a district decided about a project for a fiscal year."""

    included: bool
    fiscal_year: int
    item_number: int | None
    budget: Decimal | None
    reason: str


def fates_of(plan: CommunityPlan) -> dict[UUID, list[Fate]]:
    """What was decided about the projects of a plan and stands, in order of year, by identifier."""
    return _sorted((project.pk, fate) for project, fate in _decided(plan))


def fates_by_name(plan: CommunityPlan) -> Mapping[str, Sequence[Fate]]:
    """The same by the names of the projects; those that were not decided on are left out."""
    return _sorted((project.name, fate) for project, fate in _decided(plan))


def _decided(plan: CommunityPlan) -> Iterator[tuple[CommunityProject, Fate]]:
    live = {"unit_id": plan.unit_id, "project__plan": plan, "ended_on": None}
    for taken in Inclusion.objects.filter(**live).select_related("project"):
        yield (
            taken.project,
            Fate(
                included=True,
                fiscal_year=taken.fiscal_year,
                item_number=taken.item_number,
                budget=taken.budget,
                reason="",
            ),
        )
    for left in Decline.objects.filter(**live).select_related("project"):
        yield (
            left.project,
            Fate(included=False, fiscal_year=left.fiscal_year, item_number=None, budget=None, reason=left.reason),
        )


def _sorted(fates: Iterable[tuple[Key, Fate]]) -> dict[Key, list[Fate]]:
    found: dict[Key, list[Fate]] = defaultdict(list)
    for key, fate in fates:
        found[key].append(fate)
    for of_one in found.values():
        of_one.sort(key=lambda fate: (fate.fiscal_year, not fate.included))
    return found
