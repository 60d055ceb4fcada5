from dataclasses import replace

from lakthan.printing.annex import Annex
from lakthan.printing.blocks import Section, Table, Text
from lakthan.printing.register import annex_sections
from tests.printing.samples import WITH, WITHOUT, annex, annex_by_district, year_paper


def sections(of: Annex | None, *, thai_digits: bool = False) -> list[Section]:
    return list(annex_sections(replace(year_paper(), annex=of, thai_digits=thai_digits)))


def table(section: Section) -> Table:
    [found] = [block for block in section.blocks if isinstance(block, Table)]
    return found


def test_the_annex_says_who_does_not_count_before_the_long_list_of_those_that_do() -> None:
    assert [section.heading for section in sections(annex())] == [
        "ภาคผนวก หน่วยนับของผลที่คำนวณจากระเบียน",
        "ยังไม่นับ 7 สำนักงานเขต",
        "นับแล้ว 10 สำนักงานเขต 30 โครงการ",
    ]


def test_every_district_has_its_projects_under_its_label() -> None:
    groups = table(sections(annex())[2]).groups
    assert [group.label.split()[1] for group in groups] == list(WITH)
    assert groups[0].label == "5001 พระนคร 3 โครงการ รวม 7,500.00 บาท"
    assert [cell.text for cell in groups[0].rows[0]] == [
        "1",
        "ลานกีฬาของชุมชน ระยะที่ 1",
        "ชุมชนพระนครร่วมใจ 1",
        "2564",
        "บันทึก ที่ 1/2563",
        "1,250.00",
    ]


def test_a_project_without_a_budget_says_so_and_its_district_has_no_sum() -> None:
    group = table(sections(annex(projects=4))[2]).groups[0]
    assert group.rows[3][5].text == "ไม่ระบุ"
    assert group.rows[3][5].words
    assert group.label == "5001 พระนคร 4 โครงการ"


def test_those_that_do_not_count_have_their_declined_and_undecided_projects() -> None:
    [group] = table(sections(annex())[1]).groups
    assert [row[1].text for row in group.rows] == list(WITHOUT)
    assert [cell.text for cell in group.rows[1]] == ["5041", "บางขุนเทียน", "2", "12"]


def test_an_indicator_without_decisions_has_no_columns_for_them() -> None:
    of = annex()
    plain = replace(
        of,
        counted=tuple(replace(unit, projects=()) for unit in of.counted),
        not_counted=tuple(replace(unit, declined=None, undecided=None) for unit in of.not_counted),
    )
    not_counted, counted = sections(plain)[1:]
    assert [column.heading for column in table(not_counted).columns] == ["รหัส", "ชื่อ"]
    assert [column.heading for column in table(counted).columns] == ["รหัส", "ชื่อ", "จำนวนระเบียน"]


def test_nobody_is_said_in_words() -> None:
    nobody = replace(annex(), not_counted=())
    [block] = sections(nobody)[1].blocks
    assert isinstance(block, Text)
    assert block.lines == ("ไม่มี",)


def test_a_large_population_is_counted_by_district_and_adds_up() -> None:
    section = sections(annex_by_district())[1]
    rows = table(section).groups[0].rows
    assert [cell.text for cell in rows[-1]] == ["รวม", "255", "55"]
    assert sum(int(row[2].text) for row in rows[:-1]) == 255


def test_thai_digits_leave_codes_names_and_documents_as_they_are() -> None:
    group = table(sections(annex(), thai_digits=True)[2]).groups[0]
    assert group.label == "5001 พระนคร ๓ โครงการ รวม ๗,๕๐๐.๐๐ บาท"
    assert [cell.text for cell in group.rows[0]] == [
        "๑",
        "ลานกีฬาของชุมชน ระยะที่ 1",
        "ชุมชนพระนครร่วมใจ 1",
        "๒๕๖๔",
        "บันทึก ที่ 1/2563",
        "๑,๒๕๐.๐๐",
    ]


def test_a_paper_without_members_has_no_annex() -> None:
    assert sections(None) == []
