"""What the year of a district asks of its officer, its director and its communities."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.communities.models import Community
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.deciding import Standing, decision_table
from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion
from lakthan.apps.planning.notices import decision_lines, not_told
from lakthan.apps.planning.services.decisions import confirm_action_plan, withdraw_decision
from lakthan.apps.planning.services.meetings import cancel_meeting, postpone_meeting
from lakthan.apps.planning.services.mending import mend_inclusion
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.apps.planning.services.proposals import return_proposal, send_proposal
from lakthan.apps.planning.services.reconsiderations import ask_reconsideration
from lakthan.apps.planning.services.work import confirm_work, report_work
from lakthan.apps.planning.waiting import Wait, Waiting, waiting
from lakthan.rules.after_decision import TO_ASK, Due, Work
from lakthan.rules.permissions import Actor, Role
from tests.apps import builders
from tests.apps.acts.after_decision import declined, included
from tests.apps.builders import NOW, ROOT, TODAY, YEAR, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Unit:
    return builders.unit("5001")


def officer(home: Unit) -> Actor:
    return builders.somebody(Role.DISTRICT_OFFICER, home)


def director(home: Unit) -> Actor:
    return builders.somebody(Role.DISTRICT_DIRECTOR, home)


def only(found: Iterable[Waiting], wait: Wait) -> list[Waiting]:
    return [each for each in found if each.wait is wait]


def waits(actor: Actor, wait: Wait, on: date = TODAY) -> list[Waiting]:
    return only(waiting(actor, on), wait)


def test_whoever_has_no_part_in_a_district_is_asked_nothing_and_asks_nothing(home: Unit) -> None:
    included(home)
    auditor = builders.somebody(Role.AUDITOR, builders.bureau())
    with CaptureQueriesContext(connection) as captured:
        assert waiting(auditor, TODAY) == ()
    assert len(captured) == 0


@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR, Role.COMMUNITY_MEMBER])
def test_all_that_waits_is_one_statement_however_much_it_is(home: Unit, role: Role) -> None:
    for name in ("ชุมชนหนึ่ง", "ชุมชนสอง"):
        community = builders.community(home, name)
        builders.committee(community)
        builders.plan(community)
        builders.meeting(home, community, TODAY - timedelta(days=3))
        builders.sent_proposal(community)
    included(home)
    with CaptureQueriesContext(connection) as captured:
        waiting(builders.somebody(role, home), TODAY)
    assert len(captured) == 1


def test_a_meeting_whose_day_passed_waits_until_somebody_says_what_became_of_it(home: Unit) -> None:
    community = builders.community(home)
    held_late, cancelled, put_off, moved = (
        builders.meeting(home, community, TODAY - timedelta(days=days)) for days in (4, 3, 2, 1)
    )
    builders.meeting(home, community, TODAY)
    found = waits(officer(home), Wait.MEETING_OVERDUE)
    assert [each.of for each in found] == [held_late.pk, cancelled.pk, put_off.pk, moved.pk]
    assert found[0].day == TODAY - timedelta(days=4)
    assert found[0].community == community.name
    cancel_meeting(actor=ROOT, meeting=cancelled, cancelled_on=TODAY, reason="ฝนตก", now=NOW)
    postpone_meeting(actor=ROOT, meeting=put_off, effective_on=TODAY, postponed_to=None, reason="ฝนตก", now=NOW)
    later = TODAY + timedelta(days=7)
    postpone_meeting(actor=ROOT, meeting=moved, effective_on=TODAY, postponed_to=later, reason="ฝนตก", now=NOW)
    assert [each.of for each in waits(officer(home), Wait.MEETING_OVERDUE)] == [held_late.pk]
    after = waits(officer(home), Wait.MEETING_OVERDUE, later + timedelta(days=1))
    assert moved.pk in {each.of for each in after}
    assert waits(officer(builders.unit("5002")), Wait.MEETING_OVERDUE) == []
    assert waits(director(home), Wait.MEETING_OVERDUE) == [], "it is the officer who keeps meetings"


def test_projects_without_a_decision_are_as_many_as_the_decision_table_says(home: Unit) -> None:
    plan = builders.plan(builders.community(home), projects=3)
    builders.plan(builders.community(home, "ชุมชนอื่น"), on=date(2018, 1, 15), projects=2)
    into = builders.action_plan(home)
    first, second, _ = plan.projects.order_by("number")
    builders.inclusion(first, into)
    again = builders.inclusion(second, into, 2)
    withdraw_decision(actor=ROOT, decision=again, ended_on=TODAY, reason="ตั้งใหม่", now=NOW)
    for actor in (officer(home), director(home)):
        (found,) = waits(actor, Wait.UNDECIDED)
        table = decision_table(actor, home.pk, YEAR, TODAY)
        assert found.number == table.count(Standing.UNDECIDED) == 2
        assert (found.fiscal_year, found.unit_code) == (YEAR.be, "5001")


def test_the_next_year_is_undecided_once_its_action_plan_is_opened(home: Unit) -> None:
    builders.plan(builders.community(home))
    assert [each.fiscal_year for each in waits(officer(home), Wait.UNDECIDED)] == [YEAR.be]
    builders.action_plan(home, YEAR + 1)
    assert [each.fiscal_year for each in waits(officer(home), Wait.UNDECIDED)] == [YEAR.be, YEAR.be + 1]


def test_a_list_waits_for_the_director_until_it_is_confirmed(home: Unit) -> None:
    inclusion = included(home)
    assert waits(officer(home), Wait.TO_CONFIRM) == []
    (found,) = waits(director(home), Wait.TO_CONFIRM)
    assert (found.fiscal_year, found.number, found.unit_code) == (YEAR.be, 1, "5001")
    confirm_action_plan(
        actor=director(home), action_plan=inclusion.action_plan, effective_on=TODAY, document="บันทึก 1", now=NOW
    )
    assert waits(director(home), Wait.TO_CONFIRM) == []


def test_decisions_to_be_told_are_one_line_of_a_year_as_the_page_of_letters_counts_them(home: Unit) -> None:
    decline = declined(home)
    plan = builders.plan(builders.community(home, "ชุมชนอื่น"))
    taken = builders.inclusion(plan.projects.get(), decline.action_plan)

    def due() -> tuple[int, ...]:
        with CaptureQueriesContext(connection) as captured:
            (found,) = not_told(officer(home), TODAY)
        assert len(captured) == 1
        lines = [line.due for line in decision_lines(home.pk, YEAR, TODAY)]
        counts = tuple(lines.count(each) for each in (Due.DECIDED, Due.MENDED, Due.WITHDRAWN))
        assert (found.decided, found.mended, found.withdrawn) == counts
        assert (found.fiscal_year, found.district_code) == (YEAR, "5001")
        return counts

    def tell(decision: Inclusion | Decline) -> None:
        by_letter = {"way": DecisionNotice.Way.LETTER, "document": "กท 1", "effective_on": TODAY}
        tell_communities(actor=ROOT, unit=home, decisions=[decision], **by_letter, now=NOW)

    assert due() == (2, 0, 0)
    tell(taken)
    assert due() == (1, 0, 0)
    mend_inclusion(actor=ROOT, inclusion=taken, item_number=9, name=taken.name, budget=taken.budget, now=NOW)
    assert due() == (1, 1, 0)
    tell(decline)
    withdraw_decision(actor=ROOT, decision=decline, ended_on=TODAY, reason="พิจารณาใหม่", now=NOW)
    assert due() == (0, 1, 1)
    tell(taken)
    tell(decline)
    assert not_told(officer(home), TODAY) == ()
    assert not_told(officer(builders.unit("5002")), TODAY) == ()


def speaker_of(community: Community) -> Actor:
    return builders.speaker(community)


def test_work_that_is_reported_done_waits_for_the_word_of_the_own_community(home: Unit) -> None:
    inclusion = included(home)
    community = inclusion.project.plan.community
    speaker = speaker_of(community)
    assert waits(speaker, Wait.WORK_DONE) == []
    report_work(actor=ROOT, inclusion=inclusion, effective_on=TODAY, state=Work.DONE, note="", now=NOW)
    (found,) = waits(speaker, Wait.WORK_DONE)
    assert (found.of, found.day, found.community) == (inclusion.project_id, TODAY, community.name)
    stranger = builders.speaker(builders.community(home, "ชุมชนอื่น"), "other")
    assert waits(stranger, Wait.WORK_DONE) == []
    confirm_work(actor=speaker, inclusion=inclusion, effective_on=TODAY, is_done=True, note="", now=NOW)
    assert waits(speaker, Wait.WORK_DONE) == []


def test_another_look_can_be_asked_for_until_its_term_ends_and_is_then_the_districts_to_answer(home: Unit) -> None:
    decline = declined(home)
    speaker = speaker_of(decline.project.plan.community)
    (found,) = waits(speaker, Wait.MAY_ASK)
    assert (found.of, found.due_on) == (decline.project_id, None), "no term runs before the community is told"
    tell_communities(
        actor=ROOT, unit=home, decisions=[decline], way=DecisionNotice.Way.LETTER, document="กท 1",
        effective_on=TODAY, now=NOW,
    )  # fmt: skip
    last = TODAY + timedelta(days=TO_ASK.days)
    assert [each.due_on for each in waits(speaker, Wait.MAY_ASK, last)] == [last]
    assert waits(speaker, Wait.MAY_ASK, last + timedelta(days=1)) == []
    ask_reconsideration(actor=speaker, decline=decline, reasons="จำเป็น", effective_on=TODAY, now=NOW)
    assert waits(speaker, Wait.MAY_ASK) == []
    (asked,) = waits(officer(home), Wait.ANOTHER_LOOK)
    assert asked.of == decline.project_id
    assert asked.due_on is not None


def test_a_plan_goes_to_and_fro_between_the_community_and_its_district(home: Unit) -> None:
    community = builders.community(home)
    builders.committee(community)
    speaker, judge = speaker_of(community), officer(home)
    row = builders.written_proposal(community, speaker)
    assert [each.wait for each in waiting(speaker, TODAY)] == [Wait.PLAN_DRAFT]
    send_proposal(actor=speaker, proposal=row, now=NOW)
    assert waiting(speaker, TODAY) == ()
    (sent,) = waits(judge, Wait.PLAN_SENT)
    assert (sent.of, sent.number, sent.day) == (row.pk, 2, TODAY)
    return_proposal(actor=judge, proposal=row, reason="ขาดวงเงิน", now=moment())
    (back,) = waiting(speaker, TODAY)
    assert (back.wait, back.note) == (Wait.PLAN_RETURNED, "ขาดวงเงิน")
    assert waits(judge, Wait.PLAN_SENT) == []
