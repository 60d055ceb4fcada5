"""The quarters of an indicator as a page shows them: what each says, and their chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.figure import NoValue

CHART_HEIGHT = 100
COLUMN_WIDTH = 100
BAR_WIDTH = 44
PERCENT_SCALE = 100


class Standing(StrEnum):
    """What can be said of a quarter. Never by colour alone: each has its words and its mark."""

    MET = "met"
    NOT_MET = "not-met"
    NO_TARGET = "no-target"
    NO_VALUE = "no-value"
    NOT_DUE = "not-due"
    SLOWED = "slowed"
    """Reported and short of its target, and by decision not said to be behind."""
    NOT_APPLICABLE = "not-applicable"
    CANCELLED = "cancelled"


WITHOUT_VALUE = {
    NoValue.NOT_DUE: Standing.NOT_DUE,
    NoValue.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
    NoValue.CANCELLED: Standing.CANCELLED,
}
"""What is said of a quarter for some reasons of having no value; for the others, that it has none."""
UNMEASURED = frozenset({Standing.NOT_DUE, Standing.NOT_APPLICABLE, Standing.CANCELLED})


@dataclass(frozen=True, slots=True)
class QuarterView:
    """One quarter on a page."""

    shown: QuarterFigure

    @property
    def number(self) -> int:
        """1 to 4."""
        return self.shown.quarter.number

    @property
    def value(self) -> Decimal | None:
        """The value for display; None where there is none."""
        return self.shown.figure.value

    @property
    def standing(self) -> Standing:
        """What can be said of the quarter."""
        if self.value is None:
            reason = self.shown.figure.reason
            return Standing.NO_VALUE if reason is None else WITHOUT_VALUE.get(reason, Standing.NO_VALUE)
        if self.shown.target is None:
            return Standing.NO_TARGET
        if self.shown.met is None:
            return Standing.SLOWED
        return Standing.MET if self.shown.met else Standing.NOT_MET

    @property
    def is_measured(self) -> bool:
        """Whether somebody stands behind the quarter: it has begun, and it is measured."""
        return self.standing not in UNMEASURED


def quarter_views(quarters: Sequence[QuarterFigure]) -> tuple[QuarterView, ...]:
    """The quarters as a page shows them."""
    return tuple(map(QuarterView, quarters))


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter's bar in the chart; heights count up from the base line, in hundredths of the axis."""

    quarter: QuarterView
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TargetLine:
    """The target of one quarter, a line across its column."""

    x1: int
    x2: int
    y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The quarters against their targets. It is stretched to the width of its place, so it holds no text."""

    bars: tuple[Bar, ...]
    targets: tuple[TargetLine, ...]
    width: int
    height: int = CHART_HEIGHT


def quarter_chart(quarters: Sequence[QuarterView]) -> Chart:
    """The chart of some quarters; the axis begins at zero and holds every value and target."""
    top = _axis_top(quarters)
    bars = tuple(_bar(quarter, column, top) for column, quarter in enumerate(quarters))
    targets = tuple(
        TargetLine(
            column * COLUMN_WIDTH, (column + 1) * COLUMN_WIDTH, CHART_HEIGHT - _height(quarter.shown.target, top)
        )
        for column, quarter in enumerate(quarters)
        if quarter.shown.target is not None
    )
    return Chart(bars, targets, COLUMN_WIDTH * len(quarters))


def _axis_top(quarters: Sequence[QuarterView]) -> Fraction:
    """100 for percentages within it; else a twelfth above the largest number."""
    numbers = [quarter.value for quarter in quarters] + [quarter.shown.target for quarter in quarters]
    largest = max((Fraction(number) for number in numbers if number is not None), default=Fraction(0))
    if largest <= PERCENT_SCALE and any(quarter.shown.figure.scale == PERCENT_SCALE for quarter in quarters):
        return Fraction(PERCENT_SCALE)
    return largest * Fraction(13, 12) or Fraction(1)


def _bar(quarter: QuarterView, column: int, top: Fraction) -> Bar:
    height = _height(quarter.value, top)
    x = column * COLUMN_WIDTH + (COLUMN_WIDTH - BAR_WIDTH) // 2
    return Bar(quarter, x, CHART_HEIGHT - height, BAR_WIDTH, height)


def _height(number: Decimal | None, top: Fraction) -> int:
    """Of the axis, to a whole unit; something above zero is never drawn as nothing."""
    if number is None or number <= 0:
        return 0
    return max(1, round(Fraction(number) / top * CHART_HEIGHT))
