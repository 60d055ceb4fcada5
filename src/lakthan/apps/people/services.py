"""Writes about the city, its units and the people who act."""

from collections.abc import Mapping
from datetime import date, datetime

from lakthan.apps.ledger.services import change, create, create_all
from lakthan.apps.people.models import (
    City,
    Delegation,
    Membership,
    Unit,
    UnitCode,
    UnitGroup,
    UnitGroupMembership,
    User,
)
from lakthan.apps.people.selectors import in_force
from lakthan.core.errors import UserError
from lakthan.rules.entry import require_order, require_text
from lakthan.rules.permissions import Action, Actor, Role, require


def set_up_city(
    *,
    actor: Actor,
    name_th: str,
    name_en: str,
    now: datetime,
    is_demonstration: bool = False,
    simulated_now: datetime | None = None,
) -> City:
    """Name the city that this installation serves. There is one."""
    require(actor, Action.MANAGE_UNITS)
    if City.objects.exists():
        raise UserError("มีข้อมูลเมืองอยู่แล้ว", "The city is set up already.")
    city = City(name_th=name_th, name_en=name_en, is_demonstration=is_demonstration, simulated_now=simulated_now)
    return create(actor, city, act="people.set_up_city", now=now)


def set_clock(*, actor: Actor, city: City, simulated_now: datetime, now: datetime) -> City:
    """Move the simulated clock of a demonstration city. A real city has none."""
    require(actor, Action.MANAGE_UNITS)
    if not city.is_demonstration:
        raise UserError("เมืองจริงไม่มีนาฬิกาจำลอง", "A real city has no simulated clock.")
    return change(actor, city, act="people.set_clock", now=now, simulated_now=simulated_now)


def register_unit(
    *,
    actor: Actor,
    kind: Unit.Kind,
    name_th: str,
    name_en: str,
    codes: Mapping[UnitCode.Scheme, str],
    valid_from: date,
    now: datetime,
    parent: Unit | None = None,
    group: UnitGroup | None = None,
) -> Unit:
    """Add a unit with its codes and, for a district, its group."""
    require(actor, Action.MANAGE_UNITS)
    unit = Unit(
        kind=kind,
        name_th=require_text(name_th, "ชื่อหน่วยงาน", "The unit's name"),
        name_en=name_en,
        parent=parent,
        valid_from=valid_from,
    )
    create(actor, unit, act="people.register_unit", now=now)
    rows = [UnitCode(unit=unit, scheme=scheme, code=code, valid_from=valid_from) for scheme, code in codes.items()]
    create_all(actor, rows, act="people.give_code", now=now)
    if group is not None:
        place_in_group(actor=actor, unit=unit, group=group, valid_from=valid_from, now=now)
    return unit


def give_code(
    *, actor: Actor, unit: Unit, scheme: UnitCode.Scheme, code: str, valid_from: date, last_day: date, now: datetime
) -> UnitCode:
    """Give a unit a new code in a scheme; the old one ends on `last_day`."""
    require(actor, Action.MANAGE_UNITS)
    require_order(last_day, valid_from, "รหัสหน่วยงาน", "The unit's code")
    for old in UnitCode.objects.filter(in_force(last_day), unit=unit, scheme=scheme):
        change(actor, old, act="people.end_code", now=now, valid_to=last_day)
    row = UnitCode(unit=unit, scheme=scheme, code=code, valid_from=valid_from)
    return create(actor, row, act="people.give_code", now=now)


def register_group(*, actor: Actor, code: str, name_th: str, name_en: str, now: datetime) -> UnitGroup:
    """Add a district group."""
    require(actor, Action.MANAGE_UNITS)
    return create(actor, UnitGroup(code=code, name_th=name_th, name_en=name_en), act="people.register_group", now=now)


def place_in_group(
    *, actor: Actor, unit: Unit, group: UnitGroup, valid_from: date, now: datetime
) -> UnitGroupMembership:
    """Put a district into a group from a day on."""
    require(actor, Action.MANAGE_UNITS)
    row = UnitGroupMembership(unit=unit, group=group, valid_from=valid_from)
    return create(actor, row, act="people.place_in_group", now=now)


def register_user(
    *, actor: Actor, login: str, name_th: str, now: datetime, name_en: str = "", is_demonstration: bool = False
) -> User:
    """Add a person who can act. No password is set: nobody can sign in with the account yet."""
    require(actor, Action.MANAGE_PEOPLE)
    user = User(
        login=require_text(login, "ชื่อผู้ใช้", "The login"),
        name_th=require_text(name_th, "ชื่อ", "The name"),
        name_en=name_en,
        is_demonstration=is_demonstration,
    )
    user.set_unusable_password()
    return create(actor, user, act="people.register_user", now=now)


def give_role(
    *, actor: Actor, user: User, unit: Unit, role: Role, valid_from: date, now: datetime, valid_to: date | None = None
) -> Membership:
    """Give a person a role in a unit between two days."""
    require(actor, Action.MANAGE_PEOPLE)
    if valid_to is not None:
        require_order(valid_from, valid_to, "ช่วงเวลาของบทบาท", "The term of the role")
    row = Membership(user=user, unit=unit, role=role.value, valid_from=valid_from, valid_to=valid_to)
    return create(actor, row, act="people.give_role", now=now)


def delegate(
    *,
    actor: Actor,
    unit: Unit,
    kind: Delegation.Kind,
    office: str,
    order_number: str,
    valid_from: date,
    now: datetime,
    deputy: User | None = None,
    deputy_office: str = "",
    valid_to: date | None = None,
) -> Delegation:
    """Record the order by which a person or office acts with the authority of another."""
    require(actor, Action.MANAGE_PEOPLE)
    if deputy is None:
        require_text(deputy_office, "ผู้ปฏิบัติราชการแทน", "Who acts")
    row = Delegation(
        unit=unit,
        kind=kind,
        office=require_text(office, "ตำแหน่ง", "The office"),
        order_number=require_text(order_number, "เลขที่คำสั่ง", "The order's number"),
        deputy=deputy,
        deputy_office=deputy_office,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return create(actor, row, act="people.delegate", now=now)
