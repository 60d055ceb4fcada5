"""Adding glyphs to an open font, in all the tables that must know of them."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from lakthan.printing.thai_font.attachments import mark_base_tables, mark_mark_tables

BASE_GLYPH, MARK_GLYPH = 1, 3
"""GDEF glyph classes."""


def add_glyph(font: TTFont, name: str, outline: Any, width: int, glyph_class: int = BASE_GLYPH) -> None:
    """Append a glyph; `width` in thousandths of the type size. Its id is the highest of the font.

    The left side bearing is left at 0 for `mark_origins`, which sets those of all glyphs at the end.
    """
    font["glyf"][name] = outline
    font.setGlyphOrder(list(font["glyf"].glyphOrder))
    font["hmtx"].metrics[name] = (width, 0)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = glyph_class


def add_composite(font: TTFont, name: str, parts: Iterable[str]) -> None:
    """Append a base glyph drawn by reference to others, set side by side."""
    widths = font["hmtx"].metrics
    pen = TTGlyphPen(font.getGlyphSet())
    width = 0
    for part in parts:
        pen.addComponent(part, (1, 0, 0, 1, width, 0))
        width += widths[part][0]
    add_glyph(font, name, pen.glyph(), width)


def add_mark_twin(font: TTFont, original: str, twin: str) -> None:
    """Append a second glyph of a mark without width: same outline, attached in the same ways at the same anchors."""
    add_glyph(font, twin, deepcopy(font["glyf"][original]), 0, MARK_GLYPH)
    attach_classes = font["GDEF"].table.MarkAttachClassDef.classDefs
    if original in attach_classes:
        attach_classes[twin] = attach_classes[original]
    for table in mark_base_tables(font):
        _repeat_record(table.MarkCoverage, table.MarkArray.MarkRecord, original, twin)
    for table in mark_mark_tables(font):
        _repeat_record(table.Mark1Coverage, table.Mark1Array.MarkRecord, original, twin)
        _repeat_record(table.Mark2Coverage, table.Mark2Array.Mark2Record, original, twin)


def _repeat_record(coverage: Any, records: list[Any], original: str, twin: str) -> None:
    # New glyphs have the highest ids, so appending keeps a coverage in the order of glyph ids.
    if original in coverage.glyphs:
        records.append(deepcopy(records[coverage.glyphs.index(original)]))
        coverage.glyphs.append(twin)
