"""What a page says of a quarter, and the chart of the quarters."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.figure import Figure, NoValue, Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.web.quarters import CHART_HEIGHT, QuarterView, Standing, quarter_chart, quarter_views

YEAR = FiscalYear(2563)


def _shown(figure: Figure, target: Decimal | None = None, number: int = 1) -> QuarterFigure:
    return QuarterFigure(YEAR.quarter(number), date(2020, 9, 30), figure, target, Operator.AT_LEAST)


def _percent(part: int, number: int = 1, target: Decimal | None = None) -> QuarterFigure:
    return _shown(Figure(part, 50, 100), target, number)


@pytest.mark.parametrize(
    ("figure", "target", "standing"),
    [
        (Figure(43, 50, 100), Decimal(80), Standing.MET),
        (Figure(39, 50, 100), Decimal(80), Standing.NOT_MET),
        (Figure(0, 50, 100), Decimal(80), Standing.NOT_MET),
        (Figure(43, 50, 100), None, Standing.NO_TARGET),
        (Figure(0, 0, 100, reason=NoValue.EMPTY_POPULATION), Decimal(80), Standing.NO_VALUE),
        (Figure(None, None, reason=NoValue.NOT_DUE), Decimal(80), Standing.NOT_DUE),
    ],
)
def test_a_quarter_has_one_standing(figure: Figure, target: Decimal | None, standing: Standing) -> None:
    assert QuarterView(_shown(figure, target)).standing is standing


def test_percentages_are_drawn_on_a_hundred() -> None:
    chart = quarter_chart(quarter_views([_percent(10, 1, Decimal(80)), _percent(43, 2, Decimal(80))]))
    assert [bar.height for bar in chart.bars] == [20, 86]
    assert [line.y for line in chart.targets] == [20, 20]
    assert (chart.width, chart.height) == (200, 100)


def test_a_quarter_without_a_value_or_a_target_leaves_its_column_empty() -> None:
    missing = _shown(Figure(None, None, reason=NoValue.NOT_REPORTED), None, 2)
    chart = quarter_chart(quarter_views([_percent(10, 1, Decimal(80)), missing]))
    assert chart.bars[1].height == 0
    assert len(chart.targets) == 1


def test_a_chart_without_any_number_can_be_drawn() -> None:
    nothing = _shown(Figure(None, None, reason=NoValue.NOT_REPORTED))
    assert quarter_chart(quarter_views([nothing] * 4)).bars[0].height == 0


amounts = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=4))
def test_every_bar_and_target_lies_within_the_chart(pairs: list[tuple[Decimal | None, Decimal | None]]) -> None:
    shown = [
        _shown(Figure(value, None, reason=None if value is not None else NoValue.NOT_REPORTED), target)
        for value, target in pairs
    ]
    chart = quarter_chart(quarter_views(shown))
    for bar, (value, _) in zip(chart.bars, pairs, strict=True):
        assert bar.y + bar.height == CHART_HEIGHT
        assert bar.y >= 0
        assert (bar.height > 0) == bool(value)
    assert all(0 <= line.y <= CHART_HEIGHT for line in chart.targets)


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_greater_figure_never_has_the_lower_bar(one: int, other: int) -> None:
    chart = quarter_chart(quarter_views([_percent(min(one, other), 1), _percent(max(one, other), 2)]))
    assert chart.bars[0].height <= chart.bars[1].height
