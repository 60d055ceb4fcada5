"""Which reports are public, whom they name, and that a paper is rendered once."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytest_django import Settings

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.reporting import kept_papers
from lakthan.apps.reporting.issues import certified_report
from lakthan.apps.reporting.kept_papers import kept_pdf, report_name
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.published import (
    NotPublished,
    PublicReports,
    _without_names,
    public_report,
    public_reports,
)
from lakthan.apps.reporting.selectors import indicator_page
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.core.errors import NotFound
from lakthan.printing.paper import Paper, Signature
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, YEAR

NAME = "นางสาวสมมุติ ตัวอย่าง"
AS_PRINTED = f"ลงชื่อ.....(ผู้รายงานข้อมูล)\n({NAME})\nตำแหน่ง นักวิเคราะห์นโยบายและแผน"


@pytest.fixture
def assignment(db: None) -> Assignment:
    return builders.assignment(builders.bureau())


@pytest.fixture
def code(assignment: Assignment) -> str:
    return assignment.indicator.code


@pytest.fixture
def paper(assignment: Assignment, code: str) -> Paper:
    """The public paper of a year's report of our own."""
    publish(assignment, None)
    return public_report(code, YEAR).paper


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where papers are kept, in a home that is empty but for the built fonts."""
    (tmp_path / "cache").symlink_to(settings.HOME / "cache")
    (settings.HOME / "cache").mkdir(parents=True, exist_ok=True)
    settings.HOME = tmp_path
    return tmp_path / "papers"


def publish(assignment: Assignment, quarter: int | None, **more: object) -> Report:
    """A certified report of a quarter, or of the year; of the next issue where one is certified."""
    certified = certified_report(assignment, quarter)
    if certified is not None:
        lives.correct(certified)
    texts = {"narrative": "ทำแล้ว"} | more
    if quarter is None:
        report = write_year_report(actor=ROOT, assignment=assignment, now=NOW, **texts)
    else:
        report = write_quarter_report(actor=ROOT, assignment=assignment, quarter=quarter, now=NOW, **texts)
    return lives.bring_to(report, State.CERTIFIED)


# Which reports


def public(code: str) -> PublicReports:
    """The reports that the page of the indicator offers to everyone."""
    return public_reports(indicator_page(code, YEAR).certified)


def test_those_reports_are_public_that_are_certified(assignment: Assignment, code: str) -> None:
    assert public(code) == PublicReports(year=False, quarters=())
    assert not public(code)
    for quarter in (3, 1):
        publish(assignment, quarter)
    assert public(code) == PublicReports(year=False, quarters=(1, 3))
    assert public_report(code, YEAR, 1).all_public == PublicReports(year=False, quarters=(1, 3))
    publish(assignment, None)
    assert public(code) == PublicReports(year=True, quarters=(1, 3))


@pytest.mark.parametrize("state", [state for state in lives.WAYS if state is not State.CERTIFIED])
def test_a_report_in_another_state_is_not_public(assignment: Assignment, code: str, state: State) -> None:
    lives.report_in(assignment.unit, state, assignment)
    assert not public(code)
    with pytest.raises(NotPublished):
        public_report(code, YEAR, 2)


def test_the_certified_report_is_public_until_its_correction_is_certified(assignment: Assignment, code: str) -> None:
    correction = lives.correct(publish(assignment, 2, narrative="เดิม"))
    write_quarter_report(actor=ROOT, assignment=assignment, quarter=2, narrative="ใหม่", now=NOW)
    assert public_report(code, YEAR, 2).paper.quarters[-1].narrative == "เดิม"
    lives.bring_to(correction, State.CERTIFIED)
    assert public_report(code, YEAR, 2).paper.quarters[-1].narrative == "ใหม่"


def test_what_is_missing_is_named_and_where_to_go(assignment: Assignment, code: str) -> None:
    with pytest.raises(NotPublished) as no_year:
        public_report(code, YEAR)
    assert no_year.value.en.startswith(f"No report of indicator {code} for fiscal year 2563")
    assert "page of the indicator" in no_year.value.en
    with pytest.raises(NotPublished) as no_quarter:
        public_report(code, YEAR, 3)
    assert f"ยังไม่มีรายงานของตัวชี้วัด {code} ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563" in no_quarter.value.th


def test_an_indicator_or_year_that_does_not_exist_is_another_answer(assignment: Assignment, code: str) -> None:
    for asked in (("9999-0001", YEAR), (code, YEAR + 1)):
        with pytest.raises(NotFound) as missing:
            public_report(*asked)
        assert not isinstance(missing.value, NotPublished)


def test_it_is_told_whether_the_first_sections_are_those_of_an_imported_print(
    assignment: Assignment, code: str
) -> None:
    publish(assignment, 2)
    publish(assignment, None, signature=AS_PRINTED)
    assert not public_report(code, YEAR).from_print
    publish(assignment, None, printed_terms="ตามฉบับพิมพ์")
    assert public_report(code, YEAR).from_print
    assert public_report(code, YEAR, 2).from_print


# Names


def test_a_public_paper_names_nobody_and_keeps_its_office(paper: Paper) -> None:
    signed = replace(paper, signature=Signature(name=NAME, position="ผู้อำนวยการ", acting_for="ปฏิบัติราชการแทน"))
    assert NAME not in repr(_without_names(signed))
    assert _without_names(signed).signature == Signature(position="ผู้อำนวยการ", acting_for="ปฏิบัติราชการแทน")


def test_the_lines_of_an_imported_print_are_dots_in_public(assignment: Assignment, code: str) -> None:
    publish(assignment, None, signature=AS_PRINTED)
    assert NAME in repr(paper_of(code, YEAR).signature)
    assert public_report(code, YEAR).paper.signature == Signature()


# Kept files


def test_the_second_reader_gets_the_file_of_the_first(paper: Paper, folder: Path) -> None:
    first = kept_pdf(replace(paper, printed_at=NOW))
    [file] = folder.iterdir()
    os.utime(file, (1, 1))
    later = replace(paper, printed_at=NOW + timedelta(minutes=5))
    assert kept_pdf(later) == first == file.read_bytes()
    assert file.stat().st_mtime == 1
    assert [file] == list(folder.iterdir())
    assert _print_times(file) == {"10.00"}


def _print_times(file: Path) -> set[str]:
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    return set(re.findall(r"พิมพ์เมื่อ.*?เวลา\s*([0-9]+\.[0-9]+)", text))


def test_a_changed_report_is_a_new_file_in_the_place_of_the_old(
    paper: Paper, folder: Path, assignment: Assignment, code: str
) -> None:
    old = kept_pdf(paper)
    [old_file] = folder.iterdir()
    publish(assignment, None, narrative="ทำเสร็จแล้ว")
    new = kept_pdf(public_report(code, YEAR).paper)
    [new_file] = folder.iterdir()
    assert new_file != old_file
    assert new_file.read_bytes() == new != old


def test_the_files_of_other_reports_and_of_the_operator_stay(paper: Paper, folder: Path) -> None:
    folder.mkdir()
    others = {"2100-0001-2563.pdf", "2100-0001-2563-q3-0123456789abcdef.pdf", "2100-0001-2564-0123456789abcdef.pdf"}
    old = "2100-0001-2563-0123456789abcdef.pdf"
    for name in (*others, old):
        (folder / name).write_bytes(b"%PDF-")
    kept_pdf(replace(paper, indicator_code="2100-0001"))
    left = {path.name for path in folder.iterdir()}
    assert others < left
    assert old not in left
    assert len(left) == len(others) + 1


def test_a_paper_printed_by_another_version_of_the_program_is_printed_anew(
    paper: Paper, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_pdf(paper)
    [old_file] = folder.iterdir()
    monkeypatch.setattr(kept_papers, "_program", lambda: b"another")
    kept_pdf(paper)
    [new_file] = folder.iterdir()
    assert new_file != old_file


def test_readers_who_come_at_once_wait_for_one_rendering(paper: Paper, folder: Path) -> None:
    papers = [replace(paper, printed_at=NOW + timedelta(minutes=minute)) for minute in range(3)]
    with ThreadPoolExecutor(len(papers)) as readers:
        assert len(set(readers.map(kept_pdf, papers))) == 1
    assert len(list(folder.iterdir())) == 1


def test_a_file_that_cannot_be_written_leaves_no_part_of_it(
    paper: Paper, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        kept_pdf(paper)
    assert list(folder.iterdir()) == []


def test_a_report_is_called_by_code_year_and_quarter(paper: Paper) -> None:
    assert report_name(replace(paper, indicator_code="2100-0001")) == "2100-0001-2563"
    assert report_name(replace(paper, indicator_code="2100-0001", quarter=3)) == "2100-0001-2563-q3"
