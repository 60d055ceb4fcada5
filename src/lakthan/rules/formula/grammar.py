"""The closed grammar of formulas: plain data, no code.

A formula is stored as JSON and read by `parse.parse_formula`; these are the shapes it becomes. The kinds and their
meaning are those of the table in docs/formulas.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import FactKind


class FormulaKind(StrEnum):
    """The kinds of formula there are."""

    SHARE = "share"
    RATIO = "ratio"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    STEPS = "steps"
    REPORTED = "reported"


class Since(StrEnum):
    """From when on a fact must have taken effect; all are cut off at the as-of date."""

    EVER = "ever"
    FISCAL_YEAR = "fiscal-year"
    QUARTER = "quarter"


class Measure(StrEnum):
    """What is taken of the matching facts."""

    COUNT = "count"
    AMOUNT = "amount"


class RollUp(StrEnum):
    """How the values that units reported become one value."""

    SUM_OF_PARTS = "sum-of-parts"
    MEAN = "mean"
    LATEST = "latest"
    SHARE_MEETING_TARGET = "share-meeting-target"


class ReportedInput(StrEnum):
    """What each unit types in."""

    PAIR = "pair"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts match: kind, booked fiscal years, since when in effect, attribute filters.

    A fact must hold on the as-of date. `fiscal_years` are offsets from the fiscal year reported on: (0, 1) is that
    year or the next; empty means any.
    """

    fact: FactKind
    fiscal_years: tuple[int, ...] = ()
    since: Since = Since.EVER
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Population:
    """Whose members are counted: all district offices, or communities on a basis.

    `on` fixes the date on which communities must be registered or eligible; None is the as-of date.
    """

    of: str
    """`districts` or `communities`."""
    basis: Basis = Basis.REGISTERED
    on: date | None = None
    types: tuple[str, ...] = ()
    """Community types; empty means all."""


@dataclass(frozen=True, slots=True)
class Share:
    """Members of the population with at least `at_least` matching facts, of all members."""

    population: Population
    matching: FactQuery
    at_least: int = 1
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a ratio: a count or an amount of the matching facts."""

    query: FactQuery
    measure: Measure = Measure.COUNT


@dataclass(frozen=True, slots=True)
class Ratio:
    """One term divided by another."""

    numerator: Term
    denominator: Term
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Count:
    """How many facts match."""

    over: FactQuery


@dataclass(frozen=True, slots=True)
class Sum:
    """The amounts of the matching facts together, in baht."""

    over: FactQuery


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean amount of the matching facts, in baht."""

    over: FactQuery


@dataclass(frozen=True, slots=True)
class Step:
    """One weighted step of a `steps` formula."""

    code: str
    name_th: str
    name_en: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Steps:
    """The weights of the steps done, of all weights."""

    steps: tuple[Step, ...]
    scale: int = 100

    @property
    def weight(self) -> Decimal:
        """The weights of all steps together."""
        return sum((step.weight for step in self.steps), Decimal(0))


@dataclass(frozen=True, slots=True)
class Reported:
    """What each unit typed in, rolled up to the city.

    Each unit counts with its latest report of the fiscal year up to the as-of date. `scale` is that of pairs; values
    are taken as they were typed. `unit_target` is what `share-meeting-target` holds each unit's value against.
    """

    input: ReportedInput
    roll_up: RollUp
    scale: int = 100
    unit_target: Decimal | None = None


Formula = Share | Ratio | Count | Sum | Mean | Steps | Reported


def queries(formula: Formula) -> tuple[FactQuery, ...]:
    """The queries of a formula; none for steps and reported values. The first decides which members count."""
    match formula:
        case Share():
            return (formula.matching,)
        case Ratio():
            return formula.numerator.query, formula.denominator.query
        case Count() | Sum() | Mean():
            return (formula.over,)
        case Steps() | Reported():
            return ()
