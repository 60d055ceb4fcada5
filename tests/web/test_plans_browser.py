"""A community's plan in a browser: written on a telephone, returned, mended, confirmed, and counted."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.web.browsing import SCREENS, NewContext, audit, press, signed_in, too_low

pytestmark = pytest.mark.browser

MINE, MY_WORK, LIST = reverse("my-community"), reverse("my-work"), reverse("community-plans")
COUNT = """
import sys
from lakthan.cli.django import set_up
set_up()
from django.db.models import Sum
from lakthan.apps.ledger.models import Tally
print(Tally.objects.filter(kind="community-plan").aggregate(n=Sum("count"))["n"])
"""


def plans_counted(home: Path) -> int:
    """How many plans the figures count, as the tallies tell."""
    command = [sys.executable, "-c", COUNT]
    told = subprocess.run(  # noqa: S603 - our own
        command, check=True, capture_output=True, text=True, env={"LAKTHAN_HOME": str(home), "PATH": ""}
    )
    return int(told.stdout)


def open_own_plan(member: Page, site: str) -> None:
    member.goto(site + MINE)
    member.get_by_role("link", name="จัดทำแผนต่อ").click()
    expect(member.locator("#plan")).to_be_visible()


def test_a_plan_goes_from_a_telephone_to_the_district_and_back_and_stands(
    home: Path, site: str, page: Page, new_context: NewContext
) -> None:
    member, officer = (signed_in(site, new_context, role) for role in ("community-member", "district-officer"))
    member.set_viewport_size(SCREENS["telephone"])
    before = plans_counted(home)

    # The demonstration's plan was returned: the member adds a project without asking the server, and moves it up.
    open_own_plan(member, site)
    address = member.url
    rows = member.locator("#project-rows > fieldset")
    first = rows.count()
    member.get_by_role("button", name="เพิ่มโครงการ").click()
    expect(rows).to_have_count(first + 1)
    added = rows.nth(first)
    added.get_by_label("ชื่อโครงการ").fill("ซ่อมราวสะพานข้ามคลอง")
    added.get_by_label("ประมาณการ (บาท)").fill("หมื่นห้า")
    added.get_by_role("button", name=f"เลื่อนขึ้น {first + 1}").click()
    expect(rows.nth(first - 1).get_by_label("ชื่อโครงการ")).to_have_value("ซ่อมราวสะพานข้ามคลอง")
    assert too_low(member) == []

    # What is typed is on the server soon, and survives a session that ends before it is.
    expect(member.locator("#plan-status")).to_contain_text("เก็บไว้ในระบบแล้ว")
    another = signed_in(site, new_context, "community-member")
    another.goto(address)
    elsewhere = another.locator("#project-rows > fieldset")
    expect(elsewhere.nth(first - 1).get_by_label("ชื่อโครงการ")).to_have_value("ซ่อมราวสะพานข้ามคลอง")
    audit(another)
    rows.nth(first - 1).get_by_label("ปัญหา").fill("ราวหัก")
    member.context.clear_cookies()
    member.reload()
    member.locator("input[name=login]").fill("demo-community-member")
    member.locator("input[name=password]").fill("sathit-lakthan-2563")
    member.locator("form.account-form button[type=submit]").click()
    member.wait_for_url(address)
    expect(member.locator("#plan-restored")).to_be_visible()
    expect(rows.nth(first - 1).get_by_label("ชื่อโครงการ")).to_have_value("ซ่อมราวสะพานข้ามคลอง")
    expect(rows.nth(first - 1).get_by_label("ปัญหา")).to_have_value("ราวหัก")

    # Who types on the older page is told, and nothing is replaced.
    expect(member.locator("#plan-status")).to_contain_text("เก็บไว้ในระบบแล้ว")
    another.locator("#plan-economy").fill("พิมพ์บนหน้าเก่า")
    expect(another.locator("#plan-status")).to_contain_text("มีผู้อื่นแก้ไข")
    another.get_by_role("button", name="บันทึกฉบับร่าง").click()
    expect(another.locator(".conflict")).to_contain_text("ซ่อมราวสะพานข้ามคลอง")
    expect(another.locator("#plan-economy")).to_have_value("พิมพ์บนหน้าเก่า")
    audit(another)

    # What is missing is told at its place, and nothing is lost.
    member.get_by_role("button", name="ส่งสำนักงานเขต").click()
    expect(member.get_by_role("alert")).to_contain_text("ยังส่งไม่ได้")
    audit(member)
    member.set_viewport_size(SCREENS["telephone"])
    mended = rows.nth(first - 1)
    mended.get_by_label("ด้าน", exact=True).select_option("physical")
    mended.get_by_label("ผู้ดำเนินการ").select_option("by-district")
    mended.get_by_label("ประมาณการ (บาท)").fill("๑๕,๐๐๐")
    press(member, "ส่งสำนักงานเขต", "ส่งแผนให้สำนักงานเขตแล้ว")
    audit(member)

    # The officer returns it, the member mends it, the officer confirms it.
    officer.goto(site + MY_WORK)
    officer.locator("section[aria-labelledby=waiting-plan-sent]").get_by_role(
        "link", name="ชุมชนสาธิตดินแดง 1", exact=True
    ).click()
    audit(officer)
    officer.get_by_label("สิ่งที่ต้องแก้ไข").fill("ขอลำดับความสำคัญของโครงการราวสะพาน")
    press(officer, "ส่งกลับให้ชุมชนแก้ไข", "ส่งแผนกลับให้ชุมชนแก้ไขแล้ว")
    member.set_viewport_size(SCREENS["telephone"])
    open_own_plan(member, site)
    expect(member.locator(".asked")).to_contain_text("ขอลำดับความสำคัญ")
    rows.nth(first - 1).locator("summary").click()
    rows.nth(first - 1).get_by_label("ลำดับความสำคัญ").fill("9")
    press(member, "ส่งสำนักงานเขต", "ส่งแผนให้สำนักงานเขตแล้ว")
    officer.goto(address)
    officer.set_viewport_size(SCREENS["telephone"])
    expect(officer.locator(".plan-new-meeting")).to_be_hidden()
    officer.locator("#considered-meeting").select_option("new")
    officer.locator("#confirm-people-2").fill("๓๒")
    assert too_low(officer) == []
    press(officer, "ยืนยันแผน", "ยืนยันแผนแล้ว")
    expect(officer.locator("main")).to_contain_text("ผู้อยู่อาศัย 32")
    projects = officer.locator(".plan-projects > li")
    expect(projects).to_have_count(first + 1)
    expect(projects.nth(first - 1)).to_contain_text("15,000")
    audit(officer)
    assert plans_counted(home) == before + 1
    member.goto(site + MINE)
    expect(member.get_by_role("button", name="ทบทวน: เริ่มจากแผนฉบับล่าสุด").first).to_be_visible()
    audit(member)
    officer.goto(f"{site}{LIST}?prepared=sent")
    audit(officer)
