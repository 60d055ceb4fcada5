"""A journey through the register in a browser: find, look at another day, correct, seat and judge, at both sizes."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from lakthan.rules.permissions import Role
from tests.web.browsing import SCREENS, NewContext, audit, press, signed_in, too_low

LIST = reverse("communities")


def open_act(page: Page, title: str) -> None:
    """Unfold what an officer can do."""
    page.locator("summary").filter(has_text=title).click()


def test_an_officer_finds_a_community_and_brings_its_records_up_to_date(site: str, new_context: NewContext) -> None:
    page = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    page.goto(LIST)
    page.get_by_label("ส่วนใดก็ได้ของชื่อ รหัส หรือแขวง").fill("ดินแดง ๗")
    page.get_by_role("button", name="ค้นหา", exact=True).click()
    expect(page.locator(".community-table tbody tr").first).to_contain_text("ชุมชนสาธิตดินแดง 7")
    audit(page)
    page.locator(".community-table").get_by_role("link", name="ชุมชนสาธิตดินแดง 7", exact=True).click()
    here = page.url
    audit(page)

    page.get_by_label("ดู ณ วันอื่น").fill("30/9/2560")
    page.get_by_role("button", name="แสดง", exact=True).click()
    expect(page.locator("#eligibility")).to_contain_text("ยังไม่จดทะเบียนในวันนั้น")

    page.goto(here)
    open_act(page, "บันทึกกรรมการชุมชนวาระใหม่")
    page.get_by_label("วันเริ่มวาระ").fill("1 ตุลาคม 2563")
    page.get_by_label("วันสิ้นสุดวาระ").fill("30/9/2560")
    page.get_by_label("จำนวนหลังคาเรือนในชุมชน").fill("๑๘๐")
    page.get_by_label("จำนวนกรรมการชุมชน").fill("8")
    page.get_by_role("button", name="บันทึกกรรมการชุมชน", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("ยังไม่ได้บันทึก")
    expect(page.get_by_label("จำนวนหลังคาเรือนในชุมชน")).to_have_value("๑๘๐")
    audit(page)
    page.get_by_label("วันสิ้นสุดวาระ").fill("30/9/2565")
    press(page, "บันทึกกรรมการชุมชน", "บันทึกกรรมการชุมชนแล้ว")
    expect(page.locator("#committee")).to_contain_text("ขาดกรรมการ 1 คน")
    expect(page.locator("#committee")).to_contain_text("วินิจฉัยไว้ก่อนกรรมการชุดนี้")
    open_act(page, "วินิจฉัยคณะกรรมการ")
    page.get_by_label("ทำงานได้", exact=True).check()
    page.locator("#act-judgement-effective_on").fill("2/10/2563")
    press(page, "บันทึกคำวินิจฉัย", "บันทึกคำวินิจฉัยแล้ว")

    page.get_by_role("link", name="ประวัติ", exact=True).click()
    expect(page.locator(".community-history li").first).to_contain_text("วินิจฉัยคณะกรรมการ")
    audit(page)
    page.set_viewport_size(SCREENS["telephone"])
    for address in (LIST, here, reverse("new-community")):
        page.goto(address)
        assert too_low(page) == []


def test_a_list_is_read_in_the_dark_and_as_cards_on_a_telephone(site: str, new_context: NewContext) -> None:
    page = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    page.emulate_media(color_scheme="dark")
    page.goto(LIST)
    audit(page)
    page.set_viewport_size(SCREENS["telephone"])
    cells = page.locator(".community-table tbody tr").first.locator("th, td")
    for cell in cells.all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SCREENS["telephone"]["width"]


def test_what_was_saved_is_said_where_the_page_jumps_to(site: str, new_context: NewContext) -> None:
    page = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    page.goto(reverse("community", args=["5037-0009"]))
    open_act(page, "วินิจฉัยคณะกรรมการ")
    page.locator("[name=judgement-able][value=yes]").check()
    page.locator("[name=judgement-effective_on]").fill("15/10/2563")
    page.locator("[name=act][value=judgement]").click()
    page.wait_for_url("**#committee")
    expect(page.get_by_role("status").first).to_be_in_viewport()


def test_nothing_of_a_list_is_cut_off_on_paper(site: str, new_context: NewContext) -> None:
    page = signed_in(site, new_context, Role.DISTRICT_OFFICER)
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
    page.emulate_media(media="print")
    for address in (LIST, reverse("community-plans"), reverse("project-decisions"), reverse("meetings")):
        page.goto(address)
        over = page.evaluate("[...document.querySelectorAll('.list-frame')].map(it => it.scrollWidth - it.clientWidth)")
        assert over
        assert max(over) <= 0, address
        assert not page.locator("main .btn").filter(visible=True).count()
