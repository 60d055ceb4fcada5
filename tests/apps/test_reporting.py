"""Periods, drafts of reports, and what units report where no register holds it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.indicators.services import add_definition
from lakthan.apps.ledger.models import Entry
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import (
    DatedNote,
    IndicatorProject,
    Period,
    Report,
    ReportedValue,
    ReportEvidence,
    StepCompletion,
)
from lakthan.apps.reporting.services.attachments import add_note, attach_evidence
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.values import complete_step, link_project, report_value
from lakthan.apps.reporting.services.writing import (
    PRINTED,
    SECTIONS,
    write_quarter_report,
    write_year_report,
)
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR

DAY = date(2020, 3, 2)
TOMORROW = date(2020, 6, 2)


@pytest.fixture
def bureau(db: None) -> Unit:
    return builders.bureau()


@pytest.fixture
def assignment(bureau: Unit) -> Assignment:
    return builders.assignment(bureau)


# Periods


def open_quarter(**more: Any) -> Period:
    usual: dict[str, Any] = {
        "quarter": YEAR.quarter(2),
        "opens_on": date(2020, 3, 10),
        "deadline_on": date(2020, 4, 10),
    }
    return open_period(actor=ROOT, now=NOW, **{**usual, **more})


def test_figures_are_as_of_the_quarter_s_last_day_unless_a_cut_off_is_given(db: None) -> None:
    assert open_quarter().cut_off_on == date(2020, 3, 31)
    third = open_quarter(quarter=YEAR.quarter(3), cut_off_on=date(2020, 6, 20), deadline_on=date(2020, 7, 10))
    assert third.cut_off_on == date(2020, 6, 20)


@pytest.mark.parametrize("cut_off", [date(2019, 12, 31), date(2020, 4, 1)])
def test_a_cut_off_lies_in_its_quarter(db: None, cut_off: date) -> None:
    with pytest.raises(UserError, match="The cut-off is no day of quarter 2 of fiscal year 2563"):
        open_quarter(cut_off_on=cut_off)


def test_a_quarter_is_opened_once_and_before_its_deadline(db: None) -> None:
    with pytest.raises(UserError, match="The deadline"):
        open_quarter(deadline_on=date(2020, 3, 9))
    open_quarter()
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        open_quarter()


# Drafts


def write(assignment: Assignment, quarter: int = 2, **more: Any) -> Report:
    return write_quarter_report(actor=ROOT, assignment=assignment, quarter=quarter, now=NOW, **more)


def write_year(assignment: Assignment, **more: Any) -> Report:
    return write_year_report(actor=ROOT, assignment=assignment, now=NOW, **more)


def test_a_quarter_has_one_draft_that_is_written_on(assignment: Assignment) -> None:
    first = write(assignment, narrative="ประชุมแล้ว", progress=35)
    second = write(assignment, obstacles="โรคระบาด")
    assert first == second
    stored = Report.quarters.get()
    assert (stored.narrative, stored.obstacles, stored.progress, stored.state) == ("ประชุมแล้ว", "โรคระบาด", 35, "draft")


def test_progress_that_was_not_given_is_missing_which_is_not_zero(assignment: Assignment) -> None:
    assert write(assignment).progress is None
    assert write(assignment, progress=0).progress == 0
    write(assignment, narrative="ก")
    assert Report.quarters.get().progress == 0


@pytest.mark.parametrize(
    ("progress", "quarter", "says"), [(101, 2, "0 to 100"), (-1, 2, "0 to 100"), (0, 5, "quarter 5")]
)
def test_a_draft_of_no_quarter_or_with_impossible_progress_is_refused(
    assignment: Assignment, progress: int, quarter: int, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        write(assignment, quarter, progress=progress)
    assert not Report.quarters.exists()


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_of_a_quarter_and_of_the_year_can_be_written(assignment: Assignment, section: str) -> None:
    write(assignment, **{section: "ข้อความ"})
    write_year(assignment, **{section: "ข้อความ"})
    assert getattr(Report.quarters.get(), section) == getattr(Report.years.get(), section) == "ข้อความ"


def test_every_field_of_a_print_can_be_written_into_the_year(assignment: Assignment) -> None:
    texts: dict[str, Any] = {field: f"ข้อ {number}"[:8] for number, field in enumerate(sorted(PRINTED))}
    texts["printed_plan_links"] = [{"label": "ด้าน", "as_printed": "ด้านที่ 5", "text": "ด้านที่ 5"}]
    write_year(assignment, **texts)
    stored = Report.years.get()
    assert {field: getattr(stored, field) for field in PRINTED} == texts


@pytest.mark.parametrize("name", ["result", "state", "unit", "printed_name", "recorded_at"])
def test_what_is_no_section_of_a_quarter_is_a_programmer_s_mistake(assignment: Assignment, name: str) -> None:
    with pytest.raises(TypeError, match=f"not a section of this report: {name}"):
        write(assignment, **{name: "x"})


@pytest.mark.parametrize("name", ["result", "state", "progress"])
def test_what_is_no_field_of_the_year_is_a_programmer_s_mistake(assignment: Assignment, name: str) -> None:
    with pytest.raises(TypeError, match=f"not a section of this report: {name}"):
        write_year(assignment, **{name: "x"})


def test_writing_the_same_again_enters_nothing(assignment: Assignment) -> None:
    for attempt in (
        lambda: write(assignment, narrative="ก", progress=1),
        lambda: write_year(assignment, narrative="ก"),
    ):
        attempt()
        entries = Entry.objects.count()
        attempt()
        assert Entry.objects.count() == entries


# Notes and evidence


def test_a_quarter_has_several_dated_notes_none_of_tomorrow_and_none_empty(assignment: Assignment) -> None:
    report = write(assignment)
    for text in ("ประชุมครั้งที่ 1", "ประชุมครั้งที่ 2"):
        add_note(actor=ROOT, report=report, effective_on=DAY, text=text, now=NOW)
    for day, text, says in ((TOMORROW, "ก", "in the future"), (DAY, " ", "The note is missing")):
        with pytest.raises(UserError, match=says):
            add_note(actor=ROOT, report=report, effective_on=day, text=text, now=NOW)
    assert DatedNote.objects.count() == 2


def test_a_file_is_attached_to_a_report_once_and_only_of_its_unit(assignment: Assignment, bureau: Unit) -> None:
    report = write_year(assignment)

    def attach(owner: Unit) -> ReportEvidence:
        evidence = builders.evidence(owner)
        return attach_evidence(actor=ROOT, report=report, evidence=evidence, proves="รายงาน", now=NOW)

    assert attach(bureau) == attach(bureau)
    with pytest.raises(ValueError, match="row of another unit"):
        attach(builders.unit("5001"))
    assert ReportEvidence.objects.count() == 1


# Reported values


def report(bureau: Unit, formula: Any, **more: Any) -> ReportedValue:
    usual: dict[str, Any] = {"effective_on": DAY, "amount": Decimal(40)}
    indicator = builders.indicator(bureau, formula=formula)
    return report_value(actor=ROOT, indicator=indicator, unit=bureau, fiscal_year=YEAR, now=NOW, **{**usual, **more})


def test_a_pair_or_a_value_is_kept_as_it_was_reported(bureau: Unit) -> None:
    report(bureau, builders.PAIR, amount=Decimal(0), base=Decimal("0.0001"), note="นับสะสม")
    stored = ReportedValue.objects.get()
    assert (stored.amount, stored.base, stored.note, stored.fiscal_year) == (0, Decimal("0.0001"), "นับสะสม", 2563)


def test_a_value_without_a_denominator_has_none(bureau: Unit) -> None:
    report(bureau, builders.VALUE)
    assert ReportedValue.objects.get().base is None


@pytest.mark.parametrize(
    ("formula", "more", "says"),
    [
        (builders.PAIR, {"base": Decimal(0)}, "The denominator is missing or not above zero"),
        (builders.PAIR, {"base": Decimal(-1)}, "The denominator is missing or not above zero"),
        (builders.PAIR, {}, "The denominator is missing or not above zero"),
        (builders.VALUE, {"base": Decimal(1)}, "takes one value without a denominator"),
        (builders.SHARE, {}, "Indicator 2100-0001 is computed from records; values are not typed in"),
        (builders.STEPS, {}, "Indicator 2100-0001 is computed from records; values are not typed in"),
        (builders.VALUE, {"effective_on": TOMORROW}, "in the future"),
        (builders.VALUE, {"amount": Decimal("0.33333")}, "The value is 0.33333, with more than 4 decimals"),
        (builders.VALUE, {"amount": Decimal("NaN")}, "The value is NaN, beyond"),
        (builders.PAIR, {"base": Decimal("Infinity")}, "The denominator is Infinity, beyond"),
    ],
)
def test_a_reported_value_is_refused(bureau: Unit, formula: Any, more: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        report(bureau, formula, **more)
    assert not ReportedValue.objects.exists()


def test_the_newest_definition_decides_what_is_typed_in(bureau: Unit) -> None:
    indicator = builders.indicator(bureau, formula=builders.VALUE)
    add_definition(actor=ROOT, indicator=indicator, formula=builders.SHARE, words=builders.WORDS, now=NOW)
    with pytest.raises(UserError, match="computed from records"):
        report_value(
            actor=ROOT,
            indicator=indicator,
            unit=bureau,
            fiscal_year=YEAR,
            effective_on=DAY,
            amount=Decimal(1),
            now=NOW,
        )


# Steps and projects


def complete(bureau: Unit, step: str, formula: Any = builders.STEPS, on: date = DAY) -> StepCompletion:
    indicator = builders.indicator(bureau, formula=formula)
    return complete_step(actor=ROOT, indicator=indicator, unit=bureau, step=step, effective_on=on, now=NOW)


def test_a_step_of_the_formula_is_done_on_a_day(bureau: Unit) -> None:
    complete(bureau, "2")
    assert list(StepCompletion.objects.values_list("step", "effective_on")) == [("2", DAY)]


@pytest.mark.parametrize(
    ("step", "formula", "on", "says"),
    [
        ("3", builders.STEPS, DAY, "There is no step 3; there are 1, 2"),
        ("1", builders.SHARE, DAY, "computed from records"),
        ("1", builders.STEPS, TOMORROW, "in the future"),
    ],
)
def test_a_step_is_refused(bureau: Unit, step: str, formula: Any, on: date, says: str) -> None:
    with pytest.raises(UserError, match=says):
        complete(bureau, step, formula, on)
    assert not StepCompletion.objects.exists()


def test_a_project_serves_an_indicator_once(bureau: Unit) -> None:
    indicator, project = builders.indicator(bureau), builders.bureau_project(bureau)
    link_project(actor=ROOT, indicator=indicator, project=project, now=NOW)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        link_project(actor=ROOT, indicator=indicator, project=project, now=NOW)
    assert IndicatorProject.objects.get().unit == bureau
