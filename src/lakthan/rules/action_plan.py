"""Items of an annual action plan: what projects that share one have in common, and how budgets are added up."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """The budgets of items, each counted once. `unstated` items name none, which is not nothing."""

    baht: Decimal
    items: int
    unstated: int

    @property
    def is_whole(self) -> bool:
        """Whether every item names its budget."""
        return self.unstated == 0


def budget_total(rows: Iterable[tuple[Hashable, Decimal | None]]) -> BudgetTotal:
    """The total of rows of item and budget. Rows of one item repeat its budget, which is counted once."""
    items = dict(rows)
    named = [budget for budget in items.values() if budget is not None]
    return BudgetTotal(sum(named, Decimal("0.00")), len(items), len(items) - len(named))


def next_item(numbers: Iterable[int]) -> int:
    """The number after the last that was ever given: a withdrawn item keeps its own."""
    return max(numbers, default=0) + 1
