"""The form of a report in a browser: what is typed survives the connection, the session and the other writer."""

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from tests.web.browsing import SCREENS, NewContext, audit, fill_in_sign_in, press, signed_in, too_low

pytestmark = pytest.mark.browser

PLACES = {
    "connection": ("2100-0003", 1),
    "session": ("2100-0003", 2),
    "return": ("2100-0003", 3),
    "two": ("2100-0004", 1),
    "files": ("2100-0004", 2),
    "values": ("2100-0006", 2),
    "preview": ("2100-0002", 3),
}
SENT = "เก็บไว้บนเซิร์ฟเวอร์แล้ว"
NARRATIVE = "#draft-narrative"


def opened(site: str, new_context: NewContext, name: str) -> Page:
    """The form of a report, before the reporter."""
    page = signed_in(site, new_context, "reporter")
    page.goto(site + address(name))
    return page


def address(name: str) -> str:
    code, quarter = PLACES[name]
    return reverse("work-quarter", args=(code, 2563, quarter))


def sign_in_again(page: Page) -> None:
    fill_in_sign_in(page, "demo-reporter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def pdf(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def test_what_is_typed_without_a_connection_is_on_another_device_once_it_is_back(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = opened(site, new_context, "connection")
    status = reporter.locator("#draft-status")
    reporter.locator(NARRATIVE).fill("พิมพ์ขณะมีสัญญาณ")
    expect(status).to_contain_text(SENT)
    assert reporter.evaluate("Object.keys(localStorage)") == [], "the server has it"
    reporter.context.set_offline(True)
    reporter.locator(NARRATIVE).fill("พิมพ์ต่อขณะไม่มีสัญญาณ")
    expect(status).to_contain_text("เก็บไว้ในเครื่องนี้ ยังไม่ได้ส่ง")
    reporter.context.set_offline(False)
    expect(status).to_contain_text(SENT, timeout=15_000)
    elsewhere = opened(site, new_context, "connection")
    expect(elsewhere.locator(NARRATIVE)).to_have_value("พิมพ์ต่อขณะไม่มีสัญญาณ")
    audit(elsewhere)
    elsewhere.get_by_role("button", name="ทิ้งข้อความที่ยังไม่บันทึก").click()
    expect(elsewhere.locator(NARRATIVE)).to_have_value("")


def test_a_session_that_ends_while_typing_loses_nothing(site: str, page: Page, new_context: NewContext) -> None:
    reporter = opened(site, new_context, "session")
    reporter.context.clear_cookies(name="sessionid")
    reporter.locator(NARRATIVE).fill("พิมพ์หลังหมดเวลา")
    status = reporter.locator("#draft-status")
    expect(status).to_contain_text("หมดเวลาการใช้งานแล้ว")
    with reporter.expect_popup() as opened_window:
        status.get_by_role("link").click()
    sign_in_again(opened_window.value)
    expect(status).to_contain_text(SENT, timeout=15_000)
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    expect(reporter.locator(NARRATIVE)).to_have_value("พิมพ์หลังหมดเวลา")


def test_saving_after_the_session_ended_leads_back_to_the_report_with_its_text(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = opened(site, new_context, "return")
    reporter.locator(NARRATIVE).fill("พิมพ์ไว้ก่อนหมดเวลา")
    reporter.context.clear_cookies(name="sessionid")
    reporter.get_by_role("button", name="บันทึกฉบับร่าง", exact=True).click()
    reporter.wait_for_url("**/account/sign-in/**")
    sign_in_again(reporter)
    assert reporter.url == site + address("return")
    expect(reporter.locator(NARRATIVE)).to_have_value("พิมพ์ไว้ก่อนหมดเวลา")
    expect(reporter.locator("#draft-restored")).to_be_visible()
    audit(reporter)
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    expect(reporter.locator("#draft-restored")).to_be_hidden()
    assert reporter.evaluate("Object.keys(localStorage)") == []


def test_two_browsers_that_write_the_same_draft_lose_nothing(site: str, page: Page, new_context: NewContext) -> None:
    first, second = opened(site, new_context, "two"), opened(site, new_context, "two")
    first.locator(NARRATIVE).fill("ของเครื่องแรก")
    press(first, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    second.locator(NARRATIVE).fill("ของเครื่องที่สอง")
    expect(second.locator("#draft-status")).to_contain_text("มีผู้บันทึกข้อความอื่น")
    second.get_by_role("button", name="บันทึกฉบับร่าง", exact=True).click()
    expect(second.locator(".stored")).to_contain_text("ของเครื่องแรก")
    expect(second.locator(NARRATIVE)).to_have_value("ของเครื่องที่สอง")
    audit(second)
    press(second, "บันทึกของฉัน", "บันทึกฉบับร่างแล้ว")
    first.reload()
    expect(first.locator(NARRATIVE)).to_have_value("ของเครื่องที่สอง")


def test_files_are_chosen_and_dropped_and_a_bad_one_stays_with_its_reason(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = opened(site, new_context, "files")
    reporter.locator(NARRATIVE).fill("ยังไม่บันทึก")
    reporter.locator("#draft-files").set_input_files(
        [pdf("บันทึกประชุม.pdf"), {"name": "โปรแกรม.exe", "mimeType": "x", "buffer": b"MZ\x00"}]
    )
    dropped = reporter.evaluate_handle(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(['%PDF-1.7 dropped'], 'วางลง.pdf'));
            return held;
        }"""
    )
    reporter.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    lines = reporter.locator("#chosen-files > li")
    expect(lines).to_have_count(3)
    for number, proves in enumerate(("มติที่ประชุม", "โปรแกรม", "ภาพกิจกรรม")):
        lines.nth(number).locator("input").fill(proves)
    audit(reporter)
    reporter.get_by_role("button", name="แนบไฟล์").click()
    expect(lines.nth(0)).to_contain_text("แนบแล้ว")
    expect(lines.nth(1)).to_contain_text("ไม่ใช่ PDF")
    expect(lines.nth(2)).to_contain_text("แนบแล้ว")
    expect(lines.nth(1).locator("input")).to_have_value("โปรแกรม")
    lines.nth(1).get_by_role("button").click()
    press(reporter, "บันทึกฉบับร่าง", "บันทึกฉบับร่างแล้ว")
    expect(reporter.locator("#files .file-name")).to_have_count(2)
    expect(reporter.locator(NARRATIVE)).to_have_value("ยังไม่บันทึก")
    with reporter.expect_download() as download:
        reporter.get_by_role("link", name="วางลง.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.7 dropped"
    reporter.locator("#draft-files").set_input_files([pdf("อีกไฟล์.pdf")])
    lines.nth(0).locator("input").fill("แนบเพิ่ม")
    reporter.locator(NARRATIVE).fill("พิมพ์ต่อแล้วแนบ")
    reporter.get_by_role("button", name="แนบไฟล์").click()
    expect(reporter.locator("#files .file-name")).to_have_count(3)
    expect(reporter.locator(NARRATIVE)).to_have_value("พิมพ์ต่อแล้วแนบ")


def test_a_value_is_entered_beside_the_figure_and_the_text_stays(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = opened(site, new_context, "values")
    before = reporter.locator(".headline-figure .figure strong").inner_text()
    reporter.locator(NARRATIVE).fill("ยังไม่บันทึก")
    reporter.get_by_label("ตัวตั้ง").fill("๑๐")
    reporter.get_by_label("ตัวหาร").fill("1,000")
    reporter.get_by_role("button", name="บันทึกค่า").click()
    expect(reporter.locator("#inputs tbody tr")).to_have_count(1)
    assert reporter.locator(".headline-figure .figure strong").inner_text() != before
    expect(reporter.locator(NARRATIVE)).to_have_value("ยังไม่บันทึก")
    audit(reporter)


def test_the_paper_beside_the_form_follows_what_is_typed(site: str, page: Page, new_context: NewContext) -> None:
    reporter = opened(site, new_context, "preview")
    reporter.locator(NARRATIVE).fill("ข้อความแรก")
    reporter.get_by_role("button", name="ดูตัวอย่างจากข้อความนี้").click()
    paper = reporter.locator("#live-preview-paper")
    expect(paper).to_contain_text("ข้อความแรก")
    reporter.locator(NARRATIVE).fill("ข้อความที่สอง")
    expect(paper).to_contain_text("ข้อความที่สอง")
    audit(reporter)
    reporter.get_by_role("button", name="ปิด").click()
    expect(paper).to_be_hidden()


def test_what_one_touches_in_the_form_is_high_enough_for_a_finger(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = opened(site, new_context, "values")
    reporter.set_viewport_size(SCREENS["telephone"])
    assert too_low(reporter, "main :is(a, button:not(.default-button), input[type=text], select)") == []
