"""Many figures at once, from facts that were counted together.

A list of hundreds of figures asks of few days. Facts that no question on these days can tell apart are one
`FactGroup`; the figures are those of the reference evaluator (`evaluate.py`), without their members.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from lakthan.core.figure import Figure
from lakthan.core.fiscal import Quarter
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import FACT_KINDS, District, Fact, FactKind
from lakthan.rules.formula.evaluate import figure_of_steps
from lakthan.rules.formula.grammar import FactQuery, Formula, Population, Reported, Share, Since, Steps, queries
from lakthan.rules.formula.matching import Asked, first_day, matching_facts
from lakthan.rules.formula.reported import evaluate_reported
from lakthan.rules.formula.tally import Tally
from lakthan.rules.formula.totals import ZERO_BAHT, Split, Total, figure_of_totals, quotient

NOBODY = Split((), ())
Ground = tuple[Basis, date]
"""On what ground, and on which day, a community may belong to a population."""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """So many facts of one unit and kind that are alike."""

    kind: FactKind
    unit: str
    effective_on: date
    ended_on: date | None
    fiscal_year: int | None
    attributes: Mapping[str, str]
    count: int
    amount: Decimal = ZERO_BAHT
    community: Hashable = None
    """Whatever tells communities apart; None where the group is not that of one community."""
    indicator: str | None = None

    def holds(self, on: date) -> bool:
        """Whether the facts are in force on a day."""
        return self.effective_on <= on and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True, slots=True)
class Register:
    """A community as a list of figures needs it: whose it is, its type, and on which grounds it belongs."""

    community: Hashable
    unit: str
    type: str
    belongs: frozenset[Ground]


@dataclass(frozen=True, slots=True)
class GroupBook:
    """All that some questions look at."""

    districts: Sequence[District] = ()
    groups: Sequence[FactGroup] = ()
    communities: Sequence[Register] = ()
    reported: Sequence[Fact] = ()


def turning_days(formulas: Iterable[tuple[Formula, Asked]]) -> tuple[date, ...]:
    """The first days of the spans within which no question tells one day from another, in order.

    A fact counts from the day on which it takes effect: a question as of a day parts it from the next.
    """
    days = set()
    for formula, asked in formulas:
        days.add(asked.as_of + timedelta(days=1))
        days |= {day for query in queries(formula) if (day := first_day(query.since, asked))}
        if isinstance(formula, Steps):
            days.add(asked.fiscal_year.first_day)
    return tuple(sorted(days))


def grounds(formulas: Iterable[tuple[Formula, Asked]]) -> tuple[Ground, ...]:
    """The grounds on which communities are asked for, in order."""
    return tuple(
        sorted(
            {
                (formula.population.basis, formula.population.on or asked.as_of)
                for formula, asked in formulas
                if isinstance(formula, Share) and formula.population.of == "communities"
            }
        )
    )


def group_of_tally(tally: Tally) -> FactGroup:
    """A row of the roll-up as facts that took effect and ended on the first days of its quarters.

    On the last day of any quarter they hold as the facts themselves do.
    """
    attribute = FACT_KINDS[tally.kind].tallied_by
    return FactGroup(
        tally.kind,
        tally.unit,
        Quarter.from_key(tally.effective_quarter).first_day,
        None if tally.ended_quarter is None else Quarter.from_key(tally.ended_quarter).first_day,
        tally.fiscal_year,
        {attribute: tally.label} if attribute else {},
        tally.count,
        tally.amount,
    )


QueryKey = tuple[FactKind, tuple[int, ...], Since, tuple[tuple[str, str], ...], date, int]
PopulationKey = tuple[Basis, date, tuple[str, ...]]
Counts = tuple[Mapping[str, int], Mapping[str, int]]
"""Communities that counted, and all that belong, by unit."""


@dataclass(slots=True)
class Reckoner:
    """Answers questions over a book one after the other, and remembers what they share."""

    book: GroupBook
    _by_kind: dict[FactKind, list[FactGroup]] = field(default_factory=lambda: defaultdict(list))
    _by_indicator: dict[str, list[FactGroup]] = field(default_factory=lambda: defaultdict(list))
    _reported: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    _totals: dict[QueryKey, dict[str, Total]] = field(default_factory=dict)
    _populations: dict[PopulationKey, dict[Hashable, str]] = field(default_factory=dict)
    _counts: dict[tuple[QueryKey, int, PopulationKey], Counts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for group in self.book.groups:
            self._by_kind[group.kind].append(group)
            if group.indicator is not None:
                self._by_indicator[group.indicator].append(group)
        for fact in self.book.reported:
            self._reported[fact.indicator or ""].append(fact)

    def figure(self, formula: Formula, asked: Asked, unit: str | None = None) -> Figure:
        """The figure for the city or a district, without members; as `evaluate` gives it over the facts."""
        match formula:
            case Share(population=Population(of="communities")):
                return self._community_share(formula, asked, unit)
            case Share():
                totals = self._unit_totals(formula.matching, asked)
                members = [district.code for district in self.book.districts if unit is None or district.code == unit]
                counted = sum(totals.get(code, Total()).count >= formula.at_least for code in members)
                return quotient(counted, len(members), formula.scale, asked.decimals, NOBODY)
            case Steps():
                return self._steps(formula, asked, unit)
            case Reported():
                own = [fact for fact in self._reported[asked.indicator] if unit is None or fact.unit == unit]
                return evaluate_reported(formula, (), own, asked)
            case _:
                return figure_of_totals(formula, lambda query: self._of(query, asked, unit), (), asked.decimals)

    def _of(self, query: FactQuery, asked: Asked, unit: str | None) -> dict[str, Total]:
        totals = self._unit_totals(query, asked)
        return totals if unit is None else {unit: totals.get(unit, Total())}

    def _unit_totals(self, query: FactQuery, asked: Asked) -> dict[str, Total]:
        key = _key(query, asked)
        if key not in self._totals:
            sums: dict[str, Total] = {}
            for group in matching_facts(query, self._by_kind[query.fact], asked):
                sums[group.unit] = sums.get(group.unit, Total()) + Total(group.count, group.amount)
            self._totals[key] = sums
        return self._totals[key]

    def _steps(self, formula: Steps, asked: Asked, unit: str | None) -> Figure:
        query = FactQuery(FactKind.STEP, since=Since.FISCAL_YEAR)
        done = matching_facts(query, self._by_indicator[asked.indicator], asked)
        return figure_of_steps(
            formula, {group.attributes["step"] for group in done if unit is None or group.unit == unit}, asked.decimals
        )

    def _community_share(self, share: Share, asked: Asked, unit: str | None) -> Figure:
        on = share.population.on or asked.as_of
        population: PopulationKey = (share.population.basis, on, tuple(sorted(share.population.types)))
        key = (_key(share.matching, asked), share.at_least, population)
        if key not in self._counts:
            self._counts[key] = self._count(share, asked, self._population(population))
        counted, everyone = self._counts[key]
        if unit is None:
            pair = sum(counted.values()), sum(everyone.values())
        else:
            pair = counted.get(unit, 0), everyone.get(unit, 0)
        return quotient(*pair, share.scale, asked.decimals, NOBODY)

    def _count(self, share: Share, asked: Asked, population: Mapping[Hashable, str]) -> Counts:
        facts: Counter[Hashable] = Counter()
        for group in matching_facts(share.matching, self._by_kind[share.matching.fact], asked):
            facts[group.community] += group.count
        enough = [key for key, count in facts.items() if count >= share.at_least]
        return Counter(population[key] for key in enough if key in population), Counter(population.values())

    def _population(self, key: PopulationKey) -> dict[Hashable, str]:
        if key not in self._populations:
            basis, on, types = key
            self._populations[key] = {
                row.community: row.unit
                for row in self.book.communities
                if (not types or row.type in types) and (basis, on) in row.belongs
            }
        return self._populations[key]


def _key(query: FactQuery, asked: Asked) -> QueryKey:
    filters = tuple(sorted(query.filters.items()))
    return query.fact, query.fiscal_years, query.since, filters, asked.as_of, asked.fiscal_year.be
