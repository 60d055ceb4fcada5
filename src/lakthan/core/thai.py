"""Thai text as it should be stored, and keys for comparing names.

Thai reaches us from PDF files, old databases and many keyboards: SARA AM in two pieces, two เ typed for one แ, a tone
typed before its vowel, invisible characters. `normalise` mends what has only one reading and says what it mended;
what is merely doubtful it leaves as typed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from lakthan.core.digits import to_arabic

_ZERO_WIDTH = "\u200b\u200c\u200e\u200f\u2060\ufeff"
_NO_BREAK_SPACES = "\u00a0\u2007\u202f"
_TONES = "\u0e48-\u0e4b"
_THANTHAKHAT = "\u0e4c"
_VOWEL_MARKS = "\u0e31\u0e34-\u0e39\u0e47"  # vowels above and below, maitaikhu
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_SARA_AA, _SARA_AM = "\u0e32", "\u0e33"
_SARA_E, _SARA_AE = "เ", "แ"
_ZERO_WIDTH_JOINER = "\u200d"
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two of them are a flag
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_HANGUL_TAIL = range(0x1160, 0x1200)  # the only letters of other scripts that NFC joins to the letter before


class Reason(StrEnum):
    """Why a piece of text was changed."""

    ZERO_WIDTH = "zero-width"
    NO_BREAK_SPACE = "no-break-space"
    DOUBLED_SARA_E = "doubled-sara-e"
    SARA_AM = "sara-am"
    DUPLICATE_MARK = "duplicate-mark"
    MARK_ORDER = "mark-order"
    STRAY_MARK = "stray-mark"
    NFC = "nfc"


REASON_NAMES: Mapping[Reason, tuple[str, str]] = MappingProxyType(
    {
        Reason.ZERO_WIDTH: ("ลบอักขระที่มองไม่เห็น", "invisible character removed"),
        Reason.NO_BREAK_SPACE: ("เปลี่ยนช่องว่างไม่ตัดบรรทัดเป็นช่องว่างธรรมดา", "no-break space made an ordinary space"),
        Reason.DOUBLED_SARA_E: ("เปลี่ยนสระเอสองตัวเป็นสระแอ", "two SARA E made one SARA AE"),
        Reason.SARA_AM: ("รวมนิคหิตกับสระอาเป็นสระอำ", "nikhahit and SARA AA joined to SARA AM"),
        Reason.DUPLICATE_MARK: ("ลบสระหรือวรรณยุกต์ที่ซ้ำ", "repeated mark removed"),
        Reason.MARK_ORDER: ("เรียงสระและวรรณยุกต์ใหม่", "marks put in order"),
        Reason.STRAY_MARK: ("ลบสระหรือวรรณยุกต์ที่ไม่มีพยัญชนะ", "mark without a letter removed"),
        Reason.NFC: ("ปรับเป็นรูปมาตรฐานยูนิโคด (NFC)", "brought to the Unicode normal form NFC"),
    }
)
"""Reason -> (Thai, English), for reports of what an import mended."""


@dataclass(frozen=True, slots=True)
class Change:
    """One letter with its marks, before and after.

    `offset` counts characters of the original text; changes do not overlap, so putting each `after` in the place of
    its `before` gives the normalised text. Where several rules applied, `reason` is the first of them.
    """

    offset: int
    before: str
    after: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Normalised:
    """The normalised text and what was changed on the way, in order of offset."""

    text: str
    changes: tuple[Change, ...]


_RULES: tuple[tuple[Reason, re.Pattern[str], str], ...] = (
    (Reason.ZERO_WIDTH, re.compile(f"[{_ZERO_WIDTH}]"), ""),
    (Reason.NO_BREAK_SPACE, re.compile(f"[{_NO_BREAK_SPACES}]"), " "),
    (Reason.STRAY_MARK, re.compile(rf"(^|\s)[{_MARKS}]+"), r"\1"),
    (Reason.DOUBLED_SARA_E, re.compile(_SARA_E * 2), _SARA_AE),
    (Reason.DUPLICATE_MARK, re.compile(rf"([{_MARKS}])\1+"), r"\1"),
    (Reason.SARA_AM, re.compile(rf"\u0e4d([{_TONES}]?){_SARA_AA}"), rf"\1{_SARA_AM}"),
    (Reason.MARK_ORDER, re.compile(rf"([{_TONES}])([{_VOWEL_MARKS}])"), r"\2\1"),
    # Only SARA I and SARA U stand under a thanthakhat (สิทธิ์, พันธุ์); before another vowel it belongs to another letter.
    (Reason.MARK_ORDER, re.compile(rf"({_THANTHAKHAT})([\u0e34\u0e38])"), r"\2\1"),
    (Reason.MARK_ORDER, re.compile(rf"([{_SARA_AA}{_SARA_AM}])([{_TONES}])"), r"\2\1"),
)


def normalise(text: str) -> Normalised:
    """The text in NFC with its Thai mended, and every change made; normalising twice changes nothing more."""
    if _in_order(text):
        return Normalised(text, ())
    pieces: list[str] = []
    changes: list[Change] = []
    for offset, cluster in _clusters(text):
        mended, reason = _mend(cluster)
        pieces.append(mended)
        if reason is not None:
            changes.append(Change(offset, cluster, mended, reason))
    return Normalised("".join(pieces), tuple(changes))


def _in_order(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not any(pattern.search(text) for _, pattern, _ in _RULES)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Cut the text into letters with all that attaches to them; no rule reaches across a cut."""
    start = 0
    for place in range(1, len(text)):
        doubled_sara_e = text[start] == _SARA_E == text[place]
        if not doubled_sara_e and not _attaches(text[place]):
            yield start, text[start:place]
            start = place
    yield start, text[start:]


@lru_cache(maxsize=4096)
def _attaches(character: str) -> bool:
    return (
        character in _ZERO_WIDTH
        or character in (_SARA_AA, _SARA_AM)
        or unicodedata.category(character).startswith("M")
        or ord(character) in _HANGUL_TAIL
    )


def _mend(cluster: str) -> tuple[str, Reason | None]:
    """The cluster after all rules, until none applies, and the first reason; None where it was in order."""
    first: Reason | None = None
    mended = cluster
    while not _in_order(mended):
        for reason, pattern, replacement in _RULES:
            after = pattern.sub(replacement, mended)
            if after != mended:
                mended, first = after, first or reason
        after = unicodedata.normalize("NFC", mended)
        if after != mended:
            mended, first = after, first or Reason.NFC
    return mended, first


def clusters(text: str) -> tuple[str, ...]:
    """The text cut into what a reader sees as one letter, with its marks; joined again they are the text.

    A joined picture and a line end of two characters are one. A leading vowel (เ แ โ ใ ไ) is a letter of its own.
    """
    found: list[str] = []
    for character in text:
        if found and _joins(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return tuple(found)


def _joins(before: str, character: str) -> bool:
    if before[-1] in "\r\n" or character in "\r\n":
        return before == "\r" and character == "\n"
    if character in _FLAG_LETTERS:
        return before[-1] in _FLAG_LETTERS and len(before) == 1
    return (
        _attaches(character)
        or character == _ZERO_WIDTH_JOINER
        or character in _SKINS
        or before[-1] == _ZERO_WIDTH_JOINER
    )


def fold(text: str) -> str:
    """A key for comparing names: normalised, Arabic digits, white space collapsed, letter case ignored."""
    return " ".join(to_arabic(normalise(text).text).casefold().split())


_DISTRICT_PREFIX = re.compile(r"^(?:สำนักงานเขต|สนง\.?\s?เขต|เขต)\s*(?=\S)")


def district_name(text: str) -> str:
    """The name of a district without สำนักงานเขต or เขต before it, normalised: พระนคร for สำนักงานเขตพระนคร."""
    return _DISTRICT_PREFIX.sub("", " ".join(normalise(text).text.split()))
