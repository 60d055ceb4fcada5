"""The secret address of the calendar of a person's deadlines."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import User
from lakthan.apps.reporting.models import CalendarKey
from lakthan.rules.permissions import Action, Actor, require

BYTES = 32
"""Of chance in a secret."""


def renew_calendar_key(*, actor: Actor, user: User, now: datetime) -> str:
    """Make a new secret for a person's calendar and give it; the one before ends. Only its digest is kept."""
    require(actor, Action.USE_CALENDAR)
    secret = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        _end(actor, lock(user), now)
        row = CalendarKey(user=user, digest=sha256(secret.encode()).hexdigest())
        create(actor, row, act="reporting.renew_calendar_key", now=now)
    return secret


def end_calendar_key(*, actor: Actor, user: User, now: datetime) -> None:
    """End the secret of a person's calendar: its address leads nowhere any more."""
    require(actor, Action.USE_CALENDAR)
    with transaction.atomic():
        _end(actor, lock(user), now)


def _end(actor: Actor, user: User, now: datetime) -> None:
    for row in CalendarKey.objects.filter(user=user, ended_at=None):
        change(actor, row, act="reporting.end_calendar_key", now=now, ended_at=now)
