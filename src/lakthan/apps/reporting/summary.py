"""The executive's page: how a fiscal year stands, by branch of the plan and by agency, and what will be missed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import F

from lakthan.apps.indicators.models import Assignment, IndicatorNode, PlanNode
from lakthan.apps.people.selectors import district_members, today
from lakthan.apps.reporting.certified import certified_figures, certified_quarters
from lakthan.apps.reporting.decided import Decisions, decisions_of
from lakthan.apps.reporting.figures import Question, answerer, questions
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.figure import NoValue
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import duty_decision
from lakthan.rules.facts import District
from lakthan.rules.formula.grammar import Reported, Share
from lakthan.rules.pace import Known, Outlook, Projection, project
from lakthan.rules.permissions import Action, Actor, require

LAST_QUARTER = 4
Counts = Mapping[Outlook, int]


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One indicator from the quarter that is looked from."""

    code: str
    name_th: str
    name_en: str
    agency: UUID
    agency_th: str
    agency_en: str
    unit_th: str
    """Unit of measure."""
    unit_en: str
    branches: tuple[UUID, ...]
    quarters: tuple[QuarterFigure, ...]
    """All four."""
    selected: QuarterFigure
    of_year: Decimal | None
    """The target of the year."""
    projections: tuple[Projection, ...]
    """As seen from each quarter up to the selected one."""
    document: str
    """Of the decision by which it is slowed or not measured."""

    @property
    def projection(self) -> Projection:
        """As seen from the selected quarter."""
        return self.projections[-1]


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that will be missed, and the districts that do not count."""

    line: SummaryLine
    without: tuple[District, ...]
    """District offices that do not count, or have not reported; empty where districts are not what is counted."""
    members: int | None
    """How many members of the population do not count; None where members are not counted."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A branch of the plan or an agency with its counts; `id` None is for what belongs to none."""

    id: UUID | None
    code: str
    name_th: str
    name_en: str
    counts: Counts
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the page shows."""

    fiscal_year: FiscalYear
    quarter: int
    begun: int
    """The last quarter that has begun."""
    as_of: date | None
    lines: tuple[SummaryLine, ...]
    counts: Counts
    over_quarters: tuple[Counts, ...]
    """As seen from each quarter up to the selected one."""
    branches: tuple[Slice, ...]
    agencies: tuple[Slice, ...]
    missed: tuple[Missed, ...]


def executive_summary(actor: Actor, fiscal_year: FiscalYear, quarter: int | None = None) -> Summary:
    """A fiscal year as seen from a quarter, by default the last that has begun; a constant number of statements.

    What the owners of indicators answer for; certified figures stand in place of what the records say now.
    """
    require(actor, Action.READ_SUMMARY)
    here = today()
    begun = max((each.number for each in fiscal_year.quarters if each.first_day <= here), default=1)
    number = min(quarter or begun, begun)
    found = Assignment.objects.filter(fiscal_year=fiscal_year.be, unit=F("indicator__unit"))
    assignments = list(found.select_related("indicator", "definition", "unit").order_by("indicator__code"))
    decided = decisions_of(assignments)
    asked = questions(assignments, fiscal_year, here, decided)
    districts = district_members(here)
    answering = answerer([each for row in assignments for each in asked[row.pk]], here, districts)
    certified = certified_figures([row.pk for row in assignments], here)
    nodes = _branches(assignments)
    lines = []
    for row in assignments:
        live = [answering(question) for question in asked[row.pk]]
        quarters = certified_quarters(live, row.pk, certified)
        branches = tuple(dict.fromkeys(node.pk for node in nodes.get(row.indicator_id, ())))
        lines.append(_line(row, quarters, number, branches, decided))
    missed = _missed(lines, asked, assignments, answering, districts)
    return Summary(
        fiscal_year=fiscal_year,
        quarter=number,
        begun=begun,
        as_of=max((line.selected.as_of for line in lines), default=None),
        lines=tuple(lines),
        counts=_counts(line.projection for line in lines),
        over_quarters=tuple(_counts(line.projections[at] for line in lines) for at in range(number)),
        branches=_by_branch(lines, nodes),
        agencies=_by_agency(lines),
        missed=missed,
    )


def _line(
    row: Assignment, quarters: Sequence[QuarterFigure], number: int, branches: tuple[UUID, ...], decided: Decisions
) -> SummaryLine:
    of_year = quarters[LAST_QUARTER - 1].target
    held = duty_decision(decided.get(row.pk, ()), quarters[number - 1].quarter.last_day)
    return SummaryLine(
        code=row.indicator.code,
        name_th=row.indicator.name_th,
        name_en=row.indicator.name_en,
        agency=row.unit_id,
        agency_th=row.unit.name_th,
        agency_en=row.unit.name_en,
        unit_th=row.definition.unit_th,
        unit_en=row.definition.unit_en,
        branches=branches,
        quarters=tuple(quarters),
        selected=quarters[number - 1],
        of_year=of_year,
        projections=tuple(_projection(quarters[:at], of_year) for at in range(1, number + 1)),
        document=held.document_number if held else "",
    )


def _projection(quarters: Sequence[QuarterFigure], of_year: Decimal | None) -> Projection:
    latest = quarters[-1]
    return project(
        [Known(each.quarter.number, each.figure.exact, each.target) for each in quarters],
        of_year=of_year,
        operator=latest.operator,
        scale=latest.figure.scale,
        duty=latest.duty,
        reason=latest.figure.reason,
    )


def _counts(projections: Iterable[Projection]) -> Counts:
    found = dict.fromkeys(Outlook, 0)
    for projection in projections:
        found[projection.outlook] += 1
    return found


# By branch and agency


def _branches(assignments: Sequence[Assignment]) -> dict[UUID, list[PlanNode]]:
    """The outermost branches of the plan that each indicator serves, in one statement."""
    links = IndicatorNode.objects.filter(indicator__in=[row.indicator_id for row in assignments], ended_on=None)
    found: dict[UUID, list[PlanNode]] = defaultdict(list)
    for link in links.select_related("node__parent__parent__parent__parent"):
        node = link.node
        while node.parent is not None:
            node = node.parent
        found[link.indicator_id].append(node)
    return found


def _by_branch(lines: Sequence[SummaryLine], nodes: Mapping[UUID, Sequence[PlanNode]]) -> tuple[Slice, ...]:
    known = {node.pk: node for of_indicator in nodes.values() for node in of_indicator}
    slices = [
        _slice(node.pk, node.code, node.name_th, node.name_en, [line for line in lines if node.pk in line.branches])
        for node in sorted(known.values(), key=lambda node: node.code)
    ]
    if rest := [line for line in lines if not line.branches]:
        slices.append(_slice(None, "", "", "", rest))
    return tuple(slices)


def _by_agency(lines: Sequence[SummaryLine]) -> tuple[Slice, ...]:
    agencies = {line.agency: line for line in lines}
    slices = [
        _slice(key, "", one.agency_th, one.agency_en, [line for line in lines if line.agency == key])
        for key, one in agencies.items()
    ]
    return tuple(sorted(slices, key=lambda each: (-each.counts[Outlook.BEHIND], each.name_th)))


def _slice(key: UUID | None, code: str, name_th: str, name_en: str, lines: Sequence[SummaryLine]) -> Slice:
    return Slice(key, code, name_th, name_en, _counts(line.projection for line in lines), len(lines))


# What will be missed


def _missed(
    lines: Sequence[SummaryLine],
    asked: Mapping[UUID, Sequence[Question]],
    assignments: Sequence[Assignment],
    answering: Callable[[Question], QuarterFigure],
    districts: Mapping[UUID, District],
) -> tuple[Missed, ...]:
    """Those that are behind, the furthest from their target first, with the districts that do not count."""
    behind = [
        (line, row) for line, row in zip(lines, assignments, strict=True) if line.projection.outlook is Outlook.BEHIND
    ]
    found = [
        Missed(line, _without(question, answering, districts), _members_without(question, line.selected))
        for line, row in behind
        for question in [asked[row.pk][line.selected.quarter.number - 1]]
    ]
    return tuple(sorted(found, key=lambda each: (_shortfall(each.line), each.line.code)))


def _shortfall(line: SummaryLine) -> Fraction:
    """What is expected as a part of the target; the lowest first."""
    expected, target = line.projection.expected, line.of_year
    if expected is None or target is None or target == 0:
        return Fraction(1)
    return expected / Fraction(target)


def _without(
    question: Question, answering: Callable[[Question], QuarterFigure], districts: Mapping[UUID, District]
) -> tuple[District, ...]:
    """The districts that do not count in a share of districts, or that have not reported their value."""
    of_districts = isinstance(question.formula, Share) and question.formula.population.of == "districts"
    if not (of_districts or isinstance(question.formula, Reported)):
        return ()
    found = []
    for district in districts.values():
        figure = answering(replace(question, district=district.code)).figure
        missing = figure.reason is NoValue.NOT_REPORTED if not of_districts else figure.numerator == 0
        if missing:
            found.append(district)
    return tuple(found)


def _members_without(question: Question, selected: QuarterFigure) -> int | None:
    figure = selected.figure
    if not isinstance(question.formula, Share) or figure.numerator is None or figure.denominator is None:
        return None
    return int(figure.denominator - figure.numerator)
