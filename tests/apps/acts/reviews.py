"""The services of `reporting` that reviewers, and those who answer them, call."""

from decimal import Decimal

from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.services import reviews
from lakthan.rules.permissions import Role
from lakthan.rules.review import Section
from lakthan.rules.rubric import DEFAULT
from lakthan.rules.workflow import State
from tests.apps import lives
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR


@act(
    reviews.comment_on_section,
    ("reporting.begin_review", "reporting.review"),
    ("reporting.comment_on_section", "reporting.reviewcomment"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _comment_on_section(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    return lambda actor: reviews.comment_on_section(
        actor=actor, report=report, section=Section.NARRATIVE, text="ระบุจำนวน", now=NOW
    )


@act(
    reviews.withdraw_comment,
    ("reporting.withdraw_comment", "reporting.reviewcomment"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _withdraw_comment(home: Unit) -> Call:
    comment = lives.comment(lives.report_in(home, State.SUBMITTED))
    return lambda actor: reviews.withdraw_comment(actor=actor, comment=comment, now=NOW)


@act(
    reviews.settle_comment,
    ("reporting.settle_comment", "reporting.reviewcomment"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _settle_comment(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    comment = lives.comment(report)
    lives.submit(lives.endorse(lives.rewrite(lives.give_back(report))))
    return lambda actor: reviews.settle_comment(actor=actor, comment=comment, now=NOW)


@act(
    reviews.answer_comment,
    ("reporting.answer_comment", "reporting.reviewcomment"),
    own=[Role.REPORTER, Role.DISTRICT_OFFICER],
)
def _answer_comment(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    comment = lives.comment(report)
    lives.give_back(report)
    return lambda actor: reviews.answer_comment(actor=actor, comment=comment, answer="แก้ไขแล้ว", is_mended=True, now=NOW)


@act(
    reviews.score_report,
    ("reporting.begin_review", "reporting.review"),
    ("reporting.score_report", "reporting.reviewscore"),
    anywhere=[Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _score_report(home: Unit) -> Call:
    report = lives.report_in(home, State.SUBMITTED)
    return lambda actor: reviews.score_report(
        actor=actor, report=report, criterion="correspondence", score=Decimal(50), note="ขาดหลักฐาน", now=NOW
    )


@act(reviews.adopt_rubric, ("reporting.adopt_rubric", "reporting.rubric"), anywhere=[Role.STRATEGY_ADMINISTRATOR])
def _adopt_rubric(home: Unit) -> Call:
    return lambda actor: reviews.adopt_rubric(actor=actor, rubric=DEFAULT, first_year=YEAR, now=NOW)
