from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.digits import (
    MixedNumber,
    format_number,
    has_both_digits,
    mixed_numbers,
    to_arabic,
    to_thai,
)


def test_digits_change_and_nothing_else_does() -> None:
    assert to_arabic("พ.ศ.๒๕๖๓-2564 (ร้อยละ ๘๖)") == "พ.ศ.2563-2564 (ร้อยละ 86)"
    assert to_thai("31 มกราคม 2563") == "๓๑ มกราคม ๒๕๖๓"


@given(st.text())
def test_converting_keeps_the_length_so_that_offsets_stay_true(text: str) -> None:
    assert len(to_arabic(text)) == len(to_thai(text)) == len(text)


@given(st.text(alphabet="0123456789๐๑๒๓๔๕๖๗๘๙ก.,"))
def test_converting_to_thai_and_back_gives_arabic_digits_throughout(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert not has_both_digits(to_arabic(text))


def test_digits_of_other_scripts_are_left_alone() -> None:
    assert to_arabic("٣ ३ ຓ") == "٣ ३ ຓ"


def test_a_number_in_both_digits_is_found_where_it_stands() -> None:
    assert mixed_numbers("เวลา 08.๓0 - 16.30 น.") == (MixedNumber(5, "08.๓0"),)
    text = "โอน 3,๒67,440 บาท เมื่อ 31/๑/2563"
    assert mixed_numbers(text) == (MixedNumber(4, "3,๒67,440"), MixedNumber(text.index("31"), "31/๑/2563"))


def test_two_numbers_in_different_digits_are_no_mixed_number_but_a_mixed_text() -> None:
    text = "พ.ศ.๒๕๖๓-2564"
    assert mixed_numbers(text) == ()
    assert has_both_digits(text)


def test_a_text_in_one_kind_of_digits_is_not_mixed() -> None:
    assert not has_both_digits("2563-2564")
    assert not has_both_digits("๒๕๖๓-๒๕๖๔")
    assert not has_both_digits("ไม่มีตัวเลข")


@given(st.text(alphabet="05๐๕.,: ก"))
def test_a_mixed_number_lies_at_its_offset(text: str) -> None:
    for number in mixed_numbers(text):
        assert text[number.offset :].startswith(number.text)
        assert has_both_digits(number.text)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (2068, 0, "2,068"),
        (3267440, 2, "3,267,440.00"),
        (Decimal("17.845"), 2, "17.85"),
        (Decimal("-1234.5"), 1, "-1,234.5"),
        (Decimal("-0.001"), 2, "0.00"),
        (Decimal("1E+6"), 0, "1,000,000"),
    ],
)
def test_numbers_are_grouped_in_thousands_with_the_decimals_asked_for(
    value: int | Decimal, decimals: int, expected: str
) -> None:
    assert format_number(value, decimals) == expected


def test_numbers_can_be_printed_in_thai_digits() -> None:
    assert format_number(3267440, 2, thai_digits=True) == "๓,๒๖๗,๔๔๐.๐๐"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_printed_number_reads_back_as_itself(value: Decimal) -> None:
    assert Decimal(format_number(value, 2).replace(",", "")) == value
