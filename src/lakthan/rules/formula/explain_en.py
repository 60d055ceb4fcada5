"""The English sentence of a formula."""

from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Mean,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Since,
    Steps,
    Sum,
    Term,
)
from lakthan.rules.formula.wording import any_of, number_text, years_of

OR = " or "


def english(formula: Formula, fiscal_year: FiscalYear) -> str:
    """The English sentence of a formula, with a full stop."""
    text = _phrase(formula, fiscal_year)
    return f"{text[0].upper()}{text[1:]}."


def _phrase(formula: Formula, fiscal_year: FiscalYear) -> str:
    match formula:
        case Share():
            return _share(formula, fiscal_year)
        case Ratio():
            numerator, denominator = _term(formula.numerator, fiscal_year), _term(formula.denominator, fiscal_year)
            return f"{numerator}, divided by the {denominator}{_times(formula.scale)}"
        case Count():
            return f"number of {_facts(formula.over, fiscal_year)}"
        case Sum():
            return f"total amount of {_facts(formula.over, fiscal_year)}, in baht"
        case Mean():
            return f"mean amount of {_facts(formula.over, fiscal_year)}, in baht"
        case Steps():
            return _steps(formula, fiscal_year)
        case Reported():
            return _reported(formula, fiscal_year)


def _share(formula: Share, fiscal_year: FiscalYear) -> str:
    facts = _facts(formula.matching, fiscal_year, plural=formula.at_least > 1)
    enough = f"with at least {formula.at_least} {facts}"
    if formula.population.of == "districts":
        return f"district offices {enough}, divided by all district offices{_times(formula.scale)}"
    communities, when = _communities(formula.population), _when(formula.population)
    return f"{communities} {enough}, divided by all {communities} {when}{_times(formula.scale)}"


def _communities(population: Population) -> str:
    types = [COMMUNITY_TYPES[type_][1] for type_ in population.types]
    return " ".join([population.basis.value, *([any_of(types, OR)] if types else []), "communities"])


def _when(population: Population) -> str:
    """The day on which communities belong, and what makes them eligible."""
    day = "on the cut-off date" if population.on is None else f"on {format_date(population.on, 'en')}"
    if population.basis is Basis.REGISTERED:
        return day
    return f"{day} (not being dissolved, with a committee able to work)"


def _facts(query: FactQuery, fiscal_year: FiscalYear, *, plural: bool = True) -> str:
    """The facts of a query: kind, filters, years, since when."""
    spec = FACT_KINDS[query.fact]
    words = [spec.plural_en if plural else spec.name_en, *_filters(query)]
    years = years_of(query, fiscal_year)
    if years:
        words.append(f"of fiscal year {any_of(years, OR)}")
    if query.since is Since.FISCAL_YEAR:
        words.append(f"since the start of fiscal year {fiscal_year.be}")
    if query.since is Since.QUARTER:
        words.append("since the start of the quarter reported on")
    return " ".join(words)


def _filters(query: FactQuery) -> list[str]:
    after = {"kind": " plans only"}
    attributes = FACT_KINDS[query.fact].attributes
    return [f"({attributes[name][value][1]}{after.get(name, ' only')})" for name, value in query.filters.items()]


def _term(term: Term, fiscal_year: FiscalYear) -> str:
    what = "total amount" if term.measure is Measure.AMOUNT else "number"
    return f"{what} of {_facts(term.query, fiscal_year)}"


def _steps(formula: Steps, fiscal_year: FiscalYear) -> str:
    steps = ", ".join(f"{step.code} {step.name_en}: weight {number_text(step.weight)}" for step in formula.steps)
    return (
        f"weights of the steps done since the start of fiscal year {fiscal_year.be} ({steps}), "
        f"divided by the weight of all steps, {number_text(formula.weight)}{_times(formula.scale)}"
    )


def _reported(formula: Reported, fiscal_year: FiscalYear) -> str:
    rolled_up = _of_pairs(formula) if formula.input is ReportedInput.PAIR else _of_values(formula)
    return f"{rolled_up}, taking each unit's latest report of fiscal year {fiscal_year.be}"


def _of_pairs(formula: Reported) -> str:
    times = _times(formula.scale)
    match formula.roll_up:
        case RollUp.SUM_OF_PARTS:
            return f"sum of the numerators that units reported, divided by the sum of their denominators{times}"
        case RollUp.MEAN:
            return f"mean of the rates that units reported (numerator divided by denominator{times})"
        case RollUp.LATEST:
            return (
                f"numerator divided by denominator{times}, as reported on the latest day (those of several units on "
                "one day are added up first)"
            )
        case RollUp.SHARE_MEETING_TARGET:
            return _share_meeting_target(formula, f"rate (numerator divided by denominator{times})")


def _of_values(formula: Reported) -> str:
    match formula.roll_up:
        case RollUp.SUM_OF_PARTS:
            return "sum of the values that units reported"
        case RollUp.MEAN:
            return "mean of the values that units reported"
        case RollUp.LATEST:
            return "value reported on the latest day (the mean, where several units reported on one day)"
        case RollUp.SHARE_MEETING_TARGET:
            return _share_meeting_target(formula, "value")


def _share_meeting_target(formula: Reported, value: str) -> str:
    target = number_text(formula.unit_target or Decimal(0))
    return f"units with a {value} of at least {target}, divided by all units that reported, times 100"


def _times(scale: int) -> str:
    return "" if scale == 1 else f", times {scale}"
