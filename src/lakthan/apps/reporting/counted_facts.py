"""Which figures count some facts: the way up from a record, where `traces` is the way down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lakthan.apps.communities.selectors import histories
from lakthan.apps.reporting.deadlines import cut_offs_of_years
from lakthan.apps.reporting.decided import decisions_of
from lakthan.apps.reporting.selectors import owners_assignments
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import UNMEASURED, duty_on
from lakthan.rules.eligibility import CommunityHistory, belongs
from lakthan.rules.facts import Fact, FactKind
from lakthan.rules.formula.grammar import Formula, Population, Share, queries
from lakthan.rules.formula.matching import Asked, matching_facts
from lakthan.rules.formula.parse import parse_formula


@dataclass(frozen=True, slots=True)
class CountedIn:
    """An indicator of a fiscal year whose figures count the facts, with the quarters in which they do."""

    code: str
    name_th: str
    name_en: str
    fiscal_year: FiscalYear
    quarters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The community that the facts belong to."""

    id: UUID
    type: str


def counted_in(facts: Sequence[Fact], origin: Origin, today: date) -> tuple[CountedIn, ...]:
    """The city's indicators whose figures count one of the facts, with the quarters begun in which they do.

    Three statements, and two more where an indicator counts communities by such facts. A withdrawn decision counts in
    the quarters that were cut off before its end, and in no later one.
    """
    assignments = list(owners_assignments())
    formulas = {row.definition_id: parse_formula(row.definition.formula) for row in assignments}
    seen = {row.pk for row in assignments if _reads(formulas[row.definition_id], facts)}
    assignments = [row for row in assignments if row.pk in seen]
    years = {FiscalYear(row.fiscal_year) for row in assignments}
    days = cut_offs_of_years(years, {row.unit.kind for row in assignments})
    decided = decisions_of(assignments)
    history = _history(origin, [formulas[row.definition_id] for row in assignments])
    found = []
    for row in assignments:
        year = FiscalYear(row.fiscal_year)
        quarters = [
            quarter.number
            for quarter in year.quarters
            if quarter.first_day <= today
            and duty_on(decided.get(row.pk, ()), days[year.be][row.unit.kind][quarter.number]) not in UNMEASURED
            and _counts(
                formulas[row.definition_id],
                facts,
                Asked(min(days[year.be][row.unit.kind][quarter.number], today), year, row.indicator.code),
                origin,
                history,
            )
        ]
        if quarters:
            indicator = row.indicator
            found.append(CountedIn(indicator.code, indicator.name_th, indicator.name_en, year, tuple(quarters)))
    return tuple(found)


def _reads(formula: Formula, facts: Sequence[Fact]) -> bool:
    kinds = {fact.kind for fact in facts}
    return any(query.fact in kinds for query in queries(formula))


def _history(origin: Origin, formulas: Sequence[Formula]) -> CommunityHistory:
    """What decides whether the community belongs to a population, read where a formula has one of communities."""
    if not any(_population(formula) for formula in formulas):
        return CommunityHistory()
    return histories([origin.id]).get(origin.id, CommunityHistory())


def _population(formula: Formula) -> Population | None:
    """The communities that a share is of; None for other formulas."""
    if isinstance(formula, Share) and formula.population.of == "communities":
        return formula.population
    return None


def _counts(formula: Formula, facts: Sequence[Fact], asked: Asked, origin: Origin, history: CommunityHistory) -> bool:
    """Whether a figure counts one of the facts."""
    population = _population(formula)
    if population is not None:
        if population.types and origin.type not in population.types:
            return False
        if not belongs(history, population.basis, population.on or asked.as_of):
            return False
    return any(matching_facts(query, facts, asked) for query in queries(formula))


@dataclass(frozen=True, slots=True)
class InclusionFigure:
    """A quarter's figure of an indicator that counts a district by its inclusions."""

    code: str
    fiscal_year: FiscalYear
    quarter: int


def inclusion_figure(fiscal_year: FiscalYear, today: date) -> InclusionFigure | None:
    """The newest figure that counts districts by what they include for a fiscal year; None where none does.

    One statement.
    """
    for row in owners_assignments():
        year = FiscalYear(row.fiscal_year)
        begun = [quarter.number for quarter in year.quarters if quarter.first_day <= today]
        if begun and _counts_districts(parse_formula(row.definition.formula), fiscal_year.be - year.be):
            return InclusionFigure(row.indicator.code, year, begun[-1])
    return None


def _counts_districts(formula: Formula, offset: int) -> bool:
    """Whether it is a share of districts that reads inclusions of so many years after its own."""
    if not isinstance(formula, Share) or formula.population.of != "districts":
        return False
    query = formula.matching
    return query.fact is FactKind.INCLUSION and (not query.fiscal_years or offset in query.fiscal_years)
