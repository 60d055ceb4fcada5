"""Writes of the community register: names, types, statuses, committees and judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lakthan.apps.communities.models import (
    LONGEST_NAME,
    LONGEST_SUB_DISTRICT,
    Committee,
    CommitteeJudgement,
    Community,
    CommunityStatus,
)
from lakthan.apps.communities.selectors import seats_outlasting
from lakthan.apps.communities.services.seats import Holder, end_seat, give_seat
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit, UnitCode
from lakthan.apps.people.selectors import with_code
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.rules.eligibility import Status
from lakthan.rules.entry import refuse_future, refuse_longer, require_order, require_text
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class NewCommunity:
    """What must be known of a community to register it."""

    name: str
    type: Community.Type
    sub_district: str = ""


def register_communities(
    *,
    actor: Actor,
    unit: Unit,
    communities: Sequence[NewCommunity],
    effective_on: date,
    now: datetime,
    document: str = "",
) -> Sequence[Community]:
    """Register communities of one district, all or none; codes run on from the last one of the district.

    Raises:
        UserError: a name is empty, too long, stands twice, or is registered in the district already. Names are the
            same that differ in white space, letter case, kind of digits or order of marks only.
    """
    require(actor, Action.KEEP_REGISTER, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    names = [require_text(new.name, "ชื่อชุมชน", "The community's name") for new in communities]
    with transaction.atomic():
        lock(unit)
        _refuse_known_names(unit, names)
        code = _unit_code(unit, effective_on)
        last = Community.objects.filter(unit=unit).count()
        rows = [
            Community(
                unit=unit,
                code=f"{code}-{number:04}",
                name=name,
                sub_district=_sub_district(new.sub_district),
                type=new.type,
            )
            for number, (name, new) in enumerate(zip(names, communities, strict=True), start=last + 1)
        ]
        create_all(actor, rows, act="communities.register_community", now=now)
        statuses = [
            CommunityStatus(
                unit=unit,
                community=row,
                status=Status.REGISTERED.value,
                effective_on=effective_on,
                document=document,
            )
            for row in rows
        ]
        create_all(actor, statuses, act="communities.change_status", now=now)
    return rows


def _unit_code(unit: Unit, on: date) -> str:
    code = with_code(Unit.objects.filter(pk=unit.pk), on, UnitCode.Scheme.BMA4).values_list("code", flat=True).get()
    if code is None:
        raise UserError(f"{unit.name_th} ยังไม่มีรหัสหน่วยงาน", f"{unit.name_en or unit.name_th} has no agency code.")
    return str(code)


def _refuse_known_names(unit: Unit, names: Sequence[str], besides: Community | None = None) -> None:
    others = Community.objects.filter(unit=unit)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    known = {fold(name) for name in others.values_list("name", flat=True)}
    for name in names:
        refuse_longer(name, LONGEST_NAME, "ชื่อชุมชน", "The community's name")
        if fold(name) in known:
            raise UserError(
                f"มีชุมชนชื่อ {name} ใน{unit.name_th}แล้ว", f"{unit.name_en} has a community named {name} already."
            )
        known.add(fold(name))


def _sub_district(name: str) -> str:
    return refuse_longer(name.strip(), LONGEST_SUB_DISTRICT, "ชื่อแขวง", "The sub-district's name")


def describe_community(
    *, actor: Actor, community: Community, kind: Community.Type, sub_district: str, now: datetime
) -> Community:
    """Correct a community's type and sub-district."""
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    return change(
        actor,
        community,
        act="communities.describe_community",
        now=now,
        type=kind,
        sub_district=_sub_district(sub_district),
    )


def rename_community(*, actor: Actor, community: Community, name: str, now: datetime) -> Community:
    """Correct a community's name. What was written under the old one stays with it in the ledger.

    Raises:
        UserError: the name is empty, too long, or another community of the district has it.
    """
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    new = require_text(name, "ชื่อชุมชน", "The community's name")
    with transaction.atomic():
        lock(community.unit)
        _refuse_known_names(community.unit, [new], besides=community)
        return change(actor, community, act="communities.rename_community", now=now, name=new)


def change_status(
    *,
    actor: Actor,
    community: Community,
    status: Status,
    effective_on: date,
    now: datetime,
    document: str,
    reason: str = "",
) -> CommunityStatus:
    """Give a community another status from a day on, by a document."""
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    row = CommunityStatus(
        unit_id=community.unit_id,
        community=community,
        status=status.value,
        effective_on=effective_on,
        document=require_text(document, "เลขที่หนังสือ", "The document"),
        reason=reason,
    )
    return create(actor, row, act="communities.change_status", now=now)


def seat_committee(
    *,
    actor: Actor,
    community: Community,
    effective_on: date,
    term_ends_on: date,
    houses: int,
    members: int,
    now: datetime,
    chair_name: str = "",
    chair_phone: str = "",
    speakers: Sequence[Holder] = (),
) -> Committee:
    """Record the committee of a new term. Seats given before end the day before; `speakers` hold them from then on."""
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    require_order(effective_on, term_ends_on, "วาระกรรมการชุมชน", "The committee's term")
    if houses < 0 or members < 0:
        raise UserError("จำนวนหลังคาเรือนและกรรมการต้องไม่ติดลบ", "Houses and members must not be negative.")
    row = Committee(
        unit_id=community.unit_id,
        community=community,
        effective_on=effective_on,
        term_ends_on=term_ends_on,
        houses=houses,
        members=members,
        chair_name=chair_name,
        chair_phone=chair_phone,
    )
    with transaction.atomic():
        create(actor, row, act="communities.seat_committee", now=now)
        for seat in seats_outlasting(community, effective_on):
            end_seat(actor=actor, seat=seat, last_day=effective_on - timedelta(days=1), now=now)
        for holder in speakers:
            give_seat(actor=actor, community=community, holder=holder, valid_from=effective_on, now=now)
    return row


def judge_committee(
    *, actor: Actor, community: Community, effective_on: date, able: bool, now: datetime, reason: str = ""
) -> CommitteeJudgement:
    """Record the district's judgement whether the committee is complete enough to work; "no" needs a reason."""
    require(actor, Action.KEEP_REGISTER, str(community.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if not able:
        require_text(reason, "เหตุผล", "The reason")
    row = CommitteeJudgement(
        unit_id=community.unit_id, community=community, effective_on=effective_on, able=able, reason=reason
    )
    return create(actor, row, act="communities.judge_committee", now=now)
