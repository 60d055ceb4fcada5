"""What was decided about assignments, and what of it holds on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting.models import Decision
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import Decided, DecisionKind, Duty, duty_decision, duty_on
from lakthan.rules.permissions import Action, Actor, reach


@dataclass(frozen=True, slots=True)
class DecisionLine(Decided):
    """A decision with its document."""

    id: UUID | None = None
    number: int = 0
    document: UUID | None = None
    document_number: str = ""
    document_date: date = date.min
    decided_by: str = ""
    reason: str = ""
    evidence_name: str = ""
    """Empty without a file."""
    evidence_digest: str = ""
    recorded_at: datetime | None = None


Decisions = Mapping[UUID, Sequence[DecisionLine]]
"""By assignment, in the order in which they were taken; an assignment without any is missing."""


@dataclass(frozen=True, slots=True)
class InForce:
    """What holds for an assignment on a day. `decision` is what made the duty so; None while it is as agreed."""

    duty: Duty
    decision: DecisionLine | None


def decisions_of(assignments: Iterable[Assignment]) -> Decisions:
    """All decisions about some assignments, in one statement."""
    rows = Decision.objects.filter(assignment__in=[row.pk for row in assignments])
    found: dict[UUID, list[DecisionLine]] = defaultdict(list)
    for row in rows.select_related("document__evidence").order_by("assignment", "number"):
        found[row.assignment_id].append(line_of(row))
    return dict(found)


def decisions_in_force(assignments: Iterable[Assignment], on: date) -> dict[UUID, InForce]:
    """What holds for each assignment on a day, in one statement; every assignment has its row."""
    assignments = list(assignments)
    taken = decisions_of(assignments)
    return {
        row.pk: InForce(duty_on(taken.get(row.pk, ()), on), duty_decision(taken.get(row.pk, ()), on))
        for row in assignments
    }


def line_of(row: Decision) -> DecisionLine:
    """A row as it is shown."""
    paper = row.document
    return DecisionLine(
        kind=DecisionKind(row.kind),
        effective_on=row.effective_on,
        quarter=row.quarter,
        target=None if row.target is None else Decimal(row.target),
        id=row.pk,
        number=row.number,
        document=paper.pk,
        document_number=paper.number,
        document_date=paper.document_date,
        decided_by=paper.decided_by,
        reason=row.reason,
        evidence_name=paper.evidence.name if paper.evidence else "",
        evidence_digest=paper.evidence.digest if paper.evidence else "",
        recorded_at=row.recorded_at,
    )


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision in a list, with what it is about."""

    line: DecisionLine
    assignment: UUID
    code: str
    name_th: str
    name_en: str
    unit: UUID
    unit_th: str
    unit_en: str
    fiscal_year: FiscalYear
    report_unit: UUID | None
    """The unit that reports, where it is not the owner of the indicator."""


def decision_list(actor: Actor) -> tuple[DecisionRow, ...]:
    """The decisions about assignments whose reports the actor may read, newest first; one statement."""
    rows = Decision.objects.select_related("document__evidence", "assignment__indicator", "unit")
    units = reach(actor, Action.READ_REPORT)
    if units is not None:
        rows = rows.filter(unit__in=[UUID(unit) for unit in units])
    return tuple(_row_of(row) for row in rows.order_by("-recorded_at", "-pk"))


def _row_of(row: Decision) -> DecisionRow:
    indicator = row.assignment.indicator
    return DecisionRow(
        line=line_of(row),
        assignment=row.assignment_id,
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        unit=row.unit_id,
        unit_th=row.unit.name_th,
        unit_en=row.unit.name_en,
        fiscal_year=FiscalYear(row.assignment.fiscal_year),
        report_unit=None if row.unit_id == indicator.unit_id else row.unit_id,
    )
