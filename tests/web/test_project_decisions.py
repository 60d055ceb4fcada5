"""Deciding about projects through real requests: who may, one or many at once, shared items, corrections."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import ActionPlan, ActionPlanConfirmation, CommunityProject, Decline, Inclusion
from lakthan.apps.planning.services.plans import NewProject, adopt_plan
from lakthan.apps.reporting.recount import differences
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

TABLE, DECIDE = reverse("project-decisions"), reverse("decide-projects")
HERE = {"district": "5001", "fiscal-year": "2563"}
MOST = 12
READERS = set(PERMISSIONS[Action.READ_DISTRICT_RECORDS]) - {Role.OPERATOR}
DECIDERS = set(PERMISSIONS[Action.DECIDE_INCLUSION]) - {Role.OPERATOR}


@pytest.fixture
def home() -> Unit:
    """A district office, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit()


@pytest.fixture
def plan(home: Unit) -> ActionPlan:
    return builders.action_plan(home)


@pytest.fixture
def projects(home: Unit) -> list[CommunityProject]:
    """Three projects, of two communities."""
    first = builders.plan(builders.community(home, "ชุมชนริมคลอง"), projects=2)
    second = builders.plan(builders.community(home, "ชุมชนหลังวัด"))
    return [*first.projects.order_by("number"), *second.projects.all()]


def of_role(role: Role, unit: Unit, login: str = "") -> Client:
    return signed_in(officer(role, unit, login or f"the-{role}"))


def chosen(projects: Sequence[CommunityProject], verdict: str = "include") -> str:
    query = "&".join(f"project={project.pk}" for project in projects)
    return f"{DECIDE}?district=5001&fiscal-year=2563&verdict={verdict}&{query}"


def typed(projects: Sequence[CommunityProject], *rows: dict[str, str], **common: str) -> dict[str, str]:
    """What an officer types: common fields, and those of each row."""
    data = {"effective_on": "๒ มีนาคม ๒๕๖๓", "document": "บันทึก 7/2563", **common}
    for number, (project, row) in enumerate(zip(projects, rows, strict=True), start=1):
        usual = {
            "verdict": "include",
            "item_number": str(number),
            "name": "",
            "budget": "",
            "reason_code": "",
            "reason": "",
        }
        data |= {f"p-{project.pk}-{name}": value for name, value in {**usual, **row}.items()}
    return data


LEFT = {"verdict": "decline", "reason_code": "no-budget", "reason": "งบประมาณจัดสรรครบแล้ว"}


def declined(project: CommunityProject) -> Decline:
    return Decline.objects.get(project=project)


# Who may


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPERATOR}))
def test_the_pages_are_for_those_who_may_read_and_deciding_for_those_who_decide(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], role: Role
) -> None:
    client = of_role(role, home)
    read = HTTPStatus.OK if role in READERS else HTTPStatus.FORBIDDEN
    register = reverse("action-plan", args=("5001", YEAR))
    for address in (f"{TABLE}?district=5001", reverse("action-plans"), register, f"{register}register.xlsx"):
        assert client.get(address).status_code == read, address
    decides = HTTPStatus.OK if role in DECIDERS else HTTPStatus.FORBIDDEN
    assert client.get(chosen(projects)).status_code == decides
    confirms = HTTPStatus.OK if role is Role.DISTRICT_DIRECTOR else HTTPStatus.FORBIDDEN
    assert client.get(reverse("confirm-action-plan", args=("5001", YEAR))).status_code == confirms


def test_an_officer_of_another_district_finds_nothing(home: Unit, plan: ActionPlan) -> None:
    project = builders.project(home)
    inclusion = builders.inclusion(project, plan)
    other = builders.unit("5002")
    client = of_role(Role.DISTRICT_OFFICER, other)
    withdraw = reverse("withdraw-decision", args=(inclusion.pk,))
    register = reverse("action-plan", args=("5001", YEAR))
    own = f"{DECIDE}?district=5002&fiscal-year=2563&project={project.pk}"
    for address in (f"{TABLE}?district=5001", chosen([project]), withdraw, register, f"{register}register.xlsx", own):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND, address
    assert client.post(withdraw, {"ended_on": "1/4/2563", "reason": "x"}).status_code == HTTPStatus.NOT_FOUND
    assert Inclusion.objects.get().ended_on is None


def test_readers_of_the_city_see_the_table_without_anything_to_press(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    assert PERMISSIONS[Action.READ_DISTRICT_RECORDS][Role.EXECUTIVE] is Scope.ANY_UNIT
    client = of_role(Role.EXECUTIVE, builders.bureau())
    html = client.get(TABLE, HERE).content.decode()
    assert "ชุมชนริมคลอง" in html
    assert 'name="project"' not in html
    assert "เลือกสำนักงานเขต" in client.get(f"{TABLE}?fiscal-year=2563").content.decode() or "ชุมชนริมคลอง" in html


# The table


@in_both_languages
def test_the_table_holds_what_is_asked_of_the_district_and_not_what_a_community_does_itself(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], language: str
) -> None:
    own = NewProject("ทำบุญตักบาตร", CommunityProject.Field.MIND, CommunityProject.Way.ITSELF)
    adopt_plan(
        actor=ROOT,
        community=builders.community(home, "ชุมชนทำเอง"),
        effective_on=date(2020, 1, 15),
        valid_until=date(2021, 12, 31),
        projects=[own],
        now=NOW,
    )
    html = of_role(Role.DISTRICT_OFFICER, home).get(in_language(TABLE, language), HERE).content.decode()
    assert html.count('name="project"') == 3
    assert "ทำบุญตักบาตร" not in html


def test_the_projects_of_a_replaced_plan_stand_there_only_where_they_were_decided(home: Unit, plan: ActionPlan) -> None:
    community = builders.community(home)
    old = builders.plan(community, date(2019, 3, 1), projects=2)
    decided, undecided = old.projects.order_by("number")
    builders.inclusion(decided, plan)
    young = builders.plan(community, date(2020, 3, 1))
    html = of_role(Role.DISTRICT_OFFICER, home).get(TABLE, HERE).content.decode()
    assert f"/project-paths/{decided.pk}/" in html
    assert "อยู่ในแผนที่ไม่ใช่ฉบับปัจจุบัน" in html
    assert f"/project-paths/{undecided.pk}/" not in html
    assert f"/project-paths/{young.projects.get().pk}/" in html


def test_the_table_is_filtered_sorted_and_paged_by_its_address(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    builders.inclusion(projects[0], plan)
    client = of_role(Role.DISTRICT_OFFICER, home)

    def shown(**query: str) -> list[str]:
        answer = client.get(TABLE, {**HERE, **query})
        return [row.id for row in answer.context["listing"].rows]

    assert shown(standing="included") == [projects[0].pk]
    assert set(shown(standing="undecided")) == {projects[1].pk, projects[2].pk}
    assert shown(text="หลังวัด") == [projects[2].pk]
    assert shown(community="5001-0002") == [projects[2].pk]
    assert shown(field="mind") == []
    assert shown(sort="-community")[0] == projects[2].pk
    assert "ไม่พบโครงการตามที่ค้นหา" in client.get(TABLE, {**HERE, "field": "mind"}).content.decode()


def test_pages_ask_no_more_when_rows_double(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    client = of_role(Role.DISTRICT_DIRECTOR, home)
    register = reverse("action-plan", args=("5001", YEAR))
    pages = [f"{TABLE}?district=5001&fiscal-year=2563", reverse("action-plans"), register, f"{register}confirm/"]

    def asked() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == HTTPStatus.OK
            counts.append(len(queries))
        return counts

    builders.inclusion(projects[0], plan)
    asked()
    before = asked()
    for number in range(2, 8):
        more = builders.project(home, f"ชุมชนเพิ่ม {number}")
        builders.inclusion(more, plan, item=number)
        builders.project(home, f"ชุมชนรอ {number}")
    assert asked() == before
    assert max(before) <= MOST


# Deciding


def test_many_are_decided_at_once(home: Unit, plan: ActionPlan, projects: list[CommunityProject]) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    rows = [{"name": "ทางเท้าริมคลอง", "budget": "๑๒๐,๐๐๐.-"}, LEFT, {"item_number": "๓"}]
    answer = client.post(chosen(projects), typed(projects, *rows))
    assert answer.status_code == HTTPStatus.FOUND
    first, third = Inclusion.objects.order_by("item_number")
    assert (first.project, first.name, first.budget) == (projects[0], "ทางเท้าริมคลอง", Decimal("120000.00"))
    assert (third.project, third.item_number, third.name) == (projects[2], 3, projects[2].name)
    assert third.budget is None
    assert declined(projects[1]).reason == LEFT["reason"]
    assert {first.effective_on, third.effective_on} == {date(2020, 3, 2)}
    html = client.get(answer.headers["Location"]).content.decode()
    assert "บันทึกมติแล้ว 3 รายการ" in html
    assert "บรรจุเป็นลำดับที่ 3" in html
    assert differences(TODAY) == ()


def test_one_reason_serves_all_that_have_none_of_their_own(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    rows = [
        {"verdict": "decline"},
        {"verdict": "decline", "reason": "ที่ดินเอกชน", "reason_code": "private-land"},
        {"verdict": "later"},
    ]
    data = typed(projects, *rows, reason_code="no-budget", reason="จัดสรรครบแล้ว")
    of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects, "decline"), data)
    assert (declined(projects[0]).reason_code, declined(projects[0]).reason) == ("no-budget", "จัดสรรครบแล้ว")
    assert declined(projects[1]).reason_code == "private-land"
    assert Decline.objects.count() == 2


@in_both_languages
def test_one_wrong_row_keeps_all_from_being_recorded_and_nothing_typed_is_lost(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], language: str
) -> None:
    builders.inclusion(projects[2], plan, item=9)
    rows = [{"name": "ชื่อที่พิมพ์ไว้", "budget": "1000"}, {"item_number": "9", "name": "ชื่ออื่น"}, {"item_number": "9"}]
    client = of_role(Role.DISTRICT_OFFICER, home)
    answer = client.post(in_language(chosen(projects), language), typed(projects, *rows))
    assert answer.status_code == HTTPStatus.OK
    assert Inclusion.objects.count() == 1
    wrong = [row.project.pk for row in answer.context["wrong"]]
    assert wrong == [projects[1].pk, projects[2].pk]
    html = answer.content.decode()
    for kept in ("ชื่อที่พิมพ์ไว้", "ชื่ออื่น", "๒ มีนาคม ๒๕๖๓", "บันทึก 7/2563"):
        assert kept in html
    assert 'role="alert"' in html


@pytest.mark.parametrize(
    "rows",
    [
        [{"item_number": "สอง"}, {}, {}],
        [{"item_number": "0"}, {}, {}],
        [{"budget": "ห้าร้อย"}, {}, {}],
        [{"budget": "-5"}, {}, {}],
        [{"verdict": "decline"}, {}, {}],
        [{"verdict": "decline", "reason_code": "no-budget"}, {}, {}],
        [{"verdict": "decline", "reason_code": "unheard-of", "reason": "x"}, {}, {}],
        [{"verdict": ""}, {}, {}],
    ],
)
def test_what_cannot_be_is_refused_at_its_row(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], rows: list[dict[str, str]]
) -> None:
    answer = of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects), typed(projects, *rows))
    assert answer.status_code == HTTPStatus.OK
    assert [row.project.pk for row in answer.context["wrong"]] == [projects[0].pk]
    assert not Inclusion.objects.exists()


@pytest.mark.parametrize(
    "common",
    [{"effective_on": "1/7/2563"}, {"effective_on": "เมื่อวาน"}, {"document": " "}, {"document": "ก" * 201}],
)
def test_what_all_have_in_common_is_checked_too(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject], common: dict[str, str]
) -> None:
    answer = of_role(Role.DISTRICT_OFFICER, home).post(chosen(projects), typed(projects, {}, {}, {}, **common))
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["common"].errors
    assert not Inclusion.objects.exists()


def test_nothing_is_decided_before_the_plan_is_opened(home: Unit, projects: list[CommunityProject]) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    assert 'name="project"' not in client.get(TABLE, HERE).content.decode()
    client.post(chosen(projects), typed(projects, {}, {}, {}))
    assert not Inclusion.objects.exists()
    answer = client.post(
        f"{reverse('open-action-plan')}?district=5001&fiscal-year=2563",
        {"effective_on": "1 ตุลาคม 2562", "document": "คำสั่ง 1/2562"},
    )
    assert answer.status_code == HTTPStatus.FOUND
    assert ActionPlan.objects.get().document == "คำสั่ง 1/2562"
    client.post(chosen(projects), typed(projects, {}, {}, {}))
    assert Inclusion.objects.count() == 3


def test_communities_share_an_item_and_its_budget_is_counted_once(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    rows = [
        {"item_number": "4", "name": "ทางเท้าสองชุมชน", "budget": "500000"},
        {"item_number": "5", "budget": "1"},
        {"item_number": "4"},
    ]
    client = of_role(Role.DISTRICT_OFFICER, home)
    client.post(chosen(projects), typed(projects, *rows))
    shared = Inclusion.objects.filter(item_number=4)
    assert {(row.name, row.budget) for row in shared} == {("ทางเท้าสองชุมชน", Decimal("500000.00"))}
    assert shared.count() == 2
    register = client.get(reverse("action-plan", args=("5001", YEAR))).context["register"]
    assert (register.total.baht, register.total.items, len(register.lines)) == (Decimal("500001.00"), 2, 3)


def test_a_project_is_split_into_items_and_taken_in_again_next_year(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    following = builders.action_plan(home, YEAR + 1)
    client = of_role(Role.DISTRICT_OFFICER, home)
    one = projects[:1]
    for item in ("1", "2"):
        client.post(chosen(one), typed(one, {"item_number": item}))
    client.post(chosen(one).replace("2563", "2564"), typed(one, {"item_number": "1"}))
    assert Inclusion.objects.filter(action_plan=plan).count() == 2
    assert Inclusion.objects.filter(action_plan=following).count() == 1
    assert "ปีงบประมาณ 2564" in client.get(TABLE, HERE).content.decode()


def test_deciding_asks_no_more_for_many_than_for_few(home: Unit, plan: ActionPlan) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)

    def asked(count: int, first: int) -> int:
        own = [builders.project(home, f"ชุมชน {first + at}") for at in range(count)]
        rows = [{"item_number": str(first + at)} for at in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert client.post(chosen(own), typed(own, *rows)).status_code == HTTPStatus.FOUND
        return len(queries)

    asked(1, 1)
    assert asked(3, 10) == asked(12, 20)


# Withdrawing, confirming, correcting


def confirmation(client: Client, **more: str) -> Any:
    data = {"effective_on": "1/4/2563", "document": "บันทึก ผอ. 9/2563", **more}
    return client.post(reverse("confirm-action-plan", args=("5001", YEAR)), data)


def test_a_decision_is_withdrawn_from_a_day_with_a_reason(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    inclusion = builders.inclusion(projects[0], plan)
    client = of_role(Role.DISTRICT_OFFICER, home)
    address = reverse("withdraw-decision", args=(inclusion.pk,))
    assert client.post(address, {"ended_on": "1/4/2563", "reason": ""}).status_code == HTTPStatus.OK
    assert client.post(address, {"ended_on": "1/1/2563", "reason": "ผิด"}).status_code == HTTPStatus.OK
    assert client.post(address, {"ended_on": "1/4/2563", "reason": "ลงผิดโครงการ"}).status_code == HTTPStatus.FOUND
    inclusion.refresh_from_db()
    assert (inclusion.ended_on, inclusion.end_reason, inclusion.end_is_correction) == (
        date(2020, 4, 1),
        "ลงผิดโครงการ",
        False,
    )
    html = client.get(TABLE, HERE).content.decode()
    assert "ลงผิดโครงการ" in html
    assert html.count('name="project"') == 3
    assert differences(TODAY) == ()


def test_the_director_confirms_the_list_and_what_follows_is_a_correction(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    early = builders.inclusion(projects[0], plan)
    director = of_role(Role.DISTRICT_DIRECTOR, home)
    assert confirmation(director).status_code == HTTPStatus.FOUND
    assert ActionPlanConfirmation.objects.get().document == "บันทึก ผอ. 9/2563"
    assert Entry.objects.filter(act="planning.confirm_action_plan").count() == 1

    client = of_role(Role.DISTRICT_OFFICER, home)
    late = projects[1:2]
    without = client.post(chosen(late), typed(late, {"item_number": "2"}))
    assert without.context["common"].errors["correction"]
    client.post(chosen(late), typed(late, {"item_number": "2"}, correction="ได้รับงบประมาณเพิ่ม"))
    assert Inclusion.objects.get(project=late[0]).correction == "ได้รับงบประมาณเพิ่ม"

    address = reverse("withdraw-decision", args=(early.pk,))
    before = client.post(address, {"ended_on": "1/3/2563", "reason": "ที่ดินเอกชน"})
    assert "ยืนยันบัญชีเมื่อ" in before.content.decode()
    client.post(address, {"ended_on": "1/5/2563", "reason": "ที่ดินเอกชน"})
    early.refresh_from_db()
    assert early.end_is_correction
    html = client.get(reverse("action-plan", args=("5001", YEAR))).content.decode()
    for told in ("ยืนยันบัญชีแล้ว", "แก้ไขหลังยืนยันบัญชี", "ได้รับงบประมาณเพิ่ม", "หลังยืนยันบัญชี:", "ที่ดินเอกชน"):
        assert told in html


def test_a_list_is_confirmed_once_and_not_before_its_decisions(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    builders.inclusion(projects[0], plan, on=date(2020, 5, 4))
    director = of_role(Role.DISTRICT_DIRECTOR, home)
    assert "4 พฤษภาคม 2563" in confirmation(director).content.decode()
    assert confirmation(director, effective_on="31/12/2563").status_code == HTTPStatus.OK
    assert not ActionPlanConfirmation.objects.exists()
    assert confirmation(director, effective_on="5/5/2563").status_code == HTTPStatus.FOUND
    assert "ยืนยันแล้ว" in confirmation(director, effective_on="6/5/2563").content.decode()
    assert ActionPlanConfirmation.objects.count() == 1


# The register


def test_the_workbook_has_as_many_rows_as_the_plan_has_inclusions(
    home: Unit, plan: ActionPlan, projects: list[CommunityProject]
) -> None:
    builders.inclusion(projects[0], plan, item=1)
    builders.inclusion(projects[2], plan, item=1)
    builders.inclusion(projects[1], plan, item=2)
    client = of_role(Role.DISTRICT_OFFICER, home)
    content = client.get(reverse("action-plan-workbook", args=("5001", YEAR))).content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in rows] == [1, 1, 2]
    assert "3 โครงการ 2 รายการ" in str(sheet.cell(4, 1).value)


def test_an_action_plan_without_projects_says_so(home: Unit, plan: ActionPlan) -> None:
    client = of_role(Role.DISTRICT_OFFICER, home)
    assert "ยังไม่ได้บรรจุโครงการ" in client.get(reverse("action-plan", args=("5001", YEAR))).content.decode()
    assert client.get(reverse("action-plan", args=("5001", YEAR + 5))).status_code == HTTPStatus.OK
