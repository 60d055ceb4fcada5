"""The queue of reviews: who sees it, whose turn each report is, and that it stays quick when it is long."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import FOUNDED, NOW, ROOT
from tests.web.pages import Page, in_both_languages, in_language

pytestmark = pytest.mark.django_db

QUEUE = reverse("review-queue")
MOST = 12


@pytest.fixture
def home() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def other(home: Unit) -> Unit:
    return builders.unit("5001")


def officer(role: Role, unit: Unit, login: str = "officer") -> User:
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bring(home: Unit, state: State, number: int = 1) -> Any:
    return lives.report_in(home, state, builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))


def turns(client: Client, query: str = "") -> list[tuple[str, str]]:
    rows = client.get(f"{QUEUE}{query}").context["listing"].rows
    return [(line.code, line.turn.value) for line in rows]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_the_queue_opens_for_those_who_follow_reviews(home: Unit, role: Role) -> None:
    bring(home, State.SUBMITTED)
    client = signed_in(officer(role, home))
    may = role in PERMISSIONS[Action.SEE_REVIEW_QUEUE]
    assert client.get(QUEUE).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN)
    menu = Page(client.get(reverse("my-work")).content.decode()).values("href")
    assert (QUEUE in menu) == may


@in_both_languages
def test_an_empty_queue_says_what_will_stand_here(home: Unit, language: str) -> None:
    bring(home, State.CERTIFIED)
    html = signed_in(officer(Role.REVIEWER, home)).get(in_language(QUEUE, language)).content.decode()
    assert {"th": "ไม่มีรายงานรอตรวจ", "en": "Nothing waits for review"}[language] in html


def test_each_sees_whose_turn_it_is(home: Unit, other: Unit) -> None:
    for number, state in enumerate(lives.WAYS, 1):
        bring(home, state, number)
    submitted, accepted = "2100-0003", "2100-0005"
    expected = {
        Role.REVIEWER: [(submitted, "mine"), (accepted, "followed")],
        Role.CERTIFIER: [(accepted, "mine"), (submitted, "followed")],
        Role.AUDITOR: [(submitted, "followed"), (accepted, "followed")],
    }
    for role, rows in expected.items():
        assert turns(signed_in(officer(role, other, role))) == rows, role


@in_both_languages
def test_a_report_of_ones_own_division_is_for_another_division(home: Unit, language: str) -> None:
    bring(home, State.SUBMITTED)
    client = signed_in(officer(Role.REVIEWER, home))
    assert turns(client) == [("2100-0001", "others")]
    html = client.get(in_language(QUEUE, language)).content.decode()
    assert {"th": "ให้ส่วนราชการอื่นเป็นผู้ตรวจ", "en": "another division has to review it"}[language] in html


def test_who_made_a_report_does_not_certify_it(home: Unit, other: Unit) -> None:
    report = bring(home, State.SUBMITTED)
    certifier = officer(Role.CERTIFIER, other)
    give_role(actor=ROOT, user=certifier, unit=other, role=Role.REVIEWER, valid_from=FOUNDED, now=NOW)
    report.steps.filter(step="submit").update(person=f"user:{certifier.pk}")
    lives.accept(report)
    assert turns(signed_in(certifier)) == [("2100-0001", "others")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=submitted", ["2100-0003"]),
        ("?state=accepted&quarter=2", ["2100-0005"]),
        ("?quarter=4", []),
        ("?quarter=year", []),
        ("?text=2100-0003", ["2100-0003"]),
        ("?turn=mine", ["2100-0003"]),
        ("?late=1", []),
        ("?unit=x", []),
        ("?sort=-code&page=99", ["2100-0005", "2100-0003"]),
        ("?sort=late", ["2100-0003", "2100-0005"]),
        ("?sort=x&state=draft", []),
    ],
)
def test_an_address_says_what_is_shown(home: Unit, other: Unit, query: str, found: list[str]) -> None:
    for number, state in enumerate(lives.WAYS, 1):
        bring(home, state, number)
    assert [code for code, _ in turns(signed_in(officer(Role.REVIEWER, other)), query)] == found


def test_each_line_leads_to_its_review(home: Unit, other: Unit) -> None:
    bring(home, State.SUBMITTED)
    client = signed_in(officer(Role.REVIEWER, other))
    (address,) = [href for href in Page(client.get(QUEUE).content.decode()).values("href") if href.endswith("/review/")]
    assert client.get(address).status_code == HTTPStatus.OK


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CERTIFIER, Role.AUDITOR])
def test_the_queue_asks_at_most_twelve_times_however_long_it_is(home: Unit, other: Unit, role: Role) -> None:
    client, counts = signed_in(officer(role, other)), []
    for first in (1, 101):
        for number in range(first, first + 3):
            lives.comment(bring(home, State.SUBMITTED, 2 * number))
            bring(home, State.ACCEPTED, 2 * number + 1)
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(QUEUE).status_code == HTTPStatus.OK
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= MOST, [query["sql"][:90] for query in captured.captured_queries]
