"""The services of `planning` about a bureau's own work: projects and requests for data."""

from datetime import date
from decimal import Decimal

from lakthan.apps.people.models import Unit
from lakthan.apps.planning.services import projects, requests
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, YEAR

BUREAU = [Role.REPORTER, Role.STRATEGY_ADMINISTRATOR]
ANSWERERS = [Role.DISTRICT_OFFICER, Role.REPORTER]
DAY = date(2020, 3, 2)


@act(projects.open_project, ("planning.open_project", "planning.project"), own=BUREAU)
def _open_project(home: Unit) -> Call:
    return lambda actor: projects.open_project(
        actor=actor,
        unit=home,
        fiscal_year=YEAR,
        code="2100-01",
        name="โครงการสนับสนุน",
        objective="",
        budget=Decimal("3267440.00"),
        budget_source="งบประมาณรายจ่าย",
        now=NOW,
    )


@act(projects.approve_project, ("planning.approve_project", "planning.projectapproval"), own=BUREAU)
def _approve_project(home: Unit) -> Call:
    project = builders.bureau_project(home)
    return lambda actor: projects.approve_project(
        actor=actor, project=project, effective_on=DAY, subject="ค่าใช้จ่าย", approver="ผู้อำนวยการสำนัก", now=NOW
    )


@act(projects.plan_activity, ("planning.plan_activity", "planning.activity"), own=BUREAU)
def _plan_activity(home: Unit) -> Call:
    project = builders.bureau_project(home)
    return lambda actor: projects.plan_activity(
        actor=actor, project=project, number=2, name="ชี้แจง", starts_on=DAY, ends_on=DAY, now=NOW
    )


@act(projects.report_progress, ("planning.report_progress", "planning.activityprogress"), own=BUREAU)
def _report_progress(home: Unit) -> Call:
    activity = builders.activity(builders.bureau_project(home))
    return lambda actor: projects.report_progress(actor=actor, activity=activity, effective_on=DAY, percent=34, now=NOW)


@act(
    requests.request_data,
    ("planning.request_data", "planning.datarequest"),
    ("planning.ask_unit", "planning.datarequestanswer"),
    own=BUREAU,
)
def _request_data(home: Unit) -> Call:
    asked = builders.unit("5003")
    return lambda actor: requests.request_data(
        actor=actor,
        asked_by=home,
        units=[asked],
        subject="สรุปผล",
        question="มีกี่โครงการ",
        sent_on=DAY,
        deadline_on=date(2020, 8, 31),
        now=NOW,
    )


@act(requests.answer_request, ("planning.answer_request", "planning.datarequestanswer"), own=ANSWERERS)
def _answer_request(home: Unit) -> Call:
    answer = builders.answer(builders.bureau(), home)
    return lambda actor: requests.answer_request(
        actor=actor, answer=answer, text="3 โครงการ", answered_on=date(2020, 5, 20), now=NOW
    )


@act(requests.remind, ("planning.remind", "planning.datarequestreminder"), own=BUREAU)
def _remind(home: Unit) -> Call:
    answer = builders.answer(home, builders.unit("5003"))
    return lambda actor: requests.remind(actor=actor, answer=answer, effective_on=builders.TODAY, now=NOW)


@act(requests.remind_silent, ("planning.remind", "planning.datarequestreminder"), own=BUREAU)
def _remind_silent(home: Unit) -> Call:
    answer = builders.answer(home, builders.unit("5003"))
    return lambda actor: requests.remind_silent(
        actor=actor, request=answer.request, effective_on=builders.TODAY, now=NOW
    )


@act(requests.close_request, ("planning.close_request", "planning.datarequest"), own=BUREAU)
def _close_request(home: Unit) -> Call:
    answer = builders.answer(home, builders.unit("5003"))
    return lambda actor: requests.close_request(actor=actor, request=answer.request, now=NOW)
