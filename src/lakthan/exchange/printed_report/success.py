"""Section 2 and section 5: the ticked level of success, the target and the result."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lakthan.core.digits import to_arabic
from lakthan.exchange.printed_report.form import BOX_EMPTY, BOX_TICKED, LEVEL_LABELS, RESULT
from lakthan.exchange.printed_report.model import FIELD_NAMES, Level, Measure
from lakthan.exchange.printed_report.paragraphs import read_text
from lakthan.exchange.printed_report.sections import Section
from lakthan.exchange.printed_report.sheet import Line, Sheet

_MEASURE = re.compile(
    r"(?:(?P<percent>ร้อยละ)\s*)?(?P<value>-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?:\s*\((?P<unit>[^()]*)\))?"
)
_NUMBER_IN_UNIT = re.compile(r"[0-9๐-๙<>≥≤=]")


def read_level(sheet: Sheet, section: Section) -> Level:
    """The level whose box alone is ticked; unknown, with a doubt, where the marks are lost, empty or both ticked."""
    boxes = {level: _read_box(sheet, level, section.lines) for level in LEVEL_LABELS}
    ticked = [level for level, mark in boxes.items() if mark is True]
    if len(ticked) == 1:
        return Level(ticked[0])
    if ticked:
        reasons = ("ไม่ทราบระดับ เพราะทำเครื่องหมายทั้งสองช่อง", "level unknown: both boxes are ticked")
    elif None in boxes.values():
        reasons = (
            "ไม่ทราบระดับ เพราะเครื่องหมายในช่องหายไป",
            "level unknown: the marks of the boxes were lost in the print",
        )
    else:
        reasons = ("ไม่ทราบระดับ เพราะไม่ได้ทำเครื่องหมายในช่องใด", "level unknown: neither box is ticked")
    sheet.doubt(section.start, "level", _shown(sheet, section.lines), reasons)
    return Level.UNKNOWN


def _shown(sheet: Sheet, lines: Sequence[Line]) -> str:
    return sheet.text[lines[0].start : lines[0].end] if lines else ""


def _read_box(sheet: Sheet, level: str, lines: Sequence[Line]) -> bool | None:
    """Whether the box before a level's label is ticked; None where there is no box or no label. Claims both."""
    for line in lines:
        label = LEVEL_LABELS[level].search(sheet.text, line.start, line.end)
        if label is not None:
            sheet.claim(*label.span(), "level label")
            return _claim_box(sheet, line.start, label.start())
    return None


def _claim_box(sheet: Sheet, start: int, end: int) -> bool | None:
    """The mark that stands right before a label."""
    for pattern, meaning in ((BOX_TICKED, True), (BOX_EMPTY, False)):
        for box in pattern.finditer(sheet.text, start, end):
            if not sheet.text[box.end() : end].strip():
                sheet.claim(*box.span(), "level box")
                return meaning
    return None


def read_target_and_result(sheet: Sheet, section: Section) -> tuple[Measure, Measure]:
    """The two measures of section 5; one that cannot be read as a number has no value and a doubt."""
    target, result = _part_at_result(sheet, section.lines)
    return (
        _read_measure(sheet, target, "target", section.start),
        _read_measure(sheet, result, "result", section.start),
    )


def _part_at_result(sheet: Sheet, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the target and those of the result, parted at the words of the form, which are claimed."""
    for number, line in enumerate(lines):
        words = RESULT.search(sheet.text, line.start, line.end)
        if words is not None:
            sheet.claim(*words.span(), "heading")
            before, after = _without_colon(sheet, line.start, words.start()), sheet.trim(words.end(), line.end)
            return [*lines[:number], *filter(None, [before])], [*filter(None, [after]), *lines[number + 1 :]]
    return [*lines], []


def _without_colon(sheet: Sheet, start: int, end: int) -> Line | None:
    """What stands before the words of the result, without the colon that the form prints there."""
    before = sheet.trim(start, end)
    if before is not None and sheet.text[before.end - 1] == ":":
        sheet.claim_signs(before.end - 1, before.end)
        return sheet.trim(before.start, before.end - 1)
    return before


def _read_measure(sheet: Sheet, lines: Sequence[Line], field: str, start: int) -> Measure:
    as_printed = read_text(sheet, lines, field).text
    offset = lines[0].start if lines else start
    found = _MEASURE.match(to_arabic(as_printed))
    if found is None:
        name_th, name_en = FIELD_NAMES[field]
        reasons = (f"อ่านตัวเลขของ{name_th}ไม่ได้", f"no number could be read for the {name_en}")
        sheet.doubt(offset, field, as_printed, reasons)
        return Measure(as_printed, None, "")
    unit = (found["unit"] or found["percent"] or "").strip()
    value = Decimal(found["value"].replace(",", ""))
    for reasons in _doubts_of_measure(field, value, unit, as_printed[found.end() :]):
        sheet.doubt(offset, field, as_printed, reasons)
    return Measure(as_printed, value, unit)


def _doubts_of_measure(field: str, value: Decimal, unit: str, rest: str) -> Iterator[tuple[str, str]]:
    if not unit:
        yield "ไม่มีหน่วยนับ", "there is no unit"
    if _NUMBER_IN_UNIT.search(unit):
        yield "หน่วยนับมีตัวเลขหรือเครื่องหมายปนอยู่", "a number or an operator stands in the unit"
    if rest.strip():
        yield "มีข้อความอื่นต่อท้ายตัวเลขและหน่วยนับ", "more stands there than a number and its unit"
    if field == "result" and value == 0:
        yield (
            "ระบบเดิมพิมพ์ 0 ทั้งกรณีผลเป็นศูนย์และกรณีไม่ได้รายงาน",
            "the old system prints 0 both for a result of zero and for one not reported",
        )
