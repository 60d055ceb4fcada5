"""What people and auditors do in a browser: sign in, press a button, look a page over."""

from collections.abc import Callable

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from lakthan.demo.people import PASSWORD
from lakthan.rules.permissions import Role

NewContext = Callable[..., BrowserContext]
SCREENS = {"desk": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}
TARGET = 44
"""Height in pixels that a finger finds."""
TOUCHED = "main a, main button, main select, main input, main summary"
MY_WORK = reverse("my-work")


def sign_in(page: Page, role: Role | str) -> Page:
    """The page, of somebody who stands before the own work; its context knows the address of the site."""
    page.goto(f"{reverse('account_login')}?next={MY_WORK}")
    fill_in_sign_in(page, f"demo-{role}")
    page.wait_for_url(f"**{MY_WORK}")
    return page


def signed_in(site: str, new_context: NewContext, role: Role | str) -> Page:
    """A page in a browser of its own, of somebody who stands before the own work."""
    return sign_in(new_context(base_url=site).new_page(), role)


def fill_in_sign_in(page: Page, login: str) -> None:
    """Send the form of signing in that is on the screen."""
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form.account-form button[type=submit]").click()


def press(page: Page, name: str, said: str) -> None:
    """Press a button, and wait until the page says so."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page at its present size: rule, place.

    The script of axe is read by the browser once a page, and only what it finds leaves the browser.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[list[str]] = page.evaluate(
        """axe.run({resultTypes: ["violations"]}).then(results => results.violations.flatMap(
            violation => violation.nodes.map(node => [violation.id, node.html])))"""
    )
    return [(rule, place) for rule, place in found]


def faults(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds on the page at both sizes, and where it is wider than the screen: address, fault, place."""
    found: list[tuple[str, str, str]] = []
    for name, size in SCREENS.items():
        page.set_viewport_size(size)
        page.evaluate("Promise.allSettled(document.getAnimations().map(moving => moving.finished))")
        found += [(page.url, rule, place) for rule, place in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append((page.url, "wider than the screen", name))
    page.set_viewport_size(SCREENS["desk"])
    return found


def audit(page: Page) -> None:
    """Fail where there is a fault."""
    assert faults(page) == []


def too_low(page: Page, selector: str = TOUCHED) -> list[str]:
    """What a finger would miss at the present size, as HTML, without what is not shown and what a label enlarges."""
    low: list[str] = page.evaluate(
        """([selector, least]) => [...document.querySelectorAll(selector)]
            .filter(touched => touched.checkVisibility() && !touched.closest(".visually-hidden, [aria-hidden=true]")
                && !["hidden", "checkbox", "radio"].includes(touched.type)
                && touched.getBoundingClientRect().height < least)
            .map(touched => touched.outerHTML)""",
        [selector, TARGET - 6],
    )
    return low
