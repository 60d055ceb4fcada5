"""Which reports have come in, and the confirmation that there is nothing to report."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.completeness import COLUMNS, Matrix, ReportCell, matrix
from lakthan.apps.reporting.life import ReportPlace, report_life
from lakthan.apps.reporting.models import NilConfirmation, Period
from lakthan.apps.reporting.services.nil import confirm_nil
from lakthan.apps.reporting.services.periods import close_period, extend_deadline, open_period
from lakthan.apps.reporting.services.writing import write_quarter_report
from lakthan.apps.reporting.work import my_work
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.completeness import Standing
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.permissions import Actor, Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.apps.test_assignment_decisions import decide

pytestmark = pytest.mark.django_db

AUDITOR = lives.person(Role.AUDITOR)
SECOND = COLUMNS.index(2)


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def open_second(deadline: date = date(2020, 5, 29)) -> None:
    quarter = YEAR.quarter(2)
    open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=deadline, now=NOW)


def cell(found: Matrix, column: int = SECOND, row: int = 0) -> ReportCell:
    return found.rows[row].cells[column]


def seen(actor: Actor = AUDITOR) -> Matrix:
    return matrix(actor, YEAR, TODAY)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.DRAFT, Standing.DRAFT),
        (State.ENDORSED, Standing.ENDORSED),
        (State.SUBMITTED, Standing.SUBMITTED),
        (State.RETURNED, Standing.RETURNED),
        (State.ACCEPTED, Standing.ACCEPTED),
        (State.CERTIFIED, Standing.CERTIFIED),
    ],
)
def test_a_report_stands_where_its_life_is_and_tells_how_late_it_is(
    home: Unit, state: State, standing: Standing
) -> None:
    open_second()
    lives.report_in(home, state)
    assert cell(seen()) == ReportCell(standing, (TODAY - date(2020, 5, 29)).days)
    assert cell(seen(), 0) == ReportCell(Standing.NOT_DUE, 0)
    assert cell(seen(), 4) == ReportCell(Standing.NOT_DUE, 0)


def test_what_is_not_written_is_late_and_an_extension_takes_the_lateness_away(home: Unit) -> None:
    open_second()
    assignment = builders.assignment(home)
    assert cell(seen()) == ReportCell(Standing.LATE, 3)
    extend_deadline(
        actor=ROOT,
        period=Period.objects.get(),
        unit=assignment.unit,
        deadline_on=TODAY,
        reason="โรคระบาด",
        document="กท 1901/5",
        now=NOW,
    )
    assert cell(seen()) == ReportCell(Standing.OPEN, 0)


def test_a_certified_report_stays_certified_while_it_is_corrected(home: Unit) -> None:
    open_second()
    correction = lives.correct(lives.report_in(home, State.CERTIFIED))
    assert cell(seen()).standing is Standing.CERTIFIED
    lives.bring_to(correction, State.CERTIFIED)
    assert cell(seen()).standing is Standing.CERTIFIED


def test_what_is_not_measured_is_not_owed(home: Unit) -> None:
    open_second()
    first = builders.assignment(home)
    second = builders.assignment(home, builders.indicator(home, "2100-0002"))
    decide(first, DecisionKind.NOT_APPLICABLE, on=date(2020, 1, 15))
    decide(second, DecisionKind.CANCELLED, on=date(2020, 4, 1))
    found = seen()
    assert [cell(found, row=number).standing for number in (0, 1)] == [Standing.NOT_APPLICABLE, Standing.LATE]
    assert cell(found, 2, 1).standing is Standing.CANCELLED


def test_each_sees_what_the_table_of_permissions_says(home: Unit) -> None:
    open_second()
    district = builders.unit("5001")
    indicator = builders.indicator(home)
    for unit in (home, district):
        builders.assignment(unit, indicator)
    for role in (Role.REVIEWER, Role.CERTIFIER, Role.STRATEGY_ADMINISTRATOR, Role.EXECUTIVE, Role.AUDITOR):
        assert [row.unit.id for row in seen(lives.person(role)).rows] == [home.pk, district.pk]
    for role in (Role.REPORTER, Role.DISTRICT_OFFICER, Role.UNIT_HEAD, Role.DISTRICT_DIRECTOR):
        assert [row.unit.id for row in seen(lives.person(role, district)).rows] == [district.pk]
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.COMMUNITY_MEMBER):
        assert seen(lives.person(role, district)).rows == ()
    assert [row.report_unit for row in seen().rows] == [None, district.pk]


def test_more_reports_need_no_more_queries(home: Unit) -> None:
    open_second()
    counts = []
    for first in (1, 101):
        for number, state in enumerate(lives.WAYS, first):
            lives.report_in(home, state, builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))
        decide(Assignment.objects.get(indicator__code=f"2100-{first:04}"), DecisionKind.CANCELLED)
        with CaptureQueriesContext(connection) as captured:
            seen()
        counts.append(len(captured))
    assert counts == [7, 7]


# Nothing to report


def confirm(assignment: Assignment, actor: Actor | None = None, quarter: int = 2) -> NilConfirmation:
    actor = actor or lives.person(Role.REPORTER, assignment.unit)
    return confirm_nil(actor=actor, assignment=assignment, quarter=quarter, now=NOW)


def test_nothing_to_report_counts_as_reported_and_is_said_once(home: Unit) -> None:
    open_second()
    assignment, reporter = builders.assignment(home), lives.person(Role.REPORTER, home)
    assert [line.quarter for line in my_work(reporter, TODAY).owed] == [2]
    assert confirm(assignment, reporter) == confirm(assignment)
    assert NilConfirmation.objects.get().person == reporter.id
    assert cell(seen()) == ReportCell(Standing.NIL, 0)
    assert my_work(reporter, TODAY).owed == ()
    life = report_life(reporter, ReportPlace("2100-0001", YEAR, 2))
    assert (life.nil_at, life.may_confirm_nil) == (NOW, False)


def test_writing_a_report_withdraws_it(home: Unit) -> None:
    open_second()
    assignment, reporter = builders.assignment(home), lives.person(Role.REPORTER, home)
    confirm(assignment)
    write_quarter_report(actor=reporter, assignment=assignment, quarter=2, narrative="มีแล้ว", now=NOW)
    assert NilConfirmation.objects.get().withdrawn_at == NOW
    assert cell(seen()).standing is Standing.DRAFT


def test_nothing_is_confirmed_where_something_is_written(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    with pytest.raises(Conflict, match="is begun"):
        confirm(report.assignment)


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda assignment: None, "not opened yet"),
        (lambda assignment: _opened_and_closed(), "was closed"),
        (lambda assignment: _opened_and_cancelled(assignment), "No report is owed"),
    ],
)
def test_nothing_is_confirmed_when_nothing_can_be_reported(
    home: Unit, prepare: Callable[[Assignment], object], says: str
) -> None:
    assignment = builders.assignment(home)
    prepare(assignment)
    with pytest.raises(Conflict, match=says):
        confirm(assignment)
    assert not NilConfirmation.objects.exists()


def _opened_and_closed() -> None:
    open_second(date(2020, 4, 10))
    close_period(actor=ROOT, period=Period.objects.get(), reason="ครบกำหนด", now=NOW)


def _opened_and_cancelled(assignment: Assignment) -> None:
    open_second(TODAY + timedelta(days=5))
    decide(assignment, DecisionKind.CANCELLED, on=date(2020, 1, 15))


def test_there_is_no_fifth_quarter_to_be_nil(home: Unit) -> None:
    with pytest.raises(UserError):
        confirm(builders.assignment(home), quarter=5)
