"""The reference year in a browser: opened, imported, reported, returned once, certified, corrected."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lakthan.rules.permissions import Role
from tests.shared_data import shared_data
from tests.sharing import run_lakthan
from tests.web.browsing import NewContext, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

CODE, YEAR = "2100-0001", 2563
OF_REPORTS = (
    "reporting_report",
    "reporting_reportstep",
    "reporting_snapshot",
    "reporting_datednote",
    "reporting_reportevidence",
    "reporting_period",
)
"""Tables that are empty before the year is opened."""
RESULTS = {1: "48.00", 2: "66.00", 3: "80.00", 4: "86.00"}
RETURNED = 3
"""The quarter that is sent back once."""


@pytest.fixture(scope="module")
def home(home: Path) -> Path:
    """The demonstration city with all its records, before anything of the year was opened or reported."""
    with closing(sqlite3.connect(home / "lakthan.sqlite3")) as connection, connection:
        for table in OF_REPORTS:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    return home


class People:
    """Everybody who takes part, each in a browser of their own."""

    def __init__(self, site: str, new_context: NewContext) -> None:
        self.administrator = signed_in(site, new_context, Role.STRATEGY_ADMINISTRATOR)
        self.reporter = signed_in(site, new_context, Role.REPORTER)
        self.head = signed_in(site, new_context, Role.UNIT_HEAD)
        self.reviewer = signed_in(site, new_context, Role.REVIEWER)
        self.certifier = signed_in(site, new_context, Role.CERTIFIER)


def place(quarter: int | None) -> str:
    """The address of a report among the work."""
    name, arguments = ("work-year", (CODE, YEAR)) if quarter is None else ("work-quarter", (CODE, YEAR, quarter))
    return reverse(name, args=arguments)


def review_place(quarter: int | None) -> str:
    """The address at which a report is reviewed."""
    return f"{place(quarter)}review/"


def press(page: Page, name: str) -> None:
    """Press a button, after which the page says what was done."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".told").first).to_be_visible()


def open_period(administrator: Page, quarter: int) -> None:
    """With the dates that are proposed."""
    administrator.goto(reverse("period", args=(YEAR, quarter)))
    press(administrator, "เปิดงวด")


def send(head: Page, quarter: int | None) -> None:
    """Endorse what the reporter wrote, and send it."""
    head.goto(place(quarter))
    press(head, "เห็นชอบ")
    press(head, "ส่งให้สำนักยุทธศาสตร์และประเมินผล")


def give_back(reviewer: Page, quarter: int | None, reason: str) -> None:
    """Return a report to its unit."""
    reviewer.goto(review_place(quarter))
    reviewer.get_by_label("สิ่งที่ต้องแก้ไข").fill(reason)
    press(reviewer, "ส่งกลับให้หน่วยงานแก้ไข")


def accept(reviewer: Page, quarter: int | None) -> None:
    """Accept a report in review."""
    reviewer.goto(review_place(quarter))
    press(reviewer, "ตรวจผ่าน")


def certify(certifier: Page, quarter: int | None) -> None:
    """Certify a report that was accepted."""
    certifier.goto(place(quarter))
    certifier.get_by_role("checkbox").check()
    press(certifier, "รับรอง")
    expect(certifier.locator(".life-state .state")).to_have_text("รับรองแล้ว")


def write(reporter: Page, quarter: int | None, label: str, text: str) -> None:
    """Fill in a field of the draft and save it."""
    reporter.goto(place(quarter))
    reporter.get_by_label(label, exact=True).fill(text)
    press(reporter, "บันทึกฉบับร่าง")


def figure(home: Path, quarter: int) -> Mapping[str, object]:
    """What `lakthan figure` tells of a quarter."""
    arguments = ("figure", CODE, "--fiscal-year", str(YEAR), "--quarter", str(quarter), "--json")
    told: Mapping[str, object] = json.loads(run_lakthan(*arguments, home=home).stdout)
    return told


def shown(page: Page, address: str) -> str:
    """The words of a page."""
    page.goto(address)
    return page.locator("main").inner_text()


def test_the_reference_year_is_played_from_its_opening_to_a_correction(
    home: Path, site: str, new_context: NewContext
) -> None:
    seed = shared_data("seed_report.txt")
    people = People(site, new_context)
    for quarter in RESULTS:
        open_period(people.administrator, quarter)
    imported = json.loads(run_lakthan("import", "report", seed, "--json", home=home).stdout)
    assert (imported["created"], imported["refused"]) == (5, [])

    for quarter, result in RESULTS.items():
        people.reporter.goto(place(quarter))
        expect(people.reporter.locator(".life-figure")).to_contain_text(result)
        expect(people.reporter.get_by_label("ผลการดำเนินงานในไตรมาส", exact=True)).not_to_have_value("")
        write(people.reporter, quarter, "ความก้าวหน้าของงาน (ร้อยละ)", str(25 * quarter))
        send(people.head, quarter)
        if quarter == RETURNED:
            give_back(people.reviewer, quarter, "แนบบัญชีรายชื่อโครงการที่บรรจุ")
            people.reporter.goto(reverse("my-work"))
            expect(people.reporter.locator(".work-line").first).to_contain_text("แนบบัญชีรายชื่อโครงการที่บรรจุ")
            write(people.reporter, quarter, "หลักฐาน บรรทัดละหนึ่งรายการ", "บัญชีรายชื่อโครงการที่บรรจุ")
            send(people.head, quarter)
        accept(people.reviewer, quarter)
        certify(people.certifier, quarter)
        assert figure(home, quarter) | {"status": "certified", "value": result} == figure(home, quarter)

    send(people.head, None)
    accept(people.reviewer, None)
    certify(people.certifier, None)
    told = figure(home, 4)
    assert (told["numerator"], told["denominator"], told["value"], told["met"]) == (43, 50, "86.00", True)
    public = reverse("report", args=(CODE, YEAR))
    before = shown(people.certifier, public)
    assert "86.00" in before

    people.reporter.goto(place(None))
    people.reporter.get_by_label("สิ่งที่ผิดในรายงานที่รับรองแล้ว").fill("ปัจจัยสนับสนุนยังไม่ครบ")
    press(people.reporter, "เริ่มทำฉบับแก้ไข")
    write(people.reporter, None, "ปัจจัยสนับสนุน", "ชุมชนและสำนักงานเขตทำงานร่วมกัน")
    assert shown(people.certifier, public) == before, "the certified report stands while its correction is written"
    send(people.head, None)
    accept(people.reviewer, None)
    certify(people.certifier, None)
    expect(people.certifier.locator(".life-state")).to_contain_text("ฉบับที่ 2")
    assert "ชุมชนและสำนักงานเขตทำงานร่วมกัน" in shown(people.certifier, public)
    assert figure(home, 4) == told
