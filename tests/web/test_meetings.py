"""Meetings through real requests: the list, a meeting's page, what can be done, and who may."""

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
from openpyxl import load_workbook

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import Attendance, Meeting, MeetingCorrection, MeetingEvidence, MeetingPostponement
from lakthan.apps.planning.services.meetings import cancel_meeting, hold_meeting, postpone_meeting, schedule_meeting
from lakthan.apps.reporting.selectors import figure_answer
from lakthan.rules.meetings import MeetingState
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.apps.photos import photo
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW, DISTRICTS = reverse("meetings"), reverse("new-meeting"), reverse("meeting-districts")
WORKBOOK = reverse("meeting-workbook")
DAY, PASSED, AHEAD = date(2020, 3, 2), date(2020, 5, 20), date(2020, 8, 3)
MOST = 12
PICTURE = photo()


@pytest.fixture
def home() -> Unit:
    """A district, in a city on a simulated clock that stands at 1 June 2563."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit()


def address(meeting: Meeting) -> str:
    return reverse("meeting", args=(meeting.pk,))


def keeper(unit: Unit, login: str = "keeper") -> Client:
    return signed_in(officer(Role.DISTRICT_OFFICER, unit, login))


def held(home: Unit, on: date = DAY, people: int = 24, **more: Any) -> Meeting:
    made = builders.meeting(home, on=on, **more)
    return hold_meeting(actor=ROOT, meeting=made, held_on=on, attendance={"ผู้แทนชุมชน": people}, now=NOW)


def one_in_each_state(home: Unit) -> dict[MeetingState, Meeting]:
    made = {state: builders.meeting(home, on=PASSED) for state in MeetingState}
    made[MeetingState.SCHEDULED] = builders.meeting(home, on=AHEAD)
    hold_meeting(actor=ROOT, meeting=made[MeetingState.HELD], held_on=PASSED, attendance={"ก": 3, "ข": 0}, now=NOW)
    postpone_meeting(actor=ROOT, meeting=made[MeetingState.POSTPONED], effective_on=PASSED, reason="โรคระบาด", now=NOW)
    cancel_meeting(actor=ROOT, meeting=made[MeetingState.CANCELLED], cancelled_on=PASSED, reason="โรคระบาด", now=NOW)
    return made


# The list


def test_the_list_tells_the_state_of_each_meeting(home: Unit) -> None:
    made = one_in_each_state(home)
    client = keeper(home)
    for state, meeting in made.items():
        shown = client.get(LIST, {"state": state.value}).context["listing"].rows
        assert meeting.pk in {line.id for line in shown}, state
        assert {line.state for line in shown} == {state}


def test_a_meeting_put_off_to_another_day_is_scheduled_for_it(home: Unit) -> None:
    meeting = builders.meeting(home, on=PASSED)
    postpone_meeting(actor=ROOT, meeting=meeting, effective_on=PASSED, reason="ฝนตก", postponed_to=AHEAD, now=NOW)
    (line,) = keeper(home).get(LIST).context["listing"].rows
    assert (line.state, line.postponements, line.day) == (MeetingState.SCHEDULED, 1, AHEAD)


def test_attendance_is_added_up_and_no_attendance_is_no_zero(home: Unit) -> None:
    held(home, people=24)
    held(home, people=0)
    builders.meeting(home)
    answer = keeper(home).get(LIST)
    assert (answer.context["came"], answer.context["counted"]) == (24, 2)
    assert sorted(str(line.people) for line in answer.context["listing"].rows) == ["0", "24", "None"]


def test_the_list_is_found_by_purpose_community_year_and_text(home: Unit) -> None:
    near = builders.community(home, "ชุมชนริมคลอง")
    of_community = builders.meeting(home, near, on=DAY)
    briefing = builders.meeting(home, on=DAY)
    last_year = builders.meeting(home, on=date(2019, 9, 30))
    client = keeper(home)

    def found(**asked: str) -> set[Any]:
        return {line.id for line in client.get(LIST, asked).context["listing"].rows}

    assert found() == {of_community.pk, briefing.pk}
    assert found(purpose="community") == {of_community.pk}
    assert found(community=near.code) == {of_community.pk}
    assert found(text="ริมคล") == {of_community.pk}
    assert found(**{"fiscal-year": "2562"}) == {last_year.pk}
    assert found(**{"fiscal-year": "๒๕๖๒"}) == {last_year.pk}
    assert len(found(**{"fiscal-year": "all"})) == 3
    assert found(**{"fiscal-year": "9"}, purpose="x", state="y") == {of_community.pk, briefing.pk}


@in_both_languages
def test_the_first_list_says_what_will_stand_there(home: Unit, language: str) -> None:
    assert 'class="empty"' in keeper(home).get(in_language(LIST, language)).content.decode()


def test_the_workbook_has_the_rows_of_the_list(home: Unit) -> None:
    held(home)
    builders.meeting(home, builders.community(home))
    book = load_workbook(BytesIO(keeper(home).get(WORKBOOK).content))
    rows = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    assert {(row[0], row[9]) for row in rows} == {("1/2563", 24), ("1/2563", None)}
    only = load_workbook(BytesIO(keeper(home, "other").get(WORKBOOK, {"purpose": "community"}).content))
    assert only.worksheets[0].max_row == 4


# Who may


def test_every_role_sees_what_the_table_gives(home: Unit) -> None:
    other = builders.unit("5002")
    meeting = held(home)
    scopes = PERMISSIONS[Action.READ_DISTRICT_RECORDS]
    for role in set(Role) - {Role.OPERATOR}:
        for unit in (home, other):
            client = signed_in(officer(role, unit, f"{role}-{unit.pk}"[:60]))
            seen = role in scopes and (scopes[role] is Scope.ANY_UNIT or unit == home)
            expected = HTTPStatus.FORBIDDEN if role not in scopes else HTTPStatus.OK if seen else HTTPStatus.NOT_FOUND
            assert client.get(address(meeting)).status_code == expected, (role, unit.name_en)
            lines = client.get(LIST)
            if role in scopes:
                assert len(lines.context["listing"].rows) == seen, (role, unit.name_en)


def test_only_the_unit_s_own_officers_say_what_became_of_a_meeting(home: Unit) -> None:
    meeting, other = builders.meeting(home), builders.unit("5002")
    for role, unit, status in (
        (Role.DISTRICT_OFFICER, other, HTTPStatus.NOT_FOUND),
        (Role.DISTRICT_DIRECTOR, home, HTTPStatus.FORBIDDEN),
        (Role.REPORTER, builders.bureau(), HTTPStatus.FORBIDDEN),
        (Role.DISTRICT_OFFICER, home, HTTPStatus.FOUND),
    ):
        client = signed_in(officer(role, unit, f"{role}-{unit.pk}"[:60]))
        answer = client.post(address(meeting), {"act": "cancel", "cancelled_on": "2/3/2563", "reason": "โรคระบาด"})
        assert answer.status_code == status, role


def test_the_bureau_s_reporter_keeps_city_level_meetings(home: Unit) -> None:
    bureau = builders.bureau()
    client = signed_in(officer(Role.REPORTER, bureau, "reporter"))
    assert client.get(f"{NEW}?unit={home.pk}").status_code == HTTPStatus.NOT_FOUND
    typed = {"purpose": "city", "title": "หารือร่วมกับสำนักงานเขต", "scheduled_on": "3/8/2563", "unit": str(bureau.pk)}
    assert client.post(NEW, typed).status_code == HTTPStatus.FOUND
    meeting = Meeting.objects.get()
    assert (meeting.unit, meeting.purpose, meeting.scheduled_on) == (bureau, "city", AHEAD)


# Scheduling


def typed_meeting(**more: object) -> dict[str, object]:
    return {"purpose": "district-briefing", "title": "ประชุมชี้แจง", "scheduled_on": "๓ สิงหาคม ๒๕๖๓"} | more


def test_a_meeting_is_scheduled_with_its_number(home: Unit) -> None:
    near = builders.community(home)
    typed = typed_meeting(purpose="community", community=str(near.pk), starts_at="๑๓.๓๐", ends_at="16:30")
    answer = keeper(home).post(NEW, typed)
    meeting = Meeting.objects.get()
    assert answer["Location"] == address(meeting)
    assert (meeting.community, meeting.number, meeting.year, str(meeting.starts_at)) == (near, 1, 2563, "13:30:00")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "กรอกเรื่องที่ประชุม"),
        ({"scheduled_on": "32/1/2563"}, "32"),
        ({"purpose": "community"}, "เลือกชุมชน"),
        ({"starts_at": "13.30", "ends_at": "9.00"}, "เวลาเลิกประชุมต้องหลังเวลาเริ่ม"),
        ({"starts_at": "25.99"}, "เขียนเวลาแบบ 13.30"),
    ],
)
def test_what_was_typed_stands_there_again_with_the_mistake(home: Unit, wrong: dict[str, object], says: str) -> None:
    builders.community(home)
    html = keeper(home).post(NEW, typed_meeting(place="ห้องประชุมใหญ่", **wrong)).content.decode()
    assert says in html
    assert "ห้องประชุมใหญ่" in html
    assert not Meeting.objects.exists()


# What became of it


def test_a_meeting_is_held_with_who_came(home: Unit) -> None:
    meeting = builders.meeting(home)
    typed = {"act": "hold", "held_on": "2/3/2563", "group-1": "ผู้แทนชุมชน", "people-1": "๑,๐๒๔", "group-2": "เจ้าหน้าที่"}
    typed |= {"people-2": "", "group-3": "แขก", "people-3": "0", "notes": "เห็นชอบ"}
    assert keeper(home).post(address(meeting), typed).status_code == HTTPStatus.FOUND
    assert dict(Attendance.objects.values_list("group", "people")) == {"ผู้แทนชุมชน": 1024, "แขก": 0}
    assert Meeting.objects.get().notes == "เห็นชอบ"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"people-1": "สิบ"}, "กรอกจำนวนคนเป็นจำนวนเต็ม"),
        ({"group-1": ""}, "กรอกชื่อกลุ่ม"),
        ({"group-2": "ก", "people-2": "3"}, "มีกลุ่มนี้ในบรรทัดบนแล้ว"),
        ({"held_on": "2/6/2563"}, "ยังมาไม่ถึง"),
        ({"held_on": ""}, "กรอกวันที่"),
    ],
)
def test_a_mistake_in_what_was_held_keeps_all_that_was_typed(home: Unit, wrong: dict[str, str], says: str) -> None:
    meeting = builders.meeting(home)
    typed = {"act": "hold", "held_on": "2/3/2563", "group-1": "ก", "people-1": "9", "notes": "ข้อความยาว"} | wrong
    html = keeper(home).post(address(meeting), typed).content.decode()
    assert says in html
    assert "ข้อความยาว" in html
    assert Meeting.objects.get().held_on is None


def test_a_meeting_is_put_off_to_a_new_day_and_cancelled_with_a_reason(home: Unit) -> None:
    meeting, client = builders.meeting(home), keeper(home)
    put_off = {"act": "postpone", "effective_on": "2/3/2563", "postponed_to": "3/8/2563", "reason": "โรคระบาด"}
    assert client.post(address(meeting), put_off).status_code == HTTPStatus.FOUND
    assert client.post(address(meeting), put_off).status_code == HTTPStatus.OK, "twice on one day"
    assert MeetingPostponement.objects.get().postponed_to == AHEAD
    backwards = put_off | {"effective_on": "3/3/2563", "postponed_to": "1/1/2563"}
    assert client.post(address(meeting), backwards).status_code == HTTPStatus.OK
    cancel = {"act": "cancel", "cancelled_on": "4/3/2563", "reason": ""}
    assert "กรุณาระบุเหตุผล" in (html := client.post(address(meeting), cancel).content.decode()) or "เหตุผล" in html
    assert client.post(address(meeting), cancel | {"reason": "ยุบชุมชน"}).status_code == HTTPStatus.FOUND
    page = client.get(address(meeting))
    assert page.context["line"].state is MeetingState.CANCELLED
    assert page.context["acts"] == []
    assert "ยุบชุมชน" in page.content.decode()


def test_who_comes_too_late_is_told_and_keeps_what_was_typed(home: Unit) -> None:
    meeting = held(home)
    answer = keeper(home).post(address(meeting), {"act": "cancel", "cancelled_on": "4/3/2563", "reason": "เหตุผลที่พิมพ์ไว้"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "เหตุผลที่พิมพ์ไว้" in answer.content.decode()
    assert "จัดไปแล้ว" in answer.content.decode()


def test_a_correction_keeps_what_stood_before(home: Unit) -> None:
    meeting, client = held(home), keeper(home)
    typed = {"act": "correct", "title": meeting.title, "place": "ศาลา", "held_on": "3/3/2563", "group-1": "ผู้แทนชุมชน"}
    typed |= {"people-1": "42", "group-2": "เจ้าหน้าที่", "people-2": "5"}
    assert "เหตุผล" in client.post(address(meeting), typed).content.decode()
    assert client.post(address(meeting), typed | {"reason": "นับผิด"}).status_code == HTTPStatus.FOUND
    assert dict(Attendance.objects.values_list("group", "people")) == {"ผู้แทนชุมชน": 42, "เจ้าหน้าที่": 5}
    before = MeetingCorrection.objects.get().before
    assert before == {
        "title": meeting.title,
        "place": "",
        "held_on": "2020-03-02",
        "attendance": {"ผู้แทนชุมชน": 24},
    }
    html = client.get(address(meeting)).content.decode()
    assert "นับผิด" in html
    same = typed | {"reason": "อีกครั้ง"}
    assert "เหมือนเดิม" in client.post(address(meeting), same).content.decode()


def test_files_are_kept_with_what_they_prove_and_given_back(home: Unit) -> None:
    meeting, client = held(home), keeper(home)
    files = [SimpleUploadedFile("a.jpg", PICTURE), SimpleUploadedFile("b.txt", "บันทึก".encode())]
    assert client.post(address(meeting), {"act": "attach", "proves": "ภาพ", "files": files}).status_code == 302
    first = MeetingEvidence.objects.order_by("pk")[0]
    place = reverse("meeting-file", args=(meeting.pk, first.pk))
    answer = client.get(place)
    assert b"".join(answer.streaming_content) == PICTURE  # type: ignore[attr-defined]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert f'<img src="{place}"' in client.get(address(meeting)).content.decode()
    other = keeper(builders.unit("5002"), "other")
    assert other.get(place).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("files", [[], [("bad.exe", b"MZ\x00\x01")], [("a.jpg", PICTURE), ("empty.txt", b"")]])
def test_of_files_that_are_refused_none_is_kept(home: Unit, files: list[tuple[str, bytes]]) -> None:
    meeting = held(home)
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    answer = keeper(home).post(address(meeting), {"act": "attach", "proves": "ภาพถ่าย", "files": sent})
    assert 'class="form-error"' in answer.content.decode()
    assert "ภาพถ่าย" in answer.content.decode()
    assert not MeetingEvidence.objects.exists()


def test_what_was_typed_is_escaped(home: Unit) -> None:
    meeting = builders.meeting(home)
    Meeting.objects.update(title="<script>x</script>", place="<b>p</b>", notes="<i>n</i>")
    for place in (LIST, address(meeting)):
        assert "<script>x" not in keeper(home, f"k{len(place)}").get(place).content.decode()


# Which districts met


def test_the_districts_that_met_are_told_apart_from_those_that_did_not(home: Unit) -> None:
    other, third = builders.unit("5002"), builders.unit("5003")
    held(home)
    held(other, date(2019, 9, 30))
    builders.meeting(other, on=DAY)
    held(third, people=5)
    client = signed_in(officer(Role.REPORTER, builders.bureau(), "reporter"))
    answer = client.get(DISTRICTS)
    assert (answer.context["held"], answer.context["all"], str(answer.context["percent"])) == (2, 3, "66.67")
    (yes, of_yes), (no, of_no) = answer.context["sides"]
    assert (yes, no) == (True, False)
    assert [unit.code for unit, _ in of_yes] == ["5001", "5003"]
    assert [(unit.code, [line.state for line in lines]) for unit, lines in of_no] == [("5002", [MeetingState.OVERDUE])]


def test_an_officer_sees_the_own_district_and_the_counts_of_all(home: Unit) -> None:
    other = builders.unit("5002")
    held(other)
    answer = keeper(home).get(DISTRICTS)
    assert (answer.context["held"], answer.context["all"]) == (1, 2)
    assert [unit.code for _, units in answer.context["sides"] for unit, _ in units] == ["5001"]


# How often it asks


def test_the_pages_ask_no_more_often_for_more_meetings(home: Unit) -> None:
    client, counts = keeper(home), []
    for size in (3, 12):
        near = builders.community(home, f"ชุมชน {size}")
        for _ in range(size):
            schedule_meeting(
                actor=ROOT, unit=home, purpose="community", community=near, title="ประชุม", scheduled_on=DAY, now=NOW
            )
            meeting = held(home)
        counts.append([_count(client, place) for place in (LIST, WORKBOOK, DISTRICTS, NEW, address(meeting))])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST


def _count(client: Client, place: str) -> int:
    client.get(place)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code == HTTPStatus.OK
    return len(captured)


# The figure


@pytest.mark.usefixtures("demo_city")
def test_the_page_tells_apart_the_same_districts_as_the_figure() -> None:
    answer = signed_in(User.objects.get(login="demo-reporter")).get(DISTRICTS, {"fiscal-year": "2563"})
    figure = figure_answer("2100-0003", YEAR.quarter(4)).selected.figure
    (_, met), (_, not_met) = answer.context["sides"]
    assert {unit.code for unit, _ in met} == {member.code for member in figure.counted}
    assert {unit.code for unit, _ in not_met} == {member.code for member in figure.not_counted}
    assert (answer.context["held"], str(answer.context["percent"])) == (17, "34.00")
    assert all(line.state is not MeetingState.HELD for _, lines in not_met for line in lines)
    assert [indicator.code for indicator in answer.context["indicators"]] == ["2100-0003"]
