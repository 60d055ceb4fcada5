"""What may be entered when."""

import re
from datetime import date
from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.money import exact_baht

_WRITTEN = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
PLACES = 4
LARGEST = Decimal("99999999999.9999")
"""Decimals and size of targets, baselines and reported values."""


def refuse_future(on: date, today: date) -> None:
    """A register holds what has happened: a day after `today` is refused.

    Raises:
        UserError: the day lies in the future.
    """
    if on > today:
        raise UserError(
            f"วันที่ {format_date(on)} ยังมาไม่ถึง (วันนี้ {format_date(today)}) ระบุวันที่เกิดขึ้นจริง",
            f"{format_date(on, lang='en')} is in the future (today is {format_date(today, lang='en')}); "
            "give the day on which it happened.",
        )


def require_text(value: str, field_th: str, field_en: str) -> str:
    """The text without white space around it.

    Raises:
        UserError: nothing is left.
    """
    text = value.strip()
    if not text:
        raise UserError(f"กรุณากรอก{field_th}", f"{field_en} is missing; fill it in.")
    return text


def refuse_longer(text: str, longest: int, field_th: str, field_en: str) -> str:
    """The text, which has at most so many characters.

    Raises:
        UserError: it has more.
    """
    if len(text) > longest:
        raise UserError(
            f"{field_th} ยาว {len(text)} ตัวอักษร เกิน {longest} ตัวอักษร: {text[:40]}…",
            f"{field_en} has {len(text)} characters, more than {longest}: {text[:40]}…",
        )
    return text


def require_order(first: date, last: date, field_th: str, field_en: str) -> None:
    """Refuse a span that ends before it begins.

    Raises:
        UserError: `last` lies before `first`.
    """
    if last < first:
        raise UserError(
            f"{field_th}: วันสิ้นสุด {format_date(last)} มาก่อนวันเริ่ม {format_date(first)}",
            f"{field_en}: the last day {last} lies before the first day {first}.",
        )


def require_within(on: date, first: date, last: date | None, field_th: str, field_en: str) -> None:
    """Refuse a day outside the days between which something is in force; `last` is None while it has no end.

    Raises:
        UserError: the day lies before `first` or after `last`.
    """
    if on < first or (last is not None and on > last):
        raise UserError(
            f"{field_th} ไม่มีผลในวันที่ {format_date(on)}", f"{field_en} is not in force on {format_date(on, lang='en')}."
        )


def require_baht(amount: Decimal, field_th: str, field_en: str) -> Decimal:
    """The amount in baht with two decimals.

    Raises:
        UserError: it is negative, finer than a satang, or absurd.
    """
    exact = exact_baht(amount)
    if exact < 0:
        raise UserError(f"{field_th} ต้องไม่ติดลบ", f"{field_en} must not be negative.")
    return exact


def require_positive_baht(amount: Decimal, field_th: str, field_en: str) -> Decimal:
    """The amount in baht with two decimals.

    Raises:
        UserError: it is not above zero, finer than a satang, or absurd.
    """
    exact = exact_baht(amount)
    if exact <= 0:
        raise UserError(f"{field_th} ต้องมากกว่าศูนย์", f"{field_en} must be above zero.")
    return exact


def require_number(
    value: Decimal, field_th: str, field_en: str, *, places: int = PLACES, largest: Decimal = LARGEST
) -> Decimal:
    """The value, which every database keeps exactly: no database is left to round what somebody entered.

    Raises:
        UserError: it is not a number, has more than `places` decimals, or is beyond `largest`.
    """
    if not value.is_finite() or not -largest <= value <= largest:
        raise UserError(
            f"{field_th} {value} เกินกว่าที่ระบบรับได้ ({largest:,})", f"{field_en} is {value}, beyond {largest:,}."
        )
    if value != round(value, places):
        raise UserError(
            f"{field_th} {value} มีทศนิยมเกิน {places} ตำแหน่ง", f"{field_en} is {value}, with more than {places} decimals."
        )
    return value


def read_number(text: str) -> Decimal | None:
    """A number as officers write it, with Thai digits and thousands; None where it is none that could be stored.

    No exponent is read: the few characters of 1e999999999 make a number that nothing can compute with.
    """
    plain = to_arabic(text).replace(",", "").strip()
    return Decimal(plain) if _WRITTEN.fullmatch(plain) else None
