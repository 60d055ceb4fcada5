"""Workbooks out and in by the pages: preview, confirmation, all or nothing, and whose files one sees."""

from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Unit
from lakthan.apps.uploads.models import Upload
from lakthan.apps.uploads.queue import MOST_ATTEMPTS, release_all, take, take_next
from lakthan.apps.uploads.services import expire_uploads
from lakthan.exchange import uploading
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.sheets.exporting import write_today
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT
from tests.exchange.bad_workbooks import saved
from tests.exchange.keeping import ASKED, export, filled
from tests.web.pages import in_language
from tests.web.test_desk import count, officer, signed_in

pytestmark = pytest.mark.django_db
HERE = "/uploads/"


@pytest.fixture
def home() -> Unit:
    home = builders.unit("5026")
    builders.community(home, "ชุมชนร่มเย็น")
    builders.community(home, "ชุมชนริมคลอง")
    return home


@pytest.fixture
def client(home: Unit) -> Client:
    return signed_in(officer(home, Role.DISTRICT_OFFICER, "officer"))


def send(client: Client, content: bytes, kind: str = "communities", name: str = "ชุมชน.xlsx") -> Any:
    return client.post(HERE, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def sent(client: Client, content: bytes, **more: Any) -> str:
    """The address of the page of a file that was sent."""
    answer = send(client, content, **more)
    assert answer.status_code == HTTPStatus.FOUND
    return str(answer["Location"])


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_button_gives_the_workbook_of_the_own_rows(client: Client) -> None:
    builders.community(builders.unit("5001"))
    answer = client.get("/workbooks/communities.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="communities.xlsx"'
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]  # type: ignore[attr-defined]
    assert [row[0] for row in sheet.iter_rows(min_row=6, values_only=True)] == ["5026-0001", "5026-0002"]
    assert client.get("/workbooks/communities.xlsx?district=5001").status_code == HTTPStatus.FORBIDDEN
    assert client.get("/workbooks/nothing.xlsx").status_code == HTTPStatus.NOT_FOUND


def test_what_would_change_is_shown_before_and_after_and_saved_once_it_is_confirmed(client: Client) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    shown = text(client, here)
    assert "<del>แขวงตัวอย่าง</del>" in shown
    assert "<ins>แขวงใหม่</ins>" in shown
    assert "Save 1 row" in text(client, in_language(here, "en"))
    assert not Community.objects.filter(sub_district="แขวงใหม่").exists()
    answer = client.post(here, {"do": "confirm"}, follow=True)
    assert "บันทึกไฟล์แล้ว" in answer.content.decode()
    assert Community.objects.get(sub_district="แขวงใหม่").code == "5026-0001"
    assert client.post(here, {"do": "confirm"}).status_code == HTTPStatus.CONFLICT
    row = Upload.objects.get()
    assert (row.state, bytes(row.content)) == ("done", b"")
    assert Entry.objects.filter(act="uploads.move_upload").count() == 3


def test_a_file_that_says_what_the_records_say_has_nothing_to_save(client: Client) -> None:
    here = sent(client, export("communities"))
    assert "ไม่มีสิ่งที่ต้องบันทึก" in text(client, here)


def test_mistakes_are_told_by_row_and_column_in_both_languages(client: Client) -> None:
    here = sent(client, filled("communities", {"type": "ชุมชนบนดิน"}))
    assert "ไม่รู้จักประเภทชุมชน: ชุมชนบนดิน" in text(client, here)
    english = text(client, in_language(here, "en"))
    assert "unknown type of community" in english
    assert '<td class="amount">6</td><th scope="row">Type</th>' in english
    assert client.post(here, {"do": "confirm"}).status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"a,b"), ("a.pdf", b"%PDF"), ("a.csv", b"\xff\xfe"), ("a", b"")]
)
def test_a_file_that_cannot_be_read_says_why(client: Client, name: str, content: bytes) -> None:
    shown = client.get(sent(client, content or b" ", name=name))
    assert shown.status_code == HTTPStatus.OK
    assert 'role="alert"' in shown.content.decode()
    assert Upload.objects.get().state == "refused"


@pytest.mark.parametrize(
    "typed", [{"kind": "communities"}, {"kind": "", "file": "x"}, {"kind": "nothing", "file": "x"}]
)
def test_a_form_that_is_not_filled_in_says_so(client: Client, typed: dict[str, str]) -> None:
    data: dict[str, Any] = dict(typed)
    if "file" in data:
        data["file"] = SimpleUploadedFile("a.csv", b"a")
    assert client.post(HERE, data).status_code == HTTPStatus.BAD_REQUEST
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("as_csv", "name"), [(False, "ชุมชน.xlsx"), (True, "ชุมชน.csv")])
def test_a_file_made_by_lakthan_tells_itself_what_is_in_it(client: Client, as_csv: bool, name: str) -> None:
    into = BytesIO()
    write_today(into, actor=ROOT, kind=KINDS["communities"], asked=ASKED, now=NOW, as_csv=as_csv)
    here = sent(client, into.getvalue(), kind="", name=name)
    assert Upload.objects.get().kind == "communities"
    assert "ไม่มีสิ่งที่ต้องบันทึก" in text(client, here)


def test_a_workbook_that_tells_nothing_is_asked_about(client: Client) -> None:
    for content in (saved(Workbook()), saved(Workbook())[:-60], b"PK\x03\x04", b'"', b""):
        answer = send(client, content, kind="")
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "เลือกข้อมูลในไฟล์ แล้วเลือกไฟล์อีกครั้ง" in answer.content.decode()


def test_a_file_that_nobody_confirmed_is_let_go_of(client: Client, settings: Any) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    settings.UPLOAD_DAYS = 7
    recorded_at = Upload.objects.get().recorded_at
    assert "รอท่านยืนยันถึง" in text(client, here)
    assert expire_uploads(actor=ROOT, now=recorded_at + timedelta(days=7)) == 0
    assert expire_uploads(actor=ROOT, now=recorded_at + timedelta(days=7, seconds=1)) == 1
    row = Upload.objects.get()
    assert (row.state, bytes(row.content), row.outcome, len(row.digest)) == ("expired", b"", {}, 64)
    assert "แขวงใหม่" not in text(client, here)
    assert "ไม่ได้ยืนยันในกำหนด" in text(client, here)
    assert client.post(here, {"do": "confirm"}).status_code == HTTPStatus.CONFLICT
    assert expire_uploads(actor=ROOT, now=recorded_at + timedelta(days=70)) == 0


def test_records_that_changed_since_the_preview_are_not_overwritten(client: Client) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    other = sent(client, filled("communities", {"sub_district": "แขวงอื่น"}))
    client.post(other, {"do": "confirm"})
    client.post(here, {"do": "confirm"})
    assert "ข้อมูลเปลี่ยนไปหลังจากแสดงตัวอย่าง" in text(client, here)
    assert Community.objects.filter(sub_district="แขวงอื่น").exists()


def test_a_file_that_is_cancelled_is_not_saved(client: Client) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    client.post(here, {"do": "cancel"})
    assert "ท่านยกเลิกแล้ว" in text(client, here)
    assert client.post(here, {"do": "confirm"}).status_code == HTTPStatus.CONFLICT


# In the background


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "SMALL", 0)


def work() -> None:
    upload = take_next(timezone.now())
    assert upload is not None
    uploading.work_on(upload)


@pytest.mark.usefixtures("large")
def test_a_large_file_waits_for_the_worker_and_can_be_left(client: Client) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    assert 'id="under-way"' in text(client, here)
    work()
    assert "รอท่านยืนยัน" in text(client, here)
    client.post(here, {"do": "confirm"})
    assert not Community.objects.filter(sub_district="แขวงใหม่").exists()
    work()
    assert Community.objects.filter(sub_district="แขวงใหม่").exists()
    assert take_next(timezone.now()) is None


@pytest.mark.usefixtures("large")
def test_progress_is_told_and_the_work_can_be_broken_off(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    here = sent(client, filled("communities", {"sub_district": "แขวงใหม่"}))
    work()
    client.post(here, {"do": "confirm"})
    upload = Upload.objects.get()
    told: list[object] = []
    run = uploading.run_import

    def watched(**given: Any) -> Any:
        inner = given["progress"]

        def progress(done: int, total: int) -> None:
            inner(done, total)
            told.append(uploading.progress_of(upload.pk))
            if done == total:
                assert uploading.cancel(upload.pk)
                inner(done, total)

        return run(**{**given, "progress": progress})

    monkeypatch.setattr(uploading, "run_import", watched)
    work()
    assert told == [(1, 2), (2, 2)]
    assert Upload.objects.get().state == "cancelled"
    assert not Community.objects.filter(sub_district="แขวงใหม่").exists()
    assert uploading.progress_of(upload.pk) is None


@pytest.mark.usefixtures("large")
def test_work_whose_process_died_is_taken_up_again_and_then_given_up(client: Client) -> None:
    sent(client, export("communities"))
    for _ in range(MOST_ATTEMPTS):
        assert take_next(timezone.now()) is not None
        assert take_next(timezone.now()) is None, "one worker at a time"
        release_all()
    work()
    assert Upload.objects.get().state == "failed"


@pytest.mark.usefixtures("large")
def test_two_workers_never_get_the_same_upload(client: Client) -> None:
    sent(client, export("communities"))
    first, second = Upload.objects.get(), Upload.objects.get()
    assert take(first, timezone.now())
    assert not take(second, timezone.now())


# Who may


def test_a_file_is_its_sender_s_alone(client: Client, home: Unit) -> None:
    here = sent(client, export("communities"))
    other = signed_in(officer(home, Role.DISTRICT_OFFICER, "other"))
    assert other.get(here).status_code == HTTPStatus.NOT_FOUND
    assert other.post(here, {"do": "confirm"}).status_code == HTTPStatus.NOT_FOUND
    assert here not in text(other, HERE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_each_role_sees_the_kinds_it_may_send(home: Unit, role: Role) -> None:
    client = signed_in(officer(home, role, "somebody"))
    answer = client.get(HERE)
    if role not in PERMISSIONS[Action.SEND_TABLES]:
        assert answer.status_code == HTTPStatus.FORBIDDEN
        return
    kinds = [kind.code for kind in answer.context["kinds"]]
    assert kinds
    assert ("communities" in kinds) == (role in PERMISSIONS[Action.KEEP_REGISTER])
    assert ("decisions" in kinds) == (role in PERMISSIONS[Action.DECIDE_INCLUSION])


def test_rows_of_another_district_are_refused(client: Client) -> None:
    builders.community(builders.unit("5001"))
    shown = text(client, sent(client, export("communities")))
    assert "ไม่ใช่หน่วยงานของท่าน" in shown


def test_the_page_asks_no_more_often_for_more_files(client: Client) -> None:
    counts = []
    for _ in range(2):
        sent(client, export("communities"))
        counts.append(count(client, HERE))
    assert counts[0] == counts[1] <= 12
