"""A project's path through real requests: what is public, who may do what, and that nothing typed is lost."""

from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lakthan.apps.communities.models import Community, CommunitySeat
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.apps.planning.models import (
    CommunityProject,
    DecisionNotice,
    Decline,
    Inclusion,
    Reconsideration,
    WorkConfirmation,
    WorkEvidence,
    WorkProgress,
)
from lakthan.apps.planning.services.decisions import include_project, withdraw_decision
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.apps.planning.services.reconsiderations import answer_reconsideration, ask_reconsideration
from lakthan.apps.planning.services.work import confirm_work, report_work
from lakthan.apps.reporting.paths import project_path
from lakthan.rules.after_decision import Work
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from lakthan.web.staff.paths import letters as letters_page
from tests.apps import builders
from tests.apps.acts.after_decision import declined, included
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY, YEAR
from tests.apps.photos import photo
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db
MOST = 12
OF_COMMUNITIES = {"kind": "share", "population": {"of": "communities"}, "matching": {"fact": "inclusion"}}
INSIDE = "บันทึกภายใน"
PHOTO = photo()
LETTERS, OWN, MY_WORK = reverse("project-letters"), reverse("my-community-projects"), reverse("my-work")


@pytest.fixture
def home() -> Unit:
    """A district, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit()


def path_of(project: CommunityProject) -> str:
    return _address("project-path", project)


def own_of(project: CommunityProject) -> str:
    return _address("my-community-project", project)


def public_of(project: CommunityProject, language: str = "th") -> str:
    return in_language(_address("project", project), language)


def _address(route: str, project: CommunityProject) -> str:
    """In Thai, whatever language the last page was asked in."""
    with translation.override("th"):
        return reverse(route, args=(project.pk,))


def district_officer(home: Unit, login: str = "officer") -> Client:
    return signed_in(officer(Role.DISTRICT_OFFICER, home, login))


def member_of(community: Community, login: str = "member") -> Client:
    """Somebody who speaks for a community."""
    user = officer(Role.COMMUNITY_MEMBER, community.unit, login)
    CommunitySeat.objects.create(
        unit=community.unit, community=community, user=user, valid_from=FOUNDED, recorded_at=NOW
    )
    return signed_in(user)


def report(item: Inclusion, state: Work = Work.DONE, on: date = date(2020, 3, 2), note: str = "") -> None:
    report_work(actor=ROOT, inclusion=item, effective_on=on, state=state, note=note, now=NOW)


def sent(decision: Inclusion | Decline, act: str, **typed: object) -> dict[str, object]:
    return {"act": act, "decision": str(decision.pk), **typed}


# The public page


@in_both_languages
def test_the_public_page_tells_what_has_not_happened_yet(home: Unit, client: Client, language: str) -> None:
    page = client.get(public_of(included(home).project, language)).content.decode()
    said = {
        "th": ("ยังไม่มีบันทึกการแจ้งผล", "ยังไม่มีรายงานความก้าวหน้า", "ยังไม่มีบันทึกการยืนยัน", "ไม่มีบันทึก"),
        "en": (
            "No notice is recorded yet.",
            "No progress is reported yet.",
            "No confirmation is recorded yet.",
            "Not recorded",
        ),
    }
    assert [text for text in said[language] if text not in page] == []


def test_the_public_page_keeps_what_is_said_among_officers_and_communities(home: Unit, client: Client) -> None:
    item = included(home)
    report(item, note=INSIDE)
    confirm_work(actor=ROOT, inclusion=item, effective_on=TODAY, is_done=True, note=INSIDE, now=NOW)
    page = client.get(public_of(item.project)).content.decode()
    assert INSIDE not in page
    assert "งานแล้วเสร็จ" in page
    inside = district_officer(home).get(path_of(item.project)).content.decode()
    assert inside.count(INSIDE) == 2


def test_reasons_of_a_community_are_not_published(home: Unit, client: Client) -> None:
    decision = declined(home)
    asked = ask_reconsideration(
        actor=ROOT, decline=decision, reasons=INSIDE, effective_on=TODAY, document="หนังสือ 1", now=NOW
    )
    answer_reconsideration(
        actor=ROOT,
        reconsideration=asked,
        is_upheld=False,
        answer=INSIDE,
        answered_on=TODAY,
        document="กท 5001/20",
        now=NOW,
    )
    page = client.get(public_of(decision.project)).content.decode()
    assert INSIDE not in page
    assert "คงมติเดิม" in page
    assert INSIDE in member_of(decision.project.plan.community).get(own_of(decision.project)).content.decode()


def test_a_project_counts_in_the_figures_that_count_its_inclusion(home: Unit, client: Client) -> None:
    bureau = builders.bureau()
    builders.assignment(bureau)
    item = included(home)
    (counted,) = project_path(item.project_id).counted_in
    assert (counted.code, counted.fiscal_year, counted.quarters) == ("2100-0001", YEAR, (2, 3))
    link = reverse("district-trace", args=("2100-0001", YEAR, 3, "5001"))
    assert link in client.get(public_of(item.project)).content.decode()
    assert client.get(link).status_code == HTTPStatus.OK
    withdraw_decision(actor=ROOT, decision=item, ended_on=date(2020, 4, 20), reason="พิมพ์ผิด", now=NOW)
    (counted,) = project_path(item.project_id).counted_in
    assert counted.quarters == (2,), "a withdrawn inclusion counts in what was cut off before"


def test_a_declined_project_counts_in_no_figure_of_inclusions(home: Unit) -> None:
    builders.assignment(builders.bureau())
    assert project_path(declined(home).project_id).counted_in == ()


def test_withdrawn_decisions_stay_on_the_path(home: Unit, client: Client) -> None:
    item = included(home)
    withdraw_decision(actor=ROOT, decision=item, ended_on=date(2020, 3, 2), reason="เจ้าของไม่ยินยอม", now=NOW)
    page = client.get(public_of(item.project)).content.decode()
    assert "ยกเลิกมติเมื่อ" in page
    assert "เจ้าของไม่ยินยอม" in page


def test_a_review_shows_whether_the_project_stands_in_it_again(home: Unit) -> None:
    item = included(home)
    community = item.project.plan.community
    builders.plan(community, on=date(2020, 4, 1))
    (later,) = project_path(item.project_id).later_plans
    assert (later.kind, later.project is not None) == ("review", True)


# Who may


def test_outsiders_find_no_path_and_roles_without_the_right_are_refused(home: Unit) -> None:
    item = included(home)
    elsewhere = builders.unit("5002")
    assert district_officer(elsewhere, "elsewhere").get(path_of(item.project)).status_code == HTTPStatus.NOT_FOUND
    for role in (role for role in Role if role is not Role.OPERATOR):
        client = signed_in(officer(role, home, f"role-{role}"))
        scope = PERMISSIONS[Action.READ_DISTRICT_RECORDS].get(role)
        expected = HTTPStatus.OK if scope in (Scope.OWN_UNIT, Scope.ANY_UNIT) else HTTPStatus.FORBIDDEN
        assert client.get(path_of(item.project)).status_code == expected, role


def test_the_director_answers_and_does_not_report_work(home: Unit) -> None:
    item = included(home)
    director = signed_in(officer(Role.DISTRICT_DIRECTOR, home, "director"))
    typed = sent(item, "work", state="done", effective_on="2/3/2563")
    assert director.post(path_of(item.project), typed).status_code == HTTPStatus.FORBIDDEN
    assert not WorkProgress.objects.exists()


def test_a_member_sees_the_projects_of_the_own_community_alone(home: Unit) -> None:
    item = included(home)
    other = builders.project(home, "ชุมชนตัวอย่าง 2")
    member = member_of(item.project.plan.community)
    assert member.get(own_of(item.project)).status_code == HTTPStatus.OK
    assert member.get(own_of(other)).status_code == HTTPStatus.NOT_FOUND
    listed = member.get(OWN).content.decode()
    assert own_of(item.project) in listed
    assert own_of(other) not in listed


# What officers do


def test_an_officer_reports_work_and_a_mistake_keeps_what_was_typed(home: Unit) -> None:
    item, client = included(home), district_officer(home)
    wrong = client.post(path_of(item.project), sent(item, "work", state="stopped", effective_on="๒/๓/๒๕๖๓", note=" "))
    assert wrong.status_code == HTTPStatus.OK
    assert "๒/๓/๒๕๖๓" in wrong.content.decode()
    good = sent(item, "work", state="under-way", effective_on="๒/๓/๒๕๖๓", note="ทำสัญญาแล้ว")
    assert client.post(path_of(item.project), good).status_code == HTTPStatus.FOUND
    assert WorkProgress.objects.get().effective_on == date(2020, 3, 2)


def test_a_photograph_is_kept_and_served_to_be_saved(home: Unit, settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    item, client = included(home), district_officer(home)
    photo = SimpleUploadedFile("after.jpg", PHOTO)
    assert client.post(path_of(item.project), sent(item, "proof", file=photo, proves="หลังทำ")).status_code == 302
    kept = reverse("project-path-file", args=(item.project_id, WorkEvidence.objects.get().pk))
    answer = client.get(kept)
    assert b"".join(answer) == PHOTO
    assert "attachment" in answer["Content-Disposition"]
    assert Client().get(public_of(item.project)).content.decode().count("หลังทำ") == 1
    elsewhere = district_officer(builders.unit("5002"), "elsewhere")
    assert elsewhere.get(kept).status_code == HTTPStatus.NOT_FOUND


def test_a_request_waits_in_the_officers_work_and_is_answered_once(home: Unit) -> None:
    decision, client = declined(home), district_officer(home)
    member = member_of(decision.project.plan.community)
    assert member.post(own_of(decision.project), sent(decision, "ask", reasons="ที่ดินเป็นของเขต")).status_code == 302
    assert path_of(decision.project) in client.get(MY_WORK).content.decode()
    typed = sent(decision, "answer", outcome="upheld", answer="ตรวจแล้ว", document="กท 1", answered_on="1/6/2563")
    assert client.post(path_of(decision.project), typed).status_code == HTTPStatus.FOUND
    assert Reconsideration.objects.get().is_upheld
    assert client.post(path_of(decision.project), typed).status_code == HTTPStatus.CONFLICT
    assert "โปรดยกเลิกมติไม่บรรจุ" in client.get(path_of(decision.project)).content.decode()


def test_a_second_request_is_in_the_wrong_state(home: Unit) -> None:
    decision = declined(home)
    member, typed = member_of(decision.project.plan.community), sent(decision, "ask", reasons="เหตุผล")
    assert member.post(own_of(decision.project), typed).status_code == HTTPStatus.FOUND
    assert member.post(own_of(decision.project), typed).status_code == HTTPStatus.CONFLICT


def test_a_member_confirms_and_what_is_missing_is_said(home: Unit) -> None:
    item = included(home)
    report(item)
    member = member_of(item.project.plan.community)
    nothing = member.post(own_of(item.project), sent(item, "confirm", word="missing", note=""))
    assert nothing.status_code == HTTPStatus.OK
    assert not WorkConfirmation.objects.exists()
    assert member.post(own_of(item.project), sent(item, "confirm", word="done", note="")).status_code == 302
    assert WorkConfirmation.objects.get().is_done


@pytest.mark.parametrize("typed", [{"act": "no-such"}, {"act": "work", "decision": "x"}])
def test_a_form_that_makes_no_sense_is_refused(home: Unit, typed: dict[str, str]) -> None:
    answer = district_officer(home).post(path_of(included(home).project), typed)
    assert answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)


def test_work_cannot_be_reported_on_what_was_declined(home: Unit) -> None:
    decision = declined(home)
    typed = sent(decision, "work", state="done", effective_on="2/3/2563")
    assert district_officer(home).post(path_of(decision.project), typed).status_code == HTTPStatus.NOT_FOUND


# Letters


def test_letters_are_recorded_once_and_leave_the_queue(home: Unit) -> None:
    item, client = included(home), district_officer(home)
    address = f"{LETTERS}?district=5001&fiscal-year=2563"
    assert "ต้องแจ้งชุมชน 1 มติ" in client.get(MY_WORK).content.decode()
    wrong = client.post(address, {"decision": str(item.pk), "document": "", "day": "1/6/2563", "act": "letters"})
    assert wrong.status_code == HTTPStatus.OK
    assert not DecisionNotice.objects.exists()
    typed = {"decision": str(item.pk), "document": "กท 5001/9", "day": "1/6/2563", "act": "letters"}
    for _ in range(2):
        assert client.post(address, typed).status_code == HTTPStatus.FOUND
    assert DecisionNotice.objects.get().document == "กท 5001/9"
    assert "ต้องแจ้งชุมชน" not in client.get(MY_WORK).content.decode()
    assert "แจ้งครบทุกชุมชนแล้ว" in client.get(address).content.decode()


def test_what_was_withdrawn_after_it_was_told_waits_to_be_told_and_is_told_once(home: Unit) -> None:
    item, client = included(home), district_officer(home)
    address = f"{LETTERS}?district=5001&fiscal-year=2563"
    typed = {"decision": str(item.pk), "document": "กท 5001/9", "day": "2/3/2563", "act": "letters"}
    client.post(address, typed)
    withdraw_decision(actor=ROOT, decision=item, ended_on=date(2020, 3, 9), reason="เจ้าของไม่ยินยอม", now=NOW)
    assert "ยกเลิกหลังแจ้ง 1 มติ" in client.get(MY_WORK).content.decode()
    assert "ต้องแจ้งชุมชน" in client.get(address).content.decode()
    assert "แจ้งชุมชนว่ายกเลิกมติของปี 2563" in client.get(path_of(item.project)).content.decode()
    assert "ยังไม่มีบันทึกการแจ้งยกเลิกมติ" in Client().get(public_of(item.project)).content.decode()
    typed |= {"document": "กท 5001/19", "day": "10/3/2563"}
    for _ in range(2):
        assert client.post(address, typed).status_code == HTTPStatus.FOUND
    assert sorted(DecisionNotice.objects.values_list("document", "is_withdrawn")) == [
        ("กท 5001/19", True),
        ("กท 5001/9", False),
    ]
    assert "ต้องแจ้งชุมชน" not in client.get(MY_WORK).content.decode()
    assert "เรื่องยกเลิกมติ" in Client().get(public_of(item.project)).content.decode()


def test_nothing_ticked_tells_nobody(home: Unit) -> None:
    included(home)
    client = district_officer(home)
    answer = client.post(f"{LETTERS}?fiscal-year=2563", {"document": "กท 1", "day": "1/6/2563", "act": "letters"})
    assert answer.status_code == HTTPStatus.OK
    assert not DecisionNotice.objects.exists()


def test_the_page_says_how_long_many_letters_take(home: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = included(home).action_plan
    client, address = district_officer(home), f"{LETTERS}?fiscal-year=2563"
    assert "letter-long" not in client.get(address).content.decode()
    monkeypatch.setattr(letters_page, "MANY", 1)
    builders.inclusion(builders.project(home, "ชุมชนตัวอย่าง 2"), plan, item=2)
    assert "หนังสือ 2 ฉบับใช้เวลาพิมพ์ประมาณ 1 วินาที" in client.get(address).content.decode()


def test_letters_come_as_a_pdf_and_of_ones_own_district_alone(home: Unit) -> None:
    included(home)
    address = f"{reverse('project-letters-pdf')}?district=5001&fiscal-year=2563"
    answer = district_officer(home).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    elsewhere = district_officer(builders.unit("5002"), "elsewhere")
    assert elsewhere.get(address).status_code == HTTPStatus.NOT_FOUND
    assert elsewhere.get(reverse("project-letters-pdf")).status_code == HTTPStatus.NOT_FOUND


def test_without_a_mail_server_the_page_says_so(home: Unit) -> None:
    item = included(home)
    member_of(item.project.plan.community)
    client = district_officer(home)
    answer = client.post(f"{LETTERS}?fiscal-year=2563", {"decision": str(item.pk), "act": "mail", "day": "1/6/2563"})
    assert "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล" in answer.content.decode()


# How often the pages ask


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(captured)


def test_the_pages_ask_no_more_often_when_there_is_more(home: Unit, client: Client) -> None:
    bureau = builders.bureau()
    builders.assignment(bureau)
    builders.assignment(bureau, builders.indicator(bureau, "2100-0002", OF_COMMUNITIES))
    item = included(home)
    project, community = item.project, item.project.plan.community
    officer_, member = district_officer(home), member_of(community)
    report(item)
    addresses = {
        public_of(project): (client, MOST),
        path_of(project): (officer_, MOST),
        own_of(project): (member, MOST),
        OWN: (member, MOST),
        f"{LETTERS}?fiscal-year=2563&show=all": (officer_, MOST),
    }
    for address, (of, _) in addresses.items():
        of.get(address)  # the first page of a session keeps the session
    before = {address: count(of, address) for address, (of, _) in addresses.items()}
    again = builders.plan(community, on=date(2020, 2, 3), projects=4)
    for number, more in enumerate(again.projects.order_by("number"), start=2):
        builders.inclusion(more, item.action_plan, item=number)
    later = builders.action_plan(home, YEAR + 1)
    second = include_project(
        actor=ROOT,
        action_plan=later,
        project=project,
        item_number=1,
        effective_on=date(2020, 5, 4),
        document="2",
        now=NOW,
    )
    for state, on in ((Work.UNDER_WAY, date(2020, 5, 5)), (Work.DONE, date(2020, 5, 18))):
        report(second, state, on)
    tell_communities(
        actor=ROOT,
        unit=home,
        decisions=[item, second],
        way=DecisionNotice.Way.LETTER,
        effective_on=TODAY,
        document="1",
        now=NOW,
    )
    after = {address: count(of, address) for address, (of, _) in addresses.items()}
    assert after == before
    assert {address: n for address, n in after.items() if n > addresses[address][1]} == {}


def test_a_member_without_a_seat_is_told_who_gives_it(home: Unit) -> None:
    user = builders.user("seatless")
    give_role(actor=ROOT, user=user, unit=home, role=Role.COMMUNITY_MEMBER, valid_from=FOUNDED, now=NOW)
    assert "โปรดแจ้งเจ้าหน้าที่เขต" in signed_in(user).get(OWN).content.decode()
