"""What changed between two texts, told so that a person can read it: Thai, which puts no space between words, included.

Algorithm, in four steps. Nothing is guessed from a dictionary, so names and new words are treated as any other.

1. Both texts are cut into *units* that are never cut again: a whole number (1,182; 17.85; 08.30; 12/2563), a word of a
   script that writes spaces (COVID), a run of blanks, the end of a line, and for Thai what belongs together in writing:
   a leading vowel with its consonant, a consonant with its marks, the vowels ะ ๆ ฯ and those in two parts with what
   stands before them, and a consonant with thanthakhat.
2. Phrases (units up to a blank) are compared first, then the units of those that differ, with `difflib`. Where both
   sides are longer than `LONGEST`, the phrases stand as they are: no reader compares letters of two different pages.
3. What is kept between two changes and is shorter than the changes around it, and no number, joins them: ประชุม and
   ประชา are two words, not one with a changed ending in a row of crumbs.
4. A change that could begin at several places (of the same length, with the same result) begins where a line, a phrase
   or a number does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from lakthan.core.digits import NUMBER
from lakthan.core.thai import clusters

LONGEST = 2_000
"""Units on both sides of a change up to which they are compared one by one."""
SHORT = 3
"""Letters of a kept text between two changes that is always a crumb."""
LONG = 12
"""Letters of a kept text between two changes that is never a crumb."""


class Change(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and what became of it; a number that was removed or added is a piece of its own."""

    change: Change
    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """Units that are the same in both texts, or those that were removed and those that stand in their place."""

    removed: tuple[str, ...]
    added: tuple[str, ...]
    kept: bool = False


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in the order of reading: of each change what was removed, then what was added.

    Kept and removed pieces joined are `before`; kept and added ones are `after`. No piece ends inside a number or a
    letter with its marks. Equal texts are one kept piece, two empty ones none.
    """
    blocks = _aligned(_joined(_compared(_phrases(units(before)), _phrases(units(after)))))
    return tuple(piece for block in blocks for piece in _pieces(block))


def changed(pieces: Iterable[Piece]) -> bool:
    """Whether anything was removed or added."""
    return any(piece.change is not Change.KEPT for piece in pieces)


# Units

_WORD = re.compile(r"[^\W\d_\u0590-\U0010ffff]+(?:['’-][^\W\d_\u0590-\U0010ffff]+)*")
_BLANKS = re.compile(r"[^\S\r\n]+")
_LEADING = "เแโใไ"
_FOLLOWING = "ะๆฯๅ"
_THANTHAKHAT = "\u0e4c"
_FINAL_WANTED = "\u0e31\u0e47"  # mai han akat and maitaikhu never end a syllable
_SECOND_PARTS = {"ย": "\u0e35", "อ": "\u0e37"}  # of เ-ีย and เ-ือ


def units(text: str) -> tuple[str, ...]:
    """The text cut where a change may begin or end; joined again it is the text."""
    letters = clusters(text)
    return tuple(_spelled(_tokens(text, letters)))


def _tokens(text: str, letters: Sequence[str]) -> Iterator[str]:
    """Numbers, words and blanks whole, all else letter by letter; what ends inside a letter takes all of it."""
    place, number = 0, 0
    while number < len(letters):
        run = next((found for form in (NUMBER, _WORD, _BLANKS) if (found := form.match(text, place))), None)
        end, token = run.end() if run else place, ""
        while not token or place < end:
            token += letters[number]
            place += len(letters[number])
            number += 1
        yield token


def _spelled(tokens: Iterable[str]) -> Iterator[str]:
    """Thai letters joined to what they are written with."""
    unit = ""
    for token in tokens:
        if unit and not _written_together(unit, token):
            yield unit
            unit = ""
        unit += token
    if unit:
        yield unit


def _written_together(unit: str, token: str) -> bool:
    if not (_is_thai(unit[0]) and _is_thai(token[0])) or NUMBER.match(unit) or NUMBER.match(token):
        return False
    if unit[-1] in _LEADING and token[0] not in _LEADING:
        return True
    if token[0] in _FOLLOWING or _THANTHAKHAT in token:
        return True
    if any(mark in unit for mark in _FINAL_WANTED) and _is_consonant(token) and not _is_closed(unit):
        return True
    return unit[0] == "เ" and _SECOND_PARTS.get(token[0], "no") in unit and not _is_closed(unit)


def _is_thai(character: str) -> bool:
    return "\u0e01" <= character <= "\u0e5b"


def _is_consonant(token: str) -> bool:
    return "ก" <= token[0] <= "ฮ" and len(token) == 1


def _is_closed(unit: str) -> bool:
    """Whether a consonant follows the one that carries the marks."""
    return len(clusters(unit.lstrip(_LEADING))) > 1


def _phrases(of_text: Iterable[str]) -> list[tuple[str, ...]]:
    """Units up to a blank or the end of a line, and these alone."""
    found: list[tuple[str, ...]] = []
    phrase: list[str] = []
    for unit in of_text:
        if unit.isspace():
            if phrase:
                found.append(tuple(phrase))
            found.append((unit,))
            phrase = []
        else:
            phrase.append(unit)
    return [*found, tuple(phrase)] if phrase else found


# Comparing


def _compared(before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]) -> Iterator[_Block]:
    for block in _matched(before, after):
        removed, added = (tuple(unit for phrase in side for unit in phrase) for side in block)
        if removed == added:
            yield _Block(removed, added, kept=True)
        elif not (removed and added) or min(len(removed), len(added)) > LONGEST:
            yield _Block(removed, added)
        else:
            yield from (_Block(tuple(old), tuple(new), kept=old == new) for old, new in _matched(removed, added))


def _matched(before: Sequence[object], after: Sequence[object]) -> Iterator[tuple[Sequence, Sequence]]:  # type: ignore[type-arg]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield before[start:end], after[new_start:new_end]


# Joining crumbs


def _joined(blocks: Iterable[_Block]) -> list[_Block]:
    """Blocks in which no crumb is kept between two changes, and no two of a kind follow each other."""
    found = _merged(blocks)
    while True:
        joined = _merged(
            _Block(block.removed, block.added) if _is_crumb(found, number) else block
            for number, block in enumerate(found)
        )
        if len(joined) == len(found):
            return found
        found = joined


def _merged(blocks: Iterable[_Block]) -> list[_Block]:
    found: list[_Block] = []
    for block in blocks:
        if found and found[-1].kept == block.kept:
            found[-1] = _Block(found[-1].removed + block.removed, found[-1].added + block.added, block.kept)
        else:
            found.append(block)
    return found


def _is_crumb(blocks: Sequence[_Block], number: int) -> bool:
    block = blocks[number]
    if not block.kept or not 0 < number < len(blocks) - 1 or any(_divides(unit) for unit in block.removed):
        return False
    length = _letters(block.removed)
    around = min(max(_letters(side.removed), _letters(side.added)) for side in (blocks[number - 1], blocks[number + 1]))
    return length <= SHORT or length <= min(around, LONG)


def _divides(unit: str) -> bool:
    """Whether a unit keeps two changes apart however short it is: a number that stays, the end of a line."""
    return bool(NUMBER.match(unit)) or unit[0] in "\r\n"


def _letters(of_units: Iterable[str]) -> int:
    return sum(len(unit) for unit in of_units if not unit.isspace())


# Where a change begins


def _aligned(blocks: Sequence[_Block]) -> list[_Block]:
    """Pure removals and additions, moved along equal units to the best place to begin."""
    found = list(blocks)
    for number in range(1, len(found) - 1):
        block = found[number]
        if not block.kept and not (block.removed and block.added):
            found[number - 1 : number + 2] = _slid(found[number - 1], block, found[number + 1])
    return _merged(block for block in found if block.removed or block.added)


def _slid(before: _Block, block: _Block, after: _Block) -> tuple[_Block, _Block, _Block]:
    units_ = (*before.removed, *(block.removed or block.added), *after.removed)
    size, start = len(block.removed or block.added), len(before.removed)
    first = last = start
    while first > 0 and units_[first - 1] == units_[first - 1 + size]:
        first -= 1
    while last + size < len(units_) and units_[last] == units_[last + size]:
        last += 1
    best = max(range(first, last + 1), key=lambda at: (_edge(units_, at) + _edge(units_, at + size), at == start, -at))
    moved = units_[best : best + size]
    left, right = units_[:best], units_[best + size :]
    changed_ = _Block(moved, ()) if block.removed else _Block((), moved)
    return _Block(left, left, kept=True), changed_, _Block(right, right, kept=True)


def _edge(of_units: Sequence[str], at: int) -> int:
    """How well a change begins or ends before this unit: at a line, at a blank, at a number, anywhere."""
    if at in (0, len(of_units)):
        return 3
    left, right = of_units[at - 1], of_units[at]
    if left[-1] in "\r\n":
        return 3
    if left.isspace() or right.isspace():
        return 2
    return 1 if not (left[-1].isalpha() and right[0].isalpha()) else 0


# Pieces


def _pieces(block: _Block) -> Iterator[Piece]:
    if block.kept:
        yield Piece(Change.KEPT, "".join(block.removed))
        return
    for change, side in ((Change.REMOVED, block.removed), (Change.ADDED, block.added)):
        text = ""
        for unit in side:
            if NUMBER.match(unit):
                if text:
                    yield Piece(change, text)
                yield Piece(change, unit, is_number=True)
                text = ""
            else:
                text += unit
        if text:
            yield Piece(change, text)
