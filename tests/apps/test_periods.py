"""Periods: dates for each kind of unit, extensions, closing, and what they let write and send."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.deadlines import cut_offs, term_of
from lakthan.apps.reporting.figures import questions
from lakthan.apps.reporting.models import Extension, Period, PeriodChange, Report
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.periods import (
    OtherDates,
    PeriodDates,
    change_period,
    close_period,
    extend_deadline,
    open_period,
    reopen_period,
)
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.permissions import Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, TODAY, YEAR, moment

pytestmark = pytest.mark.django_db

OPENS, DEADLINE = date(2020, 3, 10), date(2020, 4, 10)
CUT_OFF, EARLIER = date(2020, 3, 31), date(2020, 3, 20)
DISTRICTS_EARLIER = {Unit.Kind.DISTRICT: OtherDates(cut_off_on=EARLIER, deadline_on=date(2020, 4, 3))}


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def opened(**more: Any) -> Period:
    usual: dict[str, Any] = {"quarter": YEAR.quarter(2), "opens_on": OPENS, "deadline_on": DEADLINE}
    return open_period(actor=ROOT, now=NOW, **usual | more)


def closed(period: Period) -> Period:
    return close_period(actor=ROOT, period=period, reason="ครบกำหนด", now=NOW)


def extended(period: Period, unit: Unit, until: date = TODAY + timedelta(days=9)) -> Extension:
    return extend_deadline(
        actor=ROOT, period=period, unit=unit, deadline_on=until, reason="โรคระบาด", document="กท 1901/5", now=NOW
    )


def test_dates_of_a_kind_of_unit_stand_before_the_period_s_own(home: Unit) -> None:
    opened(of_kinds=DISTRICTS_EARLIER)
    district = builders.unit("5001")
    indicator = builders.indicator(home)
    for unit, cut_off, deadline in ((home, CUT_OFF, DEADLINE), (district, EARLIER, date(2020, 4, 3))):
        assignment = builders.assignment(unit, indicator)
        term = term_of(assignment, 2)
        assert term is not None
        assert (term.opens_on, term.cut_off_on, term.due_on) == (OPENS, cut_off, deadline)
        assert term_of(assignment, 1) is None
        as_of = [question.as_of for question in questions([assignment], YEAR, TODAY)[assignment.pk]]
        assert as_of == [date(2019, 12, 31), cut_off, TODAY, date(2020, 9, 30)]


def test_a_kind_may_have_the_quarter_s_last_day_where_the_period_has_another() -> None:
    opened(cut_off_on=EARLIER, of_kinds={Unit.Kind.BUREAU: OtherDates(cut_off_on=CUT_OFF)})
    days = cut_offs(YEAR, Unit.Kind.values)
    assert {kind: of_kind[2] for kind, of_kind in days.items()} == {
        **dict.fromkeys(Unit.Kind.values, EARLIER),
        Unit.Kind.BUREAU: CUT_OFF,
    }


@pytest.mark.parametrize(
    "other",
    [OtherDates(cut_off_on=date(2020, 4, 1)), OtherDates(deadline_on=date(2020, 3, 9))],
    ids=["cut", "deadline"],
)
def test_dates_of_a_kind_are_as_possible_as_the_period_s(other: OtherDates) -> None:
    with pytest.raises(UserError, match=r"cut-off|opening"):
        opened(of_kinds={Unit.Kind.DISTRICT: other})
    assert not Period.objects.exists()


def test_nothing_is_begun_before_the_period_opens_but_old_prints_are_brought_in(home: Unit) -> None:
    assignment, reporter = builders.assignment(home), lives.person(Role.REPORTER, home)

    def write(when: date) -> Report:
        return write_quarter_report(actor=reporter, assignment=assignment, quarter=2, narrative="ก", now=moment(when))

    with pytest.raises(Conflict, match="not opened yet"):
        write(TODAY)
    opened()
    with pytest.raises(Conflict, match="opens on 10 March 2020"):
        write(OPENS - timedelta(days=1))
    with pytest.raises(Conflict, match="not opened yet"):
        write_year_report(actor=reporter, assignment=assignment, narrative="ปี", now=NOW)
    assert not Report.objects.exists()
    assert write(OPENS).state == State.DRAFT.value
    assert write_quarter_report(actor=ROOT, assignment=assignment, quarter=1, narrative="ก", now=NOW).quarter == 1


def test_a_draft_that_was_begun_is_written_on_whatever_becomes_of_the_period(home: Unit) -> None:
    period = opened()
    report = lives.report_in(home, State.DRAFT)
    closed(period)
    reporter = lives.person(Role.REPORTER, home)
    write_quarter_report(actor=reporter, assignment=report.assignment, quarter=2, narrative="แก้", now=NOW)
    report.refresh_from_db()
    assert report.narrative == "แก้"


@pytest.mark.parametrize(("state", "take"), [(State.DRAFT, lives.endorse), (State.ENDORSED, lives.submit)])
def test_a_closed_period_takes_no_report_but_from_a_unit_with_an_extension(
    home: Unit, state: State, take: Callable[[Report], Report]
) -> None:
    period = opened()
    report = lives.report_in(home, state)
    closed(period)
    with pytest.raises(Conflict, match="was closed on 1 June 2020"):
        take(report)
    extended(period, builders.unit("5001"))
    report.refresh_from_db()
    assert report.state == state.value
    with pytest.raises(Conflict, match="extension"):
        take(report)
    extended(period, home)
    assert take(Report.objects.get()).state != state.value


def test_what_was_sent_in_time_and_came_back_is_sent_again_and_certified_ones_are_corrected(home: Unit) -> None:
    period = opened()
    returned = lives.report_in(home, State.RETURNED)
    certified = lives.report_in(home, State.CERTIFIED, builders.assignment(home, builders.indicator(home, "2100-0002")))
    closed(period)
    write_quarter_report(
        actor=lives.person(Role.REPORTER, home), assignment=returned.assignment, quarter=2, narrative="ใหม่", now=NOW
    )
    again = Report.objects.get(pk=returned.pk)
    assert lives.submit(lives.endorse(again)).state == State.SUBMITTED.value
    correction = lives.correct(certified)
    assert lives.bring_to(correction, State.CERTIFIED).state == State.CERTIFIED.value


def test_a_period_is_closed_after_its_last_deadline_and_opened_again_with_a_reason(home: Unit) -> None:
    period = opened(of_kinds={Unit.Kind.BUREAU: OtherDates(deadline_on=TODAY)})
    with pytest.raises(Conflict, match="not over yet"):
        closed(period)
    with pytest.raises(Conflict, match="not closed"):
        reopen_period(actor=ROOT, period=period, reason="ขอเพิ่ม", now=NOW)
    tomorrow = moment(TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="reason"):
        close_period(actor=ROOT, period=period, reason=" ", now=tomorrow)
    close_period(actor=ROOT, period=period, reason="ครบกำหนด", now=tomorrow)
    with pytest.raises(Conflict, match="closed already"):
        close_period(actor=ROOT, period=period, reason="ครบกำหนด", now=tomorrow)
    reopen_period(actor=ROOT, period=period, reason="ขอเพิ่ม", now=tomorrow)
    assert Period.objects.get().closed_on is None
    assert list(PeriodChange.objects.order_by("pk").values_list("kind", "reason")) == [
        ("closed", "ครบกำหนด"),
        ("reopened", "ขอเพิ่ม"),
    ]


def change(period: Period, **more: Any) -> Period:
    dates: dict[str, Any] = {"opens_on": OPENS, "deadline_on": DEADLINE}
    return change_period(actor=ROOT, period=period, dates=PeriodDates(**dates | more), reason="โรคระบาด", now=NOW)


def test_dates_of_a_running_period_change_with_a_reason_and_kinds_lose_their_own(home: Unit) -> None:
    period = opened(of_kinds=DISTRICTS_EARLIER)
    change(period, deadline_on=date(2020, 5, 1), reminder_days=(3, -3))
    assert cut_offs(YEAR, [Unit.Kind.DISTRICT])[Unit.Kind.DISTRICT][2] == CUT_OFF
    assert Period.objects.values_list("deadline_on", "reminder_days").get() == (date(2020, 5, 1), [-3, 3])
    assert period.terms.get().deadline_on is None
    with pytest.raises(UserError, match="reason"):
        change_period(actor=ROOT, period=period, dates=PeriodDates(OPENS, DEADLINE), reason="", now=NOW)


def test_the_cut_off_stays_once_a_report_was_sent_and_the_deadline_may_move(home: Unit) -> None:
    period = opened()
    lives.report_in(home, State.SUBMITTED)
    for kinds in ({}, {Unit.Kind.BUREAU: OtherDates(cut_off_on=EARLIER)}):
        with pytest.raises(Conflict, match="cut-off stays"):
            change(period, cut_off_on=CUT_OFF if kinds else EARLIER, of_kinds=kinds)
    change(period, of_kinds={Unit.Kind.DISTRICT: OtherDates(cut_off_on=EARLIER)}, deadline_on=date(2020, 5, 1))
    assert cut_offs(YEAR, ["bureau"])["bureau"][2] == CUT_OFF


def test_a_closed_period_is_opened_again_before_its_dates_change(home: Unit) -> None:
    with pytest.raises(Conflict, match="open it again"):
        change(closed(opened()))


def test_an_extension_lies_after_what_the_unit_has_and_is_not_past(home: Unit) -> None:
    period = opened()
    for until in (DEADLINE, TODAY - timedelta(days=1)):
        with pytest.raises(UserError, match="must lie after"):
            extended(period, home, until)
    extended(period, home, TODAY)
    with pytest.raises(UserError, match="must lie after"):
        extended(period, home, TODAY)
    extended(period, home, TODAY + timedelta(days=1))
    term = term_of(builders.assignment(home), 2)
    assert term is not None
    assert term.due_on == TODAY + timedelta(days=1)


def test_nobody_gets_more_time_in_a_period_that_has_not_opened(home: Unit) -> None:
    period = opened(quarter=YEAR.quarter(4), opens_on=date(2020, 9, 10), deadline_on=date(2020, 10, 10))
    with pytest.raises(Conflict, match="not open yet"):
        extended(period, home, date(2020, 10, 20))


def test_sending_takes_the_figure_as_of_the_cut_off_of_the_unit(home: Unit) -> None:
    opened(of_kinds={Unit.Kind.BUREAU: OtherDates(cut_off_on=EARLIER)})
    district = builders.unit("5001")
    builders.inclusion(builders.project(district), builders.action_plan(district), on=date(2020, 3, 25))
    report = lives.report_in(home, State.ENDORSED)
    workflow.submit_report(actor=lives.person(Role.UNIT_HEAD, home), report=report, now=NOW)
    assert '"as_of":"2020-03-20"' in report.snapshots.get().content
