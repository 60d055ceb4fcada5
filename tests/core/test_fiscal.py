from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.core.fiscal import FIRST_YEAR, LAST_YEAR, FiscalYear, Quarter

YEARS = st.integers(min_value=FIRST_YEAR, max_value=LAST_YEAR).map(FiscalYear)
INNER_YEARS = st.integers(min_value=FIRST_YEAR + 1, max_value=LAST_YEAR - 1).map(FiscalYear)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31))
ONE_DAY = timedelta(days=1)


def test_fiscal_year_2563_runs_from_october_2019_to_september_2020() -> None:
    year = FiscalYear(2563)
    assert (year.first_day, year.last_day) == (date(2019, 10, 1), date(2020, 9, 30))


def test_the_quarters_of_2563_begin_and_end_where_the_budget_law_puts_them() -> None:
    assert [(quarter.first_day, quarter.last_day) for quarter in FiscalYear(2563).quarters] == [
        (date(2019, 10, 1), date(2019, 12, 31)),
        (date(2020, 1, 1), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2020, 6, 30)),
        (date(2020, 7, 1), date(2020, 9, 30)),
    ]


@given(YEARS)
def test_the_quarters_cover_the_year_without_gap_or_overlap(year: FiscalYear) -> None:
    first, *_, last = year.quarters
    assert (first.first_day, last.last_day) == (year.first_day, year.last_day)
    for before, after in zip(year.quarters, year.quarters[1:], strict=False):
        assert before.last_day + ONE_DAY == after.first_day


@given(YEARS, st.integers(min_value=1, max_value=4))
def test_a_quarter_begins_on_the_first_of_its_first_month(year: FiscalYear, number: int) -> None:
    quarter = year.quarter(number)
    assert quarter.first_day.day == 1
    assert (quarter.last_day + ONE_DAY).day == 1
    assert 90 <= (quarter.last_day - quarter.first_day).days + 1 <= 92


@given(DAYS)
def test_a_day_lies_within_the_year_and_the_quarter_found_for_it(day: date) -> None:
    year, quarter = FiscalYear.of(day), Quarter.of(day)
    assert year.first_day <= day <= year.last_day
    assert quarter.first_day <= day <= quarter.last_day
    assert quarter.fiscal_year == year


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2019, 9, 30), 2562, 4),
        (date(2019, 10, 1), 2563, 1),
        (date(2019, 12, 31), 2563, 1),
        (date(2020, 1, 1), 2563, 2),
        (date(2020, 2, 29), 2563, 2),
        (date(2020, 9, 30), 2563, 4),
        (date(2020, 10, 1), 2564, 1),
    ],
)
def test_the_fiscal_year_turns_in_october_and_not_in_january(day: date, year: int, number: int) -> None:
    assert Quarter.of(day) == FiscalYear(year).quarter(number)


@given(INNER_YEARS, st.integers(min_value=1, max_value=4))
def test_the_next_quarter_begins_the_day_after_and_leads_back(year: FiscalYear, number: int) -> None:
    quarter = year.quarter(number)
    assert quarter.next.first_day == quarter.last_day + ONE_DAY
    assert quarter.next.previous == quarter
    assert quarter.previous.next == quarter


@given(YEARS, st.integers(min_value=1, max_value=4))
def test_a_key_leads_back_to_its_quarter(year: FiscalYear, number: int) -> None:
    quarter = year.quarter(number)
    assert Quarter.from_key(quarter.key) == quarter


def test_the_key_of_the_third_quarter_of_2563_is_25633() -> None:
    assert FiscalYear(2563).quarter(3).key == 25633


@given(DAYS, DAYS)
def test_years_quarters_and_keys_sort_as_time_does(one: date, other: date) -> None:
    one, other = sorted((one, other))
    assert FiscalYear.of(one) <= FiscalYear.of(other)
    assert Quarter.of(one) <= Quarter.of(other)
    assert (Quarter.of(one) < Quarter.of(other)) is (Quarter.of(one).key < Quarter.of(other).key)


def test_years_and_quarters_can_be_keys_of_a_mapping() -> None:
    assert {FiscalYear(2563): 1, FiscalYear(2563).quarter(3): 2}[Quarter(FiscalYear(2563), 3)] == 2


def test_years_are_counted_forwards_and_backwards() -> None:
    assert FiscalYear(2563) + 1 == FiscalYear(2564)
    assert FiscalYear(2563) + -2 == FiscalYear(2561)


def test_labels_are_those_of_the_papers() -> None:
    year = FiscalYear(2563)
    assert year.label_th == "ปีงบประมาณ พ.ศ. 2563"
    assert year.label_en == "fiscal year 2563 (1 October 2019 - 30 September 2020)"
    assert year.quarter(3).label_th == "ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563"
    assert year.quarter(3).label_en == "quarter 3 of fiscal year 2563"


def test_a_year_of_the_common_era_is_refused_with_the_year_that_was_meant() -> None:
    with pytest.raises(UserError) as refused:
        FiscalYear(2020)
    assert refused.value.en == "2020 looks like a year of the Common Era; fiscal years are B.E.: 2563"
    assert refused.value.th == "2020 น่าจะเป็นปี ค.ศ. ปีงบประมาณใช้ปี พ.ศ.: 2563"


@pytest.mark.parametrize("number", [-1, 0, 63, 1799, 2399, 2701, 25633])
def test_a_year_far_from_our_time_is_refused_without_a_guess(number: int) -> None:
    with pytest.raises(UserError, match=f"^{number} is not a fiscal year; write four digits of a B.E. year"):
        FiscalYear(number)


@pytest.mark.parametrize("number", [-1, 0, 5])
def test_a_quarter_outside_one_to_four_is_refused_by_number_and_year(number: int) -> None:
    with pytest.raises(UserError) as refused:
        FiscalYear(2563).quarter(number)
    assert refused.value.en == f"there is no quarter {number} in fiscal year 2563; quarters are 1 to 4"
    assert refused.value.th == f"ไม่มีไตรมาสที่ {number} ในปีงบประมาณ พ.ศ. 2563 ไตรมาสมีตั้งแต่ 1 ถึง 4"


@pytest.mark.parametrize("key", [25630, 25635, 20203, 3, -25633])
def test_a_key_of_no_quarter_is_refused(key: int) -> None:
    with pytest.raises(UserError):
        Quarter.from_key(key)
