"""Plans of communities on paper: everything stands on it, by priority, and reads back as it was written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from lakthan.printing.community_plan import (
    EMPTY_ROWS,
    PrintedPlan,
    PrintedProject,
    in_order_of_priority,
    plan_document,
    sheet_document,
)
from lakthan.printing.html import document_html
from lakthan.printing.pdf import document_pdf
from lakthan.printing.thai_font import FontSet
from lakthan.rules.typed_projects import PLAN_FIELDS
from tests.printing.readers import READERS, Pages, squashed

MARGIN = 20 * 72 / 25.4
"""Points: 20 mm on the right."""
NOW = datetime(2020, 10, 15, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
IN_ORDER = [name for name in READERS if name != "pdftotext"]


def project(number: int, priority: int | None = None, **more: object) -> PrintedProject:
    usual = PrintedProject(
        number=number,
        name=f"ปรับปรุงทางเดินเท้าน้ำท่วมขัง ซอย {number}",
        problem="น้ำท่วมขังทุกครั้งที่ฝนตก ผู้สูงอายุลื่นล้ม",
        aim="เดินทางได้สะดวกและปลอดภัย",
        field="physical",
        way="by-district",
        estimate=Decimal("12500.00"),
        priority=priority,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def plan(**more: object) -> PrintedPlan:
    usual = PrintedPlan(
        district="สำนักงานเขตดินแดง",
        community="ชุมชนตัวอย่างริมน้ำ",
        code="5037-0001",
        kind="ทบทวน",
        fields=tuple((code, "ที่ทำกินคับแคบ น้ำเน่าเสีย และต้องการความร่วมมือ") for code in PLAN_FIELDS),
        projects=(project(1, 3), project(2, None), project(3, 1), project(4, 2, way="itself", estimate=None)),
        adopted_on=date(2020, 10, 2),
        valid_until=date(2021, 12, 31),
        resolution="มติที่ประชุมครั้งที่ 5/2563 วาระที่ 3",
        meeting="ครั้งที่ 5/2563 ผู้เข้าร่วม 41 คน",
        printed_at=NOW,
        notes=("ข้อมูลสาธิต",),
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def test_projects_stand_in_the_order_of_their_priority_and_those_without_one_last() -> None:
    assert [row.number for row in in_order_of_priority(plan().projects)] == [3, 4, 1, 2]


@pytest.mark.parametrize("name", IN_ORDER)
def test_every_text_of_a_plan_reads_back_from_its_pdf(fonts: FontSet, name: str) -> None:
    read: Callable[[bytes], Pages] = READERS[name]
    text = squashed("".join(read(document_pdf(plan_document(plan()), fonts))))
    said = [
        "ชุมชนตัวอย่างริมน้ำ",
        "มติที่ประชุมครั้งที่ 5/2563 วาระที่ 3",
        "2 ตุลาคม 2563",
        "ที่ทำกินคับแคบ น้ำเน่าเสีย และต้องการความร่วมมือ",
        "ปรับปรุงทางเดินเท้าน้ำท่วมขัง ซอย 3",
        "น้ำท่วมขังทุกครั้งที่ฝนตก ผู้สูงอายุลื่นล้ม",
        "12,500.00",
        "ไม่ระบุ",
        "ประธานกรรมการชุมชน",
        "ผู้อำนวยการเขต",
    ]
    assert [words for words in said if squashed(words) not in text] == []
    places = [text.index(squashed(f"น้ำท่วมขัง ซอย {number}")) for number in (3, 4, 1, 2)]
    assert places == sorted(places)


def test_a_sum_says_how_many_projects_are_behind_it() -> None:
    html = document_html(plan_document(plan()))
    assert "3 โครงการ" in html
    assert "รวม 37,500.00 บาท" in html.replace('<span class="term">', "").replace("</span>", "").replace("\u200b", "")


def test_what_is_not_known_is_said_and_is_no_zero() -> None:
    html = document_html(
        plan_document(plan(resolution="", meeting="", adopted_on=None, projects=(project(1, estimate=None),)))
    )
    assert html.count("ไม่ได้บันทึกไว้") == 3
    assert "ไม่ระบุ" in html


def test_the_sheet_has_last_projects_and_empty_rows(fonts: FontSet) -> None:
    document = sheet_document(plan(mark="แบบสำหรับกรอกด้วยมือ"))
    html = document_html(document)
    assert html.count("ปรับปรุงทางเดินเท้า") == 4
    assert html.count('<th scope="row" class="number"></th>') == EMPTY_ROWS
    assert "แบบสำหรับกรอกด้วยมือ" in html
    pdf = document_pdf(document, fonts)
    assert pdf == document_pdf(document, fonts)
    assert "แบบจัดทำแผนพัฒนาชุมชน" in squashed("".join(READERS["MuPDF"](pdf)))


def test_the_sheet_of_a_community_without_a_plan_has_no_last_projects() -> None:
    html = document_html(sheet_document(plan(projects=())))
    assert "แผนฉบับก่อน" not in html


def test_what_people_typed_is_escaped() -> None:
    html = document_html(plan_document(plan(resolution="<b>มติ</b>", projects=(project(1, name="<script>"),))))
    assert "<script>" not in html
    assert "<b>มติ" not in html


def test_a_plan_without_projects_says_so_and_prints_no_empty_table() -> None:
    html = document_html(plan_document(plan(projects=())))
    assert "ยังไม่มีโครงการ" in html.replace("\u200b", "")
    assert "ประมาณการ (บาท)" not in html.replace("\u200b", "")


def test_an_amount_of_eight_digits_stays_within_the_page(fonts: FontSet) -> None:
    pdf = document_pdf(plan_document(plan(projects=(project(1, 1, estimate=Decimal("48750019.50")),))), fonts)
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            found = text.search("48,750,019.50").get_next()
            if found is None:
                continue
            _, _, right, _ = text.get_charbox(found[0] + found[1] - 1)
            assert right < page.get_width() - MARGIN
            return
    raise AssertionError("the amount is not on the paper")
