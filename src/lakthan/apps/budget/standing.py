"""What became of the money of a fiscal year at each district, as of a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from lakthan.apps.budget.models import (
    Disbursement,
    Obligation,
    RetentionIntention,
    Return,
    Transfer,
    TransferLine,
    YearEndDecision,
)
from lakthan.apps.people.directory import UnitLabel, districts_in_reach
from lakthan.apps.records import MoneyField
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.money_standing import NOTHING, DistrictMoney, MoneyStanding, money_standing
from lakthan.rules.permissions import Action, Actor, reach


@dataclass(frozen=True, slots=True)
class TransferStanding:
    """One transfer on a day, in baht."""

    id: UUID
    unit: UUID
    fiscal_year: int
    letter_number: str
    letter_date: date
    purpose: str
    effective_on: date
    amount: Decimal
    obligated: Decimal
    disbursed: Decimal
    returned: Decimal
    intends_since: date | None = None
    outcome: str = ""
    """What was decided about its rest at the year's end; empty where nothing was."""
    decided: Decimal = NOTHING
    """The rest that was decided about."""

    @property
    def rest(self) -> Decimal:
        """Neither paid out nor sent back."""
        return self.amount - self.disbursed - self.returned

    @property
    def unbound(self) -> Decimal:
        """What `balances.Balance.unbound` says of the day."""
        return self.amount - max(self.obligated, self.disbursed) - self.returned

    def is_undecided(self, on: date) -> bool:
        """Whether it has a rest of a year that is over, without a decision."""
        return self.rest > 0 and not self.outcome and on > FiscalYear(self.fiscal_year).last_day


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that transferred money for one purpose to one district or many."""

    id: UUID
    """Of one of its transfers."""
    number: str
    date: date
    purpose: str
    districts: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """The money of all districts that somebody may see, of a fiscal year, on a day."""

    fiscal_year: FiscalYear
    fiscal_years: tuple[FiscalYear, ...]
    """With transfers, newest first; the one asked for is always among them."""
    as_of: date
    is_whole_city: bool
    districts: tuple[DistrictMoney, ...]
    letters: tuple[Letter, ...]
    standing: MoneyStanding


def money_page(actor: Actor, asked_year: FiscalYear | None, on: date) -> MoneyPage:
    """The money as of a day; without a year the latest one with a transfer by then."""
    years = transfer_years(actor, on)
    year = asked_year or (years[0] if years else FiscalYear.of(on))
    districts = districts_in_reach(actor, Action.READ_DISTRICT_RECORDS, on)
    transfers = transfer_standings(actor, year, on)
    rows = district_money(districts, transfers, on)
    return MoneyPage(
        fiscal_year=year,
        fiscal_years=tuple(sorted({*years, year}, reverse=True)),
        as_of=on,
        is_whole_city=reach(actor, Action.READ_DISTRICT_RECORDS) is None,
        districts=rows,
        letters=letters(transfers),
        standing=money_standing(rows),
    )


def transfer_years(actor: Actor, on: date) -> list[FiscalYear]:
    """The fiscal years with a transfer by a day that the actor may see, newest first."""
    rows = Transfer.objects.filter(readable(actor), standing_on(on))
    return [FiscalYear(be) for be in rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()]


def transfer_standings(actor: Actor, year: FiscalYear, on: date) -> tuple[TransferStanding, ...]:
    """Every transfer of a year that the actor may see, on a day, oldest first; three queries."""
    rows = _with_sums(actor, year, on)
    of_year: dict[str, Any] = {"transfer__fiscal_year": year.be, "effective_on__lte": on}
    since = _intentions(actor, of_year, on)
    decided = {
        row.transfer_id: row for row in YearEndDecision.objects.filter(readable(actor), **of_year).select_related(None)
    }
    return tuple(_standing(row, since.get(row.pk), decided.get(row.pk)) for row in rows)


def transfers_left(actor: Actor, year: FiscalYear, on: date) -> tuple[TransferStanding, ...]:
    """The transfers of a year with a rest about which nothing is decided, without intentions; one query."""
    decided = YearEndDecision.objects.filter(unit=OuterRef("unit"), transfer=OuterRef("pk"), effective_on__lte=on)
    rows = (_standing(row, None, None) for row in _with_sums(actor, year, on).exclude(Exists(decided)))
    return tuple(standing for standing in rows if standing.rest > 0)


def _with_sums(actor: Actor, year: FiscalYear, on: date) -> QuerySet[Transfer]:
    rows = Transfer.objects.filter(readable(actor), standing_on(on), fiscal_year=year.be).annotate(
        obligated=_sum_of(Obligation, on), disbursed=_sum_of(Disbursement, on), returned=_sum_of(Return, on)
    )
    return rows.order_by("effective_on", "letter_number", "pk")


def readable(actor: Actor) -> Q:
    """The rows of the units whose money the actor may see."""
    units = reach(actor, Action.READ_DISTRICT_RECORDS)
    return Q() if units is None else Q(unit__in=units)


def standing_on(on: date) -> Q:
    """The transfers that were made by a day and not taken back by then."""
    return Q(effective_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def _sum_of(model: type[TransferLine], on: date) -> Subquery:
    lines = model._default_manager.filter(unit=OuterRef("unit"), transfer=OuterRef("pk"), effective_on__lte=on)
    sums = lines.order_by().values("transfer").annotate(sum=Sum("amount")).values("sum")
    return Subquery(sums, output_field=MoneyField())


def _intentions(actor: Actor, of_year: Mapping[str, Any], on: date) -> dict[UUID, date]:
    """Transfer -> first day of its intention in force."""
    rows = RetentionIntention.objects.filter(
        readable(actor), Q(ended_on__isnull=True) | Q(ended_on__gt=on), **of_year
    ).order_by("-effective_on")
    return dict(rows.values_list("transfer", "effective_on"))


def _standing(row: Any, since: date | None, decided: YearEndDecision | None) -> TransferStanding:
    return TransferStanding(
        id=row.pk,
        unit=row.unit_id,
        fiscal_year=row.fiscal_year,
        letter_number=row.letter_number,
        letter_date=row.letter_date,
        purpose=row.purpose,
        effective_on=row.effective_on,
        amount=row.amount,
        obligated=row.obligated or NOTHING,
        disbursed=row.disbursed or NOTHING,
        returned=row.returned or NOTHING,
        intends_since=since,
        outcome=decided.outcome if decided else "",
        decided=decided.amount if decided else NOTHING,
    )


def district_money(
    districts: Iterable[UnitLabel], transfers: Iterable[TransferStanding], on: date
) -> tuple[DistrictMoney, ...]:
    """The districts in their order, each with its transfers together."""
    of_unit: dict[UUID, list[TransferStanding]] = defaultdict(list)
    for transfer in transfers:
        of_unit[transfer.unit].append(transfer)
    return tuple(_together(unit, of_unit[unit.id], on) for unit in districts)


def _together(unit: UnitLabel, transfers: list[TransferStanding], on: date) -> DistrictMoney:
    lapsed, carried_over = YearEndDecision.Outcome.LAPSED, YearEndDecision.Outcome.CARRIED_OVER
    return DistrictMoney(
        code=unit.code,
        name_th=unit.name_th,
        name_en=unit.name_en,
        transfers=len(transfers),
        transferred=_sum(each.amount for each in transfers),
        obligated=_sum(each.obligated for each in transfers),
        disbursed=_sum(each.disbursed for each in transfers),
        returned=_sum(each.returned for each in transfers),
        unbound=_sum(each.unbound for each in transfers),
        intends_since=min((each.intends_since for each in transfers if each.intends_since), default=None),
        lapsed=_sum(each.decided for each in transfers if each.outcome == lapsed),
        carried_over=_sum(each.decided for each in transfers if each.outcome == carried_over),
        undecided=_sum(each.rest for each in transfers if each.is_undecided(on)),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)


def letters(transfers: Iterable[TransferStanding]) -> tuple[Letter, ...]:
    """The letters behind transfers, newest first."""
    found: dict[tuple[str, str], list[TransferStanding]] = defaultdict(list)
    for transfer in transfers:
        found[transfer.letter_number, transfer.purpose].append(transfer)
    rows = [
        Letter(
            rows[0].id, number, rows[0].letter_date, purpose, len(rows), sum((each.amount for each in rows), NOTHING)
        )
        for (number, purpose), rows in found.items()
    ]
    return tuple(sorted(rows, key=lambda letter: (letter.date, letter.number), reverse=True))
