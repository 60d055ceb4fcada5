"""Writing a random book of facts into the database, so that figures computed there can be held against the evaluator.

Rows are made straight from the models: the point is the reading of any registers, not the rules of entering them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from lakthan.apps.budget.models import Disbursement, Obligation, Return, Transfer
from lakthan.apps.communities.models import CommitteeJudgement, Community, CommunityStatus
from lakthan.apps.indicators.models import Indicator
from lakthan.apps.ledger import tally
from lakthan.apps.people.models import Unit, UnitCode, UnitGroup, UnitGroupMembership
from lakthan.apps.planning.models import (
    ActionPlan,
    CommunityPlan,
    CommunityProject,
    Decline,
    Inclusion,
    Meeting,
)
from lakthan.apps.reporting.models import ReportedValue, StepCompletion
from lakthan.rules.facts import FACT_KINDS, Fact, FactBook, FactKind
from lakthan.rules.formula.tally import UNTALLIED_KINDS

NOW = datetime(2020, 10, 15, tzinfo=UTC)
LONG_AGO = date(2001, 1, 1)
BUREAU = "2100"
LINES: dict[FactKind, type[Any]] = {
    FactKind.OBLIGATION: Obligation,
    FactKind.DISBURSEMENT: Disbursement,
    FactKind.RETURN: Return,
}
ENDLESS = {FactKind.MEETING, FactKind.TRANSFER, FactKind.COMMUNITY_PROJECT, FactKind.REPORTED}
"""Kinds whose records have no end."""


def storable(book: FactBook) -> FactBook:
    """The book as registers can hold it, with the plans and projects that decisions rest on.

    Facts that no register could hold beside another (two plans of one community on one day) are left out.
    """
    kept: dict[tuple[object, ...], Fact] = {}
    for number, fact in enumerate(sorted(book.facts, key=lambda fact: fact.id)):
        fact = replace(fact, ended_on=None) if fact.kind in ENDLESS else fact
        group = [*_grounds(fact, number), fact]
        if all(_key(item) not in kept for item in group):
            kept |= {_key(item): item for item in group}
    return replace(book, facts=tuple(kept.values()))


def _grounds(fact: Fact, number: int) -> Iterator[Fact]:
    """The plan of a project, the plan and project of a decision."""
    if fact.kind is FactKind.COMMUNITY_PROJECT:
        yield replace(
            fact, id=f"{fact.id}-plan", kind=FactKind.COMMUNITY_PLAN, ended_on=fact.effective_on + timedelta(days=99)
        )
    if fact.kind in (FactKind.INCLUSION, FactKind.DECLINE):
        day = LONG_AGO + timedelta(days=number)
        base = replace(fact, fiscal_year=None, effective_on=day, ended_on=None)
        yield replace(base, id=f"{fact.id}-project", kind=FactKind.COMMUNITY_PROJECT)
        yield replace(base, id=f"{fact.id}-plan", kind=FactKind.COMMUNITY_PLAN, ended_on=day + timedelta(days=99))


def _key(fact: Fact) -> tuple[object, ...]:
    match fact.kind:
        case FactKind.COMMUNITY_PLAN:
            return fact.kind, fact.community, fact.effective_on
        case FactKind.REPORTED:
            return fact.kind, fact.unit, fact.indicator, fact.effective_on
        case FactKind.STEP:
            return fact.kind, fact.unit, fact.indicator, fact.attributes["step"], fact.effective_on
        case _:
            return (fact.id,)


@dataclass
class Store:
    """What has been written so far."""

    units: dict[str, Unit] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    plans: dict[str, CommunityPlan] = field(default_factory=dict)
    projects: dict[str, CommunityProject] = field(default_factory=dict)
    action_plans: dict[tuple[str, int], ActionPlan] = field(default_factory=dict)
    count: int = 0

    def write(self, book: FactBook) -> None:
        """Write a storable book and count it in the roll-up."""
        self._write_units(book)
        self._write_communities(book)
        for fact in _in_writing_order(book):
            self.count += 1
            WRITERS[fact.kind](self, fact)
        tally.add_all(self._counted(fact) for fact in book.facts if fact.kind not in UNTALLIED_KINDS)

    def _write_units(self, book: FactBook) -> None:
        groups = {
            group.code: UnitGroup.objects.create(
                recorded_at=NOW, code=group.code, name_th=group.name_th, name_en=group.name_en
            )
            for group in book.groups
        }
        for district in book.districts:
            unit = self._unit(district.code, Unit.Kind.DISTRICT, f"สำนักงานเขต{district.name_th}", district.name_en)
            if district.group:
                UnitGroupMembership.objects.create(
                    recorded_at=NOW, unit=unit, group=groups[district.group], valid_from=LONG_AGO
                )
        self._unit(BUREAU, Unit.Kind.BUREAU, "สำนัก", "Bureau")

    def _unit(self, code: str, kind: Unit.Kind, name_th: str, name_en: str) -> Unit:
        unit = Unit.objects.create(recorded_at=NOW, kind=kind, name_th=name_th, name_en=name_en, valid_from=LONG_AGO)
        UnitCode.objects.create(recorded_at=NOW, unit=unit, scheme=UnitCode.Scheme.BMA4, code=code, valid_from=LONG_AGO)
        self.units[code] = unit
        return unit

    def _write_communities(self, book: FactBook) -> None:
        for member in book.communities:
            common: dict[str, Any] = {"recorded_at": NOW, "unit": self.units[member.unit]}
            row = Community.objects.create(**common, code=member.code, name=member.name_th, type=member.type)
            self.communities[member.code] = row
            for change in member.history.statuses:
                CommunityStatus.objects.create(
                    **common, community=row, status=change.status, effective_on=change.effective_on
                )
            for judgement in member.history.judgements:
                CommitteeJudgement.objects.create(
                    **common, community=row, able=judgement.able, effective_on=judgement.effective_on
                )

    def common(self, fact: Fact) -> dict[str, Any]:
        """What every row has; identifiers sort as those of the facts do."""
        return {"pk": UUID(int=self.count), "recorded_at": NOW, "unit": self.units[fact.unit]}

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code."""
        if code not in self.indicators:
            self.indicators[code] = Indicator.objects.create(
                recorded_at=NOW, code=code, unit=self.units[BUREAU], name_th=code, name_en=code
            )
        return self.indicators[code]

    def action_plan(self, fact: Fact) -> ActionPlan:
        """The action plan that a decision is booked to."""
        assert fact.fiscal_year is not None
        key = (fact.unit, fact.fiscal_year)
        if key not in self.action_plans:
            self.action_plans[key] = ActionPlan.objects.create(
                recorded_at=NOW, unit=self.units[fact.unit], fiscal_year=key[1], effective_on=LONG_AGO, document="1"
            )
        return self.action_plans[key]

    def _counted(self, fact: Fact) -> tally.Counted:
        label = FACT_KINDS[fact.kind].tallied_by
        return tally.Counted(
            fact.kind,
            self.units[fact.unit].pk,
            fact.effective_on,
            fact.ended_on,
            fact.attributes[label] if label else "",
            fact.fiscal_year,
            fact.amount or Decimal(0),
        )


def _in_writing_order(book: FactBook) -> list[Fact]:
    """Facts in order of id, which the database then keeps; plans and projects before what rests on them."""
    rank = {FactKind.COMMUNITY_PLAN: 0, FactKind.COMMUNITY_PROJECT: 1}
    return sorted(book.facts, key=lambda fact: (rank.get(fact.kind, 2), fact.id))


def _write_plan(store: Store, fact: Fact) -> None:
    assert fact.community is not None
    last_day = date(2099, 1, 1) if fact.ended_on is None else fact.ended_on - timedelta(days=1)
    store.plans[fact.id] = CommunityPlan.objects.create(
        **store.common(fact),
        community=store.communities[fact.community],
        kind=fact.attributes["kind"],
        effective_on=fact.effective_on,
        valid_until=last_day,
    )


def _write_project(store: Store, fact: Fact) -> None:
    store.projects[fact.id] = CommunityProject.objects.create(
        **store.common(fact),
        plan=store.plans[f"{fact.id.removesuffix('-project')}-plan"],
        number=1,
        name="โครงการ",
        field=CommunityProject.Field.HEALTH,
        way=CommunityProject.Way.BY_DISTRICT,
    )


def _decision(store: Store, fact: Fact) -> dict[str, Any]:
    return {
        **store.common(fact),
        "action_plan": store.action_plan(fact),
        "project": store.projects[f"{fact.id}-project"],
        "fiscal_year": fact.fiscal_year,
        "effective_on": fact.effective_on,
        "ended_on": fact.ended_on,
        "document": "1",
    }


def _write_inclusion(store: Store, fact: Fact) -> None:
    Inclusion.objects.create(**_decision(store, fact), item_number=1, name="โครงการ")


def _write_decline(store: Store, fact: Fact) -> None:
    Decline.objects.create(**_decision(store, fact), reason_code=Decline.Reason.OTHER, reason="เหตุผล")


def _write_meeting(store: Store, fact: Fact) -> None:
    Meeting.objects.create(
        **store.common(fact),
        purpose=fact.attributes["purpose"],
        number=store.count,
        year=2563,
        title="ประชุม",
        scheduled_on=fact.effective_on,
        held_on=fact.effective_on,
    )


def _transfer(store: Store, fact: Fact, effective_on: date, amount: Decimal | None, pk: UUID) -> Transfer:
    return Transfer.objects.create(
        **(store.common(fact) | {"pk": pk}),
        fiscal_year=fact.fiscal_year,
        amount=amount,
        effective_on=effective_on,
        purpose=f"{store.count}",
        letter_number="1",
        letter_date=effective_on,
        issuer="สำนัก",
        approver="ปลัด",
    )


def _write_transfer(store: Store, fact: Fact) -> None:
    _transfer(store, fact, fact.effective_on, fact.amount, UUID(int=store.count))


def _write_line(store: Store, fact: Fact) -> None:
    """A money line. Its transfer takes effect in the far future, so that it is no fact of the book."""
    model = LINES[fact.kind]
    transfer = _transfer(store, fact, date(2099, 1, 1), Decimal(1), UUID(int=10**6 + store.count))
    common = store.common(fact) | {"transfer": transfer, "fiscal_year": fact.fiscal_year}
    line = model.objects.create(**common, amount=fact.amount, effective_on=fact.effective_on)
    if fact.ended_on is not None and fact.amount is not None:
        reversal = common | {"pk": UUID(int=2 * 10**6 + store.count), "reverses": line}
        model.objects.create(**reversal, amount=-fact.amount, effective_on=fact.ended_on)


def _write_step(store: Store, fact: Fact) -> None:
    StepCompletion.objects.create(
        **store.common(fact),
        indicator=store.indicator(str(fact.indicator)),
        step=fact.attributes["step"],
        effective_on=fact.effective_on,
        ended_on=fact.ended_on,
    )


def _write_reported(store: Store, fact: Fact) -> None:
    ReportedValue.objects.create(
        **store.common(fact),
        indicator=store.indicator(str(fact.indicator)),
        fiscal_year=fact.fiscal_year,
        effective_on=fact.effective_on,
        amount=fact.amount,
        base=fact.base,
    )


WRITERS: dict[FactKind, Callable[[Store, Fact], None]] = {
    FactKind.COMMUNITY_PLAN: _write_plan,
    FactKind.COMMUNITY_PROJECT: _write_project,
    FactKind.INCLUSION: _write_inclusion,
    FactKind.DECLINE: _write_decline,
    FactKind.MEETING: _write_meeting,
    FactKind.TRANSFER: _write_transfer,
    **dict.fromkeys(LINES, _write_line),
    FactKind.STEP: _write_step,
    FactKind.REPORTED: _write_reported,
}
