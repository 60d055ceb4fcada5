"""From the lines of a section to its paragraphs: false line breaks joined, real items parted.

Neither a line break nor a blank line marks a paragraph in these prints. A new paragraph begins at a mark (`::`, a
dash), at the next number of a numbered list, wherever in the line it stands, and at a few words that open a new
statement after such a list. All other lines go on with the sentence before them.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from lakthan.core.digits import to_arabic
from lakthan.exchange.printed_report.form import FURNITURE
from lakthan.exchange.printed_report.mending import mend
from lakthan.exchange.printed_report.model import RepairKind
from lakthan.exchange.printed_report.sheet import Line, Sheet, Traced

_COLONS = re.compile(r"::+\s*")
_DASH = re.compile(r"[-–—•●▪][-–—•●▪\s]*(?=[^\d๐-๙\s–—•●▪-])|[-–—•●▪]+$")
"""A dash before a digit is no mark: it may be a minus, or the second half of a range."""
_NUMBER_AT_START = re.compile(r"([\d๐-๙]{1,2})[.)](?=\s*[^\d๐-๙\s]|$)")
_NUMBER_INSIDE = re.compile(r"\s(?P<item>(?P<number>[\d๐-๙]{1,2})[.)](?=\s?[ก-๏A-Za-z“\"(\[]|$))")
_COUNTED = re.compile(r"(?:ข้อ|ที่|ชั้น|ลำดับ|จำนวน|เวลา|ร้อยละ|วันที่|หมวด|มาตรา)\s*$")
"""Words whose number is no item number: ข้อ 2., ครั้งที่ 2."""
_OPENERS = re.compile("ขณะนี้|ปัจจุบัน|ทั้งนี้|อนึ่ง|นอกจากนี้|ทางกอง|ทางสำนัก|ทางฝ่าย|ทางหน่วยงาน")
_QUARTER_LABEL = re.compile(r"ไตรมาส(?:ที่)?\s*[1-4๑-๔]\s*:")
_LEADING_VOWELS = "เแโใไ"
_FOLLOWING_VOWELS = "ะาำๅ"
_CONTEXT = 24
"""Characters shown on either side of a join or a cut."""

_ITEMS_PARTED = (
    "รายการที่มีเลขข้อพิมพ์ต่อกันในบรรทัดเดียว จึงแยกเป็นย่อหน้า",
    "numbered items run together in one line were made paragraphs of their own",
)
_UNMARKED = (
    "รายการไม่มีเลขข้อหรือขีดนำ จึงถือว่าหนึ่งบรรทัดเป็นหนึ่งรายการ",
    "the list has no numbers or dashes; each line was taken for an item",
)
_JOINED = (
    "ประโยคถูกตัดด้วยการขึ้นบรรทัดใหม่ จึงต่อกลับ",
    "a sentence broken by a line end was joined",
)
_JOINED_OVER_GAP = (
    "ประโยคถูกตัดด้วยท้ายหน้าหรือบรรทัดว่าง จึงต่อกลับ",
    "a sentence broken by the end of a page or a blank line was joined",
)


@dataclass(slots=True)
class _Writing:
    """The paragraphs of one field as they grow."""

    sheet: Sheet
    place: str
    paragraphs: list[list[Traced]] = field(default_factory=list)
    item: int = 0
    """The number of the list item last begun; 0 before a list."""
    in_item: bool = False

    def begin(self, text: Traced) -> None:
        self.paragraphs.append([text] if text.text else [])

    def go_on(self, text: Traced) -> None:
        """Join a line to the sentence before it."""
        if not self.paragraphs:
            self.paragraphs.append([])
        parts = self.paragraphs[-1]
        if parts:
            between = "" if _inside_a_word(parts[-1].text, text.text) else " "
            self._note_join(parts[-1], between, text)
            parts.append(Traced(between, (parts[-1].origins[-1] + 1,) * len(between)))
        parts.append(text)

    def _note_join(self, left: Traced, between: str, right: Traced) -> None:
        end, start = left.origins[-1], right.origins[0]
        broken_by_gap = self.sheet.row(start) - self.sheet.row(end) > 1
        before, after = left.text[-_CONTEXT:], right.text[:_CONTEXT]
        self.sheet.repair(
            RepairKind.LINES_JOINED,
            (end, start + 1),
            self.place,
            (f"{before}\n{after}", f"{before}{between}{after}"),
            _JOINED_OVER_GAP if broken_by_gap else _JOINED,
        )


def _inside_a_word(left: str, right: str) -> bool:
    """Whether a line break certainly stands inside a word: between a letter and what belongs to it."""
    return left[-1] in _LEADING_VOWELS or right[0] in _FOLLOWING_VOWELS or unicodedata.category(right[0])[0] == "M"


def read_paragraphs(sheet: Sheet, lines: Sequence[Line], place: str) -> tuple[Traced, ...]:
    """The paragraphs of a field, mended; its lines are claimed for `place`, its marks as furniture."""
    writing = _Writing(sheet, place)
    for line in lines:
        _write_line(writing, line)
    return _finish(writing)


def read_text(sheet: Sheet, lines: Sequence[Line], place: str) -> Traced:
    """All lines of a field as one text, mended; only a `::` before it is furniture."""
    writing = _Writing(sheet, place)
    for number, line in enumerate(lines):
        start = line.start if number else _claim_mark(sheet, _COLONS, line.start, line.end)
        sheet.claim(start, line.end, place)
        if start < line.end:
            writing.go_on(sheet.trace(Line(start, line.end)))
    texts = _finish(writing)
    return texts[0] if texts else Traced("", ())


def read_items(sheet: Sheet, lines: Sequence[Line], place: str) -> tuple[Traced, ...]:
    """The items of a list. A number that only counts the items in order is furniture: the paper numbers them again.

    Lines of a list that has neither numbers nor dashes are items of their own, with a doubt.
    """
    if len(lines) > 1 and not any(_begins_item(sheet.text[line.start : line.end]) for line in lines):
        return _unmarked_items(sheet, lines, place)
    items: list[Traced] = []
    for paragraph in read_paragraphs(sheet, lines, place):
        items.append(_without_number(sheet, paragraph, position=len(items) + 1))
    return tuple(items)


def _without_number(sheet: Sheet, item: Traced, position: int) -> Traced:
    number = _NUMBER_AT_START.match(item.text)
    if number is None or int(to_arabic(number[1])) != position or number.end() == len(item.text):
        return item
    start, end = item.origins[0], item.origins[number.end() - 1] + 1
    if not FURNITURE["item number"].fullmatch(sheet.text, start, end):
        return item
    sheet.claim(start, end, "item number")
    return item.slice(number.end()).collapse()


def _begins_item(text: str) -> bool:
    text = _COLONS.sub("", text, count=1)
    return bool(_DASH.match(text) or _NUMBER_AT_START.match(text))


def _unmarked_items(sheet: Sheet, lines: Sequence[Line], place: str) -> tuple[Traced, ...]:
    sheet.doubt(lines[0].start, place, sheet.text[lines[0].start : lines[0].end], _UNMARKED)
    return tuple(item for line in lines for item in read_paragraphs(sheet, (line,), place))


def _write_line(writing: _Writing, line: Line) -> None:
    sheet = writing.sheet
    start = _claim_mark(sheet, _COLONS, line.start, line.end)
    marked = start > line.start
    body = _claim_mark(sheet, _DASH, start, line.end)
    dashed = body > start
    sheet.claim(body, line.end, writing.place)
    text = sheet.trace(Line(body, line.end))
    if dashed:
        writing.item = 0
    number = _number_at_start(writing, text)
    opens = _opens_statement(writing, text.text)
    first, *others = _part_items(writing, text, number)
    if marked or dashed or number is not None or opens:
        writing.begin(first)
    elif first.text:
        writing.go_on(first)
    for other in others:
        writing.begin(other)
    writing.in_item = bool(others) or dashed or number is not None or (writing.in_item and not opens)


def _claim_mark(sheet: Sheet, mark: re.Pattern[str], start: int, end: int) -> int:
    found = mark.match(sheet.text, start, end)
    if found is None:
        return start
    sheet.claim_signs(*found.span())
    return found.end()


def _opens_statement(writing: _Writing, text: str) -> bool:
    return bool(_QUARTER_LABEL.match(text) or (writing.in_item and _OPENERS.match(text)))


def _number_at_start(writing: _Writing, text: Traced) -> int | None:
    """The number of the list item that the line begins; a number out of sequence is an item with a doubt."""
    found = _NUMBER_AT_START.match(text.text)
    if found is None:
        return None
    number, expected = int(to_arabic(found[1])), writing.item + 1
    if number not in (1, expected):
        writing.sheet.doubt(
            text.origins[0],
            writing.place,
            text.text[:_CONTEXT],
            (
                f"เลขข้อไม่ต่อเนื่อง: พบข้อ {number} แต่ควรเป็นข้อ {expected}",
                f"item {number} stands where item {expected} should",
            ),
        )
    writing.item = number
    return number


def _part_items(writing: _Writing, text: Traced, number: int | None) -> list[Traced]:
    """Cut a line before each next number of a list that has begun: "ร้อยละ 66) 2.สำนัก" is item 2, not 662."""
    cuts = [0]
    if number is not None or writing.item:
        for found in _NUMBER_INSIDE.finditer(text.text):
            wanted = int(to_arabic(found["number"])) == writing.item + 1
            if wanted and not _COUNTED.search(text.text, max(0, found.start() - _CONTEXT), found.start()):
                writing.item += 1
                cuts.append(found.start("item"))
                _note_parting(writing, text, found.start("item"))
    stops = [*cuts[1:], len(text.text)]
    return [text.slice(start, stop) for start, stop in zip(cuts, stops, strict=True)]


def _note_parting(writing: _Writing, text: Traced, cut: int) -> None:
    before, after = text.text[max(0, cut - _CONTEXT) : cut], text.text[cut : cut + _CONTEXT]
    span = (text.origins[cut], text.origins[cut] + 1)
    change = (before + after, f"{before.rstrip()}\n{after}")
    writing.sheet.repair(RepairKind.ITEMS_PARTED, span, writing.place, change, _ITEMS_PARTED)


def _finish(writing: _Writing) -> tuple[Traced, ...]:
    paragraphs = []
    for parts in writing.paragraphs:
        origins = tuple(origin for part in parts for origin in part.origins)
        mended = mend(writing.sheet, Traced("".join(part.text for part in parts), origins), writing.place)
        if mended.text:
            paragraphs.append(mended)
    return tuple(paragraphs)
