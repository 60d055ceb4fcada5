"""Letters to communities: what they say, each on a page of its own, and that the text can be read back."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from lakthan.printing.decision_letters import Letter, decision_letters, letters_title
from lakthan.printing.letter_words import Decision
from lakthan.printing.letters import DEMONSTRATION, letters_html, print_letters
from lakthan.printing.thai_font import built_fonts
from lakthan.rules.after_decision import Terms

INCLUDED = Decision(
    name="ปรับปรุงทางเดินเท้า",
    plan_on=date(2019, 5, 1),
    included=True,
    effective_on=date(2020, 2, 14),
    document="บันทึก 5001/2563-01",
    terms=Terms(3, Decimal(120000)),
)
DECLINED = Decision(
    name="ฝึกอาชีพ <เสริม>",
    plan_on=date(2019, 5, 1),
    included=False,
    effective_on=date(2020, 2, 14),
    document="รายงานการประชุม 1",
    terms=Terms(reason="งบประมาณจัดสรรครบแล้ว"),
)
LETTER = Letter(
    district="ดินแดง",
    community="ชุมชนสาธิต 1",
    fiscal_year=2563,
    decisions=(INCLUDED, DECLINED),
    number="กท 5037/12",
    on=date(2020, 2, 20),
    ask_days=30,
    ask_until=date(2020, 3, 21),
)


def text_of(*letters: Letter) -> str:
    """The document that the setter makes the PDF of."""
    return letters_html(decision_letters(letters), letters_title(letters))


def test_a_letter_names_number_day_office_decisions_and_how_to_ask_again() -> None:
    said = text_of(LETTER).replace('<span class="term">', "").replace("</span>", "").replace("\u200b", "")
    for words in (
        "กท ๕๐๓๗/๑๒",
        "๒๐ กุมภาพันธ์ ๒๕๖๓",
        "ผู้อำนวยการเขตดินแดง",
        "งบประมาณจัดสรรครบแล้ว",
        "๑๒๐,๐๐๐",
        "๒๑ มีนาคม ๒๕๖๓",
    ):
        assert words in said
    assert "ชุมชนสาธิต 1" in said, "names are left as the community writes them"
    assert DEMONSTRATION not in said


def test_what_is_typed_by_people_is_escaped() -> None:
    assert "<เสริม>" not in text_of(LETTER)
    assert "&lt;เสริม&gt;" in text_of(LETTER)


def test_a_letter_without_number_and_day_has_room_to_write_them_in() -> None:
    said = text_of(replace(LETTER, number=None, on=None, ask_until=None))
    assert said.count("letter-blank") == text_of(LETTER).count("letter-blank") + 2
    assert "คือภายในวันที่" not in said


@pytest.mark.parametrize(("decisions", "asks", "works"), [((INCLUDED,), False, True), ((DECLINED,), True, False)])
def test_a_letter_says_what_concerns_its_decisions(decisions: tuple[Decision, ...], asks: bool, works: bool) -> None:
    said = text_of(replace(LETTER, decisions=decisions))
    assert ("ขอให้พิจารณาใหม่ได้หนึ่งครั้ง" in said) is asks
    assert ("ยืนยันผลงาน" in said) is works


MENDED = replace(INCLUDED, before=Terms(2, Decimal(90000)))
OTHER_REASON = replace(DECLINED, before=Terms(reason="ที่ดินเป็นของเอกชน"))
WITHDRAWN = replace(
    INCLUDED,
    before=INCLUDED.terms,
    terms=replace(INCLUDED.terms, is_withdrawn=True),
    ended_on=date(2020, 3, 2),
    end_reason="เจ้าของที่ดินไม่ยินยอม",
)


@pytest.mark.parametrize(
    ("decisions", "subject", "says"),
    [
        ((INCLUDED, DECLINED), "เรื่อง แจ้งผลการพิจารณา", "ขอแจ้งผลดังนี้"),
        ((MENDED,), "เรื่อง แจ้งแก้ไขผลการพิจารณา", "แก้ไขจากที่แจ้งไว้ว่า “บรรจุในแผนเป็นลำดับที่ ๒ วงเงิน ๙๐,๐๐๐.- บาท”"),
        (
            (OTHER_REASON,),
            "เรื่อง แจ้งแก้ไขผลการพิจารณา",
            "จากที่แจ้งไว้ว่า “ที่ดินเป็นของเอกชน” เป็น “งบประมาณจัดสรรครบแล้ว”",
        ),
        ((WITHDRAWN,), "เรื่อง แจ้งยกเลิกผลการพิจารณา", "ยกเลิกมติตั้งแต่วันที่ ๒ มีนาคม ๒๕๖๓ เนื่องจากเจ้าของที่ดินไม่ยินยอม"),
        ((WITHDRAWN, DECLINED), "เรื่อง แจ้งผลและแก้ไขผลการพิจารณา", "ขอแจ้งผลและการแก้ไขผลที่แจ้งไว้"),
    ],
)
def test_a_letter_says_what_was_mended_or_withdrawn_and_what_was_told_before(
    decisions: tuple[Decision, ...], subject: str, says: str
) -> None:
    said = re.sub(r"<[^>]*>|\u200b", "", text_of(replace(LETTER, decisions=decisions)))
    assert subject in said
    assert says in said


def test_a_letter_about_a_withdrawal_asks_for_nothing_and_says_what_comes() -> None:
    said = text_of(replace(LETTER, decisions=(WITHDRAWN,)))
    assert "ขอให้พิจารณาใหม่ได้หนึ่งครั้ง" not in said
    assert "ยืนยันผลงาน" not in said
    assert "จะแจ้งให้ทราบต่อไป" in said


def test_the_demonstration_says_what_it_is() -> None:
    assert DEMONSTRATION in text_of(replace(LETTER, is_demonstration=True))


def test_each_letter_has_a_page_and_its_text_can_be_read_back(tmp_path: Path) -> None:
    other = replace(LETTER, community="หมู่บ้านตัวอย่าง")
    letters = [LETTER, other]
    pdf = print_letters(decision_letters(letters), letters_title(letters), built_fonts(tmp_path / "fonts"))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 2
    (tmp_path / "letters.pdf").write_bytes(pdf)
    command = ["pdftotext", "-raw", str(tmp_path / "letters.pdf"), "-"]
    read = subprocess.run(command, check=True, capture_output=True).stdout.decode()  # noqa: S603 - our own file
    assert "ประธานกรรมการชุมชนหมู่บ้านตัวอย่าง" in read
    assert "ขอแสดงความนับถือ" in read
    assert "เรื่อง แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน ปีงบประมาณ พ.ศ. ๒๕๖๓" in read
