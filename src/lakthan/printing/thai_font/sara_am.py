"""SARA AM (ำ) as glyphs that each stand for one character.

Shaping engines take ำ apart: นำ becomes น + nikhahit + sara aa, and น้ำ becomes น + nikhahit + tone + sara aa, of which
Sarabun joins nikhahit and tone into one glyph. A PDF made from those glyphs says "นํา" to whoever extracts its text.
Three rules give every glyph one meaning again:

1. nikhahit + sara aa        -> the glyph of ำ
2. (nikhahit with tone)      -> a twin that means the tone alone,   where sara aa follows
3. sara aa                   -> a twin that means ำ,                after such a nikhahit with tone

What the reader sees does not change: the twins have the same outlines and anchors.
"""

from collections.abc import Mapping

from fontTools.ttLib import TTFont

from lakthan.printing.thai_font.glyphs import add_composite, add_mark_twin
from lakthan.printing.thai_font.substitutions import (
    add_context_rules,
    add_ligatures,
    add_replacements,
    apply_to_thai,
    context_rule,
)

NIKHAHIT, SARA_AA, SARA_AM = "uni0E4D", "uni0E32", "uni0E33"
NIKHAHIT_NARROW, SARA_AM_NARROW = "uni0E4D.narrow", "uni0E33.narrow"
SARA_AA_MEANING_AM = "uni0E32.am"
NIKHAHIT_TONES = {
    f"{NIKHAHIT}{ord(tone):04X}{form}": tone for tone in "\u0e48\u0e49\u0e4a\u0e4b" for form in ("", ".narrow")
}
"""Sarabun's glyphs of nikhahit with a tone, and the tone each holds."""

MEANINGS: Mapping[str, str] = {
    SARA_AM_NARROW: "\u0e33",
    SARA_AA_MEANING_AM: "\u0e33",
    **{glyph: "\u0e4d" + tone for glyph, tone in NIKHAHIT_TONES.items()},
    **{f"{glyph}.am": tone for glyph, tone in NIKHAHIT_TONES.items()},
}
"""Text of the glyphs whose meaning does not follow from the font's own tables."""


def join_sara_am(font: TTFont) -> None:
    """Add the glyphs and the rules named above to an open Sarabun face."""
    add_composite(font, SARA_AM_NARROW, (NIKHAHIT_NARROW, SARA_AA))
    add_composite(font, SARA_AA_MEANING_AM, (SARA_AA,))
    for glyph in NIKHAHIT_TONES:
        add_mark_twin(font, glyph, f"{glyph}.am")
    one_glyph = add_ligatures(font, {(NIKHAHIT, SARA_AA): SARA_AM, (NIKHAHIT_NARROW, SARA_AA): SARA_AM_NARROW})
    tone_alone = add_replacements(font, {glyph: f"{glyph}.am" for glyph in NIKHAHIT_TONES})
    aa_is_am = add_replacements(font, {SARA_AA: SARA_AA_MEANING_AM})
    toned = context_rule(font, glyphs=(NIKHAHIT_TONES, (SARA_AA,)), lookups=(tone_alone, aa_is_am))
    apply_to_thai(font, (one_glyph, add_context_rules(font, (toned,))))
