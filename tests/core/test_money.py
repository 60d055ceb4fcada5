from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.core.money import LARGEST_AMOUNT, BahtStyle, baht_words, exact_baht, format_baht, parse_baht

AMOUNTS = st.integers(min_value=0, max_value=int(LARGEST_AMOUNT * 100)).map(lambda satang: Decimal(satang).scaleb(-2))
NAMES = ["", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3,267,440.-", "3267440.00"),
        ("3,267,440.-บาท", "3267440.00"),
        ("3,267,440 .- บาทถ้วน", "3267440.00"),
        ("3,267,440.–", "3267440.00"),
        ("583,203.00 บาท", "583203.00"),
        ("583203.5", "583203.50"),
        ("๕๘๓,๒๐๓.๕๐ บาท", "583203.50"),
        ("583,๒03", "583203.00"),
        ("\u00a0 774,695 baht ", "774695.00"),
        ("฿1,909,542 THB", "1909542.00"),
        ("0", "0.00"),
        ("0.-", "0.00"),
        ("-0", "0.00"),
        ("-500.00", "-500.00"),
        ("−500", "-500.00"),
    ],
)
def test_amounts_are_read_as_officials_and_machines_write_them(typed: str, expected: str) -> None:
    assert str(parse_baht(typed)) == expected


@pytest.mark.parametrize("typed", ["", "  ", "-", "–", ".-"])
def test_an_empty_amount_or_a_lone_dash_is_not_zero(typed: str) -> None:
    with pytest.raises(UserError, match=r"there is no amount in .*; write 0 where it is zero"):
        parse_baht(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "3,26,7440",
        "32,67440",
        "1234,567",
        ",500",
        "500,",
        "500.",
        "5.0.0",
        "500-",
        "(500)",
        "3.27 ล้านบาท",
        "1e6",
        "ห้าร้อย",
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_baht(typed)
    assert refused.value.en.startswith(f"“{typed}” is not an amount of baht; write for example 3,267,440.00")
    assert f"“{typed}”" in refused.value.th


@pytest.mark.parametrize("typed", ["0.125", "583,203.000", "๑.๒๓๔ บาท"])
def test_a_fraction_of_a_satang_is_refused_and_never_rounded(typed: str) -> None:
    with pytest.raises(UserError, match="finer than a satang; write at most two decimals"):
        parse_baht(typed)


def test_an_amount_beyond_any_budget_is_refused() -> None:
    assert parse_baht("9,999,999,999,999.99") == LARGEST_AMOUNT
    with pytest.raises(UserError, match=r"beyond 9,999,999,999,999\.99 baht; check the number of digits"):
        parse_baht("10,000,000,000,000")


@pytest.mark.parametrize(
    "amount", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"), 10**400]
)
def test_what_is_no_finite_amount_is_refused(amount: Decimal | int) -> None:
    with pytest.raises(UserError):
        exact_baht(amount)


def test_an_exact_amount_has_two_decimals_and_no_minus_zero() -> None:
    assert str(exact_baht(5)) == "5.00"
    assert str(exact_baht(Decimal("5.1000"))) == "5.10"
    assert str(exact_baht(Decimal("-0.0"))) == "0.00"
    with pytest.raises(UserError, match="finer than a satang"):
        exact_baht(Decimal("1.005"))


@pytest.mark.parametrize(
    ("amount", "style", "expected"),
    [
        (Decimal(3267440), "document", "3,267,440.-"),
        (Decimal("583203.50"), "document", "583,203.50"),
        (Decimal("583203.05"), "document", "583,203.05"),
        (0, "document", "0.-"),
        (Decimal(-500), "document", "-500.-"),
        (3267440, "plain", "3,267,440.00"),
        (Decimal("0.25"), "plain", "0.25"),
    ],
)
def test_amounts_are_printed_in_the_style_asked_for(amount: Decimal | int, style: BahtStyle, expected: str) -> None:
    assert format_baht(amount, style) == expected


def test_amounts_can_be_printed_in_thai_digits() -> None:
    assert format_baht(3267440, thai_digits=True) == "๓,๒๖๗,๔๔๐.-"
    assert format_baht(Decimal("583203.50"), "plain", thai_digits=True) == "๕๘๓,๒๐๓.๕๐"


@given(AMOUNTS, st.sampled_from(["document", "plain"]), st.booleans(), st.sampled_from(["", " บาท", "บาท"]))
def test_a_printed_amount_reads_back_to_the_satang(
    amount: Decimal, style: BahtStyle, thai_digits: bool, after: str
) -> None:
    assert parse_baht(format_baht(amount, style, thai_digits=thai_digits) + after) == amount


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("3267440", "สามล้านสองแสนหกหมื่นเจ็ดพันสี่ร้อยสี่สิบบาทถ้วน"),
        ("583203.50", "ห้าแสนแปดหมื่นสามพันสองร้อยสามบาทห้าสิบสตางค์"),
        ("1.11", "หนึ่งบาทสิบเอ็ดสตางค์"),
        ("-21", "ลบยี่สิบเอ็ดบาทถ้วน"),
        ("-0.00", "ศูนย์บาทถ้วน"),
    ],
)
def test_amounts_are_spelt_as_on_a_cheque(amount: str, expected: str) -> None:
    assert baht_words(Decimal(amount)) == expected


def test_one_satang_is_nueng_where_the_library_says_et() -> None:
    assert baht_words(Decimal("1.01")) == "หนึ่งบาทหนึ่งสตางค์"
    assert baht_words(Decimal("0.01")) == "หนึ่งสตางค์"
    assert baht_words(Decimal("0.21")) == "ยี่สิบเอ็ดสตางค์"


def test_satang_alone_take_no_zero_baht_where_the_library_says_so() -> None:
    assert baht_words(Decimal("0.25")) == "ยี่สิบห้าสตางค์"
    assert baht_words(Decimal("10.25")) == "สิบบาทยี่สิบห้าสตางค์"


def test_the_largest_amount_is_spelt_to_the_satang_though_the_library_computes_in_floating_point() -> None:
    assert baht_words(LARGEST_AMOUNT).endswith("เก้าบาทเก้าสิบเก้าสตางค์")


def test_a_fraction_of_a_satang_is_not_spelt_rounded() -> None:
    with pytest.raises(UserError, match="finer than a satang"):
        baht_words(Decimal("1.005"))


@given(AMOUNTS)
def test_words_agree_with_a_second_way_of_spelling(amount: Decimal) -> None:
    whole, satang = divmod(int(amount * 100), 100)
    baht = f"{spell(whole)}บาท" if whole or not satang else ""
    assert baht_words(amount) == baht + (f"{spell(satang)}สตางค์" if satang else "ถ้วน")


def spell(number: int) -> str:
    """Thai cardinal by recursion over millions, as taught in school; the library goes digit by digit."""
    return spell_part(number, follows=False) or "ศูนย์"


def spell_part(number: int, *, follows: bool) -> str:
    if number >= 10**6:
        millions, rest = divmod(number, 10**6)
        return f"{spell_part(millions, follows=follows)}ล้าน{spell_part(rest, follows=True)}"
    if number == 1:
        return "เอ็ด" if follows else "หนึ่ง"
    place = len(str(number)) - 1
    leading, rest = divmod(number, 10**place)
    name = {1: "", 2: "ยี่"}.get(leading, NAMES[leading]) if place == 1 else NAMES[leading]
    return f"{name}{PLACES[place]}{spell_part(rest, follows=True) if rest else ''}"
