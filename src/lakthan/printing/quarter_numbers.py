"""The numbers of the quarters: their table, and their chart against the target."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from lakthan.printing import form
from lakthan.printing.blocks import Bar, Block, Cell, Chart, Column, Row, RowGroup, Standing, Table
from lakthan.printing.paper import ComputedFigure, Paper, QuarterPart

CAPTION = "ตัวเลขรายไตรมาส (ความก้าวหน้าตามที่รายงาน ค่าที่วัดได้คำนวณจากระเบียน)"
COLUMNS = (
    Column("ไตรมาส", 9),
    Column("ความก้าวหน้าของงาน (ร้อยละ)", 19, numeric=True),
    Column("ตัวตั้ง", 17, numeric=True),
    Column("ตัวหาร", 17, numeric=True),
    Column("ค่าที่วัดได้", 13, numeric=True),
    Column("เป้าหมาย", 13, numeric=True),
    Column("ผล", 12),
)
PERCENT = 100
AXIS = 100
"""Heights of the chart are in hundredths of its axis."""


def quarter_numbers(paper: Paper) -> Iterator[Block]:
    """The table and the chart of the quarters that have a figure; nothing where none has."""
    parts = [(part, part.figure) for part in paper.quarters if part.figure is not None]
    if not parts:
        return
    rows = tuple(_row(paper, part, figure) for part, figure in parts)
    yield Table("quarter-numbers", COLUMNS, (RowGroup("", rows),), CAPTION)
    if any(figure.value is not None for _, figure in parts):
        yield _chart(paper, parts)


def _row(paper: Paper, part: QuarterPart, figure: ComputedFigure) -> Row:
    progress = Cell(form.say(paper, form.progress_words(part)), words=part.progress is None)
    target = Cell(form.NO_TARGET, words=True) if figure.target is None else _number(paper, form.shown(figure.target))
    met = Cell(form.MET_WORDS[figure.met], words=True)
    return (Cell(form.say(paper, str(part.number))), progress, *_measured(paper, figure), target, met)


def _measured(paper: Paper, figure: ComputedFigure) -> Iterator[Cell]:
    """Numerator, denominator and value; or the reason why there are none, in one cell over all three."""
    if figure.numerator is None:
        reason = form.REASON_WORDS[figure.reason] if figure.reason else form.NOTHING_REPORTED
        yield Cell(reason, span=3, words=True)
        return
    yield _number(paper, form.number(figure.numerator))
    if figure.denominator is None:
        yield Cell(form.NO_DENOMINATOR, words=True)
    else:
        yield _number(paper, form.number(figure.denominator))
    if figure.value is None:
        yield Cell(form.REASON_WORDS[figure.reason] if figure.reason else form.NOTHING_REPORTED, words=True)
    else:
        yield _number(paper, form.shown(figure.value))


def _number(paper: Paper, text: str) -> Cell:
    return Cell(form.say(paper, text))


def _chart(paper: Paper, parts: Sequence[tuple[QuarterPart, ComputedFigure]]) -> Chart:
    top = _axis_top([figure for _, figure in parts])
    bars = tuple(
        Bar(
            label=form.say(paper, str(part.number)),
            value_label="" if figure.value is None else form.say(paper, form.shown(figure.value)),
            value=_height(figure.value, top),
            target=_height(figure.target, top),
            standing=_standing(figure),
        )
        for part, figure in parts
    )
    return Chart(bars, form.say(paper, _description(parts)))


def _description(parts: Sequence[tuple[QuarterPart, ComputedFigure]]) -> str:
    """แผนภูมิแท่ง: ไตรมาสที่ 1 48.00 เป้าหมาย 80.00; ..."""
    told = []
    for part, figure in parts:
        value = form.NOTHING_REPORTED if figure.value is None else form.shown(figure.value)
        target = "" if figure.target is None else f" เป้าหมาย {form.shown(figure.target)}"
        told.append(f"ไตรมาสที่ {part.number} {value}{target}")
    return f"แผนภูมิแท่งของค่าที่วัดได้เทียบกับเป้าหมาย: {'; '.join(told)}"


def _axis_top(figures: Sequence[ComputedFigure]) -> Fraction:
    """100 for percentages within it; else a twelfth above the largest number."""
    numbers = [number for figure in figures for number in (figure.value, figure.target) if number is not None]
    largest = max((Fraction(number) for number in numbers), default=Fraction(0))
    if largest <= PERCENT and any(figure.scale == PERCENT for figure in figures):
        return Fraction(PERCENT)
    return largest * Fraction(13, 12) or Fraction(1)


def _height(number: Decimal | None, top: Fraction) -> int | None:
    """Of the axis, to a whole hundredth; something above zero is never drawn as nothing."""
    if number is None:
        return None
    return 0 if number <= 0 else max(1, round(Fraction(number) / top * AXIS))


def _standing(figure: ComputedFigure) -> Standing:
    if figure.met is None:
        return Standing.NO_TARGET
    return Standing.MET if figure.met else Standing.NOT_MET
