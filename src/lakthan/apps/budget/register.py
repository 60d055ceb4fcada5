"""The register of a district's money (ทะเบียนคุมเงิน): every line of every transfer, with what is left after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Value

from lakthan.apps.budget.models import (
    Disbursement,
    Obligation,
    RetentionIntention,
    Return,
    Transfer,
    TransferLine,
    YearEndDecision,
)
from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.models import User
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.money_standing import NOTHING

USER = "user:"
ENDINGS = frozenset({"budget.end_retention", "budget.take_back_transfer"})
"""Acts about a row by which it ends; the register has a row of its own for them."""


class LineKind(StrEnum):
    """What a row of the register is about."""

    TRANSFER = "transfer"
    TAKEN_BACK = "taken-back"
    OBLIGATION = "obligation"
    DISBURSEMENT = "disbursement"
    RETURN = "return"
    INTENTION = "intention"
    INTENTION_ENDED = "intention-ended"
    LAPSED = "lapsed"
    CARRIED_OVER = "carried-over"


MODELS: Mapping[LineKind, type[TransferLine]] = {
    LineKind.OBLIGATION: Obligation,
    LineKind.DISBURSEMENT: Disbursement,
    LineKind.RETURN: Return,
}
"""The kinds that move money of a transfer."""
COLUMNS: Mapping[LineKind, LineKind] = {
    LineKind.TRANSFER: LineKind.TRANSFER,
    LineKind.TAKEN_BACK: LineKind.TRANSFER,
    **{kind: kind for kind in MODELS},
}
"""In which column the amount of a kind is added up; the amounts of other kinds are none of them."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of the register. Amounts of reversals are negative; intentions have none."""

    number: int
    """Counted from 1 within the transfer."""
    id: UUID
    kind: LineKind
    effective_on: date
    amount: Decimal | None
    document: str
    reason: str
    rest: Decimal
    """Of the transfer, after this row."""
    unbound: Decimal
    reverses: int | None
    """Number of the row that this one takes back."""
    reversed_by: int | None
    recorded_at: datetime | None
    person_th: str
    person_en: str
    """Who entered it; empty for whoever runs verbs on the server."""

    @property
    def column(self) -> LineKind | None:
        """The column in which its amount is added up."""
        return COLUMNS.get(self.kind)

    @property
    def can_be_reversed(self) -> bool:
        """Whether it moves money and was not taken back."""
        return self.kind in MODELS and self.reverses is None and self.reversed_by is None


@dataclass(frozen=True, slots=True)
class TransferRegister:
    """One transfer with its rows, as of a day."""

    id: UUID
    letter_number: str
    letter_date: date
    issuer: str
    approver: str
    acting: str
    """The office that acted for the approver, with its order; empty where the approver acted."""
    purpose: str
    effective_on: date
    fiscal_year: FiscalYear
    amount: Decimal
    lines: tuple[RegisterLine, ...]
    intention: UUID | None
    """The declared intention that is in force."""
    outcome: str
    is_taken_back: bool

    @property
    def rest(self) -> Decimal:
        """After the last row."""
        return self.lines[-1].rest

    @property
    def unbound(self) -> Decimal:
        """After the last row."""
        return self.lines[-1].unbound

    @property
    def is_closed(self) -> bool:
        """Whether it was taken back or its money lapsed, so that nothing of it moves any more."""
        return self.is_taken_back or self.outcome == YearEndDecision.Outcome.LAPSED

    def sum_of(self, column: LineKind) -> Decimal:
        """All rows of a column together."""
        return sum((line.amount for line in self.lines if line.column is column and line.amount is not None), NOTHING)


@dataclass(frozen=True, slots=True)
class DistrictRegister:
    """The register of a district and fiscal year as of a day."""

    district: UnitLabel
    fiscal_year: FiscalYear
    fiscal_years: tuple[FiscalYear, ...]
    as_of: date
    transfers: tuple[TransferRegister, ...]


class _Event(NamedTuple):
    """A row before its numbers are known."""

    id: UUID
    kind: LineKind
    on: date
    amount: Decimal | None
    document: str
    reason: str
    reverses: UUID | None
    recorded_at: datetime
    transfer: UUID

    @property
    def is_ending(self) -> bool:
        """Whether the row is about the end of another."""
        return self.kind in {LineKind.INTENTION_ENDED, LineKind.TAKEN_BACK}


class _Entered(NamedTuple):
    """Who entered a row, and when."""

    at: datetime
    actor: str


def district_register(district: UnitLabel, asked_year: FiscalYear | None, on: date) -> DistrictRegister:
    """All transfers of a fiscal year; without a year of the latest with a transfer by the day.

    The caller has chosen the district among those whose records the actor may see.
    """
    rows = Transfer.objects.filter(unit=district.id, effective_on__lte=on).select_related("delegation")
    by_year: dict[int, list[Transfer]] = {}
    for row in rows.order_by("effective_on", "recorded_at", "pk"):
        by_year.setdefault(row.fiscal_year, []).append(row)
    year = asked_year or FiscalYear(max(by_year, default=FiscalYear.of(on).be))
    return DistrictRegister(
        district=district,
        fiscal_year=year,
        fiscal_years=tuple(FiscalYear(be) for be in sorted({*by_year, year.be}, reverse=True)),
        as_of=on,
        transfers=_registers(district.id, by_year.get(year.be, []), on),
    )


def _registers(unit: UUID, transfers: list[Transfer], on: date) -> tuple[TransferRegister, ...]:
    if not transfers:
        return ()
    of: dict[str, Any] = {"unit": unit, "transfer__in": transfers, "effective_on__lte": on}
    events = [*moving_lines(of), *_declared(of, on), *_decided(of)]
    entered = _entered(unit, [*(row.pk for row in transfers), *(event.id for event in events)])
    people = _people(entered.values())
    return tuple(
        _register(row, [event for event in events if event.transfer == row.pk], entered, people, on)
        for row in transfers
    )


def moving_lines(of: Mapping[str, Any]) -> list[_Event]:
    """The rows of the three tables in one query."""
    columns = ("pk", "kind", "effective_on", "amount", "document", "reason", "reverses", "recorded_at", "transfer")
    parts = [
        model._default_manager.filter(**of)
        .order_by()
        .annotate(kind=Value(kind.value), reason=Value(""))
        .values_list(*columns)
        for kind, model in MODELS.items()
    ]
    rows = parts[0].union(*parts[1:], all=True)
    return [_Event(pk, LineKind(kind), *rest) for pk, kind, *rest in rows]


def _declared(of: Mapping[str, Any], on: date) -> Iterator[_Event]:
    for row in RetentionIntention.objects.filter(**of):
        more = (None, row.document, row.reason, None, row.recorded_at, row.transfer_id)
        yield _Event(row.pk, LineKind.INTENTION, row.effective_on, *more)
        if row.ended_on is not None and row.ended_on <= on:
            yield _Event(row.pk, LineKind.INTENTION_ENDED, row.ended_on, *more)


def _decided(of: Mapping[str, Any]) -> Iterator[_Event]:
    for row in YearEndDecision.objects.filter(**of):
        kind = LineKind(row.outcome)
        yield _Event(
            row.pk, kind, row.effective_on, row.amount, row.document, "", None, row.recorded_at, row.transfer_id
        )


def _entered(unit: UUID, subjects: list[UUID]) -> dict[tuple[UUID, bool], _Entered]:
    """Row, and whether it is about the end of one -> who entered it, by the ledger."""
    rows = Entry.objects.filter(subject_id__in=subjects, unit_id=unit).order_by("-recorded_at", "-pk")
    return {
        (subject, act in ENDINGS): _Entered(at, actor)
        for subject, act, at, actor in rows.values_list("subject_id", "act", "recorded_at", "actor")
    }


def _people(entered: Iterable[_Entered]) -> dict[str, User]:
    ids = {each.actor.removeprefix(USER) for each in entered if each.actor.startswith(USER)}
    return {f"{USER}{user.pk}": user for user in User.objects.filter(pk__in=ids)}


def _register(
    row: Transfer,
    events: list[_Event],
    entered: Mapping[tuple[UUID, bool], _Entered],
    people: Mapping[str, User],
    on: date,
) -> TransferRegister:
    opening = _Event(
        row.pk, LineKind.TRANSFER, row.effective_on, row.amount, row.letter_number, "", None, row.recorded_at, row.pk
    )
    ending = list(_taken_back(row, on))
    wishes = [event for event in events if event.kind is LineKind.INTENTION]
    ended = {event.id for event in events if event.kind is LineKind.INTENTION_ENDED}
    acting = row.delegation
    return TransferRegister(
        id=row.pk,
        letter_number=row.letter_number,
        letter_date=row.letter_date,
        issuer=row.issuer,
        approver=row.approver,
        acting=f"{acting.deputy_office} ({acting.order_number})".strip() if acting else "",
        purpose=row.purpose,
        effective_on=row.effective_on,
        fiscal_year=FiscalYear(row.fiscal_year),
        amount=row.amount,
        lines=tuple(_numbered([opening, *_in_order(events), *ending], entered, people)),
        intention=next((event.id for event in wishes if event.id not in ended), None),
        outcome=next((event.kind.value for event in events if event.kind.value in YearEndDecision.Outcome.values), ""),
        is_taken_back=bool(ending),
    )


def _taken_back(row: Transfer, on: date) -> Iterator[_Event]:
    """The last row of a transfer that was taken back by a day."""
    if row.ended_on is not None and row.ended_on <= on:
        more = (-row.amount, row.end_document, "", row.pk, row.recorded_at, row.pk)
        yield _Event(row.pk, LineKind.TAKEN_BACK, row.ended_on, *more)


def _in_order(events: list[_Event]) -> list[_Event]:
    """By day; within a day as they were entered, but a reversal right after its row of the same day.

    Reversals of rows of earlier days open the day: no balance within a day is then lower than that of its end.
    """
    by_id = {event.id: event for event in events if event.kind in MODELS}

    def place(event: _Event) -> tuple[date, bool, datetime, UUID, bool]:
        wrong = by_id[event.reverses] if event.reverses else None
        first = wrong if wrong and wrong.on == event.on else event
        return event.on, wrong is None or first is wrong, first.recorded_at, first.id, wrong is not None

    return sorted(events, key=place)


def _undone_at_once(events: list[_Event]) -> set[UUID]:
    """The rows that were taken back on their own day, and what took them back: together they moved nothing."""
    by_id = {event.id: event for event in events if event.kind in MODELS}
    pairs = ((event, by_id[event.reverses]) for event in by_id.values() if event.reverses is not None)
    return {each.id for event, wrong in pairs if event.on == wrong.on for each in (event, wrong)}


def _numbered(
    events: list[_Event], entered: Mapping[tuple[UUID, bool], _Entered], people: Mapping[str, User]
) -> Iterator[RegisterLine]:
    numbers = {event.id: number for number, event in enumerate(events, start=1) if not event.is_ending}
    reversers = {event.reverses: number for number, event in enumerate(events, start=1) if event.reverses is not None}
    sums, undone = dict.fromkeys((LineKind.TRANSFER, *MODELS), NOTHING), _undone_at_once(events)
    for number, event in enumerate(events, start=1):
        if event.kind in COLUMNS and event.amount is not None and event.id not in undone:
            sums[COLUMNS[event.kind]] += event.amount
        whole, bound, spent, returned = sums.values()
        by = entered.get((event.id, event.is_ending))
        person = people.get(by.actor) if by else None
        yield RegisterLine(
            number=number,
            id=event.id,
            kind=event.kind,
            effective_on=event.on,
            amount=event.amount,
            document=event.document,
            reason=event.reason,
            rest=whole - spent - returned,
            unbound=whole - max(bound, spent) - returned,
            reverses=None if event.reverses is None else numbers[event.reverses],
            reversed_by=None if event.is_ending else reversers.get(event.id),
            recorded_at=by.at if by else event.recorded_at,
            person_th=person.name_th if person else "",
            person_en=person.name_en if person else "",
        )
