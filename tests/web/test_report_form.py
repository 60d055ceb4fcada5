"""The form of a report beside its text: files, notes, values, what is not saved yet, and the paper beside it."""

import re
import zipfile
from http import HTTPStatus
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import (
    DatedNote,
    Report,
    ReportedValue,
    ReportEvidence,
    StepCompletion,
    WorkingText,
)
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.snapshots import newest_snapshot
from lakthan.core.errors import UserError
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Held, Role, Scope
from lakthan.rules.workflow import State, Step, require_step
from tests.apps import builders, lives
from tests.apps.builders import YEAR
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import (
    ANSWERS,
    PLACE,
    ROLES,
    STATES,
    YEAR_PLACE,
    brought_to,
    home,
    officer,
    post,
    seen,
    signed_in,
)

__all__ = ["home"]
pytestmark = pytest.mark.django_db

CONTENTS = f"{PLACE}contents/"
WORKING = f"{PLACE}working-text/"
PREVIEW = f"{PLACE}preview/"
PDF = b"%PDF-1.7 minutes"
SCRIPT = {"HTTP_ACCEPT": "application/json", "HTTP_SEC_FETCH_MODE": "cors"}


def pdf(name: str = "minutes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def plain(answer: Any) -> str:
    """A page without what keeps lines from breaking in a term."""
    html: str = answer.content.decode()
    return re.sub('\u200b|<span class="term">([^<]*)</span>', r"\1", html)


def attach(client: Client, *files: SimpleUploadedFile, proves: Any = "ประชุมแล้ว", **more: Any) -> Any:
    return client.post(CONTENTS, {"act": "attach", "files": list(files), "proves": proves, **more})


def reporter(home: Unit, login: str = "officer") -> Client:
    return signed_in(officer(Role.REPORTER, home, login))


# Files


def test_several_files_are_attached_at_once_each_with_what_it_proves(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    answer = attach(client, pdf("ก.pdf"), pdf("ข.txt", "มติ".encode()), proves=["บันทึก", "มติ"], section=["narrative", ""])
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"{PLACE}#files")
    rows = ReportEvidence.objects.order_by("recorded_at", "pk").values_list("evidence__name", "proves", "section")
    assert list(rows) == [("ก.pdf", "บันทึก", "narrative"), ("ข.txt", "มติ", "")]
    html = client.get(PLACE).content.decode()
    assert "ก.pdf" in html
    assert ReportEvidence.objects.get(evidence__name="ก.pdf").evidence.digest[:12] in html


def test_one_line_says_what_all_files_prove_where_no_script_runs(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    attach(reporter(home), pdf("1.pdf", b"%PDF-1"), pdf("2.pdf", b"%PDF-2"), proves=["ภาพกิจกรรม"])
    assert set(ReportEvidence.objects.values_list("proves", flat=True)) == {"ภาพกิจกรรม"}


@in_both_languages
def test_bad_files_are_named_with_the_reason_and_the_good_ones_are_kept(home: Unit, language: str) -> None:
    brought_to(home, State.DRAFT)
    files = [pdf("good.pdf"), pdf("bad.exe", b"MZ\x00\x01"), pdf("empty.pdf", b""), pdf("silent.pdf", b"%PDF-2")]
    answer = reporter(home).post(
        in_language(CONTENTS, language),
        {
            "act": "attach",
            "files": files,
            "proves": ["ก", "หลักฐานที่พิมพ์ไว้", "ค", " "],
            "narrative": "ยังไม่บันทึก",
            "seen": seen(),
        },
    )
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert list(ReportEvidence.objects.values_list("evidence__name", flat=True)) == ["good.pdf"]
    for name in ("bad.exe", "empty.pdf", "silent.pdf"):
        assert f"<strong>{name}</strong>" in html
    assert "หลักฐานที่พิมพ์ไว้" in html
    assert "ยังไม่บันทึก</textarea>" in html
    assert ("ไม่ใช่ PDF" if language == "th" else "is not PDF") in html


def test_a_script_is_told_of_each_file_in_its_own_way(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    good = client.post(CONTENTS, {"act": "attach", "files": [pdf()], "proves": "ก"}, **SCRIPT)
    bad = client.post(CONTENTS, {"act": "attach", "files": [pdf("x", b"\x00")], "proves": "ก"}, **SCRIPT)
    assert (good.status_code, good.json()) == (HTTPStatus.OK, {"refused": []})
    assert bad.status_code == HTTPStatus.BAD_REQUEST
    assert "x" in bad.json()["refused"][0]


def test_a_button_without_files_says_so(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    assert "เลือกไฟล์อย่างน้อยหนึ่งไฟล์" in attach(reporter(home)).content.decode()


def test_a_file_too_large_is_refused_before_it_is_read(home: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_to(home, State.DRAFT)
    monkeypatch.setattr("lakthan.apps.evidence.services.LIMIT", 3)
    assert "ใหญ่เกิน 20 MB" in attach(reporter(home), pdf()).content.decode()


def test_a_name_cannot_hide_what_it_ends_with(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    attach(reporter(home), pdf("minutes\u202efdp.pdf"))
    assert ReportEvidence.objects.get().evidence.name == "minutesfdp.pdf"


def test_what_a_file_proves_is_mended_and_a_file_is_taken_out_and_comes_back(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    attach(client, pdf())
    link = ReportEvidence.objects.get()
    changed = {f"file-{link.pk}-proves": "มติที่ประชุม", f"file-{link.pk}-section": "obstacles"}
    assert client.post(CONTENTS, {"act": "describe", **changed}).status_code == HTTPStatus.FOUND
    link.refresh_from_db()
    assert (link.proves, link.section) == ("มติที่ประชุม", "obstacles")
    client.post(CONTENTS, {"act": f"detach {link.pk}"})
    assert "minutes.pdf" not in client.get(PLACE).content.decode()
    assert Entry.objects.filter(act="reporting.detach_evidence", subject_id=link.pk).count() == 1
    attach(client, pdf())
    link.refresh_from_db()
    assert (ReportEvidence.objects.count(), link.detached_on) == (1, None)


def test_a_snapshot_holds_what_is_attached_and_nothing_that_was_taken_out(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    client = reporter(home)
    attach(client, pdf("in.pdf"), pdf("out.pdf", b"%PDF-2"))
    client.post(CONTENTS, {"act": f"detach {ReportEvidence.objects.get(evidence__name='out.pdf').pk}"})
    report.refresh_from_db()
    lives.bring_to(report, State.SUBMITTED)
    assert [file.name for file in newest_snapshot(report).evidence] == ["in.pdf"]


def test_a_correction_begins_with_the_files_and_notes_of_what_it_corrects(home: Unit) -> None:
    report = lives.report_in(home, State.DRAFT)
    client = reporter(home)
    attach(client, pdf())
    client.post(CONTENTS, {"act": "note", "note-day": "3/2/2563", "note-text": "ประชุม"})
    report.refresh_from_db()
    correction = lives.correct(lives.bring_to(report, State.CERTIFIED))
    assert [row.evidence.name for row in correction.evidence.all()] == ["minutes.pdf"]
    assert [row.text for row in correction.notes.all()] == ["ประชุม"]


def test_a_returned_report_is_a_draft_again_by_a_file_alone(home: Unit) -> None:
    brought_to(home, State.RETURNED)
    attach(reporter(home), pdf())
    assert Report.objects.get().state == State.DRAFT.value


def test_a_file_begins_the_draft_of_a_report_that_nobody_has_written(home: Unit) -> None:
    brought_to(home, State.OPEN)
    old = seen()
    attach(reporter(home), pdf())
    assert Report.objects.get().state == State.DRAFT.value
    assert post(signed_in(officer(Role.REPORTER, home, "other")), Step.WRITE, seen=old).status_code == HTTPStatus.FOUND


def test_who_endorses_has_seen_the_files(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    old = seen()
    attach(reporter(home), pdf())
    head = signed_in(officer(Role.UNIT_HEAD, home, "head"))
    assert post(head, Step.ENDORSE, seen=old).status_code == HTTPStatus.CONFLICT
    assert Report.objects.get().state == State.DRAFT.value


def test_a_file_is_served_as_something_foreign(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    attach(client, pdf("รายงาน.txt", b"<script>alert(1)</script>"))
    answer = client.get(f"{PLACE}files/{ReportEvidence.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%A3")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_of_another_report_is_not_found_here(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    attach(client, pdf())
    file = ReportEvidence.objects.get().pk
    assert client.get(f"{YEAR_PLACE}files/{file}/").status_code == HTTPStatus.NOT_FOUND
    unknown = "00000000-0000-7000-8000-000000000000"
    for act in ("detach", "withdraw-note", "withdraw-value", "untick"):
        assert client.post(CONTENTS, {"act": f"{act} {unknown}"}).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("act", ["detach x", "detach", "untick 0", "nothing", ""])
def test_a_button_that_names_nothing_changes_nothing(home: Unit, act: str) -> None:
    brought_to(home, State.DRAFT)
    entries = Entry.objects.count()
    client = reporter(home)
    before = Entry.objects.count()
    assert client.post(CONTENTS, {"act": act}).status_code in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
    assert Entry.objects.count() == before >= entries


# Who may


def _expected(role: Role, unit: Unit, of: Unit, state: State) -> HTTPStatus:
    if role not in PERMISSIONS[Action.WRITE_REPORT]:
        return HTTPStatus.FORBIDDEN
    try:
        require_step(Actor("user:new", (Held(role, str(unit.pk)),)), Step.WRITE, unit=str(of.pk), state=state, taken=())
    except UserError as error:
        return ANSWERS[type(error)]
    return HTTPStatus.OK


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("state", STATES)
def test_every_role_gets_at_every_address_of_the_form_what_the_tables_say(home: Unit, state: State) -> None:
    other = builders.unit("5001")
    brought_to(home, state)
    for number, (role, unit) in enumerate(product(ROLES, (home, other))):
        client = signed_in(officer(role, unit, f"officer-{number}"))
        expected = _expected(role, unit, home, state)
        for address, form in (
            (CONTENTS, {"act": "note", "note-day": "2020-02-03", "note-text": "ประชุม"}),
            (WORKING, {"narrative": "กำลังพิมพ์", "seen": seen()}),
            (PREVIEW, {"narrative": "กำลังพิมพ์"}),
        ):
            with transaction.atomic():
                status = client.post(address, form).status_code
                transaction.set_rollback(True)
            assert (HTTPStatus.OK if status == HTTPStatus.FOUND else status) == expected, (role, unit.name_en, address)


@pytest.mark.one_database  # who may is decided beside the database
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CERTIFIED])
def test_every_role_gets_a_file_as_the_table_says(home: Unit, state: State) -> None:
    other = builders.unit("5001")
    report = lives.report_in(home, State.DRAFT)
    file = lives.attached(report)
    lives.bring_to(report, state)
    scopes = PERMISSIONS[Action.READ_REPORT]
    for number, (role, unit) in enumerate(product(ROLES, (home, other))):
        client = signed_in(officer(role, unit, f"officer-{number}"))
        reads = scopes.get(role) is Scope.ANY_UNIT or (scopes.get(role) is Scope.OWN_UNIT and unit == home)
        expected = (HTTPStatus.OK if reads else HTTPStatus.NOT_FOUND) if role in scopes else HTTPStatus.FORBIDDEN
        answer = client.get(f"{PLACE}files/{file.pk}/")
        b"".join(getattr(answer, "streaming_content", ()))  # read to its end, which closes it
        assert answer.status_code == expected, (role, unit.name_en)


def test_visitors_are_asked_to_sign_in_and_come_back_to_the_report(client: Client, home: Unit) -> None:
    brought_to(home, State.DRAFT)
    for address in (PLACE, CONTENTS, PREVIEW):
        answer = client.post(address, {"act": "note"}, HTTP_REFERER=f"http://testserver{PLACE}?unit=1")
        assert answer["Location"] == f"/account/sign-in/?next={PLACE.replace('/', '%2F')}%3Funit%3D1"
    elsewhere = client.post(CONTENTS, {"act": "note"}, HTTP_REFERER="http://example.org/evil")
    assert elsewhere["Location"] == "/account/sign-in/"
    assert client.post(WORKING, {"narrative": "ก"}, **SCRIPT).status_code == HTTPStatus.UNAUTHORIZED


# Notes


def test_notes_are_added_listed_printed_and_taken_out(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    for day, text in (("๓ ก.พ. ๖๓", "ประชุมครั้งที่ 2"), ("2020-01-20", "ประชุมครั้งที่ 1")):
        answer = client.post(CONTENTS, {"act": "note", "note-day": day, "note-text": text})
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"{PLACE}#notes")
    html = client.get(PLACE).content.decode()
    assert html.index("ประชุมครั้งที่ 1") < html.index("ประชุมครั้งที่ 2")
    printed = paper_of("2100-0001", YEAR, 2).quarters[1].notes
    assert printed == ("วันที่ 20 มกราคม 2563: ประชุมครั้งที่ 1", "วันที่ 3 กุมภาพันธ์ 2563: ประชุมครั้งที่ 2")
    assert printed[0] in plain(client.get(f"{PLACE}paper/"))
    client.post(CONTENTS, {"act": f"withdraw-note {DatedNote.objects.get(text='ประชุมครั้งที่ 1').pk}"})
    assert len(paper_of("2100-0001", YEAR, 2).quarters[1].notes) == 1


@pytest.mark.parametrize(
    ("day", "text", "says"),
    [
        ("31/2/2563", "ประชุม", "ไม่มีวันที่ 31"),
        ("1/1/2570", "ประชุม", "ยังมาไม่ถึง"),
        ("", "ประชุม", "กรอกวันที่"),
        ("1/2/2563", " ", "กรอกข้อความบันทึก"),
    ],
)
def test_a_mistake_in_a_note_is_told_at_its_place_and_nothing_is_lost(
    home: Unit, day: str, text: str, says: str
) -> None:
    brought_to(home, State.DRAFT)
    typed = {"act": "note", "note-day": day, "note-text": text, "narrative": "ยังไม่บันทึก", "seen": seen()}
    html = reporter(home).post(CONTENTS, typed).content.decode()
    assert says in html
    assert "ยังไม่บันทึก</textarea>" in html
    assert f">\n{text}</textarea>" in html or not text.strip()
    assert not DatedNote.objects.exists()


def test_saving_the_draft_saves_what_was_filled_in_beside_it(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    post(client, Step.WRITE, **{"note-day": "3/2/2563", "note-text": "ประชุม"}, files=[pdf()], proves="ก")
    assert (DatedNote.objects.count(), ReportEvidence.objects.count()) == (1, 1)
    assert Report.objects.get().narrative == "เขียนใหม่"


def test_nothing_is_saved_where_one_part_is_wrong(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    html = post(reporter(home), Step.WRITE, **{"note-day": "ไม่รู้", "note-text": "ประชุม"}).content.decode()
    assert Report.objects.get().narrative == "ประชุมแล้ว"
    assert "เขียนใหม่</textarea>" in html
    assert "อ่าน “ไม่รู้” เป็นวันที่ไม่ได้" in html


# Values and steps


def with_formula(home: Unit, formula: Any) -> None:
    builders.assignment(home, builders.indicator(home, formula=formula))


def enter(client: Client, **typed: str) -> Any:
    return client.post(
        CONTENTS, {"act": "value", "value-day": "31/3/2563"} | {f"value-{k}": v for k, v in typed.items()}
    )


def test_a_pair_is_entered_in_thai_digits_replaced_and_taken_back_and_the_figure_follows(home: Unit) -> None:
    with_formula(home, builders.PAIR)
    client = reporter(home)
    assert client.get(PLACE).context["selected"].value is None
    assert enter(client, amount="๑,๒๐๐.๕", base="2401").status_code == HTTPStatus.FOUND
    assert f"{client.get(PLACE).context['selected'].value}" == "50.00"
    enter(client, amount="0", base="2401", note="แก้ไข")
    value = ReportedValue.objects.get()
    assert (value.amount, value.note) == (0, "แก้ไข")
    assert f"{client.get(PLACE).context['selected'].value}" == "0.00"
    client.post(CONTENTS, {"act": f"withdraw-value {value.pk}"})
    assert client.get(PLACE).context["selected"].value is None
    assert enter(client, amount="1", base="2").status_code == HTTPStatus.FOUND
    assert (ReportedValue.objects.count(), f"{client.get(PLACE).context['selected'].value}") == (1, "50.00")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"amount": "", "base": "5"}, "ถ้าเป็นศูนย์ให้กรอก 0"),
        ({"amount": "สิบ", "base": "5"}, "กรอกตัวเลข เช่น 1,234.5"),
        ({"amount": "NaN", "base": "5"}, "กรอกตัวเลข เช่น 1,234.5"),
        ({"amount": "1e3", "base": "5"}, "กรอกตัวเลข เช่น 1,234.5"),
        ({"amount": "1", "base": "0"}, "ตัวหารที่มากกว่าศูนย์"),
        ({"amount": "1", "base": "5", "day": "30/9/2562"}, "อยู่นอกช่วงของรายงาน"),
        ({"amount": "1", "base": "5", "day": "1/4/2563"}, "อยู่นอกช่วงของรายงาน"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_its_place(home: Unit, typed: dict[str, str], says: str) -> None:
    with_formula(home, builders.PAIR)
    html = enter(reporter(home), **typed).content.decode()
    assert says in html
    assert f'value="{typed["base"]}"' in html
    assert not ReportedValue.objects.exists()


def test_steps_are_ticked_off_with_day_and_document_and_taken_back(home: Unit) -> None:
    with_formula(home, builders.STEPS)
    client = reporter(home)
    ticked = {"step-1-done": "on", "step-1-day": "3 ก.พ. 2563", "step-1-document": "คำสั่ง 1/2563"}
    client.post(CONTENTS, {"act": "step", **ticked, "step-2-day": "3 ก.พ. 2563"})
    done = StepCompletion.objects.get()
    assert (done.step, done.document) == ("1", "คำสั่ง 1/2563")
    page = client.get(PLACE)
    assert f"{page.context['selected'].value}" == "40.00"
    assert "คำสั่ง 1/2563" in page.content.decode()
    client.post(CONTENTS, {"act": f"untick {done.pk}"})
    assert f"{client.get(PLACE).context['selected'].value}" == "0.00"
    client.post(CONTENTS, {"act": "step", **ticked})
    assert StepCompletion.objects.filter(ended_on__isnull=True).count() == 1


def test_a_computed_indicator_takes_no_value(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    enter(reporter(home), amount="1", base="2")
    assert not ReportedValue.objects.exists()


def test_whoever_enters_a_value_has_written_the_report(home: Unit) -> None:
    with_formula(home, builders.VALUE)
    enter(reporter(home), amount="5")
    assert list(Report.objects.get().steps.values_list("step", flat=True)) == ["write"]


# What is not saved


def keep(client: Client, **typed: str) -> Any:
    return client.post(WORKING, {"narrative": "กำลังพิมพ์", "progress": "4", "seen": seen()} | typed, **SCRIPT)


def test_what_is_typed_stands_in_the_form_again_for_its_owner_alone(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    mine, other = reporter(home, "mine"), reporter(home, "other")
    entries = Entry.objects.count()
    assert keep(mine).json() == {"moved": False}
    assert keep(mine, narrative="กำลังพิมพ์ต่อ", **{"note-text": "โน้ต"}).status_code == HTTPStatus.OK
    assert (WorkingText.objects.count(), Entry.objects.count()) == (1, entries)
    html = mine.get(PLACE).content.decode()
    assert "กำลังพิมพ์ต่อ</textarea>" in html
    assert "โน้ต</textarea>" in html
    theirs = other.get(PLACE).content.decode()
    assert "กำลังพิมพ์" not in theirs
    assert "กำลังเขียนรายงานนี้ด้วย" in theirs
    reader = signed_in(officer(Role.AUDITOR, home, "auditor")).get(PLACE).content.decode()
    assert "กำลังเขียนรายงานนี้ด้วย" not in reader


def test_saving_and_throwing_away_end_the_unsaved_text(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    keep(client)
    assert post(client, Step.WRITE).status_code == HTTPStatus.FOUND
    assert not WorkingText.objects.exists()
    keep(client)
    answer = client.post(WORKING, {"discard": "yes", "narrative": "กำลังพิมพ์"})
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, PLACE)
    assert not WorkingText.objects.exists()
    keep(client)
    keep(client, narrative="เขียนใหม่ ", progress="50")
    assert not WorkingText.objects.exists(), "typed back to what is stored"


def test_an_unsaved_text_meets_a_saved_one_with_both_shown(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    mine, other = reporter(home, "mine"), reporter(home, "other")
    old = seen()
    keep(mine)
    post(other, Step.WRITE, narrative="ของคนอื่น")
    assert keep(mine, seen=old).json() == {"moved": True}
    html = mine.get(PLACE).content.decode()
    assert "กำลังพิมพ์</textarea>" in html
    assert f'name="seen" value="{old}"' in html
    answer = post(mine, Step.WRITE, seen=old, narrative="กำลังพิมพ์")
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "<p>ของคนอื่น</p>" in answer.content.decode()
    assert "กำลังพิมพ์</textarea>" in answer.content.decode()


def test_a_button_beside_the_text_keeps_the_text(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    typed = {"act": "note", "note-day": "3/2/2563", "note-text": "ประชุม", "narrative": "ยังไม่บันทึก", "seen": seen()}
    client.post(CONTENTS, typed)
    page = client.get(PLACE).content.decode()
    assert "ยังไม่บันทึก</textarea>" in page
    assert page.count(">\nประชุม</textarea>") == 0, "the note is added, and not offered again"


def test_progress_can_be_emptied_again(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    post(client, Step.WRITE, progress="0")
    assert Report.objects.get().progress == 0
    post(client, Step.WRITE, progress="")
    assert Report.objects.get().progress is None


# The paper beside the form


def test_the_paper_shows_what_is_typed_and_stores_nothing(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client = reporter(home)
    typed = {"narrative": "พิมพ์ <b>ใหม่</b>", "obstacles": "ฝนตก", "progress": "เก้า", "seen": seen()}
    whole, part = client.post(PREVIEW, typed), client.post(PREVIEW, typed, **SCRIPT)
    for html in (plain(whole), plain(part)):
        assert "พิมพ์ &lt;b&gt;ใหม่&lt;/b&gt;" in html
        assert "ฝนตก" in html
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert Report.objects.get().narrative == "ประชุมแล้ว"


def test_the_paper_of_a_report_that_nobody_has_written_is_shown(home: Unit) -> None:
    brought_to(home, State.OPEN)
    assert "แรกเริ่ม" in reporter(home).post(PREVIEW, {"narrative": "แรกเริ่ม"}).content.decode()
    assert not Report.objects.exists()


# How often the database is asked


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(captured)


def test_the_page_asks_no_more_often_for_more_files_notes_and_writers(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    client, counts = reporter(home), []
    keep(client)
    for first in (1, 11):
        for number in range(first, first + first):
            attach(client, pdf(f"{number}.pdf", b"%PDF-" + bytes([number])))
            client.post(CONTENTS, {"act": "note", "note-day": "3/2/2563", "note-text": f"ครั้งที่ {number}"})
            keep(reporter(home, f"other-{number}"))
        client.get(PLACE)
        counts.append(_count(client, PLACE))
    assert counts[0] == counts[1] <= 34


# Office files

OFFICE = "application/vnd.openxmlformats-officedocument."


def office(main: str, **parts: bytes) -> bytes:
    """A package whose content types name one main part."""
    buffer = BytesIO()
    types = f'<Types><Override PartName="/main.xml" ContentType="{OFFICE}{main}"/></Types>'
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def test_an_office_file_is_attached_by_its_content(home: Unit) -> None:
    brought_to(home, State.DRAFT)
    attach(reporter(home), pdf("บัญชี.pdf", office("spreadsheetml.sheet.main+xml")))
    media_type = ReportEvidence.objects.get().evidence.media_type
    assert media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
