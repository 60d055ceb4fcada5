"""Dates as Thai officials and machines write them, and dates for paper and screen.

A date inside Lakthan is a `datetime.date`; the Buddhist Era (B.E. = C.E. + 543) exists in text only.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Literal, assert_never

from lakthan.core.digits import to_arabic, to_thai
from lakthan.core.errors import UserError
from lakthan.core.thai import normalise

BE_OFFSET = 543
BANGKOK = timezone(timedelta(hours=7), "ICT")
"""Thai time, the same all year since 1920."""

Language = Literal["th", "en"]
DateStyle = Literal["long", "short", "numeric", "iso"]

_BE_YEARS = range(2400, 2701)
_CE_YEARS = range(1900, 2151)

_MONTHS: tuple[tuple[str, str, str], ...] = (
    ("มกราคม", "ม.ค.", "January"),
    ("กุมภาพันธ์", "ก.พ.", "February"),
    ("มีนาคม", "มี.ค.", "March"),
    ("เมษายน", "เม.ย.", "April"),
    ("พฤษภาคม", "พ.ค.", "May"),
    ("มิถุนายน", "มิ.ย.", "June"),
    ("กรกฎาคม", "ก.ค.", "July"),
    ("สิงหาคม", "ส.ค.", "August"),
    ("กันยายน", "ก.ย.", "September"),
    ("ตุลาคม", "ต.ค.", "October"),
    ("พฤศจิกายน", "พ.ย.", "November"),
    ("ธันวาคม", "ธ.ค.", "December"),
)
_WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("จันทร์", "Monday"),
    ("อังคาร", "Tuesday"),
    ("พุธ", "Wednesday"),
    ("พฤหัสบดี", "Thursday"),
    ("ศุกร์", "Friday"),
    ("เสาร์", "Saturday"),
    ("อาทิตย์", "Sunday"),
)


class NoteKind(StrEnum):
    """What had to be understood beyond the letters of a date."""

    CENTURY_COMPLETED = "century-completed"
    COMMON_ERA = "common-era"
    BUDDHIST_ERA_IN_ISO = "buddhist-era-in-iso"
    WRONG_WEEKDAY = "wrong-weekday"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell whoever typed the date."""

    kind: NoteKind
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date, what was typed, and how that was understood."""

    date: date
    as_typed: str
    notes: tuple[Note, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the text could be read in one way only and agreed with itself."""
        return not self.notes


class _Era(Enum):
    BUDDHIST = auto()
    COMMON = auto()


class _Form(Enum):
    ISO = auto()
    NUMERIC = auto()
    THAI = auto()
    ENGLISH = auto()


@dataclass(frozen=True, slots=True)
class _Parts:
    """A date taken apart, not yet understood; `year` keeps its digits because 63 and 0063 differ."""

    form: _Form
    day: int
    month: int
    year: str
    era: _Era | None = None


def _month_keys() -> Mapping[str, tuple[int, _Form]]:
    keys: dict[str, tuple[int, _Form]] = {"sept": (9, _Form.ENGLISH)}
    for number, (thai, short, english) in enumerate(_MONTHS, start=1):
        keys |= dict.fromkeys((thai, short.replace(".", "")), (number, _Form.THAI))
        keys |= dict.fromkeys((english.lower(), english[:3].lower()), (number, _Form.ENGLISH))
    return MappingProxyType(keys)


def _weekday_keys() -> Mapping[str, int]:
    keys = {"พฤหัส": 3}
    for number, (thai, english) in enumerate(_WEEKDAYS):
        keys |= dict.fromkeys((thai, english.lower(), english[:3].lower()), number)
    return MappingProxyType(keys)


_MONTH_KEYS = _month_keys()
_WEEKDAY_KEYS = _weekday_keys()

_LONGEST = 80  # characters; no date is longer, and longer text need not reach the patterns
_THAI_PREFIX = rf"(?:วัน ?)?(?P<thai>พฤหัส(?:บดี)?|{'|'.join(thai for thai, _ in _WEEKDAYS)})?(?: ?ที่)?"
_ENGLISH_PREFIX = rf"(?P<english>{'|'.join(f'{name}|{name[:3]}' for _, name in _WEEKDAYS)})\.?,?"
_PREFIX = re.compile(rf"(?:{_ENGLISH_PREFIX}|{_THAI_PREFIX}) ?(?=[0-9])", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_NUMERIC = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]+)")
_NAMED = re.compile(r"([0-9]{1,2}) ?([^0-9]+?) ?([0-9]+) ?([^0-9]*)")
_ERA = re.compile(
    r"(?:(?P<buddhist>พ\.? ?ศ\.?|พุทธศักราช|\bB\.? ?E\.?)"
    r"|(?P<common>ค\.? ?ศ\.?|คริสต์ศักราช|\b(?:A\.? ?D|C\.? ?E)\.?))$",
    re.IGNORECASE,
)


def parse_date(text: str, *, century: Literal["be"] | None = None) -> ParsedDate:
    """Read a date: 31 มกราคม 2563, 31 ม.ค. 63, 31/1/2563 (day first), 2020-01-31, 31 January 2020, Thai digits.

    A weekday or วันที่ may stand before it. Years 2400-2700 are B.E., 1900-2150 C.E., unless the era is written. Two
    digits are a B.E. year after a Thai month (officials' habit) or where the caller knows so (`century="be"`), and
    refused elsewhere. Whatever is read beyond the letters is told in the notes. Raises `UserError` for a text that is
    no date, a day that does not exist and a year that may be read in two ways.
    """
    if len(text) > _LONGEST:
        raise _unreadable(f"{text[:_LONGEST]}…")
    typed = " ".join(to_arabic(normalise(text).text).split())
    prefix = _PREFIX.match(typed)
    if prefix is None:
        raise _unreadable(typed)
    parts = _take_apart(typed[prefix.end() :], typed)
    year, notes = _common_era(parts, typed, century)
    day = _existing_day(parts, year, typed)
    return ParsedDate(day, text, notes + _weekday_notes(prefix["thai"] or prefix["english"], day))


def _take_apart(text: str, typed: str) -> _Parts:
    if iso := _ISO.fullmatch(text):
        return _Parts(_Form.ISO, day=int(iso[4]), month=int(iso[3]), year=iso[1])
    if numeric := _NUMERIC.fullmatch(text):
        return _Parts(_Form.NUMERIC, day=int(numeric[1]), month=int(numeric[3]), year=numeric[4])
    named = _NAMED.fullmatch(text)
    if named is None:
        raise _unreadable(typed)
    era_before, month_words = _split_era(named[2])
    era_after, rest = _split_era(named[4])
    if rest or (era_before and era_after):
        raise _unreadable(typed)
    month, form = _named_month(month_words, typed)
    return _Parts(form, int(named[1]), month, named[3], era_before or era_after)


def _split_era(words: str) -> tuple[_Era | None, str]:
    """The era that the words end with, and the words before it."""
    found = _ERA.search(words)
    if found is None:
        return None, words
    return _Era.BUDDHIST if found["buddhist"] else _Era.COMMON, words[: found.start()]


def _named_month(words: str, typed: str) -> tuple[int, _Form]:
    name = words.strip(" ,-/").removeprefix("เดือน").strip()
    key = name.replace(".", "").replace(" ", "").lower()
    if key not in _MONTH_KEYS:
        raise UserError(
            f"“{name}” ใน “{typed}” ไม่ใช่ชื่อเดือน ให้พิมพ์เช่น มกราคม หรือ ม.ค.",
            f"“{name}” in “{typed}” is not the name of a month; write for example January or ม.ค.",
        )
    return _MONTH_KEYS[key]


def _common_era(parts: _Parts, typed: str, century: Literal["be"] | None) -> tuple[int, tuple[Note, ...]]:
    """The year in C.E. and what had to be understood to get there."""
    if len(parts.year) < 4:
        return _completed_year(parts, typed, century)
    year = int(parts.year)
    if year in _BE_YEARS and parts.era is not _Era.COMMON:
        return year - BE_OFFSET, _iso_notes(year) if parts.form is _Form.ISO else ()
    if year in _CE_YEARS and parts.era is not _Era.BUDDHIST:
        usual = parts.form in (_Form.ISO, _Form.ENGLISH) or parts.era is _Era.COMMON
        return year, () if usual else _common_era_notes(year)
    if parts.era is not None:
        raise UserError(
            f"ปี {year} ใน “{typed}” ไม่ตรงกับศักราชที่เขียนไว้ พ.ศ. = ค.ศ. + 543",
            f"the year {year} in “{typed}” does not fit the era written beside it; B.E. is C.E. + 543",
        )
    raise UserError(
        f"ปี {year} ใน “{typed}” อยู่นอกช่วง ให้ใช้ พ.ศ. 2400-2700 หรือ ค.ศ. 1900-2150",
        f"the year {year} in “{typed}” is out of range; write B.E. 2400-2700 or C.E. 1900-2150",
    )


def _completed_year(parts: _Parts, typed: str, century: Literal["be"] | None) -> tuple[int, tuple[Note, ...]]:
    thai_habit = parts.era is _Era.BUDDHIST or (parts.form is _Form.THAI and parts.era is None)
    known = thai_habit or (century == "be" and parts.era is None)
    if len(parts.year) != 2 or not known:
        raise UserError(
            f"ปี “{parts.year}” ใน “{typed}” อ่านได้มากกว่าหนึ่งแบบ ให้พิมพ์ปีสี่หลัก เช่น 2563",
            f"the year “{parts.year}” in “{typed}” can be read in more than one way; write four digits, as in 2563",
        )
    year = 2500 + int(parts.year)
    note = Note(
        NoteKind.CENTURY_COMPLETED,
        f"อ่านปี “{parts.year}” เป็น พ.ศ. {year}",
        f"the year “{parts.year}” was read as B.E. {year}",
    )
    return year - BE_OFFSET, (note,)


def _iso_notes(year: int) -> tuple[Note, ...]:
    en = f"the year {year} of a year-month-day date was read as B.E. (C.E. {year - BE_OFFSET})"
    th = f"อ่านปี {year} ในรูปแบบ ปี-เดือน-วัน เป็น พ.ศ. (ค.ศ. {year - BE_OFFSET})"
    return (Note(NoteKind.BUDDHIST_ERA_IN_ISO, th, en),)


def _common_era_notes(year: int) -> tuple[Note, ...]:
    en = f"the year {year} was read as C.E. (B.E. {year + BE_OFFSET})"
    return (Note(NoteKind.COMMON_ERA, f"อ่านปี {year} เป็น ค.ศ. (พ.ศ. {year + BE_OFFSET})", en),)


def _weekday_notes(name: str | None, day: date) -> tuple[Note, ...]:
    if name is None or _WEEKDAY_KEYS[name.lower()] == day.weekday():
        return ()
    thai, english = _WEEKDAYS[day.weekday()]
    written_thai, written_english = _WEEKDAYS[_WEEKDAY_KEYS[name.lower()]]
    note = Note(
        NoteKind.WRONG_WEEKDAY,
        f"{format_date(day)} เป็นวัน{thai} ไม่ใช่วัน{written_thai}",
        f"{format_date(day, 'en')} is a {english}, not a {written_english}",
    )
    return (note,)


def _existing_day(parts: _Parts, year: int, typed: str) -> date:
    if not 1 <= parts.month <= 12:
        order_th, order_en = (
            ("ปี-เดือน-วัน", "year-month-day") if parts.form is _Form.ISO else ("วัน/เดือน/ปี", "day/month/year")
        )
        raise UserError(
            f"ไม่มีเดือนที่ {parts.month} ใน “{typed}” ลำดับคือ {order_th}",
            f"there is no month {parts.month} in “{typed}”; the order is {order_en}",
        )
    days = monthrange(year, parts.month)[1]
    if not 1 <= parts.day <= days:
        month = date(year, parts.month, 1)
        raise UserError(
            f"ไม่มีวันที่ {parts.day} ใน “{typed}”: {format_month(month)} มี {days} วัน",
            f"there is no day {parts.day} in “{typed}”: {format_month(month, 'en')} has {days} days",
        )
    return date(year, parts.month, parts.day)


def _unreadable(typed: str) -> UserError:
    return UserError(
        f"อ่าน “{typed}” เป็นวันที่ไม่ได้ ให้พิมพ์เช่น 31 มกราคม 2563 หรือ 31/1/2563",
        f"“{typed}” is not a date; write for example 31 มกราคม 2563, 31/1/2563 or 2020-01-31",
    )


def format_date(day: date, lang: Language = "th", style: DateStyle = "long", *, thai_digits: bool = False) -> str:
    """A day as text: B.E. in Thai (31 มกราคม 2563, 31 ม.ค. 2563, 31/1/2563), C.E. in English (31 January 2020).

    `iso` is 2020-01-31 in both languages. `thai_digits` concerns Thai only, and never the ISO form.
    """
    if style == "iso":
        return f"{day.year:04}-{day.month:02}-{day.day:02}"
    year = day.year + BE_OFFSET if lang == "th" else day.year
    thai, thai_short, english = _MONTHS[day.month - 1]
    match style:
        case "long":
            text = f"{day.day} {thai if lang == 'th' else english} {year}"
        case "short":
            text = f"{day.day} {thai_short if lang == 'th' else english[:3]} {year}"
        case "numeric":
            text = f"{day.day}/{day.month}/{year}"
        case _:
            assert_never(style)
    return to_thai(text) if thai_digits and lang == "th" else text


def format_month(day: date, lang: Language = "th", *, thai_digits: bool = False) -> str:
    """The month a day lies in: มกราคม 2563, or January 2020."""
    return format_date(day, lang, thai_digits=thai_digits).split(" ", 1)[1]


def format_datetime(moment: datetime, lang: Language = "th", *, thai_digits: bool = False) -> str:
    """A moment in Thai time to the minute: 31 มกราคม 2563 เวลา 08.30 น., or 31 January 2020, 08:30.

    Raises `ValueError` for a moment without a time zone, which could be off by seven hours.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment for display needs a time zone")
    local = moment.astimezone(BANGKOK)
    day = format_date(local, lang)
    if lang == "en":
        return f"{day}, {local:%H:%M}"
    text = f"{day} เวลา {local:%H.%M} น."
    return to_thai(text) if thai_digits else text
