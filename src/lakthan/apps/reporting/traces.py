"""From a district's part of a figure to the records behind it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lakthan.apps.planning.deciding import with_currency
from lakthan.apps.planning.models import CommunityProject, Decline, Inclusion
from lakthan.apps.reporting.figures import Question
from lakthan.apps.reporting.measures import SOURCES, kinds_read, matching
from lakthan.apps.reporting.shapes import TraceRow
from lakthan.rules.facts import FactKind
from lakthan.rules.formula.grammar import FactQuery, queries

Row = Any


def _decision(kind: FactKind) -> Callable[[Row], TraceRow]:
    def row(decision: Row) -> TraceRow:
        plan = decision.project.plan
        return TraceRow(
            id=decision.pk,
            kind=kind.value,
            effective_on=decision.effective_on,
            title=getattr(decision, "name", decision.project.name),
            fiscal_year=decision.fiscal_year,
            document=decision.document,
            amount=getattr(decision, "budget", decision.project.estimate),
            item_number=getattr(decision, "item_number", None),
            community_code=plan.community.code,
            community_name=plan.community.name,
            plan_kind=plan.kind,
            plan_on=plan.effective_on,
            project_id=decision.project_id,
            reason=getattr(decision, "reason", ""),
        )

    return row


def _plan(plan: Row) -> TraceRow:
    return TraceRow(
        id=plan.pk,
        kind=FactKind.COMMUNITY_PLAN.value,
        effective_on=plan.effective_on,
        title=plan.community.name,
        community_code=plan.community.code,
        community_name=plan.community.name,
        plan_kind=plan.kind,
        plan_on=plan.effective_on,
    )


def traced_project(project: Row) -> TraceRow:
    """A community project read with `PLAN_JOIN`."""
    return TraceRow(
        id=project.pk,
        kind=FactKind.COMMUNITY_PROJECT.value,
        effective_on=project.plan.effective_on,
        title=project.name,
        amount=project.estimate,
        community_code=project.plan.community.code,
        community_name=project.plan.community.name,
        plan_kind=project.plan.kind,
        plan_on=project.plan.effective_on,
        project_id=project.pk,
    )


def _meeting(meeting: Row) -> TraceRow:
    return TraceRow(
        id=meeting.pk,
        kind=FactKind.MEETING.value,
        effective_on=meeting.held_on,
        title=meeting.title,
        document=f"{meeting.number}/{meeting.year}",
        place=meeting.place,
    )


def _transfer(transfer: Row) -> TraceRow:
    return TraceRow(
        id=transfer.pk,
        kind=FactKind.TRANSFER.value,
        effective_on=transfer.effective_on,
        title=transfer.purpose,
        fiscal_year=transfer.fiscal_year,
        document=transfer.letter_number,
        amount=transfer.amount,
    )


def _line(kind: FactKind) -> Callable[[Row], TraceRow]:
    def row(line: Row) -> TraceRow:
        return TraceRow(
            id=line.pk,
            kind=kind.value,
            effective_on=line.effective_on,
            title=line.transfer.purpose,
            fiscal_year=line.fiscal_year,
            document=line.document,
            amount=line.amount,
        )

    return row


def _step(step: Row) -> TraceRow:
    return TraceRow(
        id=step.pk, kind=FactKind.STEP.value, effective_on=step.effective_on, title=step.step, document=step.document
    )


def _reported(value: Row) -> TraceRow:
    return TraceRow(
        id=value.pk,
        kind=FactKind.REPORTED.value,
        effective_on=value.effective_on,
        title=value.note,
        fiscal_year=value.fiscal_year,
        amount=value.amount,
        base=value.base,
    )


DECISION_JOINS = ("project__plan__community",)
PLAN_JOIN = ("plan__community",)
TRACERS: Mapping[FactKind, tuple[Callable[[Row], TraceRow], tuple[str, ...]]] = {
    FactKind.INCLUSION: (_decision(FactKind.INCLUSION), DECISION_JOINS),
    FactKind.DECLINE: (_decision(FactKind.DECLINE), DECISION_JOINS),
    FactKind.COMMUNITY_PLAN: (_plan, ("community",)),
    FactKind.COMMUNITY_PROJECT: (traced_project, PLAN_JOIN),
    FactKind.MEETING: (_meeting, ()),
    FactKind.TRANSFER: (_transfer, ()),
    FactKind.OBLIGATION: (_line(FactKind.OBLIGATION), ("transfer",)),
    FactKind.DISBURSEMENT: (_line(FactKind.DISBURSEMENT), ("transfer",)),
    FactKind.RETURN: (_line(FactKind.RETURN), ("transfer",)),
    FactKind.STEP: (_step, ()),
    FactKind.REPORTED: (_reported, ()),
}
"""How a record of each kind is shown, and the joins that takes."""


def records_behind(question: Question, unit: UUID) -> tuple[TraceRow, ...]:
    """The records of a unit that a figure counts, in order of date; one statement per query of the formula."""
    asked_queries = queries(question.formula) or tuple(FactQuery(kind) for kind in kinds_read(question.formula))
    rows: dict[UUID, TraceRow] = {}
    for query in asked_queries:
        found = matching(query, question.asked, unit)
        indicator = SOURCES[query.fact].indicator
        if indicator:
            found = found.filter(**{indicator: question.code})
        rows |= {row.id: row for row in _traced(query.fact, found)}
    return tuple(sorted(rows.values(), key=lambda row: (row.kind, row.effective_on, row.item_number or 0, row.id)))


def _traced(kind: FactKind, rows: QuerySet[Any]) -> list[TraceRow]:
    tracer, joins = TRACERS[kind]
    return [tracer(row) for row in (rows.select_related(*joins) if joins else rows)]


def inclusion_query(question: Question) -> FactQuery | None:
    """The query of an inclusion indicator; None for other indicators."""
    return next((query for query in queries(question.formula) if query.fact is FactKind.INCLUSION), None)


def declined(question: Question, unit: UUID) -> tuple[TraceRow, ...]:
    """The projects that the district decided not to include in the years that an inclusion indicator asks about."""
    query = inclusion_query(question)
    if query is None:
        return ()
    same = FactQuery(FactKind.DECLINE, query.fiscal_years, query.since, query.filters)
    return tuple(_traced(FactKind.DECLINE, matching(same, question.asked, unit).order_by("effective_on", "pk")))


def undecided(question: Question, unit: UUID) -> tuple[TraceRow, ...] | None:
    """The projects asked of the district that have been neither included nor declined by the day.

    None where the indicator is not about inclusions, which is not the same as none.
    """
    if inclusion_query(question) is None:
        return None
    waiting = waiting_projects(question).filter(unit=unit)
    return tuple(_traced(FactKind.COMMUNITY_PROJECT, waiting.order_by("plan__effective_on", "pk")))


def waiting_projects(question: Question) -> QuerySet[CommunityProject]:
    """What districts are asked for and have not decided about by the day, of the plans that are in force on it.

    What stands in a plan that a younger one has replaced, or that has run out, waits for nobody.
    """
    decided_by = {"project": OuterRef("pk"), "effective_on__lte": question.as_of}
    in_force = with_currency(CommunityProject.objects.all(), question.as_of).filter(Q(is_current=True))
    return in_force.exclude(way=CommunityProject.Way.ITSELF).exclude(
        Exists(Inclusion.objects.filter(**decided_by)) | Exists(Decline.objects.filter(**decided_by))
    )
