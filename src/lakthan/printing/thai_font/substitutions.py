"""Adding substitution rules for Thai to an open font, after the font's own."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fontTools.otlLib.builder import (
    buildCoverage,
    buildLigatureSubstSubtable,
    buildLookup,
    buildSingleSubstSubtable,
)
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables


def add_ligatures(font: TTFont, ligatures: Mapping[tuple[str, ...], str]) -> int:
    """Append a lookup: glyphs in a row become one. Returns its index."""
    return _append_lookup(font, [buildLigatureSubstSubtable(dict(ligatures))])


def add_replacements(font: TTFont, replacements: Mapping[str, str]) -> int:
    """Append a lookup: one glyph becomes another. Returns its index."""
    return _append_lookup(font, [buildSingleSubstSubtable(dict(replacements))])


def add_context_rules(font: TTFont, rules: Iterable[Any]) -> int:
    """Append a lookup made of `context_rule`s, of which the first that fits is used. Returns its index."""
    return _append_lookup(font, list(rules))


def context_rule(
    font: TTFont,
    *,
    after: Sequence[Iterable[str]] = (),
    glyphs: Sequence[Iterable[str]],
    lookups: Sequence[int],
) -> Any:
    """Where glyphs of `glyphs` stand in a row, behind glyphs of `after`: lookup n acts on the n-th of them."""
    glyph_ids = font.getReverseGlyphMap()
    rule = otTables.ChainContextSubst()
    rule.Format = 3
    rule.BacktrackCoverage = [buildCoverage(choice, glyph_ids) for choice in reversed(after)]
    rule.InputCoverage = [buildCoverage(choice, glyph_ids) for choice in glyphs]
    rule.LookAheadCoverage = []
    rule.SubstLookupRecord = []
    for position, lookup in enumerate(lookups):
        record = otTables.SubstLookupRecord()
        record.SequenceIndex, record.LookupListIndex = position, lookup
        rule.SubstLookupRecord.append(record)
    return rule


def apply_to_thai(font: TTFont, lookups: Iterable[int]) -> None:
    """Run lookups as part of the `ccmp` feature of Thai."""
    gsub = font["GSUB"].table
    thai = next(record.Script for record in gsub.ScriptList.ScriptRecord if record.ScriptTag == "thai")
    features = [gsub.FeatureList.FeatureRecord[index] for index in thai.DefaultLangSys.FeatureIndex]
    ccmp = next(record.Feature for record in features if record.FeatureTag == "ccmp")
    ccmp.LookupListIndex.extend(lookups)
    ccmp.LookupCount = len(ccmp.LookupListIndex)


def _append_lookup(font: TTFont, subtables: list[Any]) -> int:
    lookups = font["GSUB"].table.LookupList
    lookups.Lookup.append(buildLookup(subtables))
    lookups.LookupCount = len(lookups.Lookup)
    return int(lookups.LookupCount) - 1
