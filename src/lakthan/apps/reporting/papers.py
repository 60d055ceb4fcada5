"""From records to a paper: what `printing` needs to set a report, and nothing that it could look up itself."""

from collections.abc import Mapping

from django.utils import timezone

from lakthan.apps.indicators.models import Assignment, PlanNode
from lakthan.apps.people.selectors import city, district_members, present, today
from lakthan.apps.reporting.figures import Question, answer, questions
from lakthan.apps.reporting.models import QuarterReport, YearReport
from lakthan.apps.reporting.selectors import assignment_of, plan_chains
from lakthan.apps.reporting.shapes import PlanLink, QuarterFigure
from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.paper import ComputedFigure, Level, Paper, PaperState, PlanLine, QuarterPart
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.grammar import Formula, Measure, Ratio, Share

LISTED_MEMBERS = 100
"""A population larger than this is counted on the paper and not listed."""
COMPLETED = "ข้อความเติมให้ครบจากแผน ยังไม่ยืนยันกับฉบับทางการ"
CERTAINTY_REMARKS: Mapping[str, str] = {
    PlanNode.Certainty.COMPLETED: COMPLETED,
    PlanNode.Certainty.INFERRED: "อนุมานจากแผนฉบับอื่น ยังไม่ยืนยันกับฉบับทางการ",
}
UNPRINTABLE = (PlanNode.Certainty.PARTIAL, PlanNode.Certainty.PARAPHRASE)
"""Plan text that is never printed as official."""


def paper_of(code: str, fiscal_year: FiscalYear, quarter: int | None = None) -> Paper:
    """The newest report of an indicator as a paper: the year's, or one quarter's.

    Raises:
        NotFound: no such indicator in that year, or nothing was written for it yet.
    """
    assignment = assignment_of(code, fiscal_year)
    asked = questions([assignment], fiscal_year, today())[assignment.pk]
    quarters = {report.quarter: report for report in QuarterReport.objects.filter(assignment=assignment)}
    year = YearReport.objects.filter(assignment=assignment).first()
    report = year if quarter is None else quarters.get(quarter)
    if report is None:
        raise _nothing_written(code, fiscal_year, quarter)
    numbers = [1, 2, 3, 4] if quarter is None else [quarter]
    headline = answer(asked[(quarter or 4) - 1], today())
    return Paper(
        agency=f"{assignment.indicator.unit.name_th} ({getattr(assignment, 'owner_code', '')})",
        indicator_code=code,
        indicator_name=(year.printed_name if year else "") or assignment.indicator.name_th,
        fiscal_year=fiscal_year,
        quarter=quarter,
        state=PaperState(report.state),
        report_id=f"{code}-{fiscal_year.be}{f'-Q{quarter}' if quarter else ''}-{str(report.pk)[-8:]}",
        printed_at=present(),
        level=_level(assignment, year),
        plan_lines=_plan_lines(assignment, year),
        definitions=(year.printed_terms if year else "") or "\n".join(assignment.definition.terms_th),
        method=(year.printed_method if year else "") or assignment.definition.method_th,
        formula_sentence=sentence(asked[0].formula, fiscal_year, "th"),
        target=(year.printed_target if year else "") or _target(asked[(quarter or 4) - 1], assignment),
        result=year.printed_result if year and quarter is None else "",
        figure=computed(headline, asked[0].formula, assignment.definition.unit_th),
        quarters=tuple(_part(number, quarters.get(number), asked, assignment) for number in numbers),
        year_summary=year.narrative if year else "",
        supporting_factors=report.supporting_factors,
        obstacles=report.obstacles,
        evidence=report.evidence_list,
        certification=year.certification if year else "",
        footer=year.footer if year else "",
        notes=_notes(),
        protected_terms=_district_names(),
    )


def _nothing_written(code: str, fiscal_year: FiscalYear, quarter: int | None) -> NotFound:
    what_th = f"ไตรมาสที่ {quarter} " if quarter else ""
    what_en = f" for quarter {quarter}" if quarter else ""
    return NotFound(
        f"ยังไม่มีรายงานของตัวชี้วัด {code} {what_th}{fiscal_year.label_th} เขียนหรือนำเข้ารายงานก่อน",
        f"There is no report of {code}{what_en} in {fiscal_year.label_en} yet; write or import one first.",
    )


def _district_names() -> tuple[str, ...]:
    """Names that a line must not break in."""
    return tuple(district.name_th for district in district_members(today()).values())


def _notes() -> tuple[str, ...]:
    here = city()
    if here is None or not here.is_demonstration:
        return ()
    on = "" if here.simulated_now is None else f" นาฬิกาจำลอง ณ {format_date(timezone.localdate(here.simulated_now))}"
    return (f"ข้อมูลสาธิต มิใช่ข้อมูลจริง{on}",)


def _level(assignment: Assignment, year: YearReport | None) -> Level:
    """What an imported print says of the level, even "unknown", goes before what the indicator says."""
    return Level(year.printed_level) if year and year.printed_level else Level(assignment.indicator.level)


def _plan_lines(assignment: Assignment, year: YearReport | None) -> tuple[PlanLine, ...]:
    """The linkage as an imported print has it, its cut text made whole, or else the indicator's own nodes."""
    if year and year.printed_plan_links:
        return tuple(
            PlanLine(line["label"], line["text"], COMPLETED if line["text"] != line["as_printed"] else "")
            for line in year.printed_plan_links
        )
    return tuple(
        PlanLine(f"{link.level_name}ที่ {link.code}", link.name_th, CERTAINTY_REMARKS.get(link.certainty, ""))
        for chain in plan_chains(assignment.indicator)
        for link in chain
        if _printable(link)
    )


def _printable(link: PlanLink) -> bool:
    return bool(link.name_th) and link.certainty not in UNPRINTABLE


def _target(question: Question, assignment: Assignment) -> str:
    if question.target is None:
        return ""
    return f"{question.target.normalize():f} ({assignment.definition.unit_th})"


def _part(
    number: int, report: QuarterReport | None, asked: tuple[Question, ...], assignment: Assignment
) -> QuarterPart:
    """A quarter's narrative beside its figure; the members stand only with the headline."""
    figure = answer(asked[number - 1], today())
    shown = computed(figure, asked[number - 1].formula, assignment.definition.unit_th, with_members=False)
    return QuarterPart(number, report.narrative if report else "", shown)


def computed(answered: QuarterFigure, formula: Formula, unit: str, *, with_members: bool = True) -> ComputedFigure:
    """A figure as the paper shows it; names of the members where there are few enough to list."""
    figure = answered.figure
    few = len(figure.counted) + len(figure.not_counted) <= LISTED_MEMBERS
    return ComputedFigure(
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=None if figure.value is None else format_number(figure.value, figure.decimals),
        as_of=answered.as_of,
        unit=unit,
        noun=noun_of(formula),
        target=None if answered.target is None else format_number(answered.target, figure.decimals),
        met=answered.met,
        reason=figure.reason,
        counted=tuple(member.name_th for member in figure.counted) if with_members and few else (),
        not_counted=tuple(member.name_th for member in figure.not_counted) if with_members and few else (),
    )


def noun_of(formula: Formula) -> str:
    """What numerator and denominator count, in Thai: สำนักงานเขต, ชุมชน, บาท; empty where they count nothing."""
    match formula:
        case Share():
            return "สำนักงานเขต" if formula.population.of == "districts" else "ชุมชน"
        case Ratio() if formula.numerator.measure is Measure.AMOUNT:
            return "บาท"
        case _:
            return ""
