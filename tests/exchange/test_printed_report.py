"""The sample print, read: what each field holds, what was mended, what is doubtful."""

from decimal import Decimal

from lakthan.exchange.printed_report import Level, Measure, RepairKind, read_report
from tests.exchange.samples import SAMPLE, SAMPLE_GOAL, SAMPLE_PLAN, TICKED

REPORT = read_report(SAMPLE, SAMPLE_PLAN)
LATER = read_report(TICKED)


def repairs(kind: RepairKind) -> list[tuple[str, str]]:
    return [(repair.before, repair.after) for repair in REPORT.repaired if repair.kind is kind]


def test_the_name_stands_on_the_line_after_its_heading() -> None:
    assert REPORT.indicator_name.startswith("ร้อยละของสวนหย่อม")
    assert REPORT.indicator_name.endswith("(รายงานตัวอย่าง)")


def test_a_level_whose_marks_were_lost_is_unknown_and_doubtful() -> None:
    assert REPORT.level is Level.UNKNOWN
    assert next((doubt.row, doubt.field) for doubt in REPORT.doubtful) == (5, "level")


def test_plan_links_carry_label_level_code_and_both_names() -> None:
    links = [(link.label, link.level_name, link.code, link.name_th, link.name_en) for link in REPORT.plan_links]
    assert links == [
        ("ประเด็นยุทธศาสตร์", "ด้าน", "9", "มหานครร่มรื่น", "A City of Shade"),
        ("ย่อย", "มิติ", "9.3", "เมืองต้นไม้ใหญ่", ""),
        ("เป้าประสงค์ที่", "เป้าหมาย", "9.3.2", SAMPLE_GOAL, ""),
    ]


def test_plan_text_cut_in_the_print_is_completed_and_says_that_it_is_not_confirmed() -> None:
    goal = REPORT.plan_links[2]
    assert len(goal.as_printed) == 99
    assert goal.completed_from == SAMPLE_PLAN[2]
    assert goal.text == f"เป้าหมายที่ ๙.๓.๒ {SAMPLE_GOAL}"
    (repair,) = [repair for repair in REPORT.repaired if repair.kind is RepairKind.PLAN_COMPLETED]
    assert (repair.row, repair.before, repair.after) == (9, SAMPLE_GOAL[: len(repair.before)], SAMPLE_GOAL)
    assert repair.reason_en == "text cut in the print, completed from the plan, not confirmed"
    assert repair.reason_th.endswith("ยังไม่ได้ยืนยันกับเอกสารแผน")


def test_each_definition_is_a_paragraph_without_its_dash() -> None:
    assert [text.split()[0] for text in REPORT.definitions] == [
        "สวนหย่อม",
        "ต้นไม้ใหญ่",
        "การตรวจครบตามรอบ",
        "แผนดูแลต้นไม้",
    ]
    assert "ไม่มีต้นไม้ที่ไม่สามารถ" in REPORT.definitions[3]


def test_target_and_result_keep_what_was_printed_beside_number_and_unit() -> None:
    assert REPORT.target == Measure("75 (ร้อยละ)", Decimal(75), "ร้อยละ")
    assert REPORT.result == Measure("85 (ร้อยละ)", Decimal(85), "ร้อยละ")
    assert LATER.result == Measure("๙๑.๒๕ (ร้อยละ)", Decimal("91.25"), "ร้อยละ")


def test_false_line_ends_in_quarter_1_make_one_paragraph() -> None:
    (paragraph,) = REPORT.quarters[0].paragraphs
    assert "วันที่ 9 ตุลาคม 2563 หารือแนวทาง" in paragraph
    assert "ให้แก่สำนักงานเขต ก่อนเขารวมการอบรม" in paragraph
    assert paragraph.count(" / ") == 3


def test_a_number_in_mixed_digits_becomes_arabic_and_a_thai_year_stays() -> None:
    assert repairs(RepairKind.DIGITS) == [("09.๓0", "09.30")]
    assert "เวลา 09.30 - 15.30 น." in REPORT.quarters[0].paragraphs[0]
    assert "พ.ศ.๒๕๖๓-2564" in REPORT.quarters[2].paragraphs[2]


def test_dashes_in_quarter_2_begin_items_and_the_page_end_inside_a_bracket_is_joined() -> None:
    paragraphs = REPORT.quarters[1].paragraphs
    assert [text[:12] for text in paragraphs] == ["อบรมผู้ตรวจร", "ผู้อำนวยการส", "สำนักงานเขตเ"]
    assert "และจากทะเบียน ณ เดือนกุมภาพันธ์ 2564" in paragraphs[2]
    assert paragraphs[2].endswith("คิดเป็นร้อยละ 40.00]")


def test_numbered_items_run_together_are_parted_and_keep_their_numbers() -> None:
    paragraphs = REPORT.quarters[2].paragraphs
    assert [text[:2] for text in paragraphs] == ["1.", "2.", "3.", "4.", "ขณ"]
    assert paragraphs[0].endswith("(ร้อยละ 30)")
    assert paragraphs[2].endswith("คิดเป็นร้อยละ 75")
    assert len(repairs(RepairKind.ITEMS_PARTED)) == 3


def test_sentences_after_a_list_stay_in_their_quarter_as_a_paragraph() -> None:
    last = REPORT.quarters[2].paragraphs[-1]
    assert last.startswith("ขณะนี้สำนักงานเขต")
    assert last.endswith("ในเดือนสิงหาคม 2564")


def test_quarter_4_and_the_year_summary_are_one_sentence_each() -> None:
    assert len(REPORT.quarters[3].paragraphs) == 1
    assert len(REPORT.year_summary) == 1


def test_lost_quotes_come_back_in_pairs() -> None:
    assert REPORT.year_summary[0].count("“") == REPORT.year_summary[0].count("”") == 2
    assert "?" not in REPORT.year_summary[0]
    assert [after[0] + after[-1] for _, after in repairs(RepairKind.QUOTES)] == ["“”", "“”"]


def test_obstacles_run_together_are_joined_and_a_split_is_suggested_not_made() -> None:
    (paragraph,) = REPORT.obstacles
    (doubt,) = [doubt for doubt in REPORT.doubtful if doubt.field == "obstacles" and doubt.suggestion]
    assert [part.split()[0] for part in doubt.suggestion] == [
        "ผู้ตรวจที่ผ่านการอบรมมีจำนวนน้อย",
        "เกิดการโยกย้ายระหว่างปี",
        "GPS",
        "สำนักงานเขตได้รับผลกระทบจากพายุฤดูร้อน",
    ]
    assert "".join("".join(doubt.suggestion).split()) == "".join(paragraph.split())


def test_evidence_lines_that_look_like_headings_are_items_and_lose_their_numbers() -> None:
    assert [item.split()[0] for item in REPORT.evidence] == [
        "คู่มือการตรวจต้นไม้ใหญ่",
        "ระดับความสำเร็จของการตรวจรายเขต",
        "รายงานผลการตรวจรอบที่หนึ่งและรอบที่สอง",
        "บัญชีรายชื่อสวนหย่อมที่ตรวจครบตามรอบในปีงบประมาณ",
    ]


def test_doubtful_words_are_kept_and_named_with_their_line() -> None:
    words = {(doubt.row, doubt.text): doubt.suggestion for doubt in REPORT.doubtful if doubt.field in ("6.1", "6.3")}
    assert words == {(26, "เขารวม"): ("เข้าร่วม",), (34, "ออกรายงานประมาณ"): ("โอนงบประมาณ",)}
    assert "เขารวม" in REPORT.quarters[0].paragraphs[0]


def test_certification_footer_and_signature_block_are_read_apart() -> None:
    assert REPORT.certification.startswith("ขอรับรองว่า")
    assert REPORT.footer.startswith("ผลการดำเนินงานส่วนที่ 2")
    assert REPORT.signature == ("ลงชื่อ.....(ผู้รายงานข้อมูล)", "(.....)", "ตำแหน่ง .....")
    assert REPORT.unplaced == ()


def test_repairs_and_doubts_come_in_the_order_of_the_paper() -> None:
    assert [repair.row for repair in REPORT.repaired] == sorted(repair.row for repair in REPORT.repaired)
    assert [doubt.row for doubt in REPORT.doubtful] == sorted(doubt.row for doubt in REPORT.doubtful)


def test_a_ticked_box_decides_the_level() -> None:
    assert LATER.level is Level.OUTCOME


def test_page_numbers_page_breaks_and_a_repeated_footer_are_furniture() -> None:
    places = [piece.place for piece in LATER.pieces]
    assert places.count("page mark") == 2
    assert places.count("running footer") == 1
    assert places.count("page break") == 1
    assert LATER.method == ("(จำนวนห้องสมุดที่เปิดครบตามเวลา X 100) / จำนวนห้องสมุดทั้งหมด",)


def test_factors_and_obstacles_entered_by_quarter_stay_apart() -> None:
    assert LATER.supporting_factors == ("ไตรมาสที่ 1 : อาสาสมัครในชุมชน", "ไตรมาสที่ 4 : หนังสือบริจาค")
    assert [text[:12] for text in LATER.obstacles] == ["ไตรมาสที่ 2 ", "ไตรมาสที่ 4 "]


def test_sara_am_in_two_pieces_is_mended_and_told() -> None:
    assert LATER.quarters[0].paragraphs == ("สำรวจห้องสมุดชุมชน จำนวน 80 แห่ง",)
    mended = [repair for repair in LATER.repaired if repair.kind is RepairKind.NORMALISED]
    assert [(repair.row, repair.field) for repair in mended] == [(17, "6.1"), (21, "6.4")]


def test_a_quarter_without_text_is_doubtful() -> None:
    assert LATER.quarters[2].paragraphs == ()
    assert [doubt.reason_en for doubt in LATER.doubtful] == ["the section quarter 3 has no text"]
