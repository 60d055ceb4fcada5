"""The district's answer to a sent plan: what is missing is told, and its meeting is chosen or recorded with it."""

from datetime import date
from http import HTTPStatus

import pytest

from lakthan.apps.communities.models import Community
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import CommunityPlan, Meeting, PlanProposal
from lakthan.apps.planning.services.meetings import hold_meeting
from lakthan.apps.planning.services.proposals import begin_proposal
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.test_plans import MOST, address, asked, officer_of, speaker_of
from tests.web.test_plans import community as community
from tests.web.test_plans import home as home

pytestmark = pytest.mark.django_db

NEW = {
    "act": "confirm",
    "meeting": "new",
    "title": "พิจารณาแผน",
    "held_on": "๑ มีนาคม ๒๕๖๓",
    "place": "ลานชุมชน",
    "group-1": "กรรมการชุมชน",
    "people-1": "๙",
    "group-2": "ผู้อยู่อาศัย",
    "people-2": "",
}


def held(community: Community, people: int = 41) -> Meeting:
    meeting = builders.meeting(community.unit, community)
    return hold_meeting(actor=ROOT, meeting=meeting, held_on=date(2020, 2, 3), attendance={"ผู้อยู่อาศัย": people}, now=NOW)


def test_what_is_missing_is_told_before_the_plan_is_confirmed(home: Unit, community: Community) -> None:
    row, judge = builders.sent_proposal(community), officer_of(home)
    checks = {check.what: check for check in judge.get(address(row)).context["checks"]}
    assert [check.is_there for check in checks.values()] == [True, True, True, False]
    PlanProposal.objects.filter(pk=row.pk).update(
        meeting=held(community), projects=[builders.typed_project(estimate="-")], adopted_on=date(2020, 2, 1)
    )
    told = [(check.is_there, check.told) for check in judge.get(address(row)).context["checks"]]
    assert [is_there for is_there, _ in told] == [True, False, True, True, True, False, False]
    assert "41" in told[4][1]


def test_a_plan_is_not_confirmed_before_it_is_said_in_which_meeting(home: Unit, community: Community) -> None:
    row, judge = builders.sent_proposal(community), officer_of(home)
    for typed in ({"act": "confirm"}, {"act": "confirm", "meeting": "else"}):
        assert judge.post(address(row), typed).status_code == HTTPStatus.BAD_REQUEST
    assert not CommunityPlan.objects.exists()
    judge.post(address(row), {"act": "confirm", "meeting": "none"})
    assert CommunityPlan.objects.get().meeting is None


def test_a_recorded_meeting_is_chosen(home: Unit, community: Community) -> None:
    row, meeting, judge = builders.sent_proposal(community), held(community), officer_of(home)
    assert "41" in judge.get(address(row)).content.decode()
    judge.post(address(row), {"act": "confirm", "meeting": str(meeting.pk)})
    row.refresh_from_db()
    assert CommunityPlan.objects.get().meeting == row.meeting == meeting


def test_the_meeting_that_the_community_chose_stands_chosen(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    meeting = held(community)
    PlanProposal.objects.filter(pk=row.pk).update(meeting=meeting)
    shown = officer_of(home).get(address(row)).content.decode()
    assert f'value="{meeting.pk}" selected' in shown
    assert 'value="none"' not in shown


def test_a_meeting_that_nobody_recorded_is_recorded_with_the_plan(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    answer = officer_of(home).post(address(row), NEW)
    assert answer.status_code == HTTPStatus.FOUND
    meeting = Meeting.objects.get()
    assert CommunityPlan.objects.get().meeting == meeting
    assert (meeting.held_on, meeting.title, meeting.place, meeting.number) == (
        date(2020, 3, 1),
        "พิจารณาแผน",
        "ลานชุมชน",
        1,
    )
    assert dict(meeting.attendances.values_list("group", "people")) == {"กรรมการชุมชน": 9}


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": ""},
        {"held_on": "30 กุมภาพันธ์ 2563"},
        {"held_on": "1 มีนาคม 2599"},
        {"title": " "},
        {"people-1": ""},
        {"people-1": "เก้า"},
    ],
)
def test_a_meeting_that_is_wrong_records_nothing_and_stands_again(
    home: Unit, community: Community, wrong: dict[str, str]
) -> None:
    row = builders.sent_proposal(community)
    answer = officer_of(home).post(address(row), NEW | wrong)
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "ลานชุมชน" in answer.content.decode()
    assert not Meeting.objects.exists()
    assert not CommunityPlan.objects.exists()


def test_another_communitys_meeting_cannot_be_chosen(home: Unit, community: Community) -> None:
    row, other = builders.sent_proposal(community), held(builders.community(home, "ชุมชนตัวอย่าง 2"))
    answer = officer_of(home).post(address(row), {"act": "confirm", "meeting": str(other.pk)})
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_the_officer_reads_an_estimate_as_a_number(home: Unit, community: Community) -> None:
    shown = officer_of(home).get(address(builders.sent_proposal(community))).content.decode()
    assert 'class="conflict' not in shown
    assert "12,500.-" in shown
    assert "๑๒,๕๐๐" not in shown


def test_a_review_tells_what_became_of_each_project_of_the_last_plan(home: Unit, community: Community) -> None:
    last = builders.plan(community, date(2019, 2, 4), projects=2)
    builders.inclusion(last.projects.get(number=2), builders.action_plan(home), item=7)
    row, member = begin_proposal(actor=ROOT, community=community, copied=True, now=NOW), speaker_of(community)
    assert row.valid_until == date(2021, 12, 31)
    shown = member.get(address(row))
    assert [len(each.became) for each in shown.context["rows"]] == [0, 1]
    assert "ลำดับที่ 7" in shown.content.decode()
    assert asked(member, address(row)) <= MOST
