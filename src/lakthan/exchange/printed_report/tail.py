"""What follows section 9: the certification sentence, the Part-2 footer line and the signature block."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lakthan.exchange.printed_report.form import CERTIFICATION, FOOTER, RESIDUE, SIGNATURE_LINE, TAIL_STARTS, loose
from lakthan.exchange.printed_report.model import FIELD_NAMES
from lakthan.exchange.printed_report.paragraphs import read_text
from lakthan.exchange.printed_report.sheet import Line, Sheet

_WHOLE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        field: re.compile(rf"{RESIDUE}(?P<words>{loose(sentence)})(?P<after>{RESIDUE})")
        for field, sentence in (("certification", CERTIFICATION), ("footer", FOOTER))
    }
)
_LINES_OF_BLOCK = 3


def read_sentence(sheet: Sheet, lines: Sequence[Line], field: str) -> str:
    """The certification sentence or the footer, also where the print breaks it over lines; "" where it is missing.

    A line that begins like the sentence but is not the form's own is read as it stands, with a doubt.
    """
    start = next((line for line in lines if TAIL_STARTS[field].match(sheet.text, line.start, line.end)), None)
    if start is None:
        _doubt_sentence(sheet, lines, field, "", ("ไม่พบ{}", "the {} is missing"))
        return ""
    found = _WHOLE[field].match(sheet.text, start.start)
    if found is None:
        text = read_text(sheet, [start], field).text
        _doubt_sentence(sheet, [start], field, text, ("{}ไม่ตรงกับแบบรายงาน", "the {} is not that of the form"))
        return text
    sheet.claim_signs(start.start, found.start("words"))
    sheet.claim_signs(*found.span("after"))
    return read_text(sheet, _clip(lines, *found.span("words")), field).text


def _clip(lines: Sequence[Line], start: int, end: int) -> list[Line]:
    return [Line(max(line.start, start), min(line.end, end)) for line in lines if line.start < end and start < line.end]


def _doubt_sentence(sheet: Sheet, lines: Sequence[Line], field: str, text: str, reasons: tuple[str, str]) -> None:
    name_th, name_en = FIELD_NAMES[field]
    sheet.doubt(lines[0].start, field, text, (reasons[0].format(name_th), reasons[1].format(name_en)))


def read_signature(sheet: Sheet, lines: Sequence[Line]) -> tuple[str, ...]:
    """The lines of the signature block; a block that does not have the form's three lines gets a doubt."""
    block = [line for line in lines if SIGNATURE_LINE.match(sheet.text, line.start, line.end)]
    if len(block) < _LINES_OF_BLOCK:
        reasons = (
            "ช่องลงชื่อมีไม่ครบบรรทัด ท้ายรายงานอาจขาดหาย",
            "the signature block lacks a line; the end of the report may be lost",
        )
        sheet.doubt(lines[-1].start, "signature", "", reasons)
    return tuple(read_text(sheet, [line], "signature").text for line in block)
