"""The pages in a browser: accessible, whole on a small screen, usable by keyboard, and never refused by the policy."""

import pytest
from playwright.sync_api import Page

from tests.web.browsing import SCREENS, TARGET, faults, violations
from tests.web.pages import FIXED, INDICATOR, LANGUAGES, in_language

pytestmark = pytest.mark.browser

OPENED = {name: address for name, address in FIXED.items() if name not in ("list of a year", "held meetings")}
"""One page of each form."""

every_page = pytest.mark.parametrize("address", [*OPENED.values(), "/no-such-page"], ids=[*OPENED, "error"])


@pytest.fixture
def site(demo_site: str, quiet: None) -> str:
    """The served city that all share, of whose pages the browser does not complain."""
    return demo_site


@every_page
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_nothing_hangs_over_the_edge(site: str, page: Page, address: str, language: str) -> None:
    page.goto(site + in_language(address, language))
    assert faults(page) == []


@pytest.mark.parametrize(
    "name", ["list", "share of districts", "share of communities", "steps", "district that did not count"]
)
def test_axe_finds_nothing_in_the_dark(site: str, page: Page, name: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(site + FIXED[name])
    assert violations(page) == []


def test_the_project_page_is_reached_from_the_list_by_keyboard_alone(site: str, page: Page) -> None:
    page.goto(f"{site}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    _tab_to(page, "/en/indicators/2100-0001/2563/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en{INDICATOR}")
    _tab_to(page, "/districts/5001/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/districts/5001/")
    _tab_to(page, "/projects/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/projects/*/")
    assert violations(page) == []


def _tab_to(page: Page, address: str) -> None:
    """Press Tab until a link to the address has the focus, which must be seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if address in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    raise AssertionError(f"80 times Tab did not reach {address}")


def test_a_district_is_found_by_typing_without_scripts(site: str, page: Page) -> None:
    page.goto(f"{site}{INDICATOR}")
    page.get_by_label("ชื่อเขต").fill("ดินแดง")
    page.get_by_role("button", name="ค้นหา").click()
    assert page.locator(".member").count() == 1
    assert page.locator("input[name=name]").input_value() == "ดินแดง"


@pytest.mark.parametrize("address", ["/", INDICATOR, f"{INDICATOR}quarter-4/districts/5001/"])
def test_what_one_touches_is_high_enough_for_a_finger(site: str, page: Page, address: str) -> None:
    page.set_viewport_size(SCREENS["telephone"])
    page.goto(site + address)
    low = page.evaluate(
        """least => [...document.querySelectorAll("nav a, a.tile, a.member, a.quarter, button, input, select")]
            .filter(touched => touched.getBoundingClientRect().height < least)
            .map(touched => touched.outerHTML)""",
        TARGET - 4,  # the language switch is 40 px
    )
    assert low == []


def test_the_page_is_set_in_the_font_of_our_own(site: str, page: Page) -> None:
    page.goto(site)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').map(font => font.weight)")
    assert sorted(set(loaded)) == ["400", "600"]


def test_numbers_stand_in_columns_on_paper_without_menus(site: str, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}{INDICATOR}")
    assert page.locator(".site-nav, .finder, .choices").locator("visible=true").count() == 0
    assert page.locator(".tiles").is_visible()
