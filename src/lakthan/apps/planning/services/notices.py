"""Telling communities what was decided about their projects: by letter or by e-mail, and nothing twice."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import change, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion
from lakthan.core.errors import UserError
from lakthan.rules.entry import refuse_future, refuse_longer, require_text
from lakthan.rules.permissions import Action, Actor, require

LONGEST_DOCUMENT = 200
Told = Inclusion | Decline


def tell_communities(
    *,
    actor: Actor,
    unit: Unit,
    decisions: Sequence[Told],
    way: DecisionNotice.Way,
    effective_on: date,
    now: datetime,
    document: str = "",
) -> Sequence[DecisionNotice]:
    """Record that communities of a district are told of decisions on a day; gives the notices that are new.

    What was told in the same way already is passed over, so that doing it twice tells nobody twice. A letter has its
    number. An e-mail is taken on here, before it goes out, and settled after by `settle_notices`; what a mail server
    refused for certain is taken on again.

    Raises:
        UserError: a letter has no number, the day lies in the future or before a decision, or a decision is another
            district's or was withdrawn.
    """
    require(actor, Action.DECIDE_INCLUSION, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    if way is DecisionNotice.Way.LETTER:
        document = require_text(document, "เลขที่หนังสือ", "The number of the letter")
    number = refuse_longer(document.strip(), LONGEST_DOCUMENT, "เลขที่หนังสือ", "The number of the letter")
    for decision in decisions:
        _refuse(decision, unit, effective_on)
    with transaction.atomic():
        lock(unit)
        known = _known(decisions, way)
        new = [
            _notice(decision, way, effective_on, number)
            for decision in {decision.pk: decision for decision in decisions}.values()
            if decision.pk not in known
        ]
        again = [notice for notice in known.values() if notice.outcome == DecisionNotice.Outcome.REFUSED]
        create_all(actor, new, act="planning.tell_community", now=now)
        for notice in again:
            claimed = DecisionNotice.Outcome.CLAIMED
            change(actor, notice, act="planning.tell_community", now=now, outcome=claimed, effective_on=effective_on)
    return [*new, *again]


def settle_notices(
    *, actor: Actor, unit: Unit, notices: Sequence[DecisionNotice], outcome: DecisionNotice.Outcome, now: datetime
) -> Sequence[DecisionNotice]:
    """Keep what became of an e-mail to communities of a district."""
    require(actor, Action.DECIDE_INCLUSION, str(unit.pk))
    with transaction.atomic():
        for notice in notices:
            if notice.unit_id != unit.pk:
                raise _elsewhere()
            change(actor, notice, act="planning.settle_notice", now=now, outcome=outcome)
    return notices


def _refuse(decision: Told, unit: Unit, effective_on: date) -> None:
    if decision.unit_id != unit.pk:
        raise _elsewhere()
    if decision.ended_on is not None:
        raise UserError(
            f"มติเรื่อง {decision.project.name} ถูกยกเลิกแล้ว แจ้งมติใหม่แทน",
            f"The decision about {decision.project.name} was withdrawn; tell the new one.",
        )
    if effective_on < decision.effective_on:
        raise UserError(
            f"วันที่แจ้งมาก่อนวันที่มีมติเรื่อง {decision.project.name}",
            f"The day of the notice lies before the decision about {decision.project.name}.",
        )


def _elsewhere() -> UserError:
    return UserError("มติเป็นของสำนักงานเขตอื่น", "The decision is another district's.")


def _known(decisions: Sequence[Told], way: DecisionNotice.Way) -> dict[object, DecisionNotice]:
    """The notices that there are of these decisions in one way, by decision."""
    included = DecisionNotice.objects.filter(way=way, inclusion__in=[row.pk for row in decisions])
    declined = DecisionNotice.objects.filter(way=way, decline__in=[row.pk for row in decisions])
    return {notice.inclusion_id or notice.decline_id: notice for notice in (*included, *declined)}


def _notice(decision: Told, way: DecisionNotice.Way, effective_on: date, document: str) -> DecisionNotice:
    return DecisionNotice(
        unit_id=decision.unit_id,
        inclusion=decision if isinstance(decision, Inclusion) else None,
        decline=decision if isinstance(decision, Decline) else None,
        effective_on=effective_on,
        way=way,
        document=document,
        outcome=DecisionNotice.Outcome.CLAIMED if way is DecisionNotice.Way.EMAIL else "",
    )
