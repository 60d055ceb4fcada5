"""Mails about the year of a district: terms of committees, meetings, and what waits for a community's word."""

from datetime import date, timedelta

import pytest
from django.core import mail

from lakthan.apps.communities.models import Committee, Community
from lakthan.apps.people.models import Unit, User
from lakthan.apps.planning.services.decisions import confirm_action_plan
from lakthan.apps.planning.services.meetings import cancel_meeting
from lakthan.apps.planning.services.proposals import return_proposal
from lakthan.apps.planning.services.work import confirm_work, report_work
from lakthan.exchange.reminders import Run
from lakthan.rules.after_decision import Work
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.after_decision import included
from tests.apps.builders import NOW, ROOT, TODAY, moment
from tests.exchange.test_reminders import person, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Unit:
    return builders.unit("5001")


@pytest.fixture
def community(home: Unit) -> Community:
    row = builders.community(home)
    builders.committee(row)
    return row


def test_an_officer_is_told_of_a_term_in_time_shortly_before_and_once_it_is_over(community: Community) -> None:
    person(Role.DISTRICT_OFFICER, community.unit, "officer")
    ends_on = Committee.objects.get().term_ends_on
    days = [ends_on + timedelta(days=passed) for passed in range(-63, 20)]
    assert [(day - ends_on).days for day in days if run(day).sent] == [-60, -14, 1]
    assert "วาระกรรมการชุมชน (1)" in mail.outbox[0].body
    assert "ชุมชนตัวอย่าง 1 (5001-0001) ครบวาระ 31 ธันวาคม 2563" in mail.outbox[0].body
    assert "Terms of committees (1)" in mail.outbox[0].body
    assert "term ended 31 December 2020" in mail.outbox[-1].body


def test_a_meeting_of_which_nobody_said_what_became_is_asked_about_twice(community: Community) -> None:
    person(Role.DISTRICT_OFFICER, community.unit, "officer")
    forgotten = builders.meeting(community.unit, community, date(2020, 6, 3))
    told_of = builders.meeting(community.unit, community, date(2020, 6, 3))
    cancel_meeting(actor=ROOT, meeting=told_of, cancelled_on=TODAY, reason="ฝนตก", now=NOW)
    days = [forgotten.scheduled_on + timedelta(days=passed) for passed in range(30)]
    assert [(day - forgotten.scheduled_on).days for day in days if run(day).sent] == [1, 7]
    assert "ประชุมที่เลยกำหนดและยังไม่บันทึกผล (1)" in mail.outbox[0].body
    assert "ประชุมตัวอย่าง วันที่ 3 มิถุนายน 2563" in mail.outbox[0].body


def test_a_community_is_told_once_of_a_returned_plan_and_of_finished_work(home: Unit) -> None:
    inclusion = included(home)
    community = inclusion.project.plan.community
    builders.committee(community)
    User.objects.filter(pk=builders.seat(community, "speaker").user_id).update(email="speaker@example.org")
    row = builders.sent_proposal(community)
    assert run(TODAY) == Run()
    return_proposal(actor=ROOT, proposal=row, reason="ขาดวงเงิน", now=moment())
    report_work(actor=ROOT, inclusion=inclusion, effective_on=TODAY, state=Work.DONE, note="", now=NOW)
    assert run(TODAY).sent == {"speaker": 2}
    body = mail.outbox[-1].body
    assert "แผนพัฒนาชุมชนที่สำนักงานเขตส่งกลับให้แก้ไข (1)" in body
    assert "รอชุมชนยืนยัน (1)" in body
    assert "โครงการตัวอย่าง 1" in body
    assert run(TODAY) == Run(), "each thing once"
    confirm_work(actor=ROOT, inclusion=inclusion, effective_on=TODAY, is_done=False, note="ยังไม่ทาสี", now=NOW)
    later = TODAY + timedelta(days=3)
    report_work(actor=ROOT, inclusion=inclusion, effective_on=later, state=Work.DONE, note="", now=moment(later))
    assert run(later).sent == {"speaker": 1}, "finished anew"


def test_the_director_is_told_of_a_list_to_confirm_and_the_officer_of_a_plan(home: Unit) -> None:
    person(Role.DISTRICT_OFFICER, home, "officer")
    director = person(Role.DISTRICT_DIRECTOR, home, "director")
    inclusion = included(home)
    community = inclusion.project.plan.community
    builders.committee(community)
    builders.sent_proposal(community)
    assert run(TODAY).sent == {"director": 1, "officer": 1}
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    assert "บัญชีโครงการที่รอผู้อำนวยการเขตยืนยัน (1)" in bodies[director.email]
    assert "แผนพัฒนาชุมชนที่รอยืนยัน (1)" in bodies["officer@example.org"]
    by = builders.somebody(Role.DISTRICT_DIRECTOR, home)
    confirm_action_plan(actor=by, action_plan=inclusion.action_plan, effective_on=TODAY, document="บันทึก 1", now=NOW)
    assert run(TODAY + timedelta(days=1)) == Run()
