"""Terms that a line must not break in.

Thai has no spaces between words, and a dictionary splits names, and numbers from what they count: กรุงเทพมหา|นคร,
พ.ศ.|2563, ร้อยละ|86. Terms found here are printed in spans that do not break. A line may break before and after them: at
such places between Thai letters the setter needs to be told so by a zero width space, which leaves no trace in a PDF.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from lakthan.core.dates import format_date

NAMES = (
    *("กรุงเทพมหานคร", "สำนักงานเขต"),
    *("ผู้บริหาร", "ผู้อำนวยการ", "ผู้แทน", "ผู้เข้าร่วม", "ผู้รายงาน", "ผู้นำ", "ผู้สูงอายุ", "ผู้รับผิดชอบ", "ผู้เกี่ยวข้อง"),
)
"""Names and words in nearly every report, which dictionaries break; those of units come with the paper.

Each term costs the setter about as much as a line of text, so words that may well break (แผน|พัฒนาชุมชน) are not here.
"""

LONGEST = 48
"""Characters; a longer name would leave lines half empty and may break like other text."""

_DIGIT = "[0-9๐-๙]"
_NUMBER = rf"{_DIGIT}[0-9๐-๙,]*(?:\.{_DIGIT}+)?"
_COUNTED = ("บาท", "สำนักงานเขต", "ชุมชน", "โครงการ", "กิจกรรม", "คน", "แห่ง", "ครั้ง")
# A name ends where no vowel or tone belongs to its last letter.
_END = "(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"

_THAI = re.compile("[\u0e01-\u0e4e]")


def may_break_between(before: str, after: str) -> bool:
    """Whether a term meets the text beside it letter to letter, so that a line may break there."""
    return bool(_THAI.search(before[-1:]) and _THAI.search(after[:1]))


def split_terms(text: str, names: tuple[str, ...] = ()) -> Iterator[tuple[str, bool]]:
    """The text in pieces, in order, each with whether a line must not break in it; `names` are protected too."""
    start = 0
    for term in _pattern(names).finditer(text):
        if start < term.start():
            yield text[start : term.start()], False
        yield term[0], True
        start = term.end()
    if start < len(text):
        yield text[start:], False


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all terms: dates and numbers first, then the longest name that fits."""
    known = sorted({name for name in (*NAMES, *names) if 0 < len(name) <= LONGEST}, key=lambda name: (-len(name), name))
    choices = [*_dates_and_numbers(), f"(?:{_any_of(known)}){_END}"]
    return re.compile("|".join(choices))


def _dates_and_numbers() -> Iterator[str]:
    first_days = [date(2020, month, 1) for month in range(1, 13)]
    dates = [format_date(day) for day in first_days] + [format_date(day, style="short") for day in first_days]
    months = [text.split()[1] for text in dates]
    era = r"พ\.ศ\. ?"
    yield rf"(?:ณ ?)?(?:วันที่ ?|เดือน ?)?(?:{_DIGIT}{{1,2}} ?)?(?:{_any_of(months)}) ?(?:{era})?{_DIGIT}{{4}}"
    yield rf"{era}{_DIGIT}{{4}}(?: ?- ?{_DIGIT}{{4}})?"
    yield rf"ร้อยละ ?{_NUMBER}"
    yield rf"{_DIGIT}{{1,2}}\.{_DIGIT}{{2}}(?: ?- ?{_DIGIT}{{1,2}}\.{_DIGIT}{{2}})? ?น\."
    yield rf"(?:จำนวน ?)?{_NUMBER}(?:\.-)? ?(?:{_any_of(_COUNTED)})(?:/กิจกรรม)?{_END}"
    yield rf"(?:ไตรมาส|กิจกรรม|ครั้ง|ข้อ|วัน)?ที่ {_NUMBER}"
    yield rf"[ก-ฮ]{{2}} {_DIGIT}+/{_DIGIT}+"
    yield rf"(?:ศาลาว่าการ ?)?กทม\.{_DIGIT}"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)
