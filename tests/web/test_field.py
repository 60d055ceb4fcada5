"""The form at a meeting as the server sees it: recorded once for each key, by whoever filled it in."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.communities.models import Community
from lakthan.apps.identifiers import new_id
from lakthan.apps.ledger.models import Entry, Tally
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import FieldForm, Meeting, MeetingEvidence, PlanProposal
from lakthan.apps.planning.services.meetings import cancel_meeting
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.web.test_meetings import DAY, PICTURE
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

FIELD = reverse("field-meeting")
SCRIPT = {"Accept": "application/json", "Sec-Fetch-Mode": "cors"}
MOST = 12


@pytest.fixture
def home() -> Unit:
    """A district, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.unit()


@pytest.fixture
def near(home: Unit) -> Community:
    return builders.community(home, "ชุมชนริมคลอง")


@pytest.fixture
def client(home: Unit) -> Client:
    return signed_in(officer(Role.DISTRICT_OFFICER, home))


def filled_in(near: Community | None = None, **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "key": str(new_id()),
        "purpose": "community",
        "community": "" if near is None else str(near.pk),
        "title": "ประชาคม",
        "held_on": "๒ มีนาคม ๒๕๖๓",
        "group-2": "ผู้อยู่อาศัย",
        "people-2": "๓๐",
        "project-1-name": "ลานกีฬา",
        "project-1-field": "health",
        "project-1-way": "by-district",
        "project-1-estimate": "๙๐,๐๐๐",
    }
    return typed | more


def send(client: Client, typed: dict[str, Any]) -> Any:
    return client.post(FIELD, typed, headers=SCRIPT)


def test_a_form_becomes_a_meeting_with_project_and_photograph(client: Client, near: Community) -> None:
    photo = SimpleUploadedFile("image.jpg", PICTURE)
    answer = send(client, filled_in(near, files=[photo], notes="เห็นชอบ"))
    meeting = Meeting.objects.get()
    assert answer.json() == {"meeting": reverse("meeting", args=(meeting.pk,))}
    assert (meeting.community, meeting.held_on, meeting.notes, meeting.number) == (near, DAY, "เห็นชอบ", 1)
    assert dict(meeting.attendances.values_list("group", "people")) == {"ผู้อยู่อาศัย": 30}
    assert MeetingEvidence.objects.get().evidence.media_type == "image/jpeg"
    (project,) = PlanProposal.objects.get().projects
    assert (project["name"], project["field"], project["estimate"]) == ("ลานกีฬา", "health", "90000.00")
    assert "ลานกีฬา" in client.get(answer.json()["meeting"]).content.decode()


def test_the_same_key_twice_is_recorded_once_and_answered_alike(client: Client, near: Community) -> None:
    typed = filled_in(near)
    first = send(client, typed)
    entries = Entry.objects.count()
    second = send(client, typed | {"title": "อื่น", "held_on": "ผิด"})
    assert (second.status_code, second.json()) == (HTTPStatus.OK, first.json())
    assert Entry.objects.count() == entries
    assert FieldForm.objects.count() == Meeting.objects.count() == 1
    assert Tally.objects.get(kind="meeting").count == 1


def test_a_scheduled_meeting_is_held_by_the_form_and_its_key_is_known_afterwards(
    client: Client, home: Unit, near: Community
) -> None:
    meeting = builders.meeting(home, near)
    typed = filled_in(meeting=str(meeting.pk), purpose="", title="")
    assert [send(client, typed).status_code for _ in range(2)] == [HTTPStatus.OK, HTTPStatus.OK]
    assert Meeting.objects.get().held_on == DAY
    assert PlanProposal.objects.get().community == near


def test_projects_go_to_the_plan_that_is_being_prepared_unless_the_district_looks_at_it(
    client: Client, near: Community
) -> None:
    proposal = PlanProposal.objects.create(unit=near.unit, community=near, projects=[{"name": "ก"}], recorded_at=NOW)
    send(client, filled_in(near))
    assert [project["name"] for project in PlanProposal.objects.get().projects] == ["ก", "ลานกีฬา"]
    PlanProposal.objects.update(state="sent")
    answer = send(client, filled_in(near))
    assert len(PlanProposal.objects.get(pk=proposal.pk).projects) == 2
    noted = FieldForm.objects.get(proposal=None)
    assert noted.projects[0]["name"] == "ลานกีฬา"
    assert "ยังไม่อยู่ในแผน" in client.get(answer.json()["meeting"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"title": " "}, "title"),
        ({"held_on": "31/2/2563"}, "held_on"),
        ({"held_on": "2/6/2563"}, ""),
        ({"community": ""}, "community"),
        ({"people-2": "สามสิบ"}, "people-2"),
        ({"group-2": ""}, "people-2"),
        ({"project-1-name": ""}, "project-1-name"),
        ({"project-1-estimate": "มาก"}, "project-1-estimate"),
        ({"project-1-estimate": "-5"}, "project-1-estimate"),
        ({"files": [SimpleUploadedFile("x.exe", b"MZ\x00")]}, ""),
        ({"key": "x"}, ""),
    ],
)
def test_a_mistake_is_told_by_the_name_of_its_input_and_nothing_is_recorded(
    client: Client, near: Community, wrong: dict[str, Any], at: str
) -> None:
    answer = send(client, filled_in(near, **wrong))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert list(answer.json()["errors"]) == [at]
    assert not Meeting.objects.exists()
    assert not FieldForm.objects.exists()


def test_without_a_script_the_form_is_sent_as_any_other(client: Client, near: Community) -> None:
    wrong = client.post(
        FIELD, filled_in(near, title="", **{"project-3-name": "โครงการสาม", "project-3-field": "health"})
    )
    assert wrong.status_code == HTTPStatus.BAD_REQUEST
    assert "โครงการสาม" in (html := wrong.content.decode())
    assert "กรอกเรื่องที่ประชุม" in html
    assert client.post(FIELD, filled_in(near)).status_code == HTTPStatus.FOUND


def test_a_form_of_another_person_is_not_recorded(client: Client, near: Community) -> None:
    typed = filled_in(near, person=f"user:{new_id()}")
    assert send(client, typed).status_code == HTTPStatus.PRECONDITION_FAILED
    assert client.post(FIELD, typed).status_code == HTTPStatus.CONFLICT
    assert not Meeting.objects.exists()


def test_the_key_of_another_person_s_form_is_refused(client: Client, home: Unit, near: Community) -> None:
    typed = filled_in(near)
    send(client, typed)
    other = signed_in(officer(Role.DISTRICT_OFFICER, home, "other"))
    assert send(other, typed).status_code == HTTPStatus.CONFLICT
    assert Meeting.objects.count() == 1


def test_a_meeting_that_was_cancelled_meanwhile_is_told(client: Client, home: Unit, near: Community) -> None:
    meeting = builders.meeting(home, near)
    cancel_meeting(actor=ROOT, meeting=meeting, cancelled_on=DAY, reason="ฝนตก", now=NOW)
    answer = send(client, filled_in(near, meeting=str(meeting.pk)))
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert list(answer.json()["errors"]) == ["meeting"]


def test_an_ended_session_is_told_to_the_script(near: Community) -> None:
    answer = send(Client(), filled_in(near))
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer["X-Sign-In"] == reverse("account_login")


def test_only_those_who_keep_meetings_open_it_and_only_for_their_unit(home: Unit, near: Community) -> None:
    other = builders.unit("5002")
    for role in set(Role) - {Role.OPERATOR}:
        client = signed_in(officer(role, other, role.value))
        expected = HTTPStatus.OK if role in PERMISSIONS[Action.KEEP_MEETINGS] else HTTPStatus.FORBIDDEN
        assert client.get(FIELD).status_code == expected, role
    foreign = signed_in(officer(Role.DISTRICT_OFFICER, other, "foreign"))
    assert send(foreign, filled_in(near)).json()["errors"].keys() == {"community"}
    assert foreign.get(FIELD, {"unit": str(home.pk)}).status_code == HTTPStatus.NOT_FOUND
    assert not Meeting.objects.exists()


def test_the_worker_is_public_and_reaches_that_page_alone(client: Client) -> None:
    answer = Client().get(reverse("field-worker"))
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"].startswith("text/javascript")
    assert reverse("field-worker").startswith(FIELD)
    assert "worker-src 'self'" in client.get(FIELD)["Content-Security-Policy"]


def test_the_page_asks_no_more_often_for_more_meetings_and_communities(client: Client, home: Unit) -> None:
    counts = []
    for size in (2, 10):
        for number in range(size):
            builders.meeting(home, builders.community(home, f"ชุมชน {size} {number}"))
        client.get(FIELD)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(FIELD).status_code == HTTPStatus.OK
        counts.append(len(captured))
    assert counts[0] == counts[1] <= MOST


def test_keys_are_those_of_the_device(client: Client, near: Community) -> None:
    typed = filled_in(near)
    send(client, typed)
    assert FieldForm.objects.get().pk == UUID(typed["key"])
