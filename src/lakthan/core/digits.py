"""Thai and Arabic digits, and numbers for display."""

import re
from dataclasses import dataclass
from fractions import Fraction

from lakthan.core.figure import Number, round_half_up

ARABIC_DIGITS = "0123456789"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"

_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)
_ARABIC = re.compile("[0-9]")
_THAI = re.compile("[๐-๙]")
NUMBER = re.compile("[0-9๐-๙](?:[.,:/]?[0-9๐-๙])*")
"""One number as it is written: amounts, decimals, times and dates with strokes, but not the range 2563-2564."""


@dataclass(frozen=True, slots=True)
class MixedNumber:
    """A number written half in Thai and half in Arabic digits, such as 08.๓0."""

    offset: int
    """In characters of the text it was found in."""
    text: str


def to_arabic(text: str) -> str:
    """The text with Thai digits as Arabic digits; nothing else changes."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """The text with Arabic digits as Thai digits; nothing else changes."""
    return text.translate(_TO_THAI)


def has_both_digits(text: str) -> bool:
    """Whether Thai and Arabic digits stand in one text, in the same number or not."""
    return bool(_ARABIC.search(text) and _THAI.search(text))


def mixed_numbers(text: str) -> tuple[MixedNumber, ...]:
    """The numbers that are themselves written in both kinds of digits, in order."""
    found = NUMBER.finditer(text)
    return tuple(MixedNumber(number.start(), number[0]) for number in found if has_both_digits(number[0]))


def format_number(value: Number, decimals: int = 0, *, thai_digits: bool = False) -> str:
    """A number with thousands grouped and exactly `decimals` decimals, half up: 3,267,440 or 17.85."""
    text = f"{round_half_up(Fraction(value), decimals):,f}"
    return to_thai(text) if thai_digits else text
