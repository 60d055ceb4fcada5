"""What the annex of a paper holds: the units behind the headline figure, with their projects. Plain data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IncludedProject:
    """A community project as an item of a district's annual action plan."""

    item_number: int
    name: str
    community: str
    fiscal_year: int
    """B.E."""
    document: str
    budget: Decimal | None
    """Baht; None where the action plan names none, which is not nothing."""


@dataclass(frozen=True, slots=True)
class CountedUnit:
    """A unit that counts, with the number of records behind it, and its projects where the paper lists them."""

    code: str
    name: str
    records: int
    projects: tuple[IncludedProject, ...] = ()


@dataclass(frozen=True, slots=True)
class UncountedUnit:
    """A unit that does not count; how many projects it declined or has not decided on, None where that is no answer."""

    code: str
    name: str
    declined: int | None = None
    undecided: int | None = None


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """How many members of a district count and how many do not, for a population too large to be listed by name."""

    code: str
    name: str
    counted: int
    not_counted: int


@dataclass(frozen=True, slots=True)
class Annex:
    """Who counted and who did not: by name, or by district where the population is large.

    `noun` is what is counted (สำนักงานเขต, ชุมชน, ขั้นตอน); the words say what it is called that one counts and does not
    (นับแล้ว, ยังไม่นับ; รายงานแล้ว, ยังไม่รายงาน).
    """

    as_of: date
    noun: str
    counted_words: str
    not_counted_words: str
    counted: tuple[CountedUnit, ...] = ()
    not_counted: tuple[UncountedUnit, ...] = ()
    by_district: tuple[DistrictCount, ...] = ()
