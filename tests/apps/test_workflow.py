"""A report's life in the database: states, steps, snapshots, the ledger; and that it is all or nothing."""

import json
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.issues import certified_report, newest_report
from lakthan.apps.reporting.models import Report, ReportStep, Snapshot
from lakthan.apps.reporting.papers import paper_for
from lakthan.apps.reporting.selectors import figure_answer, indicator_list, indicator_page
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.writing import write_quarter_report
from lakthan.apps.reporting.snapshots import (
    certified_answer,
    certified_paper_of,
    newest_snapshot,
    submitted_paper,
)
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.rules.workflow import State, Step
from tests.apps import builders, lives
from tests.apps.builders import NOW, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def write(report: Report, actor: Actor, narrative: str) -> Report:
    assignment = report.assignment
    return write_quarter_report(actor=actor, assignment=assignment, quarter=2, narrative=narrative, now=NOW)


@pytest.mark.parametrize("state", lives.WAYS)
def test_a_report_reaches_each_state_with_its_steps(home: Unit, state: State) -> None:
    report = lives.report_in(home, state)
    assert Report.objects.get().state == state.value
    taken = list(ReportStep.objects.order_by("recorded_at", "pk").values_list("step", flat=True))
    assert len(taken) == 1 + len(lives.WAYS[state])
    entries = Entry.objects.filter(subject_id=report.pk).order_by("recorded_at", "pk").values_list("act", flat=True)
    assert list(entries) == [f"reporting.{step}_report" for step in taken]


@pytest.mark.parametrize("state", [State.ENDORSED, State.SUBMITTED, State.ACCEPTED, State.CERTIFIED])
def test_a_report_past_writing_stays_as_it_is(home: Unit, state: State) -> None:
    report = lives.report_in(home, state)
    with pytest.raises(Conflict):
        write(report, lives.person(Role.REPORTER, home), "อย่างอื่น")
    assert Report.objects.get().narrative == "ประชุมแล้ว"


def test_a_returned_report_becomes_a_draft_when_it_is_written(home: Unit) -> None:
    report = lives.report_in(home, State.RETURNED)
    write(report, lives.person(Role.REPORTER, home), "ประชุมแล้ว 17 เขต")
    assert Report.objects.get().state == State.DRAFT.value
    assert ReportStep.objects.get(step=Step.RETURN.value).reason == "ขาดหลักฐาน"


def test_writing_again_and_again_is_one_step_of_one_person(home: Unit) -> None:
    report, reporter = lives.report_in(home, State.DRAFT), lives.person(Role.REPORTER, home)
    for text in ("ก", "ข", "ค"):
        write(report, reporter, text)
    assert ReportStep.objects.filter(person=reporter.id).count() == 1


def test_what_was_submitted_stays_whatever_becomes_of_the_report(home: Unit) -> None:
    report = lives.report_in(home, State.RETURNED)
    write(report, lives.person(Role.REPORTER, home), "ใหม่")
    first = newest_snapshot(report)
    assert first.paper.quarters[-1].narrative == "ประชุมแล้ว"
    lives.submit(lives.endorse(Report.objects.get()))
    assert newest_snapshot(report).paper.quarters[-1].narrative == "ใหม่"
    assert list(Snapshot.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_snapshot_is_the_paper_and_holds_no_floats(home: Unit) -> None:
    report = lives.report_in(home, State.ENDORSED)
    paper = paper_for(report)
    lives.submit(report)
    kept = newest_snapshot(report)
    assert kept.paper.quarters == paper.quarters
    assert kept.figure.denominator is not None or kept.figure.reason is not None
    assert "float" not in {type(value).__name__ for value in _leaves(json.loads(Snapshot.objects.get().content))}


def _leaves(value: object) -> list[object]:
    match value:
        case dict():
            return [leaf for item in value.values() for leaf in _leaves(item)]
        case list():
            return [leaf for item in value for leaf in _leaves(item)]
        case _:
            return [value]


def test_the_ledger_holds_the_digest_of_a_snapshot_and_not_its_text(home: Unit) -> None:
    lives.report_in(home, State.SUBMITTED)
    body = Entry.objects.get(subject_kind="reporting.snapshot").body
    assert Snapshot.objects.get().digest in body
    assert "ประชุมแล้ว" not in body


def test_an_empty_report_is_not_endorsed(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    write(report, lives.person(Role.REPORTER, home), "  ")
    with pytest.raises(UserError, match="tells nothing"):
        lives.endorse(Report.objects.get())
    assert Report.objects.get().state == State.DRAFT.value


def test_a_report_is_not_returned_without_a_reason(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    with pytest.raises(UserError, match="reason"):
        workflow.return_report(actor=lives.person(Role.REVIEWER), report=report, reason="  ", now=NOW)
    assert Report.objects.get().state == State.SUBMITTED.value


def test_the_reporter_does_not_certify_in_whatever_office(home: Unit) -> None:
    reporter = lives.person(Role.REPORTER, home)
    report = lives.report_in(home, State.DRAFT)
    write(report, reporter, "เขียนเอง")
    for take in lives.WAYS[State.ACCEPTED]:
        take(report)
    both = Actor(reporter.id, (*reporter.held, Held(Role.CERTIFIER)))
    with pytest.raises(Refused):
        workflow.certify_report(actor=both, report=report, now=NOW)


def test_another_division_reviews_what_the_bureau_reports_itself(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    with pytest.raises(Refused):
        workflow.accept_report(actor=lives.person(Role.REVIEWER, home), report=report, now=NOW)
    other = builders.unit("21000100", Unit.Kind.DIVISION)
    assert workflow.accept_report(actor=lives.person(Role.REVIEWER, other), report=report, now=NOW).state == "accepted"


def test_nothing_is_accepted_or_certified_that_the_records_no_longer_say() -> None:
    district, owner = builders.unit("5001"), builders.bureau()
    of = builders.assignment(owner)
    submitted = lives.report_in(owner, State.SUBMITTED, of)
    builders.inclusion(builders.project(district), builders.action_plan(district))
    with pytest.raises(Conflict, match=r"0\.00 to 100\.00"):
        lives.accept(submitted)
    assert Report.objects.get().state == State.SUBMITTED.value


def test_a_correction_stands_in_place_of_the_certified_report_once_it_is_certified(home: Unit) -> None:
    old = lives.report_in(home, State.CERTIFIED)
    reporter = lives.person(Role.REPORTER, home)
    new = workflow.correct_report(actor=reporter, report=old, reason="นับซ้ำ", now=NOW)
    assert (new.issue, new.state, new.narrative, new.corrects) == (2, "draft", "ประชุมแล้ว", old)
    assert newest_report(old.assignment, 2) == new
    assert certified_report(old.assignment, 2) == old
    write(new, reporter, "ฉบับแก้ไข")
    new.refresh_from_db()
    for take in lives.WAYS[State.CERTIFIED]:
        take(new)
    old.refresh_from_db()
    assert (old.state, new.state) == ("corrected", "certified")
    assert certified_report(old.assignment, 2) == new
    assert submitted_paper(old).quarters[-1].narrative == "ประชุมแล้ว"
    assert submitted_paper(old).state is State.CORRECTED


def test_one_correction_at_a_time(home: Unit) -> None:
    old, reporter = lives.report_in(home, State.CERTIFIED), lives.person(Role.REPORTER, home)
    workflow.correct_report(actor=reporter, report=old, reason="นับซ้ำ", now=NOW)
    with pytest.raises(UserError):
        workflow.correct_report(actor=reporter, report=old, reason="นับซ้ำ", now=NOW)
    assert Report.objects.count() == 2


def test_the_certified_figure_does_not_move() -> None:
    district, owner = builders.unit("5001"), builders.bureau()
    of = builders.assignment(owner)
    report = lives.report_in(owner, State.CERTIFIED, of)
    builders.inclusion(builders.project(district), builders.action_plan(district))
    assert newest_snapshot(report).figure.value == Decimal("0.00")
    assert submitted_paper(report).figure is not None
    assert submitted_paper(report).figure.value == Decimal("0.00")  # type: ignore[union-attr]


def test_the_figure_of_a_certified_quarter_is_told_as_certified() -> None:
    district, owner = builders.unit("5001"), builders.bureau()
    of = builders.assignment(owner)
    lives.report_in(owner, State.CERTIFIED, of)
    builders.inclusion(builders.project(district), builders.action_plan(district))
    live = figure_answer(of.indicator.code, YEAR.quarter(2))
    told = certified_answer(live)
    assert (live.selected.figure.value, live.selected.certified_on) == (Decimal("100.00"), None)
    assert (told.selected.figure.value, told.selected.certified_on) == (Decimal("0.00"), localdate(NOW))
    assert certified_answer(figure_answer(of.indicator.code, YEAR.quarter(1))).selected.certified_on is None


def test_what_is_not_certified_is_not_printed_as_certified(home: Unit) -> None:
    report = lives.report_in(home, State.ACCEPTED)
    code = report.assignment.indicator.code
    with pytest.raises(NotFound, match="certified yet"):
        certified_paper_of(code, YEAR, 2)
    lives.certify(report)
    paper = certified_paper_of(code, YEAR, 2, thai_digits=True)
    assert (paper.state, paper.thai_digits) == (State.CERTIFIED, True)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.UNIT_HEAD])
def test_another_unit_is_told_of_no_report(home: Unit, role: Role) -> None:
    report = lives.report_in(home, State.DRAFT)
    elsewhere = lives.person(role, builders.unit("5002"))
    with pytest.raises((NotFound, Refused)):
        workflow.endorse_report(actor=elsewhere, report=report, now=NOW)


def test_the_page_of_an_indicator_shows_the_certified_figure_and_says_what_the_records_say_by_now() -> None:
    district, owner = builders.unit("5001"), builders.bureau()
    of = builders.assignment(owner)
    lives.report_in(owner, State.CERTIFIED, of)
    assert indicator_page(of.indicator.code, YEAR, 2).recorded is None
    builders.inclusion(builders.project(district), builders.action_plan(district))
    page = indicator_page(of.indicator.code, YEAR, 2)
    assert page.selected.figure.value == Decimal("0.00")
    assert [member.code for member in page.selected.figure.not_counted] == ["5001"]
    assert page.selected.certified_on == localdate(NOW)
    assert page.recorded is not None
    assert page.recorded.figure.value == Decimal("100.00")
    (row,) = indicator_list(YEAR)
    assert [quarter.certified_on for quarter in row.quarters] == [None, localdate(NOW), None, None]
    assert row.quarters[1].figure.value == Decimal("0.00")


def test_a_snapshot_holds_its_figure_beside_its_content_and_without_members(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    row = Snapshot.objects.get(report=report)
    content = json.loads(row.content)
    bare = {**content["figure"], "counted": [], "not_counted": []}
    assert row.figure == {"figure": bare, "as_of": content["as_of"], "target": content["target"]}
