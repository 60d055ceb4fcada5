"""Plans of communities through real requests: who may, what is shown, and that nothing that was typed is lost."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.services import Holder, give_seat
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import CommunityPlan, PlanProposal
from lakthan.apps.planning.proposal_content import digest_of
from lakthan.apps.planning.services.meetings import hold_meeting, prove_meeting
from lakthan.apps.planning.services.plans import adopt_plan
from lakthan.apps.planning.services.proposals import return_proposal, save_proposal
from lakthan.rules.permissions import Role
from lakthan.rules.plan_proposals import ProposalState
from lakthan.rules.typed_projects import PLAN_FIELDS
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.pages import Page, in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, MINE, MY_WORK = reverse("community-plans"), reverse("my-community"), reverse("my-work")
MOST = 12


@pytest.fixture
def home() -> Unit:
    """A district in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit()


@pytest.fixture
def community(home: Unit) -> Community:
    return builders.community(home)


def speaker_of(community: Community, login: str = "speaker") -> Client:
    """Somebody who speaks for a community."""
    if not community.committees.exists():
        builders.committee(community)
    give_seat(actor=ROOT, community=community, holder=Holder(login, "มานะ รักดี"), valid_from=date(2020, 1, 1), now=NOW)
    return signed_in(User.objects.get(login=login))


def officer_of(unit: Unit, role: Role = Role.DISTRICT_OFFICER) -> Client:
    return signed_in(officer(role, unit, f"{role}-{unit.pk}"))


def address(row: PlanProposal) -> str:
    return reverse("plan-proposal", args=(row.pk,))


def plan_address(plan: CommunityPlan) -> str:
    return reverse("community-plan", args=(plan.community.code, plan.pk))


def typed(row: PlanProposal, **more: str) -> dict[str, str]:
    """A whole plan as the form sends it."""
    projects = {
        f"project-{number}-{name}": text for number in (1, 2) for name, text in builders.typed_project(number).items()
    }
    usual = {
        **dict.fromkeys(PLAN_FIELDS, "มีปัญหาที่ต้องแก้ไข"),
        **projects,
        "meeting": "",
        "resolution": "มติครั้งที่ 2/2563",
        "adopted_on": "๒ มีนาคม ๒๕๖๓",
        "valid_until": "31/12/2564",
        "seen": digest_of(row),
        "act": "save",
    }
    return usual | more


# The way of a plan


def test_a_member_writes_and_sends_the_officer_returns_the_member_mends_the_officer_confirms(
    home: Unit, community: Community
) -> None:
    member, judge = speaker_of(community), officer_of(home)
    begun = member.post(reverse("begin-plan", args=(community.code,)), {"copied": "no"})
    row = PlanProposal.objects.get()
    assert begun["Location"] == address(row)
    assert member.post(address(row), typed(row, act="send"))["Location"] == address(row)
    assert community.name in judge.get(MY_WORK).content.decode()
    judge.post(address(row), {"act": "return", "reason": "ขาดวงเงินโครงการที่ 2"})
    for page in (MINE, MY_WORK, address(row)):
        assert "ขาดวงเงินโครงการที่ 2" in member.get(page).content.decode()
    row.refresh_from_db()
    member.post(address(row), typed(row, act="send", **{"project-2-estimate": "20,000"}))
    answer = judge.post(address(row), {"act": "confirm", "meeting": "none"})
    plan = CommunityPlan.objects.get()
    assert answer["Location"] == plan_address(plan)
    assert [project.number for project in plan.projects.order_by("number")] == [1, 2]
    assert plan.resolution == "มติครั้งที่ 2/2563"
    for client in (member, judge):
        assert client.get(plan_address(plan)).status_code == HTTPStatus.OK
    assert "โครงการที่พิมพ์ 2" in member.get(plan_address(plan)).content.decode()


@in_both_languages
def test_the_pages_of_a_plan_are_whole(home: Unit, community: Community, language: str) -> None:
    last = builders.plan(community, date(2019, 2, 4), projects=2)
    row = builders.written_proposal(community)
    member, judge = speaker_of(community), officer_of(home)
    sent = builders.sent_proposal(builders.community(home, "ชุมชนตัวอย่าง 2"))
    with translation.override("th"):
        pages = [
            (member, MINE),
            (judge, LIST),
            (member, address(row)),
            (judge, plan_address(last)),
            (judge, address(sent)),
        ]
    for client, page in pages:
        with translation.override(language):
            shown = Page(client.get(in_language(page, language)).content.decode())
        identifiers = shown.values("id")
        assert len(identifiers) == len(set(identifiers)), page
        assert set(shown.values("for")) <= set(identifiers), page
        assert shown.values("style") == []


def test_a_plan_shows_its_meeting_its_files_and_what_became_of_its_projects(home: Unit, community: Community) -> None:
    meeting = builders.meeting(home, community)
    hold_meeting(actor=ROOT, meeting=meeting, held_on=date(2020, 2, 3), attendance={"ผู้อยู่อาศัย": 41}, now=NOW)
    proof = builders.evidence(home)
    prove_meeting(actor=ROOT, meeting=meeting, evidence=proof, proves="รายงานการประชุม", now=NOW)
    plan = adopt_plan(
        actor=ROOT,
        community=community,
        effective_on=date(2020, 2, 3),
        valid_until=date(2021, 12, 31),
        projects=builders.proposals(2),
        meeting=meeting,
        now=NOW,
    )
    builders.inclusion(plan.projects.get(number=2), builders.action_plan(home), item=7)
    member = speaker_of(community)
    shown = member.get(plan_address(plan)).content.decode()
    for said in ("41", "รายงานการประชุม", "minutes.txt", "2563", "ลำดับที่ 7"):
        assert said in shown
    file = reverse("community-plan-file", args=(community.code, plan.pk, proof.pk))
    answer = member.get(file)
    assert answer.status_code == HTTPStatus.OK
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    unlinked = builders.evidence(home, "แฟ้มอื่น".encode())
    other = reverse("community-plan-file", args=(community.code, plan.pk, unlinked.pk))
    assert member.get(other).status_code == HTTPStatus.NOT_FOUND


# Who may


def test_outsiders_are_told_nothing(home: Unit, community: Community) -> None:
    row, plan = builders.sent_proposal(community), builders.plan(community, date(2019, 2, 4))
    outsiders = [
        officer_of(builders.unit("5002")),
        speaker_of(builders.community(home, "ชุมชนตัวอย่าง 2"), "neighbour"),
        signed_in(officer(Role.COMMUNITY_MEMBER, home, "without-seat")),
    ]
    for client in outsiders:
        assert client.get(address(row)).status_code == HTTPStatus.NOT_FOUND
        assert client.post(address(row), {"act": "confirm"}).status_code == HTTPStatus.NOT_FOUND
        assert client.get(plan_address(plan)).status_code == HTTPStatus.NOT_FOUND
        assert client.post(reverse("begin-plan", args=(community.code,))).status_code == HTTPStatus.NOT_FOUND


def test_who_may_see_it_and_not_act_is_refused(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    member, director = speaker_of(community), officer_of(home, Role.DISTRICT_DIRECTOR)
    assert member.post(address(row), {"act": "confirm"}).status_code == HTTPStatus.FORBIDDEN
    assert member.post(address(row), {"act": "return", "reason": "x"}).status_code == HTTPStatus.FORBIDDEN
    assert director.get(address(row)).status_code == HTTPStatus.OK
    assert director.post(address(row), {"act": "confirm"}).status_code == HTTPStatus.FORBIDDEN
    assert director.post(address(row), typed(row)).status_code == HTTPStatus.FORBIDDEN
    assert member.get(LIST).status_code == HTTPStatus.FORBIDDEN
    assert director.get(MINE).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("act", "state"),
    [("confirm", "draft"), ("return", "draft"), ("withdraw", "draft"), ("drop", "sent"), ("save", "sent")],
)
def test_a_step_that_does_not_fit_the_state_is_a_conflict(
    home: Unit, community: Community, act: str, state: str
) -> None:
    row = builders.sent_proposal(community) if state == "sent" else builders.written_proposal(community)
    answer = officer_of(home).post(address(row), typed(row, act=act, reason="แก้ไข"))
    assert answer.status_code == HTTPStatus.CONFLICT


def test_a_plan_is_begun_from_the_list_empty_or_with_the_last_one(home: Unit, community: Community) -> None:
    judge, begin = officer_of(home), reverse("begin-plan", args=(community.code,))
    assert begin in judge.get(LIST).content.decode()
    assert 'value="yes"' not in judge.get(begin).content.decode()
    builders.plan(community, date(2019, 2, 4), projects=2)
    assert 'value="yes"' in judge.get(begin).content.decode()
    judge.post(begin, {"copied": "yes"})
    assert len(PlanProposal.objects.get().projects) == 2
    director = officer_of(home, Role.DISTRICT_DIRECTOR)
    assert director.get(begin).status_code == HTTPStatus.FORBIDDEN
    assert begin not in director.get(LIST).content.decode()


def test_every_plan_and_every_draft_prints(home: Unit, community: Community) -> None:
    plan, row = builders.plan(community, date(2019, 2, 4), projects=2), builders.written_proposal(community)
    papers = [
        reverse("community-plan-pdf", args=(community.code, plan.pk)),
        reverse("plan-proposal-pdf", args=(row.pk,)),
        reverse("plan-sheet", args=(community.code,)),
    ]
    member, outsider = speaker_of(community), officer_of(builders.unit("5002"))
    for paper in papers:
        answer = member.get(paper)
        assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, "application/pdf")
        assert answer.content.startswith(b"%PDF")
        assert outsider.get(paper).status_code == HTTPStatus.NOT_FOUND


def test_a_second_plan_is_not_begun_but_the_first_opened(home: Unit, community: Community) -> None:
    row = builders.begun_proposal(community)
    answer = officer_of(home).post(reverse("begin-plan", args=(community.code,)), {"copied": "no"})
    assert answer["Location"] == address(row)


# Nothing typed is lost


def test_what_is_missing_is_told_field_by_field_and_the_draft_is_kept(home: Unit, community: Community) -> None:
    row = builders.begun_proposal(community)
    member = speaker_of(community)
    sent = typed(row, act="send", health="", resolution="", **{"project-2-estimate": "สองหมื่น"})
    answer = member.post(address(row), sent)
    shown = answer.content.decode()
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    for anchor in ("#plan-health", "#plan-resolution", "#project-2-estimate"):
        assert f'href="{anchor}"' in shown
    assert "สองหมื่น" in shown
    row.refresh_from_db()
    assert (row.state, row.projects[1]["estimate"]) == (ProposalState.DRAFT, "สองหมื่น")


def test_a_day_that_cannot_be_read_saves_nothing_and_stands_again(home: Unit, community: Community) -> None:
    row = builders.begun_proposal(community)
    answer = officer_of(home).post(address(row), typed(row, adopted_on="30 กุมภาพันธ์ 2563", economy="ตลาดซบเซา"))
    shown = answer.content.decode()
    assert "30 กุมภาพันธ์ 2563" in shown
    assert "ตลาดซบเซา" in shown
    row.refresh_from_db()
    assert row.economy == ""


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("add", ["ก", "ข", ""]),
        ("remove 1", ["ข"]),
        ("up 2", ["ข", "ก"]),
        ("down 1", ["ข", "ก"]),
        ("up 1", ["ก", "ข"]),
        ("down 9", ["ก", "ข"]),
        ("remove x", ["ก", "ข"]),
    ],
)
def test_rows_come_go_and_move_without_a_script(home: Unit, community: Community, act: str, names: list[str]) -> None:
    row = builders.begun_proposal(community)
    sent = typed(row, act=act, mind="ยังไม่บันทึก", **{"project-1-name": "ก", "project-2-name": "ข"})
    answer = officer_of(home).post(address(row), sent)
    context = answer.context
    assert [shown.typed.get("name", "") for shown in context["rows"]] == names
    assert "ยังไม่บันทึก" in answer.content.decode()
    row.refresh_from_db()
    assert (row.projects, row.mind) == ([], "")


def test_who_saves_second_sees_both(home: Unit, community: Community) -> None:
    row = builders.begun_proposal(community)
    member = speaker_of(community)
    second = typed(row, economy="ฉบับของสมาชิก")
    member.get(address(row))
    save_proposal(actor=ROOT, proposal=row, content=builders.whole_plan(1), seen=digest_of(row), now=NOW)
    answer = member.post(address(row), second)
    shown = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    for text in ("ฉบับของสมาชิก", "มีปัญหาที่ต้องแก้ไข", "โครงการที่พิมพ์ 2"):
        assert text in shown
    row.refresh_from_db()
    assert row.economy == "มีปัญหาที่ต้องแก้ไข"
    assert f'name="seen" value="{digest_of(row)}"' in shown
    member.post(address(row), second | {"seen": digest_of(row)})
    row.refresh_from_db()
    assert row.economy == "ฉบับของสมาชิก"


def test_a_return_without_a_reason_is_asked_for_one(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    answer = officer_of(home).post(address(row), {"act": "return", "reason": " "})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "สิ่งที่ต้องแก้ไข" in answer.content.decode()


def test_an_act_that_is_none_is_refused(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    assert officer_of(home).post(address(row), {"act": "else"}).status_code == HTTPStatus.BAD_REQUEST


# The list


def test_the_list_is_filtered_by_standing_state_name_and_district(home: Unit, community: Community) -> None:
    other = builders.community(builders.unit("5002"), "ชุมชนริมคลอง")
    builders.plan(community, date(2020, 1, 15))
    sent = builders.sent_proposal(other)
    return_proposal(actor=ROOT, proposal=sent, reason="แก้ไข", now=NOW)
    auditor = signed_in(officer(Role.AUDITOR, builders.bureau(), "auditor"))

    def names(query: str) -> list[str]:
        return [line.community.name for line in auditor.get(f"{LIST}?{query}").context["listing"].rows]

    assert names("") == [community.name, other.name]
    assert names("standing=current") == [community.name]
    assert names("standing=to-make") == [other.name]
    assert names("prepared=returned") == names("prepared=any") == names("name=ริมคลอง") == [other.name]
    assert names("prepared=none") == names("name=5001-0001") == [community.name]
    assert names("district=5002") == [other.name]
    assert names("standing=else&prepared=else&sort=-name") == [other.name, community.name]
    assert auditor.get(f"{LIST}?district=9999").status_code == HTTPStatus.NOT_FOUND


def asked(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == HTTPStatus.OK
    return len(queries)


def test_pages_ask_the_database_as_often_when_rows_double(home: Unit) -> None:
    rows = [builders.community(home, f"ชุมชนตัวอย่าง {number}") for number in range(4)]
    first = builders.sent_proposal(rows[0])
    plan = builders.plan(rows[2], date(2019, 2, 4), projects=2)
    member, judge = speaker_of(rows[0]), officer_of(home)
    pages = [(judge, LIST), (member, MINE), (judge, address(first)), (judge, plan_address(plan))]
    before = [asked(client, page) for client, page in pages]
    work = asked(judge, MY_WORK)
    builders.sent_proposal(rows[1])
    builders.plan(rows[3], date(2019, 2, 4), projects=4)
    speaker_of(rows[1], "second")
    assert [asked(client, page) for client, page in pages] == before
    assert asked(judge, MY_WORK) == work
    assert max(before) <= MOST, before
