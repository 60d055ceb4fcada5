"""E-mails to those who speak for communities, about what was decided: at most once each, as reminders are sent.

A notice is kept, and committed, before its mail goes out. Where the server refuses the mail for certain, it can be sent
again; where it breaks off, the mail may have gone out and is not sent again (docs/decisions/0013).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone, translation

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import short_name
from lakthan.apps.planning.letters import decision_told
from lakthan.apps.planning.models import DecisionNotice
from lakthan.apps.planning.notices import DecisionLine, addresses_of, decision_rows, district_unit
from lakthan.apps.planning.services.notices import settle_notices, tell_communities
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.printing import letter_words
from lakthan.rules.after_decision import last_day_to_ask
from lakthan.rules.permissions import Action, Actor, require

Outcome = DecisionNotice.Outcome


@dataclass
class MailRun:
    """What became of the mails, by code of the community."""

    sent: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def mail_decisions(
    *,
    actor: Actor,
    district: UnitLabel,
    lines: Sequence[DecisionLine],
    now: datetime,
    connection: BaseEmailBackend | None = None,
) -> MailRun:
    """One mail to each community, to all who speak for it, about those decisions of which none went out.

    The connection is opened first: where there is no server nothing is taken on.

    Raises:
        UserError: there is no mail server, or it cannot be reached.
    """
    require(actor, Action.DECIDE_INCLUSION, str(district.id))
    if connection is None and not settings.EMAIL_URL:
        raise UserError(
            "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล พิมพ์เป็นหนังสือแทน หรือแจ้งผู้ดูแลระบบ (LAKTHAN_EMAIL_URL)",
            "There is no mail server: print letters, or ask the system administrator for one (LAKTHAN_EMAIL_URL).",
        )
    server, run = connection or get_connection(), MailRun()
    try:
        server.open()
    except (OSError, SMTPException) as error:
        raise UserError(
            f"ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ ยังไม่ได้ส่งถึงผู้ใด ({error})",
            f"The mail server cannot be reached; nothing was sent ({error}).",
        ) from error
    try:
        for _, group in groupby(sorted(lines, key=_community), key=_community):
            _mail_one(run, actor, district, list(group), server, now)
    finally:
        server.close()
    return run


def _community(line: DecisionLine) -> str:
    return line.community_code


def _mail_one(
    run: MailRun,
    actor: Actor,
    district: UnitLabel,
    lines: Sequence[DecisionLine],
    server: BaseEmailBackend,
    now: datetime,
) -> None:
    """Take on what is new for a community, send it, and keep what became of it."""
    code, today = lines[0].community_code, timezone.localdate(now)
    addresses = addresses_of(lines[0].community, today)
    if not addresses:
        run.without_address.append(code)
        return
    unit = district_unit(district.id)
    rows = decision_rows(district.id, lines)
    told = tell_communities(
        actor=actor, unit=unit, decisions=rows, way=DecisionNotice.Way.EMAIL, effective_on=today, now=now
    )
    taken = {notice.inclusion_id or notice.decline_id for notice in told}
    new = [line for line in lines if line.id in taken]
    if not new:
        return
    outcome = _send(server, district, new, addresses, now)
    settle_notices(actor=actor, unit=unit, notices=told, outcome=outcome, now=now)
    {Outcome.SENT: run.sent, Outcome.REFUSED: run.refused}.get(outcome, run.unknown).append(code)
    if outcome == Outcome.UNKNOWN:  # the next mail needs a connection that was not broken off
        server.close()
        server.open()


def _send(
    server: BaseEmailBackend,
    district: UnitLabel,
    lines: Sequence[DecisionLine],
    addresses: Sequence[str],
    now: datetime,
) -> Outcome:
    """What became of the mail, as the server's answer tells it. Nobody sees the addresses of the others."""
    subject, body = mail_text(district, lines, now)
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, bcc=list(addresses), connection=server)
    try:
        count = mail.send()
    except SMTPServerDisconnected:
        return Outcome.UNKNOWN
    except (SMTPRecipientsRefused, SMTPResponseException, UnicodeError):
        return Outcome.REFUSED
    except (OSError, SMTPException):
        return Outcome.UNKNOWN
    return Outcome.SENT if count else Outcome.REFUSED


def mail_text(district: UnitLabel, lines: Sequence[DecisionLine], now: datetime) -> tuple[str, str]:
    """Subject and body in Thai, as the letter says it."""
    year, community = str(lines[0].fiscal_year), lines[0].community_name
    decisions = [decision_told(line) for line in lines]
    last = last_day_to_ask(timezone.localdate(now))
    asking = "โครงการที่ไม่บรรจุ ชุมชนขอให้พิจารณาใหม่ได้หนึ่งครั้ง โดยแจ้งเหตุผลในระบบหรือเป็นหนังสือ"
    asking += f" ภายในวันที่ {format_date(last)}" if last else ""
    parts = [
        f"เรียน ประธานกรรมการและกรรมการ{letter_words.named(community)}",
        letter_words.opening(decisions, short_name(district.name_th), community, year, str),
        *(f"{number}. {letter_words.said(decision, str)}" for number, decision in enumerate(decisions, start=1)),
        *letter_words.paragraphs_after(decisions, asking),
        *_link(),
    ]
    subject = f"{letter_words.subject(decisions, year)} {letter_words.named(community)}"
    return " ".join(subject.split()), "\n\n".join(parts) + "\n"


def _link() -> Iterator[str]:
    if settings.ADDRESS:
        with translation.override("th"):
            yield f"โครงการของชุมชน: {settings.ADDRESS}{reverse('my-community-projects')}"
