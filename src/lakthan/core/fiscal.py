"""Fiscal years and quarters.

Fiscal year B.E. y runs from 1 October of B.E. y-1 to 30 September of B.E. y (B.E. = C.E. + 543). Its quarters begin on
1 October, 1 January, 1 April and 1 July.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from lakthan.core.dates import BE_OFFSET, format_date
from lakthan.core.errors import UserError

FIRST_YEAR = 2400
LAST_YEAR = 2700


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year by its B.E. number; raises `UserError` for a year of the Common Era or far from our time."""

    be: int

    def __post_init__(self) -> None:
        if FIRST_YEAR <= self.be <= LAST_YEAR:
            return
        if FIRST_YEAR <= self.be + BE_OFFSET <= LAST_YEAR:
            raise UserError(
                f"{self.be} น่าจะเป็นปี ค.ศ. ปีงบประมาณใช้ปี พ.ศ.: {self.be + BE_OFFSET}",
                f"{self.be} looks like a year of the Common Era; fiscal years are B.E.: {self.be + BE_OFFSET}",
            )
        raise UserError(
            f"{self.be} ไม่ใช่ปีงบประมาณ ให้ใช้ปี พ.ศ. สี่หลัก เช่น 2563",
            f"{self.be} is not a fiscal year; write four digits of a B.E. year, for example 2563",
        )

    @classmethod
    def of(cls, day: date) -> Self:
        """The fiscal year that a day lies in."""
        return cls(day.year + BE_OFFSET + (day.month >= 10))

    @property
    def first_day(self) -> date:
        """1 October of the calendar year before."""
        return date(self.be - BE_OFFSET - 1, 10, 1)

    @property
    def last_day(self) -> date:
        """30 September."""
        return date(self.be - BE_OFFSET, 9, 30)

    @property
    def quarters(self) -> tuple["Quarter", ...]:
        """The four quarters in order."""
        return tuple(Quarter(self, number) for number in range(1, 5))

    def quarter(self, number: int) -> "Quarter":
        """Quarter 1 to 4 of this year; raises `UserError` for any other number."""
        return Quarter(self, number)

    @property
    def label_th(self) -> str:
        """As on Thai papers: ปีงบประมาณ พ.ศ. 2563."""
        return f"ปีงบประมาณ พ.ศ. {self.be}"

    @property
    def label_en(self) -> str:
        """With its days in C.E.: fiscal year 2563 (1 October 2019 - 30 September 2020)."""
        return f"fiscal year {self.be} ({format_date(self.first_day, 'en')} - {format_date(self.last_day, 'en')})"

    def __add__(self, years: int) -> "FiscalYear":
        """The fiscal year so many years later, or earlier where `years` is negative."""
        return FiscalYear(self.be + years)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a fiscal year, 1 (October to December) to 4; raises `UserError` for any other number."""

    fiscal_year: FiscalYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise UserError(
                f"ไม่มีไตรมาสที่ {self.number} ใน{self.fiscal_year.label_th} ไตรมาสมีตั้งแต่ 1 ถึง 4",
                f"there is no quarter {self.number} in fiscal year {self.fiscal_year.be}; quarters are 1 to 4",
            )

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day lies in."""
        return cls(FiscalYear.of(day), (day.month + 2) // 3 % 4 + 1)

    @classmethod
    def from_key(cls, key: int) -> Self:
        """The quarter of a key such as 25633; raises `UserError` where there is none."""
        year, number = divmod(key, 10)
        return cls(FiscalYear(year), number)

    @property
    def key(self) -> int:
        """A number that sorts as time does: 25633 for quarter 3 of fiscal year 2563."""
        return self.fiscal_year.be * 10 + self.number

    @property
    def first_day(self) -> date:
        """The first of its first month."""
        year = self.fiscal_year.last_day.year - (self.number == 1)
        return date(year, (10, 1, 4, 7)[self.number - 1], 1)

    @property
    def last_day(self) -> date:
        """The last of its third month."""
        if self.number == 4:
            return self.fiscal_year.last_day
        return Quarter(self.fiscal_year, self.number + 1).first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter that follows, across the end of the year."""
        if self.number == 4:
            return Quarter(self.fiscal_year + 1, 1)
        return Quarter(self.fiscal_year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before, across the start of the year."""
        if self.number == 1:
            return Quarter(self.fiscal_year + -1, 4)
        return Quarter(self.fiscal_year, self.number - 1)

    @property
    def label_th(self) -> str:
        """As on Thai papers: ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563."""
        return f"ไตรมาสที่ {self.number} {self.fiscal_year.label_th}"

    @property
    def label_en(self) -> str:
        """In English: quarter 3 of fiscal year 2563."""
        return f"quarter {self.number} of fiscal year {self.fiscal_year.be}"
