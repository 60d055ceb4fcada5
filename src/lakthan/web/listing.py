"""Long lists: sorted and paged by the query of the address, which can be sent to somebody else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.http import QueryDict

ROWS_PER_PAGE = 100
Row = TypeVar("Row")
Key = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a list, and how the list is sorted."""

    rows: Page[Row]
    sort: str
    """Name of the column."""
    descending: bool

    def direction(self, column: str) -> str:
        """How the list is sorted by a column, in the words of `aria-sort`."""
        if column != self.sort:
            return "none"
        return "descending" if self.descending else "ascending"

    def next_sort(self, column: str) -> str:
        """The `sort` of the address that a click on the heading of a column leads to."""
        return f"-{column}" if self.direction(column) == "ascending" else column


def listing(
    query: QueryDict, rows: Iterable[Row], keys: Mapping[str, Key[Row]], per_page: int = ROWS_PER_PAGE
) -> Listing[Row]:
    """Sort rows by `?sort=name` or `?sort=-name` and give page `?page=`; what the address gets wrong is passed over.

    `keys` are the columns that can be sorted by; the first is the one where nothing is asked for. Rows whose key is
    None stand last in both directions: having no value is not being small.
    """
    asked = query.get("sort", "")
    name = asked.removeprefix("-")
    descending = asked.startswith("-") and name in keys
    if name not in keys:
        name = next(iter(keys))
    ordered = _sorted(list(rows), keys[name], descending=descending)
    return Listing(Paginator(ordered, per_page).get_page(query.get("page")), name, descending)


def _sorted(rows: Sequence[Row], key: Key[Row], *, descending: bool) -> list[Row]:
    present = [row for row in rows if key(row) is not None]
    absent = [row for row in rows if key(row) is None]
    return sorted(present, key=key, reverse=descending) + absent
