"""What is not a printed report is refused in one sentence of each language that names what is missing."""

from contextlib import suppress
from time import process_time

import pytest

from lakthan.exchange.printed_report import NotAReport, RepairKind, read_report
from lakthan.exchange.printed_report.decoding import LARGEST_FILE
from lakthan.exchange.printed_report.form import HEADINGS, PLAN_HEADING, Heading
from tests.exchange.samples import SAMPLE, TICKED, form

THAI_PROSE = "วันนี้ฝนตกหนักตั้งแต่เช้า น้ำท่วมถนนหน้าบ้านจนรถวิ่งไม่ได้ " * 5
REQUIRED = [heading for heading in HEADINGS if heading is not PLAN_HEADING]


def refusal(data: bytes) -> NotAReport:
    with pytest.raises(NotAReport) as refused:
        read_report(data)
    assert "\n" not in refused.value.th + refused.value.en
    return refused.value


@pytest.mark.parametrize(
    ("data", "th", "en"),
    [
        (b"", "ไฟล์ว่างเปล่า", "the file is empty"),
        (b" \n\r\n\t\f", "ไฟล์ว่างเปล่า", "the file is empty"),
        ("\ufeff\n".encode(), "ไฟล์ว่างเปล่า", "the file is empty"),
        (b"%PDF-1.7\n...", "ไฟล์ PDF", "a PDF file, not text"),
        (b"PK\x03\x04...", "Word, Excel หรือ ZIP", "a Word, Excel or ZIP file, not text"),
        (b"\x89PNG\r\n\x1a\n", "ไฟล์ภาพ", "a picture, not text"),
        (b"ab\x00cd", "ไฟล์ไบนารี", "a binary file, not text"),
        (b"\x01\x02\x03 abc", "ไฟล์ไบนารี", "a binary file, not text"),
        (b"\xff\xfeA", "ไฟล์ไบนารี", "neither UTF-8 nor TIS-620"),
        (b"line\nline \xff\xdb\n", "บรรทัดที่ 2", "line 2"),
        (b"An annual report in English, with 86 percent.", "ไม่พบข้อความภาษาไทย", "no Thai text"),
        ("1. 指标名称：社区计划".encode(), "ไม่พบข้อความภาษาไทย", "no Thai text"),
        (b"12345 67890", "ไม่พบข้อความภาษาไทย", "no Thai text"),
        (THAI_PROSE.encode(), "ไม่พบหัวข้อ “1. ชื่อตัวชี้วัด” ถึง “9. หลักฐานอ้างอิง”", "not a Part-2 report"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, th: str, en: str) -> None:
    refused = refusal(data)
    assert en in refused.en
    if "neither" not in en:
        assert th in refused.th


def test_a_file_over_the_limit_is_refused_without_being_read() -> None:
    assert f"{LARGEST_FILE + 1:,}" in refusal(b"\xe0" * (LARGEST_FILE + 1)).en
    assert "5,000,000" in refusal(bytes(5_000_000)).th


@pytest.mark.parametrize("heading", REQUIRED, ids=lambda heading: heading.number)
def test_a_missing_heading_is_named_in_both_languages(heading: Heading) -> None:
    name_th, name_en = heading.name_th, heading.name_en
    start = name_th.split(" ", 1)[0]
    lines = [line for line in form().decode().split("\n") if not line.startswith(f"{start} ")]
    refused = refusal("\n".join(lines).encode())
    assert f"“{name_th}”" in refused.th
    assert f"section {name_en}" in refused.en


def test_a_heading_needs_its_words_and_not_only_its_number() -> None:
    assert "4 method of calculation" in refusal(form().replace("4. วิธีการคำนวณ :".encode(), "4. วิธี :".encode())).en


def test_a_heading_needs_its_order() -> None:
    text = form().decode()
    factors, obstacles = "7. ปัจจัยสนับสนุนการดำเนินงาน :", "8. อุปสรรคต่อการดำเนินงาน :"
    swapped = text.replace(factors, "#").replace(obstacles, factors).replace("#", obstacles)
    assert "section 8 obstacles" in refusal(swapped.encode()).en


def test_a_cut_file_names_the_first_missing_sections_and_counts_the_rest() -> None:
    refused = refusal(SAMPLE[: SAMPLE.index(b"(6.2)")])
    assert "section 6.2 quarter 2, section 6.3 quarter 3" in refused.en
    assert "and 4 more" in refused.en
    assert "“(6.2) ไตรมาสที่ 2”" in refused.th


def test_a_file_cut_after_its_last_section_lacks_the_signature_block() -> None:
    refused = refusal(SAMPLE[: SAMPLE.index("ลงชื่อ".encode())])
    assert "the signature block at its end" in refused.en
    assert "ช่องลงชื่อท้ายรายงาน" in refused.th


@pytest.mark.parametrize("end", ["ลงชื่อ.....(ผู้รายงานข้อมูล)", "ลงชื่อ.....\n(.....)", "ลงชื่อ.....\n(.....)\nตำแหน่ง"])
def test_a_file_cut_in_the_signature_block_lacks_its_last_line(end: str) -> None:
    refused = refusal(form(end=end))
    assert "the line ตำแหน่ง that ends the signature block" in refused.en
    assert "บรรทัด “ตำแหน่ง” ท้ายช่องลงชื่อ" in refused.th


def test_a_file_cut_inside_a_character_is_cut_and_not_in_another_encoding() -> None:
    assert "section 6.2 quarter 2" in refusal(SAMPLE[: SAMPLE.index(b"\n- (6.2)") - 1]).en
    assert "the last character of the file" in refusal(SAMPLE.rstrip() + "ก".encode()[:-1]).en


def test_a_report_that_names_no_indicator_is_refused_with_its_line() -> None:
    refused = refusal(form(name=""))
    assert "line 1 names no indicator" in refused.en
    assert "บรรทัดที่ 1 ไม่มีชื่อตัวชี้วัด" in refused.th


@pytest.mark.parametrize("encoding", ["cp874", "utf-16-le", "utf-16-be"])
def test_other_encodings_give_the_same_fields_and_say_so(encoding: str) -> None:
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    report = read_report((mark + SAMPLE.decode()).encode(encoding))
    assert report.texts() == read_report(SAMPLE).texts()
    assert (report.encoding, report.repaired[0].kind) == (encoding, RepairKind.ENCODING)


def test_a_byte_order_mark_is_furniture_and_no_repair() -> None:
    report = read_report(b"\xef\xbb\xbf" + SAMPLE)
    assert report.pieces[0].place == "byte order mark"
    assert report.repaired == tuple(r for r in report.repaired if r.kind is not RepairKind.ENCODING)
    assert report.texts() == read_report(SAMPLE).texts()


@pytest.mark.parametrize(
    "texts",
    [
        {"q1": "*" * 60_000 + "ก"},
        {"q1": "3. คำนิยาม" + "*" * 60_000 + "ก"},
        {"target": "75" + " " * 60_000 + "ก"},
        {"end": "ขอรับรองว่า" + "*" * 60_000 + "ก\nลงชื่อ" + " " * 60_000 + "ก" + "\nตำแหน่ง ก"},
        {"level": "( " * 30_000},
        {"q3": "-" * 60_000 + "1"},
        {"plan": "ย่อย : " + "ก " * 30_000},
        {"obstacles": "?ก" * 30_000},
    ],
    ids=lambda texts: next(iter(texts)),
)
def test_long_runs_of_signs_are_read_in_linear_time(texts: dict[str, str]) -> None:
    start = process_time()
    read_report(form(**texts))
    assert process_time() - start < 3


def test_two_reports_in_one_file_are_refused_and_the_second_is_named() -> None:
    refused = refusal(form() + TICKED)
    assert f"another begins in line {len(form().splitlines()) + 1};" in refused.en
    assert "โปรดแยกเป็นไฟล์ละหนึ่งฉบับ" in refused.th


@pytest.mark.parametrize(
    "data",
    [
        form().replace("เริ่มตรวจ".encode(), "เริ่ม\n".encode() * 10_000),
        "ก\n".encode() * 60_000,
        form(q1="20 มกราคม 2564 จำนวน 7 " * 4_000),
        SAMPLE * 10,
    ],
    ids=["a report with many lines", "many lines", "many dates", "a report many times"],
)
def test_the_largest_files_are_answered_in_a_few_seconds(data: bytes) -> None:
    assert len(data) < LARGEST_FILE
    start = process_time()
    with suppress(NotAReport):
        read_report(data)
    assert process_time() - start < 5
