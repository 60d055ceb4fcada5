"""The desk of the strategy bureau: its list, and who may open its pages."""

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
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT
from tests.web.pages import Page, in_both_languages, in_language

pytestmark = pytest.mark.django_db

LIST = reverse("indicator-desk")
ROLES = [role for role in Role if role is not Role.OPERATOR]


@pytest.fixture
def bureau() -> Unit:
    """The strategy bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


def officer(unit: Unit, role: Role = Role.STRATEGY_ADMINISTRATOR, login: str = "officer") -> User:
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def listed(client: Client, **query: str) -> list[str]:
    """The codes in the list, as an address asks for them."""
    answer = client.get(LIST, query)
    assert answer.status_code == HTTPStatus.OK
    return [row.code for row in answer.context["listing"].rows]


@in_both_languages
def test_the_list_says_what_will_stand_there(bureau: Unit, language: str) -> None:
    html = signed_in(officer(bureau)).get(in_language(LIST, language)).content.decode()
    assert {"th": "ยังไม่มีตัวชี้วัด", "en": "No indicators yet"}[language] in html


def test_the_list_is_narrowed_and_sorted_by_its_address(bureau: Unit) -> None:
    district, version = builders.unit("5001"), builders.plan_version()
    top = builders.plan_node(version, "5")
    below = builders.plan_node(version, "5.2", top)
    assigned = builders.indicator(bureau, "2100-0001", nodes=[below])
    builders.assignment(bureau, assigned)
    builders.indicator(district, "5001-0001", builders.STEPS)
    client = signed_in(officer(bureau))
    assert listed(client) == ["2100-0001", "5001-0001"]
    assert listed(client, sort="-code") == ["5001-0001", "2100-0001"]
    assert listed(client, text="5001-") == ["5001-0001"]
    assert listed(client, text="INDICATOR 2100") == ["2100-0001"]
    assert listed(client, owner=str(district.pk)) == ["5001-0001"]
    assert listed(client, branch=str(top.pk)) == ["2100-0001"]
    assert listed(client, **{"class": "strategic"}) == ["2100-0001"]
    assert listed(client, **{"class": "routine"}) == []
    assert listed(client, assigned="no") == ["5001-0001"]
    assert listed(client, assigned="yes", **{"fiscal-year": "2564"}) == []


def test_a_year_that_is_not_worked_on_is_not_found(bureau: Unit) -> None:
    assert signed_in(officer(bureau)).get(LIST, {"fiscal-year": "2599"}).status_code == HTTPStatus.NOT_FOUND


def test_the_list_is_in_the_menu_of_those_who_may_open_it(bureau: Unit) -> None:
    for number, role in enumerate(ROLES):
        client = signed_in(officer(bureau, role, f"officer-{number}"))
        may = role in PERMISSIONS[Action.DEFINE_INDICATORS]
        assert client.get(LIST).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), role
        assert (LIST in Page(client.get(reverse("my-work")).content.decode()).values("href")) == may, role


def count(client: Client, address: str, **query: Any) -> int:
    """How many statements a page takes."""
    client.get(address, query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query).status_code == HTTPStatus.OK
    return len(captured)


def test_the_list_asks_no_more_often_for_more_indicators(bureau: Unit) -> None:
    client, counts = signed_in(officer(bureau)), []
    node = builders.plan_node(builders.plan_version())
    for first in (1, 11):
        for number in range(first, first + 10):
            builders.assignment(bureau, builders.indicator(bureau, f"2100-{number:04}", nodes=[node]))
        counts.append(count(client, LIST))
    assert counts[0] == counts[1] <= 12
