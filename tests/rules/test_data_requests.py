"""What fields of a request take, and what answers come to: zero, nil and silence are never mixed."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.digits import to_thai
from lakthan.core.errors import UserError
from lakthan.rules.data_requests import (
    Field,
    FieldType,
    Standing,
    field_data,
    read_fields,
    read_value,
    standing,
    totals,
)

DUE = date(2020, 8, 31)
NUMBER = Field("f1", "โครงการ", FieldType.INTEGER, "โครงการ")


def of(type_: FieldType, *choices: str) -> Field:
    return Field("f1", "ช่อง", type_, "", choices)


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_read_in_thai_and_arabic_digits_and_with_commas(number: int) -> None:
    for typed in (str(number), to_thai(str(number)), f"{number:,}", f" {number} ", number, f"{number}.0"):
        assert read_value(of(FieldType.INTEGER), typed) == str(number)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_numbers_are_kept_exactly(number: Decimal) -> None:
    kept = read_value(of(FieldType.DECIMAL), str(number))
    assert Decimal(str(kept)) == number
    assert read_value(of(FieldType.DECIMAL), kept) == kept


@pytest.mark.parametrize("typed", ["1.5", "สาม", "1e99", "nan", "--1", True, date(2020, 1, 1), "1/2"])
def test_what_is_no_whole_number_is_refused_with_the_name_of_the_field(typed: object) -> None:
    with pytest.raises(UserError, match="โครงการ"):
        read_value(NUMBER, typed)


def test_a_number_with_five_decimals_is_refused() -> None:
    with pytest.raises(UserError, match="4 decimals"):
        read_value(of(FieldType.DECIMAL), "0.00001")


@pytest.mark.parametrize("type_", FieldType)
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_what_is_empty_is_not_answered_and_no_zero(type_: FieldType, empty: str | None) -> None:
    assert read_value(of(type_, "ก", "ข"), empty) is None


@pytest.mark.parametrize(
    ("type_", "typed", "kept"),
    [
        (FieldType.YES_NO, "มี", True),
        (FieldType.YES_NO, "ไม่มี", False),
        (FieldType.YES_NO, Decimal("1.0"), True),
        (FieldType.YES_NO, False, False),
        (FieldType.DATE, "31 สิงหาคม 2563", "2020-08-31"),
        (FieldType.DATE, "๓๑/๘/๒๕๖๓", "2020-08-31"),
        (FieldType.DATE, datetime(2020, 8, 31, 9, 30), "2020-08-31"),  # noqa: DTZ001 - Excel knows no zone
        (FieldType.CHOICE, " B ", "b"),
        (FieldType.TEXT, " ไม่มีปัญหา ", "ไม่มีปัญหา"),
    ],
)
def test_values_are_read_by_the_type_of_their_field(type_: FieldType, typed: object, kept: object) -> None:
    assert read_value(of(type_, "a", "b"), typed) == kept


@pytest.mark.parametrize(
    ("type_", "typed"), [(FieldType.YES_NO, "อาจจะ"), (FieldType.DATE, "31/2/2563"), (FieldType.CHOICE, "c")]
)
def test_values_of_another_type_are_refused(type_: FieldType, typed: str) -> None:
    with pytest.raises(UserError, match="ช่อง"):
        read_value(of(type_, "a", "b"), typed)


def test_fields_survive_being_stored() -> None:
    rows = [
        {"name": "จำนวน", "type": "integer", "unit": "โครงการ"},
        {"name": "ระดับ", "type": "choice", "choices": ["มาก", " น้อย ", ""]},
    ]
    fields = read_fields(rows)
    assert read_fields(field_data(fields)) == fields
    assert fields[1].choices == ("มาก", "น้อย")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"name": " ", "type": "integer"}], "field 1 is missing"),
        ([{"name": "ก", "type": "colour"}], "not known"),
        ([{"name": "ก", "type": "choice", "choices": ["x"]}], "two choices"),
        ([{"name": "ก", "type": "text"}, {"name": "ก", "type": "date"}], "two fields"),
        ([{"name": f"ก{n}", "type": "text"} for n in range(31)], "at most 30"),
    ],
)
def test_fields_that_say_too_little_are_refused(rows: list[dict[str, object]], says: str) -> None:
    with pytest.raises(UserError, match=says):
        read_fields(rows)


@pytest.mark.parametrize(
    ("answered", "nil", "today", "stands"),
    [
        (DUE, False, DUE, Standing.ANSWERED),
        (DUE, True, DUE, Standing.NIL),
        (None, False, DUE, Standing.WAITING),
        (None, False, date(2020, 9, 1), Standing.LATE),
    ],
)
def test_a_unit_stands_to_a_request_in_one_of_four_ways(
    answered: date | None, nil: bool, today: date, stands: Standing
) -> None:
    assert standing(answered, DUE, today, is_nil=nil) is stands


def test_totals_say_how_many_units_stand_behind_them() -> None:
    answers = [
        (Standing.ANSWERED, [{"f1": "3"}, {"f1": "4"}]),
        (Standing.ANSWERED, [{"f1": "0"}]),
        (Standing.ANSWERED, [{"f1": None}]),
        (Standing.NIL, []),
        (Standing.LATE, []),
    ]
    (total,) = totals([NUMBER, of(FieldType.TEXT)], answers)
    assert (total.total, total.units, total.nil, total.silent) == (Decimal(7), 2, 1, 1)


def test_the_total_of_no_number_is_none_and_not_zero() -> None:
    (total,) = totals([NUMBER], [(Standing.NIL, []), (Standing.WAITING, [])])
    assert (total.total, total.units) == (None, 0)
