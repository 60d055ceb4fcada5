"""Who answers for an indicator in a year, each with target and result."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import today, with_code
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.certified import certified_figure, certified_figures
from lakthan.apps.reporting.figures import Question, answer, questions
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.breakdown import break_down
from lakthan.rules.formula.dimensions import Dimension, dimensions_of
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class AssignedUnit:
    """One unit that answers for the indicator."""

    unit: UUID
    code: str
    kind: str
    name_th: str
    name_en: str
    is_owner: bool
    classification: str
    weight: Decimal | None
    version: int
    target: Decimal | None
    result: QuarterFigure | None
    """Against its target; None where the formula has no part of a unit of this kind."""


@dataclass(frozen=True, slots=True)
class AssignedUnits:
    """All units that answer for an indicator in a year, and the quarter that the results are of."""

    fiscal_year: FiscalYear
    quarter: int
    units: tuple[AssignedUnit, ...]

    @property
    def has_owner(self) -> bool:
        """Whether the owner answers for it too: public pages show no other indicators."""
        return any(unit.is_owner for unit in self.units)


def assigned_units(actor: Actor, code: str, fiscal_year: FiscalYear) -> AssignedUnits:
    """The units in order of code, the owner first, with results of the last quarter that has begun, certified or live.

    The number of queries does not grow with the units. Results of districts are the parts of the city's figure, as of
    the same day.

    Raises:
        Refused: the actor does not define indicators.
    """
    require(actor, Action.DEFINE_INDICATORS)
    rows = list(
        Assignment.objects.filter(indicator__code=code, fiscal_year=fiscal_year.be).select_related(
            "indicator", "definition", "unit"
        )
    )
    here = today()
    number = max((q.number for q in fiscal_year.quarters if q.first_day <= here), default=1)
    asked = {pk: found[number - 1] for pk, found in questions(rows, fiscal_year, here).items()}
    codes = dict(with_code(Unit.objects.filter(pk__in=[row.unit_id for row in rows]), here).values_list("pk", "code"))
    results = _results(rows, asked, codes, here)
    certified = certified_figures([row.pk for row in rows], here)
    for pk, live in results.items():
        if (kept := certified_figure(certified, pk, number)) is not None:
            results[pk] = kept.in_place_of(live)
    units = [_unit(row, codes.get(row.unit_id) or "", asked[row.pk], results.get(row.pk)) for row in rows]
    return AssignedUnits(fiscal_year, number, tuple(sorted(units, key=lambda unit: (not unit.is_owner, unit.code))))


def _results(
    rows: list[Assignment], asked: dict[UUID, Question], codes: dict[UUID, str | None], here: date
) -> dict[UUID, QuarterFigure]:
    """By assignment: the whole for those that are no district, and the districts' parts of it, once a definition."""
    found: dict[UUID, QuarterFigure] = {}
    for definition in {row.definition_id: row.definition for row in rows}.values():
        using = [row for row in rows if row.definition_id == definition.pk]
        whole = next((row for row in using if row.unit_id == row.indicator.unit_id), using[0])
        question = asked[whole.pk]
        of_city = answer(question, here)
        parts = _parts(question, here) if any(row.unit.kind == Unit.Kind.DISTRICT for row in using) else {}
        for row in using:
            if row.unit.kind != Unit.Kind.DISTRICT:
                found[row.pk] = asked[row.pk].answered(of_city.figure)
            elif (part := parts.get(codes.get(row.unit_id) or "")) is not None:
                found[row.pk] = asked[row.pk].answered(part.figure)
    return found


def _parts(question: Question, here: date) -> dict[str, QuarterFigure]:
    if question.quarter.first_day > here or Dimension.UNIT not in dimensions_of(question.formula):
        return {}
    book = measures.fact_book(measures.kinds_read(question.formula), question.as_of)
    parts = break_down(
        question.formula,
        book,
        Dimension.UNIT,
        as_of=question.as_of,
        fiscal_year=question.quarter.fiscal_year,
        indicator=question.code,
        decimals=question.decimals,
    )
    return {part.code: question.answered(part.figure) for part in parts}


def _unit(row: Assignment, code: str, question: Question, result: QuarterFigure | None) -> AssignedUnit:
    return AssignedUnit(
        unit=row.unit_id,
        code=code,
        kind=row.unit.kind,
        name_th=row.unit.name_th,
        name_en=row.unit.name_en,
        is_owner=row.unit_id == row.indicator.unit_id,
        classification=row.classification,
        weight=row.weight,
        version=row.definition.number,
        target=question.target,
        result=result,
    )


@dataclass(frozen=True, slots=True)
class CopyLine:
    """An indicator that units answer for in a year, and how many of them do so in another."""

    code: str
    name_th: str
    name_en: str
    units: int
    there: int
    """Of these units, those that answer for it in the other year already."""


def copy_lines(actor: Actor, source: FiscalYear, into: FiscalYear) -> tuple[CopyLine, ...]:
    """What copying a year into another would add, by indicator; one query."""
    require(actor, Action.DEFINE_INDICATORS)
    names = ("indicator__code", "indicator__name_th", "indicator__name_en", "unit", "fiscal_year")
    rows = list(Assignment.objects.filter(fiscal_year__in=(source.be, into.be)).order_by().values_list(*names))
    there = {(code, unit) for code, _, _, unit, year in rows if year == into.be}
    units: dict[tuple[str, str, str], list[UUID]] = defaultdict(list)
    for code, name_th, name_en, unit, year in rows:
        if year == source.be:
            units[code, name_th, name_en].append(unit)
    return tuple(
        CopyLine(code, name_th, name_en, len(found), sum((code, unit) in there for unit in found))
        for (code, name_th, name_en), found in sorted(units.items())
    )
