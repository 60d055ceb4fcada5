"""The steps of a report's life (lakthan.rules.workflow), each with its own checks."""

import json
from datetime import datetime
from hashlib import sha256

import msgspec
from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import create, create_all
from lakthan.apps.reporting.certified import KeptFigure, figure_column
from lakthan.apps.reporting.deadlines import term_of, too_late
from lakthan.apps.reporting.models import DatedNote, Report, ReportEvidence, Snapshot
from lakthan.apps.reporting.papers import figure_of
from lakthan.apps.reporting.reviewing import end_review, fix_computed_scores
from lakthan.apps.reporting.services.writing import PRINTED, SECTIONS
from lakthan.apps.reporting.snapshots import newest_snapshot, take_snapshot
from lakthan.apps.reporting.steps import act_of, note_step, take_step
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.review import Outcome
from lakthan.rules.workflow import State, Step, require_step

COPIED = tuple(sorted({"progress", *SECTIONS, *PRINTED}))
"""What a correction begins with."""


def endorse_report(*, actor: Actor, report: Report, now: datetime) -> Report:
    """The head of the unit stands behind a draft.

    Raises:
        UserError: nothing is written in it.
        Conflict: its period is closed, so that it could not be sent; or another state.
        NotFound, Refused: as `require_step`.
    """
    require(actor, Action.ENDORSE_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.ENDORSE, now)
        _refuse_too_late(report, now)
        if not report.narrative.strip():
            raise UserError(
                "รายงานยังไม่มีผลการดำเนินงาน เขียนก่อนเสนอเห็นชอบ", "The report tells nothing yet; write what was done first."
            )
    return report


def submit_report(*, actor: Actor, report: Report, now: datetime) -> Report:
    """Send an endorsed report to the strategy bureau. What it is at this moment is kept as a snapshot.

    Raises:
        Conflict: its period is closed; or another state.
        NotFound, Refused: as `require_step`.
    """
    require(actor, Action.SUBMIT_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.SUBMIT, now)
        _refuse_too_late(report, now)
        _keep_snapshot(actor, report, now)
    return report


def _refuse_too_late(report: Report, now: datetime) -> None:
    term = term_of(report.assignment, report.quarter)
    if (refused := too_late(report, term, timezone.localdate(now))) is not None:
        raise refused


def _keep_snapshot(actor: Actor, report: Report, now: datetime) -> Snapshot:
    content = take_snapshot(report)
    row = Snapshot(
        unit_id=report.unit_id,
        report=report,
        number=report.snapshots.count() + 1,
        content=content,
        digest=sha256(content.encode()).hexdigest(),
        figure=figure_column(msgspec.convert(json.loads(content), KeptFigure)),
    )
    return create(actor, row, act=act_of(Step.SUBMIT), now=now)


def return_report(*, actor: Actor, report: Report, reason: str, now: datetime) -> Report:
    """Send a report back with what is to be mended.

    Raises:
        UserError: no reason is given.
        NotFound, Refused, Conflict: as `require_step`.
    """
    require(actor, Action.REVIEW_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.RETURN, now, reason=reason)
        end_review(actor, report, Outcome.RETURNED, act=act_of(Step.RETURN), now=now)
    return report


def accept_report(*, actor: Actor, report: Report, now: datetime) -> Report:
    """The reviewer finds the report in order.

    Raises:
        Conflict: the records say something else by now than when it was submitted; or another state.
        NotFound, Refused: as `require_step`.
    """
    require(actor, Action.REVIEW_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.ACCEPT, now)
        _refuse_moved_figure(report)
        end_review(actor, report, Outcome.ACCEPTED, act=act_of(Step.ACCEPT), now=now)
    return report


def certify_report(*, actor: Actor, report: Report, now: datetime) -> Report:
    """Certify an accepted report: its snapshot stands from now on. It takes the place of the one that it corrects.

    Raises:
        Conflict: the records say something else by now than when it was submitted; or another state.
        NotFound, Refused: as `require_step`.
    """
    require(actor, Action.CERTIFY_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.CERTIFY, now)
        _refuse_moved_figure(report)
        fix_computed_scores(actor, report, act=act_of(Step.CERTIFY), now=now)
        if report.corrects is not None:
            take_step(actor, report.corrects, Step.SUPERSEDE, now, reason=f"{report.issue}")
    return report


def _refuse_moved_figure(report: Report) -> None:
    """A report is accepted and certified for what it says: the records must still say the same of the same day."""
    kept = newest_snapshot(report)
    answered = figure_of(report, kept.as_of)
    if answered.target != kept.target:
        raise Conflict(
            f"หลังส่งรายงาน มีมติเปลี่ยนค่าเป้าหมายจาก {kept.target} เป็น {answered.target} ส่งกลับให้หน่วยงานตรวจและส่งใหม่",
            f"Since it was submitted the target has been changed from {kept.target} to {answered.target}; return the "
            "report, so that the unit looks at it and submits it again.",
        )
    by_now = answered.figure
    if (kept.figure.numerator, kept.figure.denominator) != (by_now.numerator, by_now.denominator):
        raise Conflict(
            f"หลังส่งรายงาน ระเบียนเปลี่ยนจาก {kept.figure.value} เป็น {by_now.value} ส่งกลับให้หน่วยงานตรวจและส่งใหม่",
            f"Since it was submitted the records have moved from {kept.figure.value} to {by_now.value}; return the "
            "report, so that the unit looks at it and submits it again.",
        )


def correct_report(*, actor: Actor, report: Report, reason: str, now: datetime) -> Report:
    """Begin a correction of a certified report: a draft of the next issue with the same texts.

    Raises:
        UserError: no reason is given.
        AlreadyRecorded: a correction is under way.
        NotFound, Refused, Conflict: as `require_step`.
    """
    require(actor, Action.CORRECT_REPORT, str(report.unit_id))
    with transaction.atomic():
        take_step(actor, report, Step.CORRECT, now, reason=reason)
        correction = Report(
            unit_id=report.unit_id,
            assignment_id=report.assignment_id,
            quarter=report.quarter,
            issue=report.issue + 1,
            corrects=report,
            **{name: getattr(report, name) for name in COPIED},
        )
        held = require_step(actor, Step.WRITE, unit=str(report.unit_id), state=State.OPEN, taken=())
        create(actor, correction, act=act_of(Step.WRITE), now=now)
        note_step(actor, correction, Step.WRITE, held, now, reason)
        _copy_attachments(actor, report, correction, now)
    return correction


def _copy_attachments(actor: Actor, report: Report, correction: Report, now: datetime) -> None:
    """A correction begins with the files and notes of the report that it corrects."""
    files = report.evidence.filter(detached_on__isnull=True).order_by("recorded_at", "pk")
    links = [
        ReportEvidence(
            unit_id=row.unit_id, report=correction, evidence_id=row.evidence_id, proves=row.proves, section=row.section
        )
        for row in files
    ]
    create_all(actor, links, act="reporting.attach_evidence", now=now)
    notes = [
        DatedNote(unit_id=row.unit_id, report=correction, effective_on=row.effective_on, text=row.text)
        for row in report.notes.filter(withdrawn_on__isnull=True).order_by("recorded_at", "pk")
    ]
    create_all(actor, notes, act="reporting.add_note", now=now)
