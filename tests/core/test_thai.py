import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lakthan.core.thai import REASON_NAMES, Change, Normalised, Reason, district_name, fold, normalise
from tests.shared_data import shared_data

# Letters, marks and invisible characters that the rules speak of, thick with the combinations that random text misses.
TANGLED = st.text(
    alphabet="กนสธรฯๆะาำเแใัิีุู็่้๊๋์ํฺ\u200b\u200c\u200f\u2060\ufeff\u00a0\u202f \n1aé\u0301\u0323\u0327\u1100\u1161\u11a8",
    max_size=12,
)


@pytest.mark.parametrize(
    ("typed", "expected", "reason"),
    [
        ("สํานัก", "สำนัก", Reason.SARA_AM),
        ("น\u0e49\u0e4d\u0e32", "น้ำ", Reason.SARA_AM),  # tone, nikhahit, sara aa
        ("น\u0e4d\u0e49\u0e32", "น้ำ", Reason.SARA_AM),  # nikhahit, tone, sara aa
        ("น\u0e33\u0e49", "น้ำ", Reason.MARK_ORDER),  # sara am, tone
        ("น\u0e32\u0e49", "น้า", Reason.MARK_ORDER),
        ("เเขวง", "แขวง", Reason.DOUBLED_SARA_E),
        ("ท\u0e48\u0e35", "ที่", Reason.MARK_ORDER),
        ("ผ\u0e39\u0e49\u0e49", "ผู้", Reason.DUPLICATE_MARK),
        ("น\u0e34\u0e34เวศน์", "นิเวศน์", Reason.DUPLICATE_MARK),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์", Reason.MARK_ORDER),
        ("พันธ\u0e4c\u0e38", "พันธุ์", Reason.MARK_ORDER),
        ("\u0e48กา", "กา", Reason.STRAY_MARK),
        ("ส \u0e48วน", "ส วน", Reason.STRAY_MARK),
        ("แถว\n\u0e31\u0e49ใหม่", "แถว\nใหม่", Reason.STRAY_MARK),
        ("ชุมชน\u200bวัด", "ชุมชนวัด", Reason.ZERO_WIDTH),
        ("ก\u200cข", "กข", Reason.ZERO_WIDTH),
        ("\ufeffเขต", "เขต", Reason.ZERO_WIDTH),
        ("พ.ศ.\u00a02563", "พ.ศ. 2563", Reason.NO_BREAK_SPACE),
        ("cafe\u0301", "café", Reason.NFC),
        ("\u1112\u1161\u11ab", "한", Reason.NFC),
    ],
)
def test_what_has_one_reading_is_mended_and_named(typed: str, expected: str, reason: Reason) -> None:
    normalised = normalise(typed)
    assert normalised.text == expected
    assert [change.reason for change in normalised.changes] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2100-0001",
        "ร้อยละของสำนักงานเขตที่นำโครงการบรรจุไว้ในแผน",
        "กรุงเทพฯ",
        "ต่าง ๆ ฯลฯ",
        "น้ำ สิทธิ์ พันธุ์ ศักดิ์ เปี๊ยก ก็ ฤๅ",
        "ข่\u0e49าว",  # two tones: which one was meant is not ours to say
        "หงสร\u0e4c\u0e31ตน",  # the thanthakhat belongs to the letter before
        "เขารวมประชุม ออกรายงานประมาณ",  # doubtful words of the reference report
        "?ร้อยละ 80?",
        "👨\u200d👩\u200d👧",
    ],
)
def test_what_is_in_order_or_merely_doubtful_is_left_as_typed(text: str) -> None:
    assert normalise(text) == Normalised(text, ())


@pytest.mark.parametrize("invisible", list("\u200b\u200c\u200e\u200f\u2060\ufeff"), ids=ascii)
def test_invisible_characters_vanish_even_from_inside_a_letter(invisible: str) -> None:
    assert normalise(f"ท{invisible}ี่").text == "ที่"


@pytest.mark.parametrize("space", list("\u00a0\u2007\u202f"), ids=ascii)
def test_every_no_break_space_becomes_an_ordinary_one(space: str) -> None:
    assert normalise(f"ร้อยละ{space}86").text == "ร้อยละ 86"


def test_a_change_tells_the_whole_letter_before_and_after_and_where_it_stood() -> None:
    assert normalise("ณ สํานักงานเเขวง").changes == (
        Change(2, "สํา", "สำ", Reason.SARA_AM),
        Change(11, "เเ", "แ", Reason.DOUBLED_SARA_E),
    )


def test_where_several_rules_apply_to_one_letter_the_first_is_named() -> None:
    assert normalise("น\u200b\u0e4d\u0e49\u0e32").changes == (
        Change(0, "น\u200b\u0e4d\u0e49\u0e32", "น้ำ", Reason.ZERO_WIDTH),
    )


@given(TANGLED | st.text())
@example("\ufeff\u0e48\u0e34ก")
@example("เเเเ")
@example("\u00a0\u0323\u0e48")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once) == Normalised(once, ())


@given(TANGLED | st.text())
def test_normalised_text_is_in_nfc(text: str) -> None:
    assert unicodedata.is_normalized("NFC", normalise(text).text)


@given(TANGLED | st.text())
def test_putting_the_changes_into_the_original_gives_the_normalised_text(text: str) -> None:
    normalised = normalise(text)
    pieces, place = [], 0
    for change in normalised.changes:
        assert change.offset >= place
        assert text.startswith(change.before, change.offset)
        assert change.after != change.before
        pieces += [text[place : change.offset], change.after]
        place = change.offset + len(change.before)
    assert "".join([*pieces, text[place:]]) == normalised.text


@given(TANGLED)
def test_no_consonant_is_ever_lost_or_added(text: str) -> None:
    consonants = [character for character in text if "ก" <= character <= "ฮ"]
    assert [character for character in normalise(text).text if "ก" <= character <= "ฮ"] == consonants


def test_every_reason_has_a_thai_and_an_english_name() -> None:
    assert set(REASON_NAMES) == set(Reason)
    assert all(thai and english for thai, english in REASON_NAMES.values())


def test_the_reference_report_needs_no_mending() -> None:
    text = shared_data("seed_report.txt").read_text("utf-8")
    assert normalise(text).changes == ()


def test_names_are_the_same_however_they_are_spaced_digited_and_typed() -> None:
    assert fold("  ชุมชนหมู่บ้าน  ๑ ") == fold("ชุมชนหมู่บ้าน 1")
    assert fold("สํานักการเเพทย์") == fold("สำนักการแพทย์")
    assert fold("Bang  RAK") == fold("bang rak")
    assert fold("วัดราชบพิธ 1") != fold("วัดราชบพิธ 2")


@given(TANGLED | st.text())
def test_a_folded_name_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("สำนักงานเขตพระนคร", "พระนคร"),
        ("สํานักงานเขต พระนคร ", "พระนคร"),
        ("สนง.เขตพระนคร", "พระนคร"),
        ("เขตบางเขน", "บางเขน"),
        ("บางเขน", "บางเขน"),
        ("เขต", "เขต"),
        ("สำนักงานเขต ", "สำนักงานเขต"),
    ],
)
def test_a_district_is_known_by_its_name_alone(typed: str, expected: str) -> None:
    assert district_name(typed) == expected
