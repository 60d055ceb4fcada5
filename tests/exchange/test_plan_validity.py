"""The last day of a community's plan, corrected by a workbook: once for the plan, and never against its decisions."""

from datetime import date
from typing import Any

import pytest

from lakthan.apps.ledger.models import Entry, Tally
from lakthan.apps.planning.models import CommunityPlan
from lakthan.rules.facts import FactKind
from tests.exchange.keeping import changed, counts, district, export, give, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> None:
    district()


def with_days(*days: object) -> bytes:
    """The workbook of the plan's three projects with these in the column of last days."""

    def fill(sheet: Any) -> None:
        for row, day in enumerate(days, start=6):
            sheet.cell(row, place("plans", "valid_until")).value = day

    return changed(export("plans"), fill)


def test_one_cell_changes_the_plan_and_is_one_change() -> None:
    before = CommunityPlan.objects.get().valid_until
    content = changed(
        export("plans"), lambda sheet: setattr(sheet.cell(7, place("plans", "valid_until")), "value", "31 มี.ค. 2565")
    )
    outcome = give(content, "plans")
    assert counts(outcome.result) == (0, 1, 2, 0)
    [change] = [change for line in outcome.lines for change in line.changes]
    assert (change.column, change.before, change.after) == ("valid_until", before, date(2022, 3, 31))
    plan = CommunityPlan.objects.get()
    assert plan.valid_until == date(2022, 3, 31)
    assert Entry.objects.filter(act="planning.mend_validity", subject_id=plan.pk).count() == 1
    [tally] = Tally.objects.filter(kind=FactKind.COMMUNITY_PLAN, count__gt=0)
    assert tally.ended_quarter == 25653, "it ends on the day after, in the third quarter of 2565"
    assert counts(give(export("plans"), "plans").result) == (0, 0, 3, 0)


def test_the_same_day_in_every_row_is_one_correction() -> None:
    day = date(2022, 3, 31)
    assert counts(give(with_days(day, day, day), "plans").result) == (0, 3, 0, 0)
    assert Entry.objects.filter(act="planning.mend_validity").count() == 1


def test_two_last_days_are_refused_with_the_row_of_the_other() -> None:
    result = give(with_days(date(2022, 3, 31), date(2022, 4, 1)), "plans").result
    assert counts(result)[3] == 1
    assert (result.refused[0].row, result.refused[0].column) == (7, "valid_until")
    assert "Row 6 of the same plan" in result.refused[0].reason_en


@pytest.mark.parametrize(("day", "says"), [("1/2/2563", "was decided about on"), ("1/1/2563", "lies before")])
def test_a_plan_ends_neither_before_it_was_adopted_nor_before_a_decision(day: str, says: str) -> None:
    result = give(with_days(day), "plans").result
    assert counts(result)[3] == 1
    assert says in result.refused[0].reason_en


def test_a_new_project_does_not_change_the_plan_it_is_added_to() -> None:
    def fill(sheet: Any) -> None:
        for key in ("community_code", "adopted_on", "field", "way"):
            sheet.cell(9, place("plans", key)).value = sheet.cell(6, place("plans", key)).value
        sheet.cell(9, place("plans", "name")).value = "ศาลาอ่านหนังสือ"
        sheet.cell(9, place("plans", "valid_until")).value = "31/3/2565"

    result = give(changed(export("plans"), fill), "plans").result
    assert counts(result) == (0, 0, 3, 1)
    assert "in a row of a project that is there already" in result.refused[0].reason_en
