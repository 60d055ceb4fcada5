"""The score of an agency with every step of it, and the agencies of a year with their agreements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import today
from lakthan.apps.reporting.certified import CertifiedFigures, certified_figure, certified_figures
from lakthan.apps.reporting.figures import Question, answer_all, questions
from lakthan.apps.reporting.models import ManagementScore, Report
from lakthan.apps.reporting.papers import district_of
from lakthan.apps.reporting.schemes import scheme_of
from lakthan.apps.reporting.scores import scores_of
from lakthan.apps.reporting.selectors import with_owner_code
from lakthan.apps.reporting.services.scores import score_management
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.errors import NotFound
from lakthan.core.figure import Figure, NoValue
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import Duty
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.rules.scoring import (
    Component,
    Mean,
    Scheme,
    Scored,
    Source,
    Treatment,
    Weighed,
    composite,
    on_common_scale,
    score_result,
    weighted_mean,
)
from lakthan.rules.workflow import State

LAST_QUARTER = 4


class ResultBasis(StrEnum):
    """Which results are scored."""

    CERTIFIED = "certified"
    """Those of the year that are certified; the others are not evaluated."""
    LATEST = "latest"
    """Those of the last quarter that has begun, as the records say them now. Not official."""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One result with its score. `report_unit` is the unit that reports, where it is not the indicator's owner."""

    assignment: UUID
    code: str
    name_th: str
    name_en: str
    report_unit: UUID | None
    unit_th: str
    unit_en: str
    """Unit of measure."""
    weight: Decimal | None
    result: QuarterFigure
    scored: Scored
    treatment: Treatment
    points: Fraction | None
    """Weight x score."""


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A component of Part 1 with its score; `percent` is the mean score of the reporting where it is computed."""

    component: Component
    score: Fraction | None
    treatment: Treatment
    points: Fraction | None
    note: str = ""
    number: int = 0
    """How often it was given; 0 where it never was."""
    percent: Fraction | None = None
    reports: int = 0
    """Reports whose reporting was scored."""


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """All that the page of an agency's score shows."""

    unit: UUID
    unit_th: str
    unit_en: str
    fiscal_year: FiscalYear
    basis: ResultBasis
    quarter: int
    """Whose results are scored."""
    scheme: Scheme
    results: tuple[ResultLine, ...]
    part_2: Mean
    components: tuple[ComponentLine, ...]
    part_1: Mean
    whole: Fraction | None


def readable_unit(actor: Actor, unit: UUID) -> Unit:
    """The unit whose scores and agreement the actor may read.

    Raises:
        NotFound: there is none, or the actor may not know of its scores.
    """
    found = None if refusal(actor, Action.READ_SCORES, str(unit)) else Unit.objects.filter(pk=unit).first()
    if found is None:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.")
    return found


def agency_score(actor: Actor, unit: UUID, fiscal_year: FiscalYear, basis: ResultBasis) -> AgencyScore:
    """The score of a unit in a year, from its results to the whole.

    Raises:
        NotFound: no such unit, it answers for nothing in the year, or the actor may not know of its scores.
    """
    home = readable_unit(actor, unit)
    rows = Assignment.objects.filter(unit=home, fiscal_year=fiscal_year.be).order_by("indicator__code")
    assignments = list(with_owner_code(rows, fiscal_year.last_day))
    if not assignments:
        raise NotFound(
            f"{home.name_th}ไม่มีตัวชี้วัดใน{fiscal_year.label_th}",
            f"The unit answers for nothing in {fiscal_year.label_en}.",
        )
    scheme = scheme_of(fiscal_year)
    quarter = LAST_QUARTER if basis is ResultBasis.CERTIFIED else _last_begun(fiscal_year)
    results = results_of(assignments, fiscal_year, quarter, basis)
    lines, part_2 = _part_2(scheme, assignments, results)
    components, part_1 = _part_1(scheme, home, fiscal_year)
    return AgencyScore(
        unit=home.pk,
        unit_th=home.name_th,
        unit_en=home.name_en,
        fiscal_year=fiscal_year,
        basis=basis,
        quarter=quarter,
        scheme=scheme,
        results=lines,
        part_2=part_2,
        components=components,
        part_1=part_1,
        whole=composite(scheme, part_1.exact, part_2.exact),
    )


def _last_begun(fiscal_year: FiscalYear) -> int:
    here = today()
    return max((quarter.number for quarter in fiscal_year.quarters if quarter.first_day <= here), default=1)


def results_of(
    assignments: Sequence[Assignment], fiscal_year: FiscalYear, quarter: int, basis: ResultBasis
) -> dict[UUID, QuarterFigure]:
    """The result of each assignment in a quarter; not evaluated where it has to be certified and is not."""
    here = today()
    asked = questions(assignments, fiscal_year, here)
    certified = certified_figures([row.pk for row in assignments], here)
    questioned = {row.pk: replace(asked[row.pk][quarter - 1], district=district_of(row)) for row in assignments}
    if basis is ResultBasis.LATEST:
        live = dict(zip(questioned, answer_all(list(questioned.values()), here), strict=True))
    else:
        live = {key: question.answered(_not_evaluated(question)) for key, question in questioned.items()}
    return {key: _certified(certified, key, result) for key, result in live.items()}


def _not_evaluated(question: Question) -> Figure:
    """What stands where no certified result stands; what is not measured keeps its reason."""
    without = question.unanswered(question.quarter.last_day)
    return without or Figure(None, None, 1, question.decimals, NoValue.NOT_EVALUATED)


def _certified(certified: CertifiedFigures, assignment: UUID, result: QuarterFigure) -> QuarterFigure:
    found = certified_figure(certified, assignment, result.quarter.number)
    return found.in_place_of(result) if found else result


def _part_2(
    scheme: Scheme, assignments: Sequence[Assignment], results: Mapping[UUID, QuarterFigure]
) -> tuple[tuple[ResultLine, ...], Mean]:
    scored = {row.pk: score_of(scheme, row, results[row.pk]) for row in assignments}
    mean = weighted_mean([weighed(row, results[row.pk], scored[row.pk]) for row in assignments], scheme.missing)
    told = zip(assignments, mean.treatments, mean.points, strict=True)
    lines = tuple(
        ResultLine(
            assignment=row.pk,
            code=row.indicator.code,
            name_th=row.indicator.name_th,
            name_en=row.indicator.name_en,
            report_unit=None if row.unit_id == row.indicator.unit_id else row.unit_id,
            unit_th=row.definition.unit_th,
            unit_en=row.definition.unit_en,
            weight=row.weight,
            result=results[row.pk],
            scored=scored[row.pk],
            treatment=treatment,
            points=points,
        )
        for row, treatment, points in told
    )
    return lines, mean


def score_of(scheme: Scheme, row: Assignment, result: QuarterFigure) -> Scored:
    """A result on the scale of its assignment, or on the common one."""
    return score_result(
        scheme,
        value=result.figure.exact,
        target=result.target,
        operator=result.operator,
        agreed=[Decimal(value) for value in row.scale],
        reason=result.figure.reason,
    )


def weighed(row: Assignment, result: QuarterFigure, scored: Scored) -> Weighed:
    """A score with its weight; what is slowed and short of its target is left out."""
    spared = result.duty is Duty.SLOWED and result.met is None
    return Weighed(row.weight, scored.score, scored.reason, is_spared=spared)


def _part_1(scheme: Scheme, unit: Unit, fiscal_year: FiscalYear) -> tuple[tuple[ComponentLine, ...], Mean]:
    rows = ManagementScore.objects.filter(unit=unit, fiscal_year=fiscal_year.be).order_by("number")
    given = {row.component: row for row in rows}
    percent, reports = _reporting(unit, fiscal_year)
    scores: list[Fraction | None] = []
    for component in scheme.components:
        if component.source is Source.REPORTING:
            scores.append(None if percent is None else on_common_scale(scheme, percent))
        else:
            row = given.get(component.code)
            scores.append(None if row is None else Fraction(row.score))
    pairs = list(zip(scheme.components, scores, strict=True))
    mean = weighted_mean([Weighed(component.weight, score) for component, score in pairs], scheme.missing)
    lines = []
    for (component, score), treatment, points in zip(pairs, mean.treatments, mean.points, strict=True):
        of_reports = component.source is Source.REPORTING
        row = None if of_reports else given.get(component.code)
        lines.append(
            ComponentLine(
                component=component,
                score=score,
                treatment=treatment,
                points=points,
                note=row.note if row else "",
                number=row.number if row else 0,
                percent=percent if of_reports else None,
                reports=reports if of_reports else 0,
            )
        )
    return tuple(lines), mean


def _reporting(unit: Unit, fiscal_year: FiscalYear) -> tuple[Fraction | None, int]:
    """The mean score of the reporting of the unit's certified reports of a year, in percent, and of how many."""
    reports = Report.objects.filter(
        unit=unit, assignment__fiscal_year=fiscal_year.be, state=State.CERTIFIED.value
    ).select_related("assignment__unit")
    totals = [score.total.exact for score in scores_of(reports).values()]
    found = [total for total in totals if total is not None]
    return (sum(found, Fraction(0)) / len(found), len(found)) if found else (None, 0)


def record_component(
    *, actor: Actor, unit: UUID, fiscal_year: FiscalYear, component: str, score: Decimal, note: str, now: datetime
) -> None:
    """Record a score of Part 1 of a unit. Raises as `readable_unit` and `score_management`."""
    home = readable_unit(actor, unit)
    score_management(
        actor=actor, unit=home, fiscal_year=fiscal_year, component=component, score=score, note=note, now=now
    )
