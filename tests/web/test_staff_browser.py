"""The pages of officers in a browser: a quarter's whole life, texts that are not lost, and accessibility."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.web import browsing
from tests.web.browsing import MY_WORK, SCREENS, NewContext, press, signed_in, too_low

pytestmark = pytest.mark.browser

QUARTER = reverse("work-quarter", args=("2100-0002", 2563, 1))
THIRD = reverse("work-quarter", args=("2100-0004", 2563, 2))
OF_THE_YEAR = reverse("work-year", args=("2100-0005", 2563))


def opened_from_work(page: Page, group: str, address: str = QUARTER) -> Page:
    """The report, one click from the list."""
    page.goto(page.url.partition(MY_WORK)[0] + MY_WORK)
    page.locator(f"section[aria-labelledby={group}] a[href='{address}']").click()
    page.wait_for_url(f"**{address}")
    return page


def audit(page: Page) -> None:
    """Nothing for axe to find, and nothing over the edge, on both screens and in both languages."""
    here = page.url
    for address in (here, here.replace(MY_WORK, f"/en{MY_WORK}")):
        page.goto(address)
        browsing.audit(page)
    page.goto(here)


def test_a_quarter_goes_from_draft_to_certified_with_one_return(site: str, page: Page, new_context: NewContext) -> None:
    people = {role: signed_in(site, new_context, role) for role in ("reporter", "unit-head", "reviewer", "certifier")}
    reporter, head, reviewer, certifier = people.values()

    audit(reporter)
    opened_from_work(reporter, "owed")
    audit(reporter)
    reporter.get_by_label("ผลการดำเนินงานในไตรมาส").fill("ชุมชนทำแผนแล้ว 1,178 ชุมชน")
    reporter.get_by_label("ความก้าวหน้าของงาน (ร้อยละ)").fill("25")
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")

    opened_from_work(head, "to-send")
    press(head, "เห็นชอบ", "เห็นชอบรายงานแล้ว")
    audit(head)
    press(head, "ส่งให้สำนักยุทธศาสตร์และประเมินผล", "ส่งรายงานแล้ว รอตรวจ")

    opened_from_work(reviewer, "to-review", f"{QUARTER}review/")
    audit(reviewer)
    reviewer.get_by_label("สิ่งที่ต้องแก้ไข").fill("แนบบัญชีชุมชนที่ยังไม่มีแผน")
    press(reviewer, "ส่งกลับให้หน่วยงานแก้ไข", "ส่งรายงานกลับให้หน่วยงานแล้ว")

    reporter.goto(site + MY_WORK)
    first = reporter.locator(".work-line").first
    expect(first).to_contain_text("แนบบัญชีชุมชนที่ยังไม่มีแผน")
    opened_from_work(reporter, "owed")
    expect(reporter.locator(".asked")).to_contain_text("แนบบัญชีชุมชนที่ยังไม่มีแผน")
    audit(reporter)
    reporter.get_by_label("หลักฐาน บรรทัดละหนึ่งรายการ").fill("บัญชีชุมชนที่ยังไม่มีแผน")
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")

    opened_from_work(head, "to-send")
    press(head, "เห็นชอบ", "เห็นชอบรายงานแล้ว")
    press(head, "ส่งให้สำนักยุทธศาสตร์และประเมินผล", "ส่งรายงานแล้ว รอตรวจ")
    opened_from_work(reviewer, "to-review", f"{QUARTER}review/")
    press(reviewer, "ตรวจผ่าน", "ตรวจผ่านแล้ว รอรับรอง")
    opened_from_work(certifier, "to-certify")
    certifier.get_by_role("checkbox").check()
    press(certifier, "รับรอง", "รับรองรายงานแล้ว")
    audit(certifier)
    expect(certifier.locator(".life-state .state")).to_have_text("รับรองแล้ว")
    assert certifier.locator(".history li").count() == 9
    certifier.get_by_role("link", name="ดูตัวอย่างก่อนพิมพ์").click()
    expect(certifier.locator("article.paper")).to_contain_text("ชุมชนทำแผนแล้ว 1,178 ชุมชน")
    audit(certifier)


def test_an_old_tab_shows_both_texts_to_choose_from(site: str, page: Page, new_context: NewContext) -> None:
    reporter = signed_in(site, new_context, "reporter")
    reporter.goto(site + THIRD)
    old = reporter.context.new_page()
    old.goto(reporter.url)
    reporter.get_by_label("ผลการดำเนินงานในไตรมาส").fill("ของแท็บใหม่")
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    old.get_by_label("ผลการดำเนินงานในไตรมาส").fill("ของแท็บเก่า")
    old.get_by_role("button", name="บันทึกฉบับร่าง").click()
    expect(old.locator(".stored")).to_contain_text("ของแท็บใหม่")
    expect(old.locator("#draft-narrative")).to_have_value("ของแท็บเก่า")
    browsing.audit(old)
    press(old, "บันทึกของฉัน", "บันทึกฉบับร่างแล้ว")
    expect(old.locator("#draft-narrative")).to_have_value("ของแท็บเก่า")


def test_what_one_touches_is_high_enough_for_a_finger(site: str, page: Page, new_context: NewContext) -> None:
    reporter = signed_in(site, new_context, "reporter")
    reporter.set_viewport_size(SCREENS["telephone"])
    for address in (MY_WORK, OF_THE_YEAR):
        reporter.goto(site + address)
        assert too_low(reporter, "main a, main button:not([hidden] *), main input[type=text]") == []
