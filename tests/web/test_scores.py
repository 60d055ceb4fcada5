"""The pages of scores and agreements: who opens them, what they say, and what is recorded on them."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from lakthan.apps.indicators.models import Agreement, Assignment
from lakthan.apps.indicators.services.assignments import Goal, assign
from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import ManagementScore
from lakthan.rules.permissions import PERMISSIONS, Action, Role, Scope
from lakthan.rules.workflow import State
from tests.apps import builders, lives
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.pages import in_both_languages, in_language
from tests.web.test_decisions import ROLES, decided, officer, signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("agencies")


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


def address_of(unit: Unit, page: str = "agency-score") -> str:
    """In Thai, whatever language the last request was in."""
    with override("th"):
        return reverse(page, args=(unit.pk, YEAR))


def weighted(unit: Unit, number: int, weight: str | None, target: str = "80") -> Assignment:
    """A duty with a weight, for an indicator of its own."""
    indicator = builders.indicator(unit, f"2100-{number:04}")
    goal = Goal(Decimal(target), Assignment.Class_.ROUTINE, None if weight is None else Decimal(weight))
    return assign(
        actor=ROOT,
        indicator=indicator,
        definition=builders.definition(indicator),
        unit=unit,
        fiscal_year=YEAR,
        goal=goal,
        now=NOW,
    )


def test_each_role_opens_what_the_table_says(home: Unit) -> None:
    builders.assignment(home)
    other, scopes = builders.unit("5001"), PERMISSIONS[Action.READ_SCORES]
    for number, role in enumerate(ROLES):
        at_home = signed_in(officer(home, role, f"at-home-{number}"))
        elsewhere = signed_in(officer(other, role, f"elsewhere-{number}"))
        assert at_home.get(LIST).status_code == (HTTPStatus.OK if role in scopes else HTTPStatus.FORBIDDEN), role
        for address in (address_of(home), address_of(home, "agreement")):
            expected = HTTPStatus.OK if role in scopes else HTTPStatus.FORBIDDEN
            assert at_home.get(address).status_code == expected, role
            outside = expected if scopes.get(role) is not Scope.OWN_UNIT else HTTPStatus.NOT_FOUND
            assert elsewhere.get(address).status_code == outside, role


@in_both_languages
def test_a_score_shows_every_step(home: Unit, language: str) -> None:
    """One district of one counts: 100 of 80 is 125 percent and 5 points; the other indicator has no weight."""
    district = builders.unit("5001")
    builders.inclusion(builders.project(district), builders.action_plan(district))
    weighted(home, 1, "60", "80")
    weighted(home, 2, None)
    weighted(home, 3, "40", "110")
    address = in_language(f"{address_of(home)}?results=latest", language)
    html = signed_in(officer(home, Role.AUDITOR)).get(address).content.decode()
    assert "100 ÷ 80 × 100 = 125" in html
    assert "4 + (90.9091 − 90) ÷ (100 − 90) = 4.0909" in html
    assert "463.6364 ÷ 100 = 4.6364" in html
    assert {"th": "ยังไม่ประเมิน", "en": "Not evaluated"}[language] in html, "Part 1 has no score"


def test_only_certified_results_are_official(home: Unit) -> None:
    weighted(home, 1, "100")
    client = signed_in(officer(home, Role.AUDITOR))
    page = client.get(address_of(home)).context["page"]
    assert (page.part_2.exact, page.whole) == (None, None)
    assert [line.scored.reason for line in page.results] == ["not-evaluated"]


def test_the_whole_is_there_once_both_parts_are(home: Unit) -> None:
    row = weighted(home, 1, "100", "0.01")
    district = builders.unit("5001")
    builders.inclusion(builders.project(district), builders.action_plan(district))
    lives.report_in(home, State.CERTIFIED, row)
    reviewer = signed_in(officer(district, Role.REVIEWER, "reviewer"))
    for component in ("planning", "follow-up"):
        form = {"component": component, "score": "๔.๕", "note": "แผนครบ"}
        assert reviewer.post(address_of(home), form).status_code == HTTPStatus.FOUND
    page = reviewer.get(f"{address_of(home)}?results=latest").context["page"]
    assert page.components[0].score == Decimal("4.5")
    assert page.part_2.exact == 5
    assert page.part_1.exact is None, "the reporting was not scored"


@pytest.mark.parametrize(
    "typed", [{"score": "6"}, {"score": "ดี"}, {"score": ""}, {"note": " "}, {"component": "reporting"}]
)
def test_a_mistake_in_a_score_keeps_what_was_typed(home: Unit, typed: dict[str, str]) -> None:
    weighted(home, 1, "100")
    client = signed_in(officer(builders.unit("5001"), Role.REVIEWER))
    form = {"component": "planning", "score": "4", "note": "พิมพ์ไว้ยาวมาก"} | typed
    answer = client.post(address_of(home), form)
    assert answer.status_code == HTTPStatus.OK
    assert not ManagementScore.objects.exists()
    if typed.get("component") is None and "note" not in typed:
        assert "พิมพ์ไว้ยาวมาก" in answer.content.decode()


def test_nobody_scores_the_own_unit(home: Unit) -> None:
    weighted(home, 1, "100")
    client = signed_in(officer(home, Role.REVIEWER))
    assert 'name="component"' not in client.get(address_of(home)).content.decode()
    form = {"component": "planning", "score": "4", "note": "ครบ"}
    assert client.post(address_of(home), form).status_code == HTTPStatus.FORBIDDEN
    reporter = signed_in(officer(home, Role.REPORTER, "reporter"))
    assert reporter.post(address_of(home), form).status_code == HTTPStatus.FORBIDDEN


# Agreements


def test_an_agreement_is_made_signed_by_both_sides_and_frozen(home: Unit) -> None:
    row = weighted(home, 1, "60")
    address = address_of(home, "agreement")
    strategy = signed_in(officer(home))
    assert "60" in strategy.get(address).content.decode()
    made = strategy.post(address, {"step": "propose", "number": "คร 1/2563", "document_date": "1 ตุลาคม 2562"})
    assert made.status_code == HTTPStatus.FOUND
    people = [(Role.UNIT_HEAD, home, "head"), (Role.EXECUTIVE, builders.unit("5001"), "executive")]
    for role, unit, login in people:
        client = signed_in(officer(unit, role, login))
        assert 'value="sign"' in client.get(address).content.decode()
        signed = client.post(address, {"step": "sign", "office": f"ตำแหน่ง {login}", "sure": "on"})
        assert signed.status_code == HTTPStatus.FOUND
        assert 'value="sign"' not in client.get(address).content.decode()
    decided(row)
    html = strategy.get(address).content.decode()
    for words in ("คร 1/2563", "ตำแหน่ง head", "ตำแหน่ง executive", "น้ำหนักรวมได้ 60 ไม่ใช่ 100", "กท 1906/12"):
        assert words in html
    assert strategy.get(LIST).context["listing"].rows[0].signed == 2


@pytest.mark.parametrize(
    ("role", "form"),
    [
        (Role.STRATEGY_ADMINISTRATOR, {"step": "propose", "number": "", "document_date": "1/10/2562"}),
        (Role.STRATEGY_ADMINISTRATOR, {"step": "propose", "number": "1", "document_date": "1/10/2599"}),
        (Role.STRATEGY_ADMINISTRATOR, {}),
        (Role.UNIT_HEAD, {"step": "sign", "office": "ผู้อำนวยการ"}),
    ],
)
def test_what_is_missing_in_an_agreement_is_asked_for(home: Unit, role: Role, form: dict[str, str]) -> None:
    weighted(home, 1, "100")
    answer = signed_in(officer(home, role)).post(address_of(home, "agreement"), form)
    assert answer.status_code == HTTPStatus.OK
    assert not Agreement.objects.exists()


def test_others_make_and_sign_nothing(home: Unit) -> None:
    weighted(home, 1, "100")
    address = address_of(home, "agreement")
    reporter = signed_in(officer(home, Role.REPORTER))
    made = reporter.post(address, {"step": "propose", "number": "1", "document_date": "1/10/2562"})
    assert made.status_code == HTTPStatus.FORBIDDEN
    head = signed_in(officer(home, Role.UNIT_HEAD, "head"))
    assert head.post(address, {"step": "sign", "office": "x", "sure": "on"}).status_code == HTTPStatus.NOT_FOUND


# Lists


def test_the_list_holds_what_one_may_read(home: Unit) -> None:
    district = builders.unit("5001")
    for unit, code in ((home, "2100-0001"), (district, "5001-0001")):
        builders.assignment(unit, builders.indicator(unit, code))

    def listed(client: Client, **query: str) -> list[str]:
        return [row.code for row in client.get(LIST, query).context["listing"].rows]

    assert listed(signed_in(officer(home))) == ["2100", "5001"]
    assert listed(signed_in(officer(home, login="two")), text="5001", sort="-code") == ["5001"]
    assert listed(signed_in(officer(district, Role.UNIT_HEAD, "head"))) == ["5001"]


def _count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == HTTPStatus.OK
    return len(captured)


def test_no_page_asks_more_often_for_more_rows(home: Unit) -> None:
    client = signed_in(officer(home))
    addresses = {
        LIST: 12,
        address_of(home): 22,
        f"{address_of(home)}?results=latest": 26,
        address_of(home, "agreement"): 14,
    }
    counts = []
    for first in (1, 11):
        for number in range(first, first + 10):
            weighted(home, number, "5")
            other = builders.unit(f"5{number:03}")
            builders.assignment(other, builders.indicator(other, f"5{number:03}-0001"))
        counts.append({address: _count(client, address) for address in addresses})
    assert counts[0] == counts[1]
    assert {address: count for address, count in counts[0].items() if count > addresses[address]} == {}
