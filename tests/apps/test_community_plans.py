"""Community plans: new or reviewed as the register says, and the projects in them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import CommunityPlan, CommunityProject
from lakthan.apps.planning.services.plans import NewProject, adopt_plan, propose_projects
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY

Field = CommunityProject.Field


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def community(home: Unit) -> Community:
    return builders.community(home)


def adopt(community: Community, on: date = date(2020, 1, 15), **more: Any) -> CommunityPlan:
    usual: dict[str, Any] = {"effective_on": on, "valid_until": date(2021, 12, 31)}
    return adopt_plan(actor=ROOT, community=community, now=NOW, **{**usual, **more})


def proposal(**more: Any) -> NewProject:
    usual: dict[str, Any] = {"name": "ซ่อมทางเดิน", "field": Field.PHYSICAL, "way": CommunityProject.Way.BY_DISTRICT}
    return NewProject(**{**usual, **more})


def test_the_first_plan_of_a_community_is_new_and_the_next_a_review_of_it(community: Community) -> None:
    first = adopt(community, date(2019, 2, 4))
    second = adopt(community, date(2020, 2, 3))
    assert (first.kind, first.reviews) == ("new", None)
    assert (second.kind, second.reviews) == ("review", first)


def test_a_plan_reviews_the_latest_before_it(community: Community) -> None:
    adopt(community, date(2018, 2, 5))
    second = adopt(community, date(2019, 2, 4))
    assert adopt(community, date(2020, 2, 3)).reviews == second


def test_the_plan_of_another_community_makes_no_review(home: Unit, community: Community) -> None:
    adopt(builders.community(home, "ชุมชนตัวอย่าง 2"), date(2019, 2, 4))
    assert adopt(community).kind == "new"


def test_a_plan_speaks_of_five_fields(community: Community) -> None:
    adopt(community, fields={field: f"เรื่อง {field}" for field in Field})
    stored = CommunityPlan.objects.get()
    assert [getattr(stored, field) for field in Field] == [f"เรื่อง {field}" for field in Field]
    assert len(Field) == 5


def test_a_plan_is_made_in_a_meeting_of_its_own_community(home: Unit, community: Community) -> None:
    own = builders.meeting(home, community)
    for meeting in (builders.meeting(home, builders.community(home, "ชุมชนตัวอย่าง 2")), builders.meeting(home)):
        with pytest.raises(UserError, match="not this community's"):
            adopt(community, meeting=meeting)
    assert adopt(community, meeting=own).meeting == own


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"effective_on": date(2020, 6, 2)}, "2 June 2020 is in the future"),
        ({"valid_until": date(2020, 1, 14)}, "The plan's validity"),
        ({"projects": [proposal(name=" ")]}, "name is missing"),
        ({"projects": [proposal(estimate=Decimal(-1))]}, "Project ซ่อมทางเดิน: the estimate must not be negative"),
        ({"projects": [proposal(estimate=Decimal("0.005"))]}, "finer than a satang"),
    ],
)
def test_a_plan_is_refused_whole(community: Community, more: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says), transaction.atomic():
        adopt(community, **{"projects": [proposal()], **more})
    assert not CommunityPlan.objects.exists()
    assert not CommunityProject.objects.exists()


def test_a_community_adopts_one_plan_on_a_day(community: Community) -> None:
    adopt(community)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        adopt(community)


def test_a_plan_adopted_today_may_end_today(community: Community) -> None:
    assert adopt(community, TODAY, valid_until=TODAY).valid_until == TODAY


def test_projects_keep_what_the_community_said(community: Community) -> None:
    new = proposal(problem="น้ำท่วมขัง", aim="เดินสะดวก", estimate=Decimal("12500.50"), priority=2)
    adopt(community, projects=[new, proposal(name="ตลาดนัด", field=Field.ECONOMY)])
    first, second = CommunityProject.objects.order_by("number")
    assert (first.problem, first.aim, first.estimate, first.priority) == (
        "น้ำท่วมขัง",
        "เดินสะดวก",
        Decimal("12500.50"),
        2,
    )
    assert (second.name, second.field, second.estimate, second.priority) == ("ตลาดนัด", "economy", None, None)


def test_numbers_of_projects_run_on(community: Community) -> None:
    plan = adopt(community, projects=builders.proposals(2))
    propose_projects(actor=ROOT, plan=plan, projects=builders.proposals(2), now=NOW)
    assert sorted(CommunityProject.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
