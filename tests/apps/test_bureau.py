"""The bureau's own work: projects with approvals and activities, and requests for data with their answers."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.services import delegate
from lakthan.apps.planning.models import (
    ActivityProgress,
    DataRequest,
    DataRequestAnswer,
    DataRequestReminder,
    Project,
    ProjectApproval,
)
from lakthan.apps.planning.services.projects import approve_project, open_project, plan_activity, report_progress
from lakthan.apps.planning.services.requests import answer_request, remind, request_data
from lakthan.core.errors import UserError
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR

DAY = date(2020, 3, 2)
TOMORROW = date(2020, 6, 2)


@pytest.fixture
def bureau(db: None) -> Unit:
    return builders.bureau()


@pytest.fixture
def project(bureau: Unit) -> Project:
    return builders.bureau_project(bureau)


# Projects


def test_a_project_has_a_name_and_a_budget_that_is_not_negative(bureau: Unit) -> None:
    for name, budget, says in ((" ", "1", "name is missing"), ("โครงการ", "-0.01", "The budget must not be negative")):
        with pytest.raises(UserError, match=says):
            open_project(
                actor=ROOT,
                unit=bureau,
                fiscal_year=YEAR,
                code="2100-01",
                name=name,
                objective="",
                budget=Decimal(budget),
                budget_source="",
                now=NOW,
            )


def approve(project: Project, **more: Any) -> ProjectApproval:
    usual: dict[str, Any] = {"effective_on": DAY, "subject": "ค่าใช้จ่าย", "approver": "ผู้อำนวยการสำนัก"}
    return approve_project(actor=ROOT, project=project, now=NOW, **{**usual, **more})


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("effective_on", TOMORROW, "in the future"),
        ("subject", " ", "What was approved is missing"),
        ("approver", "", "Who approved is missing"),
    ],
)
def test_an_approval_says_what_who_and_when(project: Project, field: str, value: object, says: str) -> None:
    with pytest.raises(UserError, match=says):
        approve(project, **{field: value})


def test_an_approval_by_somebody_who_acts_stands_on_an_order_in_force(project: Project, bureau: Unit) -> None:
    order = delegate(
        actor=ROOT,
        unit=bureau,
        kind=Delegation.Kind.ACTING_IN_PLACE,
        office="ผู้อำนวยการสำนัก",
        deputy_office="รองผู้อำนวยการสำนัก",
        order_number="12/2563",
        valid_from=date(2020, 3, 1),
        valid_to=date(2020, 3, 31),
        now=NOW,
    )
    for day in (date(2020, 2, 29), date(2020, 4, 1)):
        with pytest.raises(UserError, match=r"Order 12/2563 is not in force on .* 2020"):
            approve(project, effective_on=day, delegation=order)
    for day in (date(2020, 3, 1), date(2020, 3, 31)):
        assert approve(project, effective_on=day, delegation=order).delegation == order


def test_an_activity_ends_after_it_begins(project: Project) -> None:
    with pytest.raises(UserError, match="The activity's dates"):
        plan_activity(actor=ROOT, project=project, number=1, name="ก", starts_on=TODAY, ends_on=DAY, now=NOW)


def test_activities_of_a_project_have_different_numbers(project: Project) -> None:
    builders.activity(project, 2)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        builders.activity(project, 2)


@pytest.mark.parametrize(("percent", "accepted"), [(-1, False), (0, True), (100, True), (101, False)])
def test_progress_is_from_0_to_100(project: Project, percent: int, accepted: bool) -> None:
    activity = builders.activity(project)
    if accepted:
        assert report_progress(actor=ROOT, activity=activity, effective_on=DAY, percent=percent, now=NOW)
    else:
        with pytest.raises(UserError, match=f"Progress is {percent}; it must be from 0 to 100"):
            report_progress(actor=ROOT, activity=activity, effective_on=DAY, percent=percent, now=NOW)


def test_progress_of_tomorrow_is_refused_and_of_a_day_stands_once(project: Project) -> None:
    activity = builders.activity(project)
    with pytest.raises(UserError, match="in the future"):
        report_progress(actor=ROOT, activity=activity, effective_on=TOMORROW, percent=1, now=NOW)
    report_progress(actor=ROOT, activity=activity, effective_on=DAY, percent=30, now=NOW)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        report_progress(actor=ROOT, activity=activity, effective_on=DAY, percent=40, now=NOW)
    assert ActivityProgress.objects.get().percent == 30


# Requests for data


def ask(bureau: Unit, units: list[Unit], **more: Any) -> DataRequest:
    usual: dict[str, Any] = {
        "subject": "สรุปผล",
        "question": "มีกี่โครงการ",
        "sent_on": DAY,
        "deadline_on": date(2020, 8, 31),
    }
    return request_data(actor=ROOT, asked_by=bureau, units=units, now=NOW, **{**usual, **more})


def test_each_unit_that_is_asked_has_not_answered_yet(bureau: Unit) -> None:
    units = [builders.unit(code) for code in ("5001", "5002")]
    answers = ask(bureau, units).answers.all()
    assert {answer.unit for answer in answers} == set(units)
    assert {(answer.answered_on, answer.answer, answer.is_nil) for answer in answers} == {(None, "", False)}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("subject", " ", "The subject is missing"),
        ("question", " ", "The question is missing"),
        ("sent_on", TOMORROW, "in the future"),
        ("deadline_on", date(2020, 3, 1), "The deadline"),
    ],
)
def test_a_request_without_subject_question_or_possible_days_is_refused(
    bureau: Unit, field: str, value: object, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        ask(bureau, [bureau], **{field: value})
    assert not DataRequest.objects.exists()


def test_a_request_asks_somebody_and_nobody_twice(bureau: Unit) -> None:
    with pytest.raises(UserError, match="Choose at least one unit"):
        ask(bureau, [])
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        ask(bureau, [bureau, bureau])
    assert not DataRequest.objects.exists()


@pytest.fixture
def answer(bureau: Unit) -> DataRequestAnswer:
    return builders.answer(bureau, builders.unit())


def reply(answer: DataRequestAnswer, text: str = "3 โครงการ", on: date = TODAY, is_nil: bool = False) -> None:
    answer_request(actor=ROOT, answer=answer, text=text, answered_on=on, is_nil=is_nil, now=NOW)


def test_an_answer_is_a_text_or_a_confirmed_nil(answer: DataRequestAnswer) -> None:
    with pytest.raises(UserError, match="The answer is missing"):
        reply(answer, " ")
    reply(answer, "", is_nil=True)
    stored = DataRequestAnswer.objects.get()
    assert (stored.answer, stored.is_nil, stored.answered_on) == ("", True, TODAY)


def test_an_answer_of_tomorrow_is_refused(answer: DataRequestAnswer) -> None:
    with pytest.raises(UserError, match="in the future"):
        reply(answer, on=TOMORROW)


def test_who_has_not_answered_can_be_reminded_once_a_day(answer: DataRequestAnswer) -> None:
    remind(actor=ROOT, answer=answer, effective_on=TODAY, now=NOW)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        remind(actor=ROOT, answer=answer, effective_on=TODAY, now=NOW)
    with pytest.raises(UserError, match="in the future"):
        remind(actor=ROOT, answer=answer, effective_on=TOMORROW, now=NOW)
    assert DataRequestReminder.objects.get().unit == answer.unit


def test_who_has_answered_is_not_reminded_even_from_an_old_copy(answer: DataRequestAnswer) -> None:
    stale = DataRequestAnswer.objects.get()
    reply(answer)
    for copy in (answer, stale):
        with pytest.raises(UserError, match="has answered already"), transaction.atomic():
            remind(actor=ROOT, answer=copy, effective_on=TODAY, now=NOW)
