"""Options read what officials type, and refuse in a sentence what cannot be meant."""

from datetime import date

import pytest

from lakthan.cli.options import DateType, FiscalYearType, QuarterNumberType
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear


@pytest.mark.parametrize("typed", ["2563", "๒๕๖๓", " 2563 "])
def test_a_fiscal_year_may_be_typed_in_thai_digits(typed: str) -> None:
    assert FiscalYearType().convert(typed, None, None) == FiscalYear(2563)


@pytest.mark.parametrize("typed", ["2020", "63", "last", "", "-2563", "2563.0", "²"])
def test_what_is_no_fiscal_year_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        FiscalYearType().convert(typed, None, None)


@pytest.mark.parametrize("typed", ["0", "5", "Q3", "๕", ""])
def test_there_are_four_quarters(typed: str) -> None:
    with pytest.raises(UserError):
        QuarterNumberType().convert(typed, None, None)


def test_a_date_that_had_to_be_understood_is_told_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert DateType().convert("30 มิ.ย. 63", None, None) == date(2020, 6, 30)
    told = capsys.readouterr()
    assert told.out == ""
    assert "2563" in told.err
