"""Which facts of a book a query matches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.facts import FactBook, FactKind
from lakthan.rules.formula.grammar import FactQuery, Since


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is asked for: the day, the fiscal year reported on, the indicator, the decimals of the display."""

    as_of: date
    fiscal_year: FiscalYear
    indicator: str = ""
    """Code of the indicator whose steps and reported values are read."""
    decimals: int = 2


class Dated(Protocol):
    """A fact, or facts that are alike."""

    @property
    def kind(self) -> FactKind:
        """What it is."""

    @property
    def effective_on(self) -> date:
        """From when on it holds."""

    @property
    def fiscal_year(self) -> int | None:
        """B.E. year it is booked to."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """What queries filter by."""

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""


DatedFact = TypeVar("DatedFact", bound=Dated)


def matching_facts(query: FactQuery, facts: Iterable[DatedFact], asked: Asked) -> list[DatedFact]:
    """The facts that hold on the day, are booked to one of the years, took effect since then, and pass the filters."""
    years = {asked.fiscal_year.be + offset for offset in query.fiscal_years}
    first = first_day(query.since, asked)
    return [
        fact
        for fact in facts
        if fact.kind is query.fact
        and fact.holds(asked.as_of)
        and (not years or fact.fiscal_year in years)
        and (first is None or fact.effective_on >= first)
        and all(fact.attributes.get(name) == value for name, value in query.filters.items())
    ]


def first_day(since: Since, asked: Asked) -> date | None:
    """The first day on which a fact may have taken effect; None for any. The quarter is the one `as_of` lies in."""
    match since:
        case Since.EVER:
            return None
        case Since.FISCAL_YEAR:
            return asked.fiscal_year.first_day
        case Since.QUARTER:
            return Quarter.of(asked.as_of).first_day


def restricted(book: FactBook, unit: str) -> FactBook:
    """The book as one unit would keep it: itself, its communities and its facts."""
    return replace(
        book,
        districts=tuple(district for district in book.districts if district.code == unit),
        communities=tuple(community for community in book.communities if community.unit == unit),
        facts=tuple(fact for fact in book.facts if fact.unit == unit),
    )


def with_distinct_facts(book: FactBook) -> FactBook:
    """The book with each fact once, told apart by id."""
    return replace(book, facts=tuple({fact.id: fact for fact in book.facts}.values()))
