"""Who answers for an indicator in a year as an Excel workbook: one row a unit, filled in with what holds now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from lakthan.apps.people.directory import UnitLabel, units_to_choose
from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.assigning import Wanted, current
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.results import Refusal
from lakthan.exchange.workbook_reading import named_rows, read_sheet
from lakthan.exchange.workbooks import Column, Sheet, Value, workbook
from lakthan.rules.entry import read_number
from lakthan.rules.permissions import Actor

SHEET, LISTS = "มอบหมาย", "รายการ"
CLASSES: Mapping[str, tuple[str, str]] = {
    "negotiated": ("เจรจาตกลง", "negotiated"),
    "routine": ("งานประจำ", "routine"),
    "strategic": ("ยุทธศาสตร์", "strategic"),
}
QUARTERS = tuple(f"quarter.{number}" for number in range(1, 5))
SCALE = tuple(f"scale.{score}" for score in range(1, 6))
BEFORE = (3, 2, 1)
"""Baselines: so many years before."""
BASELINES = tuple(f"baseline.{years}" for years in BEFORE)
COLUMNS = (
    "unit",
    "name",
    "target",
    *QUARTERS,
    "weight",
    "class",
    *SCALE,
    "supervisor",
    "collector",
    *BASELINES,
    "source",
)
WIDTHS = {"name": 34, "class": 16, "source": 30, "supervisor": 14, "collector": 14}
AGREED = tuple(name for name in COLUMNS if name not in ("unit", "name"))

Rows = Mapping[int, Mapping[str, str]]
"""Number in Excel -> column -> text."""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What a workbook asks for, and the rows that cannot be read."""

    wanted: tuple[Wanted, ...]
    row_of: Mapping[UUID, int]
    """Unit -> its row in Excel."""
    refused: tuple[Refusal, ...]


def assignment_workbook(actor: Actor, code: str, fiscal_year: FiscalYear) -> bytes:
    """A row for every unit of the city; those that answer already have their targets in it."""
    units, stored = units_to_choose(today()), current(actor, code, fiscal_year)
    codes = {unit.id: unit.code for unit in units}
    rows = [_row(unit, stored.get(unit.id), fiscal_year, codes) for unit in units if unit.code]
    lists: list[list[Value]] = [[names[0]] for names in CLASSES.values()]
    columns = [
        Column(heading, WIDTHS.get(name, 10)) for name, heading in zip(COLUMNS, headings(fiscal_year), strict=True)
    ]
    title = f"มอบหมายตัวชี้วัด {code} · Assign indicator {code}"
    choices = {COLUMNS.index("class"): f"{LISTS}!$A$2:$A${1 + len(CLASSES)}"}
    return workbook(
        [
            Sheet(SHEET, [title, about(code, fiscal_year)], columns, rows, 2, choices),
            Sheet(LISTS, [], [Column("ประเภท · Class", 24)], lists),
        ],
        present(),
    )


def about(code: str, fiscal_year: FiscalYear) -> str:
    """The line by which a workbook is known to be of an indicator and a year."""
    return f"{code} · {fiscal_year.be} · เว้นว่างทั้งแถว = ไม่มอบหมาย · an empty row is not assigned"


def headings(fiscal_year: FiscalYear) -> list[str]:
    """The heading of each column, in both languages."""
    return [
        "รหัส · Code",
        "หน่วยงาน · Unit",
        "ค่าเป้าหมาย · Target",
        *(f"ไตรมาส {number} · Q{number}" for number in range(1, 5)),
        "น้ำหนัก · Weight",
        "ประเภท · Class",
        *(f"คะแนน {score} · Score {score}" for score in range(1, 6)),
        "ผู้กำกับ (รหัส) · Supervisor",
        "ผู้จัดเก็บ (รหัส) · Collector",
        *(f"ค่าฐาน {fiscal_year.be - years} · Baseline {fiscal_year.be - years}" for years in BEFORE),
        "แหล่งที่มาของค่าฐาน · Source",
    ]


def heading_of(column: str, fiscal_year: FiscalYear) -> str:
    """The heading of a column."""
    return headings(fiscal_year)[COLUMNS.index(column)]


def read_rows(content: bytes, code: str, fiscal_year: FiscalYear) -> dict[int, dict[str, str]]:
    """The rows of an uploaded workbook that say anything beside the unit, as text.

    Raises:
        UserError: it is no such workbook, or one of another indicator or year.
    """
    rows = read_sheet(content, SHEET)
    if len(rows) < 2 or not rows[1] or rows[1][0] != about(code, fiscal_year):
        raise UserError(
            f"ไฟล์นี้ไม่ใช่ของตัวชี้วัด {code} {fiscal_year.label_th} ดาวน์โหลดไฟล์ของปีนี้แล้วกรอกใหม่",
            f"This workbook is not that of {code}, {fiscal_year.label_en}; download it and fill it in.",
        )
    return {number: cells for number, cells in named_rows(rows, COLUMNS) if any(cells[name] for name in AGREED)}


def wanted_of(rows: Rows, fiscal_year: FiscalYear, units: Sequence[UnitLabel]) -> ReadRows:
    """What the rows ask for; every cell that cannot be read is refused by its row and column."""
    ids = {unit.code: unit.id for unit in units if unit.code}
    wanted: list[Wanted] = []
    refused: list[Refusal] = []
    row_of: dict[UUID, int] = {}
    for number, cells in sorted(rows.items()):
        reading = _Reading(number, cells, fiscal_year, ids)
        item = reading.wanted()
        refused += reading.refused
        if item is not None and not reading.refused:
            wanted.append(item)
            row_of.setdefault(item.unit, number)
    return ReadRows(tuple(wanted), row_of, tuple(refused))


class _Reading:
    """One row, read cell by cell."""

    def __init__(self, number: int, cells: Mapping[str, str], fiscal_year: FiscalYear, ids: Mapping[str, UUID]) -> None:
        self.number, self.cells, self.year, self.ids = number, cells, fiscal_year, ids
        self.refused: list[Refusal] = []

    def wanted(self) -> Wanted | None:
        unit = self._unit("unit")
        class_ = self._class()
        quarters = {n: value for n, name in enumerate(QUARTERS, 1) if (value := self._number(name)) is not None}
        baselines = {
            self.year.be - years: value
            for years, name in zip(BEFORE, BASELINES, strict=True)
            if (value := self._number(name)) is not None
        }
        if unit is None:
            if not self.cells.get("unit"):
                self._refuse("unit", "ไม่มีรหัสหน่วยงาน", "the code of the unit is missing")
            return None
        return Wanted(
            unit=unit,
            target=self._number("target"),
            classification=class_,
            quarters=quarters,
            weight=self._number("weight"),
            scale=tuple(value for name in SCALE if (value := self._number(name)) is not None),
            supervisor=self._unit("supervisor"),
            collector=self._unit("collector"),
            baselines=baselines,
            baseline_source=self.cells.get("source", ""),
        )

    def _unit(self, name: str) -> UUID | None:
        code = to_arabic(self.cells.get(name, ""))
        if code and code.isdigit():
            code = code.zfill(4)  # Excel takes the zero off 0100 where somebody types it as a number
        if code and code not in self.ids:
            self._refuse(name, f"ไม่มีหน่วยงานรหัส {code}", f"there is no unit with the code {code}")
        return self.ids.get(code)

    def _class(self) -> str:
        text = self.cells.get("class", "")
        found = next((code for code, names in CLASSES.items() if text.casefold() in (code, *names)), "")
        if not found:
            allowed = ", ".join(names[0] for names in CLASSES.values())
            shown = f"“{text}” " if text else ""
            self._refuse("class", f"{shown}ไม่ใช่ประเภท เลือก {allowed}", f"{shown}is no class; choose {allowed}")
        return found

    def _number(self, name: str) -> Decimal | None:
        text = self.cells.get(name, "")
        value = read_number(text)
        if value is None and text:
            self._refuse(name, f"“{text[:40]}” ไม่ใช่ตัวเลข", f"“{text[:40]}” is no number")
        return value

    def _refuse(self, column: str, th: str, en: str) -> None:
        self.refused.append(Refusal(self.number, heading_of(column, self.year), th, en))


def _row(unit: UnitLabel, stored: Wanted | None, fiscal_year: FiscalYear, codes: Mapping[UUID, str]) -> list[Value]:
    if stored is None:
        return [unit.code, unit.name_th, *[None] * len(AGREED)]
    scale: list[Decimal | None] = [*stored.scale, *[None] * (len(SCALE) - len(stored.scale))]
    return [
        unit.code,
        unit.name_th,
        stored.target,
        *(stored.quarters.get(number) for number in range(1, 5)),
        stored.weight,
        CLASSES[stored.classification][0],
        *scale,
        codes.get(stored.supervisor) if stored.supervisor else None,
        codes.get(stored.collector) if stored.collector else None,
        *(stored.baselines.get(fiscal_year.be - years) for years in BEFORE),
        stored.baseline_source or None,
    ]
