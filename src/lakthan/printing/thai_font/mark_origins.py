"""Marks that keep their place in the order of text.

A Thai mark has no width: its origin lies at the pen, where the next letter begins, or somewhat to either side of it, as
the letter below demands. Readers of PDF text that sort by left edges (pdftotext without -raw, PDFium) then put marks
behind the next letter or tones before their vowel; and pdftotext begins a new line where an origin is more than a tenth
of the type size left of the pen. So each mark's origin is moved, without a visible change, to where the order of text
is the order from left to right: letter, vowel, tone, pen.

How far a tone's origin lies from its vowel's depends on the vowel; each vowel therefore has tones of its own.
"""

from collections.abc import Iterator, Mapping

from fontTools.ttLib import TTFont

from lakthan.printing.thai_font.attachments import move_origins, origin_on_mark, origins_on_letters
from lakthan.printing.thai_font.glyphs import add_mark_twin
from lakthan.printing.thai_font.substitutions import add_context_rules, add_replacements, apply_to_thai, context_rule

FROM_PEN, BETWEEN = 5, 10
"""Least distance of the last mark from the pen, and of a vowel from its tone."""

LAST_MARKS = ("uni0E48", "uni0E49", "uni0E4A", "uni0E4B", "uni0E4C")
"""Tones and thanthakhat, which come last on a letter."""

VOWELS_ABOVE = ("uni0E31", "uni0E34", "uni0E35", "uni0E36", "uni0E37", "uni0E47", "uni0E4D")
VOWELS_BELOW = ("uni0E38", "uni0E39", "uni0E3A")
TALL_LETTERS = frozenset({"uni0E1B", "uni0E1D", "uni0E1F"})
"""ป ฝ ฟ, whose ascender drives marks above to the left: Sarabun has narrow forms for them."""

Origins = Mapping[str, Mapping[str, int]]


def set_marks_in_text_order(font: TTFont) -> None:
    """Give every vowel its own tones and move the origins of all marks on Thai letters."""
    _add_tones_by_vowel(font)
    origins = _possible_origins(font)
    shifts = {mark: max(places.values()) + FROM_PEN for mark, places in origins.items()}
    shifts.update(_shifts_above(font, origins))
    shifts.update(_shifts_below(origins, shifts))
    move_origins(font, shifts)


def _tone_on(vowel: str, tone: str) -> str:
    """Name of the twin of a small tone that stands on a vowel: uni0E48.small.on0E34."""
    return f"{tone}.on{vowel.removeprefix('uni')}"


def _vowels_above() -> Iterator[str]:
    yield from VOWELS_ABOVE
    yield from (f"{vowel}.narrow" for vowel in VOWELS_ABOVE)


def _small(tones: tuple[str, ...] = LAST_MARKS) -> tuple[str, ...]:
    """The forms Sarabun uses on top of a vowel."""
    return tuple(f"{tone}.small" for tone in tones)


def _add_tones_by_vowel(font: TTFont) -> None:
    """Twins of the small tones for each vowel, and the rules that choose them."""
    replacements = {}
    for vowel in _vowels_above():
        twins = {tone: _tone_on(vowel, tone) for tone in _small()}
        for tone, twin in twins.items():
            add_mark_twin(font, tone, twin)
        replacements[vowel] = add_replacements(font, twins)
    rules = [
        context_rule(font, after=((vowel,),), glyphs=(_small(),), lookups=(lookup,))
        for vowel, lookup in replacements.items()
    ]
    apply_to_thai(font, (add_context_rules(font, rules),))


def _possible_origins(font: TTFont) -> Origins:
    """Origins of Thai marks on the Thai letters they can meet: narrow forms only on ป ฝ ฟ, others above never there."""
    possible: dict[str, dict[str, int]] = {}
    for mark, places in origins_on_letters(font).items():
        if not mark.startswith("uni0E"):
            continue
        letters = {letter: origin for letter, origin in places.items() if _is_consonant(letter)}
        if ".narrow" in mark:
            letters = {letter: origin for letter, origin in letters.items() if letter in TALL_LETTERS}
        elif not mark.startswith(VOWELS_BELOW):
            letters = {letter: origin for letter, origin in letters.items() if letter not in TALL_LETTERS}
        possible[mark] = letters
    return possible


def _is_consonant(glyph: str) -> bool:
    """Whether a glyph is one of ก to ฮ. Forms of these without a foot have names like doChadathai.short."""
    return "thai." in glyph or (glyph.startswith("uni0E") and 0x01 <= int(glyph[5:7], 16) <= 0x2E)


def _shifts_above(font: TTFont, origins: Origins) -> dict[str, int]:
    """Vowels above, and the tones on them, which keep one distance from each other on every letter."""
    shifts = {}
    for vowel in _vowels_above():
        rightmost = max(origins[vowel].values())
        shifts[vowel] = rightmost + FROM_PEN + BETWEEN
        for tone in _small():
            twin = _tone_on(vowel, tone)
            shifts[twin] = rightmost + origin_on_mark(font, vowel, twin) + FROM_PEN
    return shifts


def _shifts_below(origins: Origins, shifts: Mapping[str, int]) -> dict[str, int]:
    """Vowels below: left of any tone on the same letter, which is attached apart from them."""
    tones = [mark for mark in origins if mark in LAST_MARKS or mark.removesuffix(".narrow") in LAST_MARKS]
    return {
        vowel: BETWEEN
        + max(
            place - (origins[tone][letter] - shifts[tone])
            for letter, place in places.items()
            for tone in tones
            if letter in origins[tone]
        )
        for vowel, places in origins.items()
        if vowel.startswith(VOWELS_BELOW)
    }
