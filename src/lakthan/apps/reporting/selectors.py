"""Reads of this app that pages, papers and verbs call. All of them are public."""

from dataclasses import replace
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from lakthan.apps.indicators.models import Assignment, Definition, Indicator, IndicatorNode, PlanNode
from lakthan.apps.people.models import Unit, UnitCode
from lakthan.apps.people.selectors import (
    district_members,
    in_force,
    members_by_day,
    today,
)
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.certified import certified_figure, certified_figures, certified_quarters, with_members
from lakthan.apps.reporting.decided import decisions_of
from lakthan.apps.reporting.figures import Question, answer, answer_all, answerer, on_basis, questions
from lakthan.apps.reporting.shapes import (
    DefinitionText,
    DistrictTrace,
    FigureAnswer,
    IndicatorPage,
    IndicatorRow,
    IndicatorSummary,
    PlanLink,
)
from lakthan.apps.reporting.traces import declined, records_behind, undecided
from lakthan.apps.reporting.why_not import why_not
from lakthan.core.errors import NotFound
from lakthan.core.figure import Figure
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.decisions import UNMEASURED
from lakthan.rules.eligibility import Basis
from lakthan.rules.formula.breakdown import Part, break_down
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.parse import parse_formula


def fiscal_years() -> tuple[FiscalYear, ...]:
    """Fiscal years that have an assignment, newest first."""
    years = Assignment.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return tuple(FiscalYear(year) for year in years)


def indicator_list(fiscal_year: FiscalYear) -> tuple[IndicatorRow, ...]:
    """The city's indicators of a fiscal year with their four quarters, in order of code."""
    here = today()
    assignments = list(_assignments(fiscal_year))
    asked = questions(assignments, fiscal_year, here)
    flat = [question for assignment in assignments for question in asked[assignment.pk]]
    answers = answer_all(flat, here)
    certified = certified_figures([assignment.pk for assignment in assignments], here)
    rows = []
    for number, assignment in enumerate(assignments):
        quarters = certified_quarters(answers[number * 4 : number * 4 + 4], assignment.pk, certified)
        rows.append(IndicatorRow(summary_of(assignment), quarters, quarters[_begun(fiscal_year, here) - 1]))
    return tuple(rows)


def _assignments(fiscal_year: FiscalYear) -> QuerySet[Assignment]:
    """Assignments of indicators to the agency that owns them."""
    own = Assignment.objects.filter(fiscal_year=fiscal_year.be, unit=F("indicator__unit"))
    return with_owner_code(own, fiscal_year.last_day).order_by("indicator__code")


def owners_assignments() -> QuerySet[Assignment]:
    """The assignments of all years of indicators to the agencies that own them, newest year first."""
    own = Assignment.objects.filter(unit=F("indicator__unit")).select_related("indicator", "definition", "unit")
    return own.order_by("-fiscal_year", "indicator__code")


def with_owner_code(assignments: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
    """Assignments with what belongs to them, and the code on a day of the unit that answers as `owner_code`."""
    codes = UnitCode.objects.filter(in_force(on), unit=OuterRef("unit"), scheme=UnitCode.Scheme.BMA4)
    return assignments.select_related("indicator__unit", "definition", "unit").annotate(
        owner_code=Subquery(codes.values("code")[:1])
    )


def _begun(fiscal_year: FiscalYear, here: date) -> int:
    """Number of the last quarter of the year that has begun; 1 before the year itself."""
    return max((quarter.number for quarter in fiscal_year.quarters if quarter.first_day <= here), default=1)


def summary_of(assignment: Assignment) -> IndicatorSummary:
    """The indicator of an assignment from `with_owner_code`."""
    indicator, definition = assignment.indicator, assignment.definition
    return IndicatorSummary(
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        level=indicator.level,
        owner_code=getattr(assignment, "owner_code", None) or "",
        owner_th=indicator.unit.name_th,
        owner_en=indicator.unit.name_en,
        unit_th=definition.unit_th,
        unit_en=definition.unit_en,
        formula=parse_formula(definition.formula),
    )


def assignment_of(code: str, fiscal_year: FiscalYear) -> Assignment:
    """The assignment of an indicator to its owner in a year.

    Raises:
        NotFound: no such indicator, or it is not assigned in that year.
    """
    found = _assignments(fiscal_year).filter(indicator__code=code).first()
    if found is not None:
        return found
    if not Indicator.objects.filter(code=code).exists():
        raise NotFound(f"ไม่พบตัวชี้วัดรหัส {code}", f"There is no indicator with the code {code}.")
    raise NotFound(
        f"ตัวชี้วัด {code} ไม่ได้กำหนดไว้ใน{fiscal_year.label_th}",
        f"Indicator {code} is not assigned in {fiscal_year.label_en}.",
    )


def indicator_page(code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> IndicatorPage:
    """One indicator with definition, quarters, and who counted in `quarter` (default: the last that has begun).

    Raises:
        NotFound: no such indicator, or none assigned in that year.
    """
    here = today()
    number = fiscal_year.quarter(quarter or _begun(fiscal_year, here)).number
    assignment = assignment_of(code, fiscal_year)
    decided = decisions_of([assignment])
    asked = questions([assignment], fiscal_year, here, decided)[assignment.pk]
    selected = asked[number - 1]
    members = members_by_day({selected.as_of, here})
    districts = members[selected.as_of]
    live = tuple(map(answerer(asked, here, members[here]), asked))
    certified = certified_figures([assignment.pk], here)
    quarters = certified_quarters(live, assignment.pk, certified)
    if (found := certified_figure(certified, assignment.pk, number)) is None:
        shown, recorded = answer(selected, here, districts=districts), None
    else:
        shown = with_members(found).in_place_of(live[number - 1])
        recorded = live[number - 1] if _differ(shown.figure, live[number - 1].figure) else None
    return IndicatorPage(
        indicator=summary_of(assignment),
        fiscal_year=fiscal_year,
        definition=_definition_text(assignment.definition, asked[0], fiscal_year),
        plan=plan_chains(assignment.indicator),
        quarters=quarters,
        selected=shown,
        recorded=recorded,
        districts=tuple(districts.values()),
        decisions=tuple(reversed(decided.get(assignment.pk, ()))),
        certified=frozenset(number for _, number in certified),
    )


def _differ(one: Figure, other: Figure) -> bool:
    return (one.numerator, one.denominator) != (other.numerator, other.denominator)


def _definition_text(definition: Definition, question: Question, fiscal_year: FiscalYear) -> DefinitionText:
    return DefinitionText(
        number=definition.number,
        terms_th=tuple(definition.terms_th),
        terms_en=tuple(definition.terms_en),
        method_th=definition.method_th,
        method_en=definition.method_en,
        sentence_th=sentence(question.formula, fiscal_year, "th"),
        sentence_en=sentence(question.formula, fiscal_year, "en"),
    )


def plan_chains(indicator: Indicator) -> tuple[tuple[PlanLink, ...], ...]:
    """Each node that the indicator serves, below its parents."""
    links = IndicatorNode.objects.filter(indicator=indicator, ended_on=None).select_related(
        "node__parent__parent__parent"
    )
    return tuple(_chain(link.node) for link in links.order_by("node__version__code", "node__code"))


def _chain(node: PlanNode | None) -> tuple[PlanLink, ...]:
    if node is None:
        return ()
    link = PlanLink(node.code, node.level_name, node.name_th, node.name_en, node.certainty)
    return (*_chain(node.parent), link)


def figure_answer(
    code: str,
    quarter: Quarter,
    *,
    as_of: date | None = None,
    district: str | None = None,
    basis: Basis | None = None,
    by: str | None = None,
) -> FigureAnswer:
    """One figure with its members, for the city or a district, as of a day (default: the quarter's cut-off).

    `by` adds the parts of the figure by a dimension. A day after the quarter's cut-off is allowed: it shows what the
    records say later about the same fiscal year.

    Raises:
        NotFound: no such indicator, or none assigned in that year.
        UserError: no such district or dimension, or a basis for a formula that has none.
    """
    assignment = assignment_of(code, quarter.fiscal_year)
    question = _question_of(assignment, quarter, district)
    if as_of is not None:
        question = replace(question, as_of=as_of)
    if basis is not None:
        question = replace(question, formula=on_basis(question.formula, basis))
    summary = summary_of(assignment)
    # Who names a day asks what the records say of it, whether or not the quarter has begun.
    here = today() if as_of is None else max(today(), quarter.first_day)
    return FigureAnswer(
        indicator=summary,
        fiscal_year=quarter.fiscal_year,
        unit_code=district or summary.owner_code,
        kind=assignment.definition.formula["kind"],
        selected=answer(question, here, district),
        sentence_th=sentence(question.formula, quarter.fiscal_year, "th"),
        sentence_en=sentence(question.formula, quarter.fiscal_year, "en"),
        parts=() if by is None else _parts(question, by, district),
    )


def _question_of(assignment: Assignment, quarter: Quarter, district: str | None) -> Question:
    """What is asked of a quarter: the whole by the owner's assignment, a district by its own where it has one."""
    own = None
    if district is not None:
        has_code = Q(unit__codes__code=district, unit__codes__scheme=UnitCode.Scheme.BMA4)
        held = Assignment.objects.filter(indicator=assignment.indicator_id, fiscal_year=assignment.fiscal_year)
        own = (
            held.filter(has_code, unit__kind=Unit.Kind.DISTRICT)
            .select_related("indicator", "definition", "unit")
            .first()
        )
    asked = own or assignment
    return questions([asked], quarter.fiscal_year, today())[asked.pk][quarter.number - 1]


def _parts(question: Question, by: str, district: str | None) -> tuple[Part, ...]:
    """The parts by the reference evaluator over the facts of the formula's kinds; none of what is not measured."""
    if question.duty in UNMEASURED:
        return ()
    book = measures.fact_book(measures.kinds_read(question.formula), question.as_of)
    return break_down(
        question.formula,
        book,
        by,
        as_of=question.as_of,
        fiscal_year=question.quarter.fiscal_year,
        unit=district,
        indicator=question.code,
        decimals=question.decimals,
    )


def district_trace(code: str, fiscal_year: FiscalYear, quarter: int, district: str) -> DistrictTrace:
    """The records behind one district's part of a figure. Raises `NotFound`."""
    here = today()
    assignment = assignment_of(code, fiscal_year)
    question = _question_of(assignment, fiscal_year.quarter(quarter), district)
    districts = district_members(question.as_of)
    unit = measures.unit_of(district, districts)
    member = districts[unit]
    selected = answer(question, here, district, districts=districts)
    rows = records_behind(question, unit)
    why = None if rows else why_not(question, unit)
    return DistrictTrace(
        indicator=summary_of(assignment),
        fiscal_year=fiscal_year,
        selected=selected,
        district_code=member.code,
        district_th=member.name_th,
        district_en=member.name_en,
        rows=rows,
        declined=declined(question, unit) if why is None else why.declined,
        undecided=undecided(question, unit) if why is None else why.undecided,
        why_not=why,
    )
