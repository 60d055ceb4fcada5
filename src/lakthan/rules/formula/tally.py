"""The roll-up: facts counted per unit, kind and quarter, and figures computed from these counts.

A tally keeps the quarter in which facts took effect and the one in which they ended, so the facts that hold on the last
day of any quarter can be counted without reading them. It does not keep communities (eligibility on another date is
never rolled up), nor attributes other than the one its kind is tallied by.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakthan.core.figure import Figure
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.facts import FACT_KINDS, District, Fact, FactKind
from lakthan.rules.formula.grammar import FactQuery, Formula, Reported, Share, Since, Steps, queries
from lakthan.rules.formula.totals import ZERO_BAHT, Total, figure_of_totals

UNTALLIED_KINDS = frozenset({FactKind.STEP, FactKind.REPORTED})
"""Read one by one for their own indicator; they have no tallies."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts of one unit and kind took effect in one quarter and ended in another, with their money."""

    unit: str
    kind: FactKind
    label: str
    """Value of the attribute that the kind is tallied by; empty where there is none."""
    fiscal_year: int | None
    """B.E. year the facts are booked to."""
    effective_quarter: int
    """`Quarter.key` of the day they took effect, such as 25633."""
    ended_quarter: int | None
    """`Quarter.key` of the first day on which they no longer hold; None while they hold."""
    count: int
    amount: Decimal
    """Baht."""


TallyKey = tuple[str, FactKind, str, int | None, int, int | None]
"""All of a tally but its count and amount."""


def tally_key(fact: Fact) -> TallyKey:
    """The tally that a fact is counted in."""
    attribute = FACT_KINDS[fact.kind].tallied_by
    return (
        fact.unit,
        fact.kind,
        fact.attributes.get(attribute, "") if attribute else "",
        fact.fiscal_year,
        Quarter.of(fact.effective_on).key,
        None if fact.ended_on is None else Quarter.of(fact.ended_on).key,
    )


def tallies(facts: Iterable[Fact]) -> tuple[Tally, ...]:
    """The facts folded into rows, in order of their keys; a fact that stands there twice (by id) counts once."""
    rows: dict[TallyKey, Total] = {}
    for fact in {fact.id: fact for fact in facts}.values():
        if fact.kind not in UNTALLIED_KINDS:
            key = tally_key(fact)
            rows[key] = rows.get(key, Total()) + Total(1, ZERO_BAHT if fact.amount is None else fact.amount)
    return tuple(Tally(*key, rows[key].count, rows[key].amount) for key in sorted(rows, key=_order))


def tally_refusal(formula: Formula, as_of: date) -> str | None:
    """Why a formula cannot be computed from tallies on a day; None where it can."""
    if as_of != Quarter.of(as_of).last_day:
        return "tallies know only the last days of quarters"
    match formula:
        case Steps():
            return "steps are not tallied"
        case Reported():
            return "reported values are not tallied"
        case Share() if formula.population.of != "districts":
            return "communities are not tallied"
        case _:
            return _filter_refusal(queries(formula))


def evaluate_tallies(
    formula: Formula,
    rows: Iterable[Tally],
    districts: Iterable[District],
    *,
    as_of: date,
    fiscal_year: FiscalYear,
    unit: str | None = None,
    decimals: int = 2,
) -> Figure:
    """The figure `evaluate` gives over the facts behind the tallies; `ValueError` where `tally_refusal` objects."""
    refusal = tally_refusal(formula, as_of)
    if refusal is not None or isinstance(formula, Steps | Reported):
        raise ValueError(refusal)
    seen = [row for row in rows if unit is None or row.unit == unit]
    return figure_of_totals(
        formula,
        lambda query: _totals(query, seen, Quarter.of(as_of), fiscal_year),
        [district for district in districts if unit is None or district.code == unit],
        decimals,
    )


def _totals(query: FactQuery, rows: Iterable[Tally], quarter: Quarter, fiscal_year: FiscalYear) -> dict[str, Total]:
    """The totals by unit of the tallied facts that match on the last day of a quarter."""
    first = _first_quarter(query.since, quarter, fiscal_year)
    years = {fiscal_year.be + offset for offset in query.fiscal_years}
    totals: dict[str, Total] = {}
    for row in rows:
        if (
            row.kind is query.fact
            and first <= row.effective_quarter <= quarter.key
            and (row.ended_quarter is None or row.ended_quarter > quarter.key)
            and (not years or row.fiscal_year in years)
            and all(row.label == value for value in query.filters.values())
        ):
            totals[row.unit] = totals.get(row.unit, Total()) + Total(row.count, row.amount)
    return totals


def _first_quarter(since: Since, quarter: Quarter, fiscal_year: FiscalYear) -> int:
    match since:
        case Since.EVER:
            return 0
        case Since.FISCAL_YEAR:
            return fiscal_year.quarter(1).key
        case Since.QUARTER:
            return quarter.key


def _filter_refusal(queries: Iterable[FactQuery]) -> str | None:
    for query in queries:
        if query.fact in UNTALLIED_KINDS:
            return f"{query.fact} is not tallied"
        for attribute in query.filters:
            if attribute != FACT_KINDS[query.fact].tallied_by:
                return f"{query.fact} is not tallied by {attribute}"
    return None


def _order(key: TallyKey) -> tuple[str, str, str, int, int, int]:
    """A key that sorts: None comes first."""
    unit, kind, label, fiscal_year, effective, ended = key
    return unit, kind, label, fiscal_year or 0, effective, ended or 0
