"""From an assignment and a quarter to its figure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from lakthan.apps.indicators.models import Assignment, QuarterTarget
from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.batch import books
from lakthan.apps.reporting.deadlines import cut_offs
from lakthan.apps.reporting.decided import Decisions, decisions_of
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.errors import UserError
from lakthan.core.figure import Figure, NoValue, Operator
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.decisions import Duty, duty_on, target_on
from lakthan.rules.eligibility import Basis
from lakthan.rules.formula.grammar import Formula, Share
from lakthan.rules.formula.grouped import Reckoner
from lakthan.rules.formula.matching import Asked
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.formula.tally import Tally, evaluate_tallies, tally_refusal

WITHOUT_VALUE: Mapping[Duty, NoValue] = {
    Duty.NOT_APPLICABLE: NoValue.NOT_APPLICABLE,
    Duty.CANCELLED: NoValue.CANCELLED,
}
"""Why there is no value where it was decided not to measure."""


@dataclass(frozen=True, slots=True)
class Question:
    """One figure to compute: a formula, the quarter, the day it is as of, and the target."""

    code: str
    formula: Formula
    quarter: Quarter
    as_of: date
    decimals: int
    target: Decimal | None
    operator: Operator
    duty: Duty = Duty.FULL
    """On the day at which the quarter is cut off."""
    district: str | None = None
    """Code of the district whose part is asked for; None for the whole."""

    @property
    def asked(self) -> Asked:
        """As the rules put it."""
        return Asked(self.as_of, self.quarter.fiscal_year, self.code, self.decimals)

    def answered(self, figure: Figure) -> QuarterFigure:
        """The question with its figure."""
        return QuarterFigure(self.quarter, self.as_of, figure, self.target, self.operator, self.duty)

    def unanswered(self, today: date) -> Figure | None:
        """The figure of a quarter that is not measured or has not begun; None for one that is to be computed."""
        reason = WITHOUT_VALUE.get(self.duty)
        if reason is None and self.quarter.first_day > today:
            reason = NoValue.NOT_DUE
        return None if reason is None else Figure(None, None, 1, self.decimals, reason)


QuarterTargets = Mapping[tuple[UUID, int], Decimal | None]
"""Targets that were agreed for one quarter alone, by assignment and quarter."""


def questions(
    assignments: Sequence[Assignment],
    fiscal_year: FiscalYear,
    today: date,
    decided: Decisions | None = None,
    agreed: QuarterTargets | None = None,
) -> dict[UUID, tuple[Question, ...]]:
    """The four quarters of each assignment as questions, in three statements.

    Each is as of the cut-off of the unit that answers for the assignment. A quarter that has begun and is not cut off
    yet is as of `today`: no figure speaks of a day to come. What was decided holds for a quarter when it is in effect
    at its cut-off. `decided` and `agreed` are what was decided and the targets of quarters, where the caller
    has read them.
    """
    formulas = {row.definition_id: parse_formula(row.definition.formula) for row in assignments}
    days = cut_offs(fiscal_year, {assignment.unit.kind for assignment in assignments})
    targets = quarter_targets(assignments) if agreed is None else agreed
    decided = decisions_of(assignments) if decided is None else decided
    return {
        assignment.pk: tuple(
            _question(
                assignment,
                formulas[assignment.definition_id],
                quarter,
                days[assignment.unit.kind][quarter.number],
                today,
                targets.get((assignment.pk, quarter.number)),
                decided,
            )
            for quarter in fiscal_year.quarters
        )
        for assignment in assignments
    }


def quarter_targets(assignments: Sequence[Assignment]) -> QuarterTargets:
    """The targets of quarters, in one statement."""
    rows = QuarterTarget.objects.filter(assignment__in=assignments, target__isnull=False)
    return {(row, quarter): target for row, quarter, target in rows.values_list("assignment", "quarter", "target")}


def _question(
    assignment: Assignment,
    formula: Formula,
    quarter: Quarter,
    cut_off: date,
    today: date,
    of_quarter: Decimal | None,
    decided: Decisions,
) -> Question:
    """One quarter of an assignment; `of_quarter` is the target that was agreed for it alone."""
    definition, taken = assignment.definition, decided.get(assignment.pk, ())
    target = target_on(taken, quarter.number, cut_off, of_year=assignment.target, of_quarter=of_quarter)
    return Question(
        code=assignment.indicator.code,
        formula=formula,
        quarter=quarter,
        as_of=min(cut_off, today) if quarter.first_day <= today else cut_off,
        decimals=definition.decimals,
        target=target.value,
        operator=Operator(definition.operator),
        duty=duty_on(taken, cut_off),
    )


def answer_all(asked: Sequence[Question], today: date) -> list[QuarterFigure]:
    """Many figures without their members, in at most four statements, however many questions there are."""
    answering = answerer(asked, today)
    return [answering(question) for question in asked]


def answerer(
    asked: Sequence[Question], today: date, districts: measures.Districts | None = None
) -> Callable[[Question], QuarterFigure]:
    """What answers these questions, and the same questions about single districts, without a further statement.

    `districts` are those of today, where the caller has read them.
    """
    due = [question for question in asked if question.unanswered(today) is None]
    if districts is None:
        districts = district_members(today) if due else {}
    tallied = [_is_tallied(question, today) for question in due]
    found = books(
        [(question.formula, question.asked) for question, is_so in zip(due, tallied, strict=True) if is_so],
        [(question.formula, question.asked) for question, is_so in zip(due, tallied, strict=True) if not is_so],
        districts,
    )
    by_tallies, by_registers = Reckoner(found.tallied), Reckoner(found.registers)

    def figure(question: Question) -> Figure:
        if (unanswered := question.unanswered(today)) is not None:
            return unanswered
        if _is_tallied(question, today):
            at_the_end = replace(question.asked, as_of=question.quarter.last_day)
            return by_tallies.figure(question.formula, at_the_end, question.district)
        return by_registers.figure(question.formula, question.asked, question.district)

    return lambda question: question.answered(figure(question))


def _is_tallied(question: Question, today: date) -> bool:
    """Whether the roll-up at the quarter's last day is the figure of the question.

    In a quarter that still runs it is so as of today too: nothing is recorded ahead of its day, but for plans, whose
    last day is known beforehand.
    """
    if tally_refusal(question.formula, question.quarter.last_day) is not None:
        return False
    if question.as_of == question.quarter.last_day:
        return True
    ends_ahead = any(measures.SOURCES[kind].last_day for kind in measures.kinds_read(question.formula))
    return question.as_of == today and not ends_ahead


def from_tallies(question: Question, rows: Sequence[Tally], districts: measures.Districts) -> Figure:
    """The figure that the roll-up gives."""
    return evaluate_tallies(
        question.formula,
        rows,
        districts.values(),
        as_of=question.quarter.last_day,
        fiscal_year=question.quarter.fiscal_year,
        decimals=question.decimals,
    )


def answer(
    question: Question, today: date, district: str | None = None, districts: measures.Districts | None = None
) -> QuarterFigure:
    """One figure with its members, compiled through the ORM, for the city or one district.

    `districts` are those of the question's day, where the caller has read them.

    Raises:
        NotFound: there is no such district on the day.
    """
    if (without := question.unanswered(today)) is not None:
        return question.answered(without)
    districts = district_members(question.as_of) if districts is None else districts
    unit = None if district is None else measures.unit_of(district, districts)
    return question.answered(measures.compiled(question.formula, question.asked, districts, unit))


def on_basis(formula: Formula, basis: Basis) -> Formula:
    """The formula with another basis of its community population.

    Raises:
        UserError: the formula does not count communities.
    """
    if not isinstance(formula, Share) or formula.population.of != "communities":
        raise UserError(
            "ตัวชี้วัดนี้ไม่ได้นับชุมชน จึงเลือกฐานไม่ได้", "This indicator does not count communities; it has no basis to choose."
        )
    return replace(formula, population=replace(formula.population, basis=basis))
