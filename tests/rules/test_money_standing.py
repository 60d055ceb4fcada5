"""The money of districts together: what adds up to the whole, what overlaps, and the sentence of the report."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.figure import percent
from lakthan.rules.money_standing import (
    DistrictMoney,
    MoneyGroup,
    money_standing,
    sentence_en,
    sentence_th,
)

SATANG = Decimal("0.01")


@st.composite
def districts(draw: st.DrawFn) -> DistrictMoney:
    """A district that received money, or did not, and did anything that the services allow."""
    if not draw(st.booleans()):
        return DistrictMoney("5001", "สำนักงานเขตตัวอย่าง", "Sample")
    whole = draw(st.integers(1, 10**9))
    spent = draw(st.integers(0, whole))
    returned = draw(st.integers(0, whole - spent))
    bound = draw(st.integers(0, whole - returned))
    wish = draw(st.none() | st.just(date(2020, 6, 26)))
    return DistrictMoney(
        code="5001",
        name_th="สำนักงานเขตตัวอย่าง",
        name_en="Sample",
        transfers=draw(st.integers(1, 3)),
        transferred=whole * SATANG,
        obligated=bound * SATANG,
        disbursed=spent * SATANG,
        returned=returned * SATANG,
        unbound=(whole - max(bound, spent) - returned) * SATANG,
        intends_since=wish,
    )


@given(st.lists(districts(), max_size=60))
def test_the_parts_add_up_to_the_whole(rows: list[DistrictMoney]) -> None:
    whole = money_standing(rows)
    assert whole.transferred == sum((row.transferred for row in rows), Decimal(0))
    assert whole.disbursed.amount + whole.returned.amount + whole.not_returned.amount == whole.transferred
    assert whole.returned.districts + whole.not_returned.districts == whole.districts
    assert whole.disbursed.districts <= whole.districts
    assert 0 <= whole.unbound <= whole.not_returned.amount <= whole.transferred
    assert whole.intends.amount <= whole.not_returned.amount


@given(st.lists(districts(), max_size=60))
def test_every_share_is_of_the_districts_that_received_money(rows: list[DistrictMoney]) -> None:
    whole = money_standing(rows)
    for group, share in (
        (MoneyGroup.OBLIGATED, whole.obligated),
        (MoneyGroup.DISBURSED, whole.disbursed),
        (MoneyGroup.RETURNED, whole.returned),
        (MoneyGroup.NOT_RETURNED, whole.not_returned),
        (MoneyGroup.INTENDS, whole.intends),
    ):
        assert share.districts == sum(group in row.groups() for row in rows)
        assert share.districts_percent == percent(share.districts, whole.districts)
        assert share.amount_percent == percent(share.amount, whole.transferred)


@given(districts())
def test_a_district_either_received_money_or_is_without(row: DistrictMoney) -> None:
    groups = row.groups()
    assert (MoneyGroup.WITHOUT in groups) != (MoneyGroup.RECEIVED in groups)
    assert (MoneyGroup.RETURNED in groups) + (MoneyGroup.NOT_RETURNED in groups) == (row.transfers > 0)


def reference() -> list[DistrictMoney]:
    """Fifty districts as in the third quarter: 6 disburse and return, 6 only return, 10 disburse and keep, 28 keep."""
    rows = []
    for number in range(50):
        spent = {0: Decimal(100_001), 20: Decimal(483_188)}.get(
            number, Decimal(1) if number < 6 or 20 <= number < 30 else Decimal(0)
        )
        returned = {0: Decimal(774_684)}.get(number, Decimal(1) if number < 12 else Decimal(0))
        keeps = Decimal(0) if number < 12 else Decimal(1_909_505) if number == 49 else Decimal(1)
        wish = None if number < 12 else date(2020, 6, 26)
        whole = spent + returned + keeps
        rows.append(DistrictMoney(f"50{number + 1:02}", "", "", 1, whole, Decimal(0), spent, returned, keeps, wish))
    return rows


def test_the_sentence_has_the_numbers_of_the_reference_report() -> None:
    standing = money_standing(reference())
    assert sentence_th(standing) == (
        "โอนเงินให้สำนักงานเขต 50 สำนักงานเขต จำนวนเงิน 3,267,440.-บาท"
        " / เบิกจ่ายแล้ว 16 สำนักงานเขต (ร้อยละ 32.00) จำนวนเงิน 583,203.-บาท (ร้อยละ 17.85)"
        " / ส่งคืนเงินแล้ว 12 สำนักงานเขต (ร้อยละ 24.00) จำนวนเงิน 774,695.-บาท (ร้อยละ 23.71)"
        " / ยังไม่ส่งคืน 38 สำนักงานเขต (ร้อยละ 76.00) จำนวนเงิน 1,909,542.-บาท (ร้อยละ 58.44)"
        " โดยแจ้งว่ายังไม่ประสงค์คืนเงิน 38 สำนักงานเขต"
    )
    assert sentence_en(standing) == (
        "3,267,440 baht were transferred to 50 district offices: "
        "16 district offices (32.00%) disbursed 583,203 baht (17.85%); "
        "12 district offices (24.00%) returned 774,695 baht (23.71%); "
        "38 district offices (76.00%) returned nothing; not returned in all: 1,909,542 baht (58.44%); "
        "38 district offices declared an intention not to return yet."
    )


def test_without_a_transfer_there_is_no_sentence_and_no_percentage() -> None:
    standing = money_standing([DistrictMoney("5001", "", "")])
    assert (sentence_th(standing), sentence_en(standing)) == ("", "")
    assert (standing.disbursed.districts_percent, standing.disbursed.amount_percent) == (None, None)


@pytest.mark.parametrize(
    ("returned", "wish", "group"),
    [(Decimal(0), None, True), (Decimal(0), date(2020, 6, 1), False), (Decimal(5), None, False)],
)
def test_silent_is_who_keeps_a_rest_returned_nothing_and_declared_nothing(
    returned: Decimal, wish: date | None, group: bool
) -> None:
    row = DistrictMoney("5001", "", "", 1, Decimal(10), returned=returned, intends_since=wish)
    assert (MoneyGroup.UNDECLARED in row.groups()) is group
