"""Letters of transfer as PDF, through real requests: who gets which, and what stands on them."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.budget.models import Transfer
from lakthan.apps.budget.services.transfers import take_back_transfers, transfer_to_units
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.services import delegate, set_up_city
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.printing.readers import by_pdftotext_raw, squashed
from tests.web.test_staff import officer, signed_in

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 31)


@pytest.fixture
def bureau() -> Unit:
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def sent(bureau: Unit) -> list[Transfer]:
    """A letter to three districts, for whose approver somebody acted."""
    acting = delegate(
        actor=ROOT,
        unit=bureau,
        kind=Delegation.Kind.ACTING_IN_PLACE,
        office="ปลัดตัวอย่าง",
        deputy_office="รองปลัดตัวอย่าง",
        order_number="7/2563",
        valid_from=date(2020, 1, 1),
        now=builders.moment(date(2020, 1, 1)),
    )
    units = [builders.unit(code) for code in ("5001", "5002", "5003")]
    return transfer_to_units(
        actor=ROOT,
        amounts={unit: Decimal(1000 + at) for at, unit in enumerate(units)},
        fiscal_year=YEAR,
        purpose="สนับสนุนแผนพัฒนาชุมชน",
        letter_number="กท 9/2563",
        letter_date=DAY,
        issuer="สำนักงบประมาณตัวอย่าง",
        approver="ปลัดตัวอย่าง",
        delegation=acting,
        effective_on=DAY,
        now=NOW,
    )


@pytest.fixture
def auditor(bureau: Unit) -> Client:
    return signed_in(officer(Role.AUDITOR, bureau, "auditor"))


def text_of(client: Client, name: str, letter: Transfer, query: str = "") -> str:
    answer = client.get(reverse(name, args=(letter.pk,)) + query)
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "application/pdf"
    return squashed("\n".join(by_pdftotext_raw(answer.content)))


def test_one_letter_lists_every_district_and_names_who_acted(sent: list[Transfer], auditor: Client) -> None:
    text = text_of(auditor, "transfer-letter-pdf", sent[0])
    acted = "(รองปลัดตัวอย่างรักษาราชการแทนตามคำสั่งที่7/2563)"
    for words in ("๕๐๐๒ตัวอย่าง5002๑,๐๐๑.๐๐", "รวม๓สำนักงานเขต๓,๐๐๓.๐๐", acted):
        assert words in text
    assert "เอกสารสาธิตไม่ใช่หนังสือราชการจริง" in text


def test_each_district_has_a_letter_of_its_own_and_one_can_be_asked_for(sent: list[Transfer], auditor: Client) -> None:
    text = text_of(auditor, "transfer-letters-pdf", sent[0])
    assert text.count("ขอแสดงความนับถือ") == 3
    one = text_of(auditor, "transfer-letters-pdf", sent[0], "?district=5003")
    assert one.count("ขอแสดงความนับถือ") == 1
    assert "๑,๐๐๒.-บาท(หนึ่งพันสองบาทถ้วน)" in one
    missing = auditor.get(reverse("transfer-letters-pdf", args=(sent[0].pk,)) + "?district=5009")
    assert missing.status_code == HTTPStatus.NOT_FOUND


def test_a_district_gets_its_own_letter_alone(sent: list[Transfer]) -> None:
    client = signed_in(officer(Role.DISTRICT_OFFICER, sent[1].unit))
    text = text_of(client, "transfer-letters-pdf", sent[1])
    assert "๑,๐๐๑.-" in text
    assert "๑,๐๐๐.-" not in text
    assert client.get(reverse("transfer-letters-pdf", args=(sent[0].pk,))).status_code == HTTPStatus.NOT_FOUND
    page = client.get(reverse("transfer-letter", args=(sent[1].pk,))).content.decode()
    assert reverse("transfer-letters-pdf", args=(sent[1].pk,)) in page
    assert reverse("transfer-letter-pdf", args=(sent[1].pk,)) not in page


def test_what_was_taken_back_is_on_no_letter(sent: list[Transfer], auditor: Client) -> None:
    wrong = {"ended_on": date(2020, 2, 3), "document": "บันทึก 1/2563", "now": NOW}
    take_back_transfers(actor=ROOT, transfers=[sent[0]], **wrong)  # type: ignore[arg-type]
    text = text_of(auditor, "transfer-letter-pdf", sent[0])
    assert "รวม๒สำนักงานเขต๒,๐๐๓.๐๐" in text
    for row in sent[1:]:
        take_back_transfers(actor=ROOT, transfers=[row], **wrong)  # type: ignore[arg-type]
    assert auditor.get(reverse("transfer-letter-pdf", args=(sent[0].pk,))).status_code == HTTPStatus.NOT_FOUND
