"""Letters of transfer: each district reads its own amount, the list adds up, and all of it can be read back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.digits import to_arabic
from lakthan.core.errors import NotFound
from lakthan.core.money import format_baht, parse_baht
from lakthan.printing.blocks import Table
from lakthan.printing.letters import DEMONSTRATION, letters_html, print_letters
from lakthan.printing.thai_font import FontSet
from lakthan.printing.transfer_letters import (
    Share,
    TransferNotice,
    letter_to_all,
    letters_to_each,
    notice_title,
)
from tests.printing.readers import by_pdftotext_raw, squashed

NOTICE = TransferNotice(
    number="กท 1906/00174",
    issuer="สำนักงบประมาณตัวอย่าง",
    dated=date(2020, 1, 31),
    transferred_on=date(2020, 2, 3),
    fiscal_year=2563,
    purpose="โครงการ <ตัวอย่าง>",
    approver="ปลัดตัวอย่าง",
    acting="",
    shares=(Share("5001", "พระนคร", Decimal("1580.00")), Share("5026", "ดินแดง", Decimal("31600.50"))),
)


def text_of(*letters: object) -> str:
    html = letters_html(letters, "")  # type: ignore[arg-type]
    return html.replace('<span class="term">', "").replace("</span>", "").replace("\u200b", "")


def test_each_district_reads_its_own_amount_in_figures_and_words_and_no_other() -> None:
    first, second = (text_of(letter) for letter in letters_to_each(NOTICE))
    assert "เรียน ผู้อำนวยการเขตพระนคร" in first.replace('<span class="letter-label">', "")
    assert "๑,๕๘๐.- บาท (หนึ่งพันห้าร้อยแปดสิบบาทถ้วน)" in first
    assert "ดินแดง" not in first
    assert "๓๑,๖๐๐.๕๐ บาท" in second
    for letter in (first, second):
        for words in ("กท ๑๙๐๖/๐๐๑๗๔", "๓๑ มกราคม ๒๕๖๓", "เมื่อวันที่ ๓ กุมภาพันธ์ ๒๕๖๓", "ด้วยปลัดตัวอย่าง อนุมัติ"):
            assert words in letter


def test_a_letter_says_who_acted_for_the_approver() -> None:
    acting = "รองปลัดตัวอย่าง ปฏิบัติราชการแทน ตามคำสั่งที่ 1/2563"
    assert f"ด้วยปลัดตัวอย่าง ({acting}) อนุมัติ" in text_of(*letters_to_each(replace(NOTICE, acting=acting)))


def test_what_people_typed_is_escaped_and_the_demonstration_says_what_it_is() -> None:
    said = text_of(letter_to_all(NOTICE))
    assert "&lt;ตัวอย่าง&gt;" in said
    assert DEMONSTRATION not in said
    assert DEMONSTRATION in text_of(letter_to_all(replace(NOTICE, is_demonstration=True)))


def test_the_letter_to_one_district_is_asked_for_by_its_code() -> None:
    assert [share.district for share in NOTICE.to("5026").shares] == ["ดินแดง"]
    assert NOTICE.to("") == NOTICE
    with pytest.raises(NotFound):
        NOTICE.to("5002")


@given(st.lists(st.decimals(min_value=1, max_value=10**9, places=2), min_size=1, max_size=60))
def test_the_list_has_a_row_for_each_district_and_its_last_row_is_their_sum(amounts: list[Decimal]) -> None:
    shares = tuple(Share(f"{5001 + at}", f"เขต {at}", amount) for at, amount in enumerate(amounts))
    letter = letter_to_all(replace(NOTICE, shares=shares))
    (table,) = (block for block in letter.annex[0].blocks if isinstance(block, Table))
    *rows, last = table.groups[0].rows
    listed = [parse_baht(to_arabic(row[-1].text)) for row in rows]
    assert listed == amounts
    assert parse_baht(to_arabic(last[-1].text)) == sum(listed)
    assert format_baht(sum(amounts, Decimal(0))) in to_arabic(" ".join(letter.opening))


def test_every_letter_and_the_list_can_be_read_back(fonts: FontSet) -> None:
    pdf = print_letters(letters_to_each(NOTICE), notice_title(NOTICE), fonts)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 2
        assert str(document.docinfo["/Title"]) == "แจ้งโอนงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. ๒๕๖๓ ที่ กท 1906/00174"
    whole = squashed("".join(by_pdftotext_raw(print_letters([letter_to_all(NOTICE)], notice_title(NOTICE), fonts))))
    for words in ("๒๕๐๒๖ดินแดง๓๑,๖๐๐.๕๐", "รวม๒สำนักงานเขต๓๓,๑๘๐.๕๐", "บัญชีรายละเอียดการโอนงบประมาณ"):
        assert words in whole
