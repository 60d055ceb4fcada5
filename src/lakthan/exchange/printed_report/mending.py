"""Repairs of the text of a field that have only one reading: Thai spelling forms, mixed digits, lost quotes."""

import re
from collections.abc import Iterator

from lakthan.core.digits import mixed_numbers, to_arabic
from lakthan.core.thai import REASON_NAMES, normalise
from lakthan.exchange.printed_report.model import RepairKind
from lakthan.exchange.printed_report.sheet import Sheet, Traced

_MIXED_DIGITS = (
    "ตัวเลขเดียวกันมีทั้งเลขไทยและเลขอารบิก จึงเปลี่ยนเป็นเลขอารบิก",
    "one number in Thai and Arabic digits was written in Arabic digits",
)
_LOST_QUOTES = (
    "เครื่องหมายคำพูดกลายเป็น ? จึงเปลี่ยนกลับ",
    "quotation marks had become question marks and were put back",
)
_DOUBTFUL_QUESTION_MARK = (
    "เครื่องหมาย ? อาจเป็นเครื่องหมายคำพูดหรืออักขระที่เสีย แต่ไม่แน่ชัด จึงเก็บไว้ตามเดิม",
    "the question mark may be a lost quotation mark or letter; kept as it stands",
)
_OPENING = re.compile(r"(?<![^\s(\[])\?(?=[^\s?])")
_CLOSING = re.compile(r"(?<=[^\s?])\?(?![^\s)\].,;:/])")
_SHOWN = 80


def mend(sheet: Sheet, text: Traced, field: str) -> Traced:
    """The text with its certain repairs made and noted, and white space collapsed."""
    normalised = _normalise(sheet, text, field).collapse()
    return _restore_quotes(sheet, _unmix_digits(sheet, normalised, field), field)


def _span(text: Traced, start: int, end: int) -> tuple[int, int]:
    return text.origins[start], text.origins[end - 1] + 1


def _normalise(sheet: Sheet, text: Traced, field: str) -> Traced:
    changes = []
    for change in normalise(text.text).changes:
        end = change.offset + len(change.before)
        changes.append((change.offset, end, change.after))
        pair, reasons = (change.before, change.after), REASON_NAMES[change.reason]
        sheet.repair(RepairKind.NORMALISED, _span(text, change.offset, end), field, pair, reasons)
    return text.replace(changes)


def _unmix_digits(sheet: Sheet, text: Traced, field: str) -> Traced:
    """Numbers such as 08.๓0. A number all in Thai digits, such as ๒๕๖๓, is in order and stays."""
    changes = []
    for number in mixed_numbers(text.text):
        end = number.offset + len(number.text)
        changes.append((number.offset, end, to_arabic(number.text)))
        pair = (number.text, to_arabic(number.text))
        sheet.repair(RepairKind.DIGITS, _span(text, number.offset, end), field, pair, _MIXED_DIGITS)
    return text.replace(changes)


def _restore_quotes(sheet: Sheet, text: Traced, field: str) -> Traced:
    """Pairs `?...?` where each mark can only open or only close; other question marks are doubtful."""
    changes = []
    paired = set()
    for start, end in _quote_pairs(text.text):
        paired |= {start, end}
        changes += [(start, start + 1, "“"), (end, end + 1, "”")]
        inner = text.text[start + 1 : end]
        sheet.repair(RepairKind.QUOTES, _span(text, start, end + 1), field, (f"?{inner}?", f"“{inner}”"), _LOST_QUOTES)
    for mark in re.finditer(r"\?", text.text):
        if mark.start() not in paired:
            around = text.text[max(0, mark.start() - _SHOWN // 2) : mark.end() + _SHOWN // 2]
            sheet.doubt(text.origins[mark.start()], field, around, _DOUBTFUL_QUESTION_MARK)
    return text.replace(changes)


def _quote_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where an opening mark is followed by a closing one with no other question mark between them."""
    marks = [mark.start() for mark in re.finditer(r"\?", text)]
    place = 0
    while place + 1 < len(marks):
        start, end = marks[place], marks[place + 1]
        if _OPENING.match(text, start) and _CLOSING.match(text, end):
            yield start, end
            place += 2
        else:
            place += 1
