"""Requests to decide anew about a project that was declined, and their answers."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.planning.after_decision import declined_as
from lakthan.apps.planning.models import Decline, Reconsideration
from lakthan.apps.planning.speaking import refuse_stranger
from lakthan.core.errors import Conflict
from lakthan.rules.after_decision import asking_refusal
from lakthan.rules.entry import refuse_future, refuse_longer, require_order, require_text
from lakthan.rules.permissions import Action, Actor, require

LONGEST_REASONS, LONGEST_DOCUMENT = 8_000, 200


def ask_reconsideration(
    *, actor: Actor, decline: Decline, reasons: str, effective_on: date, now: datetime, document: str = ""
) -> Reconsideration:
    """Ask the district, with reasons, to decide anew about a project that it declined.

    It comes from whoever holds a seat in the community, or on paper, which the officer records with its number.

    Raises:
        Refused: neither a seat in the community nor the right to keep plans in its district.
        UserError: there are no reasons, or no paper of what came on paper.
        Conflict: the decline was withdrawn, another look was asked for already, or it is too late.
    """
    today = timezone.localdate(now)
    by_member = refuse_stranger(actor, decline.project.plan.community, Action.KEEP_PLANS, today)
    refuse_future(effective_on, today)
    require_order(decline.effective_on, effective_on, "วันที่ขอ", "The day of the request")
    if not by_member:
        document = require_text(document, "เลขที่หนังสือของชุมชน", "The number of the community's letter")
    text = require_text(reasons, "เหตุผลที่ขอให้พิจารณาใหม่", "The reasons")
    row = Reconsideration(
        unit_id=decline.unit_id,
        decline=decline,
        effective_on=effective_on,
        reasons=refuse_longer(text, LONGEST_REASONS, "เหตุผล", "The reasons"),
        document=refuse_longer(document.strip(), LONGEST_DOCUMENT, "เลขที่หนังสือ", "The document number"),
    )
    with transaction.atomic():
        lock(decline)
        if (refused := asking_refusal(declined_as(decline), effective_on)) is not None:
            raise refused
        return create(actor, row, act="planning.ask_reconsideration", now=now)


def answer_reconsideration(
    *,
    actor: Actor,
    reconsideration: Reconsideration,
    is_upheld: bool,
    answer: str,
    answered_on: date,
    document: str,
    now: datetime,
) -> Reconsideration:
    """Answer a request with a reason: the district decides anew (`is_upheld`), or its decline stands.

    To decide anew, the decline is then withdrawn and the project included; both are decisions of their own.

    Raises:
        UserError: the reason or the document is missing, or the day lies before the request.
        Conflict: it is answered already.
    """
    require(actor, Action.DECIDE_INCLUSION, str(reconsideration.unit_id))
    refuse_future(answered_on, timezone.localdate(now))
    require_order(reconsideration.effective_on, answered_on, "วันที่ตอบ", "The day of the answer")
    text = require_text(answer, "เหตุผลของคำตอบ", "The reason of the answer")
    number = require_text(document, "เลขที่หนังสือ", "The document")
    with transaction.atomic():
        if lock(reconsideration).answered_on is not None:
            raise Conflict("คำขอนี้มีคำตอบแล้ว", "This request is answered already.")
        return change(
            actor,
            reconsideration,
            act="planning.answer_reconsideration",
            now=now,
            answered_on=answered_on,
            is_upheld=is_upheld,
            answer=refuse_longer(text, LONGEST_REASONS, "เหตุผล", "The reason"),
            answer_document=refuse_longer(number, LONGEST_DOCUMENT, "เลขที่หนังสือ", "The document number"),
        )
