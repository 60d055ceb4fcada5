"""The city's own list of communities, when it is beside this checkout: all of it is taken in, nothing is lost."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from lakthan.apps.communities.models import Community
from lakthan.core.thai import fold
from lakthan.exchange.bangkok import load_units
from lakthan.exchange.communities_import import import_communities
from lakthan.exchange.results import ImportResult
from tests.apps.builders import FOUNDED, NOW, ROOT
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db


def take(path: Path) -> ImportResult:
    return import_communities(actor=ROOT, data=path.read_bytes(), effective_on=FOUNDED, now=NOW)


def test_of_the_city_s_list_no_community_is_lost() -> None:
    path = shared_data("communities.csv")
    load_units(actor=ROOT, now=NOW)
    result = take(path)
    assert (result.read, result.created, result.refused) == (2007, 2007, [])
    assert sorted(stored()) == sorted(listed(path))
    again = take(path)
    assert (again.read, again.created, again.changed, again.unchanged) == (2007, 0, 0, 2007)


def stored() -> Iterator[tuple[str, ...]]:
    """District code, sub-district, name and type of each registered community."""
    rows = Community.objects.filter(unit__codes__scheme="bma4")
    for code, sub_district, name, kind in rows.values_list("unit__codes__code", "sub_district", "name", "type"):
        yield code, fold(sub_district), fold(name), kind


def listed(path: Path) -> Iterator[tuple[str, ...]]:
    """The same of each row of the list, by a reader of its own."""
    types = {label: value for value, label in Community.Type.choices}
    with path.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            yield row["bma_agency_code"], fold(row["sub_district"]), fold(row["community"]), types[row["type"].strip()]
