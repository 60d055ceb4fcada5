"""What hangs on a report: its files and dated notes, and what was entered for its indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from lakthan.apps.evidence.services import path_of
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting.models import DatedNote, Report, ReportedValue, ReportEvidence, StepCompletion
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.grammar import Formula, Reported, Step, Steps


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that a report rests on."""

    id: UUID
    """Of the link between the report and the file."""
    name: str
    size: int
    media_type: str
    sha256: str
    proves: str
    section: str
    """The text that it belongs to; empty for the whole report."""
    attached_at: datetime

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it as it is."""
        return self.media_type in ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A dated note."""

    id: UUID
    effective_on: date
    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    """Files in the order in which they came, notes by their day."""

    files: tuple[AttachedFile, ...] = ()
    notes: tuple[NoteLine, ...] = ()

    def digest(self, of_the_text: str) -> str:
        """A token of text and attachments together; that of the text alone where nothing is attached."""
        if not (self.files or self.notes):
            return of_the_text
        files = [f"{file.id} {file.section} {file.proves}" for file in self.files]
        notes = [f"{note.id}" for note in self.notes]
        return sha256("\n".join([of_the_text, *files, *notes]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ValueLine:
    """What the unit reported for a day. `base` is None for an indicator that takes one value."""

    id: UUID
    effective_on: date
    amount: Decimal
    base: Decimal | None
    note: str
    is_later: bool = False
    """Whether the day lies after the quarter that is looked at."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the formula, and the record that it was done; `done` is None while it is not."""

    step: Step
    done: UUID | None = None
    effective_on: date | None = None
    document: str = ""
    is_later: bool = False
    """Whether the day lies after the quarter that is looked at."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the unit enters by hand for an indicator that no register feeds."""

    values: tuple[ValueLine, ...] = ()
    steps: tuple[StepLine, ...] = ()


def attached_to(report: Report | None) -> Attached:
    """The files and notes of a report as they are now; two statements."""
    if report is None:
        return Attached()
    files = ReportEvidence.objects.filter(report=report, detached_on__isnull=True).select_related("evidence")
    notes = DatedNote.objects.filter(report=report, withdrawn_on__isnull=True)
    return Attached(
        tuple(_file(row) for row in files.order_by("recorded_at", "pk")),
        tuple(
            NoteLine(row.pk, row.effective_on, row.text) for row in notes.order_by("effective_on", "recorded_at", "pk")
        ),
    )


def _file(row: ReportEvidence) -> AttachedFile:
    kept = row.evidence
    return AttachedFile(
        row.pk, kept.name, kept.size, kept.media_type, kept.digest, row.proves, row.section, row.recorded_at
    )


def kept_file(assignment: Assignment, quarter: int | None, file: UUID) -> tuple[AttachedFile, Path]:
    """A file of any issue of a report, attached now or once, with the place of its bytes.

    Raises:
        NotFound: the report has no such file, or its bytes are not there.
    """
    rows = ReportEvidence.objects.filter(report__assignment=assignment, report__quarter=quarter, pk=file)
    row = rows.select_related("evidence").first()
    if row is None or not path_of(row.evidence.digest).is_file():
        raise NotFound("ไม่พบไฟล์นี้ในรายงาน", "The report has no such file.")
    return _file(row), path_of(row.evidence.digest)


def inputs_of(assignment: Assignment, formula: Formula, last_day: date) -> Inputs | None:
    """What the unit has entered for the indicator in the fiscal year; None where registers feed it.

    `last_day` is that of the quarter that is looked at.
    """
    match formula:
        case Reported():
            return Inputs(values=_values(assignment, last_day))
        case Steps():
            return Inputs(steps=_steps(assignment, formula.steps, last_day))
        case _:
            return None


def _values(assignment: Assignment, last_day: date) -> tuple[ValueLine, ...]:
    rows = ReportedValue.objects.filter(
        unit=assignment.unit_id,
        indicator=assignment.indicator_id,
        fiscal_year=assignment.fiscal_year,
        withdrawn_on__isnull=True,
    )
    return tuple(
        ValueLine(row.pk, row.effective_on, row.amount, row.base, row.note, row.effective_on > last_day)
        for row in rows.order_by("effective_on")
    )


def _steps(assignment: Assignment, steps: Sequence[Step], last_day: date) -> tuple[StepLine, ...]:
    """Each step with its first completion since the fiscal year began."""
    rows = StepCompletion.objects.filter(
        unit=assignment.unit_id,
        indicator=assignment.indicator_id,
        effective_on__gte=FiscalYear(assignment.fiscal_year).first_day,
        ended_on__isnull=True,
    )
    done: dict[str, StepCompletion] = {}
    for row in rows.order_by("effective_on", "pk"):
        done.setdefault(row.step, row)
    return tuple(
        StepLine(step, found.pk, found.effective_on, found.document, found.effective_on > last_day)
        if (found := done.get(step.code))
        else StepLine(step)
        for step in steps
    )
