"""The fonts the papers are printed with."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FAMILY = "Lakthan Sarabun"


@dataclass(frozen=True, slots=True)
class FontFace:
    """One built font file."""

    path: Path
    weight: int
    """CSS weight: 400 or 700."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """The built faces, and what each of their glyphs says.

    All faces number their glyphs alike, so one table of meanings (text by glyph id) serves them all.
    """

    faces: tuple[FontFace, ...]
    meanings: Mapping[int, str]
    family: str = FAMILY
