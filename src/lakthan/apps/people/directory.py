"""The units of the city to choose from: with code, kind and district group."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from lakthan.apps.people.models import Unit, UnitGroupMembership
from lakthan.apps.people.selectors import in_force, with_code
from lakthan.rules.permissions import Action, Actor, reach


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """A unit as a list or a workbook names it."""

    id: UUID
    code: str
    kind: str
    name_th: str
    name_en: str
    group: str
    """Code of the district group; empty for a unit without one."""


def units_to_choose(on: date) -> tuple[UnitLabel, ...]:
    """All units of a day that can answer for an indicator, in order of code; one query."""
    groups = UnitGroupMembership.objects.filter(in_force(on), unit=OuterRef("pk")).order_by("-valid_from")
    units = with_code(Unit.objects.filter(in_force(on)).exclude(kind=Unit.Kind.CITY), on)
    rows = units.annotate(group_code=Subquery(groups.values("group__code")[:1]))
    labels = [
        UnitLabel(unit.pk, unit.code or "", unit.kind, unit.name_th, unit.name_en, getattr(unit, "group_code") or "")  # noqa: B009
        for unit in rows
    ]
    return tuple(sorted(labels, key=lambda unit: (not unit.code, unit.code, unit.name_th)))


def districts_in_reach(actor: Actor, action: Action, on: date) -> tuple[UnitLabel, ...]:
    """The district offices on whose records the actor may do this, in order of code; one query."""
    units = reach(actor, action)
    return tuple(
        unit
        for unit in units_to_choose(on)
        if unit.kind == Unit.Kind.DISTRICT and (units is None or str(unit.id) in units)
    )


def code_of_unit(unit: UUID, on: date) -> str:
    """The code of a unit on a day; empty for a unit without one."""
    found = with_code(Unit.objects.filter(pk=unit), on).first()
    return (found.code or "") if found else ""
