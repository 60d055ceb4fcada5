"""The reference evaluator: a formula over a book of facts gives a figure.

It is pure and reads every fact, so a sealed report can be recomputed anywhere. The database and the roll-up are faster
ways to the same figure and are tested against this one. The meaning of each kind, with worked tables: docs/formulas.md.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from lakthan.core.figure import Figure, Member
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import belongs
from lakthan.rules.facts import CommunityMember, Fact, FactBook, FactKind
from lakthan.rules.formula.grammar import FactQuery, Formula, Population, Reported, Share, Since, Steps
from lakthan.rules.formula.matching import Asked, matching_facts, restricted, with_distinct_facts
from lakthan.rules.formula.reported import evaluate_reported
from lakthan.rules.formula.totals import (
    district_members,
    figure_of_share,
    figure_of_totals,
    quotient,
    split,
    totals_of_facts,
)


def evaluate(
    formula: Formula,
    book: FactBook,
    *,
    as_of: date,
    fiscal_year: FiscalYear,
    unit: str | None = None,
    indicator: str = "",
    decimals: int = 2,
) -> Figure:
    """The figure of a formula on a day, for the city or for one unit.

    `unit` is the code of a district: only its members and its facts are looked at; None is the city. `indicator` is
    the code whose steps and reported values are read. Facts are told apart by id: one that stands in the book twice
    counts once, and their order does not matter.
    """
    seen = book if unit is None else restricted(book, unit)
    return evaluate_book(formula, with_distinct_facts(seen), Asked(as_of, fiscal_year, indicator, decimals))


def evaluate_book(formula: Formula, book: FactBook, asked: Asked) -> Figure:
    """The figure over the whole of a book whose facts are distinct."""
    match formula:
        case Share(population=Population(of="communities")):
            members = share_members(formula, book, asked, share_facts(formula, book, asked))
            return figure_of_share(formula, members, asked.decimals)
        case Steps():
            return _steps(formula, book, asked)
        case Reported():
            return evaluate_reported(formula, book.districts, book.facts, asked)
        case _:
            return figure_of_totals(
                formula,
                lambda query: totals_of_facts(matching_facts(query, book.facts, asked)),
                book.districts,
                asked.decimals,
            )


def share_facts(formula: Share, book: FactBook, asked: Asked) -> dict[str, list[Fact]]:
    """The matching facts by code of the district or community they belong to, whether or not it is a member."""
    by_community = formula.population.of == "communities"
    found: dict[str, list[Fact]] = {}
    for fact in matching_facts(formula.matching, book.facts, asked):
        code = fact.community if by_community else fact.unit
        if code is not None:
            found.setdefault(code, []).append(fact)
    return found


def share_members(formula: Share, book: FactBook, asked: Asked, facts: Mapping[str, Sequence[Fact]]) -> list[Member]:
    """The members of a share's population, each with its number of matching facts (as `share_facts` gives them)."""
    counts = {code: len(found) for code, found in facts.items()}
    if formula.population.of == "districts":
        return district_members(book.districts, counts)
    return [
        Member(community.code, community.name_th, community.name_en, counts.get(community.code, 0), community.unit)
        for community in _population(formula.population, book, asked.as_of)
    ]


def _population(population: Population, book: FactBook, as_of: date) -> list[CommunityMember]:
    """The communities that belong to the population, on its own date or else on the as-of date."""
    on = population.on or as_of
    return [
        community
        for community in book.communities
        if (not population.types or community.type in population.types)
        and belongs(community.history, population.basis, on)
    ]


def _steps(formula: Steps, book: FactBook, asked: Asked) -> Figure:
    """The steps done since the fiscal year began."""
    found = matching_facts(FactQuery(FactKind.STEP, since=Since.FISCAL_YEAR), book.facts, asked)
    done = {fact.attributes.get("step", "") for fact in found if fact.indicator == asked.indicator}
    return figure_of_steps(formula, done, asked.decimals)


def figure_of_steps(formula: Steps, done: Collection[str], decimals: int) -> Figure:
    """The weights of the steps done, by code, of all weights."""
    members = [Member(step.code, step.name_th, step.name_en, int(step.code in done)) for step in formula.steps]
    weight_done = sum((step.weight for step in formula.steps if step.code in done), Decimal(0))
    population = split(members, lambda member: member.facts > 0)
    return quotient(weight_done, formula.weight, formula.scale, decimals, population)
