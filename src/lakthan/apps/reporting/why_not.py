"""Why a district counts no inclusion: what became of each project of its communities, and who has no plan at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.deciding import with_currency
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Decline, Inclusion
from lakthan.apps.reporting.figures import Question
from lakthan.apps.reporting.measures import belonging
from lakthan.apps.reporting.shapes import CommunityWithoutPlan, TraceRow, WhyNot
from lakthan.apps.reporting.traces import PLAN_JOIN, inclusion_query, traced_project
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import FactKind
from lakthan.rules.formula.grammar import FactQuery, Population
from lakthan.rules.formula.matching import first_day

ITSELF = CommunityProject.Way.ITSELF
GROUPS = ("declined", "withdrawn", "undecided", "replaced", "other_years", "by_community")


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision about a project, of either kind."""

    project: UUID
    effective_on: date
    id: UUID
    is_inclusion: bool
    fiscal_year: int
    ended_on: date | None
    end_reason: str
    document: str
    reason: str


COLUMNS = ("project", "effective_on", "pk", "taken", "fiscal_year", "ended_on", "end_reason", "document")


def why_not(question: Question, unit: UUID) -> WhyNot | None:
    """Why a district has no inclusion; None where the indicator is not about inclusions. Three statements."""
    query = inclusion_query(question)
    if query is None:
        return None
    groups: dict[str, list[TraceRow]] = {name: [] for name in GROUPS}
    decided = _decided(unit, question.as_of)
    found = CommunityProject.objects.filter(unit=unit, plan__effective_on__lte=question.as_of)
    found = with_currency(found, question.as_of)
    for project in found.select_related(*PLAN_JOIN).order_by("plan__effective_on", "pk"):
        group, row = _placed(project, decided.get(project.pk, []), query, question)
        groups[group].append(row)
    communities = _communities(unit, question.as_of)
    groups["declined"].sort(key=lambda row: (row.effective_on, row.id))
    return WhyNot(
        **{name: tuple(rows) for name, rows in groups.items()},
        without_plan=tuple(_without_plan(communities, question.as_of)),
        communities=len(communities),
    )


def _placed(
    project: CommunityProject, decisions: Sequence[_Decided], query: FactQuery, question: Question
) -> tuple[str, TraceRow]:
    """The group of a project, and how it is shown there."""
    row = traced_project(project)
    if not decisions and project.way == ITSELF:
        return "by_community", row
    if not decisions:
        is_current = getattr(project, "is_current")  # noqa: B009 - an annotation
        return "undecided" if is_current else "replaced", row
    inside = [decision for decision in decisions if _asked(decision, project, query, question)]
    if not inside:
        return "other_years", replace(row, fiscal_year=decisions[-1].fiscal_year)
    declined = next((one for one in inside if not one.is_inclusion and _holds(one, question.as_of)), None)
    if declined is None:
        last = inside[-1]
        return "withdrawn", replace(row, fiscal_year=last.fiscal_year, document=last.document, reason=last.end_reason)
    return "declined", replace(
        row,
        id=declined.id,
        kind=FactKind.DECLINE.value,
        effective_on=declined.effective_on,
        fiscal_year=declined.fiscal_year,
        document=declined.document,
        reason=declined.reason,
    )


def _asked(decision: _Decided, project: CommunityProject, query: FactQuery, question: Question) -> bool:
    """Whether a decision would count if it stood: `measures.matching`, for one row that is at hand."""
    years = [question.asked.fiscal_year.be + offset for offset in query.fiscal_years]
    first = first_day(query.since, question.asked)
    return (
        (not years or decision.fiscal_year in years)
        and (first is None or decision.effective_on >= first)
        and query.filters.get("kind", project.plan.kind) == project.plan.kind
    )


def _holds(decision: _Decided, as_of: date) -> bool:
    return decision.ended_on is None or decision.ended_on > as_of


def _decided(unit: UUID, as_of: date) -> dict[UUID, list[_Decided]]:
    """All decisions of a district by the day, by project, in order of date; one statement."""
    of_unit = {"unit": unit, "effective_on__lte": as_of}
    taken = Inclusion.objects.filter(**of_unit).annotate(taken=Value(1), why=Value("")).order_by()
    left = Decline.objects.filter(**of_unit).annotate(taken=Value(0), why=F("reason")).order_by()
    rows = taken.values_list(*COLUMNS, "why").union(left.values_list(*COLUMNS, "why"), all=True)
    found: dict[UUID, list[_Decided]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row[1:3]):
        project, on, pk, is_inclusion, *rest = row
        found[project].append(_Decided(project, on, pk, bool(is_inclusion), *rest))
    return found


def _communities(unit: UUID, as_of: date) -> list[tuple[str, str, date | None]]:
    """The registered communities of a district with the last day of their youngest plan; one statement."""
    annotations, condition = belonging(Population("communities", basis=Basis.REGISTERED), as_of)
    plans = CommunityPlan.objects.filter(community=OuterRef("pk"), effective_on__lte=as_of).order_by("-effective_on")
    registered = Community.objects.filter(unit=unit).annotate(**annotations).filter(condition)
    rows = registered.annotate(until=Subquery(plans.values("valid_until")[:1])).order_by("code")
    return [(code, name, until) for code, name, until in rows.values_list("code", "name", F("until"))]


def _without_plan(communities: Iterable[tuple[str, str, date | None]], as_of: date) -> Iterable[CommunityWithoutPlan]:
    for code, name, until in communities:
        if until is None or until < as_of:
            yield CommunityWithoutPlan(code, name, until)
