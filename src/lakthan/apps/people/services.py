"""Writes about the city, its units and the people who act."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation

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
from lakthan.rules.entry import refuse_longer, require_order, require_text
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
    """Name the city that this installation serves. There is one, and only a demonstration has a simulated clock."""
    require(actor, Action.MANAGE_UNITS)
    if City.objects.exists():
        raise UserError("มีข้อมูลเมืองอยู่แล้ว", "The city is set up already.")
    if simulated_now is not None and not is_demonstration:
        raise _no_clock()
    city = City(
        name_th=require_text(name_th, "ชื่อเมือง", "The city's name"),
        name_en=name_en,
        is_demonstration=is_demonstration,
        simulated_now=simulated_now,
    )
    return create(actor, city, act="people.set_up_city", now=now)


def set_clock(*, actor: Actor, city: City, simulated_now: datetime, now: datetime) -> City:
    """Move the simulated clock of a demonstration city. A real city has none."""
    require(actor, Action.MANAGE_UNITS)
    if not city.is_demonstration:
        raise _no_clock()
    return change(actor, city, act="people.set_clock", now=now, simulated_now=simulated_now)


def _no_clock() -> UserError:
    return UserError("เมืองจริงไม่มีนาฬิกาจำลอง", "A real city has no simulated clock.")


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
    """Add a unit with its codes and, for a district, its group.

    Raises:
        UserError: the name is missing, or a code belongs to another unit.
    """
    require(actor, Action.MANAGE_UNITS)
    unit = Unit(
        kind=kind,
        name_th=require_text(name_th, "ชื่อหน่วยงาน", "The unit's name"),
        name_en=name_en,
        parent=parent,
        valid_from=valid_from,
    )
    rows = [UnitCode(unit=unit, scheme=scheme, code=code, valid_from=valid_from) for scheme, code in codes.items()]
    for row in rows:
        _refuse_taken(row)
    with transaction.atomic():
        create(actor, unit, act="people.register_unit", now=now)
        create_all(actor, rows, act="people.give_code", now=now)
        if group is not None:
            place_in_group(actor=actor, unit=unit, group=group, valid_from=valid_from, now=now)
    return unit


def give_code(
    *, actor: Actor, unit: Unit, scheme: UnitCode.Scheme, code: str, valid_from: date, last_day: date, now: datetime
) -> UnitCode:
    """Give a unit a new code in a scheme; the old one ends on `last_day`.

    Raises:
        UserError: the new code begins before the old one ends, or belongs to another unit.
    """
    require(actor, Action.MANAGE_UNITS)
    require_order(last_day, valid_from, "รหัสหน่วยงาน", "The unit's code")
    row = UnitCode(unit=unit, scheme=scheme, code=code, valid_from=valid_from)
    _refuse_taken(row)
    with transaction.atomic():
        for old in UnitCode.objects.filter(in_force(last_day), unit=unit, scheme=scheme):
            change(actor, old, act="people.end_code", now=now, valid_to=last_day)
        return create(actor, row, act="people.give_code", now=now)


def _refuse_taken(new: UnitCode) -> None:
    """A code means one unit on any day: it is free again the day after its last day."""
    same = UnitCode.objects.filter(scheme=new.scheme, code=new.code).exclude(unit=new.unit)
    holder = same.exclude(valid_to__lt=new.valid_from).select_related("unit").first()
    if holder is not None:
        raise UserError(
            f"รหัส {new.code} เป็นของ{holder.unit.name_th}", f"The code {new.code} belongs to {holder.unit.name_en}."
        )


def register_group(*, actor: Actor, code: str, name_th: str, name_en: str, now: datetime) -> UnitGroup:
    """Add a district group."""
    require(actor, Action.MANAGE_UNITS)
    return create(actor, UnitGroup(code=code, name_th=name_th, name_en=name_en), act="people.register_group", now=now)


def place_in_group(
    *, actor: Actor, unit: Unit, group: UnitGroup, valid_from: date, now: datetime
) -> UnitGroupMembership:
    """Put a district into a group from a day on; it leaves the group that it was in the day before."""
    require(actor, Action.MANAGE_UNITS)
    row = UnitGroupMembership(unit=unit, group=group, valid_from=valid_from)
    with transaction.atomic():
        for old in UnitGroupMembership.objects.filter(in_force(valid_from), unit=unit, valid_from__lt=valid_from):
            change(actor, old, act="people.leave_group", now=now, valid_to=valid_from - timedelta(days=1))
        return create(actor, row, act="people.place_in_group", now=now)


def register_user(
    *,
    actor: Actor,
    login: str,
    name_th: str,
    now: datetime,
    name_en: str = "",
    email: str = "",
    is_demonstration: bool = False,
) -> User:
    """Add a person who can act. No password is set: nobody can sign in with the account yet.

    Raises:
        UserError: login or name is missing, or the address is none.
    """
    require(actor, Action.MANAGE_PEOPLE)
    user = _account(login, name_th, name_en, email)
    user.is_demonstration = is_demonstration
    return create(actor, user, act="people.register_user", now=now)


def open_community_account(
    *, actor: Actor, unit: Unit, login: str, name_th: str, now: datetime, name_en: str = "", email: str = ""
) -> User:
    """Add a person who is to speak for a community of a district; whoever keeps its register may.

    Raises:
        UserError: login or name is missing, or the address is none.
    """
    require(actor, Action.KEEP_REGISTER, str(unit.pk))
    return create(actor, _account(login, name_th, name_en, email), act="people.register_user", now=now)


def _account(login: str, name_th: str, name_en: str, email: str) -> User:
    _refuse_no_address(email)
    user = User(
        login=refuse_longer(require_text(login, "ชื่อผู้ใช้", "The login"), 64, "ชื่อผู้ใช้", "The login"),
        name_th=refuse_longer(require_text(name_th, "ชื่อ", "The name"), 200, "ชื่อ", "The name"),
        name_en=refuse_longer(name_en.strip(), 200, "ชื่อภาษาอังกฤษ", "The English name"),
        email=email,
    )
    user.set_unusable_password()
    return user


def _refuse_no_address(email: str) -> None:
    try:
        validate_email(email or "nobody@city.example")
    except ValidationError as refused:
        raise UserError(f"“{email}” ไม่ใช่ที่อยู่อีเมล", f"“{email}” is not an e-mail address.") from refused


def set_password(*, actor: Actor, user: User, password: str, now: datetime) -> User:
    """Give a person a new password, which ends all sessions of the account. The ledger notes that, not the password.

    Raises:
        UserError: the password is short, common, or like the person's name.
    """
    require(actor, Action.MANAGE_PEOPLE)
    _refuse_weak(password, user)
    return change(actor, user, act="people.set_password", now=now, password=make_password(password))


def _refuse_weak(password: str, user: User) -> None:
    told = {}
    for language in ("th", "en"):
        with translation.override(language):
            try:
                validate_password(password, user)
            except ValidationError as weak:
                told[language] = " ".join(weak.messages)
    if told:
        raise UserError(told["th"], told["en"])


def give_role(
    *, actor: Actor, user: User, unit: Unit, role: Role, valid_from: date, now: datetime, valid_to: date | None = None
) -> Membership:
    """Give a person a role in a unit between two days."""
    require(actor, Action.MANAGE_PEOPLE)
    if valid_to is not None:
        require_order(valid_from, valid_to, "ช่วงเวลาของบทบาท", "The term of the role")
    row = Membership(user=user, unit=unit, role=role.value, valid_from=valid_from, valid_to=valid_to)
    return create(actor, row, act="people.give_role", now=now)


def lend_community_role(
    *, actor: Actor, user: User, unit: Unit, valid_from: date, valid_to: date, now: datetime
) -> Membership:
    """Let a person act as member of a community of a district between two days; whoever keeps its register may.

    A role that is held in all these days already is left as it is.
    """
    require(actor, Action.KEEP_REGISTER, str(unit.pk))
    require_order(valid_from, valid_to, "ช่วงเวลาของบทบาท", "The term of the role")
    held = Membership.objects.filter(user=user, unit=unit, role=Role.COMMUNITY_MEMBER.value)
    covering = held.filter(in_force(valid_from) & in_force(valid_to)).first()
    if covering is not None:
        return covering
    shorter = held.filter(valid_from=valid_from).first()
    if shorter is not None:
        return change(actor, shorter, act="people.lengthen_role", now=now, valid_to=valid_to)
    row = Membership(user=user, unit=unit, role=Role.COMMUNITY_MEMBER.value, valid_from=valid_from, valid_to=valid_to)
    return create(actor, row, act="people.give_role", now=now)


def shorten_community_role(
    *, actor: Actor, user: User, unit: Unit, valid_from: date, valid_to: date, now: datetime
) -> None:
    """End a role that was lent from a day on earlier; one that somebody else gave is left as it is."""
    require(actor, Action.KEEP_REGISTER, str(unit.pk))
    lent = Membership.objects.filter(
        user=user, unit=unit, role=Role.COMMUNITY_MEMBER.value, valid_from=valid_from, valid_to__gt=valid_to
    )
    for row in lent:
        change(actor, row, act="people.end_role", now=now, valid_to=valid_to)


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
    role: Role | None = None,
    valid_to: date | None = None,
) -> Delegation:
    """Record the order by which a person or office acts with the authority of another.

    With a role, the deputy acts in it for the unit while the order is in force.

    Raises:
        UserError: who acts, the office or the number is missing, the term ends before it begins, or a role is handed to
            an office, which cannot sign in.
    """
    require(actor, Action.MANAGE_PEOPLE)
    if valid_to is not None:
        require_order(valid_from, valid_to, "ช่วงเวลาของคำสั่ง", "The term of the order")
    if deputy is None:
        require_text(deputy_office, "ผู้ปฏิบัติราชการแทน", "Who acts")
    if role is not None and deputy is None:
        raise UserError(
            "บทบาทมอบให้ผู้ใช้เท่านั้น ระบุชื่อผู้ใช้ที่ปฏิบัติราชการแทน", "A role is handed to a user; name the user who acts."
        )
    row = Delegation(
        unit=unit,
        kind=kind,
        role="" if role is None else role.value,
        office=require_text(office, "ตำแหน่ง", "The office"),
        order_number=require_text(order_number, "เลขที่คำสั่ง", "The order's number"),
        deputy=deputy,
        deputy_office=deputy_office,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return create(actor, row, act="people.delegate", now=now)
