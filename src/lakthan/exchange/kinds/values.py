"""What units report for indicators that no register feeds, as a table: a row is the value of an indicator on a day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.directory import units_to_choose
from lakthan.apps.reporting.contents import enter_value
from lakthan.apps.reporting.life import ReportPlace
from lakthan.apps.reporting.models import ReportedValue
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.cells import Value
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
    refused_by,
    twice,
)
from lakthan.exchange.sheets.writing import BUDDHIST_DAY
from lakthan.rules.formula.grammar import Reported
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.permissions import Action, Actor, reach

OF_VALUE = ("amount", "base", "note")
COLUMNS = (
    Column(
        "indicator",
        "รหัสตัวชี้วัด",
        "Indicator code",
        cells.code(),
        "เช่น 2100-0002",
        "Such as 2100-0002.",
        must_hold=True,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "indicator_name",
        "ชื่อตัวชี้วัด",
        "Indicator",
        cells.text(),
        "แสดงไว้ให้ดู",
        "For reading only.",
        width=44,
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "unit",
        "รหัสหน่วยงาน",
        "Unit code",
        cells.code(4),
        "รหัส 4 หลัก",
        "Four digits.",
        width=10,
        must_hold=True,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "unit_name",
        "หน่วยงาน",
        "Unit",
        cells.text(),
        "แสดงไว้ให้ดู",
        "For reading only.",
        width=28,
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "fiscal_year",
        "ปีงบประมาณ",
        "Fiscal year",
        cells.fiscal_year,
        "พ.ศ. เช่น 2563",
        "B.E., such as 2563.",
        width=10,
        must_hold=True,
        is_fixed=True,
    ),
    Column(
        "effective_on",
        "ณ วันที่",
        "As of",
        cells.day,
        "วันที่ของค่า เว้นว่างหากยังไม่มีค่า",
        "The day of the value; empty where there is none yet.",
        is_fixed=True,
        number_format=BUDDHIST_DAY,
    ),
    Column(
        "amount",
        "ตัวตั้งหรือค่า",
        "Numerator or value",
        cells.number,
        "เว้นว่างคือยังไม่รายงาน ไม่ใช่ 0",
        "Empty is not reported, which is not zero.",
    ),
    Column(
        "base",
        "ตัวหาร",
        "Denominator",
        cells.number,
        "เฉพาะตัวชี้วัดที่รายงานเป็นตัวตั้งและตัวหาร",
        "Only for indicators that are reported as a pair.",
    ),
    Column(
        "note",
        "หมายเหตุ",
        "Note",
        cells.text(),
        "ที่มาของค่า",
        "Where the value comes from.",
        width=36,
        must_stand=False,
        number_format="@",
    ),
)
Key = tuple[str, UUID, int]
"""Indicator, unit, fiscal year."""


def _assignments(fiscal_years: set[int]) -> dict[Key, Assignment]:
    """Who answers for indicators of which values are typed in."""
    rows = Assignment.objects.filter(fiscal_year__in=fiscal_years).select_related("indicator", "definition", "unit")
    return {
        (row.indicator.code, row.unit_id, row.fiscal_year): row
        for row in rows.order_by("indicator__code", "pk")
        if isinstance(parse_formula(row.definition.formula), Reported)
    }


def _values_of(fiscal_years: set[int]) -> dict[Key, dict[date, ReportedValue]]:
    found: dict[Key, dict[date, ReportedValue]] = defaultdict(dict)
    rows = ReportedValue.objects.filter(fiscal_year__in=fiscal_years, withdrawn_on__isnull=True)
    for row in rows.select_related("indicator").order_by("effective_on"):
        found[row.indicator.code, row.unit_id, row.fiscal_year][row.effective_on] = row
    return found


def _today(actor: Actor, asked: Asked) -> Iterator[Mapping[str, Value]]:
    units = {unit.id: unit for unit in units_to_choose(asked.today)}
    own = reach(actor, Action.WRITE_REPORT)
    stored = _values_of({asked.fiscal_year.be})
    for key, assignment in _assignments({asked.fiscal_year.be}).items():
        unit = units.get(assignment.unit_id)
        if unit is None or (own is not None and str(unit.id) not in own) or asked.district not in ("", unit.code):
            continue
        of_indicator: dict[str, Value] = {
            "indicator": assignment.indicator.code,
            "indicator_name": assignment.indicator.name_th,
            "unit": unit.code,
            "unit_name": unit.name_th,
            "fiscal_year": assignment.fiscal_year,
        }
        for day, row in stored.get(key, {}).items():
            yield {**of_indicator, "effective_on": day, **_says(row)}
        if key not in stored:
            yield of_indicator


def _says(row: ReportedValue) -> dict[str, Value]:
    return {"amount": row.amount, "base": row.base, "note": row.note or None}


def _match(matching: Matching) -> Iterator[Line]:
    years = {year for record in matching.records if isinstance(year := record.get("fiscal_year"), int)}
    units = {unit.code: unit for unit in units_to_choose(matching.asked.today) if unit.code}
    own, seen = reach(matching.actor, Action.WRITE_REPORT), Seen()
    assignments, stored = _assignments(years), _values_of(years)
    for record in matching.records:
        unit = units.get(record.words("unit"))
        if unit is None or (own is not None and str(unit.id) not in own):
            yield refused_by(record, "unit", _no_unit(record, is_known=unit is not None))
            continue
        key: Key = (record.words("indicator"), unit.id, record.values["fiscal_year"])  # type: ignore[assignment]
        about = f"{record.words('indicator')} {unit.name_th}"
        assignment, day = assignments.get(key), record.get("effective_on")
        first = seen.earlier((*key, day), record.row) if day else None
        if assignment is None:
            yield refused_by(record, "indicator", _not_assigned(record), about)
        elif first is not None:
            yield twice(record, "effective_on", first, about)
        else:
            yield _line(matching, record, assignment, stored.get(key, {}), about)


def _no_unit(record: Record, *, is_known: bool) -> UserError:
    code = record.words("unit")
    if is_known:
        return UserError(f"หน่วยงาน {code} ไม่ใช่หน่วยงานของท่าน ลบแถวนี้ออก", f"{code} is not your unit; take the row out.")
    return UserError(
        f"ไม่มีหน่วยงานรหัส {code} ใช้รหัส 4 หลักตามไฟล์ที่ดาวน์โหลด",
        f"There is no unit {code}; give the four digits that the downloaded workbook shows.",
    )


def _not_assigned(record: Record) -> UserError:
    code, year = record.words("indicator"), record.get("fiscal_year")
    return UserError(
        f"หน่วยงานนี้ไม่มีตัวชี้วัด {code} ที่กรอกค่าเองในปีงบประมาณ {year} ตรวจรหัสและปี หรือลบแถวนี้ออก",
        f"The unit has no indicator {code} in {year} whose values are typed in; "
        "check code and year, or take the row out.",
    )


def _line(
    matching: Matching, record: Record, assignment: Assignment, stored: Mapping[date, ReportedValue], about: str
) -> Line:
    day, amount = record.get("effective_on"), record.get("amount")
    there = stored.get(day) if isinstance(day, date) else None
    if amount is None and there is None and all(record.get(key) is None for key in OF_VALUE):
        return Line(record.row, Verdict.UNCHANGED, about)
    if not isinstance(day, date):
        return refused_by(
            record,
            "effective_on",
            UserError("ไม่มีวันที่ของค่า กรุณากรอก", "The day of the value is missing; fill it in."),
            about,
        )
    if not isinstance(amount, Decimal):
        error = UserError(
            "ไม่มีค่า หากต้องการถอนค่าที่รายงานแล้ว ให้ถอนที่หน้ารายงาน",
            "The value is missing; to take a reported value back, use the page of the report.",
        )
        return refused_by(record, "amount", error, about)
    found = () if there is None else changes(record, _says(there), OF_VALUE)
    if there is not None and not found:
        return Line(record.row, Verdict.UNCHANGED, about)
    verdict = Verdict.CREATED if there is None else Verdict.CHANGED
    return Line(
        record.row,
        verdict,
        about,
        found,
        lambda: _enter(matching, record, assignment, day, amount, there),
        together=assignment.pk,
    )


def _enter(
    matching: Matching, record: Record, assignment: Assignment, day: date, amount: Decimal, there: ReportedValue | None
) -> None:
    """As the form of the quarter does it: the value begins or changes the draft of its quarter."""
    base = record.values.get("base", there.base if there else None)
    note = record.values.get("note", there.note if there else None)
    is_owner = assignment.unit_id == assignment.indicator.unit_id
    place = ReportPlace(
        assignment.indicator.code,
        FiscalYear(assignment.fiscal_year),
        Quarter.of(day).number,
        None if is_owner else assignment.unit_id,
    )
    enter_value(
        actor=matching.actor,
        place=place,
        effective_on=day,
        amount=amount,
        base=base if isinstance(base, Decimal) else None,
        note=str(note or ""),
        now=matching.now,
    )


VALUES = Kind(
    "values",
    "ค่าตัวชี้วัดที่รายงาน",
    "Reported values",
    Action.WRITE_REPORT,
    COLUMNS,
    _today,
    _match,
    "หนึ่งแถวคือค่าของตัวชี้วัด ณ วันหนึ่ง ค่าเข้าร่างรายงานของไตรมาสนั้น แถวที่ลบออกไม่ถอนค่า",
    "A row is the value of an indicator on a day; it goes into the draft of its quarter. Rows taken out stay.",
)
