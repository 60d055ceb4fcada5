"""Accounts in a browser: accessible in both languages on both screens, and signed in to by a passkey."""

import pytest
from playwright.sync_api import Page

from lakthan.demo.people import PASSWORD
from tests.web.browsing import MY_WORK, faults
from tests.web.pages import LANGUAGES, in_language

pytestmark = pytest.mark.browser

PAGES = [
    "/account/",
    "/account/password/",
    "/account/two-step/",
    "/account/two-step/app/add/",
    "/account/two-step/keys/",
    "/account/two-step/keys/add/",
    "/account/sessions/",
    "/account/sign-out/",
]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(site: str, quiet: None) -> str:
    """The served city by the name that keys are tied to: they refuse a bare network address."""
    return site.replace("127.0.0.1", "localhost")


def _sign_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/account/sign-in/")
    page.get_by_label("ชื่อผู้ใช้").fill(login)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()


def _confirm(page: Page) -> None:
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="ยืนยัน").click()


def test_axe_finds_nothing_on_the_pages_of_accounts(address: str, page: Page) -> None:
    found = []
    for language in LANGUAGES:
        page.goto(address + in_language("/account/sign-in/", language))
        found += faults(page)
    _sign_in(page, address, "demo-auditor")
    page.wait_for_url(f"**{MY_WORK}")
    page.goto(f"{address}/account/two-step/app/add/")
    found += faults(page)
    _confirm(page)
    page.wait_for_selector(".qr")
    for language in LANGUAGES:
        for path in PAGES:
            page.goto(address + in_language(path, language))
            found += faults(page)
    assert found == []


def test_a_passkey_is_added_and_signs_in_alone_or_as_the_second_step(address: str, page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    _sign_in(page, address, "demo-executive")
    page.wait_for_url(f"**{MY_WORK}")
    page.goto(f"{address}/account/two-step/keys/add/")
    _confirm(page)
    page.get_by_label("ใช้กุญแจนี้เข้าสู่ระบบได้เลย").check()
    page.get_by_role("button", name="เพิ่มกุญแจ").click()
    page.wait_for_url("**/codes/")
    assert page.locator(".recovery-codes li").count() == 10
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
    page.wait_for_url(f"**{MY_WORK}")
    assert "ผู้บริหาร กทม. (สาธิต)" in page.get_by_role("banner").inner_text()
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url("**/sign-in/")
    _sign_in(page, address, "demo-executive")
    page.wait_for_url("**/sign-in/code/")
    page.get_by_role("button", name="ใช้กุญแจ").click()
    page.wait_for_url(f"**{MY_WORK}")
