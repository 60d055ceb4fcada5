"""A quarter that has begun and is not over: its figure speaks of today, never of a day to come."""

from datetime import date

import pytest

from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.figures import Question, answer_all, questions
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.core.fiscal import FiscalYear

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2563)
BEFORE = date(2019, 9, 20)
CODES = [f"2100-000{number}" for number in range(1, 7)]


def asked_on(day: date) -> list[Question]:
    assignments = [assignment_of(code, YEAR) for code in CODES]
    return [question for four in questions(assignments, YEAR, day).values() for question in four]


def test_the_running_quarter_is_as_of_today_and_later_ones_keep_their_cut_off() -> None:
    may = date(2020, 5, 8)
    days = [question.as_of for question in asked_on(may)[:4]]
    assert days == [date(2019, 12, 31), date(2020, 3, 31), may, date(2020, 9, 30)]


@pytest.mark.parametrize("day", [date(2019, 10, 1), date(2020, 2, 14), date(2020, 6, 29), date(2020, 9, 30)])
def test_figures_of_finished_quarters_are_those_the_database_compiles(day: date) -> None:
    districts = district_members(day)
    finished = [question for question in asked_on(day) if question.quarter.last_day < day]
    for question, answered in zip(finished, answer_all(finished, day), strict=True):
        compiled = measures.compiled(question.formula, question.asked, districts)
        assert (answered.figure.numerator, answered.figure.value) == (compiled.numerator, compiled.value)


def test_no_quarter_is_due_before_the_year_begins() -> None:
    assert {answered.figure.reason for answered in answer_all(asked_on(BEFORE), BEFORE)} == {"not-due"}
