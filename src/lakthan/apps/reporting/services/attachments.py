"""Writes of what is attached to a report while it is written: dated notes and files of evidence.

Each counts as writing it: a returned report is a draft again, and who attaches something does not judge the report.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.reporting.models import DatedNote, Report, ReportEvidence
from lakthan.apps.reporting.services.writing import SECTIONS
from lakthan.apps.reporting.steps import take_step
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_future, refuse_longer, require_text
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.workflow import Step

LONGEST_PROOF = 200
"""Characters of what a file proves."""
PLACES = SECTIONS - {"evidence_list"}
"""Texts that a file can belong to."""


def add_note(*, actor: Actor, report: Report, effective_on: date, text: str, now: datetime) -> DatedNote:
    """Add a dated note to a draft.

    Raises:
        UserError: the text is empty, or the day is to come.
        Conflict: the report is past writing.
    """
    require(actor, Action.WRITE_REPORT, str(report.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    text = require_text(text, "บันทึก", "The note")
    with transaction.atomic():
        take_step(actor, report, Step.WRITE, now)
        note = DatedNote(unit_id=report.unit_id, report=report, effective_on=effective_on, text=text)
        return create(actor, note, act="reporting.add_note", now=now)


def withdraw_note(*, actor: Actor, note: DatedNote, now: datetime) -> DatedNote:
    """Take a dated note out of a draft.

    Raises:
        Conflict: the report is past writing.
    """
    require(actor, Action.WRITE_REPORT, str(note.unit_id))
    with transaction.atomic():
        if lock(note).withdrawn_on is not None:
            return note
        take_step(actor, note.report, Step.WRITE, now)
        return change(actor, note, act="reporting.withdraw_note", now=now, withdrawn_on=timezone.localdate(now))


def attach_evidence(
    *, actor: Actor, report: Report, evidence: Evidence, proves: str, now: datetime, section: str = ""
) -> ReportEvidence:
    """Link a file to the draft that rests on it. The same link twice is one; a link that was taken away comes back.

    Raises:
        UserError: nothing is said of what it proves, or too much.
        Conflict: the report is past writing.
    """
    require(actor, Action.WRITE_REPORT, str(report.unit_id))
    proves = _proof(proves)
    _require_place(section)
    found = ReportEvidence.objects.filter(unit_id=report.unit_id, report=report, evidence=evidence).first()
    if found and found.detached_on is None:
        return found
    with transaction.atomic():
        take_step(actor, report, Step.WRITE, now)
        if found:
            again = {"detached_on": None, "proves": proves, "section": section}
            return change(actor, found, act="reporting.attach_evidence", now=now, **again)
        row = ReportEvidence(unit_id=report.unit_id, report=report, evidence=evidence, proves=proves, section=section)
        return create(actor, row, act="reporting.attach_evidence", now=now)


def describe_evidence(
    *, actor: Actor, attached: ReportEvidence, proves: str, now: datetime, section: str = ""
) -> ReportEvidence:
    """Say anew what a file proves, and to which text of the draft it belongs.

    Raises:
        UserError: nothing is said of what it proves, or too much.
        Conflict: the report is past writing.
    """
    require(actor, Action.WRITE_REPORT, str(attached.unit_id))
    proves = _proof(proves)
    _require_place(section)
    with transaction.atomic():
        lock(attached)
        if (attached.proves, attached.section) == (proves, section):
            return attached
        take_step(actor, attached.report, Step.WRITE, now)
        return change(actor, attached, act="reporting.describe_evidence", now=now, proves=proves, section=section)


def detach_evidence(*, actor: Actor, attached: ReportEvidence, now: datetime) -> ReportEvidence:
    """Take a file out of a draft. The file is kept: an earlier submission may rest on it.

    Raises:
        Conflict: the report is past writing.
    """
    require(actor, Action.WRITE_REPORT, str(attached.unit_id))
    with transaction.atomic():
        if lock(attached).detached_on is not None:
            return attached
        take_step(actor, attached.report, Step.WRITE, now)
        day = timezone.localdate(now)
        return change(actor, attached, act="reporting.detach_evidence", now=now, detached_on=day)


def _proof(proves: str) -> str:
    text = require_text(proves, "ไฟล์นี้ใช้พิสูจน์อะไร", "What the file proves")
    return refuse_longer(text, LONGEST_PROOF, "ไฟล์นี้ใช้พิสูจน์อะไร", "What the file proves")


def _require_place(section: str) -> None:
    if section and section not in PLACES:
        raise UserError(
            "ไม่มีส่วนนี้ในรายงาน เลือกจากรายการ", f"The report has no section {section!r}; choose one of the list."
        )
