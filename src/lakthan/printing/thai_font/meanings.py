"""What each glyph says: the text a reader of the PDF must get for it."""

from collections.abc import Iterator, Mapping

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

LATIN_LIGATURES = {"fi": "fi", "fl": "fl"}
"""Two letters drawn as one glyph; the character map would read them as the rare single characters."""


def glyph_meanings(font: TTFont, known: Mapping[str, str]) -> dict[int, str]:
    """Text by glyph id: the character map, then `known` by glyph name, then what substitution makes of these.

    A glyph that replaces another (a narrow tone, a letter without its foot) means what that one means; a ligature
    means its parts in order. Glyphs which nothing leads to are left out.
    """
    meanings = {glyph: chr(code_point) for code_point, glyph in sorted(font.getBestCmap().items(), reverse=True)}
    meanings.update(LATIN_LIGATURES | dict(known))
    replacements = list(_replacements(font))
    found = -1
    while found != len(meanings):
        found = len(meanings)
        for parts, result in replacements:
            if result not in meanings and all(part in meanings for part in parts):
                meanings[result] = "".join(meanings[part] for part in parts)
    return {font.getGlyphID(glyph): text for glyph, text in meanings.items()}


def _replacements(font: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    """(glyphs, the glyph that stands for them) of all plain substitutions and ligatures of the font."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if lookup.LookupType == otTables.SingleSubst.LookupType:
                yield from (((glyph,), result) for glyph, result in table.mapping.items())
            elif lookup.LookupType == otTables.LigatureSubst.LookupType:
                for first, ligatures in table.ligatures.items():
                    yield from (((first, *ligature.Component), ligature.LigGlyph) for ligature in ligatures)
