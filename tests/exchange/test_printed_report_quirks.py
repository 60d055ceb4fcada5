"""One quirk of the old print at a time, in short reports."""

from decimal import Decimal

import pytest

from lakthan.exchange.printed_report import (
    Level,
    Measure,
    PlanNodeText,
    PrintedReport,
    RepairKind,
    read_report,
    uncovered,
)
from tests.exchange.samples import form

GOAL = "เป้าหมายที่ 9.3.2 " + "ดูแลต้นไม้ใหญ่ในสวนสาธารณะให้ปลอดภัยตลอดทั้งปีร่วมกับประชาชนและอาสาสมัครทุกแห่ง"
NAME = GOAL.removeprefix("เป้าหมายที่ 9.3.2 ")


def read(plan_nodes: tuple[PlanNodeText, ...] = (), **texts: str) -> PrintedReport:
    report = read_report(form(**texts), plan_nodes)
    assert uncovered(report.text, report) == ()
    return report


def doubts(report: PrintedReport, field: str) -> list[str]:
    return [doubt.reason_en for doubt in report.doubtful if doubt.field == field]


def test_the_short_form_itself_is_read_without_repair_or_doubt() -> None:
    report = read()
    assert report.repaired == ()
    assert report.doubtful == ()


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)", Level.OUTPUT),
        ("☐ ผลผลิต (Output) ☑ ผลลัพธ์ (Outcome)", Level.OUTCOME),
        ("( ) ผลผลิต (Output) (/) ผลลัพธ์ (Outcome)", Level.OUTCOME),
        ("✓ ผลผลิต (Output)   ผลลัพธ์ (Outcome)", Level.OUTPUT),
        ("[x] ผลผลิต [ ] ผลลัพธ์", Level.OUTPUT),
        ("\uf0fe ผลผลิต (Output) \uf0a8 ผลลัพธ์ (Outcome)", Level.OUTPUT),
    ],
)
def test_a_single_tick_decides_the_level(printed: str, level: Level) -> None:
    report = read(level=printed)
    assert report.level is level
    assert doubts(report, "level") == []


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        (" ผลผลิต (Output)  ผลลัพธ์ (Outcome)", "marks of the boxes were lost"),
        ("☐ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)", "neither box is ticked"),
        ("☑ ผลผลิต (Output) ☑ ผลลัพธ์ (Outcome)", "both boxes are ticked"),
        ("", "marks of the boxes were lost"),
    ],
)
def test_a_level_that_cannot_be_told_is_unknown_with_the_reason(printed: str, reason: str) -> None:
    report = read(level=printed)
    assert report.level is Level.UNKNOWN
    assert reason in doubts(report, "level")[0]


@pytest.mark.parametrize(
    ("printed", "measure"),
    [
        ("80 (ร้อยละ)", Measure("80 (ร้อยละ)", Decimal(80), "ร้อยละ")),
        ("๘๐.๕๐ (ร้อยละ)", Measure("๘๐.๕๐ (ร้อยละ)", Decimal("80.50"), "ร้อยละ")),
        ("1,200 (ครั้ง)", Measure("1,200 (ครั้ง)", Decimal(1200), "ครั้ง")),
        ("-5 (ร้อยละ)", Measure("-5 (ร้อยละ)", Decimal(-5), "ร้อยละ")),
        ("ร้อยละ 80", Measure("ร้อยละ 80", Decimal(80), "ร้อยละ")),
    ],
)
def test_a_measure_is_number_and_unit(printed: str, measure: Measure) -> None:
    report = read(target=printed)
    assert report.target == measure
    assert doubts(report, "target") == []


@pytest.mark.parametrize(
    ("printed", "value", "reason"),
    [
        ("- (ร้อยละ)", None, "no number could be read for the target"),
        ("", None, "no number could be read for the target"),
        ("80", Decimal(80), "there is no unit"),
        ("80 (>ร้อยละ)", Decimal(80), "a number or an operator stands in the unit"),
        ("80 (ร้อยละ 30)", Decimal(80), "a number or an operator stands in the unit"),
        ("80 (ร้อยละ) ขึ้นไป", Decimal(80), "more stands there than a number and its unit"),
    ],
)
def test_a_measure_that_is_more_or_less_than_number_and_unit_is_doubtful(
    printed: str, value: Decimal | None, reason: str
) -> None:
    report = read(target=printed)
    assert (report.target.as_printed, report.target.value) == (printed, value)
    assert doubts(report, "target") == [reason]


def test_a_result_of_zero_is_doubtful_because_the_old_system_prints_it_for_silence_too() -> None:
    report = read(result=": ผลงานที่ทำได้ = 0 (ร้อยละ)")
    assert report.result.value == 0
    assert "one not reported" in doubts(report, "result")[0]


def test_target_and_result_may_stand_on_one_line() -> None:
    report = read(target="75 (ร้อยละ) : ผลงานที่ทำได้ = 85 (ร้อยละ)", result="")
    assert (report.target.value, report.result.value) == (Decimal(75), Decimal(85))


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("?ก? และ ?ข?", "“ก” และ “ข”"),
        ("(?ก?)", "(“ก”)"),
        ("ทำไม? เพราะ ?ก?", "ทำไม? เพราะ “ก”"),
        ("?ก ?ข?", "?ก “ข”"),
        ("ก?ข?ค", "ก?ข?ค"),
        ("? ก ?", "? ก ?"),
        ("จำนวน ? แห่ง", "จำนวน ? แห่ง"),
    ],
)
def test_question_marks_become_quotes_only_where_they_can_be_nothing_else(typed: str, read_as: str) -> None:
    report = read(q1=f"ตรวจ {typed} แล้ว")
    assert report.quarters[0].paragraphs == (f"ตรวจ {read_as} แล้ว",)
    assert len(doubts(report, "6.1")) == read_as.count("?")


def test_a_number_that_continues_no_list_begins_no_item() -> None:
    text = "ตรวจครั้งที่ 2.สวน และ 3.สวน รวม 57.16 แล้ว"
    assert read(q1=text).quarters[0].paragraphs == (text,)


def test_a_counted_number_inside_a_list_begins_no_item() -> None:
    report = read(q1="1.ประชุมตามข้อ 2.สวน แล้ว 2.ตรวจ")
    assert report.quarters[0].paragraphs == ("1.ประชุมตามข้อ 2.สวน แล้ว", "2.ตรวจ")


def test_a_list_with_a_gap_is_doubtful_and_keeps_its_numbers() -> None:
    report = read(evidence=":: 1. คู่มือ\n3. ทะเบียน")
    assert report.evidence == ("คู่มือ", "3. ทะเบียน")
    assert doubts(report, "evidence") == ["item 3 stands where item 2 should"]


def test_a_list_without_numbers_is_read_line_by_line_with_a_doubt() -> None:
    report = read(evidence=":: คู่มือ\nทะเบียน")
    assert report.evidence == ("คู่มือ", "ทะเบียน")
    assert "each line was taken for an item" in doubts(report, "evidence")[0]


def test_the_second_half_of_a_range_on_a_new_line_is_no_item() -> None:
    assert read(q1="เวลา 08.30\n- 16.30 น.").quarters[0].paragraphs == ("เวลา 08.30 - 16.30 น.",)


def test_a_line_end_inside_a_word_is_joined_without_a_space() -> None:
    assert read(q1="ตรวจเ\nขตพระนคร ค\nำชี้แจง").quarters[0].paragraphs == ("ตรวจเขตพระนคร คำชี้แจง",)


def test_a_bare_number_between_blank_lines_stays_out_of_the_sentence_and_is_kept() -> None:
    report = read(q1="ข้อมูล ณ\n\n2\n\nเดือนมกราคม")
    assert report.quarters[0].paragraphs == ("ข้อมูล ณ เดือนมกราคม",)
    assert report.unplaced == ("2",)


def test_text_before_the_form_and_after_the_level_is_kept_apart_with_a_doubt() -> None:
    report = read_report("สำนักตัวอย่าง\n".encode() + form(level="☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)\nหมายเหตุ"))
    assert report.unplaced == ("สำนักตัวอย่าง", "หมายเหตุ")
    assert [doubt.row for doubt in report.doubtful] == [1, 4]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ตรวจ (ครบ", "the bracket “(” has no other half; some text may be missing"),
        ("ตรวจ] ครบ", "the bracket “]” has no other half; some text may be missing"),
        ("ตรวจแล้ว และ", "the text ends in the middle of a sentence; some of it may be missing"),
        ("ข้อมูล ณ", "the text ends in the middle of a sentence; some of it may be missing"),
        ("ไปก่อนGPS", "Thai and Latin letters touch; a space may be missing"),
        ("ตรวจ\ufffdครบ", "a character that cannot be read"),
        ("ตรวจ\\*ครบ", "a backslash left by the conversion of the file"),
        ("", "the section quarter 1 has no text"),
    ],
)
def test_signs_of_lost_or_damaged_text_are_doubtful(text: str, reason: str) -> None:
    assert doubts(read(q1=text), "6.1") == [reason]


@pytest.mark.parametrize("text", ["1) ตรวจ", "ก) ตรวจ ข) ซ่อม", "ตรวจ (ครบ [ทุกแห่ง])"])
def test_list_marks_and_paired_brackets_are_in_order(text: str) -> None:
    assert doubts(read(q1=text), "6.1") == []


def test_a_section_that_lost_its_opening_colons_may_have_lost_its_first_line() -> None:
    assert "the mark :: before the text of method" in doubts(read(method="จำนวนสวน"), "method")[0]


def test_a_heading_that_stands_twice_is_text_with_a_doubt() -> None:
    report = read(obstacles=":: ฝนตก\n7. ปัจจัยสนับสนุนการดำเนินงาน :")
    assert "stands twice or out of order" in doubts(report, "obstacles")[0]
    assert "7. ปัจจัยสนับสนุนการดำเนินงาน :" in report.obstacles[-1]


def test_bold_headings_of_a_markdown_conversion_are_headings() -> None:
    text = (
        form()
        .decode()
        .replace("3. คำนิยาม :", "**3. คำนิยาม** :")
        .replace("8. อุปสรรคต่อการดำเนินงาน :", r"**8\. อุปสรรคต่อการดำเนินงาน :**")
    )
    report = read_report(text.encode())
    assert report.texts() == read().texts()
    assert uncovered(report.text, report) == ()


def test_headings_in_thai_digits_are_headings() -> None:
    thai = form().decode().replace("3. คำนิยาม", "๓. คำนิยาม").replace("(6.2) ไตรมาสที่ 2", "(๖.๒) ไตรมาสที่ ๒")
    assert read_report(thai.encode()).texts() == read().texts()


def test_a_certification_that_is_not_that_of_the_form_is_kept_with_a_doubt() -> None:
    text = form().decode().replace("จากระบบงานจริง", "จากระบบใหม่")
    report = read_report(text.encode())
    assert "จากระบบใหม่" in report.certification
    assert doubts(report, "certification") == ["the certification sentence is not that of the form"]


def cut_goal(tail: str) -> str:
    return f"ประเด็นยุทธศาสตร์ : ด้านที่ 9 - ร่มรื่น\n----- ย่อย : มิติที่ 9.3 - ต้นไม้\nเป้าประสงค์ที่ : {tail}"


def test_a_confirmed_plan_node_completes_cut_text_without_reserve() -> None:
    node = PlanNodeText("9.3.2", "เป้าหมาย", NAME + "ในเมือง")
    report = read((node,), plan=cut_goal(GOAL))
    assert report.plan_links[2].completed_from == node
    assert report.repaired[0].reason_en == "text cut in the print, completed from the plan"


@pytest.mark.parametrize(
    "node",
    [
        PlanNodeText("9.3.2", "เป้าหมาย", NAME + "ในเมือง", certainty="part"),
        PlanNodeText("9.3.2", "เป้าหมาย", NAME + "ในเมือง…"),
        PlanNodeText("9.3.2", "เป้าหมาย", NAME + "ในเมือง (paraphrase)"),
        PlanNodeText("9.3.1", "เป้าหมาย", NAME + "ในเมือง"),
    ],
)
def test_a_node_of_another_code_or_not_seen_whole_completes_nothing(node: PlanNodeText) -> None:
    report = read((node,), plan=cut_goal(GOAL))
    assert (report.plan_links[2].name_th, report.plan_links[2].completed_from) == (NAME, None)
    assert doubts(report, "plan_links") == ["the text was probably cut after 99 characters"]


def test_an_english_name_cut_in_the_print_is_completed_too() -> None:
    english = "Trees of the city cared for by people and volunteers"
    node = PlanNodeText("9.3.2", "เป้าหมาย", "ดูแลต้นไม้ใหญ่ในสวนสาธารณะให้ปลอดภัยตลอดปี", english)
    printed = f"เป้าหมายที่ 9.3.2 {node.name_th} : {english}"[:99]
    link = read((node,), plan=cut_goal(printed)).plan_links[2]
    assert (link.name_en, link.text) == (english, f"เป้าหมายที่ 9.3.2 {node.name_th} : {english}")


def test_the_node_of_the_printed_level_name_is_the_one_meant() -> None:
    goal = PlanNodeText("9.3.2", "เป้าหมาย", NAME + "ในเมือง")
    other = PlanNodeText("9.3.2", "เป้าประสงค์", "อื่น")
    assert read((other, goal), plan=cut_goal(GOAL)).plan_links[2].completed_from == goal


def test_a_short_beginning_of_a_node_is_no_cut_but_a_difference() -> None:
    node = PlanNodeText("9.3.2", "เป้าหมาย", "ดูแลต้นไม้")
    report = read((node,))
    assert report.plan_links[2].name_th == "ดูแล"
    (doubt,) = [doubt for doubt in report.doubtful if doubt.field == "plan_links"]
    assert doubt.reason_en == "the text differs from the plan node of the same code"
    assert doubt.suggestion == ("ดูแลต้นไม้",)


def test_a_plan_line_without_code_is_found_by_the_text_it_is_cut_from() -> None:
    node = PlanNodeText("9.3.2", "เป้าหมาย", GOAL + "ในเมือง")
    report = read((node,), plan=cut_goal(GOAL.replace("9.3.2", "เก้า")))
    assert doubts(report, "plan_links") == ["level and code of the plan node could not be read"]
    uncoded = PlanNodeText("9.3.2", "เป้าหมาย", NAME + " " + NAME)
    found = read((uncoded,), plan=cut_goal(f"{NAME} {NAME}"[:99]))
    assert found.plan_links[2].code == "9.3.2"


def test_plan_text_broken_over_lines_is_joined() -> None:
    report = read(plan=cut_goal("เป้าหมายที่ 9.3.2 ดูแลต้นไม้ใหญ่\nให้ปลอดภัย"))
    assert report.plan_links[2].name_th == "ดูแลต้นไม้ใหญ่ ให้ปลอดภัย"
    assert [repair.kind for repair in report.repaired] == [RepairKind.LINES_JOINED]


def test_plan_lines_are_found_without_their_heading() -> None:
    lines = [line for line in form().decode().split("\n") if "สนับสนุนแผนพัฒนา" not in line]
    report = read_report("\n".join(lines).encode())
    assert report.plan_links == read().plan_links
    assert doubts(report, "plan_links") == ["the heading of the plan linkage is missing"]


def doubted(**texts: str) -> list[str]:
    """What is doubtful beyond the short form itself."""
    return [doubt.reason_en for doubt in read((), **texts).doubtful]


def test_a_figure_of_the_summary_that_no_quarter_tells_is_doubtful() -> None:
    summary = ":: ตรวจครบร้อยละ 85 รวม จำนวน 1,204 ต้น"
    assert "stand in no quarter" in doubted(summary=summary)[0]
    assert doubted(summary=summary, q4="ตรวจครบ ๑,๒๐๔ ต้น") == []


def test_a_summary_that_does_not_tell_the_result_is_doubtful() -> None:
    assert "does not tell the result 85 (ร้อยละ)" in doubted(summary=":: ตรวจครบแล้ว")[0]
    assert doubted(summary=":: ตรวจครบ 85.00") == []
    assert "names no indicator" in doubted(summary=":: ตัวชี้วัด\nสรุปผลได้ว่า ตรวจครบร้อยละ 85")[0]


def test_a_day_told_ahead_and_never_again_is_doubtful() -> None:
    ahead = "วันที่ 4 พฤศจิกายน 2563 อนุมัติ ก่อนอบรมในวันที่ 13 มกราคม 2564"
    assert doubted(q1=ahead) == ["a day of quarter 2 is told ahead and never told of again; a line may be missing"]
    assert doubted(q1=ahead, q2="อบรมเมื่อวันที่ ๑๓ ม.ค. ๒๕๖๔") == []
    assert doubted(q1=ahead, q3="อบรมเมื่อวันที่ 13 มกราคม 2564 แล้ว") == []


def test_a_day_of_another_year_or_that_does_not_exist_is_not_told_ahead() -> None:
    assert doubted(q1="วันที่ 4 พฤศจิกายน 2563 ทบทวนผลของวันที่ 13 มกราคม 2563") == []
    assert doubted(q1="วันที่ 4 พฤศจิกายน 2563 นัดวันที่ 31 กุมภาพันธ์ 2564 และ 9 ต้นไม้ 2564") == []


@pytest.mark.parametrize("q1", ["วันที่ 2 ธันวาคม 2563 ก่อนอบรม", "ประชุม / วันที่ 2 ธันวาคม 2563 / สรุป"])
def test_an_event_with_a_day_and_no_statement_is_doubtful(q1: str) -> None:
    assert doubted(q1=q1) == ["an event has its day but not what was done; a line may be missing"]
