"""How a cell is read, in the ways in which officials write: Thai digits, B.E. dates, `-` for none, spaces behind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakthan.core.dates import BE_OFFSET, NoteKind, format_date, parse_date
from lakthan.core.digits import format_number, to_arabic
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.core.money import parse_baht
from lakthan.core.thai import fold, normalise
from lakthan.exchange.sheets.package import NOT_COMPUTED
from lakthan.exchange.sheets.tables import Cell, Fault
from lakthan.rules.entry import read_number, require_baht, require_number

Value = str | int | Decimal | date | None
"""What a cell says; None where it says nothing, which is no zero and no empty text."""
NONE_MARKS = frozenset({"", "-", "–", "—", "−", ".-"})
BUDDHIST_YEARS = range(2400, 2701)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says, what had to be put in order (before, after, reason), and what a person should look at."""

    value: Value
    mended: tuple[tuple[str, str, str], ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()


Reader = Callable[[Cell], Reading]
Names = Mapping[str, tuple[str, str]]
"""Code -> (Thai, English)."""


def shown(cell: Cell | Value) -> str:
    """A cell as text, with the spaces that stand in it."""
    match cell:
        case None:
            return ""
        case Fault():
            return cell.text
        case Decimal():
            return f"{cell.normalize():f}"
        case date():
            return format_date(cell, style="numeric")
        case _:
            return str(cell)


def clean(text: str) -> str:
    """Text without spaces around it and double ones within; lines stay lines; empty where it only says "none"."""
    lines = (" ".join(line.split()) for line in normalise(text).text.splitlines())
    found = "\n".join(line for line in lines if line)
    return "" if found in NONE_MARKS else found


def refuse_fault(cell: Cell) -> None:
    """Raise `UserError` for a cell whose formula failed or was never computed."""
    if not isinstance(cell, Fault):
        return
    if cell.text == NOT_COMPUTED:
        raise UserError(
            "สูตรในเซลล์นี้ยังไม่มีค่า เปิดใน Excel แล้วบันทึก หรือวางเป็นค่า",
            "The formula has no value; open the file in Excel and save it, or paste the cell as a value.",
        )
    raise UserError(
        f"สูตรในเซลล์นี้ผิดพลาด ({cell.text}) แก้สูตรหรือวางเป็นค่า",
        f"The formula gives an error ({cell.text}); mend it, or paste the cell as a value.",
    )


def text(longest: int = 4000) -> Reader:
    """Words. A day is refused: Excel makes one of 1/2563, and what was typed is lost."""

    def read(cell: Cell) -> Reading:
        if isinstance(cell, date):
            raise UserError(
                f"Excel เปลี่ยนข้อความเป็นวันที่ ({shown(cell)}) จัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
                f"Excel made a date of the text ({cell}); format the cell as text and type it again.",
            )
        typed = shown(cell)
        found = clean(typed)
        if len(found) > longest:
            raise UserError(
                f"ยาว {len(found)} ตัวอักษร เกิน {longest} ย่อให้สั้นลง",
                f"It has {len(found)} characters, more than {longest}; shorten it.",
            )
        changes = normalise(typed).changes
        return Reading(found or None, tuple((item.before, item.after, item.reason.value) for item in changes))

    return read


def code(width: int = 0) -> Reader:
    """A code, in Arabic digits; `width` gives back the zeros that Excel takes off the front."""

    def read(cell: Cell) -> Reading:
        found = to_arabic(clean(shown(cell)))
        return Reading((found.zfill(width) if found.isascii() and found.isdigit() else found) or None)

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number."""

    def read(cell: Cell) -> Reading:
        number = _number(cell)
        if number is None:
            return Reading(None)
        if number != number.to_integral_value() or not least <= number <= most:
            raise UserError(
                f"{shown(cell)} ไม่ถูกต้อง ให้พิมพ์จำนวนเต็มตั้งแต่ {least} ถึง {most:,}",
                f"{shown(cell)} is not right; write a whole number from {least} to {most:,}.",
            )
        return Reading(int(number))

    return read


def number(cell: Cell) -> Reading:
    """A number with at most four decimals."""
    found = _number(cell)
    return Reading(None if found is None else require_number(found, "ค่า", "The value"))


def money(cell: Cell) -> Reading:
    """Baht, exact to the satang, not negative."""
    if isinstance(cell, date | bool):
        raise UserError(
            f"“{shown(cell)}” ไม่ใช่จำนวนเงิน ให้พิมพ์เช่น 12,500.00",
            f"“{shown(cell)}” is no amount of baht; write for example 12,500.00.",
        )
    typed = clean(shown(cell))
    amount = parse_baht(typed) if typed else None
    return Reading(None if amount is None else require_baht(amount, "จำนวนเงิน", "The amount"))


def day(cell: Cell) -> Reading:
    """A day: a date of Excel, also one whose year was typed in B.E., or a text in any form of `core.dates`."""
    if isinstance(cell, date):
        return Reading(_common_era(cell))
    if isinstance(cell, Decimal | bool):
        raise UserError(
            f"“{shown(cell)}” ไม่ใช่วันที่ ให้พิมพ์เช่น 1/10/2562 หรือ 1 ต.ค. 2562",
            f"“{shown(cell)}” is no date; write for example 1/10/2562 or 1 ต.ค. 2562.",
        )
    typed = clean(shown(cell))
    if not typed:
        return Reading(None)
    found = parse_date(typed)
    wrong_weekday = (note for note in found.notes if note.kind is NoteKind.WRONG_WEEKDAY)
    return Reading(found.date, doubts=tuple((note.th, note.en) for note in wrong_weekday))


def _common_era(found: date) -> date:
    if found.year not in BUDDHIST_YEARS:
        return found
    try:
        return found.replace(year=found.year - BE_OFFSET)
    except ValueError:
        raise UserError(
            f"ไม่มีวันที่ 29 กุมภาพันธ์ พ.ศ. {found.year} แก้วันที่",
            f"There is no 29 February in B.E. {found.year}; correct the day.",
        ) from None


def fiscal_year(cell: Cell) -> Reading:
    """The B.E. number of a fiscal year, also with words before it."""
    typed = clean(shown(cell))
    for word in ("ปีงบประมาณ", "งบประมาณ", "ปี", "พ.ศ."):
        typed = typed.removeprefix(word).strip()
    found = read_number(typed)
    if not typed:
        return Reading(None)
    if found is None or found not in BUDDHIST_YEARS:
        raise UserError(
            f"“{typed[:20]}” ไม่ใช่ปีงบประมาณ ให้พิมพ์ พ.ศ. เช่น 2563",
            f"“{typed[:20]}” is no fiscal year; write the B.E. year, such as 2563.",
        )
    return Reading(FiscalYear(int(found)).be)


def choice(names: Names, more: Mapping[str, str] | None = None) -> Reader:
    """One of some words, in either language or by its code; `more` are other words for a code."""
    known = {fold(word): value for value, words in names.items() for word in (value, *words)}
    known |= {fold(word): value for word, value in (more or {}).items()}
    allowed_th, allowed_en = (" / ".join(words) for words in zip(*names.values(), strict=True))

    def read(cell: Cell) -> Reading:
        typed = clean(shown(cell))
        if not typed:
            return Reading(None)
        if fold(typed) not in known:
            raise UserError(
                f"“{typed[:40]}” ไม่อยู่ในรายการ เลือก {allowed_th}",
                f"“{typed[:40]}” is not in the list; choose {allowed_en}.",
            )
        return Reading(known[fold(typed)])

    return read


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, Decimal):
        return cell
    typed = clean(shown(cell))
    if not typed:
        return None
    found = None if isinstance(cell, date | bool) else read_number(typed)
    if found is None:
        raise UserError(
            f"“{typed[:40]}” ไม่ใช่ตัวเลข พิมพ์ตัวเลขอย่างเดียว", f"“{typed[:40]}” is no number; write digits alone."
        )
    return found


def same(before: Value, after: Value) -> bool:
    """Whether two values say the same; spaces and marks for "none" say nothing."""
    if isinstance(before, str) or isinstance(after, str):
        return clean(shown(before)).split() == clean(shown(after)).split()
    return before == after


def told(value: Value, names: Names | None = None) -> tuple[str, str]:
    """A value as a difference tells it, in Thai and English."""
    match value:
        case str() if names and value in names:
            return names[value]
        case date():
            return format_date(value, "th", "short"), format_date(value, "en", "short")
        case Decimal():
            plain = format_number(value, max(0, -int(value.normalize().as_tuple().exponent)))
            return plain, plain
        case _:
            return shown(value), shown(value)


def first_lines(found: Iterable[str], count: int = 3) -> str:
    """Some of many words, for a sentence."""
    listed = list(found)
    return ", ".join(listed[:count]) + (" …" if len(listed) > count else "")
