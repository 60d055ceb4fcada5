"""Deciding in a browser: three at once, confirmed by the director, one corrected; and the pages as axe sees them."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lakthan.rules.permissions import Role
from tests.web.browsing import SCREENS, NewContext, audit, press, signed_in, too_low

pytestmark = pytest.mark.browser

TABLE = f"{reverse('project-decisions')}?fiscal-year=2564"
PLAN = reverse("action-plan", args=("5037", 2564))


def test_three_are_decided_at_once_confirmed_and_one_is_corrected(
    site: str, page: Page, new_context: NewContext
) -> None:
    officer = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    officer.goto(f"{TABLE}&standing=undecided")
    audit(officer)
    for tick in officer.locator("tbody input[name=project]").all()[:3]:
        tick.check()
    officer.get_by_role("button", name="บรรจุที่เลือก (3)", exact=True).click()
    rows = officer.locator(".decide-row")
    expect(rows).to_have_count(3)
    rows.nth(2).get_by_label("ไม่บรรจุ", exact=True).check()
    expect(rows.nth(2).get_by_label("ลำดับที่", exact=True)).to_be_hidden()
    expect(officer.locator("[data-sum]")).to_have_text("บรรจุ 2 ไม่บรรจุ 1 ยังไม่พิจารณา 0")
    rows.nth(0).get_by_label("ยังไม่พิจารณา", exact=True).check()
    expect(rows.nth(1).get_by_label("ลำดับที่", exact=True)).to_have_value("1")
    rows.nth(0).get_by_label("บรรจุ", exact=True).check()
    expect(rows.nth(1).get_by_label("ลำดับที่", exact=True)).to_have_value("2")
    audit(officer)
    officer.get_by_role("button", name="บันทึกผลการพิจารณา", exact=True).click()
    expect(officer.get_by_role("alert").first).to_contain_text("ยังไม่ได้บันทึกรายการใด")
    officer.get_by_label("เลขที่หนังสือ", exact=True).fill("กท 5037/12")
    rows.nth(1).get_by_label("ชื่อในแผนปฏิบัติราชการประจำปี").fill("ปรับปรุงทางเดินเท้า")
    rows.nth(2).get_by_label("เหตุที่ไม่บรรจุ").select_option("no-budget")
    rows.nth(2).get_by_label("คำอธิบายเหตุผล").fill("งบประมาณจัดสรรครบแล้ว")
    press(officer, "บันทึกผลการพิจารณา", "บันทึกมติแล้ว 3 รายการ")

    director = signed_in(site, new_context, Role.DISTRICT_DIRECTOR)
    director.goto(PLAN)
    expect(director.locator(".register-table tbody tr")).to_have_count(2)
    audit(director)
    director.get_by_role("link", name="ยืนยันบัญชี", exact=True).click()
    audit(director)
    director.get_by_label("เลขที่บันทึกหรือคำสั่งที่ยืนยันบัญชี").fill("กท 5037/13")
    press(director, "ยืนยันบัญชี", "ยืนยันบัญชีแล้ว")

    officer.goto(f"{TABLE}&standing=included")
    officer.get_by_role("link", name="แก้ไข").first.click()
    audit(officer)
    officer.get_by_label("เลขที่หนังสือ", exact=True).fill("กท 5037/14")
    officer.get_by_label("วงเงิน (บาท)").fill("๙๙,๐๐๐")
    officer.get_by_label("เหตุผลที่แก้ไขบัญชีที่ยืนยันแล้ว").fill("ปรับวงเงินตามผลการสืบราคา")
    press(officer, "บันทึกการแก้ไข", "แก้ไขมติแล้ว")
    expect(officer.locator("main")).to_contain_text("99,000.- บาท")

    officer.goto(f"{TABLE}&standing=included")
    officer.get_by_role("link", name="ยกเลิก").first.click()
    audit(officer)
    officer.get_by_label("เหตุผลที่ยกเลิก").fill("เจ้าของที่ดินไม่ยินยอม")
    press(officer, "ยกเลิกมตินี้", "ยกเลิกมติแล้ว")
    officer.goto(PLAN)
    expect(officer.locator("main")).to_contain_text("หลังยืนยันบัญชี: เจ้าของที่ดินไม่ยินยอม")


def test_the_pages_are_whole_on_a_telephone(site: str, page: Page, new_context: NewContext) -> None:
    director = signed_in(site, new_context, Role.DISTRICT_DIRECTOR)
    for language in ("", "/en"):
        for address in (TABLE, PLAN, reverse("action-plans")):
            director.goto(f"{site}{language}{address}")
            audit(director)
            director.set_viewport_size(SCREENS["telephone"])
            assert too_low(director) == [], address
            director.set_viewport_size(SCREENS["desk"])
