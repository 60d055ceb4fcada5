from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from lakthan.core.figure import NoValue
from lakthan.printing.blocks import CompletedLine, Composition, Section, Table, Text, TextKind
from lakthan.printing.composition import compose
from lakthan.printing.form import (
    REASON_WORDS,
    STATE_WORDS,
    computed_sentence,
    running_foot,
    running_head,
    state_mark,
    target_sentence,
)
from lakthan.printing.paper import (
    ComputedFigure,
    Level,
    Paper,
    PlanLine,
    QuarterPart,
    Signature,
    paragraphs,
)
from lakthan.rules.workflow import State
from tests.printing.samples import GOAL, computed, money_figure, not_due, year_paper


def section(composition: Composition, heading: str) -> Section:
    return next(part for part in composition.sections if part.heading.startswith(heading))


def lines(part: Section, kind: TextKind) -> list[str]:
    return [line for block in part.blocks if isinstance(block, Text) and block.kind is kind for line in block.lines]


def test_the_sections_stand_in_the_order_of_the_form() -> None:
    starts = [part.heading.split()[0] for part in compose(year_paper()).sections]
    assert starts == ["1.", "2.", "3.", "4.", "5.", "6.", "(6.1)", "(6.2)", "(6.3)", "(6.4)", "(6.5)", "7.", "8.", "9."]


def test_the_paper_closes_with_certification_line_of_part_2_and_signature() -> None:
    kinds = [block.kind for block in compose(year_paper()).closing]
    assert kinds == [TextKind.CERTIFICATION, TextKind.PART_LINE, TextKind.SIGNATURE]


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
    assert lines(part, TextKind.BOXES) == boxes
    flagged = "ยังไม่ได้ระบุระดับความสำเร็จ" in lines(part, TextKind.REMARK)
    assert flagged == (level is Level.UNKNOWN)


def test_plan_text_that_was_completed_is_whole_and_marked_with_a_footnote() -> None:
    part = section(compose(year_paper()), "2.")
    [completed] = [block for block in part.blocks if isinstance(block, CompletedLine)]
    assert completed.head + completed.tail == f"เป้าประสงค์ที่ : {GOAL}"
    assert completed.tail.endswith("ส่วนได้ส่วนเสียทุกกลุ่ม")
    [note] = lines(part, TextKind.REMARK)
    assert note.startswith(f"{completed.mark} ")
    assert "ยังไม่ยืนยัน" in note
    assert f"“{GOAL[: GOAL.index('ผู้มี') + 3].split()[-1]}”" in note


def test_plan_text_that_was_not_cut_has_no_footnote() -> None:
    paper = replace(year_paper(), plan_lines=(PlanLine("ย่อย", "มิติที่ ๕.๒", remark="อนุมาน"),))
    part = section(compose(paper), "2.")
    assert not any(isinstance(block, CompletedLine) for block in part.blocks)
    assert lines(part, TextKind.REMARK) == ["อนุมาน"]


def test_the_computed_figure_stands_beside_the_typed_result() -> None:
    part = section(compose(year_paper()), "5.")
    assert part.heading == "5. เป้าหมาย : 80 (ร้อยละ)"
    assert lines(part, TextKind.RESULT) == ["ผลงานที่ทำได้ = 86 (ร้อยละ)"]
    assert lines(part, TextKind.FIGURE_MET) == [
        "คำนวณจากระเบียน: 43 จาก 50 สำนักงานเขต = 86.00 (ร้อยละ) ณ วันที่ 30 กันยายน 2563",
        "บรรลุเป้าหมาย (เป้าหมาย 80.00)",
    ]


def test_money_is_printed_to_the_satang() -> None:
    assert "583,203.00 จาก 3,267,440.00 บาท = 17.85 (ร้อยละ)" in computed_sentence(money_figure())


def test_a_figure_without_a_denominator_is_its_value() -> None:
    figure = ComputedFigure(343, None, Decimal(343), date(2020, 9, 30), noun="โครงการ")
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
        assert Text(TextKind.NOTHING, ("ไม่มีข้อมูล",)) in section(composition, heading).blocks
    assert section(composition, "5.").heading == "5. เป้าหมาย : ไม่มีข้อมูล"
    assert lines(section(composition, "5."), TextKind.RESULT) == ["ผลงานที่ทำได้ = ไม่มีข้อมูล"]


def test_a_quarter_that_has_not_begun_is_not_said_to_be_silent() -> None:
    paper = replace(year_paper(), quarters=(QuarterPart(4, "", not_due(4), reported=False),))
    assert lines(section(compose(paper), "(6.4)"), TextKind.NOTHING) == ["ยังไม่ถึงกำหนด"]


def test_every_line_of_a_text_is_a_paragraph_as_it_was_typed() -> None:
    assert list(paragraphs("ก  ข\n\n  - ค \r\nง\n")) == ["ก  ข", "- ค", "ง"]


def test_evidence_is_numbered_once() -> None:
    paper = replace(year_paper(), evidence="หนังสือเชิญประชุม\n2. รายงานการประชุม\n๓. บัญชีรายชื่อ")
    typed = lines(section(compose(paper), "9."), TextKind.TEXT)
    assert typed == ["1. หนังสือเชิญประชุม", "2. รายงานการประชุม", "๓. บัญชีรายชื่อ"]


def test_a_quarter_report_has_its_own_narrative_alone_but_the_numbers_up_to_it() -> None:
    paper = replace(year_paper(), quarter=3, quarters=year_paper().quarters[:3])
    composition = compose(paper)
    headings = [part.heading for part in composition.sections if part.heading.startswith("(")]
    assert headings == ["(6.3) ไตรมาสที่ 3 :"]
    [table] = [block for block in section(composition, "6.").blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.groups[0].rows] == ["1", "2", "3"]
    assert composition.subtitle.endswith("ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563")


def signed(signature: Signature) -> tuple[str, ...]:
    return compose(replace(year_paper(), signature=signature)).closing[-1].lines


def test_the_signature_block_has_dots_to_write_on_and_says_for_whom_one_acts() -> None:
    acting_for = "รักษาราชการแทนผู้อำนวยการสำนัก ตามคำสั่งที่ 12/2563"
    assert signed(Signature(position="นักวิเคราะห์นโยบายและแผน", acting_for=acting_for)) == (
        "ลงชื่อ.....(ผู้รายงานข้อมูล)",
        "(.....)",
        "ตำแหน่ง นักวิเคราะห์นโยบายและแผน",
        acting_for,
    )


def test_the_signature_block_of_an_imported_print_stays_as_it_was() -> None:
    as_printed = ("ลงชื่อ.....(ผู้รายงานข้อมูล)", "(.....)", "ตำแหน่ง .....")
    assert signed(Signature(position="ไม่ใช้", as_printed=as_printed)) == as_printed


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_words_and_all_but_certified_are_marked(state: State) -> None:
    mark = state_mark(replace(year_paper(), state=state))
    assert mark == ("" if state is State.CERTIFIED else STATE_WORDS[state])


def test_the_running_head_names_agency_indicator_and_period() -> None:
    assert running_head(year_paper()) == (
        "สำนักยุทธศาสตร์และประเมินผล กรุงเทพมหานคร",
        "ตัวชี้วัด 2100-0001 ปีงบประมาณ พ.ศ. 2563",
    )


def texts(composition: Composition) -> list[str]:
    found = []
    for part in (*composition.sections, *composition.annex):
        found.append(part.heading)
        for block in part.blocks:
            if isinstance(block, Text):
                found += block.lines
            elif isinstance(block, Table):
                found += [cell.text for group in block.groups for row in group.rows for cell in row]
    return found


def test_thai_digits_change_what_the_system_writes_and_nothing_that_people_wrote() -> None:
    arabic = year_paper()
    thai = compose(replace(arabic, thai_digits=True))
    said = texts(thai)
    assert "คำนวณจากระเบียน: ๔๓ จาก ๕๐ สำนักงานเขต = ๘๖.๐๐ (ร้อยละ) ณ วันที่ ๓๐ กันยายน ๒๕๖๓" in said
    assert "(๖.๓) ไตรมาสที่ ๓ :" in said
    assert thai.subtitle.endswith("ปีงบประมาณ พ.ศ. ๒๕๖๓")
    for typed in (arabic.definitions, arabic.year_summary, *(part.narrative for part in arabic.quarters)):
        assert set(paragraphs(typed)) <= set(said)


def test_codes_and_report_ids_keep_their_digits_so_that_they_can_be_looked_up() -> None:
    paper: Paper = replace(year_paper(), thai_digits=True)
    assert running_head(paper)[1] == "ตัวชี้วัด 2100-0001 ปีงบประมาณ พ.ศ. ๒๕๖๓"
    assert running_foot(paper)[0] == "เลขที่รายงาน 2100-0001/2563 พิมพ์เมื่อ ๑๕ ตุลาคม ๒๕๖๓ เวลา ๐๙.๓๐ น."
