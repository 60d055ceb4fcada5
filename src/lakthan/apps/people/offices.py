"""In which office somebody acted: the role and the unit of the day, without the person's name."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lakthan.apps.people.models import Delegation, Membership
from lakthan.rules.permissions import Role

USER = "user:"


@dataclass(frozen=True, slots=True)
class Office:
    """A role in a unit; `order_number` where it was held for another."""

    role: Role
    unit_th: str
    unit_en: str
    order_number: str = ""


@dataclass(frozen=True, slots=True)
class Acted:
    """Who acted (as the ledger names them) on a day, in the matters of a unit."""

    actor: str
    on: date
    unit: UUID | None


def offices_of(acts: Collection[Acted]) -> Mapping[Acted, Office | None]:
    """The office of each act; None for verbs on the server, and where no role of the day is known; two queries."""
    users = {user for act in acts if (user := _user(act.actor)) is not None}
    held: dict[UUID, list[tuple[Membership | Delegation, str]]] = defaultdict(list)
    for row in Membership.objects.filter(user__in=users).select_related("unit"):
        held[row.user_id].append((row, ""))
    for order in Delegation.objects.filter(deputy__in=users).exclude(role="").select_related("unit"):
        if order.deputy_id is not None:
            held[order.deputy_id].append((order, order.order_number))
    return {act: _office(act, held) for act in acts}


def _office(act: Acted, held: Mapping[UUID, list[tuple[Membership | Delegation, str]]]) -> Office | None:
    """A role in the unit concerned before one elsewhere, one's own before one held for another."""
    user = _user(act.actor)
    found = [
        (row.unit_id != act.unit, number, str(row.pk), row)
        for row, number in held.get(user, [])  # type: ignore[arg-type]
        if row.valid_from <= act.on and (row.valid_to is None or act.on <= row.valid_to)
    ]
    if not found:
        return None
    _, number, _, row = min(found, key=lambda each: each[:3])
    return Office(Role(row.role), row.unit.name_th, row.unit.name_en, number)


def _user(actor: str) -> UUID | None:
    try:
        return UUID(actor.removeprefix(USER)) if actor.startswith(USER) else None
    except ValueError:
        return None
