"""Telling communities what was decided about their projects: by letter or by e-mail, and nothing twice."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import change, create_all, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.after_decision import notices_of, terms_of, terms_told
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion
from lakthan.core.dates import format_date
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

    What was told in the same way already is passed over, so that doing it twice tells nobody twice; a decision that was
    mended or withdrawn since is told again. A letter has its number. An e-mail is taken on here, before it goes out,
    and settled after by `settle_notices`; what a mail server refused for certain is taken on again.

    Raises:
        UserError: a letter has no number, the day lies in the future, before a decision or its withdrawal or, for what
            was mended, before the last notice, or a decision is another district's or was withdrawn before anybody
            heard of it.
    """
    require(actor, Action.DECIDE_INCLUSION, str(unit.pk))
    refuse_future(effective_on, timezone.localdate(now))
    if way is DecisionNotice.Way.LETTER:
        document = require_text(document, "เลขที่หนังสือ", "The number of the letter")
    number = refuse_longer(document.strip(), LONGEST_DOCUMENT, "เลขที่หนังสือ", "The number of the letter")
    with transaction.atomic():
        lock(unit)
        known, new, again = _known(decisions), [], []
        for decision in {decision.pk: decision for decision in decisions}.values():
            before = known[decision.pk]
            _refuse(decision, unit, effective_on, before)
            same_way = [row for row in before if row.way == way]
            last = same_way[-1] if same_way else None
            if last is not None and last.outcome == DecisionNotice.Outcome.REFUSED:
                again.append((last, _told(decision)))
            elif last is None or terms_told(last) != terms_of(decision):
                new.append(_notice(decision, way, effective_on, number, len(same_way) + 1))
        create_all(actor, new, act="planning.tell_community", now=now)
        for notice, said in again:
            said |= {"outcome": DecisionNotice.Outcome.CLAIMED, "effective_on": effective_on}
            change(actor, notice, act="planning.tell_community", now=now, **said)
    return [*new, *(notice for notice, _ in again)]


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


def _refuse(decision: Told, unit: Unit, effective_on: date, before: Sequence[DecisionNotice]) -> None:
    name, stands, told = decision.project.name, terms_of(decision), notices_of(before)
    if decision.unit_id != unit.pk:
        raise _elsewhere()
    if stands.is_withdrawn and not told:
        raise UserError(
            f"มติเรื่อง {name} ถูกยกเลิกก่อนแจ้งชุมชน จึงไม่มีอะไรต้องแจ้ง แจ้งมติใหม่แทน",
            f"The decision about {name} was withdrawn before the community heard of it; tell the new one.",
        )
    if effective_on < decision.effective_on:
        raise UserError(
            f"วันที่แจ้งมาก่อนวันที่มีมติเรื่อง {name}", f"The day of the notice lies before the decision about {name}."
        )
    if decision.ended_on is not None and effective_on < decision.ended_on:
        raise UserError(
            f"วันที่แจ้งมาก่อนวันที่ยกเลิกมติเรื่อง {name}",
            f"The day of the notice lies before the withdrawal of the decision about {name}.",
        )
    last = max((notice.on for notice in told if notice.terms != stands), default=None)
    if last is not None and effective_on < last:
        raise UserError(
            f"วันที่แจ้งมาก่อนการแจ้งครั้งก่อนเรื่อง {name} เมื่อ {format_date(last)}",
            f"The day of the notice lies before the last one about {name}, of {format_date(last, lang='en')}.",
        )


def _elsewhere() -> UserError:
    return UserError("มติเป็นของสำนักงานเขตอื่น", "The decision is another district's.")


def _known(decisions: Sequence[Told]) -> Mapping[object, list[DecisionNotice]]:
    """The notices that there are of these decisions, by decision, in the order in which they were taken on."""
    included = DecisionNotice.objects.filter(inclusion__in=[row.pk for row in decisions])
    declined = DecisionNotice.objects.filter(decline__in=[row.pk for row in decisions])
    found: dict[object, list[DecisionNotice]] = defaultdict(list)
    for notice in sorted((*included, *declined), key=lambda notice: notice.turn):
        found[notice.inclusion_id or notice.decline_id].append(notice)
    return found


def _told(decision: Told) -> dict[str, Any]:
    """What is told of a decision, as a notice keeps it."""
    return asdict(terms_of(decision))


def _notice(decision: Told, way: DecisionNotice.Way, effective_on: date, document: str, turn: int) -> DecisionNotice:
    return DecisionNotice(
        unit_id=decision.unit_id,
        inclusion=decision if isinstance(decision, Inclusion) else None,
        decline=decision if isinstance(decision, Decline) else None,
        effective_on=effective_on,
        way=way,
        document=document,
        outcome=DecisionNotice.Outcome.CLAIMED if way is DecisionNotice.Way.EMAIL else "",
        turn=turn,
        **_told(decision),
    )
