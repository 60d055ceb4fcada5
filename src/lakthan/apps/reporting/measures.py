"""The one bridge from registers to indicators: where each kind of fact lives, and formulas compiled through the ORM.

To add a kind of fact: a row in `rules/facts.py` and a row in `SOURCES` (see CONTRIBUTING.md). Figures themselves are
computed in `rules/formula`; this module gives them totals, members and facts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Model, OuterRef, Q, QuerySet, Subquery, Sum

from lakthan.apps.budget.models import Disbursement, Obligation, Return, Transfer
from lakthan.apps.communities.models import CommitteeJudgement, Community, CommunityStatus
from lakthan.apps.communities.selectors import histories
from lakthan.apps.ledger.models import Tally as TallyRow
from lakthan.apps.people.selectors import district_groups, district_members
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion, Meeting
from lakthan.apps.reporting.models import ReportedValue, StepCompletion
from lakthan.core.errors import NotFound
from lakthan.core.figure import Figure, Member
from lakthan.rules.eligibility import Basis, CommunityHistory, Status
from lakthan.rules.facts import CommunityMember, District, Fact, FactBook, FactKind
from lakthan.rules.formula.evaluate import evaluate_book
from lakthan.rules.formula.grammar import FactQuery, Formula, Population, Reported, Share, Steps, queries
from lakthan.rules.formula.matching import Asked, first_day
from lakthan.rules.formula.tally import Tally
from lakthan.rules.formula.totals import ZERO_BAHT, Total, figure_of_share, figure_of_totals

Districts = Mapping[UUID, District]
OWN_FACTS: Mapping[type, FactKind] = {Steps: FactKind.STEP, Reported: FactKind.REPORTED}
"""Kinds of formula that read facts entered for their own indicator."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a kind live: a model and the paths of their columns."""

    model: type[Model]
    effective_on: str = "effective_on"
    ended_on: str | None = None
    """First day on which the fact no longer holds."""
    last_day: str | None = None
    """Or the last day on which it still holds."""
    fiscal_year: str | None = None
    community: str | None = None
    amount: str | None = None
    base: str | None = None
    indicator: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    where: Q = field(default_factory=Q)

    def rows(self) -> QuerySet[Any]:
        """All facts of the kind, whether in force or not."""
        return self.model._default_manager.filter(self.where)

    def holding(self, on: date) -> Q:
        """The facts in force on a day."""
        holds = Q(**{f"{self.effective_on}__lte": on})
        if self.ended_on:
            holds &= Q(**{f"{self.ended_on}__isnull": True}) | Q(**{f"{self.ended_on}__gt": on})
        if self.last_day:
            holds &= Q(**{f"{self.last_day}__gte": on})
        return holds


def _lines(model: type[Model]) -> Source:
    """Money lines. A reversal is the end of the line that it takes back, not a fact of its own."""
    return Source(
        model,
        ended_on="reversed_by__effective_on",
        fiscal_year="fiscal_year",
        amount="amount",
        where=Q(reverses__isnull=True),
    )


def _decisions(model: type[Model]) -> Source:
    return Source(
        model,
        ended_on="ended_on",
        fiscal_year="fiscal_year",
        community="project__plan__community",
        attributes={"kind": "project__plan__kind"},
    )


SOURCES: Mapping[FactKind, Source] = {
    FactKind.INCLUSION: _decisions(Inclusion),
    FactKind.DECLINE: _decisions(Decline),
    FactKind.COMMUNITY_PLAN: Source(
        CommunityPlan, last_day="valid_until", community="community", attributes={"kind": "kind"}
    ),
    FactKind.COMMUNITY_PROJECT: Source(
        CommunityProject,
        effective_on="plan__effective_on",
        community="plan__community",
        attributes={"kind": "plan__kind"},
    ),
    FactKind.MEETING: Source(
        Meeting, effective_on="held_on", attributes={"purpose": "purpose"}, where=Q(held_on__isnull=False)
    ),
    FactKind.TRANSFER: Source(Transfer, ended_on="ended_on", fiscal_year="fiscal_year", amount="amount"),
    FactKind.OBLIGATION: _lines(Obligation),
    FactKind.DISBURSEMENT: _lines(Disbursement),
    FactKind.RETURN: _lines(Return),
    FactKind.STEP: Source(
        StepCompletion, ended_on="ended_on", indicator="indicator__code", attributes={"step": "step"}
    ),
    FactKind.REPORTED: Source(
        ReportedValue,
        fiscal_year="fiscal_year",
        amount="amount",
        base="base",
        indicator="indicator__code",
        where=Q(withdrawn_on__isnull=True),
    ),
}


def matching(query: FactQuery, asked: Asked, unit: UUID | None = None) -> QuerySet[Any]:
    """The records that a query matches: in force on the day, booked, effective since, filtered, of the unit."""
    source = SOURCES[query.fact]
    rows = source.rows().filter(source.holding(asked.as_of))
    if query.fiscal_years:
        years = [asked.fiscal_year.be + offset for offset in query.fiscal_years]
        rows = rows.filter(**{f"{source.fiscal_year}__in": years})
    first = first_day(query.since, asked)
    if first is not None:
        rows = rows.filter(**{f"{source.effective_on}__gte": first})
    for attribute, value in query.filters.items():
        rows = rows.filter(**{source.attributes[attribute]: value})
    return rows if unit is None else rows.filter(unit=unit)


def unit_totals(query: FactQuery, asked: Asked, districts: Districts, unit: UUID | None = None) -> dict[str, Total]:
    """Count and amount of the matching facts by unit, grouped in the database; one statement.

    A unit that is no district on the day stands under its identifier: it counts in the city and is no member.
    """
    amount = SOURCES[query.fact].amount
    sums = {"count": Count("pk")} | ({"total": Sum(amount)} if amount else {})
    rows = matching(query, asked, unit).order_by().values("unit").annotate(**sums)
    return {code_of(row["unit"], districts): Total(row["count"], row.get("total") or ZERO_BAHT) for row in rows}


def code_of(unit: UUID, districts: Districts) -> str:
    """Code of a district; of another unit its identifier."""
    district = districts.get(unit)
    return str(unit) if district is None else district.code


def unit_of(code: str, districts: Districts) -> UUID:
    """The district that has a code on the day of the districts.

    Raises:
        NotFound: none has it.
    """
    for pk, district in districts.items():
        if district.code == code:
            return pk
    raise NotFound(
        f"ไม่พบสำนักงานเขตรหัส {code} (รหัสสำนักงานเขตคือ 5001 ถึง 5050)",
        f"There is no district with the code {code}; codes of districts are 5001 to 5050.",
    )


def belonging(population: Population, as_of: date, alias: str = "") -> tuple[dict[str, Any], Q]:
    """Annotations and the condition by which communities belong to a population on a day (`eligibility.belongs`)."""
    on = population.on or as_of
    statuses = CommunityStatus.objects.filter(community=OuterRef("pk"), effective_on__lte=on)
    judgements = CommitteeJudgement.objects.filter(community=OuterRef("pk"), effective_on__lte=on)
    status, able = f"status{alias}", f"able{alias}"
    annotations = {
        status: Subquery(statuses.order_by("-effective_on").values("status")[:1]),
        able: Subquery(judgements.order_by("-effective_on").values("able")[:1]),
    }
    if population.basis is Basis.REGISTERED:
        condition = Q(**{f"{status}__in": [Status.REGISTERED.value, Status.BEING_DISSOLVED.value]})
        del annotations[able]
    else:
        condition = Q(**{status: Status.REGISTERED.value, able: True})
    if population.types:
        condition &= Q(type__in=population.types)
    return annotations, condition


def community_members(share: Share, asked: Asked, districts: Districts, unit: UUID | None = None) -> list[Member]:
    """The communities of a share's population with their numbers of matching facts; two statements."""
    path = str(SOURCES[share.matching.fact].community)
    counts = matching(share.matching, asked, unit).order_by().values_list(path).annotate(Count("pk"))
    facts = dict(counts)
    annotations, condition = belonging(share.population, asked.as_of)
    communities = Community.objects.annotate(**annotations).filter(condition)
    if unit is not None:
        communities = communities.filter(unit=unit)
    return [
        Member(code, name, name, facts.get(pk, 0), code_of(of, districts))
        for pk, code, name, of in communities.values_list("pk", "code", "name", "unit")
    ]


def facts_of(kind: FactKind, districts: Districts, condition: Q | None = None) -> list[Fact]:
    """The facts of a kind as plain data, whether in force or not; one statement."""
    source = SOURCES[kind]
    columns = {
        "on": F(source.effective_on),
        **{name: F(path) for name, path in _optional_columns(source).items()},
        **{f"attribute_{name}": F(path) for name, path in source.attributes.items()},
    }
    rows = source.rows().filter(condition or Q()).values("pk", unit_pk=F("unit"), **columns)
    return [_fact(kind, source, row, districts) for row in rows]


def _optional_columns(source: Source) -> dict[str, str]:
    paths = {
        "ended": source.ended_on,
        "until": source.last_day,
        "year": source.fiscal_year,
        "community_code": f"{source.community}__code" if source.community else None,
        "money": source.amount,
        "over": source.base,
        "of_indicator": source.indicator,
    }
    return {name: path for name, path in paths.items() if path}


def _fact(kind: FactKind, source: Source, row: dict[str, Any], districts: Districts) -> Fact:
    until = row.get("until")
    return Fact(
        id=str(row["pk"]),
        kind=kind,
        unit=code_of(row["unit_pk"], districts),
        effective_on=row["on"],
        ended_on=row.get("ended") if until is None else date.fromordinal(until.toordinal() + 1),
        community=row.get("community_code"),
        fiscal_year=row.get("year"),
        amount=row.get("money"),
        base=row.get("over"),
        indicator=row.get("of_indicator"),
        attributes={name: row[f"attribute_{name}"] for name in source.attributes},
    )


def compiled(formula: Formula, asked: Asked, districts: Districts, unit: UUID | None = None) -> Figure:
    """The figure computed by the database: the same as `evaluate` over all facts, for the city or one district.

    Group totals, populations and the choice of the facts in force are SQL; the last arithmetic on a handful of
    integers is that of `rules/formula`.
    """
    members = [district for pk, district in districts.items() if unit is None or pk == unit]
    match formula:
        case Share(population=Population(of="communities")):
            return figure_of_share(formula, community_members(formula, asked, districts, unit), asked.decimals)
        case Steps() | Reported():
            return evaluate_book(
                formula, FactBook(tuple(members), (), _own_facts(formula, asked, districts, unit)), asked
            )
        case _:
            return figure_of_totals(
                formula, lambda query: unit_totals(query, asked, districts, unit), members, asked.decimals
            )


def _own_facts(formula: Steps | Reported, asked: Asked, districts: Districts, unit: UUID | None) -> tuple[Fact, ...]:
    """The steps done or the values reported for the asked indicator, in force on the day."""
    kind = OWN_FACTS[type(formula)]
    source = SOURCES[kind]
    condition = source.holding(asked.as_of) & Q(**{str(source.indicator): asked.indicator})
    if unit is not None:
        condition &= Q(unit=unit)
    return tuple(facts_of(kind, districts, condition))


def fact_book(kinds: Iterable[FactKind], on: date) -> FactBook:
    """All facts of some kinds with the districts and communities of a day: what the reference evaluator reads."""
    units = district_members(on)
    past = histories()
    communities = tuple(
        CommunityMember(code, name, name, code_of(unit, units), type_, past.get(pk, CommunityHistory()))
        for pk, code, name, unit, type_ in Community.objects.values_list("pk", "code", "name", "unit", "type")
    )
    facts = tuple(fact for kind in kinds for fact in facts_of(kind, units))
    return FactBook(tuple(units.values()), communities, facts, district_groups())


def kinds_read(formula: Formula) -> tuple[FactKind, ...]:
    """The kinds of fact that a formula looks at."""
    own = OWN_FACTS.get(type(formula))
    return (own,) if own else tuple({query.fact: None for query in queries(formula)})


def stored_tallies(kinds: Iterable[FactKind], districts: Districts) -> list[Tally]:
    """The roll-up rows of some kinds; one statement."""
    rows = TallyRow.objects.filter(kind__in=[kind.value for kind in kinds])
    return [
        Tally(
            code_of(row.unit_id, districts),
            FactKind(row.kind),
            row.label,
            row.fiscal_year or None,
            row.effective_quarter,
            row.ended_quarter or None,
            row.count,
            row.amount,
        )
        for row in rows
    ]
