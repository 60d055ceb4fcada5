"""The city's plan on the desk: its tree, its nodes, versions that follow one another, and handing on to units."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.indicators.models import PlanNode, PlanVersion
from lakthan.apps.people.models import Unit
from lakthan.rules.permissions import PERMISSIONS, Action
from tests.apps import builders
from tests.apps.builders import TODAY
from tests.web.pages import Page
from tests.web.test_desk import ROLES, bureau, count, officer, signed_in

__all__ = ["bureau"]
pytestmark = pytest.mark.django_db

PLAN = reverse("city-plan")
NEW_NODE = reverse("plan-new-node", args=("phase2",))
NEW_VERSION = reverse("plan-new-version", args=("phase2",))
LONG = "ประชาชนมีส่วนร่วมในการเสนอนโยบายและตรวจสอบการทำงานของกรุงเทพมหานคร " * 8


@pytest.fixture
def desk(bureau: Unit) -> Client:
    return signed_in(officer(bureau))


@pytest.fixture
def top() -> PlanNode:
    """The node 5 of a version with three levels."""
    return builders.plan_node(builders.plan_version())


def place(node: PlanNode) -> str:
    return reverse("plan-node", args=(node.version.code, node.pk))


def text(**more: Any) -> dict[str, Any]:
    usual = {"code": "5.1", "level_name": "มิติ", "name_th": LONG, "certainty": "observed", "do": "save"}
    return {**usual, **more}


def test_without_a_plan_the_page_says_what_will_stand_there(desk: Client) -> None:
    assert "ยังไม่มีแผน" in desk.get(PLAN).content.decode()


def test_the_tree_holds_whole_texts_in_the_order_of_their_codes(desk: Client, top: PlanNode) -> None:
    for code in ("5.10", "5.2"):
        desk.post(NEW_NODE, text(code=code, parent=str(top.pk)))
    html = desk.get(PLAN).content.decode()
    assert html.count(LONG.strip()) == 2
    assert html.index("5.2<") < html.index("5.10<")
    assert PlanNode.objects.get(code="5.10").parent == top


def test_a_node_is_changed_and_moved(desk: Client, top: PlanNode) -> None:
    other = builders.plan_node(top.version, "6")
    child = builders.plan_node(top.version, "5.1", top)
    desk.post(place(child), text(code="6.1", parent=str(other.pk), name_en="In English", certainty="partial"))
    child.refresh_from_db()
    assert (child.code, child.parent, child.name_th, child.certainty) == ("6.1", other, LONG.strip(), "partial")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"code": "6"}, "แผนนี้มีรหัส 6 แล้ว"),
        ({"name_th": " "}, "errorlist"),
        ({"level_name": "ระดับอื่น"}, "errorlist"),
        ({"parent": "child"}, "ย้ายไปอยู่ใต้หัวข้อของตัวเองไม่ได้"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    desk: Client, top: PlanNode, wrong: dict[str, str], says: str
) -> None:
    builders.plan_node(top.version, "6")
    child = builders.plan_node(top.version, "5.1", top)
    wrong = {name: str(child.pk) if value == "child" else value for name, value in wrong.items()}
    answer = desk.post(place(top), text(code="5", level_name="ด้าน", source="ราชกิจจานุเบกษา") | wrong)
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert says in html
    assert "ราชกิจจานุเบกษา</textarea>" in html
    assert PlanNode.objects.get(pk=top.pk).name_th == "ข้อ 5"


def test_a_node_that_is_in_use_is_not_withdrawn(desk: Client, bureau: Unit, top: PlanNode) -> None:
    child = builders.plan_node(top.version, "5.1", top)
    builders.indicator(bureau, nodes=[child])
    for node in (top, child):
        assert "ถอนไม่ได้" in desk.post(place(node), {"do": "withdraw"}).content.decode()
    assert not PlanNode.objects.exclude(withdrawn_on=None).exists()


def test_a_withdrawn_node_stays_and_comes_back(desk: Client, top: PlanNode) -> None:
    assert desk.post(place(top), {"do": "withdraw"}).status_code == HTTPStatus.FOUND
    assert PlanNode.objects.get().withdrawn_on == TODAY
    assert "ถอนแล้ว" in desk.get(PLAN).content.decode()
    assert str(top.pk) not in desk.get(reverse("desk-create")).content.decode(), "nothing new is linked to it"
    desk.post(place(top), {"do": "restore"})
    assert PlanNode.objects.get().withdrawn_on is None


def version(**more: Any) -> dict[str, Any]:
    usual = {"code": "phase3", "name_th": "ระยะที่ 3", "name_en": "Phase 3", "first_year": "2566", "last_year": "2570"}
    return {**usual, "level_names": "ด้าน\nมิติ\nเป้าหมาย", **more}


def test_a_new_version_begins_with_the_nodes_in_use_which_follow_the_old_ones(desk: Client, top: PlanNode) -> None:
    child = builders.plan_node(top.version, "5.1", top)
    gone = builders.plan_node(top.version, "7")
    desk.post(place(gone), {"do": "withdraw"})
    assert desk.post(NEW_VERSION, version()).status_code == HTTPStatus.FOUND
    new = PlanVersion.objects.get(code="phase3").nodes
    assert {(node.code, node.follows) for node in new.all()} == {("5", top), ("5.1", child)}
    copy = new.get(code="5.1")
    assert copy.parent == new.get(code="5")
    desk.post(place(copy), text(code="9", parent="", level_name="ด้าน", follows=str(child.pk)))
    assert (PlanNode.objects.get(pk=copy.pk).code, PlanNode.objects.get(pk=child.pk).code) == ("9", "5.1")
    html = desk.get(place(child)).content.decode()
    assert place(copy) in Page(html).values("href"), "the old node leads to the new one"


def test_one_code_means_two_things_in_two_versions(desk: Client, top: PlanNode) -> None:
    desk.post(NEW_VERSION, version())
    desk.post(reverse("plan-new-node", args=("phase3",)), text(code="6", level_name="ด้าน"))
    builders.plan_node(top.version, "6")
    assert PlanNode.objects.filter(code="6").count() == 2


@pytest.mark.parametrize("wrong", [{"level_names": "มิติ"}, {"code": "phase2"}, {"last_year": "2560"}])
def test_a_version_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    desk: Client, top: PlanNode, wrong: dict[str, str]
) -> None:
    answer = desk.post(NEW_VERSION, version(**wrong))
    assert answer.status_code == HTTPStatus.OK
    assert 'value="ระยะที่ 3"' in answer.content.decode()
    assert PlanVersion.objects.count() == PlanNode.objects.count() == 1


def test_a_goal_is_handed_on_to_bureau_and_districts(desk: Client, bureau: Unit, top: PlanNode) -> None:
    child = builders.plan_node(top.version, "5.1", top)
    builders.indicator(bureau, nodes=[child])
    builders.unit("5001")
    here = f"{place(top)}?fiscal-year=2563"
    links = Page(desk.get(here).content.decode()).values("href")
    (handing_on,) = {link for link in links if "/assign/" in link}
    shown = desk.get(handing_on).context["form"]
    assert (shown["groups"].value(), shown["units"].value()) == (["districts"], [str(bureau.pk)])
    typed = {"groups": "districts", "units": str(bureau.pk), "target": "80", "classification": "strategic", "do": "x"}
    seen = desk.post(handing_on, typed).context["plan"].token
    desk.post(handing_on, {**typed, "do": "assign", "seen": seen})
    (item,) = desk.get(here).context["page"].indicators
    assert (item.assignments, item.districts, item.is_with_owner, item.node_code) == (2, 1, True, "5.1")


def test_the_pages_ask_no_more_often_for_more_nodes(desk: Client, bureau: Unit, top: PlanNode) -> None:
    counts = []
    for first in (1, 11):
        for number in range(first, first + 10):
            child = builders.plan_node(top.version, f"5.{number}", top)
            builders.indicator(bureau, f"2100-{number:04}", nodes=[child])
        counts.append((count(desk, PLAN), count(desk, place(top))))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 17


def test_only_those_who_define_indicators_open_and_write(bureau: Unit, top: PlanNode) -> None:
    for number, role in enumerate(ROLES):
        client = signed_in(officer(bureau, role, f"officer-{number}"))
        may = role in PERMISSIONS[Action.DEFINE_INDICATORS]
        for address in (PLAN, place(top), NEW_NODE, NEW_VERSION, reverse("plan-version", args=("phase2",))):
            assert client.get(address).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), (role, address)
        written = client.post(NEW_NODE, text(code=f"9.{number}")).status_code
        assert written == (HTTPStatus.FOUND if may else HTTPStatus.FORBIDDEN), role


def test_what_is_not_there_is_not_found(desk: Client, top: PlanNode) -> None:
    for address in ("/city-plan/phase9/", reverse("plan-node", args=("phase2", builders.bureau("2200").pk))):
        assert desk.get(address).status_code == HTTPStatus.NOT_FOUND
