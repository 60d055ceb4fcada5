"""The two boxes of the form, ☐ and ☑, drawn into the font so that they are text and not pictures."""

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from lakthan.printing.thai_font.glyphs import add_glyph

Point = tuple[int, int]

EMPTY_BOX, TICKED_BOX = 0x2610, 0x2611
WIDTH, LEFT, RIGHT, BOTTOM, TOP = 800, 70, 730, -40, 620
"""Advance and edges of the box, in thousandths of the type size."""


def add_tick_boxes(font: TTFont, stroke: int) -> None:
    """Add ☐ and ☑ with lines `stroke` units thick."""
    _add(font, EMPTY_BOX, _frame(stroke))
    _add(font, TICKED_BOX, [*_frame(stroke), _tick(stroke)])


def _frame(stroke: int) -> list[list[Point]]:
    """A square with a smaller one cut out: the inner path runs the other way round."""
    outer = [(LEFT, BOTTOM), (LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM)]
    left, right, bottom, top = LEFT + stroke, RIGHT - stroke, BOTTOM + stroke, TOP - stroke
    return [outer, [(left, bottom), (right, bottom), (right, top), (left, top)]]


def _tick(stroke: int) -> list[Point]:
    """A check mark inside the frame, a little thicker than it."""
    thick = round(stroke * 1.9)
    return [(195, 290), (195, 290 + thick), (345, 140 + thick), (605, 440 + thick), (605, 440), (345, 140)]


def _add(font: TTFont, code_point: int, contours: list[list[Point]]) -> None:
    name = f"uni{code_point:04X}"
    pen = TTGlyphPen(None)
    for contour in contours:
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    add_glyph(font, name, pen.glyph(), WIDTH)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code_point] = name
