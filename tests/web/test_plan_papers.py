"""The papers of an action plan: the register and the memo, whose numbers are those of the list."""

from datetime import date
from decimal import Decimal
from http import HTTPStatus
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse

from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.planning.models import CommunityProject, Decline, Inclusion
from lakthan.apps.planning.services.decisions import confirm_action_plan, decline_project, include_project
from lakthan.core.money import baht_words
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR, somebody
from tests.printing.readers import by_pdftotext_raw, squashed
from tests.web.test_project_decisions import of_role

pytestmark = pytest.mark.django_db

PLACE = ("5001", YEAR)
DAY = date(2020, 3, 2)


@pytest.fixture
def home() -> Unit:
    """A district with an item shared by two communities, one of its own, one declined, and one that waits."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    home = builders.unit()
    plan = builders.action_plan(home)
    one, two, three, four, _ = (builders.project(home, f"ชุมชนที่ {number}") for number in range(1, 6))
    for project, item, budget in ((one, 1, Decimal(120_000)), (two, 1, None), (three, 2, Decimal("5000.50"))):
        include_project(
            actor=ROOT,
            action_plan=plan,
            project=project,
            item_number=item,
            budget=budget,
            effective_on=DAY,
            document=f"บันทึก {item}/2563",
            now=NOW,
        )
    decline_project(
        actor=ROOT,
        action_plan=plan,
        project=four,
        reason_code=Decline.Reason.PRIVATE_LAND,
        reason="เจ้าของที่ดินยังไม่ยินยอม",
        effective_on=DAY,
        document="บันทึก 9/2563",
        now=NOW,
    )
    return home


@pytest.fixture
def client(home: Unit) -> Client:
    return of_role(Role.DISTRICT_OFFICER, home)


def printed(client: Client, name: str, query: str = "") -> str:
    """The text of a PDF without its white space."""
    answer = client.get(reverse(name, args=PLACE) + query)
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == "application/pdf"
    return squashed("\n".join(by_pdftotext_raw(answer.content)))


def written(client: Client) -> str:
    """The text of the Word file without its white space."""
    content = client.get(reverse("action-plan-memo-docx", args=PLACE)).content
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return squashed("\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def test_the_register_has_as_many_rows_as_inclusions_and_counts_a_shared_budget_once(client: Client) -> None:
    text = printed(client, "action-plan-pdf")
    assert text.count("2มี.ค.2563บันทึก") == Inclusion.objects.count() == 3
    assert "3โครงการ2รายการรวมวงเงิน125,000.50บาท" in text
    assert text.count("120,000.00") == 1
    assert "รวมในลำดับเดียวกัน" in text


def test_the_register_is_a_draft_until_the_director_confirms_it(home: Unit, client: Client) -> None:
    assert "ฉบับร่างผู้อำนวยการเขตยังไม่ยืนยันบัญชี" in printed(client, "action-plan-pdf")
    confirm_action_plan(
        actor=somebody(Role.DISTRICT_DIRECTOR, home),
        action_plan=Inclusion.objects.all()[0].action_plan,
        effective_on=date(2020, 4, 1),
        document="บันทึก ผอ. 7/2563",
        now=NOW,
    )
    text = printed(client, "action-plan-pdf")
    assert "ฉบับร่าง" not in text
    assert "ยืนยันเมื่อวันที่1เมษายน2563บันทึกผอ.7/2563" in text


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_numbers_of_the_memo_are_those_of_the_list(client: Client, kind: str) -> None:
    text = printed(client, "action-plan-memo") if kind == "pdf" else written(client)
    table = client.get(reverse("project-decisions"), {"district": "5001", "fiscal-year": "2563"}).context
    counts = {str(standing): count for standing, _, count in table["counts"]}
    assert counts == {"included": 3, "declined": 1, "undecided": 1}
    assert f"จำนวน{CommunityProject.objects.count()}โครงการจาก5ชุมชน" in text
    assert f"(1)บรรจุ{counts['included']}โครงการ2รายการรวมวงเงิน125,000.50บาท" in text
    assert squashed(baht_words(table["table"].total.baht)) in text
    assert f"(2)ไม่บรรจุ{counts['declined']}โครงการ" in text
    assert f"(3)ยังไม่พิจารณา{counts['undecided']}โครงการ" in text
    assert "พื้นที่เอกชน:เจ้าของที่ดินยังไม่ยินยอม" in text
    assert text.count("120,000.00") == text.count("5,000.50") - text.count("125,000.50") == 1
    assert table["table"].total.baht == Decimal("125000.50")


def test_the_memo_has_the_number_and_day_that_were_typed(client: Client) -> None:
    text = printed(client, "action-plan-memo", "?number=กท 5001/๑๒&on=๑ เมษายน ๒๕๖๓")
    assert "ที่กท5001/๑๒" in text
    assert "วันที่1เมษายน2563" in text
    assert "เรียนผู้อำนวยการเขต" in text
    address = reverse("action-plan-memo", args=PLACE)
    assert client.get(f"{address}?on=เมื่อวาน").status_code == HTTPStatus.BAD_REQUEST
    assert client.get(f"{address}?number={'1' * 101}").status_code == HTTPStatus.BAD_REQUEST


def test_papers_of_another_district_are_not_found(home: Unit) -> None:
    other = of_role(Role.DISTRICT_DIRECTOR, builders.unit("5002"))
    for name in ("action-plan-pdf", "action-plan-memo", "action-plan-memo-docx"):
        assert other.get(reverse(name, args=PLACE)).status_code == HTTPStatus.NOT_FOUND


def test_an_empty_register_is_printed_too(client: Client, home: Unit) -> None:
    builders.action_plan(home, YEAR + 1)
    answer = client.get(reverse("action-plan-pdf", args=("5001", YEAR + 1)))
    assert "ไม่มีโครงการที่บรรจุ" in "\n".join(by_pdftotext_raw(answer.content))


def test_the_memo_of_an_empty_list_says_so_without_sums(client: Client, home: Unit) -> None:
    builders.action_plan(home, YEAR + 1)
    answer = client.get(reverse("action-plan-memo", args=("5001", YEAR + 1)))
    text = squashed("\n".join(by_pdftotext_raw(answer.content)))
    assert "(1)ไม่มีโครงการที่บรรจุ" in text
    assert "ศูนย์บาทถ้วน" not in text


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_long_list_is_attached_behind_the_signatures(client: Client, home: Unit, kind: str) -> None:
    plan = Inclusion.objects.all()[0].action_plan
    for number in range(10, 20):
        builders.inclusion(builders.project(home, f"ชุมชนเพิ่ม {number}"), plan, item=number)
    text = printed(client, "action-plan-memo") if kind == "pdf" else written(client)
    assert "สิ่งที่ส่งมาด้วยบัญชีรายชื่อโครงการ/กิจกรรมที่บรรจุจำนวน13โครงการ" in text
    assert text.index("เห็นชอบลงชื่อ") < text.index("แนบท้าย:บัญชีรายชื่อโครงการ")
    assert text.count("ชุมชนเพิ่ม") == 10


def test_the_memo_of_a_confirmed_list_asks_for_its_corrections(home: Unit, client: Client) -> None:
    plan = Inclusion.objects.all()[0].action_plan
    director = somebody(Role.DISTRICT_DIRECTOR, home)
    confirm_action_plan(actor=director, action_plan=plan, effective_on=date(2020, 4, 1), document="บันทึก 7", now=NOW)
    text = printed(client, "action-plan-memo")
    assert "ขอความเห็นชอบแก้ไขบัญชีโครงการ" in text
    assert "ยืนยันบัญชีแล้วเมื่อวันที่1เมษายน2563หลังจากนั้นบันทึกมติใหม่0เรื่อง" in text
