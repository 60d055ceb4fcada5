"""What follows a decision: the notice, another look, the work, and the community's word."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lakthan.apps.communities.models import Community, CommunitySeat
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.selectors import actor_of
from lakthan.apps.people.services import give_role
from lakthan.apps.planning.after_decision import item_of
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion, Reconsideration, WorkConfirmation
from lakthan.apps.planning.notices import decision_lines, not_told
from lakthan.apps.planning.services.decisions import withdraw_decision
from lakthan.apps.planning.services.mending import mend_decline, mend_inclusion
from lakthan.apps.planning.services.notices import settle_notices, tell_communities
from lakthan.apps.planning.services.reconsiderations import answer_reconsideration, ask_reconsideration
from lakthan.apps.planning.services.work import confirm_work, prove_work, report_work
from lakthan.apps.planning.waiting import Wait, waiting
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.after_decision import TO_ASK, Due, Turn, Work, whose_turn
from lakthan.rules.permissions import Actor, Refused, Role
from tests.apps import builders
from tests.apps.acts.after_decision import DAY, declined, included
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY, YEAR

pytestmark = pytest.mark.django_db
LETTER, EMAIL = DecisionNotice.Way.LETTER, DecisionNotice.Way.EMAIL


@pytest.fixture
def home() -> Unit:
    return builders.unit()


def member(of: Community, until: date | None = None, login: str = "member") -> Actor:
    """Somebody with a seat in a community."""
    user: User = builders.user(login)
    give_role(actor=ROOT, user=user, unit=of.unit, role=Role.COMMUNITY_MEMBER, valid_from=FOUNDED, now=NOW)
    CommunitySeat.objects.create(
        unit=of.unit, community=of, user=user, valid_from=FOUNDED, valid_to=until, recorded_at=NOW
    )
    return actor_of(user, TODAY)


def tell(decision: Inclusion | Decline, way: DecisionNotice.Way = LETTER, on: date = DAY) -> list[DecisionNotice]:
    document = "กท 5001/12" if way is LETTER else ""
    told = tell_communities(
        actor=ROOT, unit=decision.unit, decisions=[decision], way=way, effective_on=on, document=document, now=NOW
    )
    return list(told)


def ask(actor: Actor, decision: Decline, on: date = TODAY, document: str = "") -> Reconsideration:
    return ask_reconsideration(
        actor=actor, decline=decision, reasons="ที่ดินเป็นของเขต", effective_on=on, document=document, now=NOW
    )


def answer(asked: Reconsideration, *, is_upheld: bool) -> Reconsideration:
    return answer_reconsideration(
        actor=ROOT,
        reconsideration=asked,
        is_upheld=is_upheld,
        answer="ตรวจสอบแล้ว",
        answered_on=TODAY,
        document="กท 5001/20",
        now=NOW,
    )


def report(item: Inclusion, state: Work, on: date = DAY, note: str = "") -> None:
    report_work(actor=ROOT, inclusion=item, effective_on=on, state=state, note=note, now=NOW)


def confirm(actor: Actor, item: Inclusion, *, is_done: bool = True, note: str = "") -> WorkConfirmation:
    return confirm_work(actor=actor, inclusion=item, effective_on=TODAY, is_done=is_done, note=note, now=NOW)


# Notices


def test_nobody_is_told_the_same_twice(home: Unit) -> None:
    decision = included(home)
    assert len(tell(decision)) == 1
    entries = Entry.objects.count()
    assert tell(decision, on=date(2020, 4, 1)) == []
    assert Entry.objects.count() == entries
    assert len(tell(decision, EMAIL)) == 1


def test_a_letter_has_a_number(home: Unit) -> None:
    with pytest.raises(UserError, match="number of the letter"):
        tell_communities(
            actor=ROOT, unit=home, decisions=[included(home)], way=LETTER, effective_on=DAY, document=" ", now=NOW
        )


def test_a_mail_that_was_refused_is_taken_on_again_and_one_that_was_lost_is_not(home: Unit) -> None:
    decision = included(home)
    first = tell(decision, EMAIL)
    settle_notices(actor=ROOT, unit=home, notices=first, outcome=DecisionNotice.Outcome.REFUSED, now=NOW)
    again = tell(decision, EMAIL, date(2020, 3, 9))
    assert [notice.pk for notice in again] == [notice.pk for notice in first]
    settle_notices(actor=ROOT, unit=home, notices=again, outcome=DecisionNotice.Outcome.UNKNOWN, now=NOW)
    assert tell(decision, EMAIL, date(2020, 3, 10)) == []


def withdraw(decision: Inclusion | Decline, on: date = DAY) -> None:
    withdraw_decision(actor=ROOT, decision=decision, ended_on=on, reason="พิมพ์ผิด", now=NOW)


def due(home: Unit) -> list[Due | None]:
    return [line.due for line in decision_lines(home.pk, YEAR, TODAY)]


def test_what_was_withdrawn_before_anybody_heard_of_it_is_not_told(home: Unit) -> None:
    decision = included(home)
    withdraw(decision)
    assert due(home) == []
    with pytest.raises(UserError, match="withdrawn before the community heard"):
        tell(decision)


def test_a_withdrawal_is_told_once_to_those_who_heard_of_the_decision(home: Unit) -> None:
    decision = included(home)
    assert due(home) == [Due.DECIDED]
    tell(decision)
    assert due(home) == [None]
    withdraw(decision, date(2020, 3, 9))
    assert due(home) == [Due.WITHDRAWN]
    with pytest.raises(UserError, match="before the withdrawal"):
        tell(decision, on=date(2020, 3, 8))
    (notice,) = tell(decision, on=date(2020, 3, 10))
    assert (notice.is_withdrawn, notice.turn) == (True, 2)
    assert due(home) == [None]
    assert tell(decision, on=date(2020, 3, 11)) == []


def test_what_was_mended_is_told_again_in_each_way_and_names_what_was_told(home: Unit) -> None:
    decision = included(home)
    tell(decision)
    tell(decision, EMAIL)
    mend_inclusion(actor=ROOT, inclusion=decision, item_number=7, name=decision.name, budget=None, now=NOW)
    (line,) = decision_lines(home.pk, YEAR, TODAY)
    assert (line.due, line.letter) == (Due.MENDED, None)
    assert line.before is not None
    assert line.before.item_number == 1
    with pytest.raises(UserError, match="before the last one"):
        tell(decision, on=date(2020, 3, 1))
    assert len(tell(decision)) == len(tell(decision, EMAIL)) == 1, "on the same day too"
    assert due(home) == [None]
    assert tell(decision) == tell(decision, EMAIL) == []


def test_a_mended_reason_is_told_and_one_that_is_mended_back_is_not(home: Unit) -> None:
    decision = declined(home)
    told = decision.reason
    tell(decision)
    for reason, expected in (("ที่ดินเป็นของเอกชน", Due.MENDED), (told, None)):
        code = Decline.Reason.PRIVATE_LAND
        mend_decline(actor=ROOT, decline=decision, reason_code=code, reason=reason, now=NOW)
        assert due(home) == [expected]


def test_the_name_of_an_item_is_not_told_and_mending_it_asks_for_no_notice(home: Unit) -> None:
    decision = included(home)
    tell(decision)
    item, budget = decision.item_number, decision.budget
    mend_inclusion(actor=ROOT, inclusion=decision, item_number=item, name="ชื่อใหม่", budget=budget, now=NOW)
    assert due(home) == [None]


def test_all_projects_of_a_mended_item_are_to_be_told(home: Unit) -> None:
    first = included(home)
    with_it = builders.project(home, "ชุมชนตัวอย่าง 2")
    shared = builders.inclusion(with_it, first.action_plan, item=first.item_number)
    for decision in (first, shared):
        tell(decision)
    mend_inclusion(
        actor=ROOT, inclusion=first, item_number=first.item_number, name=first.name, budget=Decimal(5000), now=NOW
    )
    assert due(home) == [Due.MENDED, Due.MENDED]


def test_the_officer_is_told_what_communities_are_to_be_told_of_any_year(home: Unit) -> None:
    decision = included(home)
    officer = builders.somebody(Role.DISTRICT_OFFICER, home)
    later = date(2022, 1, 5)
    assert not not_told(officer, later), "decisions of past years that were never told are history"
    tell(decision)
    withdraw(decision, date(2020, 3, 9))
    (waits,) = not_told(officer, later)
    assert (waits.fiscal_year.be, waits.count, waits.withdrawn) == (YEAR.be, 1, 1)
    builders.inclusion(decision.project, decision.action_plan, item=9)
    (waits,) = not_told(officer, later)
    assert (waits.decided, waits.withdrawn) == (1, 1), "what stands in the place of what was withdrawn"


def test_the_term_to_ask_begins_anew_with_the_notice_of_a_correction(home: Unit) -> None:
    decision = declined(home)
    tell(decision)
    after = DAY + timedelta(days=TO_ASK.days + 1)
    with pytest.raises(Conflict, match="too late"):
        ask(ROOT, decision, on=after, document="1")
    mend_decline(
        actor=ROOT, decline=decision, reason_code=Decline.Reason.PRIVATE_LAND, reason="ที่ดินเป็นของเอกชน", now=NOW
    )
    tell(decision, on=date(2020, 3, 20))
    assert ask(ROOT, decision, on=after, document="1").effective_on == after


def test_nobody_is_told_before_it_is_decided_nor_of_another_district(home: Unit) -> None:
    decision = included(home)
    with pytest.raises(UserError, match="before the decision"):
        tell(decision, on=date(2020, 2, 1))
    other = builders.unit("5002")
    with pytest.raises(UserError, match="another district"):
        tell_communities(
            actor=ROOT, unit=other, decisions=[decision], way=LETTER, effective_on=DAY, document="1", now=NOW
        )


# Another look


def test_a_member_asks_with_a_seat_and_nobody_asks_without(home: Unit) -> None:
    decision = declined(home)
    community = decision.project.plan.community
    neighbour = member(builders.community(home, "ชุมชนตัวอย่าง 2"), login="neighbour")
    gone = member(community, until=TODAY - timedelta(days=1), login="gone")
    for stranger in (neighbour, gone):
        with pytest.raises(Refused):
            ask(stranger, decision)
    assert ask(member(community), decision).answered_on is None


def test_the_officer_records_what_came_on_paper_and_names_the_paper(home: Unit) -> None:
    officer = builders.somebody(Role.DISTRICT_OFFICER, home)
    decision = declined(home)
    with pytest.raises(UserError, match="community's letter"):
        ask(officer, decision)
    assert ask(officer, decision, document="หนังสือชุมชน 1/2563").document == "หนังสือชุมชน 1/2563"


def test_one_request_is_open_at_a_time_and_a_kept_decline_stays(home: Unit) -> None:
    decision = declined(home)
    asked = ask(ROOT, decision, document="1")
    with pytest.raises(Conflict, match="wait for its answer"):
        ask(ROOT, decision, document="2")
    answer(asked, is_upheld=False)
    with pytest.raises(Conflict, match="decision stands"):
        ask(ROOT, decision, document="3")
    with pytest.raises(Conflict, match="answered already"):
        answer(asked, is_upheld=True)


def test_it_is_too_late_so_many_days_after_the_letter(home: Unit) -> None:
    decision = declined(home)
    tell(decision, on=TODAY - timedelta(days=TO_ASK.days + 1))
    with pytest.raises(Conflict, match="too late"):
        ask(ROOT, decision, document="1")


def test_a_mail_that_was_refused_begins_no_term(home: Unit) -> None:
    decision = declined(home)
    told = tell(decision, EMAIL, TODAY - timedelta(days=TO_ASK.days + 1))
    settle_notices(actor=ROOT, unit=home, notices=told, outcome=DecisionNotice.Outcome.REFUSED, now=NOW)
    assert ask(ROOT, decision, document="1").pk


def test_a_withdrawn_decline_cannot_be_asked_about(home: Unit) -> None:
    decision = declined(home)
    withdraw_decision(actor=ROOT, decision=decision, ended_on=DAY, reason="พิจารณาใหม่", now=NOW)
    with pytest.raises(Conflict, match="withdrawn"):
        ask(ROOT, decision, document="1")


def test_an_answer_has_reason_and_document_and_comes_after_the_request(home: Unit) -> None:
    asked = ask(ROOT, declined(home), document="1")
    good = {"is_upheld": True, "answer": "ตรวจแล้ว", "answered_on": TODAY, "document": "กท 1"}
    for wrong in ({"answer": " "}, {"document": ""}, {"answered_on": date(2020, 5, 1)}):
        with pytest.raises(UserError):
            answer_reconsideration(actor=ROOT, reconsideration=asked, now=NOW, **{**good, **wrong})


# Work


def test_progress_is_kept_by_day_and_stopping_has_a_reason(home: Unit) -> None:
    item = included(home)
    report(item, Work.UNDER_WAY)
    with pytest.raises(UserError, match="stopped"):
        report(item, Work.STOPPED, date(2020, 4, 1))
    report(item, Work.STOPPED, date(2020, 4, 1), "ผู้รับจ้างทิ้งงาน")
    with pytest.raises(UserError, match="recorded already"):
        report(item, Work.STOPPED, date(2020, 4, 1), "ผู้รับจ้างทิ้งงาน")
    assert [row.state for row in item.progress.order_by("effective_on")] == ["under-way", "stopped"]


def test_a_slip_is_mended_by_another_report_of_the_day_and_both_are_kept(home: Unit) -> None:
    item = included(home)
    for number, (state, note) in enumerate([(Work.STOPPED, "กดผิด"), (Work.DONE, ""), (Work.NOT_BEGUN, "")]):
        later = NOW + timedelta(minutes=number)
        report_work(actor=ROOT, inclusion=item, effective_on=DAY, state=state, note=note, now=later)
        assert item_of(item).work is state
    assert item.progress.count() == 3


def test_what_is_missing_waits_for_the_district_until_it_reports_again(home: Unit) -> None:
    item, officer = included(home), builders.somebody(Role.DISTRICT_OFFICER, home)
    speaker = member(item.project.plan.community)

    def said(is_done: bool, minute: int) -> None:
        confirm_work(
            actor=ROOT,
            inclusion=item,
            effective_on=TODAY,
            is_done=is_done,
            note="ไฟยังไม่ติด",
            now=NOW + timedelta(minutes=minute),
        )

    def turn() -> Turn | None:
        waits = [each for each in waiting(officer, TODAY) if each.wait is Wait.WORK_MISSING]
        assert bool(waits) is (whose_turn(item_of(item)) is Turn.DISTRICT_AGAIN), "the list and the rule agree"
        awaited = [each for each in waiting(speaker, TODAY) if each.wait is Wait.WORK_DONE]
        assert bool(awaited) is (whose_turn(item_of(item)) is Turn.COMMUNITY)
        return whose_turn(item_of(item))

    assert turn() is Turn.DISTRICT
    report(item, Work.DONE)
    assert turn() is Turn.COMMUNITY
    said(is_done=False, minute=1)
    assert turn() is Turn.DISTRICT_AGAIN
    with pytest.raises(UserError, match="recorded already"):
        said(is_done=False, minute=2)
    again = NOW + timedelta(minutes=3)
    report_work(actor=ROOT, inclusion=item, effective_on=TODAY, state=Work.DONE, note="เปลี่ยนหลอดแล้ว", now=again)
    assert turn() is Turn.COMMUNITY
    said(is_done=True, minute=4)
    assert turn() is None


def test_no_work_is_reported_before_the_inclusion_nor_after_its_end(home: Unit) -> None:
    item = included(home)
    with pytest.raises(Conflict):
        report(item, Work.UNDER_WAY, date(2020, 1, 1))
    withdraw_decision(actor=ROOT, decision=item, ended_on=DAY, reason="พิมพ์ผิด", now=NOW)
    with pytest.raises(Conflict, match="withdrawn"):
        report(item, Work.UNDER_WAY)


def test_a_file_proves_the_work_once(home: Unit) -> None:
    item, photo = included(home), builders.evidence(home)
    prove_work(actor=ROOT, inclusion=item, evidence=photo, proves="หลังทำ", now=NOW)
    with pytest.raises(UserError, match="recorded already"):
        prove_work(actor=ROOT, inclusion=item, evidence=photo, proves="หลังทำ", now=NOW)


def test_the_community_confirms_what_is_reported_as_done_or_says_what_is_missing(home: Unit) -> None:
    item = included(home)
    speaker = member(item.project.plan.community)
    with pytest.raises(Conflict, match="not reported"):
        confirm(speaker, item)
    report(item, Work.DONE)
    with pytest.raises(UserError, match="missing"):
        confirm(speaker, item, is_done=False)
    assert not confirm(speaker, item, is_done=False, note="ไฟยังไม่ติดสองดวง").is_done
    stranger = member(builders.community(home, "ชุมชนตัวอย่าง 2"), login="neighbour")
    with pytest.raises(Refused):
        confirm(stranger, item)


def test_the_officer_records_the_communitys_paper_and_names_it(home: Unit) -> None:
    item = included(home)
    report(item, Work.DONE)
    officer = builders.somebody(Role.DISTRICT_OFFICER, home)
    with pytest.raises(UserError, match="paper"):
        confirm(officer, item)
    assert confirm(officer, item, note="หนังสือชุมชน 1 มิ.ย. 2563").is_done
    with pytest.raises(Conflict, match="confirmed"):
        report(item, Work.UNDER_WAY, TODAY)
