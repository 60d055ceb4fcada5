"""The page of a review: who may open it and act on it, what it shows, and that nothing that was typed is lost."""

import base64
from http import HTTPStatus
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.apps.reporting.life import ReportPlace, report_life
from lakthan.apps.reporting.models import Report, ReportEvidence, Review, ReviewComment, ReviewScore
from lakthan.apps.reporting.services.attachments import attach_evidence
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Held, Role, Scope
from lakthan.rules.review import Section
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import FOUNDED, NOW, ROOT, YEAR
from tests.web.pages import Page, in_both_languages, in_language

pytestmark = pytest.mark.django_db

PLACE = reverse("work-quarter-review", args=("2100-0001", YEAR, 2))
REPORT = reverse("work-quarter", args=("2100-0001", YEAR, 2))
MY_WORK = reverse("my-work")
ROLES = [role for role in Role if role is not Role.OPERATOR]
STATES = [State.DRAFT, State.ENDORSED, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.CERTIFIED]
SUBMITTED_ONCE = {State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.CERTIFIED}


@pytest.fixture
def home() -> Unit:
    set_up_city(
        actor=ROOT, name_th="เมืองตัวอย่าง", name_en="Sample city", is_demonstration=True, simulated_now=NOW, now=NOW
    )
    return builders.bureau()


def officer(role: Role, unit: Unit, login: str = "officer") -> User:
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reviewer() -> Client:
    return signed_in(officer(Role.REVIEWER, builders.unit("5001"), "reviewer"))


def seen() -> str:
    return report_life(Actor("user:reader", (Held(Role.AUDITOR),)), ReportPlace("2100-0001", YEAR, 2)).whole_token


def post(client: Client, **typed: Any) -> Any:
    return client.post(PLACE, {"seen": seen(), "step": ""} | typed)


def mended(report: Report, narrative: str = "ประชุมแล้ว 43 เขต") -> Report:
    """Returned with a comment, written anew, and submitted again."""
    lives.give_back(report)
    return lives.submit(lives.endorse(lives.rewrite(Report.objects.get(pk=report.pk), narrative)))


def _expected(role: Role, at_home: bool, state: State) -> HTTPStatus:
    scope = PERMISSIONS[Action.READ_REVIEW].get(role)
    if scope is None:
        return HTTPStatus.FORBIDDEN
    if scope is Scope.OWN_UNIT and not at_home:
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.OK if state in SUBMITTED_ONCE else HTTPStatus.NOT_FOUND


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("state", STATES)
def test_every_role_opens_and_enters_what_the_tables_say(home: Unit, state: State) -> None:
    other = builders.unit("5001")
    lives.report_in(home, state)
    for number, (role, unit) in enumerate(product(ROLES, (home, other))):
        client = signed_in(officer(role, unit, f"officer-{number}"))
        expected = _expected(role, unit == home, state)
        assert client.get(PLACE).status_code == expected, (role, unit.name_en)
        if expected is HTTPStatus.OK:
            judges = role is Role.REVIEWER and unit == other
            scored = {"score-correspondence": "50"}
            may_score, may_comment = state in (State.SUBMITTED, State.ACCEPTED), state is State.SUBMITTED
            entered = HTTPStatus.FOUND if may_score else HTTPStatus.CONFLICT
            ended = HTTPStatus.FOUND if may_comment else HTTPStatus.CONFLICT
            for typed, answer in ((scored, entered), ({"step": "accept"}, ended)):
                with transaction.atomic():
                    given = post(client, **typed).status_code
                    transaction.set_rollback(True)
                assert given == (answer if judges else HTTPStatus.FORBIDDEN), (role, unit.name_en, typed)


def test_a_visitor_is_asked_to_sign_in(client: Client, home: Unit) -> None:
    lives.report_in(home, State.SUBMITTED)
    assert client.get(PLACE).status_code == HTTPStatus.FOUND
    assert post(client, **{"comment-narrative": "ก"}).status_code == HTTPStatus.FOUND
    assert not ReviewComment.objects.exists()


@in_both_languages
def test_a_first_submission_says_that_there_is_nothing_to_compare(home: Unit, language: str) -> None:
    lives.report_in(home, State.SUBMITTED)
    html = reviewer().get(in_language(PLACE, language)).content.decode()
    assert {"th": "ส่งครั้งแรก", "en": "First submission"}[language] in html
    assert not Page(html).tags("ins")
    assert {"th": "ยังไม่ประเมิน", "en": "Not evaluated"}[language] in html


@in_both_languages
def test_a_later_submission_shows_what_changed_beside_what_was_asked(home: Unit, language: str) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    lives.comment(report)
    mended(report)
    page = reviewer().get(in_language(PLACE, language))
    html = page.content.decode()
    assert "ระบุจำนวนชุมชน" in html
    assert '<ins class="number">43</ins>' in html
    narrative = next(section for section, _, _ in page.context["sections"] if section.section is Section.NARRATIVE)
    assert (narrative.is_changed, len(narrative.asked)) == (True, 1)


def test_what_changed_is_told_of_a_comment_on_the_submission_that_is_compared_with(home: Unit) -> None:
    report, client, told = lives.report_in(home, State.SUBMITTED), reviewer(), "หลังจากนั้น"
    lives.comment(report)
    mended(report, "ครั้งที่สอง")
    assert told in client.get(PLACE).content.decode()
    mended(report, "ครั้งที่สาม")
    assert told not in client.get(PLACE).content.decode(), "an older comment may have been mended before"


def test_all_that_was_typed_is_entered_together(home: Unit) -> None:
    lives.report_in(home, State.SUBMITTED)
    client = reviewer()
    typed = {"comment-narrative": "ระบุจำนวน\r\nและวันที่", "comment-figure": "ตรวจตัวหาร", "comment-obstacles": " "}
    given = post(client, **typed, **{"score-correspondence": "50", "note-correspondence": "ขาดหลักฐาน"})
    assert given.status_code == HTTPStatus.FOUND
    assert {(row.section, row.text) for row in ReviewComment.objects.all()} == {
        ("narrative", "ระบุจำนวน\nและวันที่"),
        ("figure", "ตรวจตัวหาร"),
    }
    assert ReviewScore.objects.get().note == "ขาดหลักฐาน"
    assert (
        post(client, step="return", reason="แก้ตามความเห็น", **{"comment-obstacles": "ยังว่าง"}).status_code
        == HTTPStatus.FOUND
    )
    assert (Report.objects.get().state, ReviewComment.objects.count()) == (State.RETURNED.value, 3)
    assert ReviewScore.objects.count() == 1


def test_a_return_without_a_reason_stores_nothing_and_keeps_what_was_typed(home: Unit) -> None:
    lives.report_in(home, State.SUBMITTED)
    given = post(
        reviewer(), step="return", reason=" ", **{"comment-narrative": "พิมพ์ไว้นาน", "score-correspondence": "50"}
    )
    assert given.status_code == HTTPStatus.OK
    html = given.content.decode()
    assert "พิมพ์ไว้นาน</textarea>" in html
    assert not ReviewComment.objects.exists()
    assert not Review.objects.exists()
    assert Report.objects.get().state == State.SUBMITTED.value
    checked = [e for e in Page(html).tags("input") if "checked" in e.attributes]
    assert [e.attributes["value"] for e in checked] == ["50"]


def test_what_comes_after_the_review_ended_is_shown_again(home: Unit) -> None:
    report, client = lives.report_in(home, State.SUBMITTED), reviewer()
    client.get(PLACE)
    lives.give_back(report)
    given = post(client, **{"comment-narrative": "มาช้าไป"})
    assert given.status_code == HTTPStatus.CONFLICT
    assert "มาช้าไป" in given.content.decode()


def test_a_review_of_a_text_that_changed_meanwhile_enters_nothing(home: Unit) -> None:
    report, client, old = lives.report_in(home, State.SUBMITTED), reviewer(), seen()
    mended(report)
    given = post(client, seen=old, step="accept", **{"comment-narrative": "ของฉบับก่อน"})
    assert given.status_code == HTTPStatus.CONFLICT
    assert "ของฉบับก่อน" in given.content.decode()
    assert Report.objects.get().state == State.SUBMITTED.value


def test_comments_are_taken_back_and_settled_by_a_button(home: Unit) -> None:
    report, client = lives.report_in(home, State.SUBMITTED), reviewer()
    kept, wrong = lives.comment(report), lives.comment(report, text="ผิดที่")
    assert post(client, withdraw=str(wrong.pk)).status_code == HTTPStatus.FOUND
    assert "ผิดที่" not in client.get(PLACE).content.decode()
    mended(report)
    assert post(client, settle=str(kept.pk)).status_code == HTTPStatus.FOUND
    assert ReviewComment.objects.get(pk=kept.pk).settled_at == NOW
    assert post(client, settle=str(wrong.pk)).status_code == HTTPStatus.NOT_FOUND


def test_a_unit_sees_neither_comments_nor_scores_before_they_are_sent(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    lives.comment(report)
    for role in (Role.REPORTER, Role.UNIT_HEAD):
        html = signed_in(officer(role, home, role)).get(PLACE).content.decode()
        assert "ระบุจำนวนชุมชน" not in html
        assert 'id="score"' not in html
    assert "ระบุจำนวนชุมชน" in signed_in(officer(Role.AUDITOR, home, "auditor")).get(PLACE).content.decode()
    lives.accept(Report.objects.get())
    html = signed_in(officer(Role.REPORTER, home, "another")).get(PLACE).content.decode()
    assert "ระบุจำนวนชุมชน" in html
    assert 'id="score"' in html


def test_a_reviewer_of_the_same_division_is_told_that_another_reviews(home: Unit) -> None:
    lives.report_in(home, State.SUBMITTED)
    html = signed_in(officer(Role.REVIEWER, home)).get(PLACE).content.decode()
    assert "ให้ส่วนราชการอื่นเป็นผู้ตรวจ" in html
    assert not [e for e in Page(html).tags("button") if e.attributes.get("name") == "step"]


def test_a_returned_report_is_compared_as_it_stands(home: Unit) -> None:
    report = lives.report_in(home, State.RETURNED)
    lives.rewrite(report, "ประชุมแล้ว 43 เขต")
    html = signed_in(officer(Role.UNIT_HEAD, home)).get(PLACE).content.decode()
    assert '<ins class="number">43</ins>' in html


def test_figure_and_evidence_are_compared_too(home: Unit) -> None:
    district = builders.unit("5001")
    report = lives.report_in(home, State.SUBMITTED)
    builders.inclusion(builders.project(district), builders.action_plan(district))
    lives.give_back(report)
    attach_evidence(actor=ROOT, report=report, evidence=builders.evidence(home), proves="รายงานการประชุม", now=NOW)
    lives.submit(lives.endorse(lives.rewrite(report)))
    page = signed_in(officer(Role.REVIEWER, builders.unit("5002"), "reviewer")).get(PLACE)
    html = page.content.decode()
    assert page.context["page"].about_figure.is_changed
    assert page.context["page"].about_files.is_changed
    assert "minutes.txt" in html
    assert "เพิ่มใหม่" in html
    assert page.context["page"].has_moved, "a district more since the submission"


def test_texts_are_escaped(home: Unit) -> None:
    report = lives.report_in(home, State.SUBMITTED)
    lives.comment(report, text="<script>alert(1)</script>")
    mended(report, "<script>alert(2)</script>")
    html = reviewer().get(PLACE).content.decode()
    assert "<script>alert" not in html


def test_the_page_of_a_review_asks_no_more_often_for_more_comments(home: Unit) -> None:
    report, client, counts = lives.report_in(home, State.SUBMITTED), reviewer(), []
    for _ in range(2):
        for section in Section:
            lives.comment(report, section)
        mended(report, f"ครั้งที่ {report.snapshots.count()}")
        lives.comment(report)
        client.get(PLACE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PLACE)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 45


# The form of the reporter


def _returned_with_comments(home: Unit) -> tuple[Report, ReviewComment, ReviewComment]:
    report = lives.report_in(home, State.SUBMITTED)
    of_text, of_figure = lives.comment(report), lives.comment(report, Section.FIGURE, "ตรวจตัวหาร")
    return lives.give_back(report), of_text, of_figure


def _write(client: Client, narrative: str = "ประชุมแล้ว", **typed: str) -> Any:
    reader = Actor("user:reader", (Held(Role.AUDITOR),))
    token = report_life(reader, ReportPlace("2100-0001", YEAR, 2)).token
    return client.post(REPORT, {"step": "write", "seen": token, "narrative": narrative, "progress": ""} | typed)


@in_both_languages
def test_the_reporter_finds_each_comment_beside_its_field(home: Unit, language: str) -> None:
    _, of_text, of_figure = _returned_with_comments(home)
    client = signed_in(officer(Role.REPORTER, home))
    html = client.get(in_language(REPORT, language)).content.decode()
    section = html.index('id="section-narrative"')
    assert section < html.index(f'id="comment-{of_text.pk}"') < html.index('id="section-supporting_factors"')
    assert f'id="answer-{of_figure.pk}"' in html
    assert f"#comment-{of_text.pk}" in Page(html).values("href")
    work = client.get(in_language(MY_WORK, language)).content.decode()
    assert {"th": "ที่ยังไม่ตอบ 2 ข้อ", "en": "2 comments of the reviewer"}[language] in work


def test_answers_are_saved_with_the_draft(home: Unit) -> None:
    _, of_text, of_figure = _returned_with_comments(home)
    client = signed_in(officer(Role.REPORTER, home))
    mends = {f"answer-{of_text.pk}": "เติมแล้ว\r\nทั้งสองแห่ง", f"mended-{of_text.pk}": "on", f"answer-{of_figure.pk}": ""}
    assert _write(client, "ประชุมแล้ว 43 เขต", **mends).status_code == HTTPStatus.FOUND
    of_text.refresh_from_db()
    assert (of_text.answer, of_text.is_mended) == ("เติมแล้ว\nทั้งสองแห่ง", True)
    of_figure.refresh_from_db()
    assert of_figure.is_mended is None
    assert Report.objects.get().state == State.DRAFT.value
    html = signed_in(officer(Role.UNIT_HEAD, home, "head")).get(REPORT).content.decode()
    assert "1 ข้อยังไม่มีคำตอบ แต่ยังส่งรายงานได้" in html


def test_an_answer_alone_takes_a_returned_report_back_into_writing(home: Unit) -> None:
    _, of_text, _ = _returned_with_comments(home)
    client = signed_in(officer(Role.REPORTER, home))
    assert _write(client).status_code == HTTPStatus.OK, "nothing changed and nothing answered"
    assert _write(client, **{f"answer-{of_text.pk}": "ถูกต้องแล้ว ตามหนังสือที่แนบ"}).status_code == HTTPStatus.FOUND
    of_text.refresh_from_db()
    assert (of_text.is_mended, Report.objects.get().state) == (False, State.DRAFT.value)


def test_an_answer_that_somebody_gave_meanwhile_is_not_written_over(home: Unit) -> None:
    _, of_text, _ = _returned_with_comments(home)
    first, second = (signed_in(officer(Role.REPORTER, home, login)) for login in ("first", "second"))
    assert _write(first, **{f"answer-{of_text.pk}": "ของคนแรก"}).status_code == HTTPStatus.FOUND
    given = _write(second, **{f"answer-{of_text.pk}": "ของคนที่สอง"})
    assert given.status_code == HTTPStatus.CONFLICT
    html = given.content.decode()
    assert "ของคนที่สอง</textarea>" in html
    assert "ของคนแรก" in html
    of_text.refresh_from_db()
    assert of_text.answer == "ของคนแรก"
    assert _write(second, **{f"answer-{of_text.pk}": ""}).status_code == HTTPStatus.FOUND, "an old tab empties nothing"
    of_text.refresh_from_db()
    assert of_text.answer == "ของคนแรก"


def test_an_answer_to_a_comment_of_another_report_is_refused(home: Unit) -> None:
    _returned_with_comments(home)
    other = lives.report_in(home, State.SUBMITTED, builders.assignment(home, builders.indicator(home, "2100-0009")))
    comment = lives.comment(other)
    lives.give_back(other)
    given = _write(signed_in(officer(Role.REPORTER, home)), **{f"answer-{comment.pk}": "ก", "answer-x": "ข"})
    assert given.status_code == HTTPStatus.NOT_FOUND
    comment.refresh_from_db()
    assert comment.is_mended is None


def test_a_comment_is_not_shown_once_it_is_settled_or_taken_back(home: Unit) -> None:
    report, of_text, of_figure = _returned_with_comments(home)
    lives.submit(lives.endorse(lives.rewrite(report)))
    assert post(reviewer(), settle=str(of_text.pk)).status_code == HTTPStatus.FOUND
    lives.give_back(report)
    html = signed_in(officer(Role.REPORTER, home)).get(REPORT).content.decode()
    assert f"comment-{of_text.pk}" not in html
    assert f"comment-{of_figure.pk}" in html


# Files of evidence

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n%%EOF\n"


def _with_files(home: Unit, **files: bytes) -> Report:
    report = lives.report_in(home, State.DRAFT)
    for name, content in files.items():
        kept = store_evidence(actor=ROOT, unit=home, content=content, name=name, now=NOW)
        attach_evidence(actor=ROOT, report=report, evidence=kept, proves="รายงานการประชุม", now=NOW)
    return lives.submit(lives.endorse(report))


def test_files_are_read_on_the_page_or_in_a_window(home: Unit) -> None:
    _with_files(home, picture=PNG, letter=PDF, minutes="บันทึก<script>".encode("cp874"))
    client = reviewer()
    html = client.get(PLACE).content.decode()
    assert "บันทึก&lt;script&gt;" in html
    shown = dict(_shown_files(html))
    assert shown.keys() == {"picture", "letter"}
    for name, content in (("picture", PNG), ("letter", PDF)):
        answer = client.get(shown[name])
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]


def _shown_files(html: str) -> list[tuple[str, str]]:
    names = {str(row.pk): row.evidence.name for row in ReportEvidence.objects.select_related("evidence")}
    addresses = {href for href in Page(html).values("href") if "/review/files/" in href}
    return [(names[address.split("/")[-2]], address) for address in addresses]


def test_other_files_are_saved_and_not_shown(home: Unit) -> None:
    _with_files(home, minutes="บันทึก".encode())
    link = ReportEvidence.objects.get()
    assert reviewer().get(f"{PLACE}files/{link.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_files_are_shown_to_those_who_may_read_the_report(home: Unit) -> None:
    _with_files(home, letter=PDF)
    address = f"{PLACE}files/{ReportEvidence.objects.get().pk}/"
    other = builders.unit("5001")
    expected = {
        (Role.REPORTER, home): HTTPStatus.OK,
        (Role.AUDITOR, other): HTTPStatus.OK,
        (Role.REPORTER, other): HTTPStatus.NOT_FOUND,
        (Role.EXECUTIVE, other): HTTPStatus.FORBIDDEN,
    }
    for number, ((role, unit), status) in enumerate(expected.items()):
        answer = signed_in(officer(role, unit, f"officer-{number}")).get(address)
        b"".join(getattr(answer, "streaming_content", ()))  # read to its end, which closes it
        assert answer.status_code == status, role
    elsewhere = reverse("work-quarter-review", args=("2100-0001", YEAR, 3))
    assert (
        reviewer_of(other).get(f"{elsewhere}files/{ReportEvidence.objects.get().pk}/").status_code
        == HTTPStatus.NOT_FOUND
    )


def reviewer_of(unit: Unit) -> Client:
    return signed_in(officer(Role.REVIEWER, unit, "reviewer"))
