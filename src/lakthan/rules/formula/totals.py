"""From totals per unit to a figure.

Most formulas need only how many facts match in each unit, and their money together. Where these totals come from does
not matter: from facts (`evaluate`), from the roll-up (`tally`), or from the database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from lakthan.core.figure import Figure, Member, NoValue, Number
from lakthan.rules.facts import FACT_KINDS, District, Fact
from lakthan.rules.formula.grammar import Count, FactQuery, Mean, Measure, Ratio, Share, Sum, Term, queries

ZERO_BAHT = Decimal("0.00")

UnitFormula = Share | Ratio | Count | Sum | Mean
"""The kinds that can be computed from totals per unit; of shares, those over districts."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many facts, and their amounts together in baht."""

    count: int = 0
    amount: Decimal = ZERO_BAHT

    def __add__(self, other: "Total") -> "Total":
        return Total(self.count + other.count, self.amount + other.amount)


UnitTotals = Mapping[str, Total]
"""Code of the unit -> its total; a unit without matching facts is left out."""


class Split(NamedTuple):
    """A population in two: those that counted and those that did not, each in order of code."""

    counted: tuple[Member, ...]
    not_counted: tuple[Member, ...]


def split(members: Iterable[Member], counts: Callable[[Member], bool]) -> Split:
    """Part the members by whether they count."""
    ordered = sorted(members, key=lambda member: member.code)
    return Split(
        tuple(member for member in ordered if counts(member)), tuple(member for member in ordered if not counts(member))
    )


def quotient(numerator: Number, denominator: Number, scale: int, decimals: int, population: Split) -> Figure:
    """A figure that divides; a zero denominator is "no value" with its reason, and the numerator is kept."""
    reason = NoValue.EMPTY_POPULATION if denominator == 0 else None
    return Figure(numerator, denominator, scale, decimals, reason, *population)


def district_members(districts: Iterable[District], facts: Mapping[str, int]) -> list[Member]:
    """The districts as members, each with its number of facts."""
    return [Member(d.code, d.name_th, d.name_en, facts.get(d.code, 0), d.code) for d in districts]


def _members_with_totals(query: FactQuery, districts: Iterable[District], totals: UnitTotals) -> list[Member]:
    """The districts with their totals; the amount stands only where facts of the kind carry money."""
    has_amount = FACT_KINDS[query.fact].has_amount
    members = district_members(districts, {unit: total.count for unit, total in totals.items()})
    if not has_amount:
        return members
    return [replace(member, amount=totals.get(member.code, Total()).amount) for member in members]


def totals_of_facts(facts: Iterable[Fact]) -> dict[str, Total]:
    """The totals of facts by their unit; a fact without money adds nothing to the amount."""
    totals: dict[str, Total] = {}
    for fact in facts:
        totals[fact.unit] = totals.get(fact.unit, Total()) + Total(1, ZERO_BAHT if fact.amount is None else fact.amount)
    return totals


def figure_of_totals(
    formula: UnitFormula, totals_of: Callable[[FactQuery], UnitTotals], districts: Iterable[District], decimals: int
) -> Figure:
    """The figure of a formula from its totals per unit.

    `totals_of` gives the totals of the facts that match a query. Units that are not districts count in the numbers of
    all kinds but `share`, and are never members. Counts are `int`, amounts `Decimal` baht.
    """
    first = queries(formula)[0]
    totals = totals_of(first)
    members = _members_with_totals(first, districts, totals)
    whole = sum(totals.values(), Total())
    match formula:
        case Share():
            return figure_of_share(formula, members, decimals)
        case Ratio():
            over = sum(totals_of(formula.denominator.query).values(), Total())
            pair = _measured(formula.numerator, whole), _measured(formula.denominator, over)
            return quotient(*pair, formula.scale, decimals, _with_facts(members))
        case Count():
            return Figure(whole.count, None, 1, decimals, None, *_with_facts(members))
        case Sum():
            return Figure(whole.amount, None, 1, decimals, None, *_with_facts(members))
        case Mean():
            return quotient(whole.amount, whole.count, 1, decimals, _with_facts(members))


def figure_of_share(formula: Share, members: Iterable[Member], decimals: int) -> Figure:
    """The share of the members that have enough facts."""
    population = split(members, lambda member: member.facts >= formula.at_least)
    size = len(population.counted) + len(population.not_counted)
    return quotient(len(population.counted), size, formula.scale, decimals, population)


def _measured(term: Term, total: Total) -> Number:
    return total.amount if term.measure is Measure.AMOUNT else total.count


def _with_facts(members: Iterable[Member]) -> Split:
    return split(members, lambda member: member.facts > 0)
