"""Agreements, scores and appeals, of `indicators` and `reporting`."""

from datetime import date
from decimal import Decimal

from lakthan.apps.indicators.services import agreements
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import Appeal
from lakthan.apps.reporting.services import appeals, scores
from lakthan.rules.appeals import AppealOutcome
from lakthan.rules.permissions import Role
from lakthan.rules.scoring import DEFAULT
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

STRATEGY = [Role.STRATEGY_ADMINISTRATOR]
HEADS = [Role.UNIT_HEAD, Role.DISTRICT_DIRECTOR]
ASKERS = [Role.REPORTER, *HEADS]
ANSWERERS = [Role.STRATEGY_ADMINISTRATOR, Role.CERTIFIER]
DAY = date(2020, 3, 2)


@act(
    agreements.propose_agreement,
    ("indicators.propose_agreement", "indicators.agreement"),
    anywhere=STRATEGY,
)
def _propose_agreement(home: Unit) -> Call:
    builders.assignment(home)
    return lambda actor: agreements.propose_agreement(
        actor=actor, unit=home, fiscal_year=YEAR, document_number="คร 1/2563", document_date=DAY, now=NOW
    )


@act(
    agreements.sign_agreement,
    ("indicators.sign_agreement", "indicators.agreementsignature"),
    own=HEADS,
    anywhere=[Role.EXECUTIVE],
    by_operator=False,
)
def _sign_agreement(home: Unit) -> Call:
    builders.assignment(home)
    row = agreements.propose_agreement(
        actor=builders.ROOT, unit=home, fiscal_year=YEAR, document_number="คร 1/2563", document_date=DAY, now=NOW
    )
    return lambda actor: agreements.sign_agreement(actor=actor, agreement=row, office="ผู้อำนวยการ", now=NOW)


@act(scores.adopt_scheme, ("reporting.adopt_scheme", "reporting.scoringscheme"), anywhere=STRATEGY)
def _adopt_scheme(home: Unit) -> Call:
    return lambda actor: scores.adopt_scheme(actor=actor, first_year=YEAR, body=DEFAULT, now=NOW)


def score(home: Unit) -> Call:
    """A score of the first component of Part 1."""
    return lambda actor: scores.score_management(
        actor=actor,
        unit=home,
        fiscal_year=YEAR,
        component="planning",
        score=Decimal("4.5"),
        note="แผนส่งครบและตรงเวลา",
        now=NOW,
    )


@act(
    scores.score_management,
    ("reporting.score_management", "reporting.managementscore"),
    anywhere=[*STRATEGY, Role.REVIEWER],
    by_operator=False,
    elsewhere=True,
)
def _score_management(home: Unit) -> Call:
    return score(home)


@act(appeals.appeal_result, ("reporting.appeal", "reporting.appeal"), own=ASKERS, by_operator=False)
def _appeal_result(home: Unit) -> Call:
    report = lives.report_in(home, State.CERTIFIED)
    return lambda actor: appeals.appeal_result(actor=actor, report=report, reasons="นับซ้ำ", now=NOW)


@act(appeals.appeal_component, ("reporting.appeal", "reporting.appeal"), own=ASKERS, by_operator=False)
def _appeal_component(home: Unit) -> Call:
    score(home)(lives.person(Role.STRATEGY_ADMINISTRATOR))
    return lambda actor: appeals.appeal_component(
        actor=actor, unit=home, fiscal_year=YEAR, component="planning", reasons="ส่งตรงเวลา", now=NOW
    )


@act(appeals.appeal_target, ("reporting.appeal", "reporting.appeal"), own=ASKERS, by_operator=False)
def _appeal_target(home: Unit) -> Call:
    assignment = builders.assignment(home)
    return lambda actor: appeals.appeal_target(
        actor=actor, assignment=assignment, target=Decimal(70), reasons="โรคระบาด", now=NOW
    )


def appealed(home: Unit) -> Appeal:
    """An open appeal against a certified result."""
    report = lives.report_in(home, State.CERTIFIED)
    actor = lives.person(Role.UNIT_HEAD, home)
    return appeals.appeal_result(actor=actor, report=report, reasons="นับซ้ำ", now=NOW)


@act(
    appeals.answer_appeal,
    ("reporting.answer_appeal", "reporting.appeal"),
    anywhere=ANSWERERS,
    by_operator=False,
)
def _answer_appeal(home: Unit) -> Call:
    row = appealed(home)
    return lambda actor: appeals.answer_appeal(
        actor=actor, appeal=row, outcome=AppealOutcome.UPHELD, answer="ตรวจแล้วนับซ้ำจริง", now=NOW
    )


@act(appeals.withdraw_appeal, ("reporting.withdraw_appeal", "reporting.appeal"), own=ASKERS, by_operator=False)
def _withdraw_appeal(home: Unit) -> Call:
    row = appealed(home)
    return lambda actor: appeals.withdraw_appeal(actor=actor, appeal=row, now=NOW)
