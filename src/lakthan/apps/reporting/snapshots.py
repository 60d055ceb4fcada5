"""What a report was when it was submitted: taken as canonical JSON, and read again."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import msgspec

from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.certified import certified_figure, certified_figures, with_members
from lakthan.apps.reporting.issues import certified_report
from lakthan.apps.reporting.models import Report, ReportEvidence
from lakthan.apps.reporting.papers import figure_of, paper_for
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.shapes import FigureAnswer
from lakthan.core.errors import NotFound
from lakthan.core.figure import Figure
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.paper import Paper
from lakthan.rules.workflow import State
from lakthan.sealing.canonical import canonical_bytes

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class EvidenceDigest:
    """A file of evidence by its content: SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int
    media_type: str
    proves: str


@dataclass(frozen=True, slots=True)
class ReportSnapshot:
    """The paper with all its texts and its annex, the figure with its members, and the digests of the evidence."""

    schema: int
    paper: Paper
    figure: Figure
    as_of: date
    target: Decimal | None
    met: bool | None
    evidence: tuple[EvidenceDigest, ...] = ()


def take_snapshot(report: Report) -> str:
    """The report as it is now, as canonical JSON (RFC 8785): figures as text, no floats."""
    answered = figure_of(report)
    taken = ReportSnapshot(
        schema=SCHEMA,
        paper=paper_for(report),
        figure=answered.figure,
        as_of=answered.as_of,
        target=answered.target,
        met=answered.met,
        evidence=evidence_of(report),
    )
    return canonical_bytes(msgspec.to_builtins(taken)).decode()


def evidence_of(report: Report) -> tuple[EvidenceDigest, ...]:
    """The files that a report rests on as it stands."""
    rows = (
        ReportEvidence.objects.filter(report=report, detached_on__isnull=True)
        .select_related("evidence")
        .order_by("evidence__digest", "evidence__name")
    )
    return tuple(
        EvidenceDigest(row.evidence.name, row.evidence.digest, row.evidence.size, row.evidence.media_type, row.proves)
        for row in rows
    )


def newest_snapshot(report: Report) -> ReportSnapshot:
    """What the report was when it was last submitted.

    Raises:
        LookupError: it never was.
    """
    row = report.snapshots.order_by("-number").first()
    if row is None:
        raise LookupError(f"report {report.pk} was never submitted")
    return _read(row.content)


def snapshots_of(report: Report, newest: int) -> tuple[tuple[int, datetime, ReportSnapshot], ...]:
    """The newest submissions of a report with their numbers and moments, newest first."""
    rows = report.snapshots.order_by("-number").values_list("number", "recorded_at", "content")[:newest]
    return tuple((number, at, _read(content)) for number, at, content in rows)


def _read(content: str) -> ReportSnapshot:
    return msgspec.convert(json.loads(content), ReportSnapshot)


def certified_paper_of(
    code: str, fiscal_year: FiscalYear, quarter: int | None = None, *, thai_digits: bool = False
) -> Paper:
    """The certified report of an indicator as a paper, as it was submitted: the year's, or one quarter's.

    Raises:
        NotFound: no such indicator in that year, or no certified report of it.
    """
    report = certified_report(assignment_of(code, fiscal_year), quarter)
    if report is None:
        raise NotFound(
            f"ยังไม่มีรายงานของ {code} ที่รับรองแล้ว พิมพ์ฉบับล่าสุดได้โดยไม่ใส่ --certified",
            f"No report of {code} is certified yet; without --certified the newest one is printed.",
        )
    return replace(submitted_paper(report), thai_digits=thai_digits)


def submitted_paper(report: Report) -> Paper:
    """The paper of a report as it was last submitted, in the state of now, printed now."""
    return replace(newest_snapshot(report).paper, state=State(report.state), printed_at=present())


def certified_answer(answer: FigureAnswer) -> FigureAnswer:
    """The figure of a quarter as it is certified, in place of what the records say now; itself where none is."""
    assignment = assignment_of(answer.indicator.code, answer.fiscal_year)
    number = answer.selected.quarter.number
    found = certified_figure(certified_figures([assignment.pk], today()), assignment.pk, number)
    if found is None:
        return answer
    return replace(answer, selected=with_members(found).in_place_of(answer.selected))
