"""Null, zero, not due, not reported: different words, in two series that never share a column."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lakthan.core.figure import NoValue
from lakthan.printing.blocks import Chart, Standing, Table
from lakthan.printing.paper import ComputedFigure, QuarterPart
from lakthan.printing.quarter_numbers import quarter_numbers
from tests.printing.samples import computed, money_figure, not_due, year_paper


def table_of(*parts: QuarterPart) -> Table:
    return next(block for block in quarter_numbers(replace(year_paper(), quarters=parts)) if isinstance(block, Table))


def chart_of(*parts: QuarterPart) -> Chart:
    return next(block for block in quarter_numbers(replace(year_paper(), quarters=parts)) if isinstance(block, Chart))


def cells(part: QuarterPart) -> list[str]:
    return [cell.text for cell in table_of(part).groups[0].rows[0]]


def test_progress_and_measured_value_are_two_columns() -> None:
    part = QuarterPart(3, "ก", computed(3, 40, "80.00", met=True), progress=70)
    assert cells(part) == ["3", "70", "40", "50", "80.00", "80.00", "บรรลุ"]


def test_zero_is_a_number() -> None:
    part = QuarterPart(1, "ก", computed(1, 0, "0.00", met=False), progress=0)
    assert cells(part) == ["1", "0", "0", "50", "0.00", "80.00", "ยังไม่บรรลุ"]


def test_a_quarter_that_has_not_begun_says_so_in_every_place() -> None:
    part = QuarterPart(4, "", not_due(4), reported=False)
    assert cells(part) == ["4", "ยังไม่ถึงกำหนด", "ยังไม่ถึงกำหนด", "80.00", "ตัดสินไม่ได้"]


def test_not_reported_is_not_the_same_as_reported_without_progress() -> None:
    figure = computed(2, 33, "66.00", met=False)
    assert cells(QuarterPart(2, "", figure, reported=False))[1] == "ยังไม่รายงาน"
    assert cells(QuarterPart(2, "ก", figure))[1] == "ไม่ได้ระบุ"


def test_the_reason_for_no_value_stands_over_numerator_denominator_and_value() -> None:
    figure = ComputedFigure(None, None, None, date(2020, 6, 30), reason=NoValue.NOT_REPORTED)
    row = table_of(QuarterPart(3, "ก", figure, progress=5)).groups[0].rows[0]
    assert [(cell.text, cell.span) for cell in row][2] == ("ไม่มีข้อมูล", 3)
    assert sum(cell.span for cell in row) == len(table_of(QuarterPart(3, "ก", figure)).columns)


def test_a_zero_denominator_is_shown_and_has_no_value() -> None:
    figure = ComputedFigure(0, 0, None, date(2020, 6, 30), reason=NoValue.EMPTY_POPULATION)
    assert cells(QuarterPart(3, "ก", figure))[2:5] == ["0", "0", "ไม่มีหน่วยนับที่เข้าเกณฑ์"]


def test_a_count_has_no_denominator_and_an_amount_is_to_the_satang() -> None:
    count = ComputedFigure(343, None, Decimal(343), date(2020, 9, 30), target=None)
    assert cells(QuarterPart(4, "ก", count))[2:] == ["343", "ไม่มีตัวหาร", "343", "ไม่ได้กำหนด", "ตัดสินไม่ได้"]
    assert cells(QuarterPart(3, "ก", money_figure()))[2:5] == ["583,203.00", "3,267,440.00", "17.85"]


def test_words_in_place_of_numbers_are_known_as_words() -> None:
    row = table_of(QuarterPart(4, "", not_due(4), reported=False)).groups[0].rows[0]
    assert [cell.words for cell in row] == [False, True, True, False, True]


def test_the_chart_says_in_words_what_it_shows() -> None:
    chart = chart_of(QuarterPart(3, "ก", computed(3, 40, "80.00", met=True)), QuarterPart(4, "", not_due(4)))
    assert chart.description == (
        "แผนภูมิแท่งของค่าที่วัดได้เทียบกับเป้าหมาย: ไตรมาสที่ 3 80.00 เป้าหมาย 80.00; ไตรมาสที่ 4 ไม่มีข้อมูล เป้าหมาย 80.00"
    )


def test_percentages_stand_on_an_axis_of_a_hundred() -> None:
    chart = chart_of(
        QuarterPart(1, "ก", computed(1, 0, "0.00", met=False)), QuarterPart(4, "ก", computed(4, 43, "86.00", met=True))
    )
    assert [(bar.value, bar.target, bar.standing) for bar in chart.bars] == [
        (0, 80, Standing.NOT_MET),
        (86, 80, Standing.MET),
    ]


def test_something_above_zero_is_never_drawn_as_nothing() -> None:
    tiny = ComputedFigure(1, 100_000, Decimal("0.00"), date(2020, 9, 30), scale=100)
    small = replace(tiny, value=Decimal("0.01"))
    assert [bar.value for bar in chart_of(QuarterPart(1, "", tiny), QuarterPart(2, "", small)).bars] == [0, 1]


def test_other_numbers_stand_below_the_top_of_the_axis() -> None:
    many = ComputedFigure(1200, None, Decimal(1200), date(2020, 9, 30))
    few = ComputedFigure(600, None, Decimal(600), date(2020, 9, 30))
    chart = chart_of(QuarterPart(1, "", few), QuarterPart(2, "", many))
    assert [(bar.value, bar.target) for bar in chart.bars] == [(46, None), (92, None)]
    assert chart.bars[0].standing is Standing.NO_TARGET


def test_quarters_without_figures_have_neither_table_nor_chart() -> None:
    assert list(quarter_numbers(replace(year_paper(), quarters=(QuarterPart(1, "ก"),)))) == []
