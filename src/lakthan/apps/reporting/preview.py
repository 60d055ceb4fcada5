"""What a formula that is not saved yet gives on live records. Reads only."""

from dataclasses import dataclass
from datetime import date

from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import district_members, today
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.deadlines import cut_offs
from lakthan.apps.reporting.figures import Question, answer
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.facts import District
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class Preview:
    """A formula in words, and its figure for the city or a district."""

    formula: Formula
    sentence_th: str
    sentence_en: str
    figure: QuarterFigure
    district: District | None


def preview(
    *,
    actor: Actor,
    formula: Formula,
    quarter: Quarter,
    code: str = "",
    decimals: int = 2,
    operator: Operator = Operator.AT_LEAST,
    district: str = "",
) -> Preview:
    """The figure of a formula as of the quarter's cut-off, for the city or the district with a code.

    `code` is that of the indicator whose steps and reported values are read; those of a new one are not there yet.

    Raises:
        Refused: the actor does not define indicators.
        NotFound: there is no such district on the day.
    """
    require(actor, Action.DEFINE_INDICATORS)
    here = today()
    as_of = _as_of(quarter, here, Unit.Kind.DISTRICT if district else Unit.Kind.BUREAU)
    question = Question(code, formula, quarter, as_of, decimals, None, operator)
    districts = district_members(question.as_of)
    unit = districts[measures.unit_of(district, districts)] if district else None
    return Preview(
        formula,
        sentence(formula, quarter.fiscal_year, "th"),
        sentence(formula, quarter.fiscal_year, "en"),
        answer(question, here, district or None, districts),
        unit,
    )


def preview_years(here: date) -> tuple[FiscalYear, ...]:
    """The fiscal years that a preview can be asked for, newest first."""
    present = FiscalYear.of(here)
    return tuple(present + -years for years in range(4))


def _as_of(quarter: Quarter, here: date, kind: str) -> date:
    """The cut-off of those who would answer: a bureau for the city, a district for itself."""
    cut_off = cut_offs(quarter.fiscal_year, [kind])[kind][quarter.number]
    return min(cut_off, here) if quarter.first_day <= here else cut_off
