"""What waits for whom, and steps that are taken only on the text that was seen."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import actor_of
from lakthan.apps.people.services import delegate
from lakthan.apps.reporting.desk import TextMoved, take_seen, write_draft
from lakthan.apps.reporting.life import ReportLife, ReportPlace, report_life, report_paper
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.writing import write_quarter_report
from lakthan.apps.reporting.work import MyWork, WorkLine, my_work
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.rules.workflow import State, Step
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db

SECOND = ReportPlace("2100-0001", YEAR, 2)
GROUPS = {
    State.OPEN: (Role.REPORTER, "owed"),
    State.DRAFT: (Role.UNIT_HEAD, "to_send"),
    State.ENDORSED: (Role.UNIT_HEAD, "to_send"),
    State.SUBMITTED: (Role.REVIEWER, "to_review"),
    State.RETURNED: (Role.REPORTER, "owed"),
    State.ACCEPTED: (Role.CERTIFIER, "to_certify"),
}


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def open_quarter(number: int = 2, deadline: date = date(2020, 6, 10)) -> None:
    opens = min(deadline, YEAR.quarter(number).first_day)
    open_period(actor=ROOT, quarter=YEAR.quarter(number), opens_on=opens, deadline_on=deadline, now=NOW)


def waiting(actor: Actor) -> dict[str, list[WorkLine]]:
    work = my_work(actor, TODAY)
    groups = {"owed": work.owed, "to_send": work.to_send, "to_review": work.to_review, "to_certify": work.to_certify}
    return {name: list(lines) for name, lines in groups.items() if lines}


@pytest.mark.parametrize("state", GROUPS)
def test_a_report_waits_for_the_one_whose_turn_it_is(home: Unit, state: State) -> None:
    open_quarter()
    if state is State.OPEN:
        builders.assignment(home)
    else:
        lives.report_in(home, state)
    role, group = GROUPS[state]
    found = waiting(lives.person(role, home if group != "to_review" else None))
    assert [(line.code, line.quarter, line.state) for line in found.pop(group)] == [("2100-0001", 2, state)]
    assert found == {}


def test_nothing_waits_once_a_report_is_certified(home: Unit) -> None:
    open_quarter()
    lives.report_in(home, State.CERTIFIED)
    for role in Role:
        work = my_work(lives.person(role, home), TODAY)
        assert work == MyWork((), (), (), ())
        assert not work


def test_other_units_see_nothing_of_it(home: Unit) -> None:
    open_quarter()
    lives.report_in(home, State.DRAFT)
    other = builders.unit("5001")
    for role in (Role.REPORTER, Role.UNIT_HEAD, Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        assert waiting(lives.person(role, other)) == {}


def test_duties_stay_separate_in_the_list(home: Unit) -> None:
    open_quarter()
    report = lives.report_in(home, State.DRAFT)
    wrote = Actor(report.steps.get().person, (Held(Role.REPORTER, str(home.pk)), Held(Role.UNIT_HEAD, str(home.pk))))
    assert waiting(wrote).keys() == {"owed"}
    lives.submit(lives.endorse(report))
    assert waiting(lives.person(Role.REVIEWER, home)) == {}, "the division that made it does not review it"
    assert waiting(lives.person(Role.REVIEWER, builders.unit("5001"))).keys() == {"to_review"}


def test_a_period_that_is_not_open_owes_nothing_and_a_late_one_says_how_late(home: Unit) -> None:
    builders.assignment(home)
    reporter = lives.person(Role.REPORTER, home)
    assert waiting(reporter) == {}
    open_quarter(2, deadline=TODAY - timedelta(days=3))
    open_quarter(4, deadline=date(2020, 10, 10))
    assert [(line.quarter, line.days_left) for line in waiting(reporter)["owed"]] == [(2, -3)]


def test_the_year_is_owed_with_its_last_quarter(home: Unit) -> None:
    builders.assignment(home)
    open_quarter(4, deadline=date(2020, 10, 10))
    work = my_work(lives.person(Role.REPORTER, home), date(2020, 10, 1))
    assert [(line.quarter, line.days_left) for line in work.owed] == [(4, 9), (None, 9)]


def test_a_returned_report_comes_first_and_says_what_was_asked_until_it_is_sent_again(home: Unit) -> None:
    open_quarter(1)
    open_quarter(2)
    report = lives.report_in(home, State.RETURNED)
    reporter = lives.person(Role.REPORTER, home)
    assert [(line.quarter, line.asked) for line in waiting(reporter)["owed"]] == [(2, "ขาดหลักฐาน"), (1, "")]
    write_quarter_report(actor=reporter, assignment=report.assignment, quarter=2, narrative="ใหม่", now=NOW)
    assert [line.asked for line in waiting(reporter)["owed"]] == ["", "ขาดหลักฐาน"]
    life = report_life(reporter, SECOND)
    assert life.asked is not None
    assert (life.asked.step, life.asked.reason) == (Step.RETURN, "ขาดหลักฐาน")


def test_a_correction_has_no_deadline(home: Unit) -> None:
    open_quarter(2, deadline=date(2020, 4, 10))
    old = lives.report_in(home, State.CERTIFIED)
    reporter = lives.person(Role.REPORTER, home)
    workflow.correct_report(actor=reporter, report=old, reason="นับซ้ำ", now=NOW)
    assert [(line.deadline_on, line.days_left) for line in waiting(reporter)["owed"]] == [(None, None)]


def _in_each_state(home: Unit, first: int) -> None:
    for number, state in enumerate(lives.WAYS, first):
        lives.report_in(home, state, builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))


@pytest.mark.parametrize("role", [Role.REPORTER, Role.UNIT_HEAD, Role.REVIEWER, Role.CERTIFIER])
def test_more_reports_need_no_more_queries(home: Unit, role: Role) -> None:
    open_quarter(1)
    open_quarter(2)
    actor, counts = lives.person(role, home), []
    for first in (1, 101):
        _in_each_state(home, first)
        with CaptureQueriesContext(connection) as captured:
            my_work(actor, TODAY)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10


def _seen(actor: Actor, place: ReportPlace = SECOND) -> ReportLife:
    return report_life(actor, place)


def test_the_page_tells_each_step_with_the_order_it_was_taken_under(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    deputy = builders.user("deputy")
    delegate(
        actor=ROOT,
        unit=home,
        kind=Delegation.Kind.ACTING_FOR,
        office="ผู้อำนวยการ",
        order_number="12/2563",
        valid_from=TODAY,
        deputy=deputy,
        role=Role.UNIT_HEAD,
        now=NOW,
    )
    workflow.endorse_report(actor=actor_of(deputy, TODAY), report=report, now=NOW)
    written, endorsed = _seen(lives.person(Role.REVIEWER)).history
    assert (written.step, written.person_th, written.order_number) == (Step.WRITE, "", "")
    assert (endorsed.step, endorsed.person_th, endorsed.unit_th, endorsed.order_number) == (
        Step.ENDORSE,
        "สมชาย ใจดี",
        home.name_th,
        "12/2563",
    )


def test_outsiders_are_told_that_there_is_no_report(home: Unit) -> None:
    lives.report_in(home, State.DRAFT)
    outsider = lives.person(Role.REPORTER, builders.unit("5001"))
    for read in (report_life, report_paper):
        with pytest.raises(NotFound):
            read(outsider, SECOND)
    with pytest.raises(NotFound):
        take_seen(actor=outsider, place=SECOND, step=Step.ENDORSE, seen="", now=NOW)


def test_a_report_that_is_not_written_is_open_and_has_no_paper(home: Unit) -> None:
    open_quarter()
    builders.assignment(home)
    reporter = lives.person(Role.REPORTER, home)
    life = _seen(reporter)
    assert (life.state, life.possible, life.history) == (State.OPEN, (Step.WRITE,), ())
    with pytest.raises(NotFound):
        report_paper(reporter, SECOND)
    with pytest.raises(Conflict):
        take_seen(actor=lives.person(Role.UNIT_HEAD, home), place=SECOND, step=Step.ENDORSE, seen="", now=NOW)


def test_a_district_writes_its_own_report_of_an_indicator_of_the_bureau(home: Unit) -> None:
    district = builders.unit("5001")
    builders.inclusion(builders.project(district), builders.action_plan(district))
    indicator = builders.indicator(home)
    of_district: Assignment = builders.assignment(district, indicator)
    builders.assignment(home, indicator)
    open_quarter()
    officer = lives.person(Role.DISTRICT_OFFICER, district)
    (line,) = waiting(officer)["owed"]
    assert line.unit == of_district.unit_id
    place = ReportPlace(line.code, line.fiscal_year, line.quarter, line.unit)
    seen = report_life(officer, place)
    assert (seen.selected.figure.numerator, seen.selected.figure.denominator) == (1, 1)
    write_draft(actor=officer, place=place, seen=seen.token, now=NOW, texts={"narrative": "บรรจุแล้ว"})
    assert Report.objects.get().assignment == of_district
    with pytest.raises(NotFound):
        report_life(officer, SECOND)


def test_two_people_do_not_write_over_each_other(home: Unit) -> None:
    lives.report_in(home, State.DRAFT)
    first, second = lives.person(Role.REPORTER, home), lives.person(Role.REPORTER, home)
    seen = _seen(second).token
    write_draft(actor=first, place=SECOND, seen=seen, now=NOW, texts={"narrative": "ของคนแรก"})
    with pytest.raises(TextMoved):
        write_draft(actor=second, place=SECOND, seen=seen, now=NOW, texts={"narrative": "ของคนที่สอง"})
    assert Report.objects.get().narrative == "ของคนแรก"
    write_draft(actor=first, place=SECOND, seen=seen, now=NOW, texts={"narrative": "ของคนแรก"})
    again = _seen(second).token
    write_draft(actor=second, place=SECOND, seen=again, now=NOW, texts={"narrative": "ของคนที่สอง"})
    assert Report.objects.get().narrative == "ของคนที่สอง"


def test_a_returned_report_is_not_taken_back_unchanged(home: Unit) -> None:
    lives.report_in(home, State.RETURNED)
    reporter = lives.person(Role.REPORTER, home)
    seen = _seen(reporter)
    with pytest.raises(UserError, match="Nothing is changed"):
        write_draft(actor=reporter, place=SECOND, seen=seen.token, now=NOW, texts={"narrative": "ประชุมแล้ว"})
    assert _seen(reporter).state is State.RETURNED


def test_two_first_texts_do_not_write_over_each_other(home: Unit) -> None:
    open_quarter()
    builders.assignment(home)
    first, second = lives.person(Role.REPORTER, home), lives.person(Role.REPORTER, home)
    seen = _seen(first).token
    write_draft(actor=first, place=SECOND, seen=seen, now=NOW, texts={"narrative": "ก"})
    with pytest.raises(TextMoved):
        write_draft(actor=second, place=SECOND, seen=seen, now=NOW, texts={"narrative": "ข"})


def test_nobody_endorses_a_text_that_changed_after_it_was_read(home: Unit) -> None:
    lives.report_in(home, State.DRAFT)
    head = lives.person(Role.UNIT_HEAD, home)
    seen = _seen(head).token
    writer = lives.person(Role.REPORTER, home)
    write_draft(actor=writer, place=SECOND, seen=seen, now=NOW, texts={"narrative": "เปลี่ยนแล้ว"})
    with pytest.raises(TextMoved):
        take_seen(actor=head, place=SECOND, step=Step.ENDORSE, seen=seen, now=NOW)
    assert Report.objects.get().state == State.DRAFT.value


def test_a_report_walks_its_whole_life_from_the_desk(home: Unit) -> None:
    open_quarter()
    builders.assignment(home)
    people = {role: lives.person(role, home) for role in (Role.REPORTER, Role.UNIT_HEAD)}
    people |= {role: lives.person(role) for role in (Role.REVIEWER, Role.CERTIFIER)}
    reporter = people[Role.REPORTER]
    write_draft(actor=reporter, place=SECOND, seen=_seen(reporter).token, now=NOW, texts={"narrative": "ก"})
    states = [State.DRAFT]
    for role, step in (
        (Role.UNIT_HEAD, Step.ENDORSE),
        (Role.UNIT_HEAD, Step.SUBMIT),
        (Role.REVIEWER, Step.ACCEPT),
        (Role.CERTIFIER, Step.CERTIFY),
        (Role.REPORTER, Step.CORRECT),
    ):
        life = _seen(people[role])
        assert step in life.possible
        take_seen(actor=people[role], place=SECOND, step=step, seen=life.token, now=NOW, reason="นับซ้ำ")
        states.append(_seen(reporter).state)
    assert states == [*(State.DRAFT, State.ENDORSED, State.SUBMITTED, State.ACCEPTED, State.CERTIFIED), State.DRAFT]
    assert all(earlier is not later for earlier, later in pairwise(states))
    assert _seen(reporter).issue == 2


def test_the_wrong_role_is_refused_before_the_text_is_compared(home: Unit) -> None:
    lives.report_in(home, State.DRAFT)
    with pytest.raises(Refused):
        take_seen(actor=lives.person(Role.REPORTER, home), place=SECOND, step=Step.ENDORSE, seen="old", now=NOW)


def test_a_submitted_report_shows_the_figure_that_was_submitted(home: Unit) -> None:
    district = builders.unit("5001")
    lives.report_in(home, State.SUBMITTED)
    builders.inclusion(builders.project(district), builders.action_plan(district))
    life = _seen(lives.person(Role.REVIEWER))
    assert life.is_as_submitted
    assert life.selected.figure.numerator == 0
    assert life.quarters[1].figure.numerator == 1
    assert report_paper(lives.person(Role.REVIEWER), SECOND).figure is not None
