"""Choosing projects to decide about: all that match a filter, each with its own ground, all mistakes told at once."""

from datetime import date
from http import HTTPStatus

import pytest
from django.urls import reverse

from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, CommunityProject, Decline, Inclusion
from lakthan.rules.permissions import Role
from lakthan.web.staff.inclusions import choosing, table
from tests.apps import builders
from tests.web.pages import in_both_languages, in_language
from tests.web.test_project_decisions import DECIDE, HERE, TABLE, chosen, home, of_role, plan, projects, typed

__all__ = ["home", "plan", "projects"]
pytestmark = pytest.mark.django_db

ALL = f"{DECIDE}?district=5001&fiscal-year=2563&verdict=include"


@in_both_languages
def test_all_that_match_and_are_not_decided_are_chosen_by_their_filter(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "PER_PAGE", 1)
    builders.inclusion(builders.project(home, "ชุมชนริมคลองสอง"), plan)
    client = of_role(Role.DISTRICT_OFFICER, home)
    html = client.get(in_language(TABLE, language), {**HERE, "text": "ริมคลอง"}).content.decode()
    assert 'name="all" value="2"' in html
    assert '<input type="hidden" name="text" value="ริมคลอง">' in html
    answer = client.get(in_language(f"{ALL}&text=ริมคลอง&all=2", language))
    assert [row.project for row in answer.context["rows"]] == projects[:2]
    assert not answer.context["chosen"].is_other
    assert answer.content.decode().count('name="project"') == 2


def test_nobody_is_offered_all_where_the_page_shows_all(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    assert 'name="all"' not in client.get(TABLE, HERE).content.decode()
    builders.inclusion(projects[0], plan)
    included = client.get(TABLE, {**HERE, "standing": "included"}).content.decode()
    assert "decide-chosen" not in included, "nothing there can be ticked"


def test_it_is_said_when_there_are_more_or_fewer_by_now(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    answer = of_role(Role.DISTRICT_OFFICER, home).get(f"{ALL}&all=9")
    assert answer.context["chosen"].is_other
    assert "ขณะเลือกทั้งหมดมี 9 โครงการ ขณะนี้มี 3 โครงการ" in answer.content.decode()


def test_what_is_recorded_is_what_stood_on_the_page(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    data = {**typed(projects, {}, {}, {}), "project": [str(project.pk) for project in projects]}
    builders.project(home, "ชุมชนที่มาทีหลัง")
    builders.inclusion(projects[0], plan)
    again = client.post(f"{ALL}&all=3", data)
    assert [row.project for row in again.context["wrong"]] == projects[:1], "decided by somebody else meanwhile"
    assert Inclusion.objects.count() == 1
    later = {f"p-{projects[0].pk}-verdict": "later"}
    assert client.post(f"{ALL}&all=3", {**data, **later}).status_code == HTTPStatus.FOUND
    assert set(Inclusion.objects.values_list("project", flat=True)) == {project.pk for project in projects}


def test_too_many_are_refused_with_what_to_do(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_AT_ONCE", 2)
    answer = of_role(Role.DISTRICT_OFFICER, home).get(f"{ALL}&all=3")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "เลือกได้ครั้งละไม่เกิน 2 โครงการ" in answer.content.decode()


def test_a_hundred_and_fifty_are_decided_at_once(home: Unit, plan: ActionPlan) -> None:
    many = list(builders.plan(builders.community(home, "ชุมชนใหญ่"), projects=150).projects.order_by("name", "pk"))
    data = {**typed(many, *({} for _ in many)), "project": [str(project.pk) for project in many]}
    answer = of_role(Role.DISTRICT_OFFICER, home).post(f"{ALL}&all=150", data)
    assert answer.status_code == HTTPStatus.FOUND
    assert Inclusion.objects.count() == 150


def test_a_project_has_its_own_day_and_document_and_the_others_have_those_of_all(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    own = {"effective_on": "5/3/2563", "document": "บันทึก 8/2563"}
    of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects), typed(projects, {}, own, {}))
    made = Inclusion.objects.order_by("item_number").values_list("effective_on", "document")
    assert list(made) == [
        (date(2020, 3, 2), "บันทึก 7/2563"),
        (date(2020, 3, 5), "บันทึก 8/2563"),
        (date(2020, 3, 2), "บันทึก 7/2563"),
    ]


def test_an_own_day_that_cannot_be_is_told_at_its_project(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    for day in ("เมื่อวาน", "1/7/2563", "1/1/2563"):
        answer = client.post(chosen(projects), typed(projects, {}, {"effective_on": day}, {}))
        assert [row.project for row in answer.context["wrong"]] == [projects[1]], day
        assert '<details class="decide-own" open>' in answer.content.decode()
    assert not Inclusion.objects.exists()


def test_an_empty_item_number_is_the_next_free_one(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    rows = [{"item_number": ""}, {"item_number": "4"}, {"item_number": ""}]
    of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects), typed(projects, *rows))
    numbers = {row.project_id: row.item_number for row in Inclusion.objects.all()}
    assert [numbers[project.pk] for project in projects] == [5, 4, 6]


def test_all_that_is_missing_is_told_at_once_and_once(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    rows = [{"verdict": "decline"}, {"verdict": "decline"}, {"budget": "ห้าร้อย"}]
    answer = of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects), typed(projects, *rows, document=""))
    assert set(answer.context["common"].errors) == {"document", "reason_code", "reason"}
    assert [row.project for row in answer.context["wrong"]] == projects[2:]
    assert not Decline.objects.exists()


def test_projects_lead_to_their_path(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    builders.inclusion(projects[0], plan)
    client = of_role(Role.DISTRICT_OFFICER, home)
    path = reverse("project-path", args=(projects[0].pk,))
    for address in (f"{TABLE}?district=5001&fiscal-year=2563", reverse("action-plan", args=("5001", 2563))):
        assert f'href="{path}"' in client.get(address).content.decode()
    assert client.get(path).status_code == HTTPStatus.OK
