"""Where the sections of the form begin. A heading needs its words and its order; a number alone makes none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lakthan.exchange.printed_report.form import (
    BEFORE_HEADING,
    DEFINITIONS,
    HEADING_START,
    HEADINGS,
    LEVEL,
    NAME,
    PLAN_HEADING,
    POSITION_LINE,
    SIGNATURE_LINE,
    TAIL_STARTS,
    TARGET,
    Heading,
)
from lakthan.exchange.printed_report.model import NotAReport
from lakthan.exchange.printed_report.sheet import Line, Sheet

_NAMED_AT_MOST = 4
_NUMBER = re.compile(r"[\d๐-๙]{1,3}")

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """The offset of a section's heading and its lines, of which the first is the rest of the heading's line, if any."""

    start: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """The sections by number of their heading ("" for the plan linkage), and the lines after section 9.

    The plan linkage is missing where its heading is: section 2 has its lines.
    """

    sections: Mapping[str, Section]
    tail: tuple[Line, ...]


def divide(sheet: Sheet) -> Division:
    """Cut the sheet into sections and claim the headings.

    Raises `NotAReport`, naming what is missing, where a heading or the end of the form is not there.
    """
    places = _places_of_headings(sheet)
    last = max(places.values(), default=-1)
    tail = _place_of_tail(sheet, last + 1)
    _refuse_missing(sheet, places, tail)
    _refuse_second_report(sheet, tail)
    order = sorted(places.items(), key=lambda item: item[1])
    stops = [*(place for _, place in order[1:]), tail]
    sections = {
        heading.number: _section(sheet, heading, sheet.lines[place:stop])
        for (heading, place), stop in zip(order, stops, strict=True)
    }
    return Division(sections, sheet.lines[tail:])


@lru_cache
def _pattern(heading: Heading) -> re.Pattern[str]:
    return re.compile(rf"(?P<before>{BEFORE_HEADING})(?P<words>{heading.words})(?P<after>[*_\\]*(?:[\s*_\\]*$)?)")


def _match(sheet: Sheet, heading: Heading, line: Line) -> re.Match[str] | None:
    return _pattern(heading).match(sheet.text, line.start, line.end)


def _places_of_headings(sheet: Sheet) -> dict[Heading, int]:
    """Heading -> index of its line: for each heading in order the first line after the heading before it."""
    likely = [n for n, line in enumerate(sheet.lines) if HEADING_START.match(sheet.text, line.start, line.end)]
    places: dict[Heading, int] = {}
    last = -1
    for heading in HEADINGS:
        if heading is PLAN_HEADING:
            continue
        found = _first(sheet, heading, (n for n in likely if n > last))
        if found is not None:
            places[heading] = last = found
    _place_plan_heading(sheet, places)
    return places


def _first(sheet: Sheet, heading: Heading, numbers: Iterable[int]) -> int | None:
    return next((n for n in numbers if _match(sheet, heading, sheet.lines[n])), None)


def _place_plan_heading(sheet: Sheet, places: dict[Heading, int]) -> None:
    """Look for the one heading that may be missing between its two neighbours only."""
    if LEVEL in places and DEFINITIONS in places:
        found = _first(sheet, PLAN_HEADING, range(places[LEVEL] + 1, places[DEFINITIONS]))
        if found is not None:
            places[PLAN_HEADING] = found


def _section(sheet: Sheet, heading: Heading, lines: Sequence[Line]) -> Section:
    """Claim the heading and page decoration; what follows the heading on its line belongs to the section."""
    match = _match(sheet, heading, lines[0])
    assert match is not None  # noqa: S101 - the line was chosen because it matches
    sheet.claim_signs(*match.span("before"))
    sheet.claim(*match.span("words"), "heading")
    sheet.claim_signs(*match.span("after"))
    rest = sheet.trim(match.end(), lines[0].end)
    found = [*filter(None, [rest]), *sheet.claim_running_footers(lines[1:])]
    return Section(lines[0].start, tuple(found if heading is TARGET else _without_lone_numbers(sheet, found)))


def _without_lone_numbers(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Line]:
    return (line for place, line in enumerate(lines) if place == 0 or not _is_lone_number(sheet, lines, place))


def _is_lone_number(sheet: Sheet, lines: Sequence[Line], place: int) -> bool:
    """Whether a line is but a number between blank lines or page breaks: rather a page number than text.

    It is left unclaimed, so that it neither gets into a sentence nor is lost.
    """
    line, around = lines[place], lines[place - 1 : place + 2]
    is_number = _NUMBER.fullmatch(sheet.text, line.start, line.end) is not None
    return is_number and all(_is_gap(sheet, *neighbours) for neighbours in pairwise(around))


def _is_gap(sheet: Sheet, upper: Line, lower: Line) -> bool:
    between = sheet.text[upper.end : lower.start]
    return "\f" in between or sheet.row(lower.start) - sheet.row(upper.end) > 1


def _place_of_tail(sheet: Sheet, start: int) -> int:
    """Index of the first line of the certification sentence, else of the footer, else of the signature block.

    A footer before the certification sentence only ends a page.
    """
    for begin in TAIL_STARTS.values():
        for number in range(start, len(sheet.lines)):
            line = sheet.lines[number]
            if begin.match(sheet.text, line.start, line.end):
                return number
    return len(sheet.lines)


def _refuse_missing(sheet: Sheet, places: Mapping[Heading, int], tail: int) -> None:
    required = [heading for heading in HEADINGS if heading is not PLAN_HEADING]
    if not places:
        raise NotAReport(
            f"ไม่ใช่รายงานส่วนที่ 2: ไม่พบหัวข้อ “{required[0].name_th}” ถึง “{required[-1].name_th}” "
            "โปรดเลือกไฟล์ข้อความของรายงานที่พิมพ์จากระบบเดิม",
            f"this is not a Part-2 report: none of its headings ({required[0].name_en} to {required[-1].name_en}) is "
            "there; choose the text of a report printed by the old system",
        )
    missing = [(f"หัวข้อ “{h.name_th}”", f"section {h.name_en}") for h in required if h not in places]
    missing += _missing_of_signature(sheet, sheet.lines[tail:])
    if missing:
        raise not_whole(missing)


def _missing_of_signature(sheet: Sheet, lines: Sequence[Line]) -> list[Name]:
    """The block, or its last line: where that is not there the end of the file was cut off."""
    if not any(SIGNATURE_LINE.match(sheet.text, line.start, line.end) for line in lines):
        return [("ช่องลงชื่อท้ายรายงาน", "the signature block at its end")]
    if not any(POSITION_LINE.match(sheet.text, line.start, line.end) for line in lines):
        return [("บรรทัด “ตำแหน่ง” ท้ายช่องลงชื่อ", "the line ตำแหน่ง that ends the signature block")]
    return []


def _refuse_second_report(sheet: Sheet, tail: int) -> None:
    """A heading of section 1 after the certification begins another report."""
    second = _first(sheet, NAME, range(tail, len(sheet.lines)))
    if second is not None:
        row = sheet.row(sheet.lines[second].start)
        raise NotAReport(
            f"ไฟล์มีรายงานมากกว่าหนึ่งฉบับ: บรรทัดที่ {row} เริ่มรายงานอีกฉบับ โปรดแยกเป็นไฟล์ละหนึ่งฉบับแล้วนำเข้าทีละไฟล์",
            f"the file holds more than one report: another begins in line {row}; import one file for each report",
        )


def not_whole(missing: Sequence[Name]) -> NotAReport:
    """The refusal of a report of which parts are missing, given as (Thai, English) names."""
    named, more = missing[:_NAMED_AT_MOST], len(missing) - _NAMED_AT_MOST
    more_th, more_en = (f" และอีก {more} ส่วน", f" and {more} more") if more > 0 else ("", "")
    return NotAReport(
        f"รายงานไม่ครบฉบับหรือเรียงผิดลำดับ: ไม่พบ{', '.join(th for th, _ in named)}{more_th} โปรดนำเข้าข้อความของรายงานทั้งฉบับ",
        f"the report is cut or out of order: {', '.join(en for _, en in named)}{more_en} not found; "
        "import the text of the whole report",
    )


def doubt_headings_out_of_order(sheet: Sheet, lines: Iterable[Line], place: str) -> None:
    """Note lines inside a section that read like a heading of the form: they are kept as text."""
    for line in lines:
        if HEADING_START.match(sheet.text, line.start, line.end):
            heading = next((h for h in HEADINGS if _match(sheet, h, line)), None)
            if heading is not None:
                sheet.doubt(
                    line.start,
                    place,
                    sheet.text[line.start : line.end],
                    (
                        f"อ่านเหมือนหัวข้อ “{heading.name_th}” แต่ซ้ำหรือผิดลำดับ จึงเก็บไว้เป็นข้อความ",
                        f"reads like the heading of {heading.name_en} but stands twice or out of order; kept as text",
                    ),
                )
