"""What one part of a report says that another part should say too: a sign of lines lost between them.

Nothing here changes the text. A report may also have been written so; the doubt says what to look for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lakthan.core.dates import parse_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.fiscal import Quarter
from lakthan.exchange.printed_report.model import Measure
from lakthan.exchange.printed_report.sheet import Sheet, Traced

SUMMARY = "year_summary"
QUARTERS = ("6.1", "6.2", "6.3", "6.4")

_NUMBER = re.compile(r"(?<![0-9.,])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![0-9])")
_FIGURE = re.compile(rf"(?:จำนวน|ร้อยละ)\s*(?P<number>{_NUMBER.pattern})")
_DATE = re.compile(r"(?<![0-9])[0-9]{1,2}\s*[ก-ฮ][ก-๎.]{2,12}\s*25[0-9]{2}(?![0-9])")
_EVENT_WITHOUT_STATEMENT = re.compile(rf"(?:^|/\s*)วันที่\s*{_DATE.pattern}\s*(?=ก่อน|เพื่อ|โดย|ซึ่ง|และ|/|$)")
_UNNAMED_INDICATOR = re.compile(r"ตัวชี้วัด\s*(?=สรุป|ค่าเป้าหมาย|$)")
_SHOWN = 60

Prose = Mapping[str, Sequence[Traced]]


def compare_parts(sheet: Sheet, prose: Prose, target: Measure, result: Measure) -> None:
    """Note what quarters, summary, target and result do not say of each other, and events without a statement."""
    _doubt_summary(sheet, prose, target, result)
    _doubt_days_told_ahead(sheet, prose)
    for place in QUARTERS:
        for paragraph in prose[place]:
            for found in _EVENT_WITHOUT_STATEMENT.finditer(to_arabic(paragraph.text)):
                reasons = (
                    "เหตุการณ์มีวันที่แต่ไม่มีข้อความว่าทำอะไร ข้อความอาจขาดหาย",
                    "an event has its day but not what was done; a line may be missing",
                )
                shown = paragraph.text[found.start() : found.end() + _SHOWN]
                sheet.doubt(paragraph.origins[found.start()], place, shown, reasons)


def _doubt_summary(sheet: Sheet, prose: Prose, target: Measure, result: Measure) -> None:
    if not prose[SUMMARY]:
        return
    first = prose[SUMMARY][0]
    if _UNNAMED_INDICATOR.match(first.text):
        reasons = (
            "สรุปขึ้นต้นด้วย “ตัวชี้วัด” แต่ไม่มีชื่อตัวชี้วัด ข้อความอาจขาดหาย",
            "the summary begins with “ตัวชี้วัด” and names no indicator; a line may be missing",
        )
        sheet.doubt(first.origins[0], SUMMARY, first.text[:_SHOWN], reasons)
    numbers = {number for paragraph in prose[SUMMARY] for number in _numbers(paragraph.text)}
    if result.value is not None and result.value not in numbers:
        reasons = (
            f"สรุปไม่ได้กล่าวถึงผลงานที่ทำได้ {result.as_printed} ข้อความอาจขาดหาย",
            f"the summary does not tell the result {result.as_printed}; a line may be missing",
        )
        sheet.doubt(first.origins[0], SUMMARY, first.text[:_SHOWN], reasons)
    _doubt_figures_of_no_quarter(sheet, prose, {target.value, result.value})


def _doubt_figures_of_no_quarter(sheet: Sheet, prose: Prose, told: set[Decimal | None]) -> None:
    """One doubt for all figures of the summary that stand neither in a quarter nor in section 5."""
    told |= {number for place in QUARTERS for paragraph in prose[place] for number in _numbers(paragraph.text)}
    unknown = [
        (paragraph.origins[found.start("number")], found["number"])
        for paragraph in prose[SUMMARY]
        for found in _FIGURE.finditer(to_arabic(paragraph.text))
        if _value(found["number"]) not in told
    ]
    if unknown:
        named = ", ".join(number for _, number in unknown)
        reasons = (
            "ตัวเลขในสรุปไม่มีในไตรมาสใด อาจเป็นผลรวม หรือข้อความของไตรมาสอาจขาดหาย",
            "figures of the summary stand in no quarter; they are sums, or a line of a quarter is missing",
        )
        sheet.doubt(unknown[0][0], SUMMARY, named, reasons)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _numbers(text: str) -> Iterator[Decimal]:
    return (_value(found[0]) for found in _NUMBER.finditer(to_arabic(text)))


def _doubt_days_told_ahead(sheet: Sheet, prose: Prose) -> None:
    """A day of a later quarter of the same year that no report from that quarter on tells of."""
    days = {place: [*_days(prose[place])] for place in QUARTERS}
    told = [{day for day, _, _ in days[place]} for place in QUARTERS]
    for number, place in enumerate(QUARTERS, start=1):
        own = {quarter.fiscal_year for day, _, _ in days[place] if (quarter := Quarter.of(day)).number == number}
        for day, offset, shown in days[place]:
            of = Quarter.of(day)
            told_later = any(day in of_quarter for of_quarter in told[of.number - 1 :])
            if of.fiscal_year in own and of.number > number and not told_later:
                reasons = (
                    f"กล่าวถึงวันในไตรมาสที่ {of.number} ไว้ล่วงหน้า แต่ไม่พบในรายงานตั้งแต่ไตรมาสนั้น ข้อความอาจขาดหาย",
                    f"a day of quarter {of.number} is told ahead and never told of again; a line may be missing",
                )
                sheet.doubt(offset, place, shown, reasons)


def _days(paragraphs: Sequence[Traced]) -> Iterator[tuple[date, int, str]]:
    """The whole dates of a quarter's text, with offset and words; what only looks like a date is passed over."""
    for paragraph in paragraphs:
        for found in _DATE.finditer(to_arabic(paragraph.text)):
            try:
                yield parse_date(found[0]).date, paragraph.origins[found.start()], found[0]
            except UserError:
                continue
