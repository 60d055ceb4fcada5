"""What an officer does to a report from its page: a step on the text that was seen, over nobody else's change."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.ledger.services import lock
from lakthan.apps.reporting.answers import NO_ANSWERS, Answer, answer_comments
from lakthan.apps.reporting.attached import attached_to
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.issues import newest_report
from lakthan.apps.reporting.life import ReportPlace, Texts, readable_assignment, same_as_stored, texts_of, token_of
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.nil import confirm_nil
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.apps.reporting.steps import history, take_step
from lakthan.apps.reporting.working_texts import Typed, drop_working_text, keep_working_text
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.permissions import Actor
from lakthan.rules.workflow import TRANSITIONS, State, Step, require_step

SERVICES: Mapping[Step, Callable[..., Report]] = {
    Step.ENDORSE: workflow.endorse_report,
    Step.SUBMIT: workflow.submit_report,
    Step.RETURN: workflow.return_report,
    Step.ACCEPT: workflow.accept_report,
    Step.CERTIFY: workflow.certify_report,
    Step.CORRECT: workflow.correct_report,
}
"""The service of each step that a button takes; writing has its form."""


class TextMoved(Conflict):
    """Somebody changed the text since it was shown."""


def require_possible(actor: Actor, place: ReportPlace, step: Step) -> None:
    """Raise what `require_step` raises for a step with the report as it is stored now."""
    assignment = readable_assignment(actor, place)
    _require(actor, step, assignment, newest_report(assignment, place.quarter))


def write_draft(
    *,
    actor: Actor,
    place: ReportPlace,
    seen: str,
    now: datetime,
    texts: Texts,
    answers: Mapping[UUID, Answer] = NO_ANSWERS,
) -> None:
    """Write the draft of a quarter or a year over the text that was `seen`, a token of `ReportLife`.

    `answers` are what the unit says of comments, by their identifiers; those that did not change are passed over.

    Raises:
        TextMoved: another text is stored by now, and nothing is written over it.
        UserError: a returned report comes back as it was, and without an answer.
        NotFound, Refused, Conflict, UserError: also as writing the report, and `answer_comments`.
    """
    assignment = readable_assignment(actor, place)
    with transaction.atomic():
        stored = _stored(assignment, place)
        _require(actor, Step.WRITE, assignment, stored)
        answered = stored is not None and answer_comments(actor=actor, report=stored, answers=answers, now=now)
        if any(value != texts_of(stored)[name] for name, value in texts.items()):
            _refuse_moved(token_of(stored), seen)
        elif stored and stored.state == State.RETURNED.value and not answered:
            raise UserError(
                "ข้อความยังเหมือนเดิม แก้ไขตามที่ผู้ตรวจประเมินขอก่อนบันทึก",
                "Nothing is changed yet; mend what the reviewer asks for before saving.",
            )
        if place.quarter is None:
            write_year_report(actor=actor, assignment=assignment, now=now, **texts)
        else:
            write_quarter_report(actor=actor, assignment=assignment, quarter=place.quarter, now=now, **texts)  # type: ignore[arg-type]
        if answered and stored and lock(stored).state == State.RETURNED.value:
            take_step(actor, stored, Step.WRITE, now)
        drop_working_text(actor.id, assignment, place.quarter)


def take_seen(*, actor: Actor, place: ReportPlace, step: Step, seen: str, now: datetime, reason: str = "") -> None:
    """Take a step of `SERVICES` with the text that was `seen`; `reason` goes to the steps that need one.

    Raises:
        TextMoved: another text is stored by now than the one that the step was meant for.
        NotFound, Refused, Conflict, UserError: as the service of the step.
    """
    assignment = readable_assignment(actor, place)
    with transaction.atomic():
        stored = _stored(assignment, place)
        _require(actor, step, assignment, stored)
        _refuse_moved(attached_to(stored).digest(token_of(stored)), seen)
        given = {"reason": reason} if TRANSITIONS[step].needs_reason else {}
        SERVICES[step](actor=actor, report=stored, now=now, **given)


def begun_draft(actor: Actor, place: ReportPlace, now: datetime) -> Report:
    """The draft that the actor may write in now, made where nothing is written yet; for use in a transaction.

    Raises:
        NotFound, Refused, Conflict: as `require_step`.
    """
    assignment = readable_assignment(actor, place)
    stored = _stored(assignment, place)
    _require(actor, Step.WRITE, assignment, stored)
    if stored is not None:
        return stored
    if place.quarter is None:
        return write_year_report(actor=actor, assignment=assignment, now=now)
    return write_quarter_report(actor=actor, assignment=assignment, quarter=place.quarter, now=now)


def keep_typed(*, actor: Actor, place: ReportPlace, seen: str, typed: Typed, now: datetime) -> bool:
    """Keep what the actor has typed into the draft and not saved. Gives whether another text is stored by now.

    Raises:
        NotFound, Refused, Conflict: as `require_step`.
    """
    assignment = readable_assignment(actor, place)
    stored = newest_report(assignment, place.quarter)
    _require(actor, Step.WRITE, assignment, stored)
    if same_as_stored(texts_of(stored), typed):
        drop_working_text(actor.id, assignment, place.quarter)
    else:
        keep_working_text(actor.id, assignment, place.quarter, typed=typed, seen=seen, now=now)
    return token_of(stored) != seen


def drop_typed(*, actor: Actor, place: ReportPlace) -> None:
    """Throw away what the actor has typed and not saved, in whatever state the report is.

    Raises:
        NotFound: the actor may not know of the report.
    """
    drop_working_text(actor.id, readable_assignment(actor, place), place.quarter)


def confirm_nothing(*, actor: Actor, place: ReportPlace, now: datetime) -> None:
    """Confirm that there is nothing to report for a quarter.

    Raises:
        NotFound, Refused, Conflict: as `confirm_nil`.
    """
    assignment = readable_assignment(actor, place)
    confirm_nil(actor=actor, assignment=assignment, quarter=place.quarter or LAST_QUARTER, now=now)


def _stored(assignment: Assignment, place: ReportPlace) -> Report | None:
    """The newest issue, held for this transaction: who would write it at the same time waits."""
    lock(assignment)
    report = newest_report(assignment, place.quarter)
    return report and lock(report)


def _require(actor: Actor, step: Step, assignment: Assignment, report: Report | None) -> None:
    state = State(report.state) if report else State.OPEN
    taken = history(report) if report else ()
    require_step(actor, step, unit=str(assignment.unit_id), state=state, taken=taken)


def _refuse_moved(by_now: str, seen: str) -> None:
    if by_now != seen:
        raise TextMoved(
            "มีผู้แก้ไขรายงานนี้หลังจากท่านเปิดหน้า จึงยังไม่ได้บันทึกสิ่งใด",
            "Somebody changed this report after you opened the page, so nothing was done yet.",
        )
