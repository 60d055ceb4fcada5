"""Including one project changes the figures of the city and of the district at the next request; and why it did not."""

import re
from datetime import date
from http import HTTPStatus
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import CommunityProject, Decline, Inclusion
from lakthan.apps.planning.services.decisions import decline_project, withdraw_decision
from lakthan.apps.planning.services.plans import NewProject, propose_projects
from lakthan.apps.reporting.recount import differences
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.web.pages import in_both_languages, in_language
from tests.web.test_project_decisions import chosen, typed
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

CITY = reverse("indicator", args=("2100-0001", YEAR))
DISTRICT = reverse("district-trace", args=("2100-0001", YEAR, 3, "5001"))
MOST = 12


@pytest.fixture
def home() -> Unit:
    """A district without an inclusion, beside one, in a city whose bureau answers for the share of districts."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    builders.assignment(builders.bureau())
    other = builders.unit("5002")
    builders.inclusion(builders.project(other), builders.action_plan(other))
    return builders.unit()


def told(address: str, language: str = "en") -> tuple[str, int]:
    """The text of a page, and how often it asks the database."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(in_language(address, language))
    assert answer.status_code == HTTPStatus.OK
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", answer.content.decode()))
    return text, len(queries)


def include(home: Unit, project: CommunityProject, item: int = 1) -> None:
    client = signed_in(officer(Role.DISTRICT_OFFICER, home, f"officer-{item}"))
    answer = client.post(chosen([project]), typed([project], {"item_number": str(item)}))
    assert answer.status_code == HTTPStatus.FOUND


def test_one_inclusion_changes_city_and_district_at_the_next_request(home: Unit) -> None:
    project = builders.project(home)
    plan = builders.action_plan(home)
    assert "1 of 2 district offices" in told(CITY)[0]
    assert "Nothing is recorded here that counts" in told(DISTRICT)[0]

    include(home, project)
    city, district = told(CITY)[0], told(DISTRICT)[0]
    assert "2 of 2 district offices" in city
    assert "100.00" in city
    assert "Nothing is recorded here that counts" not in district
    assert project.name in district
    assert differences(TODAY) == ()

    inclusion = Inclusion.objects.get(action_plan=plan)
    withdraw_decision(actor=ROOT, decision=inclusion, ended_on=date(2020, 5, 1), reason="ผิดรายการ", now=NOW)
    assert "1 of 2 district offices" in told(CITY)[0]
    assert differences(TODAY) == ()


def test_the_pages_cost_the_same_when_records_double(home: Unit) -> None:
    builders.action_plan(home)
    include(home, builders.project(home, "ชุมชน 1"), 1)
    before = [told(address)[1] for address in (CITY, DISTRICT)]
    for item in range(2, 5):
        include(home, builders.project(home, f"ชุมชน {item}"), item)
    assert [told(address)[1] for address in (CITY, DISTRICT)] == before
    assert max(before) <= MOST
    assert differences(TODAY) == ()


def test_why_not_costs_the_same_when_candidates_double(home: Unit) -> None:
    def candidates(first: int) -> None:
        for at in range(first, first + 2):
            builders.project(home, f"ชุมชน {at}")
            builders.community(home, f"ชุมชนไม่มีแผน {at}")

    candidates(1)
    before = told(DISTRICT)[1]
    candidates(11)
    assert told(DISTRICT)[1] == before <= MOST


@in_both_languages
def test_a_district_that_is_not_counted_says_what_became_of_each_candidate(home: Unit, language: str) -> None:
    plan, next_plan = builders.action_plan(home), builders.action_plan(home, YEAR + 2)
    community_plan = builders.plan(builders.community(home, "ชุมชนริมคลอง"), projects=4)
    names = ["ถูกปฏิเสธ", "ถูกถอน", "ปีอื่น", "รออยู่"]
    projects = list(community_plan.projects.order_by("number"))
    for project, name in zip(projects, names, strict=True):
        CommunityProject.objects.filter(pk=project.pk).update(name=f"โครงการ{name}")
    own = NewProject("โครงการทำเอง", CommunityProject.Field.MIND, CommunityProject.Way.ITSELF)
    propose_projects(actor=ROOT, plan=community_plan, projects=[own], now=NOW)
    decline_project(
        actor=ROOT,
        action_plan=plan,
        project=projects[0],
        reason_code=Decline.Reason.PRIVATE_LAND,
        reason="เจ้าของที่ดินยังไม่ยินยอม",
        effective_on=date(2020, 3, 2),
        document="บันทึก 3",
        now=NOW,
    )
    taken = builders.inclusion(projects[1], plan)
    withdraw_decision(actor=ROOT, decision=taken, ended_on=date(2020, 4, 1), reason="งบประมาณถูกตัด", now=NOW)
    builders.inclusion(projects[2], next_plan)
    builders.community(home, "ชุมชนไม่มีแผน")
    ended = builders.plan(builders.community(home, "ชุมชนแผนหมดอายุ"), date(2018, 1, 15))

    answer = Client().get(in_language(DISTRICT, language))
    why = answer.context["trace"].why_not
    assert (why.candidates, why.communities) == (6, 3)
    groups = {name: [row.project_id for row in rows] for name, rows in _groups(answer).items()}
    assert groups == {
        "declined": [projects[0].pk],
        "undecided": [projects[3].pk],
        "replaced": [ended.projects.get().pk],
        "withdrawn": [projects[1].pk],
        "other_years": [projects[2].pk],
        "by_community": [community_plan.projects.get(number=5).pk],
    }
    assert [(row.name, row.ended_on) for row in why.without_plan] == [
        ("ชุมชนไม่มีแผน", None),
        ("ชุมชนแผนหมดอายุ", date(2019, 12, 31)),
    ]
    html = answer.content.decode()
    for said in ("เจ้าของที่ดินยังไม่ยินยอม", "งบประมาณถูกตัด", *(f"โครงการ{name}" for name in names), "ชุมชนไม่มีแผน"):
        assert said in html


def _groups(answer: object) -> dict[str, tuple[object, ...]]:
    trace = answer.context["trace"]  # type: ignore[attr-defined]
    return {
        "declined": trace.declined,
        "undecided": trace.undecided,
        **{name: getattr(trace.why_not, name) for name in ("replaced", "withdrawn", "other_years", "by_community")},
    }


def test_only_projects_of_plans_in_force_wait_for_a_decision(home: Unit) -> None:
    community = builders.community(home, "ชุมชนที่ทบทวนแผน")
    old, new = builders.plan(community, date(2019, 6, 3)), builders.plan(community, date(2020, 6, 1))
    early = Client().get(reverse("district-trace", args=("2100-0001", YEAR, 2, "5001"))).context["trace"]
    late = Client().get(reverse("district-trace", args=("2100-0001", YEAR, 4, "5001"))).context["trace"]
    assert [row.project_id for row in early.undecided] == [old.projects.get().pk]
    assert [row.project_id for row in late.undecided] == [new.projects.get().pk]
    assert [row.project_id for row in late.why_not.replaced] == [old.projects.get().pk]
    assert late.why_not.candidates == 2


def test_a_district_that_is_counted_needs_no_reasons(home: Unit) -> None:
    address = DISTRICT.replace("5001", "5002")
    assert Client().get(address).context["trace"].why_not is None


def test_din_daeng_lists_its_candidates_and_their_reasons(demo_city: None) -> None:
    answer = Client().get(reverse("district-trace", args=("2100-0001", YEAR, 4, "5037")))
    trace = answer.context["trace"]
    assert trace.district_th == "ดินแดง"
    assert len(trace.declined) >= 3
    assert all(row.reason for row in trace.declined)
    assert trace.undecided
    why = trace.why_not
    assert (
        why.candidates
        == CommunityProject.objects.filter(
            plan__community__code__startswith="5037-", plan__effective_on__lte=date(2020, 9, 30)
        ).count()
    )
    html = answer.content.decode()
    assert "เหตุที่ยังไม่บรรจุ" in html
    assert all(row.title in html and row.reason in html for row in trace.declined)
    listed = html.count('<li class="record">')
    assert listed == why.candidates + len(why.without_plan)


def test_the_workbook_of_a_district_of_the_demonstration_has_as_many_rows_as_its_inclusions(demo_city: None) -> None:
    client = signed_in(officer(Role.EXECUTIVE, Unit.objects.get(kind=Unit.Kind.CITY), "reader"))
    content = client.get(reverse("action-plan-workbook", args=("5001", YEAR))).content
    rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    inclusions = Inclusion.objects.filter(unit__codes__code="5001", fiscal_year=YEAR.be, ended_on=None)
    assert sum(isinstance(row[0], int) for row in rows) == inclusions.count() > 0
