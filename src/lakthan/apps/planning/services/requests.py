"""Requests for data: a question to many units with a deadline, the answers, the chasing and the end."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import DataRequest, DataRequestAnswer, DataRequestReminder
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.data_requests import MOST_ROWS, AnswerForm, Field, Row, field_data, read_fields, read_value
from lakthan.rules.entry import refuse_future, refuse_longer, require_order, require_text
from lakthan.rules.permissions import Action, Actor, require

LONGEST_SUBJECT, LONGEST_DOCUMENT, LONGEST_ANSWER = 300, 200, 20_000


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
    form: AnswerForm = AnswerForm.TEXT,
    fields: Sequence[Mapping[str, object]] = (),
) -> DataRequest:
    """Ask many units a question; each gets a row that stays without an answer until it answers.

    Raises:
        UserError: something is missing or too long, the deadline lies before the day of sending, or the fields do not
            fit the form of the answers.
    """
    require(actor, Action.REQUEST_DATA, str(asked_by.pk))
    refuse_future(sent_on, timezone.localdate(now))
    require_order(sent_on, deadline_on, "กำหนดส่ง", "The deadline")
    if not units:
        raise UserError("กรุณาเลือกหน่วยงานที่จะขอข้อมูล", "Choose at least one unit to ask.")
    subject = require_text(subject, "เรื่อง", "The subject")
    request = DataRequest(
        asked_by=asked_by,
        subject=refuse_longer(subject, LONGEST_SUBJECT, "เรื่อง", "The subject"),
        question=require_text(question, "คำถาม", "The question"),
        sent_on=sent_on,
        deadline_on=deadline_on,
        document=refuse_longer(document.strip(), LONGEST_DOCUMENT, "เลขที่หนังสือ", "The document number"),
        form=form.value,
        fields=field_data(_fields_for(form, fields)),
    )
    with transaction.atomic():
        create(actor, request, act="planning.request_data", now=now)
        rows = [DataRequestAnswer(unit=unit, request=request) for unit in units]
        create_all(actor, rows, act="planning.ask_unit", now=now)
    return request


def _fields_for(form: AnswerForm, fields: Sequence[Mapping[str, object]]) -> tuple[Field, ...]:
    read = read_fields(fields)
    if form is AnswerForm.TEXT and read:
        raise UserError("คำตอบเป็นข้อความไม่มีช่องข้อมูล", "Answers in words have no fields.")
    if form is not AnswerForm.TEXT and not read:
        raise UserError("กรุณาเพิ่มช่องข้อมูลอย่างน้อยหนึ่งช่อง", "Add at least one field.")
    return read


def answer_request(
    *,
    actor: Actor,
    answer: DataRequestAnswer,
    answered_on: date,
    now: datetime,
    text: str = "",
    rows: Sequence[Row] = (),
    is_nil: bool = False,
) -> DataRequestAnswer:
    """Answer a request, in words or in rows of values as it asks, or confirm that there is nothing (`is_nil`).

    A later answer takes the place of the first, which stays in the ledger.

    Raises:
        UserError: there is no answer in it, or a value is not of its field's type.
        Conflict: the request is closed.
    """
    require(actor, Action.ANSWER_DATA_REQUEST, str(answer.unit_id))
    refuse_future(answered_on, timezone.localdate(now))
    with transaction.atomic():
        request = lock(answer.request)
        _refuse_closed(request)
        kept = [] if is_nil else _rows_for(request, rows)
        if not is_nil and AnswerForm(request.form) is AnswerForm.TEXT:
            require_text(text, "คำตอบ", "The answer")
        first = lock(answer).first_answered_on or answered_on
        return change(
            actor,
            answer,
            act="planning.answer_request",
            now=now,
            answer="" if is_nil else refuse_longer(text, LONGEST_ANSWER, "คำตอบ", "The answer"),
            rows=kept,
            answered_on=answered_on,
            first_answered_on=first,
            is_nil=is_nil,
        )


def _refuse_closed(request: DataRequest) -> None:
    if request.closed_on is not None:
        raise Conflict("คำขอข้อมูลนี้ปิดแล้ว ติดต่อหน่วยงานที่ขอ", "This request is closed; turn to the unit that asked.")


def _rows_for(request: DataRequest, rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows with each value read by its field."""
    form, fields = AnswerForm(request.form), read_fields(request.fields)
    if form is AnswerForm.TEXT:
        return []
    if len(rows) > (1 if form is AnswerForm.VALUES else MOST_ROWS):
        raise UserError(f"มีได้ไม่เกิน {MOST_ROWS:,} แถว", f"There can be at most {MOST_ROWS:,} rows.")
    read = [{field.code: read_value(field, row.get(field.code)) for field in fields} for row in rows]
    filled: list[dict[str, object]] = [dict(row) for row in read if any(value is not None for value in row.values())]
    if not filled:
        raise UserError(
            "ยังไม่ได้กรอกข้อมูล หากไม่มีข้อมูลให้กด “ยืนยันว่าไม่มี”",
            "Nothing is filled in; where there is nothing to tell, confirm nil.",
        )
    return filled


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


def remind_silent(
    *, actor: Actor, request: DataRequest, effective_on: date, now: datetime, note: str = ""
) -> Sequence[DataRequestReminder]:
    """Record that all units which have not answered were reminded; those reminded on that day already are passed over.

    Raises:
        Conflict: the request is closed.
    """
    require(actor, Action.REQUEST_DATA, str(request.asked_by_id))
    refuse_future(effective_on, timezone.localdate(now))
    with transaction.atomic():
        _refuse_closed(lock(request))
        reminded = DataRequestReminder.objects.filter(request=request, effective_on=effective_on)
        silent = DataRequestAnswer.objects.filter(request=request, answered_on=None)
        rows = [
            DataRequestReminder(unit_id=unit, request=request, effective_on=effective_on, note=note)
            for unit in silent.exclude(unit__in=reminded.values("unit")).order_by("pk").values_list("unit", flat=True)
        ]
        return create_all(actor, rows, act="planning.remind", now=now)


def close_request(*, actor: Actor, request: DataRequest, now: datetime) -> DataRequest:
    """End a request: nobody answers or mends an answer from now on.

    Raises:
        Conflict: it is closed already.
    """
    require(actor, Action.REQUEST_DATA, str(request.asked_by_id))
    with transaction.atomic():
        _refuse_closed(lock(request))
        return change(actor, request, act="planning.close_request", now=now, closed_on=timezone.localdate(now))
