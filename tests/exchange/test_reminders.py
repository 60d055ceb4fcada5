"""Mails about what is due, late, sent back or waiting: to the right people, and never twice."""

from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from pytest_django import Settings

from lakthan.apps.ledger.models import Entry, PersonalValue
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import give_role
from lakthan.apps.reporting.models import Reminder
from lakthan.apps.reporting.services.periods import extend_deadline, open_period
from lakthan.apps.reporting.services.reminders import claim_reminders
from lakthan.exchange.reminders import Run, send_reminders
from lakthan.rules.permissions import Actor, Refused, Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import FOUNDED, NOW, ROOT, YEAR, moment

pytestmark = pytest.mark.django_db

DUE = date(2020, 4, 10)


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


@pytest.fixture
def period(home: Unit) -> Any:
    quarter = YEAR.quarter(2)
    return open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=DUE, now=NOW)


def person(role: Role, unit: Unit, login: str) -> User:
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def run(on: date, connection: Any = None, *, dry_run: bool = False) -> Run:
    connection = connection or get_connection("django.core.mail.backends.locmem.EmailBackend")
    return send_reminders(actor=ROOT, connection=connection, now=moment(on), dry_run=dry_run)


def days(first: int, last: int) -> list[date]:
    return [DUE + timedelta(days=passed) for passed in range(first, last + 1)]


def test_before_and_after_the_deadline_on_the_days_of_the_period(home: Unit, period: Any) -> None:
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")
    sent = [(day - DUE).days for day in days(-10, 30) if run(day).sent]
    assert sent == [-7, -1, 1, 7]
    assert len(mail.outbox) == 4
    assert "ใกล้ครบกำหนดส่ง (1)" in mail.outbox[0].body
    assert "Due soon (1)" in mail.outbox[0].body
    assert "2100-0001 ไตรมาสที่ 2 ปี 2563" in mail.outbox[0].body
    assert "เลยกำหนดส่ง (1)" in mail.outbox[3].body


def test_one_digest_holds_all_of_a_person_and_each_thing_once(home: Unit, period: Any) -> None:
    for number in range(1, 6):
        builders.assignment(home, builders.indicator(home, f"2100-{number:04}"))
    person(Role.REPORTER, home, "reporter")
    assert run(DUE).sent == {"reporter": 5}
    assert run(DUE) == Run()
    (message,) = mail.outbox
    assert message.to == ["reporter@example.org"]
    assert message.body.count("- 2100-") == 10, "five in Thai and five in English"


def test_an_extension_puts_off_the_reminders_of_its_unit(home: Unit, period: Any) -> None:
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")
    extend_deadline(
        actor=ROOT,
        period=period,
        unit=home,
        deadline_on=date(2020, 6, 20),
        reason="โรคระบาด",
        document="กท 1901/5",
        now=NOW,
    )
    assert run(DUE + timedelta(days=7)).sent == {}
    assert run(date(2020, 6, 13)).sent == {"reporter": 1}


def test_what_was_returned_or_waits_is_told_once_to_whose_turn_it_is(home: Unit, period: Any) -> None:
    reviewing = builders.unit("5001")
    for login, role, unit in (
        ("reporter", Role.REPORTER, home),
        ("head", Role.UNIT_HEAD, home),
        ("reviewer", Role.REVIEWER, reviewing),
        ("certifier", Role.CERTIFIER, reviewing),
    ):
        person(role, unit, login)
    report = lives.report_in(home, State.SUBMITTED)
    day = builders.TODAY
    assert run(day).sent == {"reviewer": 1}
    lives.give_back(report)
    assert run(day).sent == {"reporter": 1}
    assert "ส่งกลับแก้ไข (1)" in mail.outbox[-1].body
    assert run(day) == Run()


def test_a_dry_run_sends_and_keeps_nothing_and_needs_no_server(home: Unit, period: Any) -> None:
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")

    class NoServer(EmailBackend):
        def open(self) -> None:
            raise ConnectionRefusedError

    assert run(DUE, NoServer(), dry_run=True).sent == {"reporter": 1}
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_who_has_no_address_is_named_and_reminded_once_there_is_one(home: Unit, period: Any) -> None:
    builders.assignment(home)
    user = person(Role.REPORTER, home, "reporter")
    User.objects.filter(pk=user.pk).update(email="")
    assert run(DUE).without_address == ["reporter"]
    User.objects.filter(pk=user.pk).update(email="reporter@example.org")
    assert run(DUE).sent == {"reporter": 1}


class Breaking(EmailBackend):
    """A server that breaks in its own way with the first mail."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.errors = [error]

    def send_messages(self, messages: Any) -> int:
        if self.errors:
            raise self.errors.pop()
        return super().send_messages(messages)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (SMTPRecipientsRefused({"reporter@example.org": (550, b"no")}), "refused"),
        (SMTPServerDisconnected("gone"), "unknown"),
        (TimeoutError("late"), "unknown"),
    ],
)
def test_a_mail_that_failed_is_sent_again_only_where_it_surely_did_not_go_out(
    home: Unit, period: Any, error: Exception, outcome: str
) -> None:
    builders.assignment(home)
    for login in ("a-reporter", "b-reporter"):
        person(Role.REPORTER, home, login)
    first = run(DUE, Breaking(error))
    assert first.sent == {"b-reporter": 1}, "the next person is reminded all the same"
    assert {"refused": first.refused, "unknown": first.unknown}[outcome] == ["a-reporter"]
    again = run(DUE)
    assert again.sent == ({"a-reporter": 1} if outcome == "refused" else {})
    assert len(mail.outbox) == (2 if outcome == "refused" else 1)
    later = run(DUE + timedelta(days=1))
    assert later.sent == {"a-reporter": 1, "b-reporter": 1}, "the next day of reminder comes in any case"


def test_nothing_is_taken_on_where_there_is_no_server(home: Unit, period: Any) -> None:
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")

    class NoServer(EmailBackend):
        def open(self) -> None:
            raise ConnectionRefusedError

    with pytest.raises(ConnectionRefusedError):
        run(DUE, NoServer())
    assert not Reminder.objects.exists()
    assert run(DUE).sent == {"reporter": 1}


class Racing(EmailBackend):
    """While its first mail is on its way, another run is made from beginning to end."""

    def __init__(self, other: Callable[[], Run]) -> None:
        super().__init__()
        self.other, self.runs = other, [] if other is None else [other]
        self.result: Run | None = None

    def send_messages(self, messages: Any) -> int:
        if self.runs:
            self.result = self.runs.pop()()
        return super().send_messages(messages)


def test_two_runs_at_once_remind_each_person_once(home: Unit, period: Any) -> None:
    builders.assignment(home)
    for login in ("a-reporter", "b-reporter", "c-reporter"):
        person(Role.REPORTER, home, login)
    racing = Racing(lambda: run(DUE))
    first = run(DUE, racing)
    assert first.sent == {"a-reporter": 1}
    assert racing.result is not None
    assert racing.result.sent == {"b-reporter": 1, "c-reporter": 1}
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"{login}@example.org" for login in ("a-reporter", "b-reporter", "c-reporter")
    ]


def test_a_run_that_broke_off_before_its_mail_is_not_taken_up_again(home: Unit, period: Any) -> None:
    builders.assignment(home)
    user = person(Role.REPORTER, home, "reporter")
    claim_reminders(actor=ROOT, user=user, occasions=[f"due:2563:2:{DUE}:-1"], now=NOW)
    assert run(DUE) == Run()
    assert Reminder.objects.get().outcome == "claimed"


def test_no_address_enters_the_ledger(home: Unit, period: Any) -> None:
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")
    run(DUE)
    entries = Entry.objects.filter(subject_kind="reporting.reminder")
    assert [entry.act for entry in entries.order_by("pk")] == ["reporting.claim_reminder", "reporting.settle_reminder"]
    assert not any("@" in entry.body for entry in entries)
    assert not PersonalValue.objects.filter(entry__in=entries).exists()


def test_links_are_those_of_the_city_where_its_address_is_known(home: Unit, period: Any, settings: Settings) -> None:
    settings.ADDRESS = "https://lakthan.example"
    builders.assignment(home)
    person(Role.REPORTER, home, "reporter")
    run(DUE)
    page = reverse("my-work")
    assert f"งานของฉัน: https://lakthan.example{page}" in mail.outbox[0].body
    assert f"My work: https://lakthan.example/en{page}" in mail.outbox[0].body


def test_only_whoever_runs_verbs_sends_reminders() -> None:
    with pytest.raises(Refused):
        send_reminders(actor=Actor("user:somebody"), connection=get_connection(), now=NOW)
