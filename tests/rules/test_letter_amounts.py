"""The amounts of a letter: typed, pasted from a sheet, given to chosen districts; what is wrong stays at its place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.digits import to_thai
from lakthan.core.errors import UserError
from lakthan.core.money import format_baht
from lakthan.rules.letter_amounts import LetterAmounts, Recipient, read_amounts, refuse_other_total

TO = [
    Recipient("5001", "สำนักงานเขตพระนคร", "Phra Nakhon"),
    Recipient("5002", "สำนักงานเขตป้อมปราบศัตรูพ่าย", "Pom Prap Sattru Phai"),
    Recipient("5037", "สำนักงานเขตดินแดง", "Din Daeng"),
]


def wrong_of(table: LetterAmounts) -> dict[str, str]:
    return {row.to.code: row.wrong.en for row in table.rows if row.wrong}


@pytest.mark.parametrize(
    "pasted",
    [
        "5001\t1,580.00\n5037\t3160",
        "๕๐๐๑\t๑,๕๘๐.-\n5037\t3,160.-บาท",
        "พระนคร\t1580\nเขตดินแดง\t3160",
        "สำนักงานเขตพระนคร 1,580\nดินแดง 3,160.00",
        "5001\tพระนคร\t1580\n5037\tดินแดง\t3160",
        "รหัส\tจำนวนเงิน\n\n5001\t1580\n5002\t-\n5037\t3160\nรวม\t4,740",
        "Phra Nakhon\t1580\r\nDin Daeng\t3160\r\n",
        "5001;1580\n5037;3160",
    ],
)
def test_two_columns_of_a_sheet_are_understood_as_officials_keep_them(pasted: str) -> None:
    table = read_amounts(TO, {}, pasted=pasted)
    assert table.is_right
    assert table.amounts == {"5001": Decimal("1580.00"), "5037": Decimal("3160.00")}
    assert table.total == 4740


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("บางซื่อ\t100", "No district office is found"),
        ("5001\tดินแดง\t100", "No district office is found"),
        ("5001", "no amount"),
    ],
)
def test_a_line_that_is_not_understood_stays_with_its_number(line: str, says: str) -> None:
    table = read_amounts(TO, {}, pasted=f"5002\t7\n{line}")
    (left,) = table.left
    assert (left.number, left.text) == (2, line)
    assert says in left.wrong.en
    assert not table.is_right
    assert table.amounts == {"5002": Decimal(7)}


def test_a_district_in_two_lines_is_refused() -> None:
    table = read_amounts(TO, {}, pasted="5001\t1\nพระนคร\t2")
    assert [line.number for line in table.left] == [2]


def test_a_wrong_amount_stands_at_its_row_and_stays_as_it_was_typed() -> None:
    table = read_amounts(TO, {"5001": "สิบ", "5002": "0", "5037": "-5"})
    assert set(wrong_of(table)) == {"5001", "5002", "5037"}
    assert [row.typed for row in table.rows] == ["สิบ", "0", "-5"]
    assert table.amounts == {}


def test_typed_and_pasted_must_not_differ() -> None:
    table = read_amounts(TO, {"5001": "1,580", "5002": "5"}, pasted="5001\t1580.00\n5002\t6")
    assert set(wrong_of(table)) == {"5002"}
    assert "keep one of them" in wrong_of(table)["5002"]


def test_one_amount_goes_to_the_chosen_that_have_none() -> None:
    table = read_amounts(TO, {"5001": "7"}, {"5001", "5002"}, "๑,๕๘๐")
    assert table.amounts == {"5001": Decimal(7), "5002": Decimal(1580)}


def test_a_chosen_district_without_any_amount_is_named() -> None:
    assert set(wrong_of(read_amounts(TO, {}, {"5002"}))) == {"5002"}


def test_a_dash_is_no_amount_and_no_mistake() -> None:
    table = read_amounts(TO, {"5001": "-", "5002": " – "})
    assert (table.is_right, table.amounts) == (True, {})


@given(st.dictionaries(st.sampled_from([to.code for to in TO]), st.integers(1, 10**12), min_size=1), st.booleans())
def test_what_is_pasted_is_what_is_read(amounts: dict[str, int], thai: bool) -> None:
    exact = {code: Decimal(satang) / 100 for code, satang in amounts.items()}
    lines = "\n".join(f"{code}\t{format_baht(amount)}" for code, amount in exact.items())
    table = read_amounts(TO, {}, pasted=to_thai(lines) if thai else lines)
    assert (dict(table.amounts), table.is_right) == (exact, True)
    assert table.total == sum(exact.values())


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_kept(pasted: str) -> None:
    table = read_amounts(TO, {}, pasted=pasted)
    assert all(amount > 0 for amount in table.amounts.values())
    assert {line.text for line in table.left} <= set(pasted.splitlines())


def test_the_total_of_the_letter_is_held_to_the_satang() -> None:
    refuse_other_total(Decimal("10.00"), Decimal("10.00"))
    with pytest.raises(UserError, match=r"0\.01 less than"):
        refuse_other_total(Decimal("9.99"), Decimal("10.00"))
    with pytest.raises(UserError, match=r"5\.00 more than"):
        refuse_other_total(Decimal("15.00"), Decimal("10.00"))
