import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.printing.no_break import LONGEST, may_break_between, split_terms

NAMES = ("สำนักงานเขตดินแดง", "ลาดพร้าว")


def terms(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [piece for piece, whole in split_terms(text, names) if whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ของกรุงเทพมหานครมี", ["กรุงเทพมหานคร"]),
        ("เมื่อ พ.ศ. 2563 นั้น", ["พ.ศ. 2563"]),
        ("ปีงบประมาณ พ.ศ.๒๕๖๓-2564 จำนวน", ["พ.ศ.๒๕๖๓-2564"]),
        ("คิดเป็นร้อยละ 57.16 และ", ["ร้อยละ 57.16"]),
        ("ลงวันที่ 31 มกราคม 2563.", ["วันที่ 31 มกราคม 2563"]),
        ("ณ เดือนมกราคม 2563 มี", ["ณ เดือนมกราคม 2563"]),
        ("วันที่ ๓๑ ม.ค. ๒๕๖๓", ["วันที่ ๓๑ ม.ค. ๒๕๖๓"]),
        ("เวลา 08.30 - 16.30 น. ณ", ["08.30 - 16.30 น."]),
        ("เงิน 3,267,440.-บาท /", ["3,267,440.-บาท"]),
        ("มีจำนวน 10 สำนักงานเขต ประกอบด้วย", ["จำนวน 10 สำนักงานเขต"]),
        ("ยกเว้นสำนักงานเขตดินแดงและลาดพร้าว", ["สำนักงานเขตดินแดง", "ลาดพร้าว"]),
        ("ไตรมาสที่ 3 ข้อ", ["ไตรมาสที่ 3"]),
        ("หนังสือ กท 1906/00174 ลง", ["กท 1906/00174"]),
        ("ไม่มีอะไรต้องคง", []),
    ],
)
def test_terms_stay_whole(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_the_longest_name_wins() -> None:
    names = ("ลาดพร้าว", "สำนักงานเขตลาดพร้าว")
    assert terms("สำนักงานเขตลาดพร้าว", names) == ["สำนักงานเขตลาดพร้าว"]


def test_a_name_is_not_cut_out_of_a_longer_syllable() -> None:
    assert terms("ยานี", ("ยาน",)) == []
    assert terms("เขตบางรัก", ("บางรัก",)) == ["บางรัก"]


def test_a_name_too_long_for_a_line_may_break() -> None:
    assert terms("ก" * (LONGEST + 1), ("ก" * (LONGEST + 1),)) == []


def test_a_line_may_break_beside_a_term_only_between_letters() -> None:
    assert may_break_between("ของ", "กรุงเทพมหานคร")
    assert not may_break_between("(", "ร้อยละ 34")
    assert not may_break_between("", "กรุงเทพมหานคร")
    assert not may_break_between("จำนวน ", "10 คน")


@given(st.text(alphabet="กขงจชดตนบปมยรลวสหอัิีื่้ำาเ 0123456789.,-()๑๒๓ร้อยละกรุงเทพมหานครพ.ศ.มกราคม", max_size=80))
def test_the_pieces_make_up_the_text(text: str) -> None:
    pieces = list(split_terms(text, NAMES))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
