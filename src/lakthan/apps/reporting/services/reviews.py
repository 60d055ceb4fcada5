"""Writes of a review: comments on sections with their answers, and scores of the reporting."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.reporting.models import Report, ReviewComment, ReviewScore, Rubric
from lakthan.apps.reporting.reviewing import review_of
from lakthan.apps.reporting.steps import history
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_text
from lakthan.rules.permissions import Action, Actor, Held, require
from lakthan.rules.review import Section
from lakthan.rules.rubric import parse_rubric, score_refusal
from lakthan.rules.workflow import STATE_NAMES, State, Step, require_step

UNDER_REVIEW = frozenset({State.SUBMITTED})
SCORED = frozenset({State.SUBMITTED, State.ACCEPTED})
"""States in which a score can be given: until certification."""
ANSWERED = frozenset({State.RETURNED, State.DRAFT})
"""States in which the unit answers."""


def comment_on_section(*, actor: Actor, report: Report, section: Section, text: str, now: datetime) -> ReviewComment:
    """Ask for something at one place of a submitted report. The unit sees it once the review has ended.

    Raises:
        UserError: nothing is written.
        Conflict: the report is not under review.
        NotFound, Refused: as `require_step` of a return.
    """
    require(actor, Action.REVIEW_REPORT, str(report.unit_id))
    with transaction.atomic():
        held = _reviewing(actor, report, UNDER_REVIEW)
        comment = ReviewComment(
            unit_id=report.unit_id,
            review=review_of(actor, report, now),
            section=section.value,
            text=require_text(text, "ความเห็น", "The comment"),
            person=actor.id,
            acting_unit_id=held.unit or None,
        )
        return create(actor, comment, act="reporting.comment_on_section", now=now)


def withdraw_comment(*, actor: Actor, comment: ReviewComment, now: datetime) -> ReviewComment:
    """Take a comment back that the unit has not seen.

    Raises:
        Conflict: the review has ended.
        NotFound, Refused: as `require_step` of a return.
    """
    require(actor, Action.REVIEW_REPORT, str(comment.unit_id))
    with transaction.atomic():
        _reviewing(actor, comment.review.report, UNDER_REVIEW)
        if lock(comment.review).outcome:
            raise Conflict("ส่งความเห็นนี้ให้หน่วยงานแล้ว จึงถอนไม่ได้", "The unit has this comment already; it stays.")
        return change(actor, comment, act="reporting.withdraw_comment", now=now, withdrawn_at=now)


def settle_comment(*, actor: Actor, comment: ReviewComment, now: datetime) -> ReviewComment:
    """Find a comment on an earlier submission done.

    Raises:
        Conflict: the report is not under review, or the comment is on this submission.
        NotFound, Refused: as `require_step` of a return.
    """
    require(actor, Action.REVIEW_REPORT, str(comment.unit_id))
    with transaction.atomic():
        _reviewing(actor, comment.review.report, UNDER_REVIEW)
        if not lock(comment.review).outcome:
            raise Conflict(
                "หน่วยงานยังไม่เห็นความเห็นนี้ ให้ถอนแทน", "The unit has not seen this comment; withdraw it instead."
            )
        return change(actor, comment, act="reporting.settle_comment", now=now, settled_at=now)


def answer_comment(
    *, actor: Actor, comment: ReviewComment, answer: str, is_mended: bool, now: datetime
) -> ReviewComment:
    """Answer a comment: that it is mended, or why not.

    Raises:
        UserError: it is not mended, and nothing says why.
        Conflict: the report is not with the unit, or its review goes on.
        NotFound, Refused: as `require_step` of writing.
    """
    require(actor, Action.WRITE_REPORT, str(comment.unit_id))
    answer = answer.strip()
    with transaction.atomic():
        report = lock(comment.review.report)
        state = State(report.state)
        require_step(actor, Step.WRITE, unit=str(report.unit_id), state=State.DRAFT, taken=())
        if state not in ANSWERED or not lock(comment.review).outcome:
            raise _wrong_state(state, "ตอบความเห็นไม่ได้", "comments cannot be answered")
        if not answer and not is_mended:
            raise UserError(
                "ตอบความเห็นของผู้ตรวจประเมิน: เลือกว่าแก้ไขแล้ว หรือบอกเหตุผลที่ไม่แก้",
                "Answer the comment: tick that it is mended, or say why not.",
            )
        given = {"answer": answer, "is_mended": is_mended}
        if (lock(comment).answer, comment.is_mended) == (answer, is_mended):
            return comment
        return change(
            actor, comment, act="reporting.answer_comment", now=now, answered_at=now, answered_by=actor.id, **given
        )


def score_report(
    *, actor: Actor, report: Report, criterion: str, score: Decimal, note: str, now: datetime
) -> ReviewScore:
    """Score one criterion of a submission; another score for the same criterion is a new row, and counts.

    Raises:
        UserError: the rubric has no such criterion, it is computed, or the score is none of its steps.
        Conflict: the report is certified already, or not with the reviewers.
        NotFound, Refused: as `require_step` of accepting.
    """
    require(actor, Action.REVIEW_REPORT, str(report.unit_id))
    with transaction.atomic():
        _reviewing(actor, report, SCORED)
        review = review_of(actor, report, now)
        judged = parse_rubric(review.rubric).criterion(criterion)
        if (refused := score_refusal(judged, score)) is not None:
            raise refused
        newest = review.scores.filter(criterion=criterion).order_by("-number").first()
        if newest is not None and (newest.score, newest.note) == (score, note.strip()):
            return newest
        row = ReviewScore(
            unit_id=report.unit_id,
            review=review,
            criterion=criterion,
            number=(newest.number if newest else 0) + 1,
            score=score,
            note=note.strip(),
            person=actor.id,
        )
        return create(actor, row, act="reporting.score_report", now=now)


def adopt_rubric(*, actor: Actor, rubric: Mapping[str, Any], first_year: FiscalYear, now: datetime) -> Rubric:
    """Score reporting by another rubric from a fiscal year on. Reviews that have begun keep theirs.

    Raises:
        UserError: what is given is no rubric.
        AlreadyRecorded: a rubric of that number is adopted.
    """
    require(actor, Action.ADOPT_RUBRIC)
    number = parse_rubric(rubric).number
    row = Rubric(number=number, first_year=first_year.be, body=dict(rubric))
    return create(actor, row, act="reporting.adopt_rubric", now=now)


def _reviewing(actor: Actor, report: Report, states: frozenset[State]) -> Held:
    """Hold the report for this transaction; the role in which the actor reviews it."""
    state = State(lock(report).state)
    held = require_step(actor, Step.ACCEPT, unit=str(report.unit_id), state=State.SUBMITTED, taken=history(report))
    if state not in states:
        raise _wrong_state(state, "บันทึกการตรวจประเมินไม่ได้", "nothing can be entered in its review")
    return held


def _wrong_state(state: State, cannot_th: str, cannot_en: str) -> Conflict:
    return Conflict(
        f"รายงานนี้{STATE_NAMES[state][0]}อยู่ จึง{cannot_th} โหลดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
        f"The report is {STATE_NAMES[state][1]}, so {cannot_en}; load the page again to see it as it is now.",
    )
