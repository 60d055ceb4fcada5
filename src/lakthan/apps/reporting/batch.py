"""Facts counted together in the database, so that hundreds of figures are a handful of statements.

What `measures.py` compiles one figure at a time is here one statement for the facts of all kinds, one for the
communities and one for the values that units reported; `rules/formula/grouped.py` makes the figures of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Expression, ExpressionWrapper, F, Q, QuerySet, Sum, Value, When
from django.db.models.fields import BigIntegerField, CharField, IntegerField, TextField
from django.db.models.functions import Cast, Coalesce, Concat

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.models import Tally as TallyRow
from lakthan.apps.reporting.measures import OWN_FACTS, SOURCES, Districts, Source, belonging, facts_of
from lakthan.rules.facts import Fact, FactKind
from lakthan.rules.formula.grammar import Formula, Population, Reported, Share, Steps, queries
from lakthan.rules.formula.grouped import FactGroup, Ground, GroupBook, Register, grounds, group_of_tally, turning_days
from lakthan.rules.formula.matching import Asked
from lakthan.rules.formula.tally import Tally
from lakthan.rules.formula.totals import ZERO_BAHT

Pair = tuple[Formula, Asked]
Codes = Mapping[str, str]
"""Codes of districts by their identifiers as databases write them."""
NEVER = -1
"""The span in which what has no end ends."""
UNBOOKED = 0
TALLIED = "tallied:"
"""Stands before the kind of a row of the roll-up."""


class Counted(NamedTuple):
    """A row of the one statement: facts that are alike. Of the roll-up `began` and `ended` are keys of quarters, of the
    registers numbers of the spans between turning days. Identifiers stay text as the database gives it: to make
    thousands of them into UUIDs takes longer than to count them."""

    kind: str
    unit: str
    community: str | None
    label: str
    fiscal_year: int
    began: int
    ended: int
    indicator: str
    facts: int
    satang: int | Decimal | None


COLUMNS = tuple(f"row_{name}" for name in Counted._fields)


@dataclass(frozen=True, slots=True)
class Books:
    """What the roll-up says, and what the registers say."""

    tallied: GroupBook
    registers: GroupBook


def books(tallied: Sequence[Pair], others: Sequence[Pair], districts: Districts) -> Books:
    """All that the questions look at, in at most three statements; `tallied` are answered from the roll-up."""
    members = tuple(districts.values())
    codes = {form: district.code for pk, district in districts.items() for form in (pk.hex, str(pk))}
    days = turning_days(others)
    rows = _rows(tallied, others, days)
    of_tallies = [_of_tally(row, codes) for row in rows if row.kind.startswith(TALLIED)]
    of_registers = [_of_register(row, days, codes) for row in rows if not row.kind.startswith(TALLIED)]
    communities = _communities(grounds(others), codes)
    return Books(
        GroupBook(members, of_tallies),
        GroupBook(members, of_registers, communities, _reported(others, districts)),
    )


def _rows(tallied: Iterable[Pair], others: Sequence[Pair], days: Sequence[date]) -> list[Counted]:
    """Facts of all kinds and rows of the roll-up in one statement."""
    kinds = {query.fact for formula, _ in tallied for query in queries(formula)}
    parts = [_tallies(kinds)] if kinds else []
    parts += [_facts(kind, others, days) for kind in sorted(_kinds(others))]
    return [Counted(*row) for row in parts[0].union(*parts[1:], all=True)] if parts else []


def _kinds(pairs: Iterable[Pair]) -> set[FactKind]:
    """The kinds that are counted. Reported values are not: of them only each unit's latest counts."""
    found: set[FactKind] = set()
    for formula, _ in pairs:
        own = OWN_FACTS.get(type(formula))
        found |= {own} if own else {query.fact for query in queries(formula)}
    return found - {FactKind.REPORTED}


def _tallies(kinds: Iterable[FactKind]) -> QuerySet[Any, Any]:
    rows = TallyRow.objects.filter(kind__in=[kind.value for kind in kinds])
    columns = (
        Concat(Value(TALLIED), F("kind"), output_field=CharField()),
        Cast(F("unit_id"), TextField()),
        Cast(Value(None), TextField()),
        F("label"),
        F("fiscal_year"),
        F("effective_quarter"),
        F("ended_quarter"),
        Value("", CharField()),
        F("count"),
        Cast(F("amount"), BigIntegerField()),
    )
    return rows.annotate(**dict(zip(COLUMNS, columns, strict=True))).values_list(*COLUMNS)


def _facts(kind: FactKind, pairs: Sequence[Pair], days: Sequence[date]) -> QuerySet[Any, Any]:
    """The facts of a kind, grouped by unit, by all that a query asks for, and by the spans they began and ended in."""
    source = SOURCES[kind]
    attribute = next(iter(source.attributes.values()), None)
    by_community = any(_is_over_communities(formula, kind) for formula, _ in pairs)
    keys = (
        Value(kind.value, CharField()),
        Cast(F("unit_id"), TextField()),
        Cast(F(f"{source.community}_id") if by_community else Value(None), TextField()),
        F(attribute) if attribute else Value("", CharField()),
        Coalesce(F(source.fiscal_year), Value(UNBOOKED)) if source.fiscal_year else Value(UNBOOKED, IntegerField()),
        _span(source.effective_on, days),
        _end(source, days),
        F(source.indicator) if kind is FactKind.STEP and source.indicator else Value("", CharField()),
    )
    sums = (Count("pk"), _satang(source))
    rows = source.rows().filter(_seen(kind, source, pairs)).order_by()
    grouped = rows.values(**dict(zip(COLUMNS, keys, strict=False)))
    counted: QuerySet[Any, Any] = grouped.annotate(**dict(zip(COLUMNS[len(keys) :], sums, strict=True)))
    return counted.values_list(*COLUMNS)


def _satang(source: Source) -> Expression:
    if source.amount is None:
        return Value(0, BigIntegerField())
    return Sum(Cast(F(source.amount), BigIntegerField()), output_field=BigIntegerField())


def _baht(satang: int | Decimal | None) -> Decimal:
    return Decimal(satang).scaleb(-2) if satang else ZERO_BAHT


def _is_over_communities(formula: Formula, kind: FactKind) -> bool:
    return isinstance(formula, Share) and formula.population.of == "communities" and formula.matching.fact is kind


def _seen(kind: FactKind, source: Source, pairs: Sequence[Pair]) -> Q:
    """What some question can count: begun by the last day asked for and, of steps, done for an indicator asked for."""
    last = max(asked.as_of for _, asked in pairs)
    seen = Q(**{f"{source.effective_on}__lte": last})
    if kind is FactKind.STEP:
        seen &= Q(indicator__code__in={asked.indicator for formula, asked in pairs if isinstance(formula, Steps)})
    return seen


def _span(column: str, days: Sequence[date], later: int = 0) -> Case:
    """The number of the span that a day, put off by some days, lies in."""
    whens = [
        When(**{f"{column}__lt": day - timedelta(days=later)}, then=Value(number)) for number, day in enumerate(days)
    ]
    return Case(*whens, default=Value(len(days)), output_field=IntegerField())


def _end(source: Source, days: Sequence[date]) -> Expression:
    """The span of the first day on which the fact no longer holds."""
    if source.last_day:
        return _span(source.last_day, days, later=1)
    if not source.ended_on:
        return Value(NEVER, IntegerField())
    ended = _span(source.ended_on, days)
    return Case(
        When(**{f"{source.ended_on}__isnull": True}, then=Value(NEVER)), default=ended, output_field=IntegerField()
    )


def _first_of(span: int, days: Sequence[date]) -> date:
    """A day that stands for its span: no question tells it from the others."""
    return days[span - 1] if span else days[0] - timedelta(days=1)


def _of_register(row: Counted, days: Sequence[date], codes: Codes) -> FactGroup:
    kind = FactKind(row.kind)
    attribute = next(iter(SOURCES[kind].attributes), None)
    return FactGroup(
        kind,
        codes.get(row.unit, row.unit),
        _first_of(row.began, days),
        None if row.ended == NEVER else _first_of(row.ended, days),
        row.fiscal_year or None,
        {attribute: row.label} if attribute else {},
        row.facts,
        _baht(row.satang),
        row.community,
        row.indicator or None,
    )


def _of_tally(row: Counted, codes: Codes) -> FactGroup:
    kind = FactKind(row.kind.removeprefix(TALLIED))
    unit = codes.get(row.unit, row.unit)
    return group_of_tally(
        Tally(
            unit,
            kind,
            row.label,
            row.fiscal_year or None,
            row.began,
            row.ended or None,
            row.facts,
            _baht(row.satang),
        )
    )


def _communities(asked: Sequence[Ground], codes: Codes) -> list[Register]:
    """The communities with the grounds on which they belong; one statement."""
    if not asked:
        return []
    annotations: dict[str, Any] = {}
    names = []
    for number, (basis, on) in enumerate(asked):
        own, condition = belonging(Population("communities", basis), on, alias=str(number))
        names.append(f"belongs{number}")
        annotations |= own | {names[-1]: ExpressionWrapper(condition, BooleanField())}
    texts = {"pk_text": Cast(F("pk"), TextField()), "unit_text": Cast(F("unit_id"), TextField())}
    rows = Community.objects.annotate(**annotations, **texts).values_list("pk_text", "unit_text", "type", *names)
    standing: dict[tuple[bool, ...], frozenset[Ground]] = {}
    found = []
    for pk, unit, type_, *belongs in rows:
        key = tuple(belongs)
        if key not in standing:
            standing[key] = frozenset(ground for ground, holds in zip(asked, belongs, strict=True) if holds)
        found.append(Register(pk, codes.get(unit, unit), type_, standing[key]))
    return found


def _reported(pairs: Sequence[Pair], districts: Districts) -> list[Fact]:
    """The values that units reported for the indicators asked for, in the years asked for; one statement."""
    asked = [asked for formula, asked in pairs if isinstance(formula, Reported)]
    if not asked:
        return []
    wanted = Q(
        indicator__code__in={item.indicator for item in asked},
        fiscal_year__in={item.fiscal_year.be for item in asked},
        effective_on__lte=max(item.as_of for item in asked),
    )
    return facts_of(FactKind.REPORTED, districts, wanted)
