"""Requests for data through real requests: who may, what is asked, how it is answered, chased and closed."""

from datetime import date
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.apps.planning.models import DataRequest, DataRequestAnswer, DataRequestReminder
from lakthan.apps.planning.requests import due_answers
from lakthan.apps.planning.services.requests import answer_request, request_data
from lakthan.apps.reporting.models import ReportedValue
from lakthan.apps.reporting.services.periods import open_period
from lakthan.rules.data_requests import AnswerForm
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, TODAY, YEAR
from tests.web.pages import Page, in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW, MY_WORK = reverse("data-requests"), reverse("new-data-request"), reverse("my-work")
MOST = 12
FIELDS: list[dict[str, object]] = [
    {"name": "โครงการที่บรรจุ", "type": "integer", "unit": "โครงการ"},
    {"name": "จัดประชุมแล้ว", "type": "yes-no"},
    {"name": "วันที่ประชุม", "type": "date"},
    {"name": "ปัญหา", "type": "text"},
]


@pytest.fixture
def bureau() -> Unit:
    """The bureau that asks, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


def districts(count: int) -> list[Unit]:
    return [builders.unit(f"5{number:03}") for number in range(1, count + 1)]


def ask(bureau: Unit, units: list[Unit], form: AnswerForm = AnswerForm.VALUES, **more: Any) -> DataRequest:
    usual: dict[str, Any] = {
        "subject": "สรุปผลอีกครั้งในเดือนสิงหาคม",
        "question": "มีกี่โครงการ",
        "sent_on": date(2020, 5, 1),
        "deadline_on": date(2020, 6, 30),
        "document": "กท 1906/174",
        "form": form,
        "fields": [] if form is AnswerForm.TEXT else FIELDS,
    }
    return request_data(actor=ROOT, asked_by=bureau, units=units, now=NOW, **usual | more)


def address(request: DataRequest, unit: Unit | None = None) -> str:
    if unit is None:
        return reverse("data-request", args=(request.pk,))
    return reverse("data-request-answer", args=(request.pk, unit.pk))


def asker(bureau: Unit) -> Client:
    return signed_in(officer(Role.REPORTER, bureau, "asker"))


def answerer(unit: Unit) -> Client:
    return signed_in(officer(Role.DISTRICT_OFFICER, unit, f"of-{unit.pk}"))


def stored(unit: Unit) -> DataRequestAnswer:
    return DataRequestAnswer.objects.get(unit=unit)


def workbook_of(rows: list[list[object]], headings: list[str] | None = None) -> SimpleUploadedFile:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["หัวเรื่อง"])
    sheet.append(headings or ["โครงการที่บรรจุ (โครงการ)", "จัดประชุมแล้ว", "วันที่ประชุม", "ปัญหา"])
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("answer.xlsx", content.getvalue())


# Asking


def typed_request(**more: object) -> dict[str, object]:
    typed: dict[str, object] = {
        "subject": "สรุปผล",
        "question": "มีกี่โครงการ",
        "document": "กท 1906/174",
        "deadline_on": "๓๐ มิถุนายน ๒๕๖๓",
        "form": "values",
        "group": "all-districts",
        "field-1-name": "โครงการที่บรรจุ",
        "field-1-type": "integer",
        "field-1-unit": "โครงการ",
        "field-3-name": "ระดับ",
        "field-3-type": "choice",
        "field-3-choices": "มาก, น้อย",
    }
    return typed | more


@in_both_languages
def test_the_bureau_asks_all_districts_at_once(bureau: Unit, language: str) -> None:
    districts(4)
    client = asker(bureau)
    answer = client.post(in_language(NEW, language), typed_request(asked_by=str(bureau.pk)))
    request = DataRequest.objects.get()
    with translation.override(language):
        assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, address(request))
    assert request.answers.count() == 4
    assert request.deadline_on == date(2020, 6, 30)
    assert [field["name"] for field in request.fields] == ["โครงการที่บรรจุ", "ระดับ"]
    assert Entry.objects.get(act="planning.request_data").unit_id == bureau.pk


def test_single_units_are_chosen_once_beside_their_group(bureau: Unit) -> None:
    first, second, *_ = districts(4)
    client = asker(bureau)
    client.post(NEW, typed_request(asked_by=str(bureau.pk), group="", unit=[str(first.pk), str(second.pk)]))
    assert set(DataRequest.objects.get().answers.values_list("unit", flat=True)) == {first.pk, second.pk}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"group": ""}, "กรุณาเลือกหน่วยงาน"),
        ({"deadline_on": "1/1/2563"}, "มาก่อน"),
        ({"deadline_on": "30 กุมภาพันธ์ 2563"}, "30"),
        ({"field-3-choices": "มาก"}, "อย่างน้อยสองข้อ"),
        ({"field-1-name": "", "field-3-name": "", "field-3-choices": ""}, "อย่างน้อยหนึ่งช่อง"),
        ({"subject": " "}, "error"),
    ],
)
def test_a_mistake_keeps_all_that_was_typed(bureau: Unit, wrong: dict[str, str], says: str) -> None:
    districts(2)
    answer = asker(bureau).post(NEW, typed_request(asked_by=str(bureau.pk), question="พิมพ์ไว้มาก") | wrong)
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert says in html
    assert "พิมพ์ไว้มาก" in html
    assert not DataRequest.objects.exists()


def test_nobody_asks_in_the_name_of_another_unit(bureau: Unit) -> None:
    other = districts(1)[0]
    answer = asker(bureau).post(NEW, typed_request(asked_by=str(other.pk)))
    assert answer.status_code == HTTPStatus.OK
    assert not DataRequest.objects.exists()


# Answering


def test_the_request_stands_in_the_work_of_the_asked_unit_until_it_answers(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit])
    client = answerer(unit)
    assert address(request, unit) in Page(client.get(MY_WORK).content.decode()).values("href")
    client.post(address(request, unit), {"act": "nil"})
    assert address(request, unit) not in client.get(MY_WORK).content.decode()


def test_values_are_taken_with_thai_digits_and_what_is_empty_is_not_a_zero(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit])
    client = answerer(unit)
    typed = {"f1": "๑,๒๓๔", "f2": "ไม่มี", "f3": "", "f4": "ไม่มีปัญหา"}
    assert client.post(address(request, unit), typed).status_code == HTTPStatus.FOUND
    assert stored(unit).rows == [{"f1": "1234", "f2": False, "f3": None, "f4": "ไม่มีปัญหา"}]
    assert (stored(unit).answered_on, stored(unit).is_nil) == (TODAY, False)


def test_a_wrong_value_stands_beside_its_field_and_nothing_is_lost(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit])
    html = answerer(unit).post(address(request, unit), {"f1": "สิบ", "f4": "พิมพ์ไว้มาก"}).content.decode()
    assert "จำนวนเต็ม" in html
    assert 'value="สิบ"' in html
    assert "พิมพ์ไว้มาก</textarea>" in html
    assert stored(unit).answered_on is None


def test_an_empty_form_is_no_answer(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit])
    assert "ยืนยันว่าไม่มี" in answerer(unit).post(address(request, unit), {}).content.decode()
    assert stored(unit).answered_on is None


def test_an_answer_in_words_is_mended_until_the_request_is_closed(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.TEXT)
    client = answerer(unit)
    client.post(address(request, unit), {"text": "หนึ่ง\r\nสอง"})
    client.post(address(request, unit), {"text": "สาม"})
    assert stored(unit).answer == "สาม"
    assert Entry.objects.filter(act="planning.answer_request").count() == 2
    asker(bureau).post(address(request), {"act": "close"})
    answer = client.post(address(request, unit), {"text": "มาช้าไป"})
    assert "มาช้าไป" not in stored(unit).answer
    assert "ปิดแล้ว" in answer.content.decode()


def test_the_template_comes_back_filled_in(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.WORKBOOK)
    client = answerer(unit)
    book = load_workbook(BytesIO(client.get(f"{address(request, unit)}template.xlsx").content))
    sheet = book.active
    assert sheet is not None
    last = sheet.max_row
    sheet.append([3, "มี", "31/1/2563", "ก"])
    sheet.append([0, "ไม่มี", date(2020, 2, 1), None])
    content = BytesIO()
    book.save(content)
    upload = SimpleUploadedFile("answer.xlsx", content.getvalue())
    assert client.post(address(request, unit), {"workbook": upload}).status_code == HTTPStatus.FOUND, last
    assert stored(unit).rows == [
        {"f1": "3", "f2": True, "f3": "2020-01-31", "f4": "ก"},
        {"f1": "0", "f2": False, "f3": "2020-02-01", "f4": None},
    ]


def test_wrong_cells_are_named_and_nothing_of_the_workbook_is_taken(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.WORKBOOK)
    upload = workbook_of([[3, "มี", None, "ก"], ["สาม", "อาจจะ", "32/1/2563", None]])
    html = answerer(unit).post(address(request, unit), {"workbook": upload}).content.decode()
    for cell in ("<b>A4</b>", "<b>B4</b>", "<b>C4</b>"):
        assert cell in html
    assert stored(unit).answered_on is None


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_what_is_no_workbook_is_refused(bureau: Unit, content: bytes) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.WORKBOOK)
    upload = SimpleUploadedFile("answer.xlsx", content)
    answer = answerer(unit).post(address(request, unit), {"workbook": upload})
    assert answer.status_code == HTTPStatus.OK
    assert "conflict" in answer.content.decode()


def test_a_workbook_with_other_headings_is_refused(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.WORKBOOK)
    upload = workbook_of([[3]], ["จำนวน"])
    assert "หัวตาราง" in answerer(unit).post(address(request, unit), {"workbook": upload}).content.decode()


# What became of it


def reply(request: DataRequest, unit: Unit, number: int | None, on: date = TODAY) -> None:
    answer_request(
        actor=ROOT,
        answer=DataRequestAnswer.objects.select_related("request").get(request=request, unit=unit),
        rows=[] if number is None else [{"f1": str(number), "f4": "ข้อความ"}],
        is_nil=number is None,
        answered_on=on,
        now=NOW,
    )


def test_the_asker_sees_who_answered_who_has_nothing_and_who_is_silent(bureau: Unit) -> None:
    units = districts(4)
    first, second, third, _ = units
    request = ask(bureau, units, deadline_on=date(2020, 5, 20))
    reply(request, first, 7, date(2020, 5, 10))
    reply(request, second, None, date(2020, 5, 10))
    reply(request, third, 0, date(2020, 5, 25))
    context = asker(bureau).get(address(request)).context
    assert {code.value: count for code, _, count in context["counts"]} == {"answered": 2, "nil": 1, "late": 1}
    (total,) = context["page"].totals
    assert (total.total, total.units, total.nil, total.silent) == (7, 2, 1, 1)
    late = {line.code for line in context["page"].answers if line.came_late}
    assert late == {"5003"}


def test_mending_an_answer_late_leaves_it_in_time(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], deadline_on=date(2020, 5, 20))
    reply(request, unit, 7, date(2020, 5, 10))
    reply(request, unit, 8, TODAY)
    line = asker(bureau).get(address(request)).context["page"].answers[0]
    assert (line.came_late, line.answered_on) == (False, TODAY)


def test_the_silent_are_reminded_once_a_day_and_those_who_answered_never(bureau: Unit) -> None:
    units = districts(4)
    request = ask(bureau, units)
    reply(request, units[0], 1)
    client = asker(bureau)
    for _ in range(2):
        assert client.post(address(request), {"act": "remind", "note": "กท 2"}).status_code == HTTPStatus.FOUND
    assert DataRequestReminder.objects.count() == 3
    assert {line.code for line in due_answers(TODAY)} == {"5002", "5003", "5004"}
    assert all(line.reminders == 1 for line in due_answers(TODAY))


def test_a_closed_request_is_neither_chased_nor_closed_again(bureau: Unit) -> None:
    request = ask(bureau, districts(1))
    client = asker(bureau)
    client.post(address(request), {"act": "close"})
    assert client.post(address(request), {"act": "remind"}).status_code == HTTPStatus.CONFLICT
    assert client.post(address(request), {"act": "close"}).status_code == HTTPStatus.CONFLICT
    assert client.post(address(request), {"act": "burn"}).status_code == HTTPStatus.BAD_REQUEST
    assert due_answers(TODAY) == ()


@pytest.mark.parametrize("form", AnswerForm)
def test_all_answers_go_into_one_workbook(bureau: Unit, form: AnswerForm) -> None:
    units = districts(3)
    request = ask(bureau, units, form)
    for unit, number in zip(units, (7, None, 0), strict=True):
        answer_request(
            actor=ROOT,
            answer=DataRequestAnswer.objects.select_related("request").get(unit=unit),
            text="" if number is None else f"=ตอบ {number}",
            rows=[] if number is None else [{"f1": number}],
            is_nil=number is None,
            answered_on=TODAY,
            now=NOW,
        )
    book = load_workbook(BytesIO(asker(bureau).get(f"{address(request)}answers.xlsx").content))
    rows = list(book.worksheets[0].iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in rows] == ["5001", "5002", "5003"]
    assert [row[4] for row in rows] == (["=ตอบ 7", None, "=ตอบ 0"] if form is AnswerForm.TEXT else [7, None, 0])
    if form is not AnswerForm.TEXT:
        totals = list(book.worksheets[1].iter_rows(min_row=4, values_only=True))
        assert totals == [("โครงการที่บรรจุ (โครงการ)", 7, 2, 1, 0)]


# Who may


def test_every_role_sees_what_the_table_gives(bureau: Unit) -> None:
    asked, other = districts(2)
    request = ask(bureau, [asked])
    scopes = PERMISSIONS[Action.READ_DATA_REQUEST]
    for role in set(Role) - {Role.OPERATOR}:
        for unit in (bureau, asked, other):
            client = signed_in(officer(role, unit, f"{role}-{unit.pk}"[:60]))
            reads = scopes.get(role) is Scope.ANY_UNIT
            expected = {
                LIST: True,
                address(request): reads or unit == bureau,
                f"{address(request)}answers.xlsx": reads or unit == bureau,
                address(request, asked): reads or unit in (bureau, asked),
                address(request, other): False,
            }
            for place, seen in expected.items():
                status = HTTPStatus.FORBIDDEN if role not in scopes else HTTPStatus.OK if seen else HTTPStatus.NOT_FOUND
                assert client.get(place).status_code == status, (role, unit.name_en, place)


@pytest.mark.parametrize("act", ["remind", "close"])
def test_only_the_unit_that_asked_chases_and_closes(bureau: Unit, act: str) -> None:
    asked, other = districts(2)
    request = ask(bureau, [asked])
    assert answerer(asked).post(address(request), {"act": act}).status_code == HTTPStatus.NOT_FOUND
    head = signed_in(officer(Role.UNIT_HEAD, bureau, "head"))
    assert head.post(address(request), {"act": act}).status_code == HTTPStatus.FORBIDDEN
    assert answerer(other).post(address(request), {"act": act}).status_code == HTTPStatus.NOT_FOUND
    assert asker(bureau).post(address(request), {"act": act}).status_code == HTTPStatus.FOUND


def test_only_the_asked_unit_answers(bureau: Unit) -> None:
    asked, other = districts(2)
    request = ask(bureau, [asked])
    assert asker(bureau).post(address(request, asked), {"act": "nil"}).status_code == HTTPStatus.FORBIDDEN
    assert answerer(other).post(address(request, asked), {"act": "nil"}).status_code == HTTPStatus.NOT_FOUND
    director = signed_in(officer(Role.DISTRICT_DIRECTOR, asked, "director"))
    assert director.post(address(request, asked), {"act": "nil"}).status_code == HTTPStatus.FORBIDDEN
    assert stored(asked).answered_on is None


def test_texts_are_escaped(bureau: Unit) -> None:
    unit = districts(1)[0]
    request = ask(bureau, [unit], AnswerForm.TEXT, subject="<script>x</script>", question="<b>q</b>")
    answerer(unit).post(address(request, unit), {"text": "<script>alert(1)</script>"})
    client = asker(bureau)
    for place in (LIST, address(request), address(request, unit)):
        assert "<script>x" not in client.get(place).content.decode()
        assert "<script>alert" not in client.get(place).content.decode()


# How often it asks


def test_the_pages_ask_no_more_often_for_more_units_and_answers(bureau: Unit) -> None:
    units = districts(50)
    client, counts = asker(bureau), []
    for size in (10, 50):
        request = ask(bureau, units[:size], subject=f"ถาม {size} เขต")
        for unit in units[: size - 5]:
            reply(request, unit, 3)
        one = address(request)
        places = [LIST, NEW, one, f"{one}?standing=waiting", f"{one}answers.xlsx", address(request, units[0]), MY_WORK]
        counts.append([_count(client, place) for place in places])
    assert counts[0] == counts[1]
    assert max(counts[0][:-1]) <= MOST


def _count(client: Client, place: str) -> int:
    client.get(place)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code == HTTPStatus.OK
    return len(captured)


# Feeding the bureau's own quarter


def reported_place(bureau: Unit, formula: Any) -> str:
    open_period(actor=ROOT, quarter=YEAR.quarter(3), opens_on=date(2020, 4, 1), deadline_on=date(2020, 7, 10), now=NOW)
    builders.assignment(bureau, builders.indicator(bureau, formula=formula))
    return reverse("work-quarter", args=("2100-0001", YEAR, 3))


@pytest.mark.parametrize(("formula", "base", "kept"), [(builders.VALUE, "", None), (builders.PAIR, "units-asked", 3)])
def test_a_total_becomes_the_value_of_the_quarter_with_the_request_as_its_source(
    bureau: Unit, formula: Any, base: str, kept: int | None
) -> None:
    place = reported_place(bureau, formula)
    units = districts(3)
    request = ask(bureau, units)
    reply(request, units[0], 7)
    reply(request, units[1], None)
    client = asker(bureau)
    html = client.get(place).content.decode()
    assert "สรุปผลอีกครั้งในเดือนสิงหาคม" in html
    assert "ได้รับคำตอบ 1 หน่วยงาน ยืนยันว่าไม่มี 1 หน่วยงาน ยังไม่ตอบ 1 หน่วยงาน โครงการที่บรรจุ รวม 7 โครงการ" in html
    answer = client.post(f"{place}requests/{request.pk}/", {"field": "f1", "base": base})
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, f"{place}#inputs")
    value = ReportedValue.objects.get()
    assert (value.amount, value.base, value.effective_on) == (7, kept, TODAY)
    assert "กท 1906/174" in value.note
    assert "1 หน่วยงานให้ตัวเลข ยืนยันว่าไม่มี 1 ยังไม่ตอบ 1" in value.note


def test_silence_is_not_taken_over_as_a_zero(bureau: Unit) -> None:
    place = reported_place(bureau, builders.VALUE)
    request = ask(bureau, districts(2))
    answer = asker(bureau).post(f"{place}requests/{request.pk}/", {"field": "f1"})
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert not ReportedValue.objects.exists()


def test_only_the_request_of_the_reporting_unit_is_taken_over(bureau: Unit) -> None:
    place = reported_place(bureau, builders.VALUE)
    other = builders.bureau("2200")
    unit = districts(1)[0]
    request = ask(other, [unit])
    reply(request, unit, 7)
    client = asker(bureau)
    assert "สรุปผลอีกครั้งในเดือนสิงหาคม" not in client.get(place).content.decode()
    assert client.post(f"{place}requests/{request.pk}/", {"field": "f1"}).status_code == HTTPStatus.NOT_FOUND
    own = ask(bureau, [unit], subject="ของเราเอง")
    assert client.post(f"{place}requests/{own.pk}/", {"field": "f9"}).status_code == HTTPStatus.NOT_FOUND
    assert not ReportedValue.objects.exists()


def test_a_division_asks_for_its_bureau(bureau: Unit) -> None:
    place = reported_place(bureau, builders.VALUE)
    division = builders.unit("2101", Unit.Kind.DIVISION)
    division.parent = bureau
    division.save()
    unit = districts(1)[0]
    request = ask(division, [unit])
    reply(request, unit, 7)
    writer = officer(Role.REPORTER, bureau, "writer")
    give_role(actor=ROOT, user=writer, unit=division, role=Role.REPORTER, valid_from=builders.FOUNDED, now=NOW)
    client = signed_in(writer)
    assert client.post(f"{place}requests/{request.pk}/", {"field": "f1"}).status_code == HTTPStatus.FOUND
    assert ReportedValue.objects.get().amount == 7
