"""Where GPOS puts marks: read as distances, and moved without a visible change.

All distances are in thousandths of the type size, along the line. A mark has no width, so its origin is compared with
the pen: the place where the next letter begins.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables


def mark_base_tables(font: TTFont) -> Iterator[Any]:
    """The tables that attach marks to letters."""
    return _subtables(font, otTables.MarkBasePos.LookupType)


def mark_mark_tables(font: TTFont) -> Iterator[Any]:
    """The tables that attach marks to marks."""
    return _subtables(font, otTables.MarkMarkPos.LookupType)


def origins_on_letters(font: TTFont) -> dict[str, dict[str, int]]:
    """Origin of each mark relative to the pen, by mark and letter: 0 is the pen, -10 a little left of it."""
    widths = font["hmtx"].metrics
    origins: dict[str, dict[str, int]] = defaultdict(dict)
    for table in mark_base_tables(font):
        letters = list(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True))
        for mark, record in zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True):
            for letter, places in letters:
                place = places.BaseAnchor[record.Class]
                if place is not None:
                    origins[mark][letter] = place.XCoordinate - record.MarkAnchor.XCoordinate - widths[letter][0]
    return dict(origins)


def origin_on_mark(font: TTFont, lower: str, upper: str) -> int:
    """Origin of the mark `upper` relative to that of the mark `lower` it stands on; KeyError where it cannot."""
    for table in mark_mark_tables(font):
        if lower in table.Mark2Coverage.glyphs and upper in table.Mark1Coverage.glyphs:
            record = table.Mark1Array.MarkRecord[table.Mark1Coverage.glyphs.index(upper)]
            place = table.Mark2Array.Mark2Record[table.Mark2Coverage.glyphs.index(lower)].Mark2Anchor[record.Class]
            if place is not None:
                return int(place.XCoordinate - record.MarkAnchor.XCoordinate)
    raise KeyError((lower, upper))


def move_origins(font: TTFont, shifts: Mapping[str, int]) -> None:
    """Move the origins of marks to the left by `shifts`, outlines and anchors to the right by as much."""
    for glyph in font.getGlyphOrder():
        _shift_outline(font["glyf"][glyph], shifts.get(glyph, 0), shifts)
    _renew_left_sides(font)
    anchors = {id(anchor): (anchor, glyph) for anchor, glyph in _anchors_of_marks(font) if glyph in shifts}
    for anchor, glyph in anchors.values():
        anchor.XCoordinate += shifts[glyph]


def _shift_outline(outline: Any, shift: int, shifts: Mapping[str, int]) -> None:
    """Move one outline; a part of a composite brings its own shift with it, which is taken off again."""
    if outline.isComposite():
        for part in outline.components:
            part.x += shift - shifts.get(part.glyphName, 0)
    elif outline.numberOfContours > 0:
        outline.coordinates.translate((shift, 0))


def _renew_left_sides(font: TTFont) -> None:
    """Left side bearings must equal the outlines' left edges, or a rasteriser moves the outlines back."""
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for glyph in font.getGlyphOrder():
        outlines[glyph].recalcBounds(outlines)
        metrics[glyph] = (metrics[glyph][0], getattr(outlines[glyph], "xMin", 0))


def _anchors_of_marks(font: TTFont) -> Iterator[tuple[Any, str]]:
    """Every anchor that belongs to a mark, with the glyph of the mark. An anchor may come more than once."""
    for table in mark_base_tables(font):
        for glyph, record in zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True):
            yield record.MarkAnchor, glyph
    for table in mark_mark_tables(font):
        for glyph, record in zip(table.Mark1Coverage.glyphs, table.Mark1Array.MarkRecord, strict=True):
            yield record.MarkAnchor, glyph
        for glyph, record in zip(table.Mark2Coverage.glyphs, table.Mark2Array.Mark2Record, strict=True):
            yield from ((anchor, glyph) for anchor in record.Mark2Anchor if anchor is not None)


def _subtables(font: TTFont, lookup_type: int) -> Iterator[Any]:
    for lookup in font["GPOS"].table.LookupList.Lookup:
        if lookup.LookupType == lookup_type:
            yield from lookup.SubTable
