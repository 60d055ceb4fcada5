"""The executive's page: who opens it, what it counts, and that each number leads to its list."""

from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lakthan.apps.people.models import Unit
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.summary import Summary
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.pace import Ground, Outlook
from lakthan.rules.permissions import PERMISSIONS, Action, Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.apps.test_assignment_decisions import decide
from tests.web.pages import Page, in_both_languages, in_language
from tests.web.test_decisions import ROLES, officer, signed_in

pytestmark = pytest.mark.django_db

SUMMARY = reverse("summary")
OF_COMMUNITIES = {
    "kind": "share",
    "population": {"of": "communities", "basis": "registered"},
    "matching": {"fact": "community-plan"},
}
MOST = 16
"""Figures of all kinds of formula, decisions, certified figures, branches, and who is signed in."""


@pytest.fixture
def home() -> Unit:
    """The bureau, in a city on a simulated clock in the third quarter."""
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    return builders.bureau()


@pytest.fixture
def districts() -> list[Unit]:
    """Four district offices, of which one has included a project in the second quarter."""
    found = [builders.unit(f"500{number}") for number in range(1, 5)]
    builders.inclusion(builders.project(found[0]), builders.action_plan(found[0]))
    return found


def indicator(home: Unit, number: int, target: str = "80", **more: object) -> None:
    builders.assignment(home, builders.indicator(home, f"2100-{number:04}", **more), target)  # type: ignore[arg-type]


def seen(client: Client, **query: str) -> Summary:
    page: Summary = client.get(SUMMARY, query).context["page"]
    return page


def counted(page: Summary) -> dict[Outlook, int]:
    return {outlook: count for outlook, count in page.counts.items() if count}


def test_it_is_for_those_whom_the_table_names(home: Unit) -> None:
    for number, role in enumerate(ROLES):
        client = signed_in(officer(home, role, f"officer-{number}"))
        may = role in PERMISSIONS[Action.READ_SUMMARY]
        assert client.get(SUMMARY).status_code == (HTTPStatus.OK if may else HTTPStatus.FORBIDDEN), role
        assert (SUMMARY in Page(client.get(reverse("my-work")).content.decode()).values("href")) == may, role


@in_both_languages
def test_it_says_what_will_stand_there(home: Unit, language: str) -> None:
    html = signed_in(officer(home, Role.EXECUTIVE)).get(in_language(SUMMARY, language)).content.decode()
    assert {"th": "สรุปผู้บริหาร", "en": "Executive summary"}[language] in html


def test_each_target_stands_in_one_group(home: Unit, districts: list[Unit]) -> None:
    """25 percent in quarters 2 and 3: no pace from there on."""
    indicator(home, 1, "25")
    indicator(home, 2, "80")
    indicator(home, 3, formula=builders.PAIR)
    slowed = builders.assignment(home, builders.indicator(home, "2100-0004"))
    cancelled = builders.assignment(home, builders.indicator(home, "2100-0005"))
    decide(slowed, DecisionKind.SLOWED)
    decide(cancelled, DecisionKind.CANCELLED)
    page = seen(signed_in(officer(home, Role.EXECUTIVE)))
    assert counted(page) == {
        Outlook.MET: 1,
        Outlook.BEHIND: 1,
        Outlook.NO_DATA: 1,
        Outlook.SLOWED: 1,
        Outlook.CANCELLED: 1,
    }
    assert [line.document for line in page.lines][3:] == ["กท 1906/12"] * 2


def test_a_target_that_will_be_missed_says_why_and_by_whom(home: Unit, districts: list[Unit]) -> None:
    indicator(home, 1)
    client = signed_in(officer(home, Role.EXECUTIVE))
    (missed,) = seen(client).missed
    assert [district.code for district in missed.without] == ["5002", "5003", "5004"]
    projection = missed.line.projection
    assert (projection.ground, projection.expected) == (Ground.PACE, Decimal("37.5"))
    html = client.get(SUMMARY).content.decode()
    assert "37.50" in html
    trace = reverse("district-trace", args=("2100-0001", YEAR, 3, "5002"))
    assert f"{trace}#why-not" in Page(html).values("href")


def test_an_earlier_quarter_is_seen_as_it_was(home: Unit, districts: list[Unit]) -> None:
    indicator(home, 1, "25")
    client = signed_in(officer(home, Role.EXECUTIVE))
    assert counted(seen(client, quarter="1")) == {Outlook.BEHIND: 1}
    assert counted(seen(client, quarter="2")) == {Outlook.MET: 1}
    assert seen(client, quarter="4").quarter == 3, "the fourth has not begun"
    assert seen(client, quarter="x").quarter == 3


def test_every_number_leads_to_its_list(home: Unit, districts: list[Unit]) -> None:
    node = builders.plan_node(builders.plan_version())
    indicator(home, 1, "25", nodes=[node])
    indicator(home, 2, "80")
    client = signed_in(officer(home, Role.EXECUTIVE))

    def listed(**query: str) -> list[str]:
        return [line.code for line, *_ in client.get(SUMMARY, query).context["lines"]]

    assert listed() == ["2100-0001", "2100-0002"]
    assert listed(show="on-target") == ["2100-0001"]
    assert listed(show="behind") == ["2100-0002"]
    assert listed(show="slowed") == []
    assert listed(branch=str(node.pk)) == ["2100-0001"]
    assert listed(branch="none") == ["2100-0002"]
    assert listed(agency=str(home.pk), show="behind") == ["2100-0002"]
    links = [str(link) for link in Page(client.get(SUMMARY).content.decode()).values("href")]
    for name in ("on-target", "behind", "no-data", "slowed", "not-measured"):
        assert any(f"show={name}" in link for link in links), name


def test_branches_and_agencies_add_up(home: Unit, districts: list[Unit]) -> None:
    version = builders.plan_version()
    top = builders.plan_node(version, "5")
    indicator(home, 1, "25", nodes=[builders.plan_node(version, "5.2", top)])
    indicator(home, 2)
    other = builders.unit("5009")
    builders.assignment(other, builders.indicator(other, "5009-0001"))
    page = seen(signed_in(officer(home, Role.EXECUTIVE)))
    assert [(slice_.code, slice_.total) for slice_ in page.branches] == [("5", 1), ("", 2)]
    assert sum(slice_.total for slice_ in page.agencies) == len(page.lines) == 3
    for slices in (page.branches, page.agencies):
        for outlook in Outlook:
            assert sum(slice_.counts[outlook] for slice_ in slices) == page.counts[outlook]


def test_it_asks_no_more_often_for_more_indicators(home: Unit, districts: list[Unit]) -> None:
    client, counts = signed_in(officer(home, Role.EXECUTIVE)), []
    node = builders.plan_node(builders.plan_version())
    for first in (1, 11):
        for number in range(first, first + 10):
            formula = [builders.SHARE, OF_COMMUNITIES, builders.PAIR, builders.STEPS, builders.VALUE][number % 5]
            row = builders.assignment(home, builders.indicator(home, f"2100-{number:04}", formula, [node]))
            decide(row, DecisionKind.SLOWED) if number % 3 == 0 else None
        client.get(SUMMARY)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SUMMARY).status_code == HTTPStatus.OK
        counts.append([query["sql"][:150] for query in captured.captured_queries])
    assert len(counts[0]) == len(counts[1]), counts
    assert len(counts[0]) <= MOST, "\n".join(counts[0])
