"""What can be taken out of a report unseen: counted exactly, so that the count in the documentation stays true."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lakthan.exchange.printed_report import NotAReport, PlanNodeText, read_report, uncovered
from tests.exchange.deleting import without_sign
from tests.exchange.samples import SAMPLE, SAMPLE_PLAN
from tests.exchange.test_printed_report_seed import plan
from tests.shared_data import shared_data

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "printed-report.md").read_text(encoding="utf-8")

QUIRKS = {
    "a line that ends with two spaces": r"  $",
    "stars of a conversion": r"\*\*\\\*\\\*",
    "an indicator name on the next line": r"^1\. ชื่อตัวชี้วัด :\s*\n[ก-๎]",
    "boxes without marks": r"ระดับความสำเร็จ :  ผลผลิต \(Output\)  ผลลัพธ์ \(Outcome\)",
    "labels of the form and names of levels": r"^ประเด็นยุทธศาสตร์ : ด้านที่ [๐-๙] - .* : [A-Z].*\n-+ ย่อย : มิติที่ [๐-๙.]+",
    "a goal cut at 99 characters": r"^เป้าประสงค์ที่ : (?=.{99}$)เป้าหมายที่ [๐-๙.]+",
    "four definitions": r"^:: - .*(?:\n- .*){3}\n",
    "a double negative": r"ไม่มี\S*ที่ไม่สามารถ",
    "a letter for times, and one year or another": r"2563 หรือ 2564 X 100\)",
    "a colon before the result": r"^: ผลงานที่ทำได้ =",
    "text on the heading's line that ends after a date": r"^\(6\.1\) .* : วันที่ .* 25\d\d\s*\n",
    "events parted by strokes": r" / วันที่ ",
    "a number in mixed digits": r"\d\d\.๓0",
    "a doubtful spelling": r"เขารวม",
    "a sentence told ahead": r"^ก่อน.* มกราคม 256",
    "a floor and a house number": r"ชั้น \d+ .*กทม\.2",
    "a heading with a dash": r"^- \(6\.2\)",
    "items whose dash touches": r"^-[ก-๎]",
    "a supplement over a page end": r"\[[^\]]* ณ\n\nเดือน[^\]]*\d\]$",
    "items run together": r"\(6\.3\) .* : 1\..*\d\) 2\..*\) 3\..*ร้อยละ \d+ 4\.",
    "another doubtful spelling": r"ออกรายงานประมาณ",
    "a year in Thai digits beside one in Arabic": r"พ\.ศ\.๒๕๖๓-2564",
    "the next step after a list": r"^ขณะนี้.*\n\nทางกอง",
    "a fourth quarter over two lines": r"^\(6\.4\) .*\n\nโดยจำแนก",
    "a summary over three lines with lost quotes": r"^:: ตัวชี้วัด\n\n\?.*\? ค่าเป้าหมาย \?.*\?\n\nสรุปผล",
    "obstacles run together": r"ก่อน[A-Z].*\n\nทำให้.*ได้สำนักงานเขต",
    "evidence that looks like a heading": r"^:: 1\. .*\n\n2\. .*\n\n3\. .*\n\n4\. ",
    "COVID-19": r"COVID-19",
    "the number of a letter": r"กท \d{4}/00\d{3}",
    "a signature of five dots without a date": r"^ลงชื่อ\.{5}\(ผู้รายงานข้อมูล\)\n\n\(\.{5}\)\n\nตำแหน่ง \.{5}\s*\Z",
}
"""Everything that REFERENCE-REPORT says of the reference report, as it stands in a text."""


def reference() -> str:
    return shared_data("seed_report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_sample_has_every_quirk_of_the_reference_report(quirk: str) -> None:
    assert re.search(QUIRKS[quirk], SAMPLE.decode(), re.MULTILINE)


@pytest.mark.parametrize("quirk", QUIRKS)
def test_the_reference_report_has_the_quirks_that_the_sample_imitates(quirk: str) -> None:
    assert re.search(QUIRKS[quirk], reference(), re.MULTILINE)


def unseen(section: str) -> list[int]:
    """The lines that the page lists for the sample or the reference report."""
    (row,) = re.findall(rf"^\| {section} \| (\d+) \| ([\d, ]+) \|", PAGE, re.MULTILINE)
    lines = [int(number) for number in row[1].split(",")]
    assert len(lines) == int(row[0])
    return lines


def test_the_lines_of_the_sample_that_can_go_unseen_are_those_of_the_page() -> None:
    assert list(without_sign(SAMPLE.decode(), SAMPLE_PLAN)) == unseen("the sample")


def test_the_lines_of_the_reference_report_that_can_go_unseen_are_those_of_the_page() -> None:
    assert list(without_sign(reference(), plan())) == unseen("the reference report")


def read_what_is_left(text: str, numbers: Sequence[int], nodes: Sequence[PlanNodeText]) -> None:
    left = "\n".join(line for number, line in enumerate(text.split("\n")) if number not in numbers)
    try:
        report = read_report(left.encode(), nodes)
    except NotAReport:
        return
    assert report.text == left
    assert uncovered(left, report) == ()


@given(st.lists(st.integers(0, 90), max_size=12, unique=True))
@settings(max_examples=60)
def test_the_reference_report_without_some_lines_is_refused_or_read_without_loss(numbers: list[int]) -> None:
    read_what_is_left(reference(), numbers, plan())


@given(st.integers(0, 90), st.integers(1, 40))
@settings(max_examples=60)
def test_the_reference_report_without_a_stretch_is_refused_or_read_without_loss(start: int, length: int) -> None:
    read_what_is_left(reference(), range(start, start + length), plan())
