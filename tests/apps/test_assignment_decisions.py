"""Decisions about assignments: how they are taken, and what they do to reports, figures and papers."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting import selectors as reporting
from lakthan.apps.reporting.decided import decisions_in_force, decisions_of
from lakthan.apps.reporting.duties import excused
from lakthan.apps.reporting.figures import answer_all, questions
from lakthan.apps.reporting.life import ReportPlace, report_life
from lakthan.apps.reporting.models import Decision, DecisionDocument
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.services import workflow
from lakthan.apps.reporting.services.decisions import Document, Resolution, decide_assignments
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.apps.reporting.snapshots import newest_snapshot
from lakthan.apps.reporting.work import my_work
from lakthan.core.errors import Conflict, UserError
from lakthan.core.figure import NoValue
from lakthan.rules.decisions import DecisionKind, Duty
from lakthan.rules.permissions import Role
from lakthan.rules.workflow import State, Step
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db

APRIL = date(2020, 4, 1)
PAPER = Document("กท 1906/12", date(2020, 3, 20), "คณะกรรมการพิจารณาตัวชี้วัด")


def decide(
    of: Assignment, kind: DecisionKind, on: date = APRIL, target: str | None = None, quarter: int | None = None
) -> Decision:
    """One decision, by a strategy administrator."""
    resolution = Resolution(of, kind, on, "โรคระบาด", quarter, None if target is None else Decimal(target))
    actor = lives.person(Role.STRATEGY_ADMINISTRATOR)
    return decide_assignments(actor=actor, document=PAPER, resolutions=[resolution], now=NOW)[0]


def open_quarters() -> None:
    for number in (1, 2, 3):
        quarter = YEAR.quarter(number)
        open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=quarter.last_day, now=NOW)


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


@pytest.fixture
def duty(home: Unit) -> Assignment:
    return builders.assignment(home)


def test_a_decision_follows_another_and_none_is_changed(duty: Assignment) -> None:
    decide(duty, DecisionKind.SLOWED)
    decide(duty, DecisionKind.CANCELLED)
    decide(duty, DecisionKind.RESUMED)
    (lines,) = decisions_of([duty]).values()
    assert [(line.number, line.kind) for line in lines] == [
        (1, DecisionKind.SLOWED),
        (2, DecisionKind.CANCELLED),
        (3, DecisionKind.RESUMED),
    ]
    assert {line.document_number for line in lines} == {"กท 1906/12"}


def test_several_are_decided_under_one_document_or_none(home: Unit, duty: Assignment) -> None:
    other = builders.assignment(home, builders.indicator(home, "2100-0002"))
    actor = lives.person(Role.STRATEGY_ADMINISTRATOR)
    wished = [Resolution(row, DecisionKind.SLOWED, APRIL, "โรคระบาด") for row in (duty, other)]
    decide_assignments(actor=actor, document=PAPER, resolutions=wished, now=NOW)
    assert (Decision.objects.count(), DecisionDocument.objects.count()) == (2, 1)
    decide(duty, DecisionKind.RESUMED)
    with pytest.raises(Conflict, match=r"^2100-0002: "):
        decide_assignments(actor=actor, document=PAPER, resolutions=wished, now=NOW)
    assert Decision.objects.count() == 3


def test_one_document_may_decide_twice_about_one_assignment(duty: Assignment) -> None:
    actor = lives.person(Role.STRATEGY_ADMINISTRATOR)
    wished = [
        Resolution(duty, DecisionKind.TARGET_CHANGED, APRIL, "โรคระบาด", quarter, Decimal(70)) for quarter in (None, 3)
    ]
    decide_assignments(actor=actor, document=PAPER, resolutions=wished, now=NOW)
    with pytest.raises(Conflict):
        decide_assignments(
            actor=actor,
            document=PAPER,
            resolutions=[Resolution(duty, DecisionKind.SLOWED, APRIL, "โรคระบาด")] * 2,
            now=NOW,
        )
    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("document", "wish"),
    [
        (Document(" ", TODAY, "คณะกรรมการ"), {}),
        (Document("1", TODAY, ""), {}),
        (Document("1", date(2020, 6, 2), "คณะกรรมการ"), {}),
        (PAPER, {"reason": "  "}),
        (PAPER, {"effective_on": date(2019, 9, 30)}),
        (PAPER, {"effective_on": date(2020, 10, 1)}),
        (PAPER, {"kind": DecisionKind.TARGET_CHANGED}),
        (PAPER, {"kind": DecisionKind.TARGET_CHANGED, "target": Decimal("0.00001")}),
        (PAPER, {"kind": DecisionKind.TARGET_CHANGED, "target": Decimal(1), "quarter": 5}),
    ],
)
def test_what_is_missing_or_wrong_is_refused(duty: Assignment, document: Document, wish: dict[str, object]) -> None:
    given: dict[str, object] = {"kind": DecisionKind.SLOWED, "effective_on": APRIL, "reason": "โรคระบาด"} | wish
    with pytest.raises(UserError):
        decide_assignments(
            actor=lives.person(Role.STRATEGY_ADMINISTRATOR),
            document=document,
            resolutions=[Resolution(duty, **given)],  # type: ignore[arg-type]
            now=NOW,
        )
    assert not DecisionDocument.objects.exists()


def test_nothing_to_decide_is_refused() -> None:
    actor = lives.person(Role.STRATEGY_ADMINISTRATOR)
    with pytest.raises(UserError):
        decide_assignments(actor=actor, document=PAPER, resolutions=[], now=NOW)


def test_what_holds_is_asked_once_for_all(home: Unit, duty: Assignment) -> None:
    rows = [duty]
    for number in range(2, 6):
        rows.append(builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))
        decide(rows[-1], DecisionKind.SLOWED)
    with CaptureQueriesContext(connection) as captured:
        held = decisions_in_force(rows, TODAY)
    assert len(captured) == 1
    assert [held[row.pk].duty for row in rows] == [Duty.FULL, *[Duty.SLOWED] * 4]
    assert held[duty.pk].decision is None
    rows = list(Assignment.objects.select_related("unit"))
    with CaptureQueriesContext(connection) as captured:
        excused(rows)
    assert len(captured) == 2


@pytest.mark.parametrize("kind", [DecisionKind.NOT_APPLICABLE, DecisionKind.CANCELLED])
def test_no_report_is_owed_from_the_quarter_on_in_which_it_was_decided(
    home: Unit, duty: Assignment, kind: DecisionKind
) -> None:
    open_quarters()
    reporter = lives.person(Role.REPORTER, home)
    assert [line.quarter for line in my_work(reporter, TODAY).owed] == [1, 2, 3]
    decide(duty, kind)
    assert [line.quarter for line in my_work(reporter, TODAY).owed] == [1, 2]
    assert {place[1] for place in excused([duty])} == {3, 4, None}
    write_quarter_report(actor=reporter, assignment=duty, quarter=2, narrative="ทำแล้ว", now=NOW)
    with pytest.raises(Conflict, match="กท 1906/12"):
        write_quarter_report(actor=reporter, assignment=duty, quarter=3, narrative="ทำแล้ว", now=NOW)
    with pytest.raises(Conflict, match="กท 1906/12"):
        write_year_report(actor=reporter, assignment=duty, narrative="ทำแล้ว", now=NOW)
    decide(duty, DecisionKind.RESUMED)
    write_quarter_report(actor=reporter, assignment=duty, quarter=3, narrative="ทำแล้ว", now=NOW)


@pytest.mark.parametrize("state", [State.DRAFT, State.ENDORSED, State.RETURNED])
def test_what_is_under_way_is_not_sent_when_it_is_no_longer_owed(home: Unit, duty: Assignment, state: State) -> None:
    report = lives.report_in(home, state, duty)
    decide(duty, DecisionKind.CANCELLED, date(2020, 3, 1))
    reporter, head = lives.person(Role.REPORTER, home), lives.person(Role.UNIT_HEAD, home)
    assert not my_work(reporter, TODAY)
    assert not my_work(head, TODAY)
    for actor in (reporter, head):
        life = report_life(actor, ReportPlace("2100-0001", YEAR, 2))
        assert life.possible == ()
        assert [line.kind for line in life.decisions] == [DecisionKind.CANCELLED]
    step = {State.DRAFT: lives.endorse, State.ENDORSED: lives.submit}.get(state)
    if step is not None:
        with pytest.raises(Conflict, match="กท 1906/12"):
            step(report)


def test_a_certified_report_is_corrected_even_when_it_would_no_longer_be_owed(home: Unit, duty: Assignment) -> None:
    report = lives.report_in(home, State.CERTIFIED, duty)
    decide(duty, DecisionKind.CANCELLED, date(2020, 3, 1))
    correction = lives.correct(report)
    reporter = lives.person(Role.REPORTER, home)
    assert [line.quarter for line in my_work(reporter, TODAY).owed] == [2]
    assert Step.WRITE in report_life(reporter, ReportPlace("2100-0001", YEAR, 2)).possible
    lives.endorse(correction)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (DecisionKind.NOT_APPLICABLE, NoValue.NOT_APPLICABLE),
        (DecisionKind.CANCELLED, NoValue.CANCELLED),
    ],
)
def test_what_is_not_measured_has_no_value_and_says_why(duty: Assignment, kind: DecisionKind, reason: NoValue) -> None:
    builders.unit("5001")
    decide(duty, kind)
    answers = answer_all(questions([duty], YEAR, TODAY)[duty.pk], TODAY)
    assert [answer.figure.reason for answer in answers] == [None, None, reason, reason]
    assert [answer.figure.value for answer in answers] == [Decimal("0.00"), Decimal("0.00"), None, None]
    page = reporting.indicator_page("2100-0001", YEAR, 3)
    assert (page.selected.figure.reason, page.selected.met) == (reason, None)
    assert not page.selected.figure.not_counted
    assert reporting.figure_answer("2100-0001", YEAR.quarter(3), by="unit").parts == ()


def test_what_is_slowed_reports_and_is_not_said_to_be_behind(home: Unit, duty: Assignment) -> None:
    builders.unit("5001")
    open_quarters()
    decide(duty, DecisionKind.SLOWED)
    answers = answer_all(questions([duty], YEAR, TODAY)[duty.pk], TODAY)
    assert [answer.met for answer in answers] == [False, False, None, None]
    assert answers[2].figure.value == Decimal("0.00")
    assert [line.quarter for line in my_work(lives.person(Role.REPORTER, home), TODAY).owed] == [1, 2, 3]


def test_what_is_slowed_and_has_reached_its_target_has_met_it(duty: Assignment) -> None:
    builders.inclusion(builders.project(district := builders.unit("5001")), builders.action_plan(district))
    decide(duty, DecisionKind.SLOWED)
    assert answer_all(questions([duty], YEAR, TODAY)[duty.pk], TODAY)[2].met is True


def test_a_changed_target_counts_from_its_quarter_on(duty: Assignment) -> None:
    decide(duty, DecisionKind.TARGET_CHANGED, target="0")
    answers = answer_all(questions([duty], YEAR, TODAY)[duty.pk], TODAY)
    assert [answer.target for answer in answers] == [Decimal(80), Decimal(80), Decimal(0), Decimal(0)]
    decide(duty, DecisionKind.TARGET_CHANGED, target="70", quarter=4)
    answers = answer_all(questions([duty], YEAR, TODAY)[duty.pk], TODAY)
    assert [answer.target for answer in answers] == [Decimal(80), Decimal(80), Decimal(0), Decimal(70)]


def test_a_certified_report_keeps_the_target_it_was_certified_with(home: Unit, duty: Assignment) -> None:
    report = lives.report_in(home, State.CERTIFIED, duty)
    decide(duty, DecisionKind.TARGET_CHANGED, date(2020, 1, 15), target="60")
    assert newest_snapshot(report).target == Decimal(80)
    life = report_life(lives.person(Role.AUDITOR), ReportPlace("2100-0001", YEAR, 2))
    assert life.selected.target == Decimal(80)


def test_a_report_whose_target_was_changed_since_is_not_accepted(home: Unit, duty: Assignment) -> None:
    report = lives.report_in(home, State.SUBMITTED, duty)
    decide(duty, DecisionKind.TARGET_CHANGED, date(2020, 1, 15), target="60")
    with pytest.raises(Conflict, match="60"):
        workflow.accept_report(actor=lives.person(Role.REVIEWER), report=report, now=NOW)


def test_the_paper_names_the_decision_from_its_quarter_on(home: Unit, duty: Assignment) -> None:
    open_quarters()
    for quarter in (2, 3):
        write_quarter_report(
            actor=lives.person(Role.REPORTER, home), assignment=duty, quarter=quarter, narrative="ทำแล้ว", now=NOW
        )
    decide(duty, DecisionKind.TARGET_CHANGED, target="72.5")
    assert paper_of("2100-0001", YEAR, 2).decisions == ()
    paper = paper_of("2100-0001", YEAR, 3)
    (told,) = paper.decisions
    assert told == (
        "เปลี่ยนค่าเป้าหมายทั้งปีเป็น 72.5 ตั้งแต่วันที่ 1 เมษายน 2563 ตามมติของคณะกรรมการพิจารณาตัวชี้วัด "
        "เลขที่ กท 1906/12 ลงวันที่ 20 มีนาคม 2563"
    )
    assert paper.target == "72.5 (ร้อยละ)"
