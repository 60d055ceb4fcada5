"""What is looked up before money is entered: the transfer, the line or the intention of one district."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lakthan.apps.budget.balances import balance_of
from lakthan.apps.budget.models import RetentionIntention, Transfer, TransferLine
from lakthan.apps.budget.register import MODELS, LineKind
from lakthan.apps.budget.standing import TransferStanding, readable, transfer_standings, transfers_left
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import in_force
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, reach


@dataclass(frozen=True, slots=True)
class LetterRow:
    """What one district got by a letter."""

    transfer: UUID
    code: str
    name_th: str
    name_en: str
    amount: Decimal
    ended_on: date | None
    """From which day on it is taken back."""
    end_document: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter of transfer with the districts that somebody may see."""

    id: UUID
    fiscal_year: FiscalYear
    number: str
    dated: date
    effective_on: date
    purpose: str
    issuer: str
    approver: str
    acting: str
    rows: tuple[LetterRow, ...]

    @property
    def amount(self) -> Decimal:
        """What stands of all rows together."""
        return sum((row.amount for row in self.rows if row.ended_on is None), Decimal(0))


@dataclass(frozen=True, slots=True)
class UndecidedRow:
    """A transfer of a year that is over, with a rest for which nothing was decided."""

    district: UnitLabel
    transfer: TransferStanding


def transfer_of(district: UnitLabel, transfer: UUID) -> Transfer:
    """A transfer of a district that the actor may see.

    Raises:
        NotFound: the district has no such transfer.
    """
    row = Transfer.objects.filter(unit=district.id, pk=transfer).first()
    if row is None:
        raise NotFound("ไม่พบเงินโอนรายการนี้", "There is no such transfer of this district office.")
    return row


def line_of(district: UnitLabel, kind: LineKind, line: UUID) -> TransferLine:
    """A line of a district, with its transfer.

    Raises:
        NotFound: the district has no such line.
    """
    row = MODELS[kind]._default_manager.select_related("transfer").filter(unit=district.id, pk=line).first()
    if row is None:
        raise NotFound("ไม่พบรายการนี้", "There is no such line of this district office.")
    return row


def intention_of(district: UnitLabel, intention: UUID) -> RetentionIntention:
    """A declared intention of a district, with its transfer.

    Raises:
        NotFound: the district has no such intention.
    """
    rows = RetentionIntention.objects.select_related("transfer").filter(unit=district.id, pk=intention)
    row = rows.first()
    if row is None:
        raise NotFound("ไม่พบการแจ้งนี้", "There is no such declaration of this district office.")
    return row


def left_of(transfer: Transfer, since: date) -> tuple[Decimal, Decimal]:
    """The rest, and what is not bound, that no day from one on falls below."""
    balance = balance_of(transfer)
    days = balance.days(since)
    return min(map(balance.rest, days)), min(map(balance.unbound, days))


def orders_in_force(on: date) -> tuple[Delegation, ...]:
    """The orders by which offices act for others on a day."""
    return tuple(Delegation.objects.filter(in_force(on), deputy_office__gt="").order_by("-valid_from", "pk"))


def units_of(districts: Collection[UnitLabel]) -> dict[str, Unit]:
    """The units of districts by their codes."""
    units = Unit.objects.in_bulk([district.id for district in districts])
    return {district.code: units[district.id] for district in districts}


def letter_page(actor: Actor, transfer: UUID, on: date) -> LetterPage:
    """The letter by which a transfer was made.

    Raises:
        NotFound: there is no such transfer, or not for the actor.
    """
    rows = Transfer.objects.filter(readable(actor)).select_related("delegation")
    one = rows.filter(pk=transfer).first()
    if one is None:
        raise NotFound("ไม่พบหนังสือโอนเงินนี้", "There is no such letter of transfer.")
    same = {"fiscal_year": one.fiscal_year, "letter_number": one.letter_number, "purpose": one.purpose}
    labels = {each.id: each for each in districts_in_reach(actor, Action.READ_DISTRICT_RECORDS, on)}
    lines = [
        LetterRow(row.pk, label.code, label.name_th, label.name_en, row.amount, row.ended_on, row.end_document)
        for row in rows.filter(**same)
        if (label := labels.get(row.unit_id))
    ]
    acting = one.delegation
    return LetterPage(
        id=one.pk,
        fiscal_year=FiscalYear(one.fiscal_year),
        number=one.letter_number,
        dated=one.letter_date,
        effective_on=one.effective_on,
        purpose=one.purpose,
        issuer=one.issuer,
        approver=one.approver,
        acting=f"{acting.deputy_office} ({acting.order_number})".strip() if acting else "",
        rows=tuple(sorted(lines, key=lambda row: row.code)),
    )


def undecided(actor: Actor, year: FiscalYear, on: date) -> tuple[UndecidedRow, ...]:
    """The transfers of a year that is over whose rest waits for a decision, by district."""
    labels = {each.id: each for each in districts_in_reach(actor, Action.READ_DISTRICT_RECORDS, on)}
    rows = [
        UndecidedRow(labels[each.unit], each)
        for each in transfer_standings(actor, year, on)
        if each.is_undecided(on) and each.unit in labels
    ]
    return tuple(sorted(rows, key=lambda row: (row.district.code, row.transfer.effective_on)))


def transfers_named(ids: Collection[UUID]) -> list[Transfer]:
    """Transfers by their identifiers."""
    return list(Transfer.objects.filter(pk__in=ids))


SETTLING_MONTH = 9
"""Month from which a rest is work to do: what is not paid out or sent back by 30 September has to be decided about."""


def rests_to_settle(actor: Actor, on: date) -> tuple[UndecidedRow, ...]:
    """Transfers with a rest of the districts whose money the actor keeps, near the year's end and after it.

    Two queries at most.
    """
    if (units := reach(actor, Action.KEEP_BUDGET)) is not None and not units:
        return ()
    year = FiscalYear.of(on) if on.month == SETTLING_MONTH else FiscalYear.of(on) + -1
    left = transfers_left(actor, year, on)
    labels = {each.id: each for each in districts_in_reach(actor, Action.KEEP_BUDGET, on)} if left else {}
    rows = [UndecidedRow(labels[each.unit], each) for each in left if each.unit in labels]
    return tuple(sorted(rows, key=lambda row: (row.district.code, row.transfer.effective_on)))
