"""How a community stands to its plan on a day: the one rule of who has to review its plan, and who to make one.

The year is the B.E. year of the calendar, from 1 January, and not the fiscal year: the reference report counts 1,182
communities that made a plan "in the year 2562" (ปี พ.ศ. 2562), and as of January 2563 says of the same 1,182 that they
review it and of all others that they make one; where it means the fiscal year, it writes ปีงบประมาณ. So a plan has to be
reviewed in each calendar year after that of its adoption, from 1 January on, for as long as it is valid.
"""

from datetime import date
from enum import StrEnum


class PlanStanding(StrEnum):
    """How a community stands to its plan on a day."""

    TO_MAKE = "to-make"
    """It never made one."""
    EXPIRED = "expired"
    """The last day of its last plan has passed."""
    TO_REVIEW = "to-review"
    """Its last plan is valid, and was adopted in an earlier calendar year."""
    CURRENT = "current"
    """Its last plan is valid, and was adopted in this calendar year."""


def plan_standing(adopted_on: date | None, valid_until: date | None, today: date) -> PlanStanding:
    """How a community stands whose last plan was adopted and is valid so; both None where it has none."""
    if adopted_on is None or valid_until is None:
        return PlanStanding.TO_MAKE
    if valid_until < today:
        return PlanStanding.EXPIRED
    return PlanStanding.TO_REVIEW if adopted_on.year < today.year else PlanStanding.CURRENT


def as_long_again(adopted_on: date, valid_until: date, today: date) -> date:
    """The last day of a review made today that is valid to the same day, as many years on as the plan was."""
    year = today.year + valid_until.year - adopted_on.year
    is_leap_day = (valid_until.month, valid_until.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else valid_until.replace(year=year)
