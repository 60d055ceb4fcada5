"""The calendar of one's deadlines: by its secret address alone, which ends with the account and is not logged."""

import logging
import re
from datetime import date
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Membership, Unit, User
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import CalendarKey
from lakthan.apps.reporting.services.periods import extend_deadline, open_period
from lakthan.rules.permissions import Role
from lakthan.web.secrecy import SecretAddresses
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.exchange.test_icalendar import read
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

PAGE = reverse("calendar")
ADDRESS = re.compile(r'value="http://testserver(/calendar/[A-Za-z0-9_-]{43}\.ics)"')


@pytest.fixture
def home() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    bureau = builders.bureau()
    builders.assignment(bureau)
    return bureau


def opened() -> object:
    quarter = YEAR.quarter(2)
    return open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=date(2020, 6, 10), now=NOW)


@pytest.fixture
def reporter(home: Unit) -> User:
    return officer(Role.REPORTER, home)


def made(user: User) -> str:
    """The address that the page shows once."""
    found = ADDRESS.search(signed_in(user).post(PAGE, {"act": "renew"}).content.decode())
    assert found
    return found.group(1)


def events(address: str) -> list[dict[str, str]]:
    answer = Client().get(address)
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    return read(answer.content)


@in_both_languages
def test_the_deadlines_are_read_without_signing_in(reporter: User, language: str) -> None:
    opened()
    (event,) = events(in_language(made(reporter), language))
    assert event["DTSTART"] == "20200610"
    assert {"th": "ไตรมาสที่ 2 ปี 2563", "en": "quarter 2 of 2563"}[language] in event["SUMMARY"]
    assert "2100-0001" in event["DESCRIPTION"]


def test_a_deadline_that_moves_is_the_same_event(reporter: User, home: Unit) -> None:
    period, address = opened(), made(reporter)
    (before,) = events(address)
    extend_deadline(
        actor=ROOT,
        period=period,
        unit=home,
        deadline_on=date(2020, 6, 20),
        reason="ก",
        document="1",
        now=NOW,  # type: ignore[arg-type]
    )
    (after,) = events(address)
    assert (before["UID"], before["DTSTART"]) == (after["UID"], "20200610")
    assert after["DTSTART"] == "20200620"


def test_only_the_digest_is_kept_and_a_new_address_ends_the_old_one(reporter: User) -> None:
    first = made(reporter)
    secret = first.removeprefix("/calendar/").removesuffix(".ics")
    assert not CalendarKey.objects.filter(digest__contains=secret).exists()
    assert not any(secret in entry.body for entry in Entry.objects.all())
    second = made(reporter)
    assert Client().get(first).status_code == HTTPStatus.NOT_FOUND
    assert Client().get(second).status_code == HTTPStatus.OK
    html = signed_in(reporter).get(PAGE).content.decode()
    assert secret not in html
    assert not ADDRESS.search(html)


def test_the_address_ends_when_the_person_says_so(reporter: User) -> None:
    address = made(reporter)
    signed_in(reporter).post(PAGE, {"act": "end"})
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_address_ends_with_the_account_and_with_the_last_role(reporter: User) -> None:
    address = made(reporter)
    User.objects.update(is_active=False)
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND
    User.objects.update(is_active=True)
    assert Client().get(address).status_code == HTTPStatus.OK
    Membership.objects.update(valid_to=TODAY.replace(day=1, month=5))
    assert Client().get(address).status_code == HTTPStatus.NOT_FOUND


def test_nobody_reads_what_is_not_the_own_unit_s(reporter: User) -> None:
    opened()
    stranger = officer(Role.REPORTER, builders.unit("5001"), "stranger")
    assert events(made(stranger)) == []
    assert len(events(made(reporter))) == 1


@pytest.mark.parametrize("secret", ["A" * 43, "-" * 43])
def test_a_secret_that_was_never_given_leads_nowhere(home: Unit, secret: str) -> None:
    assert Client().get(f"/calendar/{secret}.ics").status_code == HTTPStatus.NOT_FOUND


def test_the_log_does_not_tell_the_secret() -> None:
    address = f"/en/calendar/{'A' * 43}.ics"
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: %s", (address,), None)
    assert SecretAddresses().filter(record)
    assert record.getMessage() == "Not Found: /en/calendar/....ics"


def test_visitors_have_no_calendar_of_their_own() -> None:
    assert Client().get(PAGE).status_code == HTTPStatus.FOUND
    assert Client().post(PAGE, {"act": "renew"}).status_code == HTTPStatus.FOUND
    assert not CalendarKey.objects.exists()
