"""Nothing of a report is ever lost, whatever was done to its text."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lakthan.core.digits import to_arabic
from lakthan.exchange.printed_report import FIELD_NAMES, NotAReport, PrintedReport, read_report, uncovered
from lakthan.exchange.printed_report.form import FURNITURE
from tests.exchange.samples import SAMPLE, SAMPLE_PLAN, TICKED, form

LINES = SAMPLE.decode().split("\n")
BASE = read_report(SAMPLE, SAMPLE_PLAN)
DECORATION = ("", "  ", "- 2 -", "หน้า 2/3", "\f", "Page 2 of 3")

noise = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ก่้ัํำาะเแๅ๒3.-?()[]: ๆฯ\u200b\u00a0*\\", max_size=30),
    st.sampled_from(
        [
            "2. ข้อที่สอง",
            "7. ปัจจัยสนับสนุนการดำเนินงาน :",
            "(6.2) ไตรมาสที่ 2 :",
            "ย่อย : มิติที่ 9.1 - อื่น",
            ":: ",
            "- รายการ",
            "ผลงานที่ทำได้ = 3",
            "ขอรับรองว่า ไม่จริง",
            "(.....)",
            *DECORATION,
        ]
    ),
)
line_numbers = st.integers(0, len(LINES) - 1)


def read_or_refuse(text: str) -> PrintedReport | None:
    """The report, from which nothing may be missing, or None where it was refused."""
    try:
        report = read_report(text.encode(), SAMPLE_PLAN)
    except NotAReport:
        return None
    assert uncovered(report.text, report) == ()
    return report


@pytest.mark.parametrize("sample", [SAMPLE, TICKED, form()], ids=["sample", "ticked", "short"])
def test_every_character_is_in_a_field_or_in_named_furniture(sample: bytes) -> None:
    report = read_report(sample)
    assert uncovered(report.text, report) == ()
    assert "".join(report.text[piece.start : piece.end] for piece in report.pieces) == sample.decode()
    assert {piece.place for piece in report.pieces} <= FIELD_NAMES.keys() | FURNITURE.keys()


def bare(texts: tuple[str, ...]) -> str:
    """The words without white space and item numbers, quotes and digits as they may be typed."""
    unnumbered = (re.sub(r"^\d{1,2}[.)]", "", text) for text in texts)
    return to_arabic("".join("".join(unnumbered).split())).translate(str.maketrans("“”", "??"))


@pytest.mark.parametrize("number", range(len(LINES)))
def test_deleting_a_line_is_refused_by_name_or_takes_only_the_words_of_that_line(number: int) -> None:
    deleted = LINES[number]
    report = read_or_refuse("\n".join(LINES[:number] + LINES[number + 1 :]))
    if report is None:
        assert re.match(r"- \(6|[*(\d]|ร้อยละ|ตำแหน่ง", deleted)
        return
    assert report.doubtful
    for place, texts in BASE.texts().items():
        before, after = bare(texts), bare(report.texts()[place])
        start = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(after))
        gone = before[start : start + len(before) - len(after)]
        assert before == after[:start] + gone + after[start:]
        assert Counter(gone) <= Counter(bare((deleted,)))


@pytest.mark.parametrize("number", [number for number, line in enumerate(LINES) if not line.strip()])
def test_deleting_a_blank_line_changes_no_field(number: int) -> None:
    report = read_report("\n".join(LINES[:number] + LINES[number + 1 :]).encode(), SAMPLE_PLAN)
    assert report.texts() == BASE.texts()


@given(line_numbers, st.sampled_from(DECORATION))
def test_page_decoration_anywhere_changes_no_field(number: int, decoration: str) -> None:
    report = read_or_refuse("\n".join([*LINES[:number], decoration, *LINES[number:]]))
    assert report is not None
    assert report.texts() == BASE.texts()
    assert report.plan_links == BASE.plan_links


@given(st.lists(st.tuples(line_numbers, noise), max_size=4))
@example([(9, "7. ปัจจัยสนับสนุนการดำเนินงาน :")])
@example([(30, "\u200b"), (30, "่"), (30, "\u200b1.ก")])
@example([(68, "-"), (69, "- - x"), (70, "--5")])
def test_inserted_lines_are_never_lost(insertions: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for number, line in insertions:
        lines.insert(number, line)
    read_or_refuse("\n".join(lines))


@given(st.integers(0, len(SAMPLE)), st.text(max_size=5))
def test_characters_inserted_anywhere_are_never_lost(place: int, inserted: str) -> None:
    text = SAMPLE.decode()
    place = min(place, len(text))
    read_or_refuse(text[:place] + inserted + text[place:])


@given(st.permutations(LINES))
@settings(max_examples=30)
def test_lines_in_any_order_are_refused_or_read_without_loss(lines: list[str]) -> None:
    read_or_refuse("\n".join(lines))


@given(st.lists(line_numbers, max_size=6, unique=True))
def test_deleting_several_lines_never_crashes_nor_loses(numbers: list[int]) -> None:
    read_or_refuse("\n".join(line for number, line in enumerate(LINES) if number not in numbers))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_both_languages(data: bytes) -> None:
    with pytest.raises(NotAReport) as refused:
        read_report(data)
    assert refused.value.th
    assert "\n" not in refused.value.en


@given(st.integers(0, len(SAMPLE)))
def test_a_file_cut_before_the_signature_block_is_refused_by_name(length: int) -> None:
    cut = SAMPLE[: min(length, SAMPLE.index("ลงชื่อ".encode()))]
    with pytest.raises(NotAReport):
        read_report(cut)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n\n", " \n", "\n\f"])
def test_the_kind_of_line_end_changes_no_field(line_end: str) -> None:
    report = read_or_refuse(SAMPLE.decode().replace("\n", line_end))
    assert report is not None
    assert report.texts() == BASE.texts()


def test_the_proof_of_coverage_finds_a_gap_a_false_furniture_and_a_lost_word() -> None:
    report = BASE
    gap = replace(report, pieces=report.pieces[:5] + report.pieces[6:])
    assert "" in {piece.place for piece in uncovered(report.text, gap)}
    swallowed = tuple(replace(piece, place="blank") if piece.place == "method" else piece for piece in report.pieces)
    assert "blank" in {piece.place for piece in uncovered(report.text, replace(report, pieces=swallowed))}
    forgotten = replace(report, method=(report.method[0][:-1],))
    assert {piece.place for piece in uncovered(report.text, forgotten)} == {"method"}
