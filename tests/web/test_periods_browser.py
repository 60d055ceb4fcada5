"""Periods and the state of reports in a browser: from the opening of a period to its closing, by mouse and keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from lakthan.rules.permissions import Role
from tests.web.browsing import sign_in
from tests.web.test_staff_axe import faults_in_both_languages

pytestmark = pytest.mark.browser

NEXT_YEAR = reverse("period", args=(2564, 1))
LAST = reverse("period", args=(2563, 4))
MATRIX = f"{reverse('report-matrix')}?fiscal-year=2563"
OWED = reverse("work-quarter", args=("2100-0003", 2563, 4))


def person(browser: Browser, site: str, role: Role) -> Page:
    """A page of somebody with a role."""
    return sign_in(browser.new_context(base_url=site, locale="th-TH").new_page(), role)


def test_a_period_is_opened_put_off_confirmed_as_nothing_and_closed(site: str, browser: Browser) -> None:
    administrator = person(browser, site, Role.STRATEGY_ADMINISTRATOR)
    reporter = person(browser, site, Role.REPORTER)

    administrator.goto(NEXT_YEAR)
    administrator.get_by_label("กำหนดส่ง", exact=True).fill("10 มกราคม 2564")
    administrator.get_by_role("button", name="เปิดงวด").click()
    expect(administrator.locator(".told")).to_contain_text("กำหนดวันของงวดแล้ว")

    administrator.goto(LAST)
    administrator.get_by_text("ขยายเวลาให้หน่วยงานหนึ่ง").click()
    administrator.get_by_label("หน่วยงาน", exact=True).select_option(label="สำนักยุทธศาสตร์และประเมินผล")
    administrator.get_by_label("ขยายถึงวันที่").fill("30/10/2563")
    administrator.get_by_label("เลขที่หนังสืออนุญาต").fill("กท 1901/5")
    administrator.get_by_label("เหตุผลที่ขยายเวลา").fill("โรคระบาด")
    administrator.get_by_role("button", name="ขยายเวลา", exact=True).click()
    expect(administrator.locator(".told")).to_contain_text("ขยายเวลาให้หน่วยงานแล้ว")

    reporter.goto(OWED)
    reporter.get_by_role("button", name="ยืนยันว่าไม่มี").click()
    expect(reporter.locator(".told")).to_contain_text("นับว่ารายงานแล้ว")

    administrator.get_by_label("เหตุผล", exact=True).fill("พ้นกำหนด")
    administrator.get_by_role("button", name="ปิดงวด").click()
    expect(administrator.locator(".told")).to_contain_text("ปิดงวดเรียบร้อยแล้ว")
    assert faults_in_both_languages(administrator, LAST) == []

    administrator.goto(MATRIX)
    row = administrator.locator("table.matrix tbody tr").filter(has_text="2100-0003")
    expect(row.locator("td").nth(3)).to_contain_text("ยืนยันว่าไม่มี")
    for page in (administrator, reporter):
        page.context.close()


def test_the_state_of_reports_is_read_and_followed_by_keyboard(site: str, browser: Browser) -> None:
    auditor = person(browser, site, Role.AUDITOR)
    assert faults_in_both_languages(auditor, MATRIX) == []
    auditor.goto(MATRIX)
    auditor.locator(".matrix-frame").focus()
    auditor.keyboard.press("Tab")
    for _ in range(20):
        if auditor.evaluate("document.activeElement.closest('td.cell') !== null"):
            break
        auditor.keyboard.press("Tab")
    auditor.keyboard.press("Enter")
    auditor.wait_for_url("**/2100-0001/2563/quarter-1/**")
    auditor.context.close()
