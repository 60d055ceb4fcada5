"""How often a page asks the database: seldom, and no more often when there are twice as many records."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lakthan.apps.budget.models import Disbursement
from lakthan.apps.communities.models import CommitteeJudgement, Community, CommunityStatus
from lakthan.apps.identifiers import new_id
from lakthan.apps.ledger.models import Tally
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion, Meeting
from tests.web.pages import FIXED, REPORTS, project_addresses

pytestmark = pytest.mark.usefixtures("demo_city")

MOST = 12
MOST_OF_A_REPORT = 33
"""A paper holds five figures, and the records behind one of them."""


def _queries(client: Client) -> dict[str, int]:
    counted = {}
    for name, address in (FIXED | project_addresses()).items():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counted[name] = len(captured)
    return counted


def _copy(model: type[Model], change: Callable[[Any], None]) -> dict[Any, Any]:
    """Put a changed copy beside each row of a table; gives the identifiers of the copies by those of the rows."""
    rows: list[Any] = list(model._default_manager.all())
    copies = {}
    for row in rows:
        copies[row.pk] = new_id()
        row.pk = copies[row.pk]
        change(row)
    model._default_manager.bulk_create(rows)
    return copies


def _double_the_records() -> None:
    def rename(row: Any) -> None:
        row.code, row.name = f"{row.code}+", f"{row.name} (2)"

    communities = _copy(Community, rename)

    def move(row: Any) -> None:
        row.community_id = communities[row.community_id]

    for model in (CommunityStatus, CommitteeJudgement):
        _copy(model, move)
    plans = _copy(CommunityPlan, move)
    projects = _copy(CommunityProject, lambda row: setattr(row, "plan_id", plans[row.plan_id]))
    for model in (Inclusion, Decline):
        _copy(model, lambda row: setattr(row, "project_id", projects[row.project_id]))
    _copy(Meeting, lambda row: setattr(row, "number", row.number + 100_000))
    _copy(Disbursement, lambda row: None)


def test_no_page_asks_more_often_than_its_limit_or_more_often_when_records_double(client: Client) -> None:
    before = _queries(client)
    _double_the_records()
    after = _queries(client)
    limits = dict.fromkeys(before, MOST) | dict.fromkeys(REPORTS, MOST_OF_A_REPORT)
    assert {name: count for name, count in before.items() if count > limits[name]} == {}
    assert after == before


def test_the_records_that_are_doubled_are_seen_by_the_pages(client: Client) -> None:
    address = FIXED["share of communities"]
    plain = client.get(address).content.decode()
    _double_the_records()
    assert Tally.objects.exists()
    assert client.get(address).content.decode() != plain
