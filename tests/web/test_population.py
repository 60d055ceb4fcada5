"""Who stands behind a figure: kinds of population, choices of an address, districts and their places on the map."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.figure import Figure, Member
from lakthan.rules.facts import District, FactKind
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Steps,
    Term,
)
from lakthan.web.population import (
    TILES,
    Choice,
    Extent,
    PopulationKind,
    Shown,
    chosen_members,
    district_counts,
    population_kind,
    tile_places,
    tiles,
)

DISTRICTS = (
    District("5001", "พระนคร", "Phra Nakhon", "1"),
    District("5037", "ดินแดง", "Din Daeng", "1"),
    District("5099", "เขตใหม่", "New district", ""),
)
INCLUSIONS = FactQuery(FactKind.INCLUSION)
MONEY = Term(FactQuery(FactKind.DISBURSEMENT), Measure.AMOUNT)


def _member(code: str, unit: str, facts: int = 0) -> Member:
    return Member(code, f"ชุมชน {code}", f"Community {code}", facts, unit)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (Share(Population("districts"), INCLUSIONS), PopulationKind.DISTRICTS),
        (Share(Population("communities"), INCLUSIONS), PopulationKind.COMMUNITIES),
        (Ratio(MONEY, MONEY), PopulationKind.NUMERATOR),
        (Count(INCLUSIONS), PopulationKind.RECORDS),
        (Reported(ReportedInput.PAIR, RollUp.SUM_OF_PARTS), PopulationKind.REPORTS),
        (Steps(()), PopulationKind.STEPS),
    ],
)
def test_a_formula_tells_what_its_members_are(formula: Formula, kind: PopulationKind) -> None:
    assert population_kind(formula) is kind


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("counted", Shown.COUNTED),
        ("not-counted", Shown.NOT_COUNTED),
        ("all", Shown.ALL),
        ("", Shown.ALL),
        ("1", Shown.ALL),
    ],
)
def test_an_address_that_asks_for_nothing_known_shows_everyone(shown: str, expected: Shown) -> None:
    assert Choice.of(shown, "").shown is expected


@given(st.text(max_size=300))
def test_any_name_can_be_asked_for(name: str) -> None:
    choice = Choice.of("all", name)
    assert len(choice.name) <= 100
    chosen_members(Figure(0, 0, counted=(_member("1", "5001"),)), choice)


def test_those_that_did_not_count_come_first() -> None:
    figure = Figure(1, 2, counted=(_member("1", "5001", 3),), not_counted=(_member("2", "5001"),))
    assert [(item.member.code, item.counted) for item in chosen_members(figure, Choice())] == [
        ("2", False),
        ("1", True),
    ]


def test_a_name_is_found_in_thai_and_english_and_a_code_only_whole() -> None:
    figure = Figure(1, 2, counted=(_member("5001-0001", "5001"),), not_counted=(_member("5001-0002", "5001"),))
    for name in ("ชุมชน 5001-0001", "community 5001-0001", "5001-0001"):
        assert [item.member.code for item in chosen_members(figure, Choice(name=name))] == ["5001-0001"]


def test_the_members_of_a_district_add_up() -> None:
    figure = Figure(
        2, 3, counted=(_member("1", "5001", 2), _member("2", "5001", 1)), not_counted=(_member("3", "5037"),)
    )
    first, second, third = district_counts(figure, DISTRICTS)
    assert (first.counted, first.total, first.extent) == (2, 2, Extent.WHOLE)
    assert (second.counted, second.total, second.missing, second.extent) == (0, 1, 1, Extent.NONE)
    assert (third.total, third.extent) == (0, Extent.NONE)


def test_a_district_that_counted_in_part_is_neither_whole_nor_none() -> None:
    figure = Figure(1, 2, counted=(_member("1", "5001", 1),), not_counted=(_member("2", "5001"),))
    assert district_counts(figure, DISTRICTS)[0].extent is Extent.PART


def test_a_district_without_a_place_is_left_off_the_map_only() -> None:
    counts = district_counts(Figure(0, 0), DISTRICTS)
    assert [tile.district.code for tile in tiles(counts)] == ["5001", "5037"]


def test_fifty_districts_have_a_place_each_in_ten_columns_and_seven_rows() -> None:
    places = tile_places()
    assert sorted(places) == [str(code) for code in range(5001, 5051)]
    assert len(set(places.values())) == 50
    assert {column for column, _ in places.values()} == set(range(10))
    assert {row for _, row in places.values()} == set(range(7))


def test_the_places_are_kept_as_plain_rows() -> None:
    with TILES.open(encoding="utf-8", newline="") as rows:
        assert csv.DictReader(rows).fieldnames == ["code", "col", "row"]
