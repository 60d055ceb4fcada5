"""Decisions of a district with what its communities were told of them, and what waits for the district."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lakthan.apps.communities.models import CommunitySeat
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import in_force, with_code
from lakthan.apps.planning.models import ActionPlan, DecisionNotice, Decline, Inclusion, Reconsideration
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.after_decision import answer_due
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope

Outcome = DecisionNotice.Outcome


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision that holds, with what the community was told of it."""

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
    item_number: int | None
    budget: Decimal | None
    reason: str
    letter_on: date | None = None
    letter: str = ""
    """The number of the letter by which the community was told."""
    mailed_on: date | None = None
    mail: str = ""
    """What became of the e-mail; empty where there was none."""
    addresses: int = 0
    """How many who speak for the community have an e-mail address."""

    @property
    def is_told(self) -> bool:
        """Whether the community was told, or may have been."""
        return self.letter_on is not None or self.mail in (Outcome.SENT, Outcome.UNKNOWN)

    @property
    def may_mail(self) -> bool:
        """Whether an e-mail can go out that did not."""
        return self.addresses > 0 and self.mail in ("", Outcome.REFUSED)


def decision_lines(unit: UUID, fiscal_year: FiscalYear, on: date) -> tuple[DecisionLine, ...]:
    """The decisions of a district for a year that hold, by community; four statements."""
    mine = {"unit": unit, "fiscal_year": fiscal_year.be, "ended_on": None}
    rows: list[Inclusion | Decline] = [
        *Inclusion.objects.filter(**mine).select_related("project__plan__community"),
        *Decline.objects.filter(**mine).select_related("project__plan__community"),
    ]
    told = _told([row.pk for row in rows])
    seats = _addresses({row.project.plan.community_id for row in rows}, on)
    lines = (_line(row, told.get(row.pk, {}), len(seats.get(row.project.plan.community_id, ()))) for row in rows)
    return tuple(sorted(lines, key=lambda line: (line.community_code, not line.included, line.item_number or 0)))


def _told(ids: Iterable[UUID]) -> Mapping[UUID, Mapping[str, DecisionNotice]]:
    """The notices of decisions by way, in one statement."""
    ids = list(ids)
    found: dict[UUID, dict[str, DecisionNotice]] = defaultdict(dict)
    rows = DecisionNotice.objects.filter(inclusion__in=ids) | DecisionNotice.objects.filter(decline__in=ids)
    for row in rows.order_by("effective_on"):
        decision = row.inclusion_id or row.decline_id
        if decision is not None:
            found[decision][row.way] = row
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


def _line(row: Inclusion | Decline, told: Mapping[str, DecisionNotice], addresses: int) -> DecisionLine:
    letter, mail = told.get(DecisionNotice.Way.LETTER), told.get(DecisionNotice.Way.EMAIL)
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
        item_number=getattr(row, "item_number", None),
        budget=getattr(row, "budget", None),
        reason=getattr(row, "reason", ""),
        letter_on=letter.effective_on if letter else None,
        letter=letter.document if letter else "",
        mailed_on=mail.effective_on if mail else None,
        mail=mail.outcome if mail else "",
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
class WaitingRequest:
    """A community's request for another look that nobody has answered."""

    project: UUID
    name: str
    community_name: str
    fiscal_year: int
    asked_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class NotTold:
    """How many decisions of a district for a year its communities were not told of."""

    district_code: str
    district_th: str
    district_en: str
    fiscal_year: FiscalYear
    count: int


@dataclass(frozen=True, slots=True)
class DistrictWaiting:
    """What waits for those who decide about projects, in their own districts."""

    requests: tuple[WaitingRequest, ...]
    not_told: tuple[NotTold, ...]

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.requests or self.not_told)


def waiting_for_district(actor: Actor, today: date) -> DistrictWaiting:
    """Requests for another look, the soonest due first, and decisions of this year and later that nobody was told of.

    At most three statements, and none for whoever decides in no district.
    """
    scopes = PERMISSIONS[Action.DECIDE_INCLUSION]
    units = {UUID(held.unit) for held in actor.held if held.unit and scopes.get(held.role) is Scope.OWN_UNIT}
    if not units:
        return DistrictWaiting((), ())
    asked = Reconsideration.objects.filter(unit__in=units, answered_on=None, decline__ended_on=None)
    requests = tuple(
        WaitingRequest(
            row.decline.project_id,
            row.decline.project.name,
            row.decline.project.plan.community.name,
            row.decline.fiscal_year,
            row.effective_on,
            answer_due(row.effective_on),
        )
        for row in asked.select_related("decline__project__plan__community").order_by("effective_on", "pk")
    )
    return DistrictWaiting(requests, _not_told(units, today))


def _not_told(units: Iterable[UUID], today: date) -> tuple[NotTold, ...]:
    """What communities were not told of, by district and year; two statements."""
    this_year = FiscalYear.of(today).be
    reached = DecisionNotice.objects.filter(way=DecisionNotice.Way.LETTER) | DecisionNotice.objects.filter(
        outcome__in=[Outcome.SENT, Outcome.UNKNOWN]
    )

    def untold(rows: QuerySet[Inclusion] | QuerySet[Decline], decision: str) -> QuerySet[Inclusion, tuple[UUID, int]]:
        found = rows.filter(unit__in=list(units), fiscal_year__gte=this_year, ended_on=None)
        not_yet = found.exclude(Exists(reached.filter(**{decision: OuterRef("pk")}))).order_by()
        return not_yet.values_list("unit", "fiscal_year")  # type: ignore[return-value]

    counts: dict[tuple[UUID, int], int] = defaultdict(int)
    both = untold(Inclusion.objects.all(), "inclusion").union(untold(Decline.objects.all(), "decline"), all=True)
    for unit, year in both:
        counts[unit, year] += 1
    names = {row.pk: row for row in with_code(Unit.objects.filter(pk__in={unit for unit, _ in counts}), today)}
    return tuple(
        NotTold(names[unit].code or "", names[unit].name_th, names[unit].name_en, FiscalYear(year), count)
        for (unit, year), count in sorted(counts.items(), key=lambda item: item[0][1])
    )
