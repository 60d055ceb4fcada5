"""The text being read: its lines, and for each character the place that has claimed it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lakthan.exchange.printed_report.decoding import BYTE_ORDER_MARK
from lakthan.exchange.printed_report.form import FURNITURE, PAGE_MARK, RUNNING_FOOTER
from lakthan.exchange.printed_report.model import Doubt, Piece, Repair, RepairKind

_LINE_END = re.compile("\r\n|[\r\n\f\v\x85\u2028\u2029]")
_ROW_END = re.compile("\r\n|[\r\n]")
_SIGNS = re.compile(rf"(?P<mark>{FURNITURE['mark'].pattern})|(?P<residue>{FURNITURE['markdown residue'].pattern})")
_SPACES = re.compile(r"\s+")
_SURROUNDINGS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the rest of one, without the white space around it: characters `start` to `end` (exclusive)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Traced:
    """Text put together from the input, with the offset in the input that each character comes from."""

    text: str
    origins: tuple[int, ...]

    def slice(self, start: int, end: int | None = None) -> "Traced":
        """The characters `start` to `end` (exclusive)."""
        return Traced(self.text[start:end], self.origins[start:end])

    def replace(self, changes: Iterable[tuple[int, int, str]]) -> "Traced":
        """Put `new` in the place of `start` to `end` for each (start, end, new), given in order and not overlapping.

        A new character comes from where the replaced one at its position came from.
        """
        text: list[str] = []
        origins: list[int] = []
        done = 0
        for start, end, new in changes:
            text += (self.text[done:start], new)
            origins += self.origins[done:start]
            origins += (self.origins[min(start + step, end - 1)] for step in range(len(new)))
            done = end
        return Traced("".join([*text, self.text[done:]]), (*origins, *self.origins[done:]))

    def collapse(self) -> "Traced":
        """With one space for every run of white space, and none at the ends."""
        spaces = [(run.start(), run.end(), " ") for run in _SPACES.finditer(self.text)]
        spaced = self.replace(spaces)
        left = len(spaced.text) - len(spaced.text.lstrip())
        return spaced.slice(left, len(spaced.text.rstrip()))


class Sheet:
    """The decoded input with what became of each character, and the notes taken on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.repaired: list[Repair] = []
        self.doubtful: list[Doubt] = []
        self._places: list[str | None] = [None] * len(text)
        self._row_starts = [0, *(end.end() for end in _ROW_END.finditer(text))]
        if text.startswith(BYTE_ORDER_MARK):
            self.claim(0, 1, "byte order mark")
        self.lines = tuple(self._content_lines())

    def _content_lines(self) -> Iterator[Line]:
        """The lines that hold anything but white space and page decoration; the latter is claimed here."""
        start = int(self.text.startswith(BYTE_ORDER_MARK))
        ends = [*_LINE_END.finditer(self.text)]
        for stop, following in [*((end.start(), end.end()) for end in ends), (len(self.text), len(self.text))]:
            line = self.trim(start, stop)
            start = following
            if line is not None and not self._claim_decoration(line):
                yield line

    def _claim_decoration(self, line: Line) -> bool:
        words = self.text[line.start : line.end]
        if PAGE_MARK.fullmatch(words):
            self.claim(line.start, line.end, "page mark")
            return True
        return False

    def claim_running_footers(self, lines: Iterable[Line]) -> list[Line]:
        """The lines without those that repeat the Part-2 footer at the end of a page."""
        kept = []
        for line in lines:
            if RUNNING_FOOTER.fullmatch(self.text, line.start, line.end):
                self.claim(line.start, line.end, "running footer")
            else:
                kept.append(line)
        return kept

    def trim(self, start: int, end: int) -> Line | None:
        """The stretch without white space at its ends; None where nothing is left."""
        words = self.text[start:end]
        left = len(words) - len(words.lstrip())
        return Line(start + left, start + len(words.rstrip())) if left < len(words) else None

    def row(self, offset: int) -> int:
        """The line of the input, from 1, that holds a character."""
        return bisect_right(self._row_starts, offset)

    def claim(self, start: int, end: int, place: str) -> None:
        """Say where the characters `start` to `end` (exclusive) went."""
        self._places[start:end] = [place] * (end - start)

    def claim_signs(self, start: int, end: int) -> None:
        """Claim dashes, bullets and colons as marks, and stars and backslashes as residue of Markdown."""
        for sign in _SIGNS.finditer(self.text, start, end):
            self.claim(sign.start(), sign.end(), "mark" if sign["mark"] else "markdown residue")

    def trace(self, line: Line) -> Traced:
        """The text of a line, each character from its own offset."""
        return Traced(self.text[line.start : line.end], tuple(range(line.start, line.end)))

    def unclaimed(self) -> Iterator[Line]:
        """What no part of the form has claimed: one stretch per line, without the white space around it."""
        for line in self.lines:
            runs = groupby(range(line.start, line.end), key=lambda offset: self._places[offset] is None)
            for free, offsets in runs:
                stretch = list(offsets)
                left = self.trim(stretch[0], stretch[-1] + 1) if free else None
                if left is not None:
                    yield left

    def pieces(self) -> tuple[Piece, ...]:
        """All characters in order; what no place claimed is white space, or a page break where it holds one."""
        pieces: list[Piece] = []
        start = 0
        for place, run in groupby(self._places):
            end = start + sum(1 for _ in run)
            blank = "page break" if "\f" in self.text[start:end] else "blank"
            pieces.append(Piece(start, end, place or blank))
            start = end
        return tuple(pieces)

    def doubt(
        self, offset: int, field: str, text: str, reasons: tuple[str, str], suggestion: tuple[str, ...] = ()
    ) -> None:
        """Note something that a person should look at; `reasons` are (Thai, English)."""
        self.doubtful.append(Doubt(self.row(offset), field, text, *reasons, suggestion))

    def repair(
        self, kind: RepairKind, span: tuple[int, int], field: str, change: tuple[str, str], reasons: tuple[str, str]
    ) -> None:
        """Note a repair of the characters of `span`; `change` is (before, after), `reasons` (Thai, English)."""
        start, end = span
        self.repaired.append(Repair(kind, self.row(start), field, *change, *reasons, start, end))
