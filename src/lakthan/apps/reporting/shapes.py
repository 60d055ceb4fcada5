"""What the selectors of this app give to pages, papers and the command line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lakthan.apps.reporting.decided import DecisionLine
from lakthan.core.figure import Figure, Operator
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.decisions import Duty
from lakthan.rules.facts import District
from lakthan.rules.formula.breakdown import Part
from lakthan.rules.formula.grammar import Formula


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """The figure of one quarter beside its target."""

    quarter: Quarter
    as_of: date
    figure: Figure
    target: Decimal | None
    operator: Operator
    duty: Duty = Duty.FULL
    certified_on: date | None = None
    """The day on which this figure was certified; None where it is what the records say now."""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a value or a target, and where what is slowed has not met it yet."""
        met = self.figure.met(self.target, self.operator)
        return None if self.duty is Duty.SLOWED and met is False else met


@dataclass(frozen=True, slots=True)
class IndicatorSummary:
    """An indicator as one unit answers for it in a fiscal year."""

    code: str
    name_th: str
    name_en: str
    level: str
    owner_code: str
    owner_th: str
    owner_en: str
    unit_th: str
    """Unit of measure: ร้อยละ, บาท ..."""
    unit_en: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A line of the list: the indicator and its four quarters; `latest` is the last quarter that has begun."""

    indicator: IndicatorSummary
    quarters: tuple[QuarterFigure, ...]
    latest: QuarterFigure


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A node of the plan tree that an indicator serves, outermost first in a chain."""

    code: str
    level_name: str
    name_th: str
    name_en: str
    certainty: str


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """A version of a definition in words."""

    number: int
    terms_th: tuple[str, ...]
    terms_en: tuple[str, ...]
    method_th: str
    method_en: str
    sentence_th: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """All that an indicator's page shows. `selected.figure` holds the members, the other quarters do not."""

    indicator: IndicatorSummary
    fiscal_year: FiscalYear
    definition: DefinitionText
    plan: tuple[tuple[PlanLink, ...], ...]
    quarters: tuple[QuarterFigure, ...]
    selected: QuarterFigure
    recorded: QuarterFigure | None
    """What the records say now of a quarter whose certified figure is another; None where they agree."""
    districts: tuple[District, ...]
    """The district offices on the day of `selected`."""
    decisions: tuple[DecisionLine, ...] = ()
    """About the assignment, newest first."""
    certified: frozenset[int | None] = frozenset()
    """Quarters with a certified report; None for that of the year."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One record behind a district's figure."""

    id: UUID
    kind: str
    """A `FactKind` value."""
    effective_on: date
    title: str
    fiscal_year: int | None = None
    document: str = ""
    amount: Decimal | None = None
    """Baht, or the reported numerator (or value)."""
    base: Decimal | None = None
    """The reported denominator."""
    item_number: int | None = None
    community_code: str = ""
    community_name: str = ""
    plan_kind: str = ""
    """`new` or `review`."""
    plan_on: date | None = None
    project_id: UUID | None = None
    reason: str = ""
    """Why declined, where it was."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CommunityWithoutPlan:
    """A community of the register without a plan in force on the day; `ended_on` is None where it never had one."""

    code: str
    name: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What became of each project that the communities of a district had in a plan by the day; each in one group."""

    declined: tuple[TraceRow, ...]
    undecided: tuple[TraceRow, ...]
    """Waiting for a decision: asked of the district in plans that are in force on the day."""
    replaced: tuple[TraceRow, ...]
    """Never decided, and not to be any more: a younger plan has replaced theirs, or it has run out."""
    withdrawn: tuple[TraceRow, ...]
    """Decided in the years that are asked about, but the decision was withdrawn."""
    other_years: tuple[TraceRow, ...]
    """Decided for other years only."""
    by_community: tuple[TraceRow, ...]
    """Done by the communities themselves: nothing is asked of the district."""
    without_plan: tuple[CommunityWithoutPlan, ...]
    communities: int
    """All of the register on the day."""

    @property
    def candidates(self) -> int:
        """All projects, of every group."""
        groups = (
            self.declined,
            self.undecided,
            self.replaced,
            self.withdrawn,
            self.other_years,
            self.by_community,
        )
        return sum(len(group) for group in groups)


@dataclass(frozen=True, slots=True)
class DistrictTrace:
    """What stands behind one district's part of a figure."""

    indicator: IndicatorSummary
    fiscal_year: FiscalYear
    selected: QuarterFigure
    """The figure of the district alone."""
    district_code: str
    district_th: str
    district_en: str
    rows: tuple[TraceRow, ...]
    """The records that count."""
    declined: tuple[TraceRow, ...]
    """Projects that the district decided not to include, with the reason (inclusion indicators only)."""
    undecided: tuple[TraceRow, ...] | None
    """Projects asked of the district for which no decision is recorded; None for what is no inclusion indicator."""
    why_not: WhyNot | None = None
    """For a district without an inclusion: what became of all its candidates."""


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A figure as the command line and the paper give it, with its members and its sentence."""

    indicator: IndicatorSummary
    fiscal_year: FiscalYear
    unit_code: str
    """The owner's code, or the district's where one was asked for."""
    kind: str
    """A `FormulaKind` value."""
    selected: QuarterFigure
    sentence_th: str
    sentence_en: str
    parts: tuple[Part, ...] = ()
