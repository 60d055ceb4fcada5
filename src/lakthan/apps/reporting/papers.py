"""From records to a paper: what `printing` needs to set a report, and nothing that it could look up itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from lakthan.apps.indicators.models import Assignment, PlanNode
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import ACTING_WORDS, demonstration_notes, district_members, in_force, present, today
from lakthan.apps.reporting.annexes import annex_of
from lakthan.apps.reporting.deadlines import cut_offs
from lakthan.apps.reporting.decided import DecisionLine, decisions_of
from lakthan.apps.reporting.figures import Question, answer, answer_all, questions
from lakthan.apps.reporting.issues import newest_report, newest_reports
from lakthan.apps.reporting.models import DatedNote, Report
from lakthan.apps.reporting.selectors import assignment_of, plan_chains, with_owner_code
from lakthan.apps.reporting.shapes import PlanLink, QuarterFigure
from lakthan.core.dates import format_date
from lakthan.core.digits import to_thai
from lakthan.core.errors import NotFound
from lakthan.core.figure import round_half_up
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.form import shown
from lakthan.printing.paper import ComputedFigure, Level, Paper, PlanLine, QuarterPart, Signature
from lakthan.rules.decisions import KIND_NAMES
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.grammar import Formula, Measure, Ratio, Share
from lakthan.rules.workflow import State

CERTAINTY_REMARKS: Mapping[str, str] = {
    PlanNode.Certainty.COMPLETED: "ข้อความเติมให้ครบจากแผน ยังไม่ยืนยันกับฉบับทางการ",
    PlanNode.Certainty.INFERRED: "อนุมานจากแผนฉบับอื่น ยังไม่ยืนยันกับฉบับทางการ",
}
UNPRINTABLE = (PlanNode.Certainty.PARTIAL, PlanNode.Certainty.PARAPHRASE)
"""Plan text that is never printed as official."""


def paper_of(code: str, fiscal_year: FiscalYear, quarter: int | None = None, *, thai_digits: bool = False) -> Paper:
    """The newest report of an indicator as a paper: the year's, or one quarter's.

    Raises:
        NotFound: no such indicator in that year, or nothing was written for it yet.
    """
    report = newest_report(assignment_of(code, fiscal_year), quarter)
    if report is None:
        raise _nothing_written(code, fiscal_year, quarter)
    return paper_for(report, thai_digits=thai_digits)


def paper_for(report: Report, *, thai_digits: bool = False, with_annex: bool = True) -> Paper:
    """A report as a paper: its own texts, those of the other reports of its year, and figures from the records."""
    assignment = _assignment_of(report)
    fiscal_year, quarter, code = FiscalYear(assignment.fiscal_year), report.quarter, assignment.indicator.code
    here = today()
    asked = questions([assignment], fiscal_year, here)[assignment.pk]
    written = newest_reports(assignment) | {quarter: report}
    year = written.get(None)
    numbers = range(1, (quarter or 4) + 1)
    answers = _answers(asked[: numbers[-1]], here, district_of(assignment))
    headline = answers[numbers[-1]]
    notes = _notes_of(written.values())
    figures = {number: computed(answers[number], asked[0].formula, assignment.definition.unit_th) for number in numbers}
    digits = to_thai if thai_digits else str
    return Paper(
        agency=f"{assignment.unit.name_th} ({getattr(assignment, 'owner_code', '')})",
        indicator_code=code,
        indicator_name=(year.printed_name if year else "") or assignment.indicator.name_th,
        fiscal_year=fiscal_year,
        quarter=quarter,
        state=State(report.state),
        report_id=f"{code}-{fiscal_year.be}{f'-Q{quarter}' if quarter else ''}-{str(report.pk)[-8:]}",
        printed_at=present(),
        level=_level(assignment, year),
        plan_lines=_plan_lines(assignment, year),
        definitions=(year.printed_terms if year else "") or "\n".join(assignment.definition.terms_th),
        method=(year.printed_method if year else "") or assignment.definition.method_th,
        formula_sentence=sentence(asked[0].formula, fiscal_year, "th"),
        target=(year.printed_target if year else "") or digits(_target(headline, assignment)),
        result=_typed_result(year, quarter) or digits(_result(figures[numbers[-1]])),
        figure=figures[numbers[-1]],
        decisions=_decisions(assignment, asked[numbers[-1] - 1]),
        quarters=tuple(_part(number, written.get(number), figures[number], notes) for number in numbers),
        year_summary=year.narrative if year else "",
        supporting_factors=report.supporting_factors,
        obstacles=report.obstacles,
        evidence=report.evidence_list,
        certification=year.certification if year else "",
        footer=year.footer if year else "",
        signature=_signature(assignment, year if quarter is None else None, here),
        notes=demonstration_notes(),
        protected_terms=_district_names(here),
        annex=annex_of(asked[numbers[-1] - 1], headline.figure) if with_annex else None,
        thai_digits=thai_digits,
    )


def _answers(asked: Sequence[Question], here: date, district: str | None) -> dict[int, QuarterFigure]:
    """The quarters by number, the last of them with its members; of the city the others are asked for together."""
    *earlier, last = asked
    if district is None:
        answered = [*answer_all(earlier, here), answer(last, here)]
    else:
        answered = [answer(question, here, district) for question in asked]
    return dict(enumerate(answered, start=1))


def _notes_of(reports: Iterable[Report]) -> dict[UUID, tuple[str, ...]]:
    """The dated notes of some reports as lines, by report, in order of their days."""
    rows = DatedNote.objects.filter(report__in=[report.pk for report in reports], withdrawn_on__isnull=True)
    lines: dict[UUID, tuple[str, ...]] = {}
    for row in rows.order_by("effective_on", "recorded_at"):
        text = " ".join(row.text.split())
        lines[row.report_id] = (*lines.get(row.report_id, ()), f"วันที่ {format_date(row.effective_on)}: {text}")
    return lines


def figure_of(report: Report, as_of: date | None = None) -> QuarterFigure:
    """The headline figure of a report: of its quarter, or of the year at the end of its last; as of its cut-off.

    `as_of` names another day.
    """
    assignment = _assignment_of(report)
    fiscal_year = FiscalYear(assignment.fiscal_year)
    question = questions([assignment], fiscal_year, today())[assignment.pk][(report.quarter or 4) - 1]
    return answer(question if as_of is None else replace(question, as_of=as_of), today(), district_of(assignment))


def _assignment_of(report: Report) -> Assignment:
    """The assignment with what belongs to it."""
    year = FiscalYear(report.assignment.fiscal_year)
    return with_owner_code(Assignment.objects.filter(pk=report.assignment_id), year.last_day).get()


def district_of(assignment: Assignment) -> str | None:
    """The code of the district that answers for its own part of an indicator; None for the owner of the whole."""
    of_district = assignment.unit.kind == Unit.Kind.DISTRICT and assignment.unit_id != assignment.indicator.unit_id
    return str(getattr(assignment, "owner_code", "")) if of_district else None


def _nothing_written(code: str, fiscal_year: FiscalYear, quarter: int | None) -> NotFound:
    what_th = f"ไตรมาสที่ {quarter} " if quarter else ""
    what_en = f" for quarter {quarter}" if quarter else ""
    return NotFound(
        f"ยังไม่มีรายงานของตัวชี้วัด {code} {what_th}{fiscal_year.label_th} เขียนหรือนำเข้ารายงานก่อน",
        f"There is no report of {code}{what_en} in {fiscal_year.label_en} yet; write or import one first.",
    )


def _district_names(on: date) -> tuple[str, ...]:
    """Names that a line must not break in: alone, and with the word for the office before them."""
    names = [district.name_th for district in district_members(on).values()]
    return (*names, *(f"สำนักงานเขต{name}" for name in names))


def _level(assignment: Assignment, year: Report | None) -> Level:
    """What an imported print says of the level, even "unknown", goes before what the indicator says."""
    return Level(year.printed_level) if year and year.printed_level else Level(assignment.indicator.level)


def _plan_lines(assignment: Assignment, year: Report | None) -> tuple[PlanLine, ...]:
    """The linkage as an imported print has it, its cut text made whole, or else the indicator's own nodes."""
    if year and year.printed_plan_links:
        return tuple(
            PlanLine(line["label"], line["text"], cut_at=_cut_at(line["text"], line["as_printed"]))
            for line in year.printed_plan_links
        )
    return tuple(
        PlanLine(f"{link.level_name}ที่ {link.code}", link.name_th, remark=CERTAINTY_REMARKS.get(link.certainty, ""))
        for chain in plan_chains(assignment.indicator)
        for link in chain
        if _printable(link)
    )


def _cut_at(text: str, as_printed: str) -> int | None:
    """Where a print ends within the text that was completed from it; None where it was not cut."""
    if text == as_printed:
        return None
    return next(
        (at for at, (whole, cut) in enumerate(zip(text, as_printed, strict=False)) if whole != cut), len(as_printed)
    )


def _printable(link: PlanLink) -> bool:
    return bool(link.name_th) and link.certainty not in UNPRINTABLE


def _target(headline: QuarterFigure, assignment: Assignment) -> str:
    """80 (ร้อยละ); empty without a target."""
    if headline.target is None:
        return ""
    return f"{headline.target.normalize():,f} ({assignment.definition.unit_th})"


def _decisions(assignment: Assignment, question: Question) -> tuple[str, ...]:
    """The decisions that are in effect when the quarter is cut off, in the order in which they were taken."""
    kind = assignment.unit.kind
    cut_off = cut_offs(question.quarter.fiscal_year, [kind])[kind][question.quarter.number]
    taken = decisions_of([assignment]).get(assignment.pk, ())
    return tuple(decision_sentence(row) for row in taken if row.effective_on <= cut_off)


def decision_sentence(row: DecisionLine) -> str:
    """เปลี่ยนค่าเป้าหมายทั้งปีเป็น 75 ตั้งแต่วันที่ 1 เมษายน 2563 ตามมติคณะกรรมการ ... เลขที่ ... ลงวันที่ ..."""
    what = KIND_NAMES[row.kind][0]
    if row.target is not None:
        whose = "ทั้งปี" if row.quarter is None else f"ไตรมาสที่ {row.quarter}"
        what = f"{what}{whose}เป็น {row.target.normalize():,f}"
    return (
        f"{what} ตั้งแต่วันที่ {format_date(row.effective_on)} ตามมติของ{row.decided_by} "
        f"เลขที่ {row.document_number} ลงวันที่ {format_date(row.document_date)}"
    )


def _typed_result(year: Report | None, quarter: int | None) -> str:
    """The result as an imported print of the year has it, which stands beside the computed one."""
    return year.printed_result if year and quarter is None else ""


def _result(figure: ComputedFigure) -> str:
    """86.00 (ร้อยละ): the result of a report of our own is the computed figure; empty without a value."""
    return "" if figure.value is None else f"{shown(figure.value)} ({figure.unit})"


def _signature(assignment: Assignment, imported: Report | None, on: date) -> Signature:
    """The block of an imported print, or one of our own: for whom one acts where a delegation is in force."""
    if imported and imported.signature:
        return Signature(as_printed=tuple(imported.signature.splitlines()))
    acting = Delegation.objects.filter(in_force(on), unit=assignment.unit_id).order_by("-valid_from", "pk").first()
    if acting is None:
        return Signature()
    acting_for = f"{ACTING_WORDS[acting.kind]}{acting.office} ตามคำสั่งที่ {acting.order_number}"
    return Signature(position=acting.deputy_office, acting_for=acting_for)


def _part(
    number: int, report: Report | None, figure: ComputedFigure, notes: Mapping[UUID, tuple[str, ...]]
) -> QuarterPart:
    """What was reported for a quarter beside its figure."""
    if report is None:
        return QuarterPart(number, "", figure, reported=False)
    return QuarterPart(number, report.narrative, figure, progress=report.progress, notes=notes.get(report.pk, ()))


def computed(answered: QuarterFigure, formula: Formula, unit: str) -> ComputedFigure:
    """A figure as the paper shows it."""
    figure = answered.figure
    target = None if answered.target is None else round_half_up(Fraction(answered.target), figure.decimals)
    return ComputedFigure(
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        as_of=answered.as_of,
        unit=unit,
        noun=noun_of(formula),
        target=target,
        met=answered.met,
        reason=figure.reason,
        scale=figure.scale,
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
