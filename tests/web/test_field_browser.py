"""The form at a meeting in a browser: without connection, with an ended session, refused, and in two tabs."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from tests.apps.photos import photo
from tests.web.browsing import SCREENS, NewContext, audit, sign_in, too_low

pytestmark = pytest.mark.browser

FIELD = reverse("field-meeting")
STATUS = "#field-status"
PATIENCE = 30_000
"""Milliseconds for what goes over the network more than once."""
NO_CONNECTION, READY = "ไม่มีสัญญาณ", "เปิดใช้ได้แม้ไม่มีสัญญาณ"
PICTURE = photo("PNG")
REACH = "address => fetch(address).then(() => 'reached', () => 'cut')"
"""Past the worker, and through it."""
LOOK = """
import json, sys
from lakthan.cli.django import set_up
set_up()
from lakthan.apps.planning.models import FieldForm, Meeting, PlanProposal
meetings = Meeting.objects.filter(title=sys.argv[1])
print(json.dumps([
    {
        "held_on": str(row.held_on),
        "community": row.community.name if row.community else "",
        "notes": row.notes,
        "attendance": dict(row.attendances.values_list("group", "people")),
        "evidence": [[link.evidence.media_type, link.evidence.size] for link in row.evidence.all()],
        "projects": [form.projects for form in row.field_forms.all()],
        "proposed": [
            project["name"]
            for form in row.field_forms.all() if form.proposal
            for project in form.proposal.projects
        ],
    }
    for row in meetings
]))
"""


def recorded(home: Path, title: str) -> list[dict[str, Any]]:
    """The meetings of a title as the database has them."""
    command = [sys.executable, "-c", LOOK, title]
    done = subprocess.run(  # noqa: S603 - our own
        command, check=True, env={"LAKTHAN_HOME": str(home), "PATH": ""}, capture_output=True, text=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


KEPT = """async typed => (await fieldKept.of(document.forms["field-form"].elements.person.value))
    .some(one => Object.values(one.fields).includes(typed))"""


def wait_until_kept(page: Page, typed: str) -> None:
    """Until the device has what was typed: a page that goes in the very moment of typing takes the last key along."""
    for _ in range(100):
        if page.evaluate(KEPT, typed):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{typed} is not kept")


@pytest.fixture
def context(site: str, new_context: NewContext) -> BrowserContext:
    """A telephone of the district's officer."""
    context = new_context(base_url=site)
    page = sign_in(context.new_page(), "district-officer")
    page.set_viewport_size(SCREENS["telephone"])
    return context


@pytest.fixture
def field(context: BrowserContext) -> Page:
    """The form, ready for no connection."""
    page = context.pages[0]
    page.goto(FIELD)
    expect(page.locator(STATUS)).to_contain_text(READY, timeout=PATIENCE)
    return page


def fill_in(page: Page, title: str, *, people: str = "41") -> None:
    page.get_by_label("ชุมชน", exact=True).select_option(index=2)
    page.get_by_label("เรื่องที่ประชุม").fill(title)
    page.get_by_label("จัดเมื่อวันที่").fill("๑๔ ตุลาคม ๒๕๖๓")
    page.locator("#field-people-2").fill(people)


def test_a_meeting_and_a_project_are_recorded_without_connection(
    context: BrowserContext, field: Page, home: Path
) -> None:
    title = "ประชาคมริมคลอง"
    context.set_offline(True)
    expect(field.locator(STATUS)).to_contain_text(NO_CONNECTION)
    assert [field.evaluate(REACH, address) for address in ("/healthz", "/static/no-such-file")] == ["cut", "cut"]
    answer = field.reload()
    assert answer is not None
    assert answer.from_service_worker
    expect(field.get_by_role("heading", name="บันทึกหน้างาน")).to_be_visible()
    fill_in(field, title)
    field.get_by_label("บันทึกย่อ").fill("เห็นชอบทุกข้อ")
    field.locator("#field-camera").set_input_files({"name": "image.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(field.locator("#field-photos li")).to_have_count(1)
    project = field.locator("#field-project-1")
    project.get_by_label("ชื่อโครงการ").fill("ซ่อมทางเดินริมคลอง")
    project.get_by_label("ปัญหา").fill("ทางเดินผุ")
    project.get_by_label("วงเงินประมาณการ (บาท)").fill("๑๒๐,๐๐๐")
    wait_until_kept(field, "๑๒๐,๐๐๐")
    field.reload()
    expect(field.get_by_label("เรื่องที่ประชุม")).to_have_value(title)
    expect(field.locator("#field-photos li")).to_have_count(1)
    field.get_by_role("button", name="บันทึกผลการประชุม").click()
    expect(field.locator("#field-waiting")).to_contain_text(f"{title}")
    expect(field.locator("#field-waiting")).to_contain_text("รอส่ง")
    assert too_low(field, "#field-waiting button") == []
    assert recorded(home, title) == []

    context.set_offline(False)
    expect(field.locator("#field-waiting .is-sent")).to_contain_text(title, timeout=PATIENCE)
    (meeting,) = recorded(home, title)
    assert (meeting["held_on"], meeting["notes"]) == ("2020-10-14", "เห็นชอบทุกข้อ")
    assert meeting["attendance"] == {"ผู้อยู่อาศัย": 41}
    assert meeting["evidence"] == [["image/png", len(PICTURE)]]
    ((project_noted,),) = meeting["projects"]
    assert (project_noted["name"], project_noted["estimate"]) == ("ซ่อมทางเดินริมคลอง", "120000.00")
    assert meeting["proposed"].count("ซ่อมทางเดินริมคลอง") == 1
    field.get_by_role("link", name=title).click()
    expect(field.locator("main")).to_contain_text("ซ่อมทางเดินริมคลอง")
    audit(field)


def test_an_ended_session_keeps_the_form_until_one_has_signed_in(
    context: BrowserContext, field: Page, home: Path
) -> None:
    title = "ประชาคมหมดเวลา"
    fill_in(field, title)
    context.clear_cookies(name="sessionid")
    field.get_by_role("button", name="บันทึกผลการประชุม").click()
    expect(field.locator(STATUS)).to_contain_text("ท่านออกจากระบบแล้ว")
    expect(field.locator("#field-waiting")).to_contain_text(title)
    assert recorded(home, title) == []
    field.get_by_role("link", name="เข้าสู่ระบบอีกครั้ง").click()
    field.locator("input[name=login]").fill("demo-district-officer")
    field.locator("input[name=password]").fill("sathit-lakthan-2563")
    field.locator("form.account-form button[type=submit]").click()
    expect(field.locator("#field-waiting .is-sent")).to_contain_text(title, timeout=PATIENCE)
    assert len(recorded(home, title)) == 1


def test_a_form_that_is_refused_opens_again_with_the_mistakes_at_their_places(field: Page, home: Path) -> None:
    title = "ประชาคมกรอกผิด"
    fill_in(field, title, people="สี่สิบ")
    field.get_by_role("button", name="บันทึกผลการประชุม").click()
    wrong = field.locator("#field-people-2")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_focused()
    expect(field.locator(".came-row").filter(has=wrong)).to_contain_text("จำนวนเต็ม")
    expect(field.get_by_label("เรื่องที่ประชุม")).to_have_value(title)
    audit(field)
    field.set_viewport_size(SCREENS["telephone"])
    wrong.fill("40")
    field.get_by_role("button", name="บันทึกผลการประชุม").click()
    expect(field.locator("#field-waiting .is-sent")).to_contain_text(title, timeout=PATIENCE)
    assert len(recorded(home, title)) == 1


def test_two_tabs_send_a_form_once(context: BrowserContext, field: Page, home: Path) -> None:
    title = "ประชาคมสองหน้าต่าง"
    second = context.new_page()
    second.goto(FIELD)
    expect(second.locator(STATUS)).to_contain_text(READY, timeout=PATIENCE)
    context.set_offline(True)
    fill_in(field, title)
    field.get_by_role("button", name="บันทึกผลการประชุม").click()
    expect(second.locator("#field-waiting")).to_contain_text(title)
    context.set_offline(False)
    for page in (field, second):
        expect(page.locator("#field-count")).to_have_text("0", timeout=PATIENCE)
    assert len(recorded(home, title)) == 1


def test_signing_out_warns_and_deletes_what_is_not_sent(context: BrowserContext, field: Page) -> None:
    fill_in(field, "ประชาคมที่ไม่ส่ง")
    answers: list[str] = []

    def answer(dialog: Any) -> None:
        answers.append(dialog.message)
        if len(answers) == 1:
            dialog.dismiss()
        else:
            dialog.accept()

    field.on("dialog", answer)
    out = field.get_by_role("button", name="ออกจากระบบ")
    out.click()
    expect(field.get_by_label("เรื่องที่ประชุม")).to_have_value("ประชาคมที่ไม่ส่ง")
    out.click()
    field.wait_for_url("**/account/sign-in/**")
    assert len(answers) == 2
    left = field.evaluate(
        """() => new Promise((resolve) => {
            const asked = indexedDB.open("lakthan-field", 1);
            asked.onsuccess = () => {
                const all = asked.result.transaction("forms").objectStore("forms").getAll();
                all.onsuccess = () => resolve(all.result.length);
            };
        })"""
    )
    assert (left, field.evaluate("caches.has('lakthan-field')")) == (0, False)


def test_the_form_is_whole_on_both_screens_and_for_a_finger(field: Page) -> None:
    audit(field)
    field.goto(f"/en{FIELD}")
    expect(field.locator(STATUS)).to_contain_text("Connected.")
    audit(field)
    field.set_viewport_size(SCREENS["telephone"])
    assert too_low(field) == []


def test_the_keyboard_reaches_the_photographs(field: Page) -> None:
    field.locator("#field-camera").focus()
    outline = field.locator("label[for=field-camera]").evaluate("label => getComputedStyle(label).outlineStyle")
    assert outline == "solid"
