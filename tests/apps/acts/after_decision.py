"""The services of `planning` about what follows a decision: notices, another look, work and its confirmation."""

from datetime import date

from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion
from lakthan.apps.planning.services import notices, reconsiderations, work
from lakthan.apps.planning.services.decisions import decline_project
from lakthan.rules.after_decision import Work
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, ROOT

OFFICER = [Role.DISTRICT_OFFICER]
DECIDERS = [Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR]
DAY = date(2020, 3, 2)


def included(home: Unit) -> Inclusion:
    """A project in the action plan."""
    return builders.inclusion(builders.project(home), builders.action_plan(home))


def declined(home: Unit) -> Decline:
    """A project that is not in it."""
    return decline_project(
        actor=ROOT,
        action_plan=builders.action_plan(home),
        project=builders.project(home),
        reason_code=Decline.Reason.NO_BUDGET,
        reason="งบประมาณจัดสรรครบแล้ว",
        effective_on=date(2020, 2, 14),
        document="รายงานการประชุม 1",
        now=NOW,
    )


@act(work.report_work, ("planning.report_work", "planning.workprogress"), own=OFFICER)
def _report_work(home: Unit) -> Call:
    item = included(home)
    return lambda actor: work.report_work(
        actor=actor, inclusion=item, effective_on=DAY, state=Work.UNDER_WAY, note="ทำสัญญาแล้ว", now=NOW
    )


@act(work.prove_work, ("planning.prove_work", "planning.workevidence"), own=OFFICER)
def _prove_work(home: Unit) -> Call:
    item, photo = included(home), builders.evidence(home)
    return lambda actor: work.prove_work(actor=actor, inclusion=item, evidence=photo, proves="ภาพถ่ายหลังทำ", now=NOW)


@act(work.confirm_work, ("planning.confirm_work", "planning.workconfirmation"), own=OFFICER)
def _confirm_work(home: Unit) -> Call:
    """By the officer, from a paper; what a seat allows is in `test_after_decision.py`."""
    item = included(home)
    work.report_work(actor=ROOT, inclusion=item, effective_on=DAY, state=Work.DONE, now=NOW)
    return lambda actor: work.confirm_work(
        actor=actor, inclusion=item, effective_on=DAY, is_done=True, note="หนังสือชุมชน 3 มี.ค. 2563", now=NOW
    )


@act(notices.tell_communities, ("planning.tell_community", "planning.decisionnotice"), own=DECIDERS)
def _tell_communities(home: Unit) -> Call:
    item = included(home)
    return lambda actor: notices.tell_communities(
        actor=actor,
        unit=home,
        decisions=[item],
        way=DecisionNotice.Way.LETTER,
        effective_on=DAY,
        document="กท 5001/12",
        now=NOW,
    )


@act(notices.settle_notices, ("planning.settle_notice", "planning.decisionnotice"), own=DECIDERS)
def _settle_notices(home: Unit) -> Call:
    claimed = notices.tell_communities(
        actor=ROOT, unit=home, decisions=[included(home)], way=DecisionNotice.Way.EMAIL, effective_on=DAY, now=NOW
    )
    sent = DecisionNotice.Outcome.SENT
    return lambda actor: notices.settle_notices(actor=actor, unit=home, notices=claimed, outcome=sent, now=NOW)


@act(reconsiderations.ask_reconsideration, ("planning.ask_reconsideration", "planning.reconsideration"), own=OFFICER)
def _ask_reconsideration(home: Unit) -> Call:
    """By the officer, from a paper; what a seat allows is in `test_after_decision.py`."""
    decision = declined(home)
    return lambda actor: reconsiderations.ask_reconsideration(
        actor=actor, decline=decision, reasons="ที่ดินเป็นของเขต", effective_on=DAY, document="หนังสือชุมชน 1", now=NOW
    )


@act(
    reconsiderations.answer_reconsideration,
    ("planning.answer_reconsideration", "planning.reconsideration"),
    own=DECIDERS,
)
def _answer_reconsideration(home: Unit) -> Call:
    asked = reconsiderations.ask_reconsideration(
        actor=ROOT, decline=declined(home), reasons="ที่ดินเป็นของเขต", effective_on=DAY, document="หนังสือ 1", now=NOW
    )
    return lambda actor: reconsiderations.answer_reconsideration(
        actor=actor,
        reconsideration=asked,
        is_upheld=True,
        answer="ตรวจสอบแล้วเป็นที่ดินของเขต",
        answered_on=DAY,
        document="กท 5001/20",
        now=NOW,
    )
