"""The pages of periods: opening, changing, closing, more time, and mistakes that keep what was typed."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import Extension, Period, PeriodChange
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.pages import in_both_languages, in_language
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db

YEAR_PAGE = reverse("periods")
PAGE = reverse("period", args=(YEAR, 2))
TYPED = {
    "opens_on": "10/3/2563",
    "cut_off_on": "",
    "deadline_on": "10 เมษายน 2563",
    "reminder_days": "-7, ๑",
    "district_deadline_on": "3/4/2563",
}


@pytest.fixture
def home() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def administrator(home: Unit) -> Client:
    return signed_in(officer(Role.STRATEGY_ADMINISTRATOR, home))


def post(client: Client, act: str, **typed: object) -> Any:
    return client.post(PAGE, typed | {"act": act})


def test_a_period_is_opened_changed_put_off_closed_and_opened_again(administrator: Client, home: Unit) -> None:
    assert post(administrator, "open", **TYPED).status_code == HTTPStatus.FOUND
    period = Period.objects.get()
    assert (str(period.opens_on), str(period.cut_off_on), str(period.deadline_on)) == (
        "2020-03-10",
        "2020-03-31",
        "2020-04-10",
    )
    assert period.reminder_days == [-7, 1]
    assert str(period.terms.get().deadline_on) == "2020-04-03"
    changed = TYPED | {"district_deadline_on": "", "deadline_on": "20/4/2563", "reason": "โรคระบาด"}
    assert post(administrator, "change", **changed).status_code == HTTPStatus.FOUND
    extension = {"unit": home.pk, "deadline_on": "15/6/2563", "document": "กท 1901/5", "reason": "บุคลากรกักตัว"}
    assert post(administrator, "extend", **extension).status_code == HTTPStatus.FOUND
    assert post(administrator, "close", reason="ครบกำหนด").status_code == HTTPStatus.FOUND
    html = administrator.get(PAGE).content.decode()
    for words in ("โรคระบาด", "บุคลากรกักตัว", "กท 1901/5", "ครบกำหนด", "ปิดงวดแล้ว", "สมชาย ใจดี"):
        assert words in html
    assert post(administrator, "reopen", reason="ขอเพิ่ม").status_code == HTTPStatus.FOUND
    assert [row.kind for row in PeriodChange.objects.order_by("pk")] == ["dates", "closed", "reopened"]
    assert Extension.objects.get().unit == home


@pytest.mark.parametrize(
    ("act", "typed", "says"),
    [
        ("open", TYPED | {"opens_on": "31/2/2563"}, "31/2/2563"),
        ("open", TYPED | {"cut_off_on": "1/4/2563"}, "วันตัดข้อมูลไม่อยู่ใน"),
        ("open", TYPED | {"reminder_days": "สัปดาห์หน้า"}, "สัปดาห์หน้า"),
        ("open", {}, "aria-invalid"),
    ],
)
def test_a_mistake_keeps_what_was_typed(administrator: Client, act: str, typed: dict[str, str], says: str) -> None:
    answer = post(administrator, act, **typed)
    html = answer.content.decode()
    assert answer.status_code == HTTPStatus.OK
    assert says in html
    assert not typed or "10 เมษายน 2563" in html
    assert not Period.objects.exists()


def test_closing_before_the_deadline_says_why_not_and_keeps_the_reason(administrator: Client) -> None:
    post(administrator, "open", **TYPED | {"deadline_on": "30/6/2563"})
    html = post(administrator, "close", reason="เร่งปิด").content.decode()
    assert "ยังไม่พ้นกำหนดส่ง" in html
    assert "เร่งปิด" in html
    assert Period.objects.get().closed_on is None


def test_what_names_no_act_is_a_bad_request(administrator: Client) -> None:
    assert post(administrator, "destroy").status_code == HTTPStatus.BAD_REQUEST
    assert post(administrator, "close", reason="ก").status_code == HTTPStatus.NOT_FOUND
    post(administrator, "open", **TYPED)
    other = {"unit": "00000000-0000-7000-8000-000000000000", "deadline_on": "15/6/2563", "document": "1", "reason": "ก"}
    assert post(administrator, "extend", **other).status_code == HTTPStatus.OK
    assert not Extension.objects.exists()


def test_only_those_who_manage_periods_come_here(home: Unit) -> None:
    for number, role in enumerate(set(Role) - {Role.OPERATOR, Role.STRATEGY_ADMINISTRATOR}):
        client = signed_in(officer(role, home, f"officer-{number}"))
        assert client.get(YEAR_PAGE).status_code == HTTPStatus.FORBIDDEN, role
        assert post(client, "open", **TYPED).status_code == HTTPStatus.FORBIDDEN, role
        assert YEAR_PAGE not in client.get(reverse("my-work")).content.decode()
    assert not Period.objects.exists()


@in_both_languages
def test_the_year_shows_each_quarter_and_its_phase(administrator: Client, language: str) -> None:
    post(administrator, "open", **TYPED)
    html = administrator.get(in_language(f"{YEAR_PAGE}?fiscal-year=2563", language)).content.decode()
    told = {
        "th": ("พ้นกำหนดส่ง ยังรับรายงานล่าช้า", "ยังไม่ได้กำหนดวัน"),
        "en": ("Deadline over, late reports come in", "Not opened"),
    }
    for words in told[language]:
        assert words in html
    assert in_language(PAGE, language) in html
