"""Bangkok as reference data: its bureaus, districts with groups and codes, and the versions of its 20-year plan.

Codes, names and groups are facts of the city; the days since when they are valid are not known to us, so all of them
are recorded from the first day of the plan's second phase on.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files

from lakthan.apps.indicators.models import PlanNode, PlanVersion
from lakthan.apps.indicators.services import add_plan_node, add_plan_version
from lakthan.apps.people.models import Unit, UnitCode, UnitGroup
from lakthan.apps.people.services import register_group, register_unit
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor

RECORDED_FROM = date(2017, 10, 1)
"""First day of fiscal year 2561."""

PLAN_VERSIONS = {
    "phase2_2561-2565": (
        "แผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี ระยะที่ 2 (พ.ศ. 2561-2565)",
        "Bangkok 20-year development plan, phase 2 (2561-2565)",
        2561,
        2565,
        ("ด้าน", "มิติ", "เป้าหมาย"),
    ),
    "phase3_2566-2570": (
        "แผนพัฒนากรุงเทพมหานคร ระยะ 20 ปี ระยะที่ 3 (พ.ศ. 2566-2570)",
        "Bangkok 20-year development plan, phase 3 (2566-2570)",
        2566,
        2570,
        ("ยุทธศาสตร์", "ยุทธศาสตร์ย่อย", "เป้าประสงค์"),
    ),
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of this package."""
    with files(__package__).joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def load_units(*, actor: Actor, now: datetime) -> dict[str, Unit]:
    """Register the city, its bureaus and its 50 districts with codes and groups; gives the units by 4-digit code."""
    bangkok = register_unit(
        actor=actor,
        kind=Unit.Kind.CITY,
        name_th="กรุงเทพมหานคร",
        name_en="Bangkok Metropolitan Administration",
        codes={},
        valid_from=RECORDED_FROM,
        now=now,
    )
    groups = {row["code"]: register_group(actor=actor, now=now, **row) for row in _rows("groups.csv")}
    units = {row["code4"]: _bureau(actor, bangkok, row, now) for row in _rows("bureaus.csv")}
    return units | {row["code"]: _district(actor, bangkok, row, groups, now) for row in _rows("districts.csv")}


def _bureau(actor: Actor, parent: Unit, row: dict[str, str], now: datetime) -> Unit:
    return register_unit(
        actor=actor,
        kind=Unit.Kind.BUREAU,
        name_th=row["name_th"],
        name_en=row["name_en"],
        codes={UnitCode.Scheme.BMA4: row["code4"], UnitCode.Scheme.BMA8: row["code8"]},
        valid_from=RECORDED_FROM,
        parent=parent,
        now=now,
    )


def _district(actor: Actor, parent: Unit, row: dict[str, str], groups: dict[str, UnitGroup], now: datetime) -> Unit:
    return register_unit(
        actor=actor,
        kind=Unit.Kind.DISTRICT,
        name_th=f"สำนักงานเขต{row['name_th']}",
        name_en=row["name_en"],
        codes={
            UnitCode.Scheme.BMA4: row["code"],
            UnitCode.Scheme.BMA8: f"{row['code']}0000",
            UnitCode.Scheme.DOPA: row["dopa_code"],
        },
        valid_from=RECORDED_FROM,
        parent=parent,
        group=groups[row["group"]],
        now=now,
    )


def load_plan(*, actor: Actor, now: datetime) -> dict[tuple[str, str], PlanNode]:
    """Add the versions of the plan and their nodes; gives the nodes by version and code.

    Nodes that were not seen whole, or are a paraphrase, are marked so and are never printed as official text.
    """
    versions = {code: _version(actor, code, now) for code in PLAN_VERSIONS}
    nodes: dict[tuple[str, str], PlanNode] = {}
    for row in sorted(_rows("plan_nodes.csv"), key=lambda row: (row["version"], len(row["code"]), row["code"])):
        version, code = row["version"], row["code"]
        nodes[version, code] = add_plan_node(
            actor=actor,
            version=versions[version],
            code=code,
            level_name=row["level"],
            name_th=row["name_th"],
            name_en=row["name_en"],
            certainty=PlanNode.Certainty(row["certainty"]),
            parent=nodes.get((version, code.rpartition(".")[0])),
            now=now,
        )
    return nodes


def _version(actor: Actor, code: str, now: datetime) -> PlanVersion:
    name_th, name_en, first, last, level_names = PLAN_VERSIONS[code]
    return add_plan_version(
        actor=actor,
        code=code,
        name_th=name_th,
        name_en=name_en,
        first_year=FiscalYear(first),
        last_year=FiscalYear(last),
        level_names=level_names,
        now=now,
    )
