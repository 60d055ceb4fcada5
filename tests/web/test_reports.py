"""The public pages of reports: the paper for a screen and its PDF, without anybody's name, and what is said of none."""

import json
from http import HTTPStatus
from io import BytesIO

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from lakthan.apps.reporting.models import Report
from lakthan.rules.workflow import State
from lakthan.web import reports
from tests.web.pages import INDICATOR, REPORTS, Page, in_both_languages, in_language

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR_PAGE, QUARTER_PAGE = REPORTS["report of the year"], REPORTS["report of quarter 3"]
YEAR_PDF, QUARTER_PDF = f"{INDICATOR}report.pdf", f"{INDICATOR}quarter-3/report.pdf"
NAME = "นางสาวสมมุติ ตัวอย่าง"
every_report = pytest.mark.parametrize("address", REPORTS.values(), ids=REPORTS.keys())


def _submitted(report: Report, **changes: object) -> None:
    """As if the report had been submitted with other texts of its paper."""
    snapshot = report.snapshots.get()
    content = json.loads(snapshot.content)
    content["paper"] |= changes
    report.snapshots.update(content=json.dumps(content))


def _html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def _text(answer: HttpResponse) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


# The page


@in_both_languages
@every_report
def test_a_certified_report_says_so_before_the_paper_begins(client: Client, address: str, language: str) -> None:
    before, article, paper = _html(client, in_language(address, language)).partition(
        '<article class="paper" lang="th">'
    )
    assert {"th": "<strong>รับรองแล้ว</strong>", "en": "<strong>Certified</strong>"}[language] in before
    assert article
    assert "<h1>รายงานผลการดำเนินงานตามตัวชี้วัด</h1>" in paper


def test_the_paper_is_whole_and_its_annex_closed(client: Client) -> None:
    html = _html(client, YEAR_PAGE)
    form, details, annex = html.partition('<details class="paper-annex">')
    assert details
    for heading in ("1. ชื่อตัวชี้วัด", "5. เป้าหมาย", "(6.5) สรุปผล", "9. หลักฐานอ้างอิง", "ขอรับรองว่า", "ลงชื่อ"):
        assert heading in form
    assert "= 86.00 (ร้อยละ)" in form
    assert "ภาคผนวก" not in form.partition("<article")[2]
    assert annex.partition("</details>")[0].count("<tr>") > 616


def test_every_table_scrolls_in_a_place_that_the_keyboard_reaches(client: Client) -> None:
    page = Page(_html(client, YEAR_PAGE))
    tags = [element.tag for element in page.elements]
    places = [number for number, tag in enumerate(tags) if tag == "table"]
    assert len(places) == 3
    assert all(page.elements[place - 1].attributes["tabindex"] == "0" for place in places)


def test_a_quarter_s_report_is_that_of_the_quarter(client: Client) -> None:
    html = _html(client, f"/en{QUARTER_PAGE}")
    assert "(6.3)" in html
    assert "(6.4)" not in html
    assert "= 80.00 (ร้อยละ)" in html


@in_both_languages
def test_reports_and_indicator_lead_to_each_other(client: Client, language: str) -> None:
    addresses = {in_language(address, language) for address in REPORTS.values()}
    indicator = Page(_html(client, in_language(INDICATOR, language)))
    assert addresses < set(indicator.values("href"))
    year = set(Page(_html(client, in_language(YEAR_PAGE, language))).values("href"))
    assert addresses | {in_language(INDICATOR, language), in_language(YEAR_PDF, language)} < year
    quarter = set(Page(_html(client, in_language(QUARTER_PAGE, language))).values("href"))
    assert {in_language(f"{INDICATOR}quarter-3/", language), in_language(QUARTER_PDF, language)} < quarter


def test_the_indicator_leads_to_no_report_that_there_is_not(client: Client) -> None:
    Report.quarters.filter(quarter=3).update(state="returned")
    links = Page(_html(client, INDICATOR)).values("href")
    assert YEAR_PAGE in links
    assert QUARTER_PAGE not in links
    assert "/report" not in "".join(Page(_html(client, "/indicators/2100-0002/2563/")).values("href"))


def test_a_report_of_an_imported_print_says_whose_sections_it_shows(client: Client) -> None:
    says = "are those of a print that was imported"
    assert says not in _html(client, f"/en{YEAR_PAGE}")
    Report.years.update(printed_terms="คำนิยามของฉบับพิมพ์")
    _submitted(Report.years.get(), definitions="คำนิยามของฉบับพิมพ์")
    assert f"Sections 1 to 5 {says}" in _html(client, f"/en{YEAR_PAGE}")
    assert f"Sections 1 to 4 and the target {says}" in _html(client, f"/en{QUARTER_PAGE}")
    assert "คำนิยามของฉบับพิมพ์" in _html(client, YEAR_PAGE)


def test_a_text_that_looks_like_a_mark_of_the_page_stays_a_text(client: Client) -> None:
    _submitted(Report.years.get(), year_summary='<article class="annex"><table >')
    html = _html(client, YEAR_PAGE)
    assert html.count("&lt;article class=&quot;annex&quot;&gt;&lt;table &gt;") == 1
    assert html.count(reports.ANNEX) == 1
    assert "ลงชื่อ" in html.partition("<details")[0]


# Names


def test_no_name_of_an_imported_print_is_public(client: Client) -> None:
    lines = [f"ลงชื่อ {NAME} ผู้รายงาน", f"({NAME})", "ตำแหน่ง นักวิเคราะห์"]
    _submitted(Report.years.get(), signature={"role": "ผู้รายงานข้อมูล", "as_printed": lines})
    assert NAME not in _html(client, YEAR_PAGE)
    text = _text(client.get(YEAR_PDF))
    assert NAME.partition(" ")[2] not in text
    assert "ผู้รายงานข้อมูล" in text


# PDF


@pytest.fixture
def pdf(client: Client) -> HttpResponse:
    return client.get(YEAR_PDF)


def test_the_pdf_is_the_same_report(pdf: HttpResponse) -> None:
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == 'inline; filename="2100-0001-2563.pdf"'
    assert pdf.content.startswith(b"%PDF-")
    assert "43 จาก 50" in _text(pdf)
    assert "ฉบับร่าง" not in _text(pdf)


def test_the_pdf_of_a_quarter_is_named_after_it(client: Client) -> None:
    answer = client.get(f"/en{QUARTER_PDF}")
    assert answer["Content-Disposition"] == 'inline; filename="2100-0001-2563-q3.pdf"'
    assert "40 จาก 50" in _text(answer)


@pytest.mark.parametrize("address", [YEAR_PAGE, YEAR_PDF])
def test_a_head_is_answered_without_a_body(client: Client, address: str) -> None:
    answer = client.head(address)
    assert answer.status_code == HTTPStatus.OK
    assert answer.content == b""


def test_a_second_reader_makes_the_server_render_nothing(client: Client, pdf: HttpResponse) -> None:
    [file] = (settings.HOME / "papers").glob("2100-0001-2563-[0-9a-f]*.pdf")
    written = file.stat().st_mtime_ns
    assert Client().get(f"/en{YEAR_PDF}").content == pdf.content == file.read_bytes()
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize("address", [YEAR_PAGE, YEAR_PDF])
def test_who_has_the_report_gets_none_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    _submitted(Report.years.get(), obstacles="อุปสรรคใหม่")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == HTTPStatus.OK
    assert changed["ETag"] != first["ETag"]


# No report


@in_both_languages
@pytest.mark.parametrize("file", ["report/", "report.pdf"])
def test_where_there_is_no_report_the_page_says_what_is_missing_and_leads_on(
    client: Client, file: str, language: str
) -> None:
    answer = client.get(in_language(f"/indicators/2100-0002/2563/quarter-2/{file}", language))
    assert answer.status_code == HTTPStatus.NOT_FOUND
    html = answer.content.decode()
    assert {
        "th": "ยังไม่มีรายงานของตัวชี้วัด 2100-0002 ไตรมาสที่ 2",
        "en": "No report of indicator 2100-0002 for quarter 2 of fiscal year 2563 is published yet.",
    }[language] in html
    assert in_language("/indicators/2100-0002/2563/", language) in Page(html).values("href")


def test_a_report_that_is_not_certified_is_not_there(client: Client) -> None:
    Report.objects.update(state=State.ACCEPTED.value)
    for address in (YEAR_PAGE, YEAR_PDF, QUARTER_PAGE, QUARTER_PDF):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert "/report" not in "".join(Page(_html(client, INDICATOR)).values("href"))
