from dataclasses import replace
from datetime import date

import pytest

from lakthan.core.figure import NoValue
from lakthan.printing.composition import Block, BlockKind, Composition, Section, compose
from lakthan.printing.form import (
    REASON_WORDS,
    STATE_WORDS,
    computed_sentence,
    running_head,
    state_mark,
    target_sentence,
)
from lakthan.printing.paper import ComputedFigure, Level, PaperState, QuarterPart, Signature, paragraphs
from tests.printing.samples import computed, money_figure, year_paper


def section(composition: Composition, heading: str) -> Section:
    return next(part for part in composition.sections if part.heading.startswith(heading))


def lines(part: Section, kind: BlockKind) -> list[str]:
    return [line for block in part.blocks if block.kind is kind for line in block.lines]


def test_the_sections_stand_in_the_order_of_the_form() -> None:
    starts = [part.heading.split()[0] for part in compose(year_paper()).sections]
    assert starts == ["1.", "2.", "3.", "4.", "5.", "6.", "(6.1)", "(6.2)", "(6.3)", "(6.4)", "(6.5)", "7.", "8.", "9."]


def test_the_paper_closes_with_certification_line_of_part_2_and_signature() -> None:
    kinds = [block.kind for block in compose(year_paper()).closing]
    assert kinds == [BlockKind.CERTIFICATION, BlockKind.PART_LINE, BlockKind.SIGNATURE]


@pytest.mark.parametrize(
    ("level", "boxes"),
    [
        (Level.OUTPUT, ["☑ ผลผลิต (Output)", "☐ ผลลัพธ์ (Outcome)"]),
        (Level.OUTCOME, ["☐ ผลผลิต (Output)", "☑ ผลลัพธ์ (Outcome)"]),
        (Level.UNKNOWN, ["☐ ผลผลิต (Output)", "☐ ผลลัพธ์ (Outcome)"]),
    ],
)
def test_one_box_is_ticked_or_none_where_the_level_is_unknown(level: Level, boxes: list[str]) -> None:
    part = section(compose(replace(year_paper(), level=level)), "2.")
    assert lines(part, BlockKind.BOXES) == boxes
    flagged = "ยังไม่ได้ระบุระดับความสำเร็จ" in lines(part, BlockKind.REMARK)
    assert flagged == (level is Level.UNKNOWN)


def test_the_computed_figure_stands_beside_the_typed_result() -> None:
    part = section(compose(year_paper()), "5.")
    assert part.heading == "5. เป้าหมาย : 80 (ร้อยละ)"
    assert lines(part, BlockKind.RESULT) == ["ผลงานที่ทำได้ = 86 (ร้อยละ)"]
    assert lines(part, BlockKind.FIGURE_MET) == [
        "คำนวณจากระเบียน: 43 จาก 50 สำนักงานเขต = 86.00 (ร้อยละ) ณ วันที่ 30 กันยายน 2563",
        "บรรลุเป้าหมาย (เป้าหมาย 80.00)",
    ]


def test_money_is_printed_to_the_satang() -> None:
    assert "583,203.00 จาก 3,267,440.00 บาท = 17.85 (ร้อยละ)" in computed_sentence(money_figure())


def test_a_figure_without_a_denominator_is_its_value() -> None:
    figure = ComputedFigure(343, None, "343", date(2020, 9, 30), noun="โครงการ")
    assert computed_sentence(figure) == "คำนวณจากระเบียน: 343 โครงการ ณ วันที่ 30 กันยายน 2563"
    assert target_sentence(figure) == ""


@pytest.mark.parametrize("reason", NoValue)
def test_no_value_is_said_with_its_reason_and_never_as_zero(reason: NoValue) -> None:
    figure = ComputedFigure(None, None, None, date(2020, 6, 30), reason=reason)
    assert REASON_WORDS[reason] in computed_sentence(figure)
    assert "= 0" not in computed_sentence(figure)


def test_a_target_missed_is_said_so() -> None:
    assert target_sentence(computed(1, 0, "0.00", met=False)) == "ยังไม่บรรลุเป้าหมาย (เป้าหมาย 80.00)"


def test_what_was_not_reported_is_said_and_not_left_empty() -> None:
    blank = replace(year_paper(), definitions="", target="", result=" ", obstacles="\n \n", plan_lines=(), evidence="")
    composition = compose(blank)
    for heading in ("2.", "3.", "8.", "9."):
        assert Block(BlockKind.NOTHING, ("ไม่มีข้อมูล",)) in section(composition, heading).blocks
    assert section(composition, "5.").heading == "5. เป้าหมาย : ไม่มีข้อมูล"
    assert lines(section(composition, "5."), BlockKind.RESULT) == ["ผลงานที่ทำได้ = ไม่มีข้อมูล"]


def test_every_line_of_a_text_is_a_paragraph_as_it_was_typed() -> None:
    assert list(paragraphs("ก  ข\n\n  - ค \r\nง\n")) == ["ก  ข", "- ค", "ง"]


def test_evidence_is_numbered_once() -> None:
    paper = replace(year_paper(), evidence="หนังสือเชิญประชุม\n2. รายงานการประชุม")
    assert lines(section(compose(paper), "9."), BlockKind.TEXT) == ["1. หนังสือเชิญประชุม", "2. รายงานการประชุม"]


def test_a_quarter_report_has_its_quarter_alone_and_no_year_summary() -> None:
    paper = replace(year_paper(), quarter=3, quarters=(QuarterPart(3, "ก"),))
    composition = compose(paper)
    headings = [part.heading for part in composition.sections if part.heading.startswith("(")]
    assert headings == ["(6.3) ไตรมาสที่ 3 :"]
    assert composition.subtitle.endswith("ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563")


def test_the_annex_names_who_counted_and_who_did_not() -> None:
    annex = compose(year_paper()).annex
    assert [part.heading for part in annex[1:]] == ["นับแล้ว 10 สำนักงานเขต", "ยังไม่นับ 7 สำนักงานเขต"]
    assert "หลักสี่" in annex[2].blocks[0].lines[0]


def test_a_paper_without_names_has_no_annex() -> None:
    assert compose(replace(year_paper(), figure=computed(4, 43, "86.00", met=True))).annex == ()
    assert compose(replace(year_paper(), figure=None)).annex == ()


def test_the_signature_block_has_dots_to_write_on_and_says_for_whom_one_acts() -> None:
    signature = Signature(position="นักวิเคราะห์นโยบายและแผน", acting_for="รักษาราชการแทนผู้อำนวยการสำนัก")
    block = compose(replace(year_paper(), signature=signature)).closing[-1]
    assert block.lines == (
        "ลงชื่อ.....(ผู้รายงานข้อมูล)",
        "(.....)",
        "ตำแหน่ง นักวิเคราะห์นโยบายและแผน",
        "รักษาราชการแทนผู้อำนวยการสำนัก",
    )


@pytest.mark.parametrize("state", PaperState)
def test_every_state_has_its_words_and_all_but_certified_are_marked(state: PaperState) -> None:
    mark = state_mark(replace(year_paper(), state=state))
    assert mark == ("" if state is PaperState.CERTIFIED else STATE_WORDS[state])


def test_the_running_head_names_agency_indicator_and_period() -> None:
    assert running_head(year_paper()) == (
        "สำนักยุทธศาสตร์และประเมินผล กรุงเทพมหานคร",
        "ตัวชี้วัด 2100-0001 ปีงบประมาณ พ.ศ. 2563",
    )
