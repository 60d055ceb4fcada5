"""The pages of decisions: who may open them, what they take, and that nothing typed is lost."""

from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import give_role, set_up_city
from lakthan.apps.reporting.models import Decision
from lakthan.apps.reporting.services.decisions import Document, Resolution, decide_assignments
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from tests.apps import builders, lives
from tests.apps.builders import FOUNDED, NOW, ROOT, YEAR
from tests.web.pages import Page, in_both_languages, in_language

pytestmark = pytest.mark.django_db

LIST, CHOOSE, TAKE = reverse("decisions"), reverse("decisions-choose"), reverse("decisions-take")
ROLES = [role for role in Role if role is not Role.OPERATOR]
DAY = date(2020, 4, 1)


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


def officer(unit: Unit, role: Role = Role.STRATEGY_ADMINISTRATOR, login: str = "officer") -> User:
    user = builders.user(login)
    give_role(actor=ROOT, user=user, unit=unit, role=role, valid_from=FOUNDED, now=NOW)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def take_address(*about: Assignment) -> str:
    return f"{TAKE}?{urlencode({'assignment': [str(row.pk) for row in about]}, doseq=True)}"


def typed(*about: Assignment, **changed: object) -> dict[str, object]:
    """A form as it is filled in, one row of it changed by `kind`, `target` and `quarter`."""
    form: dict[str, object] = {
        "number": "กท 1906/12",
        "document_date": "20 มีนาคม 2563",
        "decided_by": "คณะกรรมการพิจารณาตัวชี้วัด",
        "effective_on": "1/4/2563",
        "reason": "สถานการณ์โรคระบาด",
    }
    row = {"kind": "slowed", "target": "", "quarter": "year"}
    row |= {name: str(changed.pop(name)) for name in list(changed) if name in row}
    for assignment in about:
        form |= {f"{assignment.pk}-{name}": value for name, value in row.items()}
    return form | changed


def decided(*about: Assignment) -> None:
    decide_assignments(
        actor=lives.person(Role.STRATEGY_ADMINISTRATOR),
        document=Document("กท 1906/12", date(2020, 3, 20), "คณะกรรมการพิจารณาตัวชี้วัด"),
        resolutions=[Resolution(row, DecisionKind.SLOWED, DAY, "โรคระบาด") for row in about],
        now=NOW,
    )


def test_each_role_opens_what_the_table_says(home: Unit) -> None:
    row = builders.assignment(home)
    decided(row)
    other = builders.unit("5001")
    for number, role in enumerate(ROLES):
        client = signed_in(officer(home, role, f"at-home-{number}"))
        reads, decides = (role in PERMISSIONS[action] for action in (Action.READ_REPORT, Action.DECIDE_ASSIGNMENT))
        assert client.get(LIST).status_code == (HTTPStatus.OK if reads else HTTPStatus.FORBIDDEN), role
        for address in (CHOOSE, take_address(row)):
            assert client.get(address).status_code == (HTTPStatus.OK if decides else HTTPStatus.FORBIDDEN), role
        if not decides:
            assert client.post(take_address(row), typed(row)).status_code == HTTPStatus.FORBIDDEN
        if reads:
            elsewhere = signed_in(officer(other, role, f"elsewhere-{number}")).get(LIST)
            sees = PERMISSIONS[Action.READ_REPORT][role] is Scope.ANY_UNIT
            assert ("กท 1906/12" in elsewhere.content.decode()) == sees, role
    assert Decision.objects.count() == 1


@in_both_languages
def test_one_decision_is_taken_with_its_document(home: Unit, language: str) -> None:
    row = builders.assignment(home)
    client = signed_in(officer(home))
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")
    form = typed(row, kind="target-changed", target="๗๒.๕", quarter=3, evidence=file)
    answer = client.post(in_language(take_address(row), language), form)
    assert (answer.status_code, answer["Location"]) == (HTTPStatus.FOUND, in_language(LIST, language))
    stored = Decision.objects.get()
    assert (stored.kind, str(stored.target), stored.quarter) == ("target-changed", "72.5000", 3)
    assert (stored.effective_on, stored.document.document_date) == (DAY, date(2020, 3, 20))
    assert stored.document.evidence == Evidence.objects.get(name="minutes.pdf")
    html = client.get(in_language(LIST, language)).content.decode()
    assert "กท 1906/12" in html
    assert "72.5" in html
    assert "minutes.pdf" in html


def test_several_are_decided_at_once_or_none(home: Unit) -> None:
    rows = [builders.assignment(home, builders.indicator(home, f"2100-{number:04}")) for number in (1, 2)]
    client = signed_in(officer(home))
    decided(rows[1])
    refused = client.post(take_address(*rows), typed(*rows))
    assert refused.status_code == HTTPStatus.OK
    assert Decision.objects.count() == 1
    form = typed(*rows) | {f"{rows[1].pk}-kind": "cancelled", f"{rows[1].pk}-reason": "ยุบรวม"}
    assert client.post(take_address(*rows), form).status_code == HTTPStatus.FOUND
    assert sorted(Decision.objects.values_list("kind", "reason")) == [
        ("cancelled", "ยุบรวม"),
        ("slowed", "สถานการณ์โรคระบาด"),
        ("slowed", "โรคระบาด"),
    ]
    assert len(set(Decision.objects.values_list("document", flat=True))) == 2


@pytest.mark.parametrize(
    ("changed", "marked"),
    [
        ({"effective_on": "31/2/2563"}, "document-effective_on"),
        ({"effective_on": "1/4/2560"}, ""),
        ({"document_date": "2 มิถุนายน 2563"}, ""),
        ({"reason": " "}, "document-reason"),
        ({"kind": "target-changed"}, "target"),
        ({"kind": "target-changed", "target": "แปดสิบ"}, "target"),
        ({"kind": "target-changed", "target": "NaN"}, "target"),
        ({"target": "80"}, "target"),
        ({"kind": "resumed"}, "kind"),
        ({"kind": "no-such-kind"}, "kind"),
    ],
)
def test_a_mistake_keeps_all_that_was_typed(home: Unit, changed: dict[str, str], marked: str) -> None:
    row = builders.assignment(home)
    answer = signed_in(officer(home)).post(take_address(row), typed(row, **changed))
    page = Page(answer.content.decode())
    assert answer.status_code == HTTPStatus.OK
    assert "กท 1906/12" in page.values("value")
    invalid = [e.attributes["id"] for e in page.elements if e.attributes.get("aria-invalid") == "true"]
    assert [name for name in invalid if marked in str(name)] or not marked
    assert not Decision.objects.exists()


@pytest.mark.parametrize("query", ["", "?assignment=x", "?assignment=00000000-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_not_decided_on(home: Unit, query: str) -> None:
    assert signed_in(officer(home)).get(f"{TAKE}{query}").status_code == HTTPStatus.NOT_FOUND


def test_choosing_leads_to_the_form(home: Unit) -> None:
    row = builders.assignment(home)
    client = signed_in(officer(home))
    page = Page(client.get(CHOOSE, {"text": "2100-0001"}).content.decode())
    boxes = [e.attributes["value"] for e in page.tags("input") if e.attributes.get("name") == "assignment"]
    assert boxes == [str(row.pk)]
    assert client.get(TAKE, {"assignment": boxes}).status_code == HTTPStatus.OK
    assert "assignment" not in client.get(CHOOSE, {"text": "ไม่มี"}).content.decode()


def test_the_list_is_narrowed_by_its_address(home: Unit) -> None:
    district = builders.unit("5001")
    rows = [builders.assignment(home), builders.assignment(district, builders.indicator(district, "5001-0001"))]
    decided(*rows)
    client = signed_in(officer(home))

    def listed(**query: str) -> list[str]:
        return [row.code for row in client.get(LIST, query).context["listing"].rows]

    assert listed(sort="code") == ["2100-0001", "5001-0001"]
    assert listed(text="5001-0001") == ["5001-0001"]
    assert listed(unit=str(home.pk)) == ["2100-0001"]
    assert listed(kind="cancelled") == []
    assert listed(**{"fiscal-year": str(YEAR.be)}, kind="slowed", sort="-code") == ["5001-0001", "2100-0001"]
    assert listed(**{"fiscal-year": "2570"}) == []


@in_both_languages
def test_a_report_and_the_public_page_tell_what_was_decided(home: Unit, language: str) -> None:
    row = builders.assignment(home)
    with override("th"):
        place = reverse("work-quarter", args=("2100-0001", YEAR, 3))
        public = reverse("indicator", args=("2100-0001", YEAR))
    client = signed_in(officer(home))
    assert f"{TAKE}?assignment={row.pk}" in client.get(place).content.decode()
    decided(row)
    for address in (place, public):
        html = client.get(in_language(address, language)).content.decode()
        assert "กท 1906/12" in html
        assert {"th": "ชะลอ", "en": "Slowed"}[language] in html
    assert "กท 1906/12" in Client().get(public).content.decode()
    assert TAKE not in signed_in(officer(home, Role.REPORTER, "reporter")).get(place).content.decode()


def test_what_does_not_apply_says_so_in_place_of_a_value(home: Unit) -> None:
    row = builders.assignment(home)
    signed_in(officer(home)).post(take_address(row), typed(row, kind="not-applicable"))
    html = Client().get(reverse("indicator-quarter", args=("2100-0001", YEAR, 3))).content.decode()
    assert "ไม่เข้าเกณฑ์วัด" in html
    assert Client().get(reverse("indicator-list")).status_code == HTTPStatus.OK
    reporter = signed_in(officer(home, Role.REPORTER, "reporter"))
    assert 'value="write"' not in reporter.get(reverse("work-quarter", args=("2100-0001", YEAR, 3))).content.decode()


@pytest.mark.parametrize("address", [LIST, CHOOSE])
def test_lists_ask_no_more_often_for_more_rows(home: Unit, address: str) -> None:
    client, counts = signed_in(officer(home)), []
    for first in (1, 21):
        rows = [builders.assignment(home, builders.indicator(home, f"2100-{n:04}")) for n in range(first, first + 20)]
        decided(*rows)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == HTTPStatus.OK
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12
