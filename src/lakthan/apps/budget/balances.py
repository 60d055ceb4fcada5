"""What is left of a transfer on any day, from its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakthan.apps.budget.models import Transfer

Lines = tuple[tuple[date, Decimal], ...]
"""Day and baht of each line; a reversal is a line with the opposite amount."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The money of one transfer over time, in baht."""

    amount: Decimal
    bound: Lines
    spent: Lines
    returned: Lines

    def rest(self, on: date) -> Decimal:
        """What is neither paid out nor sent back on a day."""
        return self.amount - _sum(self.spent, on) - _sum(self.returned, on)

    def unbound(self, on: date) -> Decimal:
        """What is neither bound, nor paid out, nor sent back on a day.

        Which payments belong to which contract is not recorded: they are taken to be of bound money as far as it goes.
        """
        return self.amount - max(_sum(self.bound, on), _sum(self.spent, on)) - _sum(self.returned, on)

    def days(self, since: date) -> tuple[date, ...]:
        """The day and all later ones on which something changes: the least rest from the day on is that of one."""
        later = {day for lines in (self.bound, self.spent, self.returned) for day, _ in lines if day > since}
        return (since, *sorted(later))


def _sum(lines: Iterable[tuple[date, Decimal]], on: date) -> Decimal:
    return sum((amount for day, amount in lines if day <= on), Decimal(0))


def balance_of(transfer: Transfer) -> Balance:
    """The balance of a transfer as its lines stand now."""
    columns = ("effective_on", "amount")
    return Balance(
        transfer.amount,
        tuple(transfer.obligations.values_list(*columns)),
        tuple(transfer.disbursements.values_list(*columns)),
        tuple(transfer.returns.values_list(*columns)),
    )


def rest_of(transfer: Transfer) -> Decimal:
    """Baht of a transfer that is neither paid out nor sent back, after all its lines."""
    return balance_of(transfer).rest(date.max)
