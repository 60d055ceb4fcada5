"""A community and its district on a telephone: reconsideration asked for and answered, work confirmed."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lakthan.demo.people import PASSWORD
from tests.web.browsing import MY_WORK, SCREENS, NewContext, audit, press, signed_in, too_low

pytestmark = pytest.mark.browser

OWN = reverse("my-community-projects")
GIVE_SEAT = """
import sys
from datetime import date
from lakthan.cli.django import set_up
set_up()
from lakthan.apps.communities.services import Holder, give_seat
from lakthan.apps.people.selectors import operator, present, user_of_login
from lakthan.apps.people.services import set_password
from lakthan.apps.planning.models import WorkProgress
root, now = operator("tests"), present()
rows = WorkProgress.objects.filter(state="done", inclusion__confirmations=None)
item = rows.select_related("inclusion__project__plan__community__unit").first().inclusion
neighbour = user_of_login("demo-officer-5002")
community = item.project.plan.community
give_seat(actor=root, community=community, holder=Holder(neighbour.login), valid_from=date(2019, 1, 1), now=now)
set_password(actor=root, user=neighbour, password=sys.argv[1], now=now)
print(item.project_id)
"""


@pytest.fixture(scope="module")
def done_project(home: Path) -> str:
    """The project whose work is reported as done; somebody gets a seat in its community, and a password."""
    command = [sys.executable, "-c", GIVE_SEAT, PASSWORD]
    environment = {"LAKTHAN_HOME": str(home), "PATH": ""}
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)  # noqa: S603 - our own
    return done.stdout.strip()


def on_telephone(site: str, new_context: NewContext, who: str) -> Page:
    page = signed_in(site, new_context, who)
    page.set_viewport_size(SCREENS["telephone"])
    return page


@pytest.mark.usefixtures("quiet")
def test_a_member_asks_for_reconsideration_and_the_officer_answers(site: str, new_context: NewContext) -> None:
    member = on_telephone(site, new_context, "community-member")
    member.goto(site + OWN)
    assert too_low(member) == []
    member.locator(".work-line").filter(has_text="ขอให้พิจารณาใหม่ได้").first.get_by_role("link").click()
    address = member.url
    member.locator("summary").filter(has_text="ขอให้พิจารณาใหม่").click()
    press_button = member.get_by_role("button", name="ขอให้พิจารณาใหม่", exact=True)
    press_button.click()
    expect(member.locator(".errorlist, .form-error, .invalid-feedback").first).to_be_visible()
    member.get_by_label("เหตุผลที่ขอให้พิจารณาใหม่").fill("เจ้าของที่ดินยินยอมแล้ว")
    assert too_low(member) == []
    press(member, "ขอให้พิจารณาใหม่", "ส่งคำขอถึงสำนักงานเขตแล้ว")

    officer = on_telephone(site, new_context, "district-officer")
    officer.goto(site + MY_WORK)
    project = address.rstrip("/").rpartition("/")[2]
    officer.locator(f"section[aria-labelledby=waiting-another-look] a[href*='{project}']").click()
    expect(officer.get_by_text("เจ้าของที่ดินยินยอมแล้ว")).to_be_visible()
    officer.get_by_label("คำตอบ", exact=True).select_option(label="คงมติเดิม")
    officer.get_by_label("เหตุผลของคำตอบ").fill("งบประมาณปีนี้จัดสรรครบแล้ว")
    officer.get_by_label("เลขที่หนังสือ").fill("กท 5037/440")
    assert too_low(officer) == []
    press(officer, "ตอบคำขอให้พิจารณาใหม่", "บันทึกคำตอบแล้ว")
    audit(officer)

    member.goto(address)
    expect(member.get_by_text("งบประมาณปีนี้จัดสรรครบแล้ว")).to_be_visible()
    audit(member)


@pytest.mark.usefixtures("quiet")
def test_a_member_confirms_that_the_work_is_done(site: str, done_project: str, new_context: NewContext) -> None:
    member = on_telephone(site, new_context, "officer-5002")
    member.goto(site + OWN)
    member.locator(f"a[href*='{done_project}']").click()
    member.get_by_label("งานแล้วเสร็จหรือไม่").select_option(label="แล้วเสร็จ เรียบร้อย")
    assert too_low(member) == []
    press(member, "ยืนยันผลงาน", "บันทึกคำยืนยันของชุมชนแล้ว")
    public = new_context(base_url=site).new_page()
    public.goto(f"{site}/projects/{done_project}/")
    expect(public.locator(".path-step").filter(has_text="คำยืนยันของชุมชน").get_by_text("งานแล้วเสร็จ")).to_be_visible()
    audit(public)
