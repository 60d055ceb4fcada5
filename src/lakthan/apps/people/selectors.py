"""Reads about the city, its units and who may act."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from lakthan.apps.people.models import City, Delegation, Unit, UnitCode, UnitGroup, UnitGroupMembership, User
from lakthan.core.dates import format_date
from lakthan.core.errors import NotFound
from lakthan.rules.entry import require_within
from lakthan.rules.facts import District, DistrictGroup
from lakthan.rules.permissions import Actor, Held, Role

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Code(TypedDict):
        """What `with_code` adds."""

        code: str | None

    class CodeAndGroup(TypedDict):
        """What `districts` adds."""

        code: str
        group_code: str | None

    UnitWithCode = WithAnnotations[Unit, Code]
    DistrictUnit = WithAnnotations[Unit, CodeAndGroup]


ACTING_WORDS: Mapping[str, str] = {
    Delegation.Kind.ACTING_FOR: "ปฏิบัติราชการแทน",
    Delegation.Kind.ACTING_IN_PLACE: "รักษาราชการแทน",
}
"""How papers say that one office acts for another."""

_read_city: ContextVar[list[City | None] | None] = ContextVar("_read_city", default=None)
"""The city as it was read for a request; an empty list before, None outside of one."""


@contextmanager
def city_read_once() -> Iterator[None]:
    """Read the city once for all that asks for it within, such as the parts of one page: it stands still meanwhile."""
    token = _read_city.set([])
    try:
        yield
    finally:
        _read_city.reset(token)


def city() -> City | None:
    """The city of this installation; None before `lakthan demo` or set-up."""
    read = _read_city.get()
    if read is None:
        return City.objects.first()
    if not read:
        read.append(City.objects.first())
    return read[0]


def demonstration_notes() -> tuple[str, ...]:
    """What a demonstration city says of itself at the foot of every page that it prints; nothing elsewhere."""
    here = city()
    if here is None or not here.is_demonstration:
        return ()
    on = "" if here.simulated_now is None else f" นาฬิกาจำลอง ณ {format_date(timezone.localdate(here.simulated_now))}"
    return (f"ข้อมูลสาธิต มิใช่ข้อมูลจริง{on}",)


def present() -> datetime:
    """The present: the declared simulated clock of a demonstration city, else the clock of the machine."""
    here = city()
    return here.simulated_now if here and here.simulated_now else timezone.now()


def in_force(on: date) -> Q:
    """Rows with `valid_from` and `valid_to` that are in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def with_code(units: QuerySet[Unit], on: date, scheme: str = UnitCode.Scheme.BMA4) -> "QuerySet[UnitWithCode]":
    """The units with their code of a day as `code`."""
    codes = UnitCode.objects.filter(in_force(on), unit=OuterRef("pk"), scheme=scheme)
    return units.annotate(code=Subquery(codes.order_by("-valid_from").values("code")[:1]))


def districts(on: date) -> "QuerySet[DistrictUnit]":
    """The district offices of a day in order of code, with `code` and `group_code`."""
    groups = UnitGroupMembership.objects.filter(in_force(on), unit=OuterRef("pk"))
    units = with_code(Unit.objects.filter(in_force(on), kind=Unit.Kind.DISTRICT), on)
    group_code = Subquery(groups.order_by("-valid_from").values("group__code")[:1])
    return cast("QuerySet[DistrictUnit]", units.annotate(group_code=group_code).order_by("code"))


def district_members(on: date) -> dict[UUID, District]:
    """The district offices of a day as members of a population, by identifier, in order of code."""
    return members_by_day({on})[on]


def members_by_day(days: Collection[date]) -> dict[date, dict[UUID, District]]:
    """The district offices of each of some days as `district_members` gives them, in one statement."""
    ordered = sorted(days)
    units = Unit.objects.filter(kind=Unit.Kind.DISTRICT)
    for number, day in enumerate(ordered):
        codes = UnitCode.objects.filter(in_force(day), unit=OuterRef("pk"), scheme=UnitCode.Scheme.BMA4)
        groups = UnitGroupMembership.objects.filter(in_force(day), unit=OuterRef("pk"))
        units = units.annotate(
            **{
                f"code_{number}": Subquery(codes.order_by("-valid_from").values("code")[:1]),
                f"group_{number}": Subquery(groups.order_by("-valid_from").values("group__code")[:1]),
            }
        )
    rows = list(units)
    return {day: _members(rows, day, f"code_{number}", f"group_{number}") for number, day in enumerate(ordered)}


def _members(units: Iterable[Unit], on: date, code: str, group: str) -> dict[UUID, District]:
    """Of units with a code and a group by these names."""
    found = {
        unit.pk: District(getattr(unit, code) or "", short_name(unit.name_th), unit.name_en, getattr(unit, group) or "")
        for unit in units
        if unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].code))


def today() -> date:
    """The present day of the city."""
    return timezone.localdate(present())


def district_groups() -> tuple[DistrictGroup, ...]:
    """The names of the district groups."""
    return tuple(DistrictGroup(*row) for row in UnitGroup.objects.values_list("code", "name_th", "name_en"))


def short_name(name_th: str) -> str:
    """A district's name without สำนักงานเขต."""
    return name_th.removeprefix("สำนักงานเขต")


def unit_by_code(code: str, on: date) -> "UnitWithCode":
    """The unit that has this four-digit code on a day.

    Raises:
        NotFound: no unit has it.
    """
    found = with_code(Unit.objects.filter(in_force(on)), on).filter(code=code).first()
    if found is None:
        raise NotFound(
            f"ไม่พบหน่วยงานรหัส {code} (สำนักงานเขตคือ 5001 ถึง 5050)",
            f"There is no unit with the code {code}; districts are 5001 to 5050.",
        )
    return found


def refuse_not_in_force(delegation: Delegation | None, on: date) -> None:
    """Raise `UserError` where an office acts for another on a day on which its order is not in force."""
    if delegation is not None:
        name_th, name_en = f"คำสั่ง {delegation.order_number}", f"Order {delegation.order_number}"
        require_within(on, delegation.valid_from, delegation.valid_to, name_th, name_en)


def actor_of(user: User, on: date) -> Actor:
    """The user as an actor with the roles held on a day, one's own before those of orders; none while not active."""
    if not user.is_active:
        return Actor(f"user:{user.pk}")
    own = user.memberships.filter(in_force(on)).values_list(Value(0), "pk", "role", "unit_id")
    orders = user.delegations.filter(in_force(on)).exclude(role="").values_list(Value(1), "pk", "role", "unit_id")
    return Actor(
        f"user:{user.pk}",
        tuple(
            Held(Role(role), str(unit), delegation=str(pk) if handed_over else "")
            for handed_over, pk, role, unit in sorted(own.union(orders, all=True))
        ),
    )


def user_of_login(login: str) -> User | None:
    """The user who signs in with this login, as it is written."""
    return User.objects.filter(login=login).first()


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a person has on a day, with the unit's names, and the order's number where held for another."""

    role: Role
    unit_th: str
    unit_en: str
    order_number: str = ""


def roles_of(user: User, on: date) -> tuple[HeldRole, ...]:
    """The roles by which a person acts on a day, one's own first."""
    names = ("role", "unit__name_th", "unit__name_en")
    own = user.memberships.filter(in_force(on)).order_by("pk").values_list(*names)
    orders = user.delegations.filter(in_force(on)).exclude(role="").order_by("pk").values_list(*names, "order_number")
    return tuple(HeldRole(Role(role), *rest) for role, *rest in (*own, *orders))


def demonstration_logins() -> tuple[str, ...]:
    """The logins of active demonstration accounts that have a password, whose passwords are public."""
    accounts = User.objects.filter(is_demonstration=True, is_active=True)
    usable = accounts.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return tuple(usable.order_by("login").values_list("login", flat=True))


def operator(login: str) -> Actor:
    """Whoever runs a verb on the server, named by the login."""
    return Actor(f"operator:{login}", (Held(Role.OPERATOR),))
