"""Where a year's target will be reached at the present pace: a rule of one line, and what it supposes.

The value at the year's end is the latest value and, for each quarter that is left, as much again as the quarters
between the first and the latest known value brought on average. With one known value the way from zero to it counts. A
percentage ends at 100, and nothing falls below 0. Where less is better, or a value is to be met exactly, no growth is
supposed: the latest value stays. Targets agreed for single quarters go before all of this: who meets the quarter's is
on the agreed way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lakthan.core.figure import NoValue, Operator
from lakthan.rules.decisions import Duty

QUARTERS = 4
PERCENT = 100


class Outlook(StrEnum):
    """What can be said of a target of the year. No two of them are the same, and none of them is a zero."""

    MET = "met"
    ON_PACE = "on-pace"
    """Not met yet; it will be at the present pace."""
    BEHIND = "behind"
    """It will be missed at the present pace, or was missed where the year is over."""
    NO_DATA = "no-data"
    """No value, or no target to hold it against."""
    SLOWED = "slowed"
    NOT_APPLICABLE = "not-applicable"
    CANCELLED = "cancelled"


class Ground(StrEnum):
    """What an outlook rests on."""

    LATEST = "latest"
    """The latest value alone: it has met the target, the year is over, or no growth is supposed."""
    QUARTER_TARGET = "quarter-target"
    """The target that was agreed for the quarter."""
    PACE = "pace"
    """What the quarters brought on average between the first and the latest known value."""
    FROM_ZERO = "from-zero"
    """The way from zero to the one known value."""


@dataclass(frozen=True, slots=True)
class Known:
    """A quarter as the rule sees it: its exact value, None where there is none, and its target."""

    number: int
    value: Fraction | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Projection:
    """The outlook of a year's target; `expected` is the value at the year's end, None where none can be told."""

    outlook: Outlook
    ground: Ground | None = None
    expected: Fraction | None = None
    per_quarter: Fraction | None = None
    """What a quarter is supposed to bring."""
    latest: Known | None = None


def project(
    quarters: Sequence[Known],
    *,
    of_year: Decimal | None,
    operator: Operator,
    scale: int,
    duty: Duty = Duty.FULL,
    reason: NoValue | None = None,
) -> Projection:
    """The outlook from the quarters known so far, the latest of which is the one looked from.

    `of_year` is the target of the year, `duty` and `reason` are those of the latest quarter.
    """
    if duty in (Duty.NOT_APPLICABLE, Duty.CANCELLED):
        return Projection(Outlook(duty.value))
    latest = quarters[-1] if quarters else None
    if latest is None or latest.value is None or of_year is None or reason is not None:
        return Projection(Outlook.NO_DATA, latest=latest)
    if _reaches(latest.value, of_year, operator):
        return Projection(Outlook.MET, Ground.LATEST, latest.value, latest=latest)
    ground, expected, step = _expected(quarters, latest.value, operator, scale)
    outlook = Outlook.ON_PACE if _reaches(expected, of_year, operator) else Outlook.BEHIND
    if latest.number < QUARTERS and latest.target is not None and latest.target != of_year:
        ground = Ground.QUARTER_TARGET
        outlook = Outlook.ON_PACE if _reaches(latest.value, latest.target, operator) else Outlook.BEHIND
    if duty is Duty.SLOWED:
        outlook = Outlook.SLOWED
    return Projection(outlook, ground, expected, step, latest)


def _expected(
    quarters: Sequence[Known], latest: Fraction, operator: Operator, scale: int
) -> tuple[Ground, Fraction, Fraction | None]:
    """On what the value at the year's end rests, the value, and what a quarter brings."""
    last = quarters[-1].number
    if last == QUARTERS or operator is not Operator.AT_LEAST:
        return Ground.LATEST, latest, None
    known = [(quarter.number, quarter.value) for quarter in quarters if quarter.value is not None]
    first, began = known[0]
    if first == last:
        ground, step = Ground.FROM_ZERO, latest / last
    else:
        ground, step = Ground.PACE, (latest - began) / (last - first)
    expected = max(latest + step * (QUARTERS - last), Fraction(0))
    if scale == PERCENT:
        expected = min(expected, Fraction(PERCENT)) if latest <= PERCENT else expected
    return ground, expected, step


def _reaches(value: Fraction, target: Decimal, operator: Operator) -> bool:
    match operator:
        case Operator.AT_LEAST:
            return value >= Fraction(target)
        case Operator.AT_MOST:
            return value <= Fraction(target)
        case Operator.EQUAL:
            return value == Fraction(target)
