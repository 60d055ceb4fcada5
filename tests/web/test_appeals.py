"""The pages of appeals: asking, answering, and gathering targets into one decision."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import Appeal, Decision
from lakthan.apps.reporting.services.appeals import appeal_target
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.test_decisions import ROLES, officer, signed_in, typed

pytestmark = pytest.mark.django_db

LIST, ASK, TAKE, MY_WORK = (reverse(name) for name in ("appeals", "appeal-ask", "decisions-take", "my-work"))
PLACE = reverse("work-quarter", args=("2100-0001", YEAR, 2))


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


def address_of(appeal: Appeal) -> str:
    return f"{LIST}{appeal.pk}/"


def about_result(row: Assignment) -> str:
    return f"{ASK}?kind=result&assignment={row.pk}&quarter=2"


def asked_for(row: Assignment, target: str = "70") -> Appeal:
    actor = lives.person(Role.UNIT_HEAD, row.unit)
    return appeal_target(actor=actor, assignment=row, target=Decimal(target), reasons="โรคระบาด", now=NOW)


def test_a_unit_asks_and_the_bureau_answers_and_both_see_it(home: Unit) -> None:
    row = builders.assignment(home)
    lives.report_in(home, State.CERTIFIED, row)
    head = signed_in(officer(home, Role.UNIT_HEAD, "head"))
    assert f"kind=result&amp;assignment={row.pk}" in head.get(PLACE).content.decode()
    assert head.post(about_result(row), {"reasons": "นับซ้ำสองเขต"}).status_code == HTTPStatus.FOUND
    appeal = Appeal.objects.get()
    certifier = signed_in(officer(builders.unit("5001"), Role.CERTIFIER, "certifier"))
    for client in (head, certifier):
        assert address_of(appeal) in client.get(MY_WORK).content.decode()
        assert "นับซ้ำสองเขต" in client.get(address_of(appeal)).content.decode()
    empty = certifier.post(address_of(appeal), {"outcome": "upheld", "answer": " "})
    assert (empty.status_code, Appeal.objects.get().outcome) == (HTTPStatus.OK, "")
    form = {"outcome": "upheld", "answer": "ตรวจแล้วนับซ้ำจริง"}
    assert certifier.post(address_of(appeal), form).status_code == HTTPStatus.FOUND
    assert "ตรวจแล้วนับซ้ำจริง" in head.get(address_of(appeal)).content.decode()
    assert address_of(appeal) in head.get(MY_WORK).content.decode()
    assert address_of(appeal) not in certifier.get(MY_WORK).content.decode()


def test_what_cannot_be_asked_keeps_what_was_typed(home: Unit) -> None:
    row = builders.assignment(home)
    lives.report_in(home, State.ACCEPTED, row)
    answer = signed_in(officer(home, Role.UNIT_HEAD)).post(about_result(row), {"reasons": "พิมพ์ไว้ยาวมาก"})
    assert answer.status_code == HTTPStatus.OK
    assert "พิมพ์ไว้ยาวมาก" in answer.content.decode()
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "?kind=result", "?kind=x", "?kind=component&unit=x", "?kind=target&assignment=x"]
)
def test_nothing_is_asked_about_what_is_not_there(home: Unit, query: str) -> None:
    assert signed_in(officer(home, Role.UNIT_HEAD)).get(f"{ASK}{query}").status_code == HTTPStatus.NOT_FOUND


def test_others_neither_ask_nor_answer_nor_see(home: Unit) -> None:
    row = builders.assignment(home)
    appeal, other = asked_for(row), builders.unit("5001")
    for number, role in enumerate(ROLES):
        client = signed_in(officer(other, role, f"elsewhere-{number}"))
        asking = client.get(f"{ASK}?kind=target&assignment={row.pk}").status_code
        assert asking == (HTTPStatus.NOT_FOUND if role in PERMISSIONS[Action.APPEAL] else HTTPStatus.FORBIDDEN), role
        answers = role in PERMISSIONS[Action.ANSWER_APPEAL]
        posted = client.post(address_of(appeal), {"outcome": "", "answer": ""}).status_code
        sees = client.get(address_of(appeal)).status_code
        if role not in PERMISSIONS[Action.READ_SCORES]:
            assert (sees, posted) == (HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN), role
        elif role in PERMISSIONS[Action.APPEAL]:
            assert (sees, posted) == (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND), role
        else:
            assert (sees, posted) == (HTTPStatus.OK, HTTPStatus.OK if answers else HTTPStatus.FORBIDDEN), role


def test_an_appeal_for_a_target_comes_with_a_file_and_is_withdrawn(home: Unit) -> None:
    row = builders.assignment(home)
    client = signed_in(officer(home, Role.REPORTER))
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter")
    form = {"target": "๗๐", "reasons": "โรคระบาด", "evidence": file}
    assert client.post(f"{ASK}?kind=target&assignment={row.pk}", form).status_code == HTTPStatus.FOUND
    appeal = Appeal.objects.get()
    assert (appeal.target, appeal.evidence) == (Decimal(70), Evidence.objects.get())
    assert client.post(address_of(appeal), {"step": "withdraw"}).status_code == HTTPStatus.FOUND
    assert Appeal.objects.get().outcome == "withdrawn"


def test_targets_of_one_meeting_are_granted_by_one_document(home: Unit) -> None:
    rows = [builders.assignment(home, builders.indicator(home, f"2100-{number:04}")) for number in (1, 2)]
    appeals = [asked_for(row, target) for row, target in zip(rows, ("70", "65"), strict=True)]
    client = signed_in(officer(home))
    assert str(appeals[0].pk) in client.get(LIST).content.decode()
    address = f"{TAKE}?{'&'.join(f'appeal={appeal.pk}' for appeal in appeals)}"
    html = client.get(address).content.decode()
    assert 'value="70' in html
    assert 'value="65' in html
    form = typed(*rows, kind="target-changed", target="70")
    assert client.post(address, form).status_code == HTTPStatus.FOUND
    assert Decision.objects.values("document").distinct().count() == 1
    assert set(Appeal.objects.values_list("outcome", "decision__document__number")) == {("upheld", "กท 1906/12")}


def test_a_target_that_is_asked_for_is_not_granted_without_a_decision(home: Unit) -> None:
    appeal = asked_for(builders.assignment(home))
    client = signed_in(officer(home))
    for outcome, status in (("upheld", HTTPStatus.OK), ("rejected", HTTPStatus.FOUND)):
        answer = client.post(address_of(appeal), {"outcome": outcome, "answer": "ไม่เข้าหลักเกณฑ์"})
        assert answer.status_code == status
    assert Appeal.objects.get().outcome == "rejected"


def test_the_list_asks_no_more_often_for_more_appeals(home: Unit) -> None:
    client, counts = signed_in(officer(home)), []
    for first in (1, 11):
        for number in range(first, first + 10):
            asked_for(builders.assignment(home, builders.indicator(home, f"2100-{number:04}")))
        counts.append([_count(client, address) for address in (LIST, MY_WORK)])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12


def _count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(captured)
