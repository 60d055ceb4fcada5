"""Reading plain data piece by piece, noting every problem with the place it is at.

A reader never stops at a problem: it notes it, gives back a stand-in of the right type, and goes on, so that a form
can show all mistakes at once. What it gave back is worth something only while `problems` is empty.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard, TypeVar

T = TypeVar("T", bound=str)

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)
_MAX_TEXT = 500
_MAX_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in data that was given in."""

    field: str
    """The path to the place, such as `matching.fact` or `steps[2].weight`."""
    th: str
    en: str


class Reader:
    """One mapping at one place of the data; all readers of a piece of data share their problems."""

    def __init__(self, value: object, field: str, problems: list[Problem]) -> None:
        self.field = field
        self.problems = problems
        self.data: Mapping[str, object] = {}
        if isinstance(value, Mapping):
            self.data = value
        else:
            self.refuse("", "ต้องเป็นกลุ่มของช่องกับค่า", "write an object of keys and values")
            self.problems = []  # what is missing inside a thing that is no object need not be told

    def at(self, key: str) -> str:
        """The path to a key of this mapping, or to the mapping itself where the key is empty."""
        return ".".join(part for part in (self.field, key) if part) or "formula"

    def refuse(self, key: str, th: str, en: str) -> None:
        """Note a problem at a key."""
        self.problems.append(Problem(self.at(key), th, en))

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.data

    def inner(self, key: str) -> "Reader":
        """The mapping at a required key."""
        if self.has(key):
            return Reader(self.data[key], self.at(key), self.problems)
        self.refuse(key, "ยังไม่ได้ระบุ", "is missing")
        return Reader({}, self.at(key), [])

    def keys(self, allowed: Collection[str]) -> None:
        """Refuse all keys but these."""
        for key in self.data:
            if key not in allowed:
                names = ", ".join(allowed) or "-"
                self.refuse(str(key), f"ไม่มีช่องนี้ ช่องที่ใช้ได้คือ {names}", f"there is no such key here; the keys are {names}")

    def choice(self, key: str, allowed: Sequence[T], default: T | None = None) -> T | None:
        """One of the allowed values; None where it is something else, or missing without a default."""
        if default is not None and not self.has(key):
            return default
        found = next((value for value in allowed if value == self.data.get(key)), None)
        if found is None:
            self.refuse_value(key, [str(value) for value in allowed])
        return found

    def refuse_value(self, key: str, allowed: Iterable[str]) -> None:
        """Note that the value at a key is none of the allowed ones."""
        names = ", ".join(allowed)
        self._refuse_shown(key, f"ค่าที่ใช้ได้คือ {names}", f"the allowed values are {names}")

    def integer(self, key: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds, or the default where the key is missing."""
        value = self.data.get(key, default)
        if is_integer(value) and lowest <= value <= highest:
            return value
        self._refuse_shown(
            key, f"ต้องเป็นจำนวนเต็มตั้งแต่ {lowest} ถึง {highest}", f"write a whole number from {lowest} to {highest}"
        )
        return default

    def number(self, key: str) -> Decimal:
        """An exact number that is written as text, such as "12.5", at a required key."""
        value = self.data.get(key)
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            return Decimal(value)
        self._refuse_shown(
            key,
            'ต้องเป็นตัวเลขที่เขียนเป็นข้อความ เช่น "12.5" ทศนิยมไม่เกินหกตำแหน่ง',
            'write a number as text, such as "12.5", with at most six decimals',
        )
        return Decimal(1)

    def text(self, key: str) -> str:
        """Text at a required key: not empty, no space at its ends."""
        value = self.data.get(key)
        if isinstance(value, str) and value == value.strip() and 1 <= len(value) <= _MAX_TEXT:
            return value
        self._refuse_shown(
            key,
            f"ต้องเป็นข้อความ 1 ถึง {_MAX_TEXT} ตัวอักษร ไม่มีช่องว่างหัวท้าย",
            f"write 1 to {_MAX_TEXT} characters without space at the ends",
        )
        return ""

    def day(self, key: str) -> date | None:
        """A date such as `2020-01-31`, in the Common Era; None where the key is missing."""
        value = self.data.get(key)
        if not self.has(key):
            return None
        if isinstance(value, str) and _DAY.fullmatch(value):
            with suppress(ValueError):
                return date.fromisoformat(value)
        self._refuse_shown(key, "ต้องเป็นวันที่แบบ ค.ศ. เช่น 2020-01-31", "write a date of the Common Era such as 2020-01-31")
        return None

    def items(self, key: str) -> list[object]:
        """The items of a list; none where the key is missing."""
        value = self.data.get(key, [])
        if isinstance(value, list | tuple) and len(value) <= _MAX_ITEMS:
            return list(value)
        self.refuse(key, f"ต้องเป็นรายการไม่เกิน {_MAX_ITEMS} ข้อ", f"write a list of at most {_MAX_ITEMS} items")
        return []

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Some of the allowed values, each once, sorted; none where the key is missing."""
        values = self.items(key)
        if not all(isinstance(value, str) and value in allowed for value in values):
            self.refuse_value(key, allowed)
            return ()
        self.distinct(key, values)
        return tuple(sorted(map(str, values)))

    def integers(self, key: str, lowest: int, highest: int) -> tuple[int, ...]:
        """Whole numbers within bounds, each once, sorted; none where the key is missing."""
        given = self.items(key)
        values = [value for value in given if is_integer(value) and lowest <= value <= highest]
        if len(values) != len(given):
            self._refuse_shown(
                key,
                f"ต้องเป็นรายการของจำนวนเต็มตั้งแต่ {lowest} ถึง {highest}",
                f"write a list of whole numbers from {lowest} to {highest}",
            )
        self.distinct(key, values)
        return tuple(sorted(values))

    def distinct(self, key: str, values: Sequence[object]) -> None:
        """Refuse a value that stands twice."""
        twice = sorted({str(value) for place, value in enumerate(values) if value in values[:place]})
        if twice:
            names = ", ".join(twice)
            self.refuse(key, f"มีค่าซ้ำ {names} ให้เหลือค่าละครั้งเดียว", f"{names} stands there twice; keep it once")

    def _refuse_shown(self, key: str, th: str, en: str) -> None:
        """Note a problem that shows what stands there, or that nothing does."""
        if self.has(key):
            shown = _shown(self.data[key])
            self.refuse(key, f"ใช้ {shown} ไม่ได้ {th}", f"{shown} cannot be used here; {en}")
        else:
            self.refuse(key, f"ยังไม่ได้ระบุ {th}", f"is missing; {en}")


def is_integer(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number; true and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: object) -> str:
    """A value as it may stand in a sentence: short."""
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= 60 else f"{text[:59]}…"
