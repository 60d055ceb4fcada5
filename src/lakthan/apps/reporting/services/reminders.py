"""Reminders are kept before they are sent, and settled after: at most once, whatever breaks in between."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from lakthan.apps.identifiers import new_id
from lakthan.apps.ledger.services import change, create_all, lock
from lakthan.apps.people.models import User
from lakthan.apps.reporting.models import Reminder
from lakthan.rules.permissions import Action, Actor, require


def claim_reminders(*, actor: Actor, user: User, occasions: Iterable[str], now: datetime) -> Sequence[Reminder]:
    """Take on to remind a person of those occasions of which nobody has reminded yet; gives them.

    Two runs at the same time wait for each other at the person, and the second gets nothing. What a mail server refused
    for certain is taken on again.
    """
    require(actor, Action.SEND_REMINDERS)
    wanted, mail = sorted(set(occasions)), new_id()
    with transaction.atomic():
        lock(user)
        known = {row.occasion: row for row in Reminder.objects.filter(user=user, occasion__in=wanted)}
        new = [Reminder(user=user, occasion=each, mail=mail) for each in wanted if each not in known]
        again = [row for row in known.values() if row.outcome == Reminder.Outcome.REFUSED]
        create_all(actor, new, act="reporting.claim_reminder", now=now)
        for row in again:
            claimed = Reminder.Outcome.CLAIMED
            change(actor, row, act="reporting.claim_reminder", now=now, outcome=claimed, mail=mail)
    return [*new, *again]


def settle_reminders(*, actor: Actor, reminders: Sequence[Reminder], outcome: str, now: datetime) -> Sequence[Reminder]:
    """Keep what became of a mail."""
    require(actor, Action.SEND_REMINDERS)
    with transaction.atomic():
        for row in reminders:
            change(actor, row, act="reporting.settle_reminder", now=now, outcome=Reminder.Outcome(outcome))
    return reminders
