"""The register of communities as a table: a row is a community, known by its code, or by its district and name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from lakthan.apps.communities.models import LONGEST_NAME, LONGEST_SUB_DISTRICT, Community
from lakthan.apps.communities.services import (
    NewCommunity,
    describe_community,
    register_communities,
    rename_community,
)
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import short_name
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.exchange.kinds.districts import Districts
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.cells import Reading, Value
from lakthan.exchange.sheets.kinds import (
    Asked,
    Column,
    Kind,
    Line,
    Matching,
    Record,
    Seen,
    Verdict,
    changes,
    refused,
    refused_by,
)
from lakthan.exchange.sheets.tables import Cell
from lakthan.rules.facts import COMMUNITY_TYPES
from lakthan.rules.permissions import Action, Actor

MISTYPED_SARA_AM = re.compile("ำ[่-์]")
"""SARA AM with a mark behind it, which no Thai word has; converters of old fonts write SARA AA so."""
MISTYPED = (
    "พิมพ์สระอำหน้าวรรณยุกต์ อาจหมายถึงสระอา โปรดตรวจตัวสะกด",
    "SARA AM typed before a tone mark, perhaps meant for SARA AA; check the spelling",
)
COMPARED = ("sub_district", "type")


def _name(cell: Cell) -> Reading:
    """On one line; doubted where it looks mistyped."""
    typed = cells.shown(cell)
    name = " ".join(cells.clean(typed).split())
    if not name:
        raise UserError(
            f"ไม่มีชื่อชุมชน: {typed} กรอกชื่อเต็มตามทะเบียน",
            f"the name of the community is empty: {typed}; fill it in",
        )
    if len(name) > LONGEST_NAME:
        raise UserError(
            f"ชื่อชุมชนยาวเกินไป: {typed} ย่อให้เหลือไม่เกิน {LONGEST_NAME} ตัวอักษร",
            f"the name of the community is too long: {typed}; shorten it to {LONGEST_NAME} characters",
        )
    doubts = (MISTYPED,) if MISTYPED_SARA_AM.search(typed) else ()
    return Reading(name, cells.text(LONGEST_NAME)(cell).mended, doubts)


COLUMNS = (
    Column(
        "code",
        "รหัสชุมชน",
        "Community code",
        cells.code(),
        "ระบบออกให้ เว้นว่างเมื่อเพิ่มชุมชนใหม่",
        "Given by the system; leave it empty for a new community.",
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "bma_agency_code",
        "รหัสเขต",
        "District code",
        cells.code(4),
        "รหัสสำนักงานเขต 4 หลัก เช่น 5026 หรือชื่อเขต",
        "Four digits, such as 5026, or the name of the district.",
        width=10,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "district",
        "เขต",
        "District",
        cells.text(200),
        "ชื่อเขต ใช้ตรวจสอบกับรหัส",
        "Its name, held against the code.",
        width=18,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "sub_district",
        "แขวง",
        "Sub-district",
        cells.text(LONGEST_SUB_DISTRICT),
        "ชื่อแขวง",
        "The sub-district.",
        width=22,
        number_format="@",
        wrong=("ชื่อแขวงยาวเกินไป", "the sub-district is too long"),
    ),
    Column(
        "community",
        "ชื่อชุมชน",
        "Community",
        _name,
        "ชื่อเต็มตามทะเบียน ไม่ซ้ำในเขต แก้ได้เมื่อมีรหัสชุมชน",
        "The name in the register, once in a district; it can be corrected beside a code.",
        width=36,
        number_format="@",
    ),
    Column(
        "type",
        "ประเภทชุมชน",
        "Type",
        cells.choice(COMMUNITY_TYPES),
        "เลือกจากรายการ",
        "Choose from the list.",
        width=20,
        must_hold=True,
        names=COMMUNITY_TYPES,
        wrong=("ไม่รู้จักประเภทชุมชน", "unknown type of community"),
    ),
)


def _today(actor: Actor, asked: Asked) -> Iterator[Mapping[str, Value]]:
    districts = Districts(actor, Action.KEEP_REGISTER, asked.today)
    for unit in districts.asked(asked.district):
        for row in Community.objects.filter(unit=unit).order_by("code").iterator():
            yield {
                "code": row.code,
                "bma_agency_code": districts.code_of[unit.pk],
                "district": short_name(unit.name_th),
                "community": row.name,
                "sub_district": row.sub_district or None,
                "type": row.type,
            }


class _Register:
    """The communities as rows find them."""

    def __init__(self) -> None:
        rows = list(Community.objects.all())
        self.by_code = {row.code: row for row in rows}
        self.by_name = {(row.unit_id, fold(row.name)): row for row in rows}

    def find(self, unit: Unit, record: Record) -> Community | None:
        code = record.words("code")
        return self.by_code.get(code) if code else self.by_name.get((unit.pk, fold(record.words("community"))))


def _match(matching: Matching) -> Iterator[Line]:
    districts, register = Districts(matching.actor, Action.KEEP_REGISTER, matching.asked.today), _Register()
    seen, new = Seen(), defaultdict[UUID, list[Record]](list)
    units: dict[UUID, Unit] = {}
    for record in matching.records:
        found = districts.find(record.words("bma_agency_code"))
        if found is None or (wrong := _wrong(record, districts, found, seen)):
            yield _unknown_district(record) if found is None else wrong  # type: ignore[misc]
            continue
        _doubt(matching, record, found)
        community = register.find(found, record)
        if community is None and record.words("code"):
            yield _unknown_code(record)
        elif community is None:
            new[found.pk].append(record)
            units[found.pk] = found
        else:
            yield _known(matching, record, community)
    for pk, group in new.items():
        yield from _registered(matching, units[pk], group)


def _unknown_district(record: Record) -> Line:
    code = record.words("bma_agency_code")
    return refused(
        record,
        "bma_agency_code",
        f"ไม่พบรหัสสำนักงานเขต: {code} ใช้รหัส 4 หลักหรือชื่อเขต",
        f"no district office has the code: {code}; give its four digits or its name",
    )


def _unknown_code(record: Record) -> Line:
    code = record.words("code")
    return refused(
        record,
        "code",
        f"ไม่มีชุมชนรหัส {code} หากเป็นชุมชนใหม่ให้เว้นว่าง",
        f"There is no community {code}; leave the code of a new one empty.",
    )


def _wrong(record: Record, districts: Districts, unit: Unit, seen: Seen) -> Line | None:
    name = record.words("community")
    if (foreign := districts.refusal(unit)) is not None:
        return refused_by(record, "bma_agency_code", foreign, name)
    first = seen.earlier((unit.pk, fold(name)), record.row)
    if first is not None:
        return refused(
            record,
            "community",
            f"ชื่อซ้ำกับแถว {first} ในเขตเดียวกัน ให้เหลือแถวเดียว หรือแก้ชื่อ",
            f"the same name as in row {first} of the same district; keep one of them, or correct the name",
            name,
        )
    return None


def _known(matching: Matching, record: Record, community: Community) -> Line:
    name, is_renamed = record.words("community"), fold(record.words("community")) != fold(community.name)
    before = {"community": community.name, "sub_district": community.sub_district or None, "type": community.type}
    found = changes(record, before, ("community", *COMPARED) if is_renamed else COMPARED)
    if not found:
        return Line(record.row, Verdict.UNCHANGED, community.name)

    def describe() -> None:
        if is_renamed:
            rename_community(actor=matching.actor, community=community, name=name, now=matching.now)
        describe_community(
            actor=matching.actor,
            community=community,
            kind=Community.Type(record.words("type")),
            sub_district=record.words("sub_district"),
            now=matching.now,
        )

    return Line(record.row, Verdict.CHANGED, community.name, found, describe, together=community.unit_id)


def _registered(matching: Matching, unit: Unit, group: list[Record]) -> Iterator[Line]:
    """New communities of a district are registered together, by the act of the first row."""

    def register() -> None:
        register_communities(
            actor=matching.actor,
            unit=unit,
            communities=[
                NewCommunity(
                    record.words("community"), Community.Type(record.words("type")), record.words("sub_district")
                )
                for record in group
            ],
            effective_on=matching.asked.effective_on or matching.asked.today,
            now=matching.now,
        )

    for place, record in enumerate(group):
        yield Line(
            record.row,
            Verdict.CREATED,
            record.words("community"),
            act=register if place == 0 else None,
            together=unit.pk,
        )


def _doubt(matching: Matching, record: Record, unit: Unit) -> None:
    """A person should look at a district's name that is not the code's."""
    district = record.words("district")
    if fold(district) not in fold(unit.name_th):
        matching.doubt(
            record.row,
            "district",
            district,
            f"ชื่อเขตไม่ตรงกับรหัส ({unit.name_th})",
            f"the district's name is not that of the code ({unit.name_en})",
        )


COMMUNITIES = Kind(
    "communities",
    "ทะเบียนชุมชน",
    "Community register",
    Action.KEEP_REGISTER,
    COLUMNS,
    _today,
    _match,
    "หนึ่งแถวคือหนึ่งชุมชน เพิ่มแถวเพื่อจดทะเบียนชุมชนใหม่ แก้ชื่อ แขวง และประเภทได้ แถวที่ลบออกไม่ลบชุมชน",
    "A row is a community. Add rows to register new ones; name, sub-district and type can be changed. A row "
    "that is taken out deletes nothing.",
    by_year=False,
)
