"""Every page of officers: nothing for axe to find, nothing over the edge, on both screens and in both languages."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, resolve
from playwright.sync_api import Page

from lakthan.rules.permissions import FOR_EVERYONE, PERMISSIONS, Role
from tests.house.test_routes import ROUTES
from tests.web.browsing import MY_WORK, faults, sign_in
from tests.web.crawling import links

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
"""Each page is looked at as the first of these who may open it; the pages of one report as each of them.

What one page of a route in one role shows is what axe sees of the template: further addresses of it are not opened."""
OF_EACH_ROLE = frozenset({"my-work", "work-quarter", "work-year"})
LOOKED_AT_AS = {"plan-proposal": Role.DISTRICT_OFFICER}
"""Who finds a link to a page that the first who may open it finds none to."""
UNLINKED = {
    Role.STRATEGY_ADMINISTRATOR: {
        "action-plan-memo",
        "action-plan-memo-docx",
        "community-plan-file",
        "data-request-template",
        "meeting-file",
        "plan-proposal-pdf",
        "project-path-file",
        "work-quarter-file",
        "work-quarter-shown-file",
        "work-year-file",
        "work-year-shown-file",
    },
    Role.REPORTER: {
        "upload",
        "work-quarter-contents",
        "work-quarter-nothing",
        "work-quarter-preview",
        "work-quarter-take-over",
        "work-quarter-working-text",
        "work-year-contents",
        "work-year-preview",
        "work-year-working-text",
    },
    Role.DISTRICT_OFFICER: {
        "new-intention",
        "open-action-plan",
        "plan-working-text",
        "reverse-payment",
        "reverse-return",
        "work-quarter",
        "work-year",
    },
}
"""Routes that a role may open and finds no link to in the demonstration: files, what a form sends, what is not yet."""
PARTS = {Role.STRATEGY_ADMINISTRATOR: 3}
"""In how many tests the routes of a role are looked at, where they are many; several processes then share them."""
LOOKS = [(role, part) for role in ROLES for part in range(PARTS.get(role, 1))]


def own_routes(role: Role) -> set[str]:
    """The names of the routes that are looked at in this role."""
    return {
        str(pattern.name)
        for _, pattern in ROUTES
        if pattern.callback.action not in FOR_EVERYONE
        and may(role, pattern)
        and (pattern.name in OF_EACH_ROLE or role is looked_at_as(pattern))
    }


def looked_at_as(pattern: URLPattern) -> Role | None:
    return LOOKED_AT_AS.get(str(pattern.name)) or next((role for role in ROLES if may(role, pattern)), None)


def may(role: Role, pattern: URLPattern) -> bool:
    return role in PERMISSIONS[pattern.callback.action]


def faults_in_both_languages(page: Page, address: str) -> list[tuple[str, str, str]]:
    found = []
    for language in ("", "/en"):
        page.goto(f"{language}{address}")
        found += faults(page)
    return found


def linked_routes(page: Page) -> Iterator[tuple[str, str]]:
    """Each route that links lead to from the own work, with the address of its first page; empty for a file.

    The pages are read, but not shown.
    """
    waiting, seen, met = deque([MY_WORK]), {MY_WORK}, set[str]()
    while waiting:
        address = waiting.popleft()
        route = guarded_route(address)
        if not route or route in met:
            continue
        met.add(route)
        answer = page.request.get(address)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        yield route, address if is_page else ""
        if is_page:
            fresh = [link for link in dict.fromkeys(links(address, answer.text())) if link not in seen]
            seen.update(fresh)
            waiting.extend(fresh)


def guarded_route(address: str) -> str:
    """The name of the route of an address, or nothing where everybody may read it."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if found.func.action in FOR_EVERYONE else str(found.view_name)


@pytest.mark.parametrize(("role", "part"), LOOKS)
def test_axe_finds_nothing_on_any_page_that_a_role_reaches(demo_site: str, page: Page, role: Role, part: int) -> None:
    page = sign_in(page.context.browser.new_context(base_url=demo_site, locale="th-TH").new_page(), role)
    wanted = set(sorted(own_routes(role))[part :: PARTS.get(role, 1)])
    unlinked = wanted & UNLINKED.get(role, set())
    left, found = set(wanted), []
    for route, address in linked_routes(page):
        if address and route in left:
            found += faults_in_both_languages(page, address)
        left.discard(route)
        if left <= unlinked:
            break
    page.context.close()
    assert found == []
    assert left <= unlinked, "no link leads there: give the demonstration one, or say so in UNLINKED"
