"""A request for data in a browser: asked of fifty districts, answered, chased, closed, and fed into the quarter."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from lakthan.demo.people import PASSWORD
from tests.web.browsing import SCREENS, NewContext, audit, press, signed_in, too_low

pytestmark = pytest.mark.browser

LIST, NEW = reverse("data-requests"), reverse("new-data-request")
OWN_QUARTER = reverse("work-quarter", args=("2100-0006", 2563, 4))
OFFICERS = ("officer-5001", "officer-5002")
GIVE_PASSWORDS = """
import sys
from lakthan.cli.django import set_up
set_up()
from lakthan.apps.people.selectors import operator, present, user_of_login
from lakthan.apps.people.services import set_password
for name in sys.argv[2:]:
    set_password(actor=operator("tests"), user=user_of_login(f"demo-{name}"), password=sys.argv[1], now=present())
"""


@pytest.fixture(scope="module")
def home(home: Path) -> Path:
    """A city in which two officers of districts have passwords too."""
    command = [sys.executable, "-c", GIVE_PASSWORDS, PASSWORD, *OFFICERS]
    subprocess.run(command, check=True, env={"LAKTHAN_HOME": str(home), "PATH": ""})  # noqa: S603 - our own
    return home


def ask(page: Page, site: str, subject: str, form: str) -> str:
    """Ask all districts; the address of the request."""
    page.goto(site + NEW)
    page.get_by_label("เรื่อง", exact=True).fill(subject)
    page.get_by_label("สิ่งที่ขอ").fill("ขอให้สรุปจำนวนโครงการที่บรรจุ")
    page.get_by_label("เลขที่หนังสือ").fill("กท 1906/1741")
    page.get_by_label("ตอบภายในวันที่").fill("๓๑ ตุลาคม ๒๕๖๓")
    page.get_by_label("สำนักงานเขตทั้งหมด", exact=True).check()
    page.get_by_label(form).check()
    page.locator("#field-1-name").fill("โครงการที่บรรจุ")
    page.locator("#field-1-unit").fill("โครงการ")
    audit(page)
    press(page, "ส่งคำขอข้อมูล", "ส่งคำขอข้อมูลแล้ว")
    return page.url


def to_answer(page: Page, site: str, subject: str) -> None:
    """From the own work to the answer."""
    page.goto(site + reverse("my-work"))
    page.locator("section[aria-labelledby=to-answer]").get_by_role("link", name=subject).click()
    page.wait_for_url("**/answers/**")


def test_a_request_goes_from_fifty_districts_into_the_quarter_of_the_bureau(
    site: str, page: Page, new_context: NewContext
) -> None:
    reporter = signed_in(site, new_context, "reporter")
    first, second = (signed_in(site, new_context, name) for name in OFFICERS)
    subject = "สรุปจำนวนโครงการเดือนตุลาคม"
    request = ask(reporter, site, subject, "เป็นค่า ช่องละหนึ่งค่า")
    expect(reporter.locator(".request-table tbody tr")).to_have_count(50)

    to_answer(first, site, subject)
    first.get_by_label("โครงการที่บรรจุ (โครงการ)").fill("สิบสอง")
    first.get_by_role("button", name="ส่งคำตอบ", exact=True).click()
    expect(first.locator("#error-f1")).to_be_visible()
    audit(first)
    first.get_by_label("โครงการที่บรรจุ (โครงการ)").fill("๑๒")
    press(first, "ส่งคำตอบ", "ส่งคำตอบแล้ว")
    to_answer(second, site, subject)
    press(second, "ยืนยันว่าไม่มี", "ส่งคำตอบแล้ว")
    audit(second)

    reporter.goto(request)
    audit(reporter)
    press(reporter, "ทวงถาม 48 หน่วยงานที่ยังไม่ตอบ", "บันทึกการทวงถาม 48 หน่วยงานแล้ว")
    press(reporter, "ปิดคำขอข้อมูล", "ปิดคำขอข้อมูลแล้ว")
    expect(reporter.locator(".request-totals")).to_contain_text("จาก 1 หน่วยงาน · ยืนยันว่าไม่มี 1 · ยังไม่ตอบ 48")
    with reporter.expect_download() as download:
        reporter.get_by_role("link", name="ดาวน์โหลดคำตอบทั้งหมดเป็น Excel").click()
    sheet = load_workbook(BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert [row[2] for row in sheet.iter_rows(min_row=6, values_only=True)].count("ยืนยันว่าไม่มี") == 1

    reporter.goto(site + OWN_QUARTER)
    offer = reporter.locator(".feeding").filter(has_text=subject)
    expect(offer).to_contain_text("โครงการที่บรรจุ รวม 12 โครงการ")
    offer.get_by_role("button", name="นำมาเป็นค่าที่รายงาน").click()
    expect(reporter.get_by_role("status").filter(has_text="นำยอดรวมมาเป็นค่าที่รายงานแล้ว")).to_be_visible()
    expect(reporter.locator("#inputs")).to_contain_text(subject)
    audit(reporter)


def test_a_workbook_goes_out_and_comes_back(site: str, page: Page, new_context: NewContext, tmp_path: Path) -> None:
    reporter = signed_in(site, new_context, "reporter")
    officer = signed_in(site, new_context, OFFICERS[0])
    subject = "บัญชีโครงการ"
    request = ask(reporter, site, subject, "เป็นแฟ้ม Excel ตารางที่มีช่องข้อมูลเป็นคอลัมน์")
    to_answer(officer, site, subject)
    audit(officer)
    with officer.expect_download() as download:
        officer.get_by_role("link", name="ดาวน์โหลดแฟ้มสำหรับกรอก").click()
    filled = tmp_path / "filled.xlsx"
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    book.worksheets[0].append(["สาม"])
    book.save(filled)
    officer.get_by_label("ส่งแฟ้มที่กรอกแล้วกลับ").set_input_files(filled)
    officer.get_by_role("button", name="ส่งคำตอบ", exact=True).click()
    expect(officer.get_by_role("alert")).to_contain_text("จำนวนเต็ม")
    audit(officer)
    book.worksheets[0].cell(book.worksheets[0].max_row, 1, 3)
    book.save(filled)
    officer.get_by_label("ส่งแฟ้มที่กรอกแล้วกลับ").set_input_files(filled)
    press(officer, "ส่งคำตอบ", "ส่งคำตอบแล้ว")
    reporter.goto(request)
    expect(reporter.locator(".request-totals")).to_contain_text("3 โครงการ")


def test_the_list_of_reports_is_whole_on_both_screens(site: str, page: Page, new_context: NewContext) -> None:
    reviewer = signed_in(site, new_context, "reviewer")
    for language in ("", "/en"):
        reviewer.goto(f"{site}{language}{reverse('report-list')}?quarter=3")
        audit(reviewer)
    reviewer.set_viewport_size(SCREENS["telephone"])
    assert too_low(reviewer) == []
