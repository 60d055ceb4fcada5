"""Every movement of money of the city in a fiscal year: transfers, contracts, payments, returns and their reversals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from lakthan.apps.budget.register import LineKind, moving_lines
from lakthan.apps.budget.standing import TransferStanding, transfer_standings, transfer_years
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor


class MovementState(StrEnum):
    """Whether a movement holds."""

    STANDS = "stands"
    REVERSED = "reversed"
    """A wrong one, which another took back."""
    REVERSAL = "reversal"
    """Takes a wrong one back, with the opposite amount."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of money, with the transfer that it is of as that stands on the day of the list."""

    id: UUID
    kind: LineKind
    state: MovementState
    district: UnitLabel
    transfer: TransferStanding
    effective_on: date
    amount: Decimal
    """Negative for a reversal."""
    document: str


@dataclass(frozen=True, slots=True)
class MovementList:
    """The movements of a fiscal year by a day, of all districts that somebody may see, by day."""

    fiscal_year: FiscalYear
    fiscal_years: tuple[FiscalYear, ...]
    """With transfers, newest first; the one asked for is always among them."""
    as_of: date
    movements: tuple[Movement, ...]


def movement_list(actor: Actor, asked_year: FiscalYear | None, on: date) -> MovementList:
    """The movements as of a day; without a year those of the latest one with a transfer by then.

    Transfers that were taken back by the day are left out, with lines that took each other back: the sums are those
    of `standing.money_page`.
    """
    years = transfer_years(actor, on)
    year = asked_year or (years[0] if years else FiscalYear.of(on))
    districts = {unit.id: unit for unit in districts_in_reach(actor, Action.READ_DISTRICT_RECORDS, on)}
    transfers = {each.id: each for each in transfer_standings(actor, year, on) if each.unit in districts}
    found = [*_received(transfers, districts), *_moved(transfers, districts, year, on)]
    return MovementList(
        fiscal_year=year,
        fiscal_years=tuple(sorted({*years, year}, reverse=True)),
        as_of=on,
        movements=tuple(sorted(found, key=lambda each: (each.effective_on, each.district.code, each.id))),
    )


def _received(transfers: Mapping[UUID, TransferStanding], districts: Mapping[UUID, UnitLabel]) -> Iterator[Movement]:
    for each in transfers.values():
        yield Movement(
            id=each.id,
            kind=LineKind.TRANSFER,
            state=MovementState.STANDS,
            district=districts[each.unit],
            transfer=each,
            effective_on=each.effective_on,
            amount=each.amount,
            document=each.letter_number,
        )


def _moved(
    transfers: Mapping[UUID, TransferStanding], districts: Mapping[UUID, UnitLabel], year: FiscalYear, on: date
) -> Iterator[Movement]:
    lines = moving_lines({"unit__in": list(districts), "fiscal_year": year.be, "effective_on__lte": on})
    reversed_lines = {line.reverses for line in lines}
    for line in lines:
        transfer = transfers.get(line.transfer)
        if transfer is None or line.amount is None:
            continue
        yield Movement(
            id=line.id,
            kind=line.kind,
            state=_state(line.reverses, is_reversed=line.id in reversed_lines),
            district=districts[transfer.unit],
            transfer=transfer,
            effective_on=line.on,
            amount=line.amount,
            document=line.document,
        )


def _state(reverses: UUID | None, *, is_reversed: bool) -> MovementState:
    if reverses is not None:
        return MovementState.REVERSAL
    return MovementState.REVERSED if is_reversed else MovementState.STANDS
