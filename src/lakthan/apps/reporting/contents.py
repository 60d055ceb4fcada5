"""What an officer puts into a draft from its page beside its text: files, dated notes, values and steps.

Each begins the draft where none is, and is part of writing it: who may not write now may not do it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from lakthan.apps.evidence.services import refuse_large, store_evidence
from lakthan.apps.reporting.answers import Answer
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.desk import begun_draft, write_draft
from lakthan.apps.reporting.life import ReportPlace, Texts
from lakthan.apps.reporting.models import DatedNote, Report, ReportedValue, ReportEvidence, StepCompletion
from lakthan.apps.reporting.services import attachments, values
from lakthan.apps.reporting.steps import take_step
from lakthan.core.dates import format_date
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.permissions import Actor
from lakthan.rules.workflow import Step

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was chosen; `read` gives its content and is called for what is small enough."""

    name: str
    size: int
    read: Callable[[], bytes]
    proves: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not attached, and why."""

    file: NewFile
    error: UserError


def save(
    *,
    actor: Actor,
    place: ReportPlace,
    seen: str,
    texts: Texts,
    answers: Mapping[UUID, Answer],
    parts: Iterable[Callable[[], None]],
    files: Sequence[NewFile],
    now: datetime,
) -> list[RefusedFile]:
    """Write the draft with all that was filled in beside its text, or nothing of it.

    Files that are refused keep nothing else out.

    Raises:
        NotFound, Refused, Conflict, UserError: as `write_draft`, and as each of the parts.
    """
    with transaction.atomic():
        for part in parts:
            part()
        refused = attach_files(actor=actor, place=place, files=files, now=now) if files else []
        write_draft(actor=actor, place=place, seen=seen, now=now, texts=texts, answers=answers)
    return refused


def carry_out(*, parts: Iterable[Callable[[], None]]) -> None:
    """Several entries at once, or none of them."""
    with transaction.atomic():
        for part in parts:
            part()


def attach_files(*, actor: Actor, place: ReportPlace, files: Iterable[NewFile], now: datetime) -> list[RefusedFile]:
    """Keep files as evidence of the draft. One that is refused keeps no other out.

    Raises:
        NotFound, Refused, Conflict: as `begun_draft`.
    """
    refused: list[RefusedFile] = []
    with transaction.atomic():
        report = begun_draft(actor, place, now)
        for file in files:
            try:
                with transaction.atomic():
                    _attach(actor, report, file, now)
            except UserError as error:
                refused.append(RefusedFile(file, error))
    return refused


def _attach(actor: Actor, report: Report, file: NewFile, now: datetime) -> None:
    name = "".join(letter for letter in file.name if letter.isprintable()) or "file"
    refuse_large(name, file.size)
    evidence = store_evidence(actor=actor, unit=report.unit, content=file.read(), name=name, now=now)
    attachments.attach_evidence(
        actor=actor, report=report, evidence=evidence, proves=file.proves, section=file.section, now=now
    )


def describe_file(*, actor: Actor, place: ReportPlace, file: UUID, proves: str, section: str, now: datetime) -> None:
    """Say anew what a file proves.

    Raises:
        NotFound: the draft has no such file; or as `begun_draft`.
        UserError: as `describe_evidence`.
    """
    with transaction.atomic():
        attached = _one(ReportEvidence.objects.filter(report=begun_draft(actor, place, now)), file)
        attachments.describe_evidence(actor=actor, attached=attached, proves=proves, section=section, now=now)


def detach_file(*, actor: Actor, place: ReportPlace, file: UUID, now: datetime) -> None:
    """Take a file out of the draft.

    Raises:
        NotFound: the draft has no such file; or as `begun_draft`.
    """
    with transaction.atomic():
        attached = _one(ReportEvidence.objects.filter(report=begun_draft(actor, place, now)), file)
        attachments.detach_evidence(actor=actor, attached=attached, now=now)


def note_down(*, actor: Actor, place: ReportPlace, effective_on: date, text: str, now: datetime) -> None:
    """Add a dated note to the draft.

    Raises:
        UserError: as `add_note`.
    """
    with transaction.atomic():
        report = begun_draft(actor, place, now)
        attachments.add_note(actor=actor, report=report, effective_on=effective_on, text=text, now=now)


def take_out_note(*, actor: Actor, place: ReportPlace, note: UUID, now: datetime) -> None:
    """Take a dated note out of the draft.

    Raises:
        NotFound: the draft has no such note; or as `begun_draft`.
    """
    with transaction.atomic():
        row = _one(DatedNote.objects.filter(report=begun_draft(actor, place, now)), note)
        attachments.withdraw_note(actor=actor, note=row, now=now)


def enter_value(
    *,
    actor: Actor,
    place: ReportPlace,
    effective_on: date,
    amount: Decimal,
    base: Decimal | None,
    note: str,
    now: datetime,
) -> None:
    """Report the value of a day of the fiscal year up to the quarter's end; what stands for the day is replaced.

    Raises:
        UserError: the day lies elsewhere; or as `report_value`.
    """
    with transaction.atomic():
        report = _being_written(actor, place, now)
        _require_day(place, effective_on)
        indicator, unit = report.assignment.indicator, report.unit
        standing = _values(report).filter(effective_on=effective_on, withdrawn_on__isnull=True).first()
        if standing:
            values.mend_value(actor=actor, value=standing, amount=amount, base=base, note=note, now=now)
            return
        values.report_value(
            actor=actor,
            indicator=indicator,
            unit=unit,
            fiscal_year=place.fiscal_year,
            effective_on=effective_on,
            amount=amount,
            base=base,
            note=note,
            now=now,
        )


def take_back_value(*, actor: Actor, place: ReportPlace, value: UUID, now: datetime) -> None:
    """Take back the value of a day.

    Raises:
        NotFound: the unit reported no such value; or as `begun_draft`.
    """
    with transaction.atomic():
        row = _one(_values(_being_written(actor, place, now)), value)
        values.withdraw_value(actor=actor, value=row, now=now)


def tick_step(*, actor: Actor, place: ReportPlace, step: str, effective_on: date, document: str, now: datetime) -> None:
    """State that a step was done on a day of the fiscal year up to the quarter's end.

    Raises:
        UserError: the day lies elsewhere; or as `complete_step`.
    """
    with transaction.atomic():
        report = _being_written(actor, place, now)
        _require_day(place, effective_on)
        values.complete_step(
            actor=actor,
            indicator=report.assignment.indicator,
            unit=report.unit,
            step=step,
            effective_on=effective_on,
            document=document,
            now=now,
        )


def untick_step(*, actor: Actor, place: ReportPlace, completion: UUID, now: datetime) -> None:
    """State that a step was not done after all.

    Raises:
        NotFound: the unit has no such completion; or as `begun_draft`.
    """
    with transaction.atomic():
        report = _being_written(actor, place, now)
        rows = StepCompletion.objects.filter(unit=report.unit_id, indicator=report.assignment.indicator_id)
        values.take_back_step(actor=actor, completion=_one(rows, completion), now=now)


def _being_written(actor: Actor, place: ReportPlace, now: datetime) -> Report:
    """The draft, which counts as written by whoever enters its numbers."""
    return take_step(actor, begun_draft(actor, place, now), Step.WRITE, now)


def _values(report: Report) -> QuerySet[ReportedValue]:
    return ReportedValue.objects.filter(
        unit=report.unit_id, indicator=report.assignment.indicator_id, fiscal_year=report.assignment.fiscal_year
    )


def _require_day(place: ReportPlace, day: date) -> None:
    first, last = place.fiscal_year.first_day, place.fiscal_year.quarter(place.quarter or LAST_QUARTER).last_day
    if not first <= day <= last:
        raise UserError(
            f"{format_date(day)} อยู่นอกช่วงของรายงาน ({format_date(first)} ถึง {format_date(last)})",
            f"{format_date(day, 'en')} is outside the time of the report ({format_date(first, 'en')} to "
            f"{format_date(last, 'en')}).",
        )


def _one(rows: QuerySet[Row], pk: UUID) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound("ไม่พบรายการนี้ในรายงาน", "The report holds no such entry.")
    return found
