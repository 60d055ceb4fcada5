"""Baht: exact to the satang, read as officials write it, printed in figures and in words."""

import re
from decimal import Decimal
from typing import Literal, assert_never

from bahttext import bahttext  # type: ignore[import-untyped]

from lakthan.core.digits import format_number, to_arabic, to_thai
from lakthan.core.errors import UserError
from lakthan.core.figure import Number

SATANG = Decimal("0.01")
# Three times the yearly budget of the kingdom: more than this is a slip of the keyboard. It is also the range in
# which `bahttext`, which computes in binary floating point, is exact to the satang.
LARGEST_AMOUNT = Decimal("9999999999999.99")

BahtStyle = Literal["document", "plain"]

_NO_AMOUNT = {"", "-", "–", "−", ".-"}
_AMOUNT = re.compile(
    r"""(?P<sign>[-−])?\s*(?:฿\s*)?
    (?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)
    (?:\.(?P<fraction>[0-9]+)|\s*\.\s*[-–−])?
    \s*(?:บาท(?:ถ้วน)?|baht|THB)?""",
    re.VERBOSE | re.IGNORECASE,
)


def parse_baht(text: str) -> Decimal:
    """Read an amount such as 3,267,440.-บาท, 583,203.50 or ๕๐๐ บาท, with two decimals.

    Raises `UserError` for anything else: a lone dash (nothing reported is not zero), commas that do not group
    thousands, or a fraction of a satang.
    """
    typed = text.strip()
    if typed in _NO_AMOUNT:
        raise UserError(
            f"ไม่มีจำนวนเงินใน “{typed}” หากเป็นศูนย์ให้พิมพ์ 0",
            f"there is no amount in “{typed}”; write 0 where it is zero",
        )
    found = _AMOUNT.fullmatch(to_arabic(typed))
    if found is None:
        raise UserError(
            f"อ่าน “{typed}” เป็นจำนวนเงินไม่ได้ ให้พิมพ์เช่น 3,267,440.00 หรือ 3,267,440.-",
            f"“{typed}” is not an amount of baht; write for example 3,267,440.00 or 3,267,440.-",
        )
    whole, fraction = found["whole"].replace(",", ""), found["fraction"] or "00"
    if len(fraction) > 2:
        raise _finer_than_satang(typed)
    return exact_baht(Decimal(f"{'-' if found['sign'] else ''}{whole}.{fraction}"))


def exact_baht(amount: Number) -> Decimal:
    """The same amount with two decimals; raises `UserError` where that would lose something or the amount is absurd."""
    exact = Decimal(amount)
    if not exact.is_finite() or abs(exact) > LARGEST_AMOUNT:
        raise UserError(
            f"จำนวนเงิน {amount} เกินกว่าที่ระบบรับได้ (สูงสุด {LARGEST_AMOUNT:,} บาท) ให้ตรวจจำนวนหลัก",
            f"the amount {amount} is beyond {LARGEST_AMOUNT:,} baht; check the number of digits",
        )
    rounded = exact.quantize(SATANG)
    if rounded != exact:
        raise _finer_than_satang(str(amount))
    return abs(rounded) if rounded == 0 else rounded  # there is no minus zero baht


def _finer_than_satang(typed: str) -> UserError:
    return UserError(
        f"จำนวนเงิน “{typed}” ละเอียดกว่าหนึ่งสตางค์ ให้ใส่ทศนิยมไม่เกินสองตำแหน่ง",
        f"the amount “{typed}” is finer than a satang; write at most two decimals",
    )


def format_baht(amount: Number, style: BahtStyle = "document", *, thai_digits: bool = False) -> str:
    """An amount in figures, without the word baht.

    `document` is how official letters write it: 3,267,440.- and, with satang, 583,203.50. `plain` always has two
    decimals. Raises `UserError` for a fraction of a satang.
    """
    exact = exact_baht(amount)
    match style:
        case "document":
            text = f"{format_number(exact)}.-" if exact % 1 == 0 else format_number(exact, 2)
        case "plain":
            text = format_number(exact, 2)
        case _:
            assert_never(style)
    return to_thai(text) if thai_digits else text


def baht_words(amount: Number) -> str:
    """An amount in Thai words, as on a cheque: สามล้านสองแสนหกหมื่นเจ็ดพันสี่ร้อยสี่สิบบาทถ้วน.

    Raises `UserError` for a fraction of a satang.
    """
    exact = exact_baht(amount)
    whole, satang = divmod(abs(exact), 1)
    words = str(bahttext(abs(exact)))
    # Two slips of the library: one satang is not เอ็ดสตางค์, and satang alone take no ศูนย์บาท before them.
    if satang == SATANG:
        words = f"{words.removesuffix('เอ็ดสตางค์')}หนึ่งสตางค์"
    if satang and not whole:
        words = words.removeprefix("ศูนย์บาท")
    return f"ลบ{words}" if exact < 0 else words
