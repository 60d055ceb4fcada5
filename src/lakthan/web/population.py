"""Who stands behind a figure: the members of its population, by district, on the map, and filtered by address."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Protocol

from lakthan.core.figure import Figure, Member
from lakthan.core.thai import normalise
from lakthan.rules.formula.grammar import Formula, Population, Ratio, Reported, Share, Steps

LONGEST_NAME = 100
TILES = Path(__file__).with_name("data") / "district_tiles.csv"


class PopulationKind(StrEnum):
    """What the members are, and so what it means that one counted."""

    DISTRICTS = "districts"
    """Districts of which a share is taken."""
    COMMUNITIES = "communities"
    NUMERATOR = "numerator"
    """Districts with records in the numerator of a ratio."""
    RECORDS = "records"
    """Districts whose records are counted or added up."""
    REPORTS = "reports"
    """Districts that type a value in."""
    STEPS = "steps"


def population_kind(formula: Formula) -> PopulationKind:
    """What the members of a formula's figure are."""
    match formula:
        case Share(population=Population(of="communities")):
            return PopulationKind.COMMUNITIES
        case Share():
            return PopulationKind.DISTRICTS
        case Reported():
            return PopulationKind.REPORTS
        case Steps():
            return PopulationKind.STEPS
        case Ratio():
            return PopulationKind.NUMERATOR
        case _:
            return PopulationKind.RECORDS


class Shown(StrEnum):
    """Which members a page lists."""

    ALL = "all"
    COUNTED = "counted"
    NOT_COUNTED = "not-counted"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an address asks for: who is shown, and a part of their name."""

    shown: Shown = Shown.ALL
    name: str = ""

    @classmethod
    def of(cls, shown: str, name: str) -> "Choice":
        """Read from an address; what is not a choice means all."""
        known = {choice.value: choice for choice in Shown}
        return cls(known.get(shown, Shown.ALL), normalise(name[:LONGEST_NAME]).text.strip())

    def finds(self, name_th: str, name_en: str, code: str) -> bool:
        """Whether the name is part of a member's name or is its code."""
        if not self.name:
            return True
        wanted = self.name.casefold()
        return wanted in name_th.casefold() or wanted in name_en.casefold() or wanted == code


@dataclass(frozen=True, slots=True)
class CountedMember:
    """A member and whether it counted."""

    member: Member
    counted: bool


def chosen_members(figure: Figure, choice: Choice) -> tuple[CountedMember, ...]:
    """The members that a choice leaves: first those that did not count, which is what a reader looks for."""
    others = figure.not_counted if choice.shown is not Shown.COUNTED else ()
    counted = figure.counted if choice.shown is not Shown.NOT_COUNTED else ()
    everyone = [CountedMember(member, counted=False) for member in others]
    everyone += [CountedMember(member, counted=True) for member in counted]
    return tuple(m for m in everyone if choice.finds(m.member.name_th, m.member.name_en, m.member.code))


class Extent(StrEnum):
    """How much of a district's population counted."""

    NONE = "none"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """A district, how many of its members counted, and of how many."""

    code: str
    name_th: str
    name_en: str
    counted: int
    total: int

    @property
    def extent(self) -> Extent:
        """Of nothing, nothing counts."""
        if not self.counted:
            return Extent.NONE
        return Extent.WHOLE if self.counted == self.total else Extent.PART

    @property
    def missing(self) -> int:
        """How many of its members did not count."""
        return self.total - self.counted


class Named(Protocol):
    """A district, or a member that is one."""

    @property
    def code(self) -> str:
        """Four digits."""

    @property
    def name_th(self) -> str:
        """Without สำนักงานเขต."""

    @property
    def name_en(self) -> str:
        """In Latin letters."""


def everyone(figure: Figure) -> tuple[Member, ...]:
    """All members of a figure, in order of code."""
    return tuple(sorted((*figure.counted, *figure.not_counted), key=lambda member: member.code))


def district_counts(figure: Figure, districts: Iterable[Named]) -> tuple[DistrictCount, ...]:
    """The members together by their district, in the order of `districts`; one without members stands with zeros."""
    counted = Counter(member.unit for member in figure.counted)
    total = counted + Counter(member.unit for member in figure.not_counted)
    return tuple(DistrictCount(d.code, d.name_th, d.name_en, counted[d.code], total[d.code]) for d in districts)


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map, which shows who is beside whom and is not to scale."""

    district: DistrictCount
    column: int
    row: int


def tiles(districts: Iterable[DistrictCount]) -> tuple[Tile, ...]:
    """The districts that have a place on the map."""
    places = tile_places()
    return tuple(Tile(district, *places[district.code]) for district in districts if district.code in places)


@cache
def tile_places() -> Mapping[str, tuple[int, int]]:
    """Code of a district -> column and row on the map, each from 0."""
    with TILES.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: (int(row["col"]), int(row["row"])) for row in csv.DictReader(rows)}
