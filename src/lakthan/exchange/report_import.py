"""`lakthan import report`: a printed Part-2 report becomes the draft quarter and year reports of its indicator."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.indicators.models import Assignment, Indicator, PlanNode
from lakthan.apps.ledger.services import State, state_of
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.attachments import attach_evidence
from lakthan.apps.reporting.services.workflow import correct_report
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.core.thai import fold
from lakthan.exchange.printed_report import PlanLink, PlanNodeText, PrintedReport, read_report
from lakthan.exchange.results import Doubtful, ImportResult, Mended
from lakthan.rules import workflow
from lakthan.rules.permissions import Actor

READER_CERTAINTY: Mapping[str, str] = {
    PlanNode.Certainty.OBSERVED: "obs",
    PlanNode.Certainty.COMPLETED: "obs+completed",
}
"""How the reader of prints calls a certainty."""
CERTIFIED = workflow.State.CERTIFIED.value
REASON = "นำเข้ารายงานฉบับพิมพ์"
"""Why a correction of a certified report is begun."""
RECORDS = 5
"""Four quarters and the year."""


def import_report(
    *,
    actor: Actor,
    data: bytes,
    file_name: str,
    now: datetime,
    indicator: str | None = None,
    fiscal_year: FiscalYear | None = None,
    dry_run: bool = False,
) -> ImportResult:
    """Bring a printed report into drafts, all or nothing; the file itself is kept as evidence of the year report.

    The indicator is the one whose name stands in section 1 unless `indicator` names its code; the year is the one it
    is assigned in, and must be given where there are several. The same file twice changes nothing.

    Raises:
        NotAReport: the file is something else, or a part of the form is missing.
        UserError: no indicator of that name, or no year for it.
    """
    report = read_report(data, _plan_nodes())
    assignment = _assignment(report, indicator, fiscal_year)
    result = ImportResult(read=RECORDS, repaired=_repaired(report), doubtful=_doubtful(report))
    with transaction.atomic():
        _write_quarters(actor, assignment, report, result, now)
        year = _write_year(actor, assignment, report, result, now)
        if dry_run:
            transaction.set_rollback(True)
        else:
            _attach(actor, year, data, file_name, now)
    return result


def _attach(actor: Actor, year: Report, data: bytes, file_name: str, now: datetime) -> None:
    """Keep the file with the draft that it was read into; a report past writing says the same, and stays as it is."""
    if workflow.State(year.state) in workflow.TRANSITIONS[workflow.Step.WRITE].sources:
        evidence = store_evidence(actor=actor, unit=year.unit, content=data, name=file_name, now=now)
        attach_evidence(actor=actor, report=year, evidence=evidence, proves="รายงานฉบับพิมพ์ที่นำเข้า", now=now)


def _plan_nodes() -> list[PlanNodeText]:
    """Every node whose text is known, for completing plan text that the print cut."""
    known = PlanNode.objects.exclude(certainty__in=[PlanNode.Certainty.PARTIAL, PlanNode.Certainty.PARAPHRASE])
    return [
        PlanNodeText(
            node.code,
            node.level_name,
            node.name_th,
            node.name_en,
            READER_CERTAINTY.get(node.certainty, node.certainty),
        )
        for node in known.exclude(name_th="").order_by("version__code", "code")
    ]


def _assignment(report: PrintedReport, code: str | None, fiscal_year: FiscalYear | None) -> Assignment:
    code = code or _code_of(report.indicator_name)
    if fiscal_year is not None:
        return assignment_of(code, fiscal_year)
    years = Assignment.objects.filter(indicator__code=code).values_list("fiscal_year", flat=True).distinct()
    if len(years) != 1:
        raise UserError(
            f"ตัวชี้วัด {code} กำหนดไว้ {len(years)} ปีงบประมาณ ระบุด้วย --fiscal-year",
            f"Indicator {code} is assigned in {len(years)} fiscal years; say which with --fiscal-year.",
        )
    return assignment_of(code, FiscalYear(years[0]))


def _code_of(name: str) -> str:
    wanted = fold(name)
    for code, name_th in Indicator.objects.values_list("code", "name_th"):
        if fold(name_th) == wanted:
            return code
    raise NotFound(
        f"ไม่พบตัวชี้วัดชื่อ “{name}” ระบุรหัสด้วย --indicator",
        f"There is no indicator named “{name}”; name its code with --indicator.",
    )


def _write_quarters(
    actor: Actor, assignment: Assignment, report: PrintedReport, result: ImportResult, now: datetime
) -> None:
    for quarter in report.quarters:
        narrative = "\n".join(quarter.paragraphs)
        state = _state_before(actor, assignment, quarter.number, {"narrative": narrative}, now)
        after = write_quarter_report(
            actor=actor, assignment=assignment, quarter=quarter.number, narrative=narrative, now=now
        )
        result.count(state, state_of(after))


def _write_year(
    actor: Actor, assignment: Assignment, report: PrintedReport, result: ImportResult, now: datetime
) -> Report:
    fields = _year_fields(report)
    state = _state_before(actor, assignment, None, fields, now)
    after = write_year_report(actor=actor, assignment=assignment, now=now, **fields)
    result.count(state, state_of(after))
    return after


def _state_before(
    actor: Actor, assignment: Assignment, quarter: int | None, fields: Mapping[str, Any], now: datetime
) -> State | None:
    """What stands in the report that is to be written; None where there is none.

    A certified report stays as it is: where the print says something else, a draft correction is begun.
    """
    report = newest_report(assignment, quarter)
    if report is None:
        return None
    if report.state == CERTIFIED and any(getattr(report, name) != value for name, value in fields.items()):
        report = correct_report(actor=actor, report=report, reason=REASON, now=now)
    return state_of(report)


def _year_fields(report: PrintedReport) -> dict[str, Any]:
    """Every place of the print that belongs to the year report, as its fields."""
    return {
        "narrative": "\n".join(report.year_summary),
        "supporting_factors": "\n".join(report.supporting_factors),
        "obstacles": "\n".join(report.obstacles),
        "evidence_list": "\n".join(report.evidence),
        "printed_name": report.indicator_name,
        "printed_level": report.level.value,
        "printed_plan_links": [_plan_link(link) for link in report.plan_links],
        "printed_terms": "\n".join(report.definitions),
        "printed_method": "\n".join(report.method),
        "printed_target": report.target.as_printed,
        "printed_result": report.result.as_printed,
        "certification": report.certification,
        "footer": report.footer,
        "signature": "\n".join(report.signature),
        "unplaced": "\n".join(report.unplaced),
    }


def _plan_link(link: PlanLink) -> dict[str, str]:
    """A line of the linkage; `text` has the whole text of the node where the print cut it."""
    return {"label": link.label, "as_printed": link.as_printed, "text": link.text}


def _repaired(report: PrintedReport) -> list[Mended]:
    return [Mended(item.row, item.field, item.before, item.after, item.reason_en) for item in report.repaired]


def _doubtful(report: PrintedReport) -> list[Doubtful]:
    return [
        Doubtful(item.row, item.field, item.text, item.reason_th, item.reason_en, item.suggestion)
        for item in report.doubtful
    ]
