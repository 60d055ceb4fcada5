"""The reference report, where it is at hand. Its text is not repeated here beyond a few words."""

import csv
from decimal import Decimal
from functools import cache

import pytest

from lakthan.exchange.printed_report import (
    Level,
    NotAReport,
    PlanNodeText,
    PrintedReport,
    RepairKind,
    read_report,
    uncovered,
)
from tests.shared_data import shared_data


@cache
def plan() -> tuple[PlanNodeText, ...]:
    with shared_data("plan_nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["plan_version"].startswith("phase2")]
    return tuple(
        PlanNodeText(row["code"], row["level"], row["name_th"], row["name_en"], row["certainty"]) for row in rows
    )


@cache
def seed() -> PrintedReport:
    return read_report(shared_data("seed_report.txt").read_bytes(), plan())


def seed_lines() -> list[str]:
    return shared_data("seed_report.txt").read_text(encoding="utf-8").split("\n")


def test_every_character_of_the_reference_report_is_accounted_for() -> None:
    assert uncovered(seed().text, seed()) == ()
    assert seed().unplaced == ()


def test_the_goal_is_completed_from_the_plan_and_marked_not_confirmed() -> None:
    goal = seed().plan_links[2]
    assert [link.code for link in seed().plan_links] == ["5", "5.2", "5.2.1"]
    assert len(goal.as_printed) == 99
    assert goal.name_th.endswith("ระบบงบประมาณแบบมีส่วนร่วม")
    (repair,) = [repair for repair in seed().repaired if repair.kind is RepairKind.PLAN_COMPLETED]
    assert repair.reason_en.endswith("completed from the plan, not confirmed")


def test_target_result_and_level_are_read() -> None:
    assert (seed().target.value, seed().result.value) == (Decimal(80), Decimal(86))
    assert seed().target.unit == seed().result.unit == "ร้อยละ"
    assert seed().level is Level.UNKNOWN


def test_paragraphs_stand_as_a_careful_reader_found_them() -> None:
    assert [len(quarter.paragraphs) for quarter in seed().quarters] == [1, 3, 5, 1]
    assert [len(seed().texts()[place]) for place in ("definitions", "year_summary", "obstacles", "evidence")] == [
        4,
        1,
        1,
        4,
    ]
    assert [text[:2] for text in seed().quarters[2].paragraphs] == ["1.", "2.", "3.", "4.", "ขณ"]
    assert "ข้อมูล ณ เดือนมกราคม 2563" in seed().quarters[1].paragraphs[2]
    assert seed().quarters[1].paragraphs[2].endswith("42.84]")


def test_repairs_are_those_a_careful_reader_would_make() -> None:
    changes = {(repair.kind, repair.before, repair.after) for repair in seed().repaired}
    assert (RepairKind.DIGITS, "08.๓0", "08.30") in changes
    assert (RepairKind.QUOTES, "?ร้อยละ 80?", "“ร้อยละ 80”") in changes
    kinds = [repair.kind for repair in seed().repaired]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        RepairKind.PLAN_COMPLETED: 1,
        RepairKind.DIGITS: 1,
        RepairKind.QUOTES: 2,
        RepairKind.ITEMS_PARTED: 3,
        RepairKind.LINES_JOINED: 11,
    }


def test_doubts_are_those_a_careful_reader_would_have() -> None:
    assert [(doubt.row, doubt.field) for doubt in seed().doubtful] == [
        (5, "level"),
        (26, "6.1"),
        (34, "6.3"),
        (58, "obstacles"),
        (60, "obstacles"),
    ]
    (split,) = [doubt.suggestion for doubt in seed().doubtful if len(doubt.suggestion) > 1]
    assert [part[:8] for part in split] == ["ประชาชนใ", "เกิดการแ", "COVID-19", "สำนักงาน"]


def test_deleting_any_line_is_refused_by_name_or_leaves_a_doubt_and_loses_nothing() -> None:
    lines = seed_lines()
    for number, line in enumerate(lines):
        data = "\n".join(lines[:number] + lines[number + 1 :]).encode()
        try:
            report = read_report(data, plan())
        except NotAReport:
            assert line.strip()
            continue
        assert uncovered(report.text, report) == ()
        assert report.doubtful
        if not line.strip():
            assert report.texts() == seed().texts()


@pytest.mark.parametrize("share", [1, 10, 25, 50, 75, 90, 97])
def test_the_reference_report_cut_anywhere_is_refused_by_name(share: int) -> None:
    data = shared_data("seed_report.txt").read_bytes()
    with pytest.raises(NotAReport):
        read_report(data[: len(data) * share // 100])
