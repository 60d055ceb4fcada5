"""The desk of the strategy bureau in a browser: an indicator from its formula to the value of a district."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.sharing import run_lakthan
from tests.web import browsing
from tests.web.browsing import SCREENS, NewContext, fill_in_sign_in, signed_in, too_low

pytestmark = pytest.mark.browser

DESK = reverse("indicator-desk")
NEW = reverse("desk-create")
ASSIGN = f"{reverse('desk-assign', args=('2100-0002',))}?fiscal-year=2563"


@pytest.fixture
def desk(site: str, page: Page, new_context: NewContext) -> Page:
    """Somebody of the strategy bureau."""
    return signed_in(site, new_context, "strategy-administrator")


def audit(page: Page) -> None:
    """Nothing for axe to find, nothing over the edge, and nothing too low for a finger."""
    browsing.audit(page)
    page.set_viewport_size(SCREENS["telephone"])
    assert too_low(page) == []
    page.set_viewport_size(SCREENS["desk"])


PAGES = {
    "list": "/desk/?sort=-name",
    "indicator": "/desk/2100-0001/",
    "definition of steps": "/desk/2100-0005/definition/",
    "definition of a ratio": "/desk/2100-0004/definition/",
    "versions": "/desk/2100-0001/versions/",
    "workbook": "/desk/2100-0001/assign/workbook/",
    "copy": "/desk/copy/?from=2563",
    "plan": "/city-plan/",
    "new node": "/city-plan/phase2_2561-2565/new-node/",
    "new version": "/city-plan/phase2_2561-2565/new-version/",
}


def test_axe_finds_nothing_on_any_page_in_both_languages(site: str, desk: Page) -> None:
    for address in PAGES.values():
        for language in ("", "/en"):
            desk.goto(site + language + address)
            audit(desk)
    desk.goto(f"{site}/city-plan/")
    desk.get_by_role("link", name="5.2.1", exact=False).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("ประชาชนมีส่วนร่วม")
    audit(desk)


def test_the_tree_of_the_plan_is_walked_by_keyboard(site: str, desk: Page) -> None:
    desk.goto(f"{site}/city-plan/")
    first = desk.locator(".plan-tree summary").first
    first.focus()
    expect(desk.locator(".plan-tree details").first).to_have_attribute("open", "")
    desk.keyboard.press("Enter")
    expect(desk.locator(".plan-tree details").first).not_to_have_attribute("open", "")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/city-plan/phase2_2561-2565/*-*/")


def test_an_indicator_is_made_with_its_sentence_and_preview_beside_it(site: str, desk: Page) -> None:
    desk.goto(site + DESK)
    audit(desk)
    desk.get_by_role("link", name="สร้างตัวชี้วัดใหม่").click()
    audit(desk)
    desk.get_by_label("ชนิดของสูตร").select_option("share")
    desk.get_by_label("นับจาก").select_option("districts")
    desk.get_by_label("ชนิดของรายการ").select_option("inclusion")
    desk.get_by_label("ปีที่รายงาน").check()
    desk.get_by_label("ถัดไป 1 ปี").check()
    said = desk.locator("#formula-said")
    expect(said).to_contain_text("หารด้วยจำนวนสำนักงานเขตทั้งหมด คูณ 100")
    expect(said).to_contain_text("divided by all district offices, times 100.")
    expect(said.locator(".figure")).to_have_text("86.00")
    audit(desk)
    desk.get_by_label("มีรายการอย่างน้อย").fill("๑๐")
    expect(said).to_contain_text("อย่างน้อย 10 โครงการ")
    expect(desk.get_by_label("มีรายการอย่างน้อย")).to_be_focused()
    desk.get_by_role("button", name="สร้างตัวชี้วัด").click()
    expect(desk.get_by_role("alert").first).to_contain_text("ข้อความที่พิมพ์ยังอยู่ครบ")
    expect(desk.get_by_label("มีรายการอย่างน้อย")).to_have_value("๑๐")
    desk.get_by_label("หน่วยงานเจ้าของ").select_option(index=1)
    desk.get_by_label("ชื่อภาษาไทย").fill("ร้อยละของสำนักงานเขตที่บรรจุสิบโครงการ")
    desk.get_by_label("ระดับ", exact=True).select_option("output")
    desk.get_by_label("หน่วยนับ (ภาษาไทย)").fill("ร้อยละ")
    desk.get_by_role("button", name="สร้างตัวชี้วัด").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("ร้อยละของสำนักงานเขตที่บรรจุสิบโครงการ")
    audit(desk)
    assert desk.evaluate("Object.keys(localStorage)") == []


def test_what_was_typed_is_offered_again_after_the_session_ended(site: str, desk: Page) -> None:
    desk.goto(site + NEW)
    desk.get_by_label("ชนิดของสูตร").select_option("count")
    desk.get_by_label("ชนิดของรายการ").select_option("meeting")
    desk.get_by_label("ชื่อภาษาไทย").fill("พิมพ์ไว้ก่อนหมดเวลา")
    desk.context.clear_cookies(name="sessionid")
    desk.get_by_role("button", name="สร้างตัวชี้วัด").click()
    desk.wait_for_url("**/account/sign-in/**")
    fill_in_sign_in(desk, "demo-strategy-administrator")
    desk.wait_for_url(lambda url: "sign-in" not in url)
    desk.goto(site + NEW)
    desk.get_by_role("button", name="ใส่กลับ").click()
    expect(desk.get_by_label("ชื่อภาษาไทย")).to_have_value("พิมพ์ไว้ก่อนหมดเวลา")
    expect(desk.get_by_label("ชนิดของรายการ")).to_have_value("meeting")


def test_fifty_districts_are_assigned_and_their_values_agree_with_the_command_line(
    site: str, desk: Page, home: Path
) -> None:
    desk.goto(site + ASSIGN)
    audit(desk)
    desk.get_by_label("สำนักงานเขตทั้งหมด (50)").check()
    desk.get_by_label("ค่าเป้าหมายทั้งปี").fill("70")
    desk.get_by_label("ประเภท", exact=True).select_option("negotiated")
    desk.get_by_role("button", name="ดูผลก่อนบันทึก").click()
    expect(desk.locator(".verdict-added b")).to_have_text("50")
    audit(desk)
    desk.get_by_label("เป้าหมายเฉพาะหน่วยงาน สำนักงานเขตจตุจักร").fill("80")
    desk.get_by_role("button", name="บันทึก 50 หน่วยงาน").click()
    expect(desk.get_by_role("status")).to_contain_text("เพิ่ม 50")
    audit(desk)
    city, district = (_figure(home, *unit) for unit in ((), ("--district", "5026")))
    assert (city["target"], district["target"], district["unit"]) == ("65.00", "80.00", "5026")
    for code, told in (("2100", city), ("5026", district)):
        row = desk.locator("tr", has=desk.get_by_role("cell", name=code, exact=True))
        expect(row).to_contain_text(str(told["value"]))
        expect(row).to_contain_text("บรรลุ" if told["met"] else "ไม่บรรลุ")
    desk.locator("a[href$='districts/5026/']").click()
    expect(desk.locator(".headline-figure .figure")).to_contain_text(str(district["value"]))
    expect(desk.locator(".headline-figure")).to_contain_text(f"{district['numerator']} จาก {district['denominator']}")


def _figure(home: Path, *more: str) -> dict[str, object]:
    done = run_lakthan("figure", "2100-0002", "--fiscal-year", "2563", "--quarter", "4", *more, "--json", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, object] = json.loads(done.stdout)
    return found
