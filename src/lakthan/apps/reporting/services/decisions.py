"""Decisions about assignments: taken under a document, several at once or one, and never changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import create, create_all, lock
from lakthan.apps.reporting.decided import decisions_of
from lakthan.apps.reporting.models import Decision, DecisionDocument
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import Decided, DecisionKind, decision_refusal
from lakthan.rules.entry import refuse_future, refuse_longer, require_number, require_text, require_within
from lakthan.rules.permissions import Action, Actor, require

ACT = "reporting.decide_assignments"


@dataclass(frozen=True, slots=True)
class Document:
    """The document under which is decided, and by whom."""

    number: str
    document_date: date
    decided_by: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is decided about one assignment; `target` and `quarter` belong to a changed target."""

    assignment: Assignment
    kind: DecisionKind
    effective_on: date
    reason: str
    quarter: int | None = None
    target: Decimal | None = None

    @property
    def decided(self) -> Decided:
        """As the rules know it."""
        return Decided(self.kind, self.effective_on, self.quarter, self.target)


def decide_assignments(
    *, actor: Actor, document: Document, resolutions: Sequence[Resolution], now: datetime
) -> Sequence[Decision]:
    """Take decisions about assignments under one document: all of them, or none.

    Raises:
        UserError: nothing is decided, a text is missing, the document is dated ahead, a day lies outside the fiscal
            year, or a target cannot be kept.
        Conflict: the assignment stands so that this cannot be decided about it.
    """
    for resolution in resolutions:
        require(actor, Action.DECIDE_ASSIGNMENT, str(resolution.assignment.unit_id))
    if not resolutions:
        raise UserError("ยังไม่ได้เลือกตัวชี้วัดที่มีมติ", "Nothing is decided; choose an indicator.")
    paper = _document(document, timezone.localdate(now))
    with transaction.atomic():
        rows = _rows(paper, resolutions)
        create(actor, paper, act=ACT, now=now)
        return create_all(actor, rows, act=ACT, now=now)


def _document(document: Document, today: date) -> DecisionDocument:
    refuse_future(document.document_date, today)
    number = require_text(document.number, "เลขที่เอกสาร", "The number of the document")
    decided_by = require_text(document.decided_by, "ผู้มีมติ", "Who decides")
    return DecisionDocument(
        number=refuse_longer(number, 100, "เลขที่เอกสาร", "The number of the document"),
        document_date=document.document_date,
        decided_by=refuse_longer(decided_by, 200, "ผู้มีมติ", "The name of who decides"),
        evidence=document.evidence,
    )


def _rows(paper: DecisionDocument, resolutions: Sequence[Resolution]) -> list[Decision]:
    """The rows to write, each held against what was decided about its assignment before."""
    assignments = {resolution.assignment.pk: resolution.assignment for resolution in resolutions}
    for assignment in (assignments[key] for key in sorted(assignments)):
        lock(assignment)
    taken: dict[UUID, list[Decided]] = defaultdict(list)
    for key, lines in decisions_of(assignments.values()).items():
        taken[key] += lines
    rows = []
    for resolution in resolutions:
        earlier = taken[resolution.assignment.pk]
        rows.append(_row(paper, resolution, earlier))
        earlier.append(resolution.decided)
    return rows


def _row(paper: DecisionDocument, resolution: Resolution, earlier: Sequence[Decided]) -> Decision:
    assignment = resolution.assignment
    year = FiscalYear(assignment.fiscal_year)
    require_within(resolution.effective_on, year.first_day, year.last_day, "วันที่มีผล", "The day of effect")
    if resolution.quarter is not None:
        year.quarter(resolution.quarter)
    if resolution.target is not None:
        require_number(resolution.target, "ค่าเป้าหมายใหม่", "The new target")
    if (refused := decision_refusal(earlier, resolution.decided)) is not None:
        raise _about(assignment, refused)
    return Decision(
        unit_id=assignment.unit_id,
        assignment=assignment,
        number=len(earlier) + 1,
        document=paper,
        kind=resolution.kind.value,
        effective_on=resolution.effective_on,
        reason=require_text(resolution.reason, "เหตุผล", "The reason"),
        quarter=resolution.quarter,
        target=resolution.target,
    )


def _about(assignment: Assignment, refused: UserError) -> UserError:
    """The refusal with the indicator that it is about, because several are decided on at once."""
    code = assignment.indicator.code
    return type(refused)(f"{code}: {refused.th}", f"{code}: {refused.en}")
