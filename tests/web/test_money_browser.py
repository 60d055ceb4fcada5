"""Money in a browser: a letter to three districts, then a payment, its reversal and a declared wish in one of them."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lakthan.rules.permissions import Role
from tests.web.browsing import SCREENS, NewContext, audit, press, signed_in, too_low

pytestmark = pytest.mark.browser

LETTER = "กท 1906/09999"
PASTED = "เขต\tจำนวนเงิน\nดินแดง\t๓,๐๐๐.-\nห้วยขวาง\t2,000\nราชเทวี\t1,500.50\nรวม\t6,500.50"


def transfer(page: Page, site: str) -> None:
    """One letter to three districts, pasted from a sheet, with the total wrong at first."""
    page.goto(site + reverse("money"))
    page.get_by_role("link", name="โอนเงินตามหนังสือ").click()
    audit(page)
    page.get_by_label("เลขที่หนังสือ").fill(LETTER)
    page.get_by_label("วันที่ของหนังสือ").fill("๑๒/๑๐/๒๕๖๓")
    page.get_by_label("วัตถุประสงค์").fill("สนับสนุนการทบทวนแผนพัฒนาชุมชน")
    page.get_by_label("ผู้ออกหนังสือ").fill("สำนักงบประมาณกรุงเทพมหานคร")
    page.get_by_label("ผู้อนุมัติ", exact=True).fill("ปลัดกรุงเทพมหานคร")
    page.get_by_label("ยอดรวมในหนังสือ").fill("6,500.05")
    page.locator(".money-ways summary").click()
    page.get_by_label("สองคอลัมน์จาก Excel").fill(PASTED)
    page.get_by_role("button", name="นำลงตาราง").click()
    expect(page.locator("[data-total]")).to_have_text("6,500.50")
    expect(page.locator("[data-gap]")).to_contain_text("0.45")
    page.get_by_role("button", name="บันทึกการโอนเงิน").click()
    expect(page.get_by_role("alert").first).to_contain_text("เกินจากยอดในหนังสือ")
    audit(page)
    page.get_by_label("ยอดรวมในหนังสือ").fill("6,500.50")
    press(page, "บันทึกการโอนเงิน", "โอนเงิน 6,500.50 บาท ให้ 3 สำนักงานเขตแล้ว")
    expect(page.locator(".money-letter tbody tr")).to_have_count(3)
    audit(page)


def test_money_goes_from_a_letter_into_the_register_of_a_district(
    site: str, page: Page, new_context: NewContext
) -> None:
    transfer(signed_in(site, new_context, Role.STRATEGY_ADMINISTRATOR), site)
    officer = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    officer.goto(site + reverse("money"))
    audit(officer)
    money = officer.locator(".money-transfer").filter(has_text=LETTER)
    expect(money.locator("tbody tr")).to_have_count(1)

    money.get_by_role("link", name="เบิกจ่าย", exact=True).click()
    officer.get_by_label("จำนวนเงิน (บาท)").fill("๑,๒๐๐.๕๐")
    expect(officer.locator(".money-after dd")).to_have_text("1,799.50")
    officer.get_by_label("เลขที่เอกสาร").fill("ฎีกา 12/2564")
    audit(officer)
    press(officer, "บันทึกการเบิกจ่าย", "คงเหลือก่อนรายการ 3,000.- บาท หลังรายการ 1,799.50 บาท")

    money.get_by_role("link", name="กลับรายการ").click()
    officer.get_by_label("เลขที่เอกสารที่ชี้แจงเหตุ").fill("บันทึก 5/2564")
    audit(officer)
    press(officer, "กลับรายการนี้", "กลับรายการที่ผิดแล้ว")
    expect(money.locator("tbody tr")).to_have_count(3)
    expect(money.locator("tbody tr").nth(1)).to_contain_text("กลับรายการแล้วโดยลำดับ 3")

    money.get_by_role("link", name="แจ้งยังไม่ประสงค์คืนเงิน").click()
    officer.get_by_label("เหตุผล").fill("รอจัดประชุมชุมชน")
    press(officer, "บันทึกการแจ้ง", "บันทึกการแจ้งแล้ว")
    expect(money.locator(".facts")).to_contain_text("ยังไม่ประสงค์คืนเงิน")
    audit(officer)
    officer.set_viewport_size(SCREENS["telephone"])
    assert too_low(officer) == []


def test_the_year_is_ended_for_all_that_are_ticked(site: str, page: Page, new_context: NewContext) -> None:
    strategist = signed_in(site, new_context, Role.STRATEGY_ADMINISTRATOR)
    for language in ("", "/en"):
        strategist.goto(f"{site}{language}{reverse('year-end')}")
        audit(strategist)
    strategist.goto(site + reverse("year-end"))
    strategist.get_by_label("กันเงินเหลื่อมปีตามที่อนุมัติ").check()
    strategist.get_by_label("เลขที่หนังสือหรือเลขที่อนุมัติ").fill("กท 1906/7")
    strategist.get_by_label("ทั้งหมด").check()
    press(strategist, "บันทึกผลการพิจารณา", "บันทึกผลการพิจารณา 38 รายการแล้ว")
    strategist.set_viewport_size(SCREENS["telephone"])
    assert too_low(strategist) == []
