"""2,068 communities on 31 January 2563, spread as the city's list spreads them, with committees and judgements."""

import csv
from datetime import date
from importlib.resources import files

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.services import (
    Holder,
    NewCommunity,
    change_status,
    give_seat,
    judge_committee,
    register_communities,
    seat_committee,
)
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import short_name
from lakthan.demo.stage import NOT_INCLUDED, Stage, moment, share_out
from lakthan.exchange.bangkok import RECORDED_FROM
from lakthan.rules.eligibility import Status, required_members
from lakthan.rules.permissions import Role

TOTAL = 2068
TYPES = {
    "crowded": Community.Type.CROWDED,
    "urban": Community.Type.URBAN,
    "suburban": Community.Type.SUBURBAN,
    "high_rise": Community.Type.HIGH_RISE,
}
NEW_IN_DECEMBER = ("5015", "5042", "5046", "5022", "5025")
"""Districts in which one community was registered on 16 December 2562."""
DISSOLVED_IN_JANUARY = ("5016", "5017", "5030")
"""Districts in which one community was dissolved on 10 January 2563."""
SEATED_ON, TERM_ENDS_ON = date(2018, 11, 1), date(2020, 10, 31)


def register(stage: Stage) -> None:
    """Register every community and seat its committee."""
    spread = {row["code"]: row for row in _spread()}
    totals = share_out(TOTAL, {code: int(row["listed"]) for code, row in spread.items()})
    for code, unit in stage.districts.items():
        names = _names(unit, totals[code] + (code in DISSOLVED_IN_JANUARY))
        types = _types(spread[code], len(names))
        new = [NewCommunity(name, kind) for name, kind in zip(names, types, strict=True)]
        late = 1 if code in NEW_IN_DECEMBER else 0
        rows = _register(stage, code, unit, new[: len(new) - late], RECORDED_FROM)
        _seat(stage, code, rows, SEATED_ON)
        if late:
            youngest = _register(stage, code, unit, new[-1:], date(2019, 12, 16))
            _seat(stage, code, youngest, date(2019, 12, 20))
            rows += youngest
        if code in DISSOLVED_IN_JANUARY:
            _dissolve(stage, code, rows.pop())
        stage.communities[code] = rows
    _change_statuses(stage)


def _spread() -> list[dict[str, str]]:
    with files("lakthan.demo").joinpath("data/communities.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _names(unit: Unit, count: int) -> list[str]:
    """Names that nobody can take for a real community."""
    return [f"ชุมชนสาธิต{short_name(unit.name_th)} {number}" for number in range(1, count + 1)]


def _types(row: dict[str, str], count: int) -> list[Community.Type]:
    """Types in the proportions of the district's list."""
    parts = share_out(count, {column: int(row[column]) for column in TYPES})
    return [TYPES[column] for column, number in parts.items() for _ in range(number)]


def _register(stage: Stage, code: str, unit: Unit, new: list[NewCommunity], on: date) -> list[Community]:
    rows = register_communities(
        actor=stage.actors[code],
        unit=unit,
        communities=new,
        effective_on=on,
        document=f"ประกาศสำนักงานเขต {code} (สาธิต)",
        now=moment(on),
    )
    return list(rows)


def _seat(stage: Stage, code: str, rows: list[Community], seated_on: date) -> None:
    """Seat committees; about one in forty is judged not complete enough to work."""
    for row in rows:
        houses = stage.dice.randint(40, 620)
        able = stage.dice.random() > 0.025
        seat_committee(
            actor=stage.actors[code],
            community=row,
            effective_on=seated_on,
            term_ends_on=TERM_ENDS_ON,
            houses=houses,
            members=required_members(houses) + (stage.dice.randint(0, 2) if able else -3),
            chair_name=f"ประธานกรรมการ {row.name}",
            now=moment(seated_on),
        )
        judge_committee(
            actor=stage.actors[code],
            community=row,
            effective_on=seated_on,
            able=able,
            reason="" if able else "กรรมการลาออกจนองค์ประกอบไม่ครบ ดำเนินการตามบทบาทหน้าที่ไม่ได้",
            now=moment(seated_on),
        )


def _dissolve(stage: Stage, code: str, row: Community) -> None:
    """A community that is no longer registered on the counting day."""
    for day, status in ((date(2019, 11, 4), Status.BEING_DISSOLVED), (date(2020, 1, 10), Status.DISSOLVED)):
        change_status(
            actor=stage.actors[code],
            community=row,
            status=status,
            effective_on=day,
            document=f"หนังสือสำนักงานเขต {code} (สาธิต)",
            reason="ผู้อยู่อาศัยย้ายออกจากพื้นที่",
            now=moment(day),
        )


def _change_statuses(stage: Stage) -> None:
    """Ten communities that are being dissolved on the counting day; three of them are gone by July."""
    for number, code in enumerate(sorted(stage.communities)[::5]):
        row = stage.communities[code][-1]
        days = [(date(2020, 1, 6), Status.BEING_DISSOLVED)]
        days += [(date(2020, 7, 15), Status.DISSOLVED)] if number < 3 else []
        for day, status in days:
            change_status(
                actor=stage.actors[code],
                community=row,
                status=status,
                effective_on=day,
                document=f"หนังสือสำนักงานเขต {code} (สาธิต)",
                reason="ชุมชนขอยกเลิกสถานะ",
                now=moment(day),
            )


def give_seats(stage: Stage) -> None:
    """The community member of the demonstration speaks for the first community of Din Daeng."""
    code = NOT_INCLUDED[0]
    give_seat(
        actor=stage.actors[code],
        community=stage.communities[code][0],
        holder=Holder(f"demo-{Role.COMMUNITY_MEMBER}"),
        valid_from=SEATED_ON,
        now=moment(SEATED_ON),
    )
