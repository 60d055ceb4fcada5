"""Comments on sections, their answers, and the scores of the reporting."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Period, Report, Review, ReviewComment, ReviewScore
from lakthan.apps.reporting.scores import ReportingScore, scores_of
from lakthan.apps.reporting.services import reviews, workflow
from lakthan.apps.reporting.services.periods import open_period
from lakthan.core.errors import Conflict, UserError
from lakthan.core.figure import NoValue
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.rules.review import Section
from lakthan.rules.rubric import DEFAULT
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def score(report: Report, given: int, note: str = "", by: Actor | None = None) -> ReviewScore:
    return reviews.score_report(
        actor=by or lives.person(Role.REVIEWER),
        report=report,
        criterion="correspondence",
        score=Decimal(given),
        note=note,
        now=NOW,
    )


def score_of(report: Report) -> ReportingScore:
    return scores_of([Report.objects.get(pk=report.pk)])[report.pk]


def due(deadline: date) -> None:
    opens = min(deadline, YEAR.quarter(2).first_day)
    cut = min(deadline, YEAR.quarter(2).last_day)
    open_period(actor=ROOT, quarter=YEAR.quarter(2), opens_on=opens, cut_off_on=cut, deadline_on=deadline, now=NOW)


def answered(comment: ReviewComment, answer: str = "", *, is_mended: bool = True, by: Actor | None = None) -> Any:
    actor = by or lives.person(Role.REPORTER, comment.review.report.unit)
    return reviews.answer_comment(actor=actor, comment=comment, answer=answer, is_mended=is_mended, now=NOW)


# Comments


def test_one_review_holds_all_that_is_said_of_a_submission(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    lives.comment(report)
    lives.comment(report, Section.FIGURE)
    score(report, 50)
    review = Review.objects.get()
    assert (review.outcome, review.comments.count(), review.scores.count()) == ("", 2, 1)
    lives.give_back(report)
    assert Review.objects.get().outcome == "returned"
    lives.submit(lives.endorse(lives.rewrite(report)))
    lives.comment(report)
    lives.accept(report)
    assert list(Review.objects.order_by("snapshot__number").values_list("outcome", flat=True)) == [
        "returned",
        "accepted",
    ]


@pytest.mark.parametrize("state", [State.DRAFT, State.ENDORSED, State.RETURNED, State.ACCEPTED, State.CERTIFIED])
def test_comments_are_written_while_a_report_is_submitted_and_no_other_time(home: Unit, state: State) -> None:
    report = lives.report_in(home, state)
    with pytest.raises(Conflict):
        lives.comment(report)


def test_a_comment_says_something(home: Unit) -> None:
    with pytest.raises(UserError, match="missing"):
        lives.comment(lives.report_in(home, State.SUBMITTED), text=" ")


def test_whoever_made_the_report_or_sits_in_its_division_does_not_comment_or_score(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    wrote = report.steps.order_by("recorded_at").values_list("person", flat=True)[0]
    for actor in (Actor(wrote, (Held(Role.REVIEWER),)), lives.person(Role.REVIEWER, home)):
        with pytest.raises(Refused):
            reviews.comment_on_section(actor=actor, report=report, section=Section.FIGURE, text="ก", now=NOW)
        with pytest.raises(Refused):
            score(report, 50, by=actor)
    assert not Review.objects.exists()


def test_a_comment_is_withdrawn_only_before_the_unit_has_it(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    early, late = lives.comment(report), lives.comment(report)
    reviewer = lives.person(Role.REVIEWER)
    reviews.withdraw_comment(actor=reviewer, comment=early, now=NOW)
    assert ReviewComment.objects.get(pk=early.pk).withdrawn_at == NOW
    lives.submit(lives.endorse(lives.rewrite(lives.give_back(report))))
    with pytest.raises(Conflict, match="has this comment"):
        reviews.withdraw_comment(actor=reviewer, comment=ReviewComment.objects.get(pk=late.pk), now=NOW)


def test_the_unit_answers_what_came_back_and_may_change_its_answer_until_it_is_sent(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    comment = lives.comment(report)
    with pytest.raises(Conflict):
        answered(comment)
    lives.give_back(report)
    with pytest.raises(UserError, match="say why not"):
        answered(comment, is_mended=False)
    answered(comment, "ไม่มีข้อมูล", is_mended=False)
    answered(comment, " เติมแล้ว ")
    stored = ReviewComment.objects.get()
    assert (stored.answer, stored.is_mended, stored.answered_at) == ("เติมแล้ว", True, NOW)
    lives.endorse(lives.rewrite(report))
    with pytest.raises(Conflict):
        answered(stored, "ช้าไป")


def test_another_unit_does_not_answer(home: Unit) -> None:
    comment = lives.comment(report := lives.report_in(home, State.SUBMITTED))
    lives.give_back(report)
    with pytest.raises(Refused):
        answered(comment, by=lives.person(Role.REPORTER, builders.unit("5001")))


def test_a_comment_is_settled_by_the_review_after_it(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    comment, reviewer = lives.comment(report), lives.person(Role.REVIEWER)
    with pytest.raises(Conflict, match="withdraw"):
        reviews.settle_comment(actor=reviewer, comment=comment, now=NOW)
    lives.submit(lives.endorse(lives.rewrite(lives.give_back(report))))
    reviews.settle_comment(actor=reviewer, comment=comment, now=NOW)
    assert ReviewComment.objects.get().settled_at == NOW


# Scores


def test_nothing_is_zero_before_it_is_scored(home: Unit) -> None:
    found = score_of(lives.report_in(home, State.DRAFT))
    assert (found.total.value, found.total.reason) == (None, NoValue.NOT_EVALUATED)
    assert [part.part.score for part in found.parts] == [None, None]


def test_the_total_is_there_once_all_is_scored_and_the_newest_score_counts(home: Unit) -> None:
    due(TODAY - timedelta(days=1))
    report = lives.report_in(home, State.SUBMITTED)
    on_time, judged = score_of(report).parts
    assert (on_time.part.score, judged.part.score, score_of(report).total.value) == (95, None, None)
    score(report, 50, "ขาดหลักฐาน")
    assert score_of(report).total.value == Decimal("72.50")
    lives.accept(report)
    score(report, 100, "ส่งเพิ่มแล้ว")
    score(report, 100, "ส่งเพิ่มแล้ว")
    found = score_of(report)
    assert (found.total.value, found.days_late) == (Decimal("97.50"), 1)
    assert (found.parts[1].note, found.parts[1].number) == ("ส่งเพิ่มแล้ว", 2)
    assert ReviewScore.objects.count() == 2


def test_zero_is_a_score(home: Unit) -> None:
    due(TODAY - timedelta(days=100))
    report = lives.report_in(home, State.SUBMITTED)
    score(report, 0)
    assert score_of(report).total.value == Decimal("0.00")


def test_a_report_is_accepted_without_a_score_and_is_not_evaluated(home: Unit) -> None:
    due(TODAY)
    report = lives.report_in(home, State.CERTIFIED)
    found = score_of(report)
    assert (found.total.value, found.total.reason) == (None, NoValue.NOT_EVALUATED)
    with pytest.raises(Conflict):
        score(report, 100)


def test_certification_keeps_what_was_computed(home: Unit) -> None:
    due(TODAY - timedelta(days=1))
    report = lives.report_in(home, State.SUBMITTED)
    score(report, 100)
    lives.certify(lives.accept(report))
    Period.objects.update(deadline_on=TODAY - timedelta(days=90))
    assert score_of(report).total.value == Decimal("97.50")


def test_the_first_submission_counts_against_the_deadline(home: Unit) -> None:
    due(TODAY)
    report = lives.report_in(home, State.RETURNED)
    lives.endorse(lives.rewrite(report))
    later = NOW + timedelta(days=40)
    workflow.submit_report(actor=lives.person(Role.UNIT_HEAD, home), report=report, now=later)
    assert score_of(report).parts[0].part.score == 100


def test_a_submission_is_not_evaluated_by_the_score_of_the_one_before(home: Unit) -> None:
    due(TODAY)
    report = lives.report_in(home, State.SUBMITTED)
    score(report, 0)
    lives.give_back(report)
    assert score_of(report).total.value == Decimal("50.00"), "of the submission that came back"
    lives.submit(lives.endorse(lives.rewrite(report)))
    assert score_of(report).total.reason is NoValue.NOT_EVALUATED
    score(report, 100)
    assert score_of(report).total.value == Decimal("100.00")


def test_timeliness_does_not_apply_to_a_correction(home: Unit) -> None:
    due(TODAY)
    correction = lives.correct(lives.report_in(home, State.CERTIFIED))
    lives.submit(lives.endorse(correction))
    score(correction, 50)
    found = score_of(correction)
    assert (found.parts[0].part.reason, found.total.value) == (NoValue.NOT_APPLICABLE, Decimal("50.00"))


def test_a_rubric_that_is_adopted_later_moves_no_review_that_began(home: Unit) -> None:
    due(TODAY)
    report = lives.report_in(home, State.SUBMITTED)
    other = lives.report_in(home, State.SUBMITTED, builders.assignment(home, builders.indicator(home, "2100-0009")))
    score(report, 50)
    heavier = [DEFAULT["criteria"][0], {**DEFAULT["criteria"][1], "weight": "150"}]
    rubric = {**DEFAULT, "number": 2, "criteria": heavier}
    reviews.adopt_rubric(actor=ROOT, rubric=rubric, first_year=YEAR, now=NOW)
    score(other, 50)
    assert score_of(report).total.value == Decimal("75.00")
    assert score_of(other).total.value == Decimal("62.50")
    assert score_of(other).rubric.number == 2


def test_a_rubric_of_a_later_year_leaves_this_one_alone(home: Unit) -> None:
    reviews.adopt_rubric(actor=ROOT, rubric={**DEFAULT, "number": 2}, first_year=FiscalYear(2564), now=NOW)
    assert score_of(lives.report_in(home, State.SUBMITTED)).rubric.number == 1
    with pytest.raises(UserError, match="no rubric"):
        reviews.adopt_rubric(actor=ROOT, rubric={}, first_year=YEAR, now=NOW)


def test_more_reports_need_no_more_queries_for_their_scores(home: Unit) -> None:
    counts = []
    for first in (1, 50):
        for number, state in enumerate(lives.WAYS, first):
            lives.report_in(home, state, builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))
        reports = list(Report.objects.select_related("assignment__unit"))
        with CaptureQueriesContext(connection) as captured:
            scores_of(reports)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8
