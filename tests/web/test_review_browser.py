"""A review in a browser: comments at their places, a return, answers, what changed, a score, an acceptance."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.web import browsing
from tests.web.browsing import NewContext, press, sign_in, too_low

pytestmark = pytest.mark.browser

QUEUE = reverse("review-queue")
REPORT = reverse("work-quarter", args=("2100-0002", 2563, 1))
REVIEW = reverse("work-quarter-review", args=("2100-0002", 2563, 1))
OTHER_REPORT = reverse("work-quarter", args=("2100-0003", 2563, 1))


TOUCHED = "main button, main summary, label.form-check, .queue-counts a"


def audit(page: Page) -> None:
    """Nothing for axe to find, nothing over the edge and nothing too small for a finger."""
    browsing.audit(page)
    assert too_low(page, TOUCHED) == []


def sends(head: Page, report: str = REPORT) -> None:
    head.goto(report)
    press(head, "เห็นชอบ", "เห็นชอบรายงานแล้ว")
    press(head, "ส่งให้สำนักยุทธศาสตร์และประเมินผล", "ส่งรายงานแล้ว รอตรวจ")


def comments(reviewer: Page, section: str, text: str) -> None:
    reviewer.locator(f"#section-{section} summary", has_text="เขียนความเห็น").press("Enter")  # by keyboard
    reviewer.locator(f"#review-comment-{section}").fill(text)


def test_a_review_goes_from_two_comments_to_an_acceptance(site: str, page: Page, new_context: NewContext) -> None:
    roles = ("reporter", "unit-head", "reviewer", "certifier")
    reporter, head, reviewer, certifier = (sign_in(new_context(base_url=site).new_page(), role) for role in roles)

    reporter.goto(REPORT)
    reporter.get_by_label("ผลการดำเนินงานในไตรมาส").fill("ชุมชนทำแผนแล้ว 1,178 ชุมชน จาก 2,068 ชุมชน")
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    sends(head)

    reviewer.goto(QUEUE)
    audit(reviewer)
    reviewer.locator(f"a[href='{REVIEW}']").click()
    expect(reviewer.locator(".compared")).to_contain_text("ส่งครั้งแรก")
    audit(reviewer)
    comments(reviewer, "narrative", "ตรวจจำนวนชุมชนให้ตรงกับทะเบียน")
    comments(reviewer, "evidence_files", "แนบบัญชีชุมชนที่ยังไม่มีแผน")
    press(reviewer, "บันทึกไว้ก่อน ยังไม่ตัดสิน", "บันทึกข้อมูลแล้ว")
    reporter.goto(REPORT)
    expect(reporter.locator(".comment")).to_have_count(0)
    reviewer.get_by_label("สิ่งที่ต้องแก้ไข").fill("แก้ไขตามความเห็นรายส่วน")
    press(reviewer, "ส่งกลับให้หน่วยงานแก้ไข", "ส่งรายงานกลับให้หน่วยงานแล้ว")

    reporter.goto(REPORT)
    expect(reporter.locator("#section-narrative .comment")).to_contain_text("ตรวจจำนวนชุมชนให้ตรงกับทะเบียน")
    audit(reporter)
    reporter.get_by_label("ผลการดำเนินงานในไตรมาส").fill("ชุมชนทำแผนแล้ว 1,182 ชุมชน จาก 2,068 ชุมชน")
    reporter.locator("#section-narrative .comment textarea").fill("แก้เป็น 1,182 ตามทะเบียน")
    reporter.locator("#section-narrative .comment").get_by_label("แก้ไขแล้ว").check()
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    head.goto(REPORT)
    expect(head.locator(".steps-to-take")).to_contain_text("1 ข้อยังไม่มีคำตอบ แต่ยังส่งรายงานได้")
    sends(head)

    reviewer.goto(REVIEW)
    narrative = reviewer.locator("#section-narrative")
    expect(narrative.locator("del")).to_have_text("1,178")
    expect(narrative.locator("ins")).to_have_text("1,182")
    expect(narrative.locator(".comment")).to_contain_text("แก้เป็น 1,182 ตามทะเบียน")
    expect(reviewer.locator("#section-evidence_files .comment")).to_contain_text("ยังไม่ตอบ")
    audit(reviewer)
    reviewer.goto(f"/en{REVIEW}")
    audit(reviewer)
    reviewer.goto(REVIEW)
    narrative.get_by_role("button", name="เรียบร้อยแล้ว").click()
    expect(narrative.locator(".mark-settled")).to_be_visible()
    expect(reviewer.locator(".score-total")).to_contain_text("ยังไม่ประเมิน")
    reviewer.get_by_label("100 · ข้อความ ตัวเลข และหลักฐานตรงกันครบถ้วน").check()
    press(reviewer, "ตรวจผ่าน", "ตรวจผ่านแล้ว รอรับรอง")
    expect(reviewer.locator(".score-total")).to_contain_text(
        "50.00"
    )  # the demonstration reports long after its deadline

    certifier.goto(QUEUE)
    expect(certifier.locator("tbody tr")).to_contain_text("รอท่านรับรอง")
    certifier.locator(f"a[href='{REVIEW}']").click()
    audit(certifier)
    expect(certifier.locator("button[name=step]")).to_have_count(0)


def test_comments_are_offered_again_after_the_session_ended(site: str, page: Page, new_context: NewContext) -> None:
    reporter, head, reviewer = (
        sign_in(new_context(base_url=site).new_page(), role) for role in ("reporter", "unit-head", "reviewer")
    )
    reporter.goto(OTHER_REPORT)
    reporter.get_by_label("ผลการดำเนินงานในไตรมาส").fill("จัดประชุมแล้ว")
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    sends(head, OTHER_REPORT)
    reviewer.goto(f"{OTHER_REPORT}review/")
    comments(reviewer, "obstacles", "พิมพ์ไว้ก่อนหมดเวลา")
    reviewer.context.clear_cookies(name="sessionid")
    reviewer.get_by_role("button", name="บันทึกไว้ก่อน ยังไม่ตัดสิน").click()
    reviewer.wait_for_url("**/account/sign-in/**")
    sign_in(reviewer, "reviewer")
    reviewer.goto(f"{OTHER_REPORT}review/")
    expect(reviewer.locator("#review-comment-obstacles")).to_have_value("")
    audit(reviewer)
    reviewer.get_by_role("button", name="ใส่กลับ").click()
    expect(reviewer.locator("#review-comment-obstacles")).to_have_value("พิมพ์ไว้ก่อนหมดเวลา")
    press(reviewer, "บันทึกไว้ก่อน ยังไม่ตัดสิน", "บันทึกข้อมูลแล้ว")
    expect(reviewer.locator("#section-obstacles .comment")).to_contain_text("พิมพ์ไว้ก่อนหมดเวลา")
    expect(reviewer.locator("#review-kept")).to_be_hidden()
    assert reviewer.evaluate("Object.keys(localStorage)") == []
