"""Every page of officers: nothing for axe to find, nothing over the edge, on both screens and in both languages."""

from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, resolve, reverse
from playwright.sync_api import Page

from lakthan.rules.permissions import FOR_EVERYONE, PERMISSIONS, Role
from tests.house.test_routes import ROUTES
from tests.web.browsing import faults, sign_in

pytestmark = pytest.mark.browser

ROLES = (
    Role.STRATEGY_ADMINISTRATOR,
    Role.REPORTER,
    Role.REVIEWER,
    Role.CERTIFIER,
    Role.UNIT_HEAD,
    Role.DISTRICT_OFFICER,
    Role.EXECUTIVE,
    Role.AUDITOR,
    Role.SYSTEM_ADMINISTRATOR,
)
"""Each page is looked at as the first of these who may open it; the pages of one report as each of them."""
OF_EACH_ROLE = frozenset({"my-work", "work-quarter", "work-year"})
FILES = (".pdf", ".xlsx", ".csv", ".ics", ".docx")


def own_routes(role: Role) -> set[str]:
    """The names of the routes that are looked at in this role."""
    return {
        str(pattern.name)
        for _, pattern in ROUTES
        if pattern.callback.action not in FOR_EVERYONE
        and may(role, pattern)
        and (pattern.name in OF_EACH_ROLE or not any(may(other, pattern) for other in ROLES[: ROLES.index(role)]))
    }


def may(role: Role, pattern: URLPattern) -> bool:
    return role in PERMISSIONS[pattern.callback.action]


def route_of(address: str) -> str:
    try:
        return str(resolve(urlsplit(address).path).view_name)
    except Resolver404:
        return ""


def faults_in_both_languages(page: Page, address: str) -> list[tuple[str, str, str]]:
    found = []
    for language in ("", "/en"):
        page.goto(f"{language}{address}")
        found += faults(page)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page_that_a_role_reaches(demo_site: str, page: Page, role: Role) -> None:
    page = sign_in(page.context.browser.new_context(base_url=demo_site, locale="th-TH").new_page(), role)
    wanted, looked_at = own_routes(role), set()
    waiting, seen = deque([reverse("my-work")]), {reverse("my-work")}
    found = []
    while waiting:
        address = waiting.popleft()
        route = route_of(address)
        if route in looked_at or urlsplit(address).path.endswith(FILES):
            continue
        looked_at.add(route)
        if route in wanted:
            found += faults_in_both_languages(page, address)
        page.goto(address)
        links = page.eval_on_selector_all(
            "main a[href], .staff-menu a[href]", "links => links.map(link => link.pathname + link.search)"
        )
        fresh = [link for link in dict.fromkeys(links) if link not in seen and route_of(link)]
        seen.update(fresh)
        waiting.extend(fresh)
    page.context.close()
    assert found == []
