"""What is typed into a community's plan and not saved: on the server, for all who write it, and never overwritten."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import PlanProposal, WorkingPlan
from lakthan.apps.planning.proposal_content import digest_of
from lakthan.apps.planning.services.proposals import return_proposal, save_proposal, send_proposal
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.test_plans import MOST, address, asked, officer_of, speaker_of, typed
from tests.web.test_plans import community as community
from tests.web.test_plans import home as home

pytestmark = pytest.mark.django_db


def working(row: PlanProposal) -> str:
    """Where a page sends what is typed."""
    return reverse("plan-working-text", args=(row.pk,))


def opened(client: Client, row: PlanProposal) -> dict[str, str]:
    """What an opened form sends beside its fields."""
    context = client.get(address(row)).context
    return {"seen": context["seen"], "page": context["page_key"]}


def kept(client: Client, row: PlanProposal, **more: str) -> Any:
    return client.post(working(row), typed(row, **more), headers={"accept": "application/json"})


def test_what_is_typed_is_kept_without_being_saved(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    entries = Entry.objects.count()
    page = opened(member, row)
    answer = kept(member, row, economy="ตลาดนัดเงียบ", adopted_on="๒ มี", **page)
    assert answer.status_code == HTTPStatus.OK
    assert answer.json()["seen"] != page["seen"]
    row.refresh_from_db()
    assert (row.economy, row.projects, Entry.objects.count()) == ("", [], entries)


def test_another_device_and_the_officer_find_it_and_go_on(home: Unit, community: Community) -> None:
    row, member, judge = builders.begun_proposal(community), speaker_of(community), officer_of(home)
    kept(member, row, economy="ตลาดนัดเงียบ", adopted_on="๒ มี", **opened(member, row))
    for client in (member, judge):
        shown = client.get(address(row)).content.decode()
        for text in ("ตลาดนัดเงียบ", "๒ มี", "โครงการที่พิมพ์ 2"):
            assert text in shown
        assert 'class="conflict' not in shown
    assert "มานะ รักดี" in judge.get(address(row)).content.decode()
    judge.post(address(row), typed(row, economy="ตลาดนัดเงียบ แก้แล้ว", act="send", **opened(judge, row)))
    row.refresh_from_db()
    assert (row.state, row.economy) == ("sent", "ตลาดนัดเงียบ แก้แล้ว")
    assert not WorkingPlan.objects.exists()


def test_a_page_sends_again_and_again_also_where_an_answer_got_lost(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    page = opened(member, row)
    for economy in ("ก", "กข", "กขค"):
        assert kept(member, row, economy=economy, **page).status_code == HTTPStatus.OK
    assert member.post(address(row), typed(row, economy="กขคง", **page)).status_code == HTTPStatus.FOUND
    row.refresh_from_db()
    assert row.economy == "กขคง"
    assert kept(member, row, economy="สาย", **page).status_code == HTTPStatus.CONFLICT
    assert not WorkingPlan.objects.exists(), "what arrives after its page was saved is old"


def test_who_types_on_an_older_text_is_told_and_replaces_nothing(home: Unit, community: Community) -> None:
    row, member, judge = builders.begun_proposal(community), speaker_of(community), officer_of(home)
    first, second = opened(member, row), opened(judge, row)
    kept(member, row, economy="ของสมาชิก", **first)
    answer = kept(judge, row, economy="ของเจ้าหน้าที่", **second)
    assert (answer.status_code, answer.json()) == (HTTPStatus.CONFLICT, {"moved": True})
    both = judge.post(address(row), typed(row, economy="ของเจ้าหน้าที่", **second))
    shown = both.content.decode()
    assert both.status_code == HTTPStatus.CONFLICT
    for text in ("ของสมาชิก", "ของเจ้าหน้าที่", "มานะ รักดี"):
        assert text in shown
    assert WorkingPlan.objects.get().texts["economy"] == "ของสมาชิก"
    chosen = {"seen": both.context["seen"], "page": both.context["page_key"]}
    judge.post(address(row), typed(row, economy="ทั้งสองฉบับ", **chosen))
    row.refresh_from_db()
    assert row.economy == "ทั้งสองฉบับ"


@pytest.mark.parametrize("act", ["add", "save"])
def test_a_conflict_is_told_without_a_script_whatever_button_is_pressed(
    home: Unit, community: Community, act: str
) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    page = opened(member, row)
    save_proposal(actor=ROOT, proposal=row, content=builders.whole_plan(1), seen=digest_of(row), now=NOW)
    wrong_day = {"adopted_on": "30 กุมภาพันธ์ 2563"}
    answer = member.post(address(row), typed(row, economy="ของสมาชิก", act=act, **wrong_day, **page))
    shown = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    for text in ("ของสมาชิก", "30 กุมภาพันธ์ 2563", "มีปัญหาที่ต้องแก้ไข"):
        assert text in shown
    again = member.post(address(row), typed(row, act=act, **page))
    assert again.status_code == HTTPStatus.CONFLICT, "the old page has still not seen the other text"


@pytest.mark.parametrize("more", [{"act": "add"}, {"act": "save", "adopted_on": "30 กุมภาพันธ์ 2563"}])
def test_a_button_without_a_script_keeps_what_was_typed(home: Unit, community: Community, more: dict[str, str]) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    answer = member.post(address(row), typed(row, economy="ตลาดนัดเงียบ", **more, **opened(member, row)))
    assert answer.status_code == HTTPStatus.OK
    assert "ตลาดนัดเงียบ" in member.get(address(row)).content.decode()
    next_page = {"seen": answer.context["seen"], "page": answer.context["page_key"]}
    assert member.post(address(row), typed(row, economy="ต่อ", **next_page)).status_code == HTTPStatus.FOUND


def test_what_is_typed_into_a_plan_that_was_sent_meanwhile_is_shown_beside_it(home: Unit, community: Community) -> None:
    row, member = builders.written_proposal(community), speaker_of(community)
    page = opened(member, row)
    send_proposal(actor=ROOT, proposal=row, now=NOW)
    answer = kept(member, row, economy="พิมพ์สาย", **page)
    assert (answer.status_code, answer.json()) == (HTTPStatus.CONFLICT, {"moved": False})
    answer = member.post(address(row), typed(row, economy="พิมพ์สาย", **page))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "พิมพ์สาย" in answer.content.decode()
    assert not WorkingPlan.objects.exists()


def test_what_is_not_saved_is_thrown_away_only_as_it_was_seen(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    page = opened(member, row)
    token = kept(member, row, economy="เก่า", **page).json()["seen"]
    kept(member, row, economy="ใหม่กว่า", **page | {"seen": token})
    assert member.post(working(row), {"discard": "discard", "seen": token}).status_code == HTTPStatus.FOUND
    assert WorkingPlan.objects.get().texts["economy"] == "ใหม่กว่า"
    member.post(working(row), {"discard": "discard", "seen": opened(member, row)["seen"]})
    assert not WorkingPlan.objects.exists()
    assert "ใหม่กว่า" not in member.get(address(row)).content.decode()


def test_only_who_may_write_the_plan_keeps_or_sees_a_text(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    kept(member, row, economy="ยังไม่บันทึก", **opened(member, row))
    director = officer_of(home, Role.DISTRICT_DIRECTOR)
    assert "ยังไม่บันทึก" not in director.get(address(row)).content.decode()
    assert kept(director, row).status_code == HTTPStatus.FORBIDDEN
    for client in (officer_of(builders.unit("5002")), speaker_of(builders.community(home, "ชุมชนตัวอย่าง 2"), "other")):
        assert kept(client, row).status_code == HTTPStatus.NOT_FOUND
    assert kept(Client(), row).status_code == HTTPStatus.UNAUTHORIZED


def test_a_text_longer_than_any_plan_is_refused(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    assert kept(member, row, economy="ก" * 600_000, **opened(member, row)).status_code == HTTPStatus.BAD_REQUEST
    assert not WorkingPlan.objects.exists()


def test_projects_noted_at_a_meeting_stand_beside_what_is_not_saved(home: Unit, community: Community) -> None:
    row, member = builders.begun_proposal(community), speaker_of(community)
    kept(member, row, economy="ยังไม่บันทึก", **opened(member, row))
    PlanProposal.objects.filter(pk=row.pk).update(projects=[builders.typed_project(7)])
    shown = member.get(address(row)).content.decode()
    assert "ยังไม่บันทึก" in shown
    assert "โครงการที่พิมพ์ 7" in shown


def test_a_returned_plan_keeps_texts_as_a_draft_does(home: Unit, community: Community) -> None:
    row = builders.sent_proposal(community)
    return_proposal(actor=ROOT, proposal=row, reason="ขาดวงเงิน", now=NOW)
    member = speaker_of(community)
    assert kept(member, row, economy="แก้แล้ว", **opened(member, row)).status_code == HTTPStatus.OK
    shown = member.get(address(row)).content.decode()
    assert "แก้แล้ว" in shown


def test_the_form_asks_the_database_as_often_whatever_is_kept(home: Unit, community: Community) -> None:
    row, member, judge = builders.begun_proposal(community), speaker_of(community), officer_of(home)
    kept(member, row, **opened(member, row))
    assert asked(judge, address(row)) <= MOST
