"""What in the text of a field a person should look at. Nothing here changes the text."""

import re
from collections.abc import Sequence
from itertools import pairwise

from lakthan.exchange.printed_report.form import OPENED_BY_COLONS
from lakthan.exchange.printed_report.model import FIELD_NAMES
from lakthan.exchange.printed_report.sections import Section
from lakthan.exchange.printed_report.sheet import Sheet, Traced

_AROUND = 30

_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"(?<!ภู)เขารวม", "เข้าร่วม"),
        (r"ออกรายงานประมาณ", "โอนงบประมาณ"),
        (r"งบประมาน", "งบประมาณ"),
        (r"สำนังาน", "สำนักงาน"),
        (r"กรุงเทพหานคร", "กรุงเทพมหานคร"),
        (r"ปฎิบัติ", "ปฏิบัติ"),
        (r"กฏหมาย", "กฎหมาย"),
        (r"ผลสัมฤทธ์", "ผลสัมฤทธิ์"),
        (r"ดำเนิการ", "ดำเนินการ"),
        (r"อนุญาติ", "อนุญาต"),
    )
)
"""Spellings that are almost surely slips, and what was probably meant."""

_LETTERS_TOUCHING = re.compile(r"[ก-๎](?=[A-Za-z])|[A-Za-z](?=[ก-ฮเ-ไ])")
_BAD_CHARACTER = re.compile("[\ufffd\x00-\x08\x0e-\x1f\x7f]")
_MARKDOWN_ESCAPE = re.compile(r"\\[*_#\[\]().+-]")
_OPEN_END = re.compile(r"(?:(?<!\S)ณ|และ|หรือ|ได้แก่|ประกอบด้วย|[/:,(–-])$")
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_LIST_MARK = re.compile(r"(?:^|\s)(?:[\d๐-๙]{1,2}|[ก-ฮa-z])$")

_SUBJECTS = "(?:สำนักงานเขต|สำนัก|ประชาชน|ชุมชน|หน่วยงาน|เจ้าหน้าที่|คณะกรรมการ|บุคลากร|ผู้|งบประมาณ|ระบบ)"
_BREAKS = re.compile(
    r"(?<=[ก-๎])(?=[A-Za-z])"
    rf"|(?<=[ก-๎])(?<=ได้)(?<!ที่ได้)(?={_SUBJECTS})"
    r"|(?<=[ก-๎])(?<!ให้)(?<!จะ)(?<!ไม่)(?<!ที่)(?<!ซึ่ง)(?<!อาจ)(?<!การ)(?<!ก่อ)(?<!และ)(?<!หรือ)(?<!ได้)(?<!ว่า)"
    r"(?=เกิด(?:การ|สถานการณ์|ปัญหา)|ขาดแคลน|ขาดงบประมาณ|ขาดบุคลากร)"
)


def doubt_text(sheet: Sheet, paragraphs: Sequence[Traced], field: str) -> None:
    """Note doubtful words, spacing, characters, brackets and an open end in a field's paragraphs."""
    for paragraph in paragraphs:
        _doubt_words(sheet, paragraph, field)
        _doubt_characters(sheet, paragraph, field)
    _doubt_brackets(sheet, paragraphs, field)
    if paragraphs and _OPEN_END.search(paragraphs[-1].text):
        last = paragraphs[-1]
        reasons = (
            "ข้อความจบกลางประโยค อาจขาดหาย",
            "the text ends in the middle of a sentence; some of it may be missing",
        )
        sheet.doubt(last.origins[-1], field, last.text[-_AROUND:], reasons)


def doubt_section(sheet: Sheet, section: Section, paragraphs: Sequence[Traced], field: str) -> None:
    """Note a section without text, and one whose text lacks the `::` that the form puts before it."""
    name_th, name_en = FIELD_NAMES[field]
    if not paragraphs:
        reasons = (f"ไม่มีข้อความในหัวข้อ{name_th}", f"the section {name_en} has no text")
        sheet.doubt(section.start, field, "", reasons)
    elif field in OPENED_BY_COLONS and not sheet.text.startswith("::", section.lines[0].start):
        reasons = (
            f"ไม่พบเครื่องหมาย :: นำข้อความในหัวข้อ{name_th} บรรทัดแรกอาจขาดหาย",
            f"the mark :: before the text of {name_en} is missing; its first line may be lost",
        )
        sheet.doubt(section.lines[0].start, field, paragraphs[0].text[:_AROUND], reasons)


def doubt_run_together(sheet: Sheet, paragraphs: Sequence[Traced], field: str) -> None:
    """Suggest, without deciding, where statements run together in one paragraph may part."""
    for paragraph in paragraphs:
        breaks = (found.start() for found in _BREAKS.finditer(paragraph.text))
        cuts = pairwise([0, *breaks, len(paragraph.text)])
        parts = tuple(paragraph.text[start:end].strip() for start, end in cuts)
        if len(parts) > 1:
            reasons = (
                f"ข้อความหลายข้อพิมพ์ติดกัน อาจแยกได้เป็น {len(parts)} ข้อ โปรดตรวจก่อนแยก",
                f"several statements run together; they may part into {len(parts)}: check before parting",
            )
            sheet.doubt(paragraph.origins[0], field, paragraph.text, reasons, parts)


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - _AROUND) : end + _AROUND]


def _doubt_words(sheet: Sheet, paragraph: Traced, field: str) -> None:
    for pattern, meant in _WORDS:
        for found in pattern.finditer(paragraph.text):
            reasons = (
                f"“{found[0]}” อาจหมายถึง “{meant}” จึงเก็บไว้ตามที่พิมพ์",
                f"“{found[0]}” may be meant for “{meant}”; kept as it was typed",
            )
            sheet.doubt(paragraph.origins[found.start()], field, found[0], reasons, (meant,))


def _doubt_characters(sheet: Sheet, paragraph: Traced, field: str) -> None:
    kinds = (
        (
            _LETTERS_TOUCHING,
            ("อักษรไทยและอังกฤษพิมพ์ติดกัน อาจขาดช่องว่าง", "Thai and Latin letters touch; a space may be missing"),
        ),
        (_BAD_CHARACTER, ("มีอักขระที่อ่านไม่ได้", "a character that cannot be read")),
        (_MARKDOWN_ESCAPE, ("มีเครื่องหมาย \\ ที่เหลือจากการแปลงไฟล์", "a backslash left by the conversion of the file")),
    )
    for pattern, reasons in kinds:
        for found in pattern.finditer(paragraph.text):
            around = _around(paragraph.text, *found.span())
            sheet.doubt(paragraph.origins[found.start()], field, around, reasons)


def _doubt_brackets(sheet: Sheet, paragraphs: Sequence[Traced], field: str) -> None:
    """Note brackets without their other half, over all paragraphs of the field; "1)" is a list mark."""
    opened: list[tuple[str, str, int]] = []
    for paragraph in paragraphs:
        for found in re.finditer(r"[()\[\]{}]", paragraph.text):
            sign, around = found[0], _around(paragraph.text, *found.span())
            offset = paragraph.origins[found.start()]
            if sign in _CLOSERS.values():
                opened.append((sign, around, offset))
            elif opened and opened[-1][0] == _CLOSERS[sign]:
                opened.pop()
            elif not _LIST_MARK.search(paragraph.text, max(0, found.start() - 3), found.start()):
                _doubt_bracket(sheet, field, (sign, around, offset))
    for bracket in opened:
        _doubt_bracket(sheet, field, bracket)


def _doubt_bracket(sheet: Sheet, field: str, bracket: tuple[str, str, int]) -> None:
    sign, around, offset = bracket
    reasons = (
        f"วงเล็บ “{sign}” ไม่มีคู่ ข้อความบางส่วนอาจขาดหาย",
        f"the bracket “{sign}” has no other half; some text may be missing",
    )
    sheet.doubt(offset, field, around, reasons)
