"""Decisions of a district with what its communities were told of them, and what waits for the district."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    PositiveIntegerField,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from lakthan.apps.communities.models import CommunitySeat
from lakthan.apps.people.models import Unit, UnitCode
from lakthan.apps.people.selectors import in_force
from lakthan.apps.planning.after_decision import notice_of, terms_of, terms_told
from lakthan.apps.planning.models import ActionPlan, DecisionNotice, Decline, Inclusion
from lakthan.apps.records import MoneyField
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.after_decision import Due, Notice, Terms, notice_due, told_last
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope

Outcome = DecisionNotice.Outcome


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice of a decision, with what it told."""

    on: date
    way: str
    document: str
    outcome: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision that holds, or one that was told and holds no more, with what the community was told of it."""

    id: UUID
    included: bool
    fiscal_year: int
    effective_on: date
    document: str
    project: UUID
    name: str
    """Of the project, as the community calls it."""
    plan_on: date
    community: UUID
    community_code: str
    community_name: str
    stands: Terms
    ended_on: date | None
    end_reason: str
    notices: tuple[NoticeLine, ...] = ()
    """In order of their days."""
    addresses: int = 0
    """How many who speak for the community have an e-mail address."""

    @property
    def told(self) -> tuple[Notice, ...]:
        """The notices as the rules know them."""
        found = (notice_of(notice.on, notice.outcome, notice.terms) for notice in self.notices)
        return tuple(notice for notice in found if notice is not None)

    @property
    def due(self) -> Due | None:
        """What the community is to be told; None where it was told what holds."""
        return notice_due(self.stands, self.told)

    @property
    def letter(self) -> NoticeLine | None:
        """The letter that told what holds; None where none did."""
        return self._that_told(DecisionNotice.Way.LETTER)

    @property
    def last(self) -> NoticeLine | None:
        """The last notice; None where there is none."""
        return self.notices[-1] if self.notices else None

    @property
    def before(self) -> Terms | None:
        """What the community was told before, where that is something else than what holds."""
        told = [notice for notice in self.told if notice.is_sure and notice.terms != self.stands]
        return told_last(told)

    @property
    def may_mail(self) -> bool:
        """Whether an e-mail can go out that did not."""
        return self.addresses > 0 and self._that_told(DecisionNotice.Way.EMAIL) is None

    def _that_told(self, way: str) -> NoticeLine | None:
        """The last notice in a way, where it told what holds."""
        last = [notice for notice in self.notices if notice.way == way][-1:]
        told = [notice for notice in last if notice.terms == self.stands and notice.outcome != Outcome.REFUSED]
        return told[0] if told else None


def decision_lines(unit: UUID, fiscal_year: FiscalYear, on: date) -> tuple[DecisionLine, ...]:
    """The decisions of a district for a year that hold, or were told and hold no more, by community.

    Four statements. Of a community, what was withdrawn stands before what holds.
    """
    mine, notices = Q(unit=unit, fiscal_year=fiscal_year.be), DecisionNotice.objects
    included = mine & (Q(ended_on=None) | Exists(notices.filter(inclusion=OuterRef("pk"))))
    declined = mine & (Q(ended_on=None) | Exists(notices.filter(decline=OuterRef("pk"))))
    rows: list[Inclusion | Decline] = [
        *Inclusion.objects.filter(included).select_related("project__plan__community"),
        *Decline.objects.filter(declined).select_related("project__plan__community"),
    ]
    told = _told([row.pk for row in rows])
    seats = _addresses({row.project.plan.community_id for row in rows}, on)
    lines = (_line(row, told.get(row.pk, ()), len(seats.get(row.project.plan.community_id, ()))) for row in rows)
    return tuple(sorted(lines, key=_place))


def _place(line: DecisionLine) -> tuple[str, bool, bool, int]:
    return line.community_code, not line.stands.is_withdrawn, not line.included, line.stands.item_number or 0


def _told(ids: Iterable[UUID]) -> Mapping[UUID, list[DecisionNotice]]:
    """The notices of decisions in order of their days, in one statement."""
    ids = list(ids)
    found: dict[UUID, list[DecisionNotice]] = defaultdict(list)
    rows = DecisionNotice.objects.filter(inclusion__in=ids) | DecisionNotice.objects.filter(decline__in=ids)
    for row in rows.order_by("effective_on", "recorded_at", "pk"):
        decision = row.inclusion_id or row.decline_id
        if decision is not None:
            found[decision].append(row)
    return found


def _addresses(communities: Iterable[UUID], on: date) -> Mapping[UUID, list[str]]:
    """The e-mail addresses of those who speak for communities on a day, by community; one statement."""
    found: dict[UUID, list[str]] = defaultdict(list)
    seats = CommunitySeat.objects.filter(in_force(on), community__in=list(communities), user__is_active=True)
    for community, address in seats.exclude(user__email="").order_by("pk").values_list("community", "user__email"):
        if address not in found[community]:
            found[community].append(address)
    return found


def addresses_of(community: UUID, on: date) -> list[str]:
    """The e-mail addresses of those who speak for a community on a day."""
    return list(_addresses([community], on).get(community, ()))


def _line(row: Inclusion | Decline, told: Iterable[DecisionNotice], addresses: int) -> DecisionLine:
    project, community = row.project, row.project.plan.community
    return DecisionLine(
        id=row.pk,
        included=isinstance(row, Inclusion),
        fiscal_year=row.fiscal_year,
        effective_on=row.effective_on,
        document=row.document,
        project=project.pk,
        name=project.name,
        plan_on=project.plan.effective_on,
        community=community.pk,
        community_code=community.code,
        community_name=community.name,
        stands=terms_of(row),
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        notices=tuple(
            NoticeLine(one.effective_on, one.way, one.document, one.outcome, terms_told(one)) for one in told
        ),
        addresses=addresses,
    )


def decision_rows(unit: UUID, lines: Iterable[DecisionLine]) -> list[Inclusion | Decline]:
    """The decisions of lines, for the service that tells of them."""
    ids = [line.id for line in lines]
    found: list[Inclusion | Decline] = [
        *Inclusion.objects.filter(unit=unit, pk__in=ids).select_related("project__plan__community"),
        *Decline.objects.filter(unit=unit, pk__in=ids).select_related("project__plan__community"),
    ]
    return sorted(found, key=lambda row: ids.index(row.pk))


def years_decided(unit: UUID) -> tuple[FiscalYear, ...]:
    """The years of the action plans of a district, newest first."""
    years = ActionPlan.objects.filter(unit=unit).order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return tuple(FiscalYear(year) for year in years)


def district_unit(unit: UUID) -> Unit:
    """The row of a district, for the services that write in its name. Raises `NotFound`."""
    found = Unit.objects.filter(pk=unit).first()
    if found is None:
        raise NotFound("ไม่พบสำนักงานเขตนี้", "There is no such district office.")
    return found


@dataclass(frozen=True, slots=True)
class NotTold:
    """How many decisions of a district for a year its communities are to be told of, by what is to be told."""

    district_code: str
    district_th: str
    district_en: str
    fiscal_year: FiscalYear
    decided: int
    mended: int
    withdrawn: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.decided + self.mended + self.withdrawn


def not_told(actor: Actor, today: date) -> tuple[NotTold, ...]:
    """What communities are to be told in the districts in which the actor decides, by district and year.

    Of past years only what concerns projects of which something was told: a mended, withdrawn or new decision. One
    statement, and none for whoever decides in no district.
    """
    scopes = PERMISSIONS[Action.DECIDE_INCLUSION]
    units = {UUID(held.unit) for held in actor.held if held.unit and scopes.get(held.role) is Scope.OWN_UNIT}
    if not units:
        return ()
    included, declined = (_with_notices(model, units, today) for model in (Inclusion, Decline))
    decided: dict[UUID, tuple[Terms, str, str, str, int]] = {}
    told: dict[UUID, list[_Told]] = defaultdict(list)
    for pk, code, th, en, year, *values in included.union(declined, all=True):
        decided[pk] = (Terms(*values[:4]), code, th, en, year)
        on, at, notice, outcome, *terms = values[4:]
        if notice is not None:
            told[pk].append((on, at, notice, outcome, Terms(*terms)))
    counts: dict[tuple[int, str, str, str], Counter[Due]] = defaultdict(Counter)
    for pk, (stands, code, th, en, year) in decided.items():
        notices = (
            notice_of(on, outcome, terms) for on, _, _, outcome, terms in sorted(told[pk], key=itemgetter(0, 1, 2))
        )
        due = notice_due(stands, [notice for notice in notices if notice is not None])
        if due is not None:
            counts[year, code, th, en][due] += 1
    return tuple(
        NotTold(code, th, en, FiscalYear(year), *(of_year[due] for due in (Due.DECIDED, Due.MENDED, Due.WITHDRAWN)))
        for (year, code, th, en), of_year in sorted(counts.items())
    )


_Told = tuple[date, datetime, UUID, str, Terms]
"""Day, moment and identifier of a notice, which put it in its order; what became of it; and what it told."""


def _with_notices(
    model: type[Inclusion] | type[Decline], units: Iterable[UUID], today: date
) -> QuerySet[Any, tuple[Any, ...]]:
    """Decisions with their district and the terms that stand, once for each notice; without one the rest is null."""
    notices = DecisionNotice.objects
    told_of = Q(Exists(notices.filter(inclusion__project=OuterRef("project"))))
    told_of |= Q(Exists(notices.filter(decline__project=OuterRef("project"))))
    mine = Q(unit__in=list(units)) & (Q(ended_on=None, fiscal_year__gte=FiscalYear.of(today).be) | told_of)
    none, is_item = Value(None), model is Inclusion
    codes = UnitCode.objects.filter(in_force(today), unit=OuterRef("unit"), scheme=UnitCode.Scheme.BMA4)
    told = ("effective_on", "recorded_at", "pk", "outcome", "item_number", "budget", "reason", "is_withdrawn")
    return (
        model._default_manager.filter(mine)
        .order_by()
        .values_list(
            "pk",
            Coalesce(Subquery(codes.order_by("-valid_from").values("code")[:1]), Value("")),
            "unit__name_th",
            "unit__name_en",
            "fiscal_year",
            F("item_number") if is_item else Cast(none, PositiveIntegerField()),
            F("budget") if is_item else Cast(none, MoneyField()),
            Value("", output_field=TextField()) if is_item else F("reason"),
            ExpressionWrapper(Q(ended_on__isnull=False), BooleanField()),
            *(f"notices__{name}" for name in told),
        )
    )
