"""`lakthan remind`: one mail to each person with what waits for them, and nothing twice.

A reminder is kept, and committed, before its mail goes out. Where the server refuses the mail for certain, the next run
tries again; where it breaks off, the mail may have gone out and is not sent again. So a reminder can be lost with a
connection, and is never sent twice; the next one, nearer to the deadline, goes out in any case.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from lakthan.apps.people.models import User
from lakthan.apps.people.selectors import actor_of
from lakthan.apps.reporting.models import Period, Reminder
from lakthan.apps.reporting.services.reminders import claim_reminders, settle_reminders
from lakthan.exchange.reminder_items import HEADINGS, Item, items_of
from lakthan.rules.permissions import Action, Actor, require


@dataclass
class Run:
    """What one run did, by login."""

    sent: dict[str, int] = field(default_factory=dict)
    """How many things a person was reminded of."""
    without_address: list[str] = field(default_factory=list)
    """Who would have been reminded, and has no address."""
    refused: list[str] = field(default_factory=list)
    """Whose mail the server refused; the next run tries again."""
    unknown: list[str] = field(default_factory=list)
    """Whose mail broke off on its way; it is not sent again."""


def send_reminders(*, actor: Actor, connection: BaseEmailBackend, now: datetime, dry_run: bool = False) -> Run:
    """Remind everybody of what they have not been reminded of; with `dry_run` only say of what.

    The connection is opened first: where there is no server, nothing is taken on, and the next run begins anew.

    Raises:
        OSError, SMTPException: the mail server cannot be reached.
    """
    require(actor, Action.SEND_REMINDERS)
    run, today = Run(), timezone.localdate(now)
    days = {(row.fiscal_year, row.quarter): row.reminder_days for row in Period.objects.all()}
    if not dry_run:
        connection.open()
    try:
        for user in _people():
            items = items_of(actor_of(user, today), days, today)
            if items:
                _remind(run, actor, connection, user, items, now, dry_run=dry_run)
    finally:
        connection.close()
    return run


def _people() -> Iterable[User]:
    """Who has a role, of one's own or by an order."""
    held = Q(memberships__isnull=False) | Q(delegations__isnull=False)
    return User.objects.filter(held, is_active=True).distinct().order_by("login")


def _remind(
    run: Run,
    actor: Actor,
    connection: BaseEmailBackend,
    user: User,
    items: Sequence[Item],
    now: datetime,
    *,
    dry_run: bool,
) -> None:
    """Take on what is new for a person, send it, and keep what became of it."""
    fresh = _fresh(user, items)
    if not fresh:
        return
    if not user.email:
        run.without_address.append(user.login)
        return
    if dry_run:
        run.sent[user.login] = len(fresh)
        return
    claimed = claim_reminders(actor=actor, user=user, occasions=[item.occasion for item in fresh], now=now)
    taken = {row.occasion for row in claimed}
    mine = [item for item in fresh if item.occasion in taken]
    if mine:
        outcome = _send(connection, user, mine)
        settle_reminders(actor=actor, reminders=claimed, outcome=outcome, now=now)
        _note(run, user, outcome, len(mine))
        if outcome == Reminder.Outcome.UNKNOWN:  # the next mail needs a connection that was not broken off
            connection.close()
            connection.open()


def _fresh(user: User, items: Sequence[Item]) -> list[Item]:
    """Those of which the person was not reminded, and those that a server refused."""
    known = Reminder.objects.filter(user=user, occasion__in={item.occasion for item in items})
    settled = set(known.exclude(outcome=Reminder.Outcome.REFUSED).values_list("occasion", flat=True))
    return [item for item in items if item.occasion not in settled]


def _send(connection: BaseEmailBackend, user: User, items: Sequence[Item]) -> str:
    """What became of the mail, as the server's answer tells it."""
    subject, body = mail_text(items)
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email], connection=connection)
    try:
        count = mail.send()
    except SMTPServerDisconnected:
        return Reminder.Outcome.UNKNOWN
    except (SMTPRecipientsRefused, SMTPResponseException, UnicodeError):
        return Reminder.Outcome.REFUSED
    except (OSError, SMTPException):
        return Reminder.Outcome.UNKNOWN
    return Reminder.Outcome.SENT if count else Reminder.Outcome.REFUSED


def _note(run: Run, user: User, outcome: str, count: int) -> None:
    match outcome:
        case Reminder.Outcome.SENT:
            run.sent[user.login] = count
        case Reminder.Outcome.REFUSED:
            run.refused.append(user.login)
        case _:
            run.unknown.append(user.login)


def mail_text(items: Sequence[Item]) -> tuple[str, str]:
    """Subject and body, in Thai and then in English: the language of a person is not known."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.heading].append(item)
    parts = [*_groups(groups, 0), *_link("งานของฉัน", "th"), "----", *_groups(groups, 1), *_link("My work", "en")]
    subject = f"หลักฐาน: มีงานรอท่าน {len(items)} รายการ / Things that wait for you: {len(items)}"
    return subject, "\n\n".join(parts) + "\n"


def _groups(groups: Mapping[str, Sequence[Item]], language: int) -> Iterator[str]:
    for name, words in HEADINGS.items():
        if items := groups.get(name):
            lines = "\n".join(f"- {(item.th, item.en)[language]}" for item in items)
            yield f"{words[language]} ({len(items)})\n{lines}"


def _link(words: str, language: str) -> Iterator[str]:
    if settings.ADDRESS:
        with translation.override(language):
            yield f"{words}: {settings.ADDRESS}{reverse('my-work')}"
