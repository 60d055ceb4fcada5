"""Agreements, scores of Part 1 and appeals: their rules, one by one."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lakthan.apps.indicators.models import Agreement, Assignment
from lakthan.apps.indicators.services.agreements import propose_agreement, sign_agreement
from lakthan.apps.indicators.services.assignments import Goal, assign, record_baseline
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import ManagementScore
from lakthan.apps.reporting.schemes import scheme_of
from lakthan.apps.reporting.services.appeals import (
    answer_appeal,
    appeal_component,
    appeal_result,
    appeal_target,
    withdraw_appeal,
)
from lakthan.apps.reporting.services.decisions import Document, Resolution, decide_assignments
from lakthan.apps.reporting.services.scores import adopt_scheme, score_management
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.appeals import DAYS_TO_ASK, AppealOutcome
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.rules.scoring import DEFAULT, Missing
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.acts.scores import appealed
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Unit:
    return builders.bureau()


def proposed(unit: Unit, number: str = "คร 1/2563", on: date = TODAY) -> Agreement:
    return propose_agreement(actor=ROOT, unit=unit, fiscal_year=YEAR, document_number=number, document_date=on, now=NOW)


def full_assignment(unit: Unit) -> Assignment:
    indicator = builders.indicator(unit)
    scale = [Decimal(value) for value in (60, 70, 80, 90, 100)]
    row = assign(
        actor=ROOT,
        indicator=indicator,
        definition=builders.definition(indicator),
        unit=unit,
        fiscal_year=YEAR,
        goal=Goal(Decimal(80), Assignment.Class_.STRATEGIC, Decimal(30), scale, {3: Decimal("75.5")}),
        now=NOW,
        collector=unit,
    )
    for before in (-1, -3, -2):
        record_baseline(
            actor=ROOT, assignment=row, fiscal_year=YEAR + before, value=Decimal(70), source="รายงาน", now=NOW
        )
    return row


# Agreements


def test_an_agreement_keeps_what_was_agreed(home: Unit) -> None:
    row = full_assignment(home)
    (line,) = proposed(home).body
    assert line["assignment"] == str(row.pk)
    assert (line["weight"], line["target"], line["quarters"]) == ("30.00", "80.0000", {"3": "75.5000"})
    assert line["scale"] == ["60", "70", "80", "90", "100"]
    assert [each["fiscal_year"] for each in line["baselines"]] == [2560, 2561, 2562]
    assert (line["classification"], line["collector_th"]) == ("strategic", home.name_th)


def test_a_decision_moves_nothing_in_the_agreement(home: Unit) -> None:
    row = full_assignment(home)
    agreement = proposed(home)
    decide_assignments(
        actor=lives.person(Role.STRATEGY_ADMINISTRATOR),
        document=Document("1", TODAY, "คณะกรรมการ"),
        resolutions=[Resolution(row, DecisionKind.TARGET_CHANGED, TODAY, "โรคระบาด", None, Decimal(60))],
        now=NOW,
    )
    agreement.refresh_from_db()
    assert agreement.body[0]["target"] == "80.0000"


def test_there_is_one_agreement_of_a_unit_and_year(home: Unit) -> None:
    builders.assignment(home)
    proposed(home)
    with pytest.raises(AlreadyRecorded):
        proposed(home, "คร 2/2563")


@pytest.mark.parametrize(("number", "on"), [("  ", TODAY), ("1", TODAY + timedelta(1)), ("9" * 101, TODAY)])
def test_an_agreement_needs_its_document(home: Unit, number: str, on: date) -> None:
    builders.assignment(home)
    with pytest.raises(UserError):
        proposed(home, number, on)


def test_a_unit_without_indicators_has_nothing_to_agree_on(home: Unit) -> None:
    with pytest.raises(UserError):
        proposed(home)


def test_each_side_signs_once_and_by_another_person(home: Unit) -> None:
    builders.assignment(home)
    agreement = proposed(home)
    head = Actor("user:both", (Held(Role.UNIT_HEAD, str(home.pk)),))
    sign_agreement(actor=head, agreement=agreement, office="ผู้อำนวยการสำนัก", now=NOW)
    with pytest.raises(Conflict):
        sign_agreement(actor=lives.person(Role.UNIT_HEAD, home), agreement=agreement, office="รองผู้อำนวยการ", now=NOW)
    with pytest.raises(Refused):
        sign_agreement(actor=Actor("user:both", (Held(Role.EXECUTIVE),)), agreement=agreement, office="ปลัด", now=NOW)
    with pytest.raises(UserError):
        sign_agreement(actor=lives.person(Role.EXECUTIVE), agreement=agreement, office=" ", now=NOW)
    sign_agreement(actor=lives.person(Role.EXECUTIVE), agreement=agreement, office="ปลัดกรุงเทพมหานคร", now=NOW)
    assert sorted(agreement.signatures.values_list("side", flat=True)) == ["city", "unit"]


# The scheme and Part 1


def score(home: Unit, points: str = "4.5", component: str = "planning", note: str = "แผนครบ") -> ManagementScore:
    return score_management(
        actor=lives.person(Role.STRATEGY_ADMINISTRATOR),
        unit=home,
        fiscal_year=YEAR,
        component=component,
        score=Decimal(points),
        note=note,
        now=NOW,
    )


def test_a_scheme_holds_from_its_year_on(home: Unit) -> None:
    assert scheme_of(YEAR).number == 1
    adopt_scheme(actor=ROOT, first_year=YEAR + 1, body=dict(DEFAULT) | {"missing": "left-out"}, now=NOW)
    assert scheme_of(YEAR).missing is Missing.BLOCKS
    assert (scheme_of(YEAR + 2).number, scheme_of(YEAR + 2).missing) == (2, Missing.LEFT_OUT)
    with pytest.raises(UserError):
        adopt_scheme(actor=ROOT, first_year=YEAR, body=dict(DEFAULT) | {"weights": []}, now=NOW)


def test_a_later_score_takes_the_place_of_an_earlier_one(home: Unit) -> None:
    assert [score(home).number, score(home, "3").number] == [1, 2]


@pytest.mark.parametrize(
    ("points", "component", "note"),
    [
        ("0.99", "planning", "แผนครบ"),
        ("5.01", "planning", "แผนครบ"),
        ("4.555", "planning", "แผนครบ"),
        ("4", "no-such", "แผนครบ"),
        ("4", "reporting", "แผนครบ"),
        ("4", "planning", " "),
    ],
)
def test_a_score_that_cannot_be_is_refused(home: Unit, points: str, component: str, note: str) -> None:
    with pytest.raises(UserError):
        score(home, points, component, note)


# Appeals


def test_only_a_certified_result_is_appealed_against(home: Unit) -> None:
    report = lives.report_in(home, State.ACCEPTED)
    with pytest.raises(Conflict):
        appeal_result(actor=lives.person(Role.UNIT_HEAD, home), report=report, reasons="นับซ้ำ", now=NOW)


def test_it_is_too_late_after_some_days(home: Unit) -> None:
    report = lives.report_in(home, State.CERTIFIED)
    actor = lives.person(Role.UNIT_HEAD, home)
    late = NOW + timedelta(days=DAYS_TO_ASK + 1)
    with pytest.raises(Conflict):
        appeal_result(actor=actor, report=report, reasons="นับซ้ำ", now=late)
    appeal_result(actor=actor, report=report, reasons="นับซ้ำ", now=late - timedelta(days=1))


def test_one_appeal_about_one_result_is_open(home: Unit) -> None:
    appeal = appealed(home)
    actor = lives.person(Role.UNIT_HEAD, home)
    assert appeal.report is not None
    with pytest.raises(Conflict):
        appeal_result(actor=actor, report=appeal.report, reasons="นับซ้ำ", now=NOW)
    withdraw_appeal(actor=actor, appeal=appeal, now=NOW)
    appeal_result(actor=actor, report=appeal.report, reasons="นับซ้ำ", now=NOW)


def test_an_answer_has_reasons_and_is_given_once(home: Unit) -> None:
    appeal, actor = appealed(home), lives.person(Role.CERTIFIER)
    with pytest.raises(UserError):
        answer_appeal(actor=actor, appeal=appeal, outcome=AppealOutcome.REJECTED, answer=" ", now=NOW)
    with pytest.raises(UserError):
        answer_appeal(actor=actor, appeal=appeal, outcome=AppealOutcome.WITHDRAWN, answer="ถอน", now=NOW)
    answer_appeal(actor=actor, appeal=appeal, outcome=AppealOutcome.REJECTED, answer="นับถูกแล้ว", now=NOW)
    with pytest.raises(Conflict):
        answer_appeal(actor=actor, appeal=appeal, outcome=AppealOutcome.UPHELD, answer="นับซ้ำ", now=NOW)
    with pytest.raises(Conflict):
        withdraw_appeal(actor=lives.person(Role.UNIT_HEAD, home), appeal=appeal, now=NOW)


def test_who_asked_does_not_answer(home: Unit) -> None:
    appeal = appealed(home)
    same = Actor(appeal.person, (Held(Role.CERTIFIER),))
    with pytest.raises(Refused):
        answer_appeal(actor=same, appeal=appeal, outcome=AppealOutcome.UPHELD, answer="นับซ้ำ", now=NOW)


def test_a_score_of_part_1_is_appealed_against_once_it_is_given(home: Unit) -> None:
    actor = lives.person(Role.REPORTER, home)
    asked = {"actor": actor, "unit": home, "fiscal_year": YEAR, "component": "planning", "reasons": "ส่งแล้ว", "now": NOW}
    with pytest.raises(Conflict):
        appeal_component(**asked)  # type: ignore[arg-type]
    score(home)
    appeal_component(**asked)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        appeal_component(**asked)  # type: ignore[arg-type]


def test_another_target_is_granted_by_a_decision_about_it_alone(home: Unit) -> None:
    row = builders.assignment(home)
    other = builders.assignment(home, builders.indicator(home, "2100-0002"))
    asked = {"actor": lives.person(Role.UNIT_HEAD, home), "assignment": row, "reasons": "โรคระบาด", "now": NOW}
    appeal = appeal_target(**asked, target=Decimal(70))  # type: ignore[arg-type]
    appeal_target(**asked, target=Decimal(70), quarter=3)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        appeal_target(**asked, target=Decimal(60))  # type: ignore[arg-type]
    strategy = lives.person(Role.STRATEGY_ADMINISTRATOR)
    wishes = [
        Resolution(each, DecisionKind.TARGET_CHANGED, TODAY, "โรคระบาด", None, Decimal(70)) for each in (row, other)
    ]
    about, about_other = decide_assignments(
        actor=strategy, document=Document("1", TODAY, "คณะกรรมการ"), resolutions=wishes, now=NOW
    )
    upheld = {"actor": strategy, "appeal": appeal, "outcome": AppealOutcome.UPHELD, "answer": "ตามมติ", "now": NOW}
    for decision in (None, about_other):
        with pytest.raises(UserError):
            answer_appeal(**upheld, decision=decision)  # type: ignore[arg-type]
    assert answer_appeal(**upheld, decision=about).decision == about  # type: ignore[arg-type]
