"""The chart of the quarters as lines, bars and labels of one drawing, for the PDF, the page and the Word file.

Its labels are numbers alone: WeasyPrint sets Thai letters in drawings one upon another.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lakthan.printing.blocks import Bar, Chart

COLUMN, BAR = 90, 46
AXIS = 100
"""Height of the axis; values are hundredths of it."""
ABOVE, BELOW = 16, 17
"""Room for the value above a bar, and for the quarter below it."""
LABEL_SIZE = 11


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar, or nothing where `height` is 0."""

    x: int
    y: int
    width: int
    height: int
    standing: str


@dataclass(frozen=True, slots=True)
class DrawnTarget:
    """The target of one quarter, a line across its column."""

    x1: int
    x2: int
    y: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the middle of a column: a number."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the drawing shows; `description` says the same in words."""

    width: int
    height: int
    base: int
    bars: tuple[DrawnBar, ...]
    targets: tuple[DrawnTarget, ...]
    labels: tuple[Label, ...]
    description: str


def drawing(chart: Chart) -> Drawing:
    """The drawing of a chart."""
    base = ABOVE + AXIS
    return Drawing(
        width=COLUMN * len(chart.bars),
        height=base + BELOW,
        base=base,
        bars=tuple(_bar(bar, column) for column, bar in enumerate(chart.bars)),
        targets=tuple(_targets(chart)),
        labels=tuple(_labels(chart)),
        description=chart.description,
    )


def _bar(bar: Bar, column: int) -> DrawnBar:
    height = bar.value or 0
    return DrawnBar(column * COLUMN + (COLUMN - BAR) // 2, ABOVE + AXIS - height, BAR, height, bar.standing.value)


def _targets(chart: Chart) -> Iterator[DrawnTarget]:
    for column, bar in enumerate(chart.bars):
        if bar.target is not None:
            yield DrawnTarget(column * COLUMN, (column + 1) * COLUMN, ABOVE + AXIS - bar.target)


def _labels(chart: Chart) -> Iterator[Label]:
    """The value above each bar, and above the target where that runs just there; the quarter below."""
    for column, bar in enumerate(chart.bars):
        middle = column * COLUMN + COLUMN / 2
        if bar.value_label and bar.value is not None:
            yield Label(bar.value_label, middle, ABOVE + AXIS - _clear_of_target(bar.value, bar.target) - 4)
        yield Label(bar.label, middle, ABOVE + AXIS + BELOW - 4)


def _clear_of_target(value: int, target: int | None) -> int:
    """The height above which a label does not touch the line of the target."""
    return target if target is not None and value <= target < value + LABEL_SIZE + 4 else value
