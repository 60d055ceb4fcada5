"""Decisions of a district about community projects: taken into an action plan, declined with a reason, withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lakthan.apps.ledger.models import Tally
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import ActionPlan, CommunityProject, Decline, Inclusion
from lakthan.apps.planning.services.decisions import (
    decline_project,
    include_project,
    open_action_plan,
    withdraw_decision,
)
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.apps.own_database import OwnDatabase

ADOPTED = date(2020, 1, 15)
FEBRUARY, MARCH, APRIL = date(2020, 2, 10), date(2020, 3, 2), date(2020, 4, 1)
TOMORROW = date(2020, 6, 2)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit()


@pytest.fixture
def plan(home: Unit) -> ActionPlan:
    return builders.action_plan(home)


@pytest.fixture
def project(home: Unit) -> CommunityProject:
    return builders.project(home)


def include(project: CommunityProject, plan: ActionPlan, **more: Any) -> Inclusion:
    usual: dict[str, Any] = {"item_number": 1, "effective_on": MARCH, "document": "บันทึก 2/2563"}
    return include_project(actor=ROOT, action_plan=plan, project=project, now=NOW, **{**usual, **more})


def decline(project: CommunityProject, plan: ActionPlan, **more: Any) -> Decline:
    usual: dict[str, Any] = {
        "reason_code": Decline.Reason.NO_BUDGET,
        "reason": "งบประมาณจัดสรรครบแล้ว",
        "effective_on": MARCH,
        "document": "บันทึก 3/2563",
    }
    return decline_project(actor=ROOT, action_plan=plan, project=project, now=NOW, **{**usual, **more})


def withdraw(decision: Inclusion | Decline, on: date = APRIL, reason: str = "ลงมติผิดรายการ") -> Inclusion | Decline:
    return withdraw_decision(actor=ROOT, decision=decision, ended_on=on, reason=reason, now=NOW)


# Action plans


def test_a_district_has_one_action_plan_of_a_year(home: Unit, plan: ActionPlan) -> None:
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        builders.action_plan(home)
    assert builders.action_plan(home, YEAR + 1).fiscal_year == 2564


def test_an_action_plan_stands_on_a_document_and_is_not_of_tomorrow(home: Unit) -> None:
    for document, on, says in ((" ", TODAY, "document is missing"), ("คำสั่ง 1", TOMORROW, "in the future")):
        with pytest.raises(UserError, match=says):
            open_action_plan(actor=ROOT, unit=home, fiscal_year=YEAR, effective_on=on, document=document, now=NOW)


# Inclusions


def test_an_inclusion_is_an_item_named_as_the_community_named_the_project(
    project: CommunityProject, plan: ActionPlan
) -> None:
    row = include(project, plan, budget=Decimal("12500.50"))
    stored = Inclusion.objects.get()
    assert (stored.item_number, stored.name, stored.fiscal_year) == (1, "โครงการตัวอย่าง 1", 2563)
    assert stored.budget == row.budget == Decimal("12500.50")


def test_the_district_may_name_the_item_otherwise(project: CommunityProject, plan: ActionPlan) -> None:
    assert include(project, plan, name="ซ่อมทางเดิน").name == "ซ่อมทางเดิน"


def test_an_inclusion_without_a_budget_has_none_not_zero(project: CommunityProject, plan: ActionPlan) -> None:
    include(project, plan)
    assert Inclusion.objects.get().budget is None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("effective_on", TOMORROW, "2 June 2020 is in the future"),
        ("effective_on", date(2020, 1, 14), "is in a plan adopted on 2020-01-15; the decision cannot be dated before"),
        ("document", " ", "The document is missing"),
        ("budget", Decimal(-1), "The budget must not be negative"),
        ("budget", Decimal("0.001"), "finer than a satang"),
    ],
)
def test_an_inclusion_is_refused(
    project: CommunityProject, plan: ActionPlan, field: str, value: object, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        include(project, plan, **{field: value})
    assert not Inclusion.objects.exists()


def test_a_project_can_be_included_on_the_day_its_plan_was_adopted(project: CommunityProject, plan: ActionPlan) -> None:
    assert include(project, plan, effective_on=ADOPTED).effective_on == ADOPTED


def test_a_project_is_included_under_an_item_once(project: CommunityProject, plan: ActionPlan) -> None:
    include(project, plan)
    with pytest.raises(UserError, match="is item 1 of the plan already"):
        include(project, plan)
    assert Inclusion.objects.count() == 1


def test_a_project_can_be_included_in_two_years(home: Unit, project: CommunityProject, plan: ActionPlan) -> None:
    include(project, plan)
    include(project, builders.action_plan(home, YEAR + 1))
    assert sorted(Inclusion.objects.values_list("fiscal_year", flat=True)) == [2563, 2564]


def test_two_projects_can_share_an_item(home: Unit, project: CommunityProject, plan: ActionPlan) -> None:
    include(project, plan)
    include(builders.project(home, "ชุมชนตัวอย่าง 2"), plan)
    assert list(Inclusion.objects.values_list("item_number", flat=True)) == [1, 1]


def test_a_project_of_another_district_is_refused(plan: ActionPlan) -> None:
    foreign = builders.project(builders.unit("5002"))
    for attempt in (include, decline):
        with pytest.raises(ValueError, match="row of another unit"), transaction.atomic():
            attempt(foreign, plan)


# Declined


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("effective_on", TOMORROW, "in the future"),
        ("effective_on", date(2020, 1, 14), "cannot be dated before it"),
        ("document", "", "The document is missing"),
        ("reason", "  ", "The reason is missing"),
    ],
)
def test_a_decline_needs_a_reason_a_document_and_a_possible_day(
    project: CommunityProject, plan: ActionPlan, field: str, value: object, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        decline(project, plan, **{field: value})
    assert not Decline.objects.exists()


def test_a_project_is_declined_for_a_plan_once(project: CommunityProject, plan: ActionPlan) -> None:
    decline(project, plan)
    with pytest.raises(UserError, match="was declined for this plan already"):
        decline(project, plan)


def test_what_is_included_cannot_be_declined_until_it_is_withdrawn(project: CommunityProject, plan: ActionPlan) -> None:
    row = include(project, plan)
    with pytest.raises(UserError, match="is included in this plan"):
        decline(project, plan)
    withdraw(row)
    assert decline(project, plan, effective_on=APRIL)


def test_what_is_declined_cannot_be_included_until_it_is_withdrawn(project: CommunityProject, plan: ActionPlan) -> None:
    row = decline(project, plan)
    with pytest.raises(UserError, match="was declined for this plan"):
        include(project, plan)
    withdraw(row)
    assert include(project, plan, effective_on=APRIL)


def test_what_is_declined_for_one_year_can_be_included_in_another(
    home: Unit, project: CommunityProject, plan: ActionPlan
) -> None:
    decline(project, plan)
    assert include(project, builders.action_plan(home, YEAR + 1))


# Withdrawn


def test_a_withdrawn_decision_keeps_the_day_and_the_reason(project: CommunityProject, plan: ActionPlan) -> None:
    withdraw(include(project, plan))
    row = Inclusion.objects.get()
    assert (row.ended_on, row.end_reason) == (APRIL, "ลงมติผิดรายการ")


def test_a_withdrawn_project_can_be_included_under_the_same_item_again(
    project: CommunityProject, plan: ActionPlan
) -> None:
    withdraw(include(project, plan))
    include(project, plan, effective_on=APRIL)
    assert Inclusion.objects.count() == 2


def test_a_withdrawn_decline_can_be_followed_by_another(project: CommunityProject, plan: ActionPlan) -> None:
    withdraw(decline(project, plan))
    decline(project, plan, effective_on=APRIL)
    assert Decline.objects.count() == 2


@pytest.mark.parametrize("first", [include, decline])
@pytest.mark.parametrize("second", [include, decline])
def test_decisions_on_one_project_never_hold_on_the_same_day(
    project: CommunityProject, plan: ActionPlan, first: Any, second: Any
) -> None:
    """A decision entered late cannot reach into the time of one that was withdrawn since."""
    withdraw(first(project, plan, effective_on=MARCH), APRIL)
    for day in (FEBRUARY, MARCH, date(2020, 3, 31)):
        with pytest.raises(UserError, match=r"Project โครงการตัวอย่าง 1 (is|was) "):
            second(project, plan, effective_on=day)


@pytest.mark.parametrize(
    ("on", "reason", "says"),
    [
        (TOMORROW, "ลงมติผิด", "in the future"),
        (date(2020, 3, 1), "ลงมติผิด", "lies before the decision"),
        (APRIL, " ", "The reason is missing"),
    ],
)
def test_a_withdrawal_is_refused(project: CommunityProject, plan: ActionPlan, on: date, reason: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        withdraw(include(project, plan), on, reason)
    assert Inclusion.objects.get().ended_on is None


def test_a_decision_can_be_withdrawn_on_its_own_day(project: CommunityProject, plan: ActionPlan) -> None:
    assert withdraw(include(project, plan), MARCH).ended_on == MARCH


def test_a_decision_is_withdrawn_once_even_from_an_old_copy(project: CommunityProject, plan: ActionPlan) -> None:
    row = include(project, plan)
    stale = Inclusion.objects.get()
    withdraw(row)
    for copy in (row, stale):
        with pytest.raises(UserError, match="was withdrawn already"), transaction.atomic():
            withdraw(copy)
    assert sum(Tally.objects.filter(kind="inclusion").values_list("count", flat=True)) == 1


def test_the_database_itself_refuses_a_second_live_decision(project: CommunityProject, plan: ActionPlan) -> None:
    include(project, plan)
    second = include(project, plan, item_number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inclusion.objects.filter(pk=second.pk).update(item_number=1)


# Two at once


def test_of_two_who_include_and_decline_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    home = builders.unit()
    project, plan = builders.project(home), builders.action_plan(home)
    theirs = CommunityProject.objects.get(), ActionPlan.objects.get()
    with transaction.atomic():
        include(project, plan)
        rival = own_database.rival(lambda: decline(*theirs))
        assert rival.is_waiting()
    assert "is included in this plan" in str(rival.join().refusal)
    assert not Decline.objects.exists()


def test_of_two_who_withdraw_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    home = builders.unit()
    row = include(builders.project(home), builders.action_plan(home))
    copy = Inclusion.objects.get()
    with transaction.atomic():
        withdraw(row)
        rival = own_database.rival(lambda: withdraw(copy))
        assert rival.is_waiting()
    assert str(rival.join().refusal) == "The decision was withdrawn already."
    assert sum(Tally.objects.filter(kind="inclusion").values_list("count", flat=True)) == 1
