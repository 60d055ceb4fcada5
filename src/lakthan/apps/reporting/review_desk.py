"""What a reviewer enters from the page of a review: all that was typed at once, and the step that ends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import lock
from lakthan.apps.reporting.answers import comment_of
from lakthan.apps.reporting.attached import attached_to
from lakthan.apps.reporting.desk import take_seen
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.life import ReportPlace, readable_assignment, token_of
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.services import reviews
from lakthan.core.errors import Conflict
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.review import Section
from lakthan.rules.workflow import Step


@dataclass(frozen=True, slots=True)
class GivenScore:
    """A score that was chosen, with its note."""

    score: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reviewer typed and chose."""

    comments: Mapping[Section, str] = field(default_factory=dict)
    scores: Mapping[str, GivenScore] = field(default_factory=dict)
    """By the criterion's code."""
    withdrawn: UUID | None = None
    settled: UUID | None = None


def enter_review(
    *,
    actor: Actor,
    place: ReportPlace,
    seen: str,
    findings: Findings,
    now: datetime,
    step: Step | None = None,
    reason: str = "",
) -> None:
    """Enter all of it in one transaction, and then take `step` (return or accept) where one is named.

    `seen` is the whole token of the report that the reviewer has read.

    Raises:
        Conflict: another text or issue stands there by now, or the review has ended.
        NotFound, Refused, UserError: as the services of reviews and of the step; then nothing of it is stored.
    """
    assignment = readable_assignment(actor, place)
    require(actor, Action.REVIEW_REPORT, str(assignment.unit_id))
    with transaction.atomic():
        report = _held(assignment, place, seen)
        for section, text in findings.comments.items():
            reviews.comment_on_section(actor=actor, report=report, section=section, text=text, now=now)
        for code, given in findings.scores.items():
            reviews.score_report(
                actor=actor, report=report, criterion=code, score=given.score, note=given.note, now=now
            )
        if findings.withdrawn:
            comment = comment_of(report, findings.withdrawn)
            reviews.withdraw_comment(actor=actor, comment=comment, now=now)
        if findings.settled:
            reviews.settle_comment(actor=actor, comment=comment_of(report, findings.settled), now=now)
        if step is not None:
            take_seen(actor=actor, place=place, step=step, seen=seen, now=now, reason=reason)


def _held(assignment: Assignment, place: ReportPlace, seen: str) -> Report:
    lock(assignment)
    report = newest_report(assignment, place.quarter)
    if report is None or attached_to(report).digest(token_of(report)) != seen:
        raise Conflict(
            "รายงานเปลี่ยนไปหลังจากท่านเปิดหน้า จึงยังไม่ได้บันทึกสิ่งใด อ่านฉบับล่าสุดก่อน",
            "The report changed after you opened the page, so nothing was entered yet; read it as it is now.",
        )
    return report
