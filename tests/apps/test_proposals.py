"""Plans that communities prepare: by whom, with what in them, and that one becomes a plan wholly or not at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.services import Holder, change_status, give_seat
from lakthan.apps.ledger.models import Entry, Tally
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, PlanProposal
from lakthan.apps.planning.plans import my_communities, plan_lines, proposal_page
from lakthan.apps.planning.proposal_content import digest_of
from lakthan.apps.planning.services.meetings import hold_meeting
from lakthan.apps.planning.services.proposals import (
    NotComplete,
    begin_proposal,
    confirm_proposal,
    drop_proposal,
    return_proposal,
    save_proposal,
    send_proposal,
    withdraw_proposal,
)
from lakthan.apps.planning.working_plans import SavedMeanwhile, keep_working_plan, working_plan
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.rules.eligibility import Status
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.rules.plan_proposals import ProposalState
from lakthan.rules.plan_standing import PlanStanding
from lakthan.rules.typed_projects import PLAN_FIELDS, PROJECT_WAYS
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, whole_plan


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def community(home: Unit) -> Community:
    return builders.community(home)


def member(of: Community, login: str = "member", until: date | None = None) -> Actor:
    """Somebody who speaks for a community, until its committee's term ends or an earlier day."""
    if not of.committees.exists():
        builders.committee(of)
    holder = Holder(login, "มานะ รักดี")
    seat = give_seat(actor=ROOT, community=of, holder=holder, valid_from=date(2020, 1, 1), valid_to=until, now=NOW)
    return Actor(f"user:{seat.user_id}", (Held(Role.COMMUNITY_MEMBER, str(of.unit_id)),))


def officer(home: Unit) -> Actor:
    return builders.somebody(Role.DISTRICT_OFFICER, home)


def test_the_choices_of_records_are_those_of_the_rules() -> None:
    assert [*PlanProposal.State.values] == [*ProposalState]
    assert [*CommunityProject.Field.values] == [*PLAN_FIELDS]
    assert [*CommunityProject.Way.values] == [*PROJECT_WAYS]


def test_a_member_prepares_and_sends_and_the_officer_confirms(home: Unit, community: Community) -> None:
    speaker, judge = member(community), officer(home)
    proposal = builders.sent_proposal(community, speaker)
    assert (proposal.state, proposal.sent_on) == (ProposalState.SENT, TODAY)
    plan = confirm_proposal(actor=judge, proposal=proposal, now=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.plan, proposal.answered_on) == (ProposalState.CONFIRMED, plan, TODAY)
    assert (plan.kind, plan.effective_on, plan.resolution) == (
        "new",
        date(2020, 3, 2),
        "มติที่ประชุมครั้งที่ 2/2563 วาระที่ 3",
    )
    first, second = plan.projects.order_by("number")
    assert (first.number, first.name, first.estimate, first.priority) == (1, "โครงการที่พิมพ์ 1", Decimal("12500.00"), 1)
    assert second.number == 2
    assert {entry.actor for entry in Entry.objects.filter(act="planning.confirm_proposal")} == {judge.id}


def test_nothing_is_counted_before_it_is_confirmed(home: Unit, community: Community) -> None:
    proposal = builders.sent_proposal(community, member(community))
    assert not Tally.objects.filter(kind__in=["community-plan", "community-project"]).exists()
    confirm_proposal(actor=officer(home), proposal=proposal, now=NOW)
    assert Tally.objects.filter(kind="community-plan").exists()


def test_a_community_without_a_computer_is_served_by_the_officer(home: Unit, community: Community) -> None:
    judge = officer(home)
    plan = confirm_proposal(actor=judge, proposal=builders.sent_proposal(community, judge), now=NOW)
    assert plan.projects.count() == 2


def test_who_has_no_seat_prepares_nothing(home: Unit, community: Community) -> None:
    other = builders.community(home, "ชุมชนตัวอย่าง 2")
    for stranger in (member(other), member(community, "former", until=date(2020, 5, 31))):
        with pytest.raises(Refused):
            begin_proposal(actor=stranger, community=community, now=NOW)


def test_a_member_neither_returns_nor_confirms_and_an_officer_does_not_judge_the_own_community(
    home: Unit, community: Community
) -> None:
    speaker = member(community)
    both = Actor(speaker.id, (*speaker.held, Held(Role.DISTRICT_OFFICER, str(home.pk))))
    proposal = builders.sent_proposal(community, speaker)
    for actor in (speaker, both):
        with pytest.raises(Refused), transaction.atomic():
            confirm_proposal(actor=actor, proposal=proposal, now=NOW)
        with pytest.raises(Refused), transaction.atomic():
            return_proposal(actor=actor, proposal=proposal, reason="แก้ไข", now=NOW)
    assert not CommunityPlan.objects.exists()


def test_a_review_begins_with_fields_and_projects_of_the_last_plan(community: Community) -> None:
    builders.plan(community, date(2018, 1, 15), projects=1)
    last = builders.plan(community, date(2019, 1, 15), projects=3)
    row = begin_proposal(actor=ROOT, community=community, now=NOW, copied=True)
    assert row.copied_from == last
    assert [(typed["name"], typed["estimate"]) for typed in row.projects] == [
        (project.name, "1,000") for project in last.projects.order_by("number")
    ]
    assert (row.adopted_on, row.resolution, row.meeting) == (None, "", None)


def test_one_plan_at_a_time_is_prepared(community: Community) -> None:
    row = builders.begun_proposal(community)
    with pytest.raises(Conflict), transaction.atomic():
        builders.begun_proposal(community)
    drop_proposal(actor=ROOT, proposal=row, now=NOW)
    assert builders.begun_proposal(community).state == ProposalState.DRAFT


def test_nothing_is_begun_without_a_plan_to_copy_or_for_a_dissolved_community(community: Community) -> None:
    with pytest.raises(UserError, match="copy"), transaction.atomic():
        begin_proposal(actor=ROOT, community=community, now=NOW, copied=True)
    change_status(
        actor=ROOT, community=community, status=Status.DISSOLVED, effective_on=TODAY, document="ประกาศ", now=NOW
    )
    with pytest.raises(UserError, match="not registered"):
        builders.begun_proposal(community)


def test_who_saves_second_loses_nothing_and_overwrites_nothing(community: Community) -> None:
    row = builders.begun_proposal(community)
    seen = digest_of(row)
    first, second = whole_plan(1), replace(whole_plan(2), resolution="ฉบับของคนที่สอง")
    save_proposal(actor=ROOT, proposal=row, content=first, seen=seen, now=NOW)
    with pytest.raises(SavedMeanwhile), transaction.atomic():
        save_proposal(actor=ROOT, proposal=row, content=second, seen=seen, now=NOW)
    row.refresh_from_db()
    assert len(row.projects) == 1
    save_proposal(actor=ROOT, proposal=row, content=second, seen=digest_of(row), now=NOW)
    row.refresh_from_db()
    assert (len(row.projects), row.resolution) == (2, "ฉบับของคนที่สอง")


def test_a_draft_keeps_what_cannot_be_read_and_is_not_sent_with_it(community: Community) -> None:
    row = builders.begun_proposal(community)
    content = replace(whole_plan(), projects=(builders.typed_project(estimate="ประมาณหมื่น"),))
    save_proposal(actor=ROOT, proposal=row, content=content, seen=digest_of(row), now=NOW)
    with pytest.raises(NotComplete) as refused, transaction.atomic():
        send_proposal(actor=ROOT, proposal=row, now=NOW)
    assert [finding.place for finding in refused.value.findings] == ["project-1-estimate"]
    row.refresh_from_db()
    assert (row.state, row.projects[0]["estimate"]) == (ProposalState.DRAFT, "ประมาณหมื่น")


def test_a_returned_plan_tells_why_and_is_mended_and_sent_again(home: Unit, community: Community) -> None:
    speaker, judge = member(community), officer(home)
    row = builders.sent_proposal(community, speaker)
    with pytest.raises(UserError, match="mended"), transaction.atomic():
        return_proposal(actor=judge, proposal=row, reason="  ", now=NOW)
    return_proposal(actor=judge, proposal=row, reason="ขาดวงเงินโครงการที่ 2", now=NOW)
    assert proposal_page(speaker, row.pk, TODAY).return_reason == "ขาดวงเงินโครงการที่ 2"
    save_proposal(actor=speaker, proposal=row, content=whole_plan(3), seen=digest_of(row), now=NOW)
    assert row.state == ProposalState.RETURNED
    send_proposal(actor=speaker, proposal=row, now=NOW)
    assert row.state == ProposalState.SENT


def test_what_is_sent_is_written_no_more_until_it_is_taken_back(community: Community) -> None:
    row = builders.sent_proposal(community)
    with pytest.raises(Conflict), transaction.atomic():
        save_proposal(actor=ROOT, proposal=row, content=whole_plan(), seen=digest_of(row), now=NOW)
    withdraw_proposal(actor=ROOT, proposal=row, now=NOW)
    assert (row.state, row.sent_on) == (ProposalState.DRAFT, None)
    save_proposal(actor=ROOT, proposal=row, content=whole_plan(), seen=digest_of(row), now=NOW)


def test_a_plan_of_the_same_day_keeps_a_sent_one_from_being_confirmed(community: Community) -> None:
    row = builders.sent_proposal(community)
    builders.plan(community, date(2020, 3, 2))
    with pytest.raises(NotComplete, match="mend"), transaction.atomic():
        confirm_proposal(actor=ROOT, proposal=row, now=NOW)
    row.refresh_from_db()
    assert (row.state, CommunityPlan.objects.count()) == (ProposalState.SENT, 1)


def test_the_meeting_is_one_of_the_community(home: Unit, community: Community) -> None:
    row = builders.begun_proposal(community)
    other = builders.meeting(home, builders.community(home, "ชุมชนตัวอย่าง 2"))
    with pytest.raises(UserError, match="not this community"), transaction.atomic():
        save_proposal(actor=ROOT, proposal=row, content=whole_plan(), seen=digest_of(row), meeting=other, now=NOW)
    own = builders.meeting(home, community)
    hold_meeting(actor=ROOT, meeting=own, held_on=date(2020, 3, 2), attendance={"กรรมการชุมชน": 9}, now=NOW)
    save_proposal(actor=ROOT, proposal=row, content=whole_plan(), seen=digest_of(row), meeting=own, now=NOW)
    plan = confirm_proposal(actor=ROOT, proposal=send_proposal(actor=ROOT, proposal=row, now=NOW), now=NOW)
    assert plan.meeting == own


def test_a_plan_in_preparation_is_known_to_its_community_and_its_district_alone(
    home: Unit, community: Community
) -> None:
    row = builders.sent_proposal(community)
    other = builders.unit("5002")
    for actor in (member(community), officer(home), builders.somebody(Role.AUDITOR)):
        assert proposal_page(actor, row.pk, TODAY).community.name == community.name
    for actor in (officer(other), member(builders.community(home, "ชุมชนตัวอย่าง 2"), "neighbour")):
        with pytest.raises(NotFound):
            proposal_page(actor, row.pk, TODAY)


def test_the_list_tells_how_each_community_stands(home: Unit, community: Community) -> None:
    names = ["ชุมชนตัวอย่าง 2", "ชุมชนตัวอย่าง 3", "ชุมชนตัวอย่าง 4", "ชุมชนตัวอย่าง 5"]
    expired, earlier, without, gone = (builders.community(home, name) for name in names)
    builders.plan(community, date(2020, 1, 15))
    builders.plan(expired, date(2018, 1, 15))
    builders.plan(earlier, date(2019, 1, 15))
    change_status(actor=ROOT, community=gone, status=Status.DISSOLVED, effective_on=TODAY, document="ประกาศ", now=NOW)
    sent = builders.sent_proposal(without)
    lines = plan_lines(officer(home), TODAY)
    assert [line.standing for line in lines] == [
        PlanStanding.CURRENT,
        PlanStanding.EXPIRED,
        PlanStanding.TO_REVIEW,
        PlanStanding.TO_MAKE,
    ]
    assert [(line.proposal, line.state) for line in lines if line.proposal] == [(sent.pk, ProposalState.SENT)]
    assert plan_lines(officer(builders.unit("5002")), TODAY) == ()
    assert [line.community.id for line in my_communities(member(earlier), TODAY)] == [earlier.pk]


def test_an_identifier_that_names_nothing_is_not_found(home: Unit) -> None:
    with pytest.raises(NotFound):
        proposal_page(ROOT, UUID(int=7), TODAY)


def test_what_is_typed_goes_when_the_plan_is_dropped_and_a_stranger_keeps_none(community: Community) -> None:
    row = builders.begun_proposal(community)
    typed = {"texts": {"economy": "ตลาด"}, "seen": digest_of(row), "page": "one", "now": NOW}
    with pytest.raises(Refused):
        keep_working_plan(actor=builders.somebody(Role.DISTRICT_OFFICER), proposal=row, **typed)
    keep_working_plan(actor=ROOT, proposal=row, **typed)
    drop_proposal(actor=ROOT, proposal=row, now=NOW)
    assert working_plan(row) is None
