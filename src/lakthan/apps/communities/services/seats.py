"""Writes of seats: who speaks for a community, with an account of one's own.

The account and the role belong to the person, the seat to the community: it ends with the term of the committee, and
is passed on to the next one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lakthan.apps.communities.models import Committee, Community, CommunitySeat
from lakthan.apps.communities.selectors import committee_in_office
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import User
from lakthan.apps.people.selectors import actor_of, user_of_login
from lakthan.apps.people.services import lend_community_role, open_community_account, shorten_community_role
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.seats import last_day_of_seat, refuse_both_sides, require_end


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever is to hold a seat: an account by its login; with names one that is opened where there is none."""

    login: str
    name_th: str = ""
    name_en: str = ""
    email: str = ""


def give_seat(
    *,
    actor: Actor,
    community: Community,
    holder: Holder,
    valid_from: date,
    now: datetime,
    valid_to: date | None = None,
) -> CommunitySeat:
    """Let somebody speak for a community, until the committee's term ends or an earlier day.

    Raises:
        UserError: the community has no committee on the first day, the seat would outlast its term, the account is
            somebody else's or does not exist and no name is given, or it decides for the district.
        Conflict: the person holds a seat in the community in these days.
    """
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    with transaction.atomic():
        lock(community)
        last = last_day_of_seat(valid_to, valid_from, _committee(community, valid_from).term_ends_on)
        user = _account(actor, community, holder, now)
        refuse_both_sides(
            [held.role for held in actor_of(user, valid_from).held if held.unit == str(community.unit_id)]
        )
        _refuse_seated(community, user, valid_from, last)
        lend_community_role(actor=actor, user=user, unit=community.unit, valid_from=valid_from, valid_to=last, now=now)
        row = CommunitySeat(
            unit_id=community.unit_id, community=community, user=user, valid_from=valid_from, valid_to=last
        )
        return create(actor, row, act="communities.give_seat", now=now)


def _committee(community: Community, on: date) -> Committee:
    found = committee_in_office(community, on)
    if found is None:
        raise UserError(
            f"{community.name} ยังไม่มีกรรมการชุมชนในวันที่เริ่ม บันทึกกรรมการชุมชนก่อนให้สิทธิผู้แทน",
            f"{community.name} has no committee on the first day; record the committee before somebody speaks for it.",
        )
    return found


def _account(actor: Actor, community: Community, holder: Holder, now: datetime) -> User:
    """The account of the login; a name that was typed as well has to be its own."""
    user = user_of_login(holder.login.strip())
    if user is None:
        return open_community_account(
            actor=actor,
            unit=community.unit,
            login=holder.login,
            name_th=holder.name_th,
            name_en=holder.name_en,
            email=holder.email,
            now=now,
        )
    if not user.is_active:
        raise UserError(
            f"บัญชี {user.login} ถูกปิดใช้งาน ใช้บัญชีอื่นหรือติดต่อผู้ดูแลระบบ",
            f"The account {user.login} is closed; choose another or ask the system administrator.",
        )
    if holder.name_th.strip() and fold(holder.name_th) != fold(user.name_th):
        raise UserError(
            f"ชื่อผู้ใช้ {user.login} เป็นบัญชีของผู้อื่น ใช้ชื่อผู้ใช้อื่น หรือเว้นช่องชื่อถ้าหมายถึงบัญชีนั้น",
            f"The login {user.login} is somebody else's account; choose another login, or leave the name empty if you "
            "mean that account.",
        )
    return user


def _refuse_seated(community: Community, user: User, first: date, last: date) -> None:
    held = CommunitySeat.objects.filter(unit=community.unit_id, community=community, user=user, valid_from__lte=last)
    if held.exclude(valid_to__lt=first).exists():
        raise UserError(
            f"{user.login} เป็นผู้แทนของชุมชนนี้ในช่วงนี้อยู่แล้ว", f"{user.login} holds a seat in this community in these days."
        )


def end_seat(*, actor: Actor, seat: CommunitySeat, last_day: date, now: datetime) -> CommunitySeat:
    """End a seat early; with the day before its first one it was never in force.

    Raises:
        UserError: the last day lies before that day, or after the day on which the seat ends anyway.
    """
    require(actor, Action.KEEP_REGISTER, str(seat.unit_id))
    with transaction.atomic():
        lock(seat.community)
        last = require_end(last_day, lock(seat).valid_from, seat.valid_to)
        change(actor, seat, act="communities.end_seat", now=now, valid_to=last)
        _fit_role(actor, seat, now)
    return seat


def _fit_role(actor: Actor, seat: CommunitySeat, now: datetime) -> None:
    """End the role that was lent for a seat with the last seat that leans on it."""
    leaning = CommunitySeat.objects.filter(unit=seat.unit_id, user=seat.user_id, valid_from__gte=seat.valid_from)
    ends = [day for day in leaning.values_list("valid_to", flat=True) if day is not None]
    shorten_community_role(
        actor=actor, user=seat.user, unit=seat.unit, valid_from=seat.valid_from, valid_to=max(ends), now=now
    )
