"""E-mails to communities about decisions: to whoever speaks for them, at most once each."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.core.mail.backends.locmem import EmailBackend

from lakthan.apps.communities.models import CommunitySeat
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import DecisionNotice, Decline
from lakthan.apps.planning.notices import DecisionLine, decision_lines
from lakthan.apps.planning.services.decisions import withdraw_decision
from lakthan.core.errors import UserError
from lakthan.exchange.decision_mail import MailRun, mail_decisions
from lakthan.rules.after_decision import Due
from lakthan.rules.permissions import Action, Refused, Role
from tests.apps import builders
from tests.apps.acts.after_decision import declined
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db
LOCAL = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def home() -> Unit:
    return builders.unit()


@pytest.fixture
def decision(home: Unit) -> Decline:
    """A decline of a community for which two people speak, one of them without an address."""
    found = declined(home)
    for login in ("first", "second"):
        user = builders.user(login)
        CommunitySeat.objects.create(
            unit=home, community=found.project.plan.community, user=user, valid_from=FOUNDED, recorded_at=NOW
        )
    return found


class Failing(EmailBackend):
    """A server that answers with an error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def send_messages(self, messages: Any) -> int:
        raise self.error


def district() -> UnitLabel:
    return districts_in_reach(ROOT, Action.DECIDE_INCLUSION, TODAY)[0]


def lines(home: Unit) -> tuple[DecisionLine, ...]:
    return decision_lines(home.pk, YEAR, TODAY)


def send(home: Unit, server: Any = None) -> MailRun:
    server = server or get_connection(LOCAL)
    return mail_decisions(actor=ROOT, district=district(), lines=lines(home), now=NOW, connection=server)


def test_one_mail_goes_to_all_who_speak_for_the_community_and_hides_their_addresses(
    home: Unit, decision: Decline
) -> None:
    assert send(home).sent == ["5001-0001"]
    (sent,) = mail.outbox
    assert sent.to == []
    assert sorted(sent.bcc) == ["first@example.org", "second@example.org"]
    assert "ไม่บรรจุ" in sent.body
    assert "1 กรกฎาคม 2563" in sent.body, "until when another look can be asked for"


def test_the_same_is_not_mailed_twice(home: Unit, decision: Decline) -> None:
    send(home)
    assert send(home) == MailRun()
    assert len(mail.outbox) == 1
    assert lines(home)[0].due is None


def test_what_was_refused_can_be_sent_again_and_what_broke_off_is_not(home: Unit, decision: Decline) -> None:
    assert send(home, Failing(SMTPRecipientsRefused({}))).refused == ["5001-0001"]
    assert lines(home)[0].due is Due.DECIDED
    assert send(home, Failing(SMTPServerDisconnected())).unknown == ["5001-0001"]
    assert send(home) == MailRun()
    assert mail.outbox == []
    assert DecisionNotice.objects.get().outcome == DecisionNotice.Outcome.UNKNOWN


def test_a_withdrawal_is_mailed_to_those_who_had_a_mail(home: Unit, decision: Decline) -> None:
    send(home)
    withdraw_decision(actor=ROOT, decision=decision, ended_on=TODAY, reason="ได้งบประมาณเพิ่ม", now=NOW)
    assert lines(home)[0].may_mail
    assert send(home).sent == ["5001-0001"]
    sent = mail.outbox[-1]
    assert "แจ้งยกเลิกผลการพิจารณา" in sent.subject
    assert "เนื่องจากได้งบประมาณเพิ่ม" in sent.body
    assert "ขอให้พิจารณาใหม่" not in sent.body, "there is nothing left to look at again"
    assert lines(home)[0].due is None
    assert send(home) == MailRun()


def test_a_community_without_an_address_is_named(home: Unit) -> None:
    declined(home)
    assert send(home).without_address == ["5001-0001"]
    assert not DecisionNotice.objects.exists()


def test_nothing_is_taken_on_without_a_server(home: Unit, decision: Decline, settings: Any) -> None:
    settings.EMAIL_URL = ""
    with pytest.raises(UserError, match="no mail server"):
        mail_decisions(actor=ROOT, district=district(), lines=lines(home), now=NOW)
    assert not DecisionNotice.objects.exists()


def test_only_those_who_decide_may_send(home: Unit, decision: Decline) -> None:
    reporter = builders.somebody(Role.REPORTER, home)
    with pytest.raises(Refused):
        mail_decisions(actor=reporter, district=district(), lines=lines(home), now=NOW)
