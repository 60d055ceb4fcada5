"""Requests for data: a question to many units with a deadline, the answers, and the reminders."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import DataRequest, DataRequestAnswer, DataRequestReminder
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_future, require_order, require_text
from lakthan.rules.permissions import Action, Actor, require


def request_data(
    *,
    actor: Actor,
    asked_by: Unit,
    units: Sequence[Unit],
    subject: str,
    question: str,
    sent_on: date,
    deadline_on: date,
    now: datetime,
    document: str = "",
) -> DataRequest:
    """Ask many units a question; each gets a row that stays without an answer until it answers."""
    require(actor, Action.REQUEST_DATA, str(asked_by.pk))
    refuse_future(sent_on, timezone.localdate(now))
    require_order(sent_on, deadline_on, "กำหนดส่ง", "The deadline")
    if not units:
        raise UserError("กรุณาเลือกหน่วยงานที่จะขอข้อมูล", "Choose at least one unit to ask.")
    request = DataRequest(
        asked_by=asked_by,
        subject=require_text(subject, "เรื่อง", "The subject"),
        question=require_text(question, "คำถาม", "The question"),
        sent_on=sent_on,
        deadline_on=deadline_on,
        document=document,
    )
    with transaction.atomic():
        create(actor, request, act="planning.request_data", now=now)
        rows = [DataRequestAnswer(unit=unit, request=request) for unit in units]
        create_all(actor, rows, act="planning.ask_unit", now=now)
    return request


def answer_request(
    *, actor: Actor, answer: DataRequestAnswer, text: str, answered_on: date, now: datetime, is_nil: bool = False
) -> DataRequestAnswer:
    """Answer a request, or confirm that there is nothing (`is_nil`). A text or a nil is required.

    A second answer takes the place of the first, which stays in the ledger.
    """
    require(actor, Action.ANSWER_DATA_REQUEST, str(answer.unit_id))
    refuse_future(answered_on, timezone.localdate(now))
    if not is_nil:
        require_text(text, "คำตอบ", "The answer")
    return change(
        actor, answer, act="planning.answer_request", now=now, answer=text, answered_on=answered_on, is_nil=is_nil
    )


def remind(
    *, actor: Actor, answer: DataRequestAnswer, effective_on: date, now: datetime, note: str = ""
) -> DataRequestReminder:
    """Record that a unit which has not answered was reminded."""
    require(actor, Action.REQUEST_DATA, str(answer.request.asked_by_id))
    refuse_future(effective_on, timezone.localdate(now))
    row = DataRequestReminder(unit_id=answer.unit_id, request=answer.request, effective_on=effective_on, note=note)
    with transaction.atomic():
        if lock(answer).answered_on is not None:
            raise UserError("หน่วยงานตอบแล้ว", "The unit has answered already.")
        return create(actor, row, act="planning.remind", now=now)
