"""Every role on every page: what one is shown can be opened, what one may not do is refused, and nothing breaks."""

from collections.abc import Mapping
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse

from lakthan.apps.people.models import User
from lakthan.rules.permissions import FOR_EVERYONE, PERMISSIONS, Role
from tests.house.test_routes import ROUTES, address_of
from tests.web.crawling import crawl, read_to_end

pytestmark = pytest.mark.usefixtures("demo_city")

ROLES = [role for role in Role if role is not Role.OPERATOR]
GUARDED = [(route, pattern) for route, pattern in ROUTES if pattern.callback.action not in FOR_EVERYONE]
NOISE: Mapping[str, str] = {"step": "no-such-step", "seen": "x", "page": "x", "sort": "x", "unit": "x", "file": "x"}
every_role = pytest.mark.parametrize("role", ROLES)
WALKERS = {
    Role.STRATEGY_ADMINISTRATOR,
    Role.REPORTER,
    Role.DISTRICT_OFFICER,
    Role.COMMUNITY_MEMBER,
    Role.SYSTEM_ADMINISTRATOR,
}
"""Who reach all pages between them, and so each statement of each page."""
every_role_and_walkers_on_both_databases = pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in WALKERS else pytest.mark.one_database) for role in ROLES]
)


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """Limits of attempts are counted in the cache, which no rollback empties."""
    cache.clear()


def signed_in(role: Role) -> Client:
    """The demonstration account of a role. Its errors are answers, as they are for people."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(login=f"demo-{role}"))
    return client


def may(role: Role, pattern: URLPattern) -> bool:
    """Whether the table of permissions gives the role the action of a route, in some unit."""
    return role in PERMISSIONS[pattern.callback.action]


@every_role_and_walkers_on_both_databases
def test_every_link_that_a_person_is_shown_can_be_opened(role: Role) -> None:
    visits = list(crawl(signed_in(role), reverse("my-work")))
    assert [visit for visit in visits if visit.status not in (HTTPStatus.OK, HTTPStatus.FOUND)] == []


@pytest.mark.one_database  # who may is decided beside the database
@every_role
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_without_the_action_of_a_route_is_refused(role: Role, method: str) -> None:
    client = signed_in(role)
    answers = {
        route: read_to_end(getattr(client, method)(address_of(route, pattern)))
        for route, pattern in GUARDED
        if not may(role, pattern)
    }
    assert {route: status for route, status in answers.items() if status != HTTPStatus.FORBIDDEN} == {}


@every_role
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_with_the_action_gets_an_answer_whatever_it_sends(role: Role, method: str) -> None:
    client = signed_in(role)
    answers = {
        route: read_to_end(getattr(client, method)(address_of(route, pattern), NOISE))
        for route, pattern in GUARDED
        if may(role, pattern)
    }
    assert {route: status for route, status in answers.items() if status >= HTTPStatus.INTERNAL_SERVER_ERROR} == {}


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in(client: Client, method: str) -> None:
    for route, pattern in GUARDED:
        answer = getattr(client, method)(address_of(route, pattern))
        assert answer.status_code == HTTPStatus.FOUND, route
        assert answer["Location"].startswith(reverse("account_login")), route
