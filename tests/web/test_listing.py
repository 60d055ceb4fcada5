"""Lists that are sorted and paged by their address."""

import pytest
from django.http import QueryDict

from lakthan.web.listing import listing

KEYS = {"name": lambda row: row[0], "value": lambda row: row[1]}
ROWS = [("b", 2), ("a", None), ("c", 1)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "abc"),
        ("sort=-name", "cba"),
        ("sort=value", "cba"),
        ("sort=-value", "bca"),
        ("sort=nothing", "abc"),
        ("sort=-nothing", "abc"),
        ("sort=--name", "abc"),
    ],
)
def test_a_list_is_sorted_as_its_address_asks_and_rows_without_a_value_stand_last(query: str, names: str) -> None:
    assert "".join(name for name, _ in listing(QueryDict(query), ROWS, KEYS).rows) == names


@pytest.mark.parametrize(("page", "names"), [("", "ab"), ("2", "c"), ("9", "c"), ("x", "ab")])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(page: str, names: str) -> None:
    assert "".join(name for name, _ in listing(QueryDict(f"page={page}"), ROWS, KEYS, per_page=2).rows) == names


def test_a_second_click_on_a_heading_turns_the_order_round() -> None:
    shown = listing(QueryDict("sort=value"), ROWS, KEYS)
    assert (shown.direction("value"), shown.next_sort("value")) == ("ascending", "-value")
    assert (shown.direction("name"), shown.next_sort("name")) == ("none", "name")
    assert listing(QueryDict("sort=-value"), ROWS, KEYS).next_sort("value") == "value"
