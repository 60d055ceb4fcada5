"""The pages of officers: who may open them and act on them, and that nothing that was typed is lost."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.apps.reporting import selectors as reporting
from lakthan.apps.reporting.life import ReportPlace, report_life
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.services.periods import open_period
from lakthan.apps.reporting.services.writing import write_year_report
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.printing.paper import Level
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Held, Refused, Role, Scope
from lakthan.rules.workflow import TRANSITIONS, State, Step, require_step
from tests.apps import builders, lives
from tests.apps.builders import FOUNDED, NOW, ROOT, YEAR
from tests.web.pages import Page, in_both_languages, in_language

pytestmark = pytest.mark.django_db

MY_WORK = reverse("my-work")
PLACE = reverse("work-quarter", args=("2100-0001", YEAR, 2))
YEAR_PLACE = reverse("work-year", args=("2100-0001", YEAR))
STEPS = [step for step in TRANSITIONS if step is not Step.SUPERSEDE]
"""All that a person does; a report is superseded by the certification of another."""
ROLES = [role for role in Role if role is not Role.OPERATOR]
STATES = [State.OPEN, *lives.WAYS]
ANSWERS: Mapping[type[UserError] | None, HTTPStatus] = {
    None: HTTPStatus.FOUND,
    Refused: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
}


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    bureau = builders.bureau()
    open_period(
        actor=ROOT,
        quarter=YEAR.quarter(2),
        opens_on=YEAR.quarter(2).first_day,
        deadline_on=YEAR.quarter(2).last_day,
        now=NOW,
    )
    return bureau


def officer(role: Role, unit: Unit, login: str = "officer") -> User:
    """An account with one role."""
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def brought_to(home: Unit, state: State) -> Report | None:
    """The report of the second quarter in a state; None where it is open."""
    if state is State.OPEN:
        builders.assignment(home)
        return None
    return lives.report_in(home, state)


def seen() -> str:
    """The token of the page as it stands."""
    reader = Actor("user:reader", (Held(Role.AUDITOR),))
    return report_life(reader, ReportPlace("2100-0001", YEAR, 2)).token


def post(client: Client, step: Step, address: str = PLACE, **typed: object) -> Any:
    form = {"seen": seen(), "reason": "ขาดหลักฐาน", "sure": "on", "narrative": "เขียนใหม่", "progress": "50"}
    return client.post(address, form | typed | {"step": step.value})


def _expected(role: Role, unit: Unit, of: Unit, step: Step, state: State) -> HTTPStatus:
    """What the tables say: the route first, then the row."""
    if role not in PERMISSIONS[Action.READ_REPORT]:
        return HTTPStatus.FORBIDDEN
    actor = Actor("user:somebody-new", (Held(role, str(unit.pk)),))
    try:
        require_step(actor, step, unit=str(of.pk), state=state, taken=())
    except UserError as error:
        return ANSWERS[type(error)]
    return ANSWERS[None]


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("state", STATES)
def test_every_role_gets_for_every_step_what_the_tables_say(home: Unit, state: State) -> None:
    other = builders.unit("5001")  # first: one district more is another figure than the submitted one
    report = brought_to(home, state)
    for number, (role, unit) in enumerate(product(ROLES, (home, other))):
        client = signed_in(officer(role, unit, f"officer-{number}"))
        reviews = PERMISSIONS[Action.REVIEW_REPORT].get(role) is Scope.ANY_UNIT
        for step in STEPS:
            own_division = reviews and unit == home and report and step in (Step.RETURN, Step.ACCEPT)
            expected = HTTPStatus.FORBIDDEN if own_division else _expected(role, unit, home, step, state)
            with transaction.atomic():
                answer = post(client, step)
                transaction.set_rollback(True)
            assert answer.status_code == expected, (role, unit.name_en, step, state)


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("state", [State.OPEN, State.DRAFT, State.SUBMITTED, State.CERTIFIED])
def test_every_role_opens_what_the_table_says(home: Unit, state: State) -> None:
    brought_to(home, state)
    scopes, other = PERMISSIONS[Action.READ_REPORT], builders.unit("5001")
    for number, (role, unit) in enumerate(product(ROLES, (home, other))):
        client = signed_in(officer(role, unit, f"officer-{number}"))
        reads = scopes.get(role) is Scope.ANY_UNIT or (scopes.get(role) is Scope.OWN_UNIT and unit == home)
        seen_as = HTTPStatus.OK if reads else HTTPStatus.NOT_FOUND
        expected = seen_as if role in scopes else HTTPStatus.FORBIDDEN
        assert client.get(PLACE).status_code == expected, (role, unit.name_en)
        paper = HTTPStatus.NOT_FOUND if reads and state is State.OPEN else expected
        assert client.get(f"{PLACE}paper/").status_code == paper, (role, unit.name_en)
        assert client.get(MY_WORK).status_code == HTTPStatus.OK


def test_visitors_are_asked_to_sign_in(client: Client, home: Unit) -> None:
    brought_to(home, State.DRAFT)
    for address in (MY_WORK, PLACE, YEAR_PLACE, f"{PLACE}paper/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/account/sign-in/?next={address.replace('/', '%2F')}",
        )
    assert post(client, Step.WRITE).status_code == HTTPStatus.FOUND
    assert Report.objects.get().narrative == "ประชุมแล้ว"


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_the_steps_that_are_possible(home: Unit, state: State) -> None:
    brought_to(home, state)
    for number, role in enumerate(PERMISSIONS[Action.READ_REPORT].keys() - {Role.OPERATOR}):
        user = officer(role, builders.unit(f"50{number:02}") if role is Role.REVIEWER else home, f"officer-{number}")
        html = signed_in(user).get(PLACE).content.decode()
        offered = {e.attributes["value"] for e in Page(html).tags("button") if e.attributes.get("name") == "step"}
        unit = str(user.memberships.get().unit_id)
        actor = Actor(f"user:{user.pk}", (Held(role, unit),))
        possible = {step for step in STEPS if _is_possible(actor, step, home, state)}
        assert offered == possible, role


def _is_possible(actor: Actor, step: Step, home: Unit, state: State) -> bool:
    try:
        require_step(actor, step, unit=str(home.pk), state=state, taken=())
    except UserError:
        return False
    return True


def test_my_work_says_when_there_is_nothing_to_do(home: Unit) -> None:
    client = signed_in(officer(Role.AUDITOR, home))
    assert "ไม่มีงานค้าง" in client.get(MY_WORK).content.decode()
    assert "There is nothing to do" in client.get(in_language(MY_WORK, "en")).content.decode()


@in_both_languages
def test_my_work_leads_to_each_report(home: Unit, language: str) -> None:
    brought_to(home, State.RETURNED)
    html = signed_in(officer(Role.REPORTER, home)).get(in_language(MY_WORK, language)).content.decode()
    assert in_language(PLACE, language) in Page(html).values("href")
    assert "ขาดหลักฐาน" in html


def test_a_long_group_of_work_shows_its_first_lines_and_all_of_them_when_asked(home: Unit) -> None:
    for number in range(1, 16):
        builders.assignment(home, builders.indicator(home, f"2100-{number:04}"))
    client = signed_in(officer(Role.REPORTER, home))
    html = client.get(MY_WORK).content.decode()
    assert html.count('class="work-line"') == 12
    assert "แสดงทั้งหมด 15 รายการ" in html
    assert client.get(f"{MY_WORK}?all=owed").content.decode().count('class="work-line"') == 15


@in_both_languages
def test_a_draft_is_written_and_read_again(home: Unit, language: str) -> None:
    brought_to(home, State.RETURNED)
    client, address = signed_in(officer(Role.REPORTER, home)), in_language(PLACE, language)
    before = client.get(address).content.decode()
    assert before.index("ขาดหลักฐาน") < before.index("<textarea"), "what was asked stands above the form"
    answer = post(client, Step.WRITE, address, narrative="บรรทัดหนึ่ง\r\nบรรทัดสอง", progress="๕๕")
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, address)
    report = Report.objects.get()
    assert (report.narrative, report.progress, report.state) == ("บรรทัดหนึ่ง\nบรรทัดสอง", 55, "draft")
    after = client.get(address).content.decode()
    assert ("บันทึกฉบับร่างแล้ว" if language == "th" else "The draft is saved.") in after


def test_the_year_is_written_on_its_own_page(home: Unit) -> None:
    builders.assignment(home)
    lives.open_for_writing(4)
    client = signed_in(officer(Role.REPORTER, home))
    page = Page(client.get(YEAR_PLACE).content.decode())
    (token,) = {e.attributes["value"] for e in page.tags("input") if e.attributes.get("name") == "seen"}
    client.post(YEAR_PLACE, {"step": "write", "seen": token, "narrative": "ทั้งปี"})
    assert (Report.objects.get().quarter, Report.objects.get().narrative) == (None, "ทั้งปี")


@pytest.mark.parametrize("progress", ["101", "-1", "half", "1.5"])
def test_a_mistake_in_a_form_keeps_all_that_was_typed(home: Unit, progress: str) -> None:
    brought_to(home, State.DRAFT)
    client = signed_in(officer(Role.REPORTER, home))
    html = post(client, Step.WRITE, narrative="พิมพ์ไว้มาก", progress=progress).content.decode()
    assert "พิมพ์ไว้มาก" in html
    assert f'value="{progress}"' in html
    assert "aria-invalid" in html
    assert Report.objects.get().narrative == "ประชุมแล้ว"


def test_a_return_without_a_reason_is_asked_for_one(home: Unit) -> None:
    brought_to(home, State.SUBMITTED)
    client = signed_in(officer(Role.REVIEWER, builders.unit("5001")))
    answer = post(client, Step.RETURN, reason="  ")
    assert answer.status_code == HTTPStatus.OK
    assert Report.objects.get().state == State.SUBMITTED.value
    assert "ระบุเหตุผล" in answer.content.decode()


def test_nothing_is_certified_without_saying_that_it_was_read(home: Unit) -> None:
    brought_to(home, State.ACCEPTED)
    client = signed_in(officer(Role.CERTIFIER, home))
    assert post(client, Step.CERTIFY, sure="").status_code == HTTPStatus.OK
    assert Report.objects.get().state == State.ACCEPTED.value
    assert post(client, Step.CERTIFY).status_code == HTTPStatus.FOUND
    assert Report.objects.get().state == State.CERTIFIED.value


def test_an_empty_report_is_not_endorsed_and_the_page_says_why(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    post(signed_in(officer(Role.REPORTER, home)), Step.WRITE, narrative="")
    report.refresh_from_db()
    answer = post(signed_in(officer(Role.UNIT_HEAD, home, "head")), Step.ENDORSE)
    assert answer.status_code == HTTPStatus.OK
    assert "รายงานยังไม่มีผลการดำเนินงาน" in answer.content.decode()


def test_two_people_see_both_texts_side_by_side_and_choose(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    first = signed_in(officer(Role.REPORTER, home, "first"))
    second = signed_in(officer(Role.REPORTER, home, "second"))
    old = seen()
    assert post(first, Step.WRITE, narrative="ของคนแรก").status_code == HTTPStatus.FOUND
    answer = post(second, Step.WRITE, narrative="ของคนที่สอง", seen=old)
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert Report.objects.get().narrative == "ของคนแรก"
    assert "ของคนที่สอง</textarea>" in html
    assert "<p>ของคนแรก</p>" in html
    assert f'name="seen" value="{seen()}"' in html
    assert post(second, Step.WRITE, narrative="ของคนที่สอง").status_code == HTTPStatus.FOUND
    assert Report.objects.get().narrative == "ของคนที่สอง"


@pytest.mark.parametrize("state", [State.ENDORSED, State.SUBMITTED, State.ACCEPTED, State.CERTIFIED])
def test_a_text_that_comes_too_late_is_shown_again_and_not_lost(home: Unit, state: State) -> None:
    brought_to(home, state)
    answer = post(signed_in(officer(Role.REPORTER, home)), Step.WRITE, narrative="มาช้าไป")
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "มาช้าไป</textarea>" in html
    assert "<p>ประชุมแล้ว</p>" in html
    assert 'value="write"' not in html


def test_a_reason_that_comes_too_late_is_shown_again(home: Unit) -> None:
    brought_to(home, State.ACCEPTED)
    reviewer = signed_in(officer(Role.REVIEWER, builders.unit("5001")))
    answer = post(reviewer, Step.RETURN, reason="เหตุผลยาวมาก")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "เหตุผลยาวมาก" in answer.content.decode()


def test_an_endorsement_of_a_text_that_changed_meanwhile_is_not_done(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    old = seen()
    post(signed_in(officer(Role.REPORTER, home)), Step.WRITE, narrative="เปลี่ยน")
    answer = post(signed_in(officer(Role.UNIT_HEAD, home, "head")), Step.ENDORSE, seen=old)
    assert answer.status_code == HTTPStatus.CONFLICT
    assert Report.objects.get().state == State.DRAFT.value


@pytest.mark.parametrize("typed", [{"step": ""}, {"step": "supersede"}, {"step": "destroy"}])
def test_a_form_that_names_no_step_is_a_bad_request(home: Unit, typed: dict[str, str]) -> None:
    brought_to(home, State.DRAFT)
    answer = signed_in(officer(Role.REPORTER, home)).post(PLACE, typed)
    assert answer.status_code == HTTPStatus.BAD_REQUEST


def test_an_unknown_unit_is_not_found(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = signed_in(officer(Role.REPORTER, home))
    for unit in ("x", "00000000-0000-7000-8000-000000000000", str(home.pk)):
        assert client.get(f"{PLACE}?unit={unit}").status_code == HTTPStatus.NOT_FOUND


def test_texts_are_escaped(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = signed_in(officer(Role.REPORTER, home))
    post(client, Step.WRITE, narrative="<script>alert(1)</script></textarea><b>")
    for address in (PLACE, f"{PLACE}paper/"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(captured)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.UNIT_HEAD, Role.REVIEWER, Role.CERTIFIER])
def test_my_work_asks_no_more_often_for_more_reports(home: Unit, role: Role) -> None:
    client, counts = signed_in(officer(role, home)), []
    for first in (1, 101):
        for number, state in enumerate(lives.WAYS, first):
            lives.report_in(home, state, builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))
        client.get(MY_WORK)
        counts.append(_count(client, MY_WORK))
    assert counts[0] == counts[1] <= 15


def test_the_page_of_a_report_asks_no_more_often_for_a_longer_history(home: Unit) -> None:
    report, client = lives.report_in(home, State.SUBMITTED), signed_in(officer(Role.AUDITOR, home))
    client.get(PLACE)
    before = _count(client, PLACE)
    again: tuple[Callable[[Report], Report], ...] = (lives.give_back, _rewrite, lives.endorse, lives.submit)
    for take in again * 3:
        take(Report.objects.get(pk=report.pk))
    assert _count(client, PLACE) == before <= 27


def _rewrite(report: Report) -> Report:
    number = report.steps.count()
    post(signed_in(officer(Role.REPORTER, report.unit, f"writer-{number}")), Step.WRITE, narrative=f"ครั้งที่ {number}")
    return report


@in_both_languages
def test_what_does_not_fit_what_is_stored_has_its_page(
    home: Unit, client: Client, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def refuse() -> None:
        raise Conflict("ข้อมูลเปลี่ยนแล้ว", "It changed.")

    monkeypatch.setattr(reporting, "fiscal_years", refuse)
    answer = client.get(in_language("/", language))
    assert answer.status_code == HTTPStatus.CONFLICT
    assert {"th": "ข้อมูลเปลี่ยนแล้ว", "en": "It changed."}[language] in answer.content.decode()
    assert len(Page(answer.content.decode()).tags("h1")) == 1


# The level of an imported print


def test_the_level_that_a_print_lost_is_chosen_and_then_ticked_on_the_paper(home: Unit) -> None:
    assignment = builders.assignment(home)
    write_year_report(actor=ROOT, assignment=assignment, narrative="สรุป", printed_level="unknown", now=NOW)
    client = signed_in(officer(Role.REPORTER, home))
    assert client.get(YEAR_PLACE).context["draft"]["printed_level"].value() == "unknown"
    seen_year = report_life(Actor("user:reader", (Held(Role.AUDITOR),)), ReportPlace("2100-0001", YEAR)).token
    typed = {"step": "write", "seen": seen_year, "narrative": "สรุป", "printed_level": "outcome"}
    assert client.post(YEAR_PLACE, typed).status_code == HTTPStatus.FOUND
    assert paper_of("2100-0001", YEAR).level is Level.OUTCOME


def test_a_report_of_our_own_has_the_level_of_its_indicator_and_no_choice(home: Unit) -> None:
    write_year_report(actor=ROOT, assignment=builders.assignment(home), narrative="สรุป", now=NOW)
    draft = signed_in(officer(Role.REPORTER, home)).get(YEAR_PLACE).context["draft"]
    assert "printed_level" not in draft.fields
