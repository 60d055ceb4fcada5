"""Decisions about projects with all that followed each of them: two statements, whatever they went through."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    Exists,
    Expression,
    F,
    Field,
    OuterRef,
    PositiveIntegerField,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from lakthan.apps.planning.models import (
    ActionPlanConfirmation,
    CommunityProject,
    DecisionNotice,
    Decline,
    Inclusion,
    Reconsideration,
    WorkConfirmation,
    WorkEvidence,
    WorkProgress,
)
from lakthan.apps.records import MoneyField
from lakthan.apps.reporting.path_shapes import Asked, Decided, Progress, Proof, Sharing, Told, Word
from lakthan.rules.after_decision import Terms, Work

INCLUDED, DECLINED, SHARING = "included", "declined", "sharing"


class Row(NamedTuple):
    """An inclusion, a decline, or the inclusion of another project that shares its item."""

    sort: str
    id: UUID
    project: UUID
    action_plan: UUID
    fiscal_year: int
    effective_on: date
    recorded_at: datetime
    ended_on: date | None
    end_reason: str
    document: str
    correction: str
    plan_document: str
    confirmed_on: date | None
    item_number: int | None
    item_name: str
    budget: Decimal | None
    reason_code: str
    reason: str
    project_name: str
    community_name: str


class Event(NamedTuple):
    """What followed a decision: a notice, a report of work, the community's word, a request, a file."""

    sort: str
    id: UUID
    decision: UUID
    on: date | None
    at: datetime
    first: str
    second: str
    third: str
    fourth: str
    day: date | None
    flag: bool | None
    number: int | None
    money: Decimal | None


def _none(field: "Field[Any, Any]") -> Cast:
    """Nothing, of the type that the column has in the other parts of the statement."""
    return Cast(Value(None), field)


def _text(text: str = "") -> Value:
    return Value(text, output_field=CharField())


def decided_about(projects: Iterable[CommunityProject]) -> Mapping[UUID, tuple[Decided, ...]]:
    """All decisions about each project with what followed, in the order of their days; two statements for all."""
    found: dict[UUID, list[Decided]] = {project.pk: [] for project in projects}
    rows = _rows(list(found))
    taken = [row for row in rows if row.sort == INCLUDED and row.ended_on is None]
    sharing = [row for row in rows if row.sort == SHARING]
    decisions = [row for row in rows if row.sort != SHARING]
    after = _after([row.id for row in decisions])
    for row in sorted(decisions, key=lambda row: (row.effective_on, row.recorded_at, row.id)):
        others = [other for other in taken if _same_plan(row, other) and other.project == row.project]
        with_it = [other for other in sharing if _same_plan(row, other) and other.item_number == row.item_number]
        found[row.project].append(_decided(row, after.get(row.id, {}), others, with_it))
    return {pk: tuple(decided) for pk, decided in found.items()}


def _same_plan(row: Row, other: Row) -> bool:
    return row.sort == INCLUDED and row.action_plan == other.action_plan and row.id != other.id


def _rows(projects: Sequence[UUID]) -> list[Row]:
    """The decisions, and the items of other projects that are the same; one statement."""
    own = Inclusion.objects.filter(project__in=projects)
    same = own.filter(action_plan=OuterRef("action_plan"), item_number=OuterRef("item_number"), ended_on=None)
    shared = Inclusion.objects.filter(Exists(same), ended_on=None).exclude(project__in=projects)
    no_item = {"told_item": _none(PositiveIntegerField()), "told_budget": _none(MoneyField()), "told_name": _text()}
    item = {"told_item": F("item_number"), "told_budget": F("budget"), "told_name": F("name")}
    no_reason = {"told_code": _text(), "told_reason": _text()}
    reason = {"told_code": F("reason_code"), "told_reason": F("reason")}
    found = _of(own, INCLUDED, **item, **no_reason).union(
        _of(Decline.objects.filter(project__in=projects), DECLINED, **no_item, **reason),
        _of(shared, SHARING, **item, **no_reason),
        all=True,
    )
    return [Row(*row) for row in found]


def _of(rows: "QuerySet[Any]", sort: str, **more: "Expression | F") -> Any:
    confirmed = ActionPlanConfirmation.objects.filter(action_plan=OuterRef("action_plan")).values("effective_on")[:1]
    named = rows.annotate(sort=_text(sort), confirmed=Subquery(confirmed, output_field=DateField()), **more)
    return named.order_by().values_list(
        "sort",
        "pk",
        "project",
        "action_plan",
        "fiscal_year",
        "effective_on",
        "recorded_at",
        "ended_on",
        "end_reason",
        "document",
        "correction",
        "action_plan__document",
        "confirmed",
        "told_item",
        "told_name",
        "told_budget",
        "told_code",
        "told_reason",
        "project__name",
        "project__plan__community__name",
    )


def _decided(row: Row, after: Mapping[str, list[Any]], others: Sequence[Row], sharing: Sequence[Row]) -> Decided:
    is_withdrawn = row.ended_on is not None
    return Decided(
        id=row.id,
        included=row.sort == INCLUDED,
        fiscal_year=row.fiscal_year,
        effective_on=row.effective_on,
        document=row.document,
        correction=row.correction,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        action_plan_document=row.plan_document,
        confirmed_on=row.confirmed_on,
        item_number=row.item_number,
        name=row.item_name or row.project_name,
        budget=row.budget,
        reason_code=row.reason_code,
        reason=row.reason,
        stands=Terms(row.item_number, row.budget, row.reason, is_withdrawn),
        other_items=() if is_withdrawn else tuple(sorted(other.item_number or 0 for other in others)),
        shared_with=()
        if is_withdrawn
        else tuple(
            Sharing(other.project, other.project_name, other.community_name)
            for other in sorted(sharing, key=lambda other: (other.community_name, other.project_name, other.id))
        ),
        told=tuple(after.get("told", ())),
        asked=tuple(after.get("asked", ())),
        progress=tuple(after.get("progress", ())),
        proofs=tuple(after.get("proof", ())),
        words=tuple(after.get("word", ())),
    )


def _after(ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, list[Any]]]:
    """What followed decisions, by decision and sort, in order of its days; one statement."""
    of = {"inclusion__in": ids}
    notices = DecisionNotice.objects.filter(**of) | DecisionNotice.objects.filter(decline__in=ids)
    decision = Coalesce(F("inclusion"), F("decline"), output_field=UUIDField())
    told = {"third": F("outcome"), "fourth": F("reason"), "flag": F("is_withdrawn"), "number": F("item_number")}
    answer = {"third": F("answer_document"), "fourth": F("answer"), "day": F("answered_on"), "flag": F("is_upheld")}
    found = _events(notices, "told", decision, F("way"), "document", **told, money=F("budget")).union(
        _events(WorkProgress.objects.filter(**of), "progress", F("inclusion"), F("state"), "note"),
        _events(WorkConfirmation.objects.filter(**of), "word", F("inclusion"), _text(), "note", flag=F("is_done")),
        _events(
            Reconsideration.objects.filter(decline__in=ids), "asked", F("decline"), F("document"), "reasons", **answer
        ),
        _events(
            WorkEvidence.objects.filter(**of),
            "proof",
            F("inclusion"),
            F("evidence__name"),
            "proves",
            on=_none(DateField()),
            third=F("evidence__media_type"),
            number=F("evidence__size"),
        ),
        all=True,
    )
    events: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for event in sorted((Event(*row) for row in found), key=lambda event: (event.on or date.min, event.at, event.id)):
        events[event.decision][event.sort].append(_shape(event))
    return events


EMPTY: Mapping[str, "Expression"] = {
    "third": _text(),
    "fourth": _text(),
    "day": _none(DateField()),
    "flag": _none(BooleanField()),
    "number": _none(PositiveIntegerField()),
    "money": _none(MoneyField()),
}
"""What stands in the columns that a sort of event does not have."""


def _events(rows: Any, sort: str, decision: Any, first: Any, second: str, **more: Any) -> Any:
    columns = {"on": F("effective_on"), "first": first, "second": F(second), **EMPTY, **more}
    named = {f"event_{name}": column for name, column in columns.items()}
    told = rows.annotate(sort=_text(sort), event_decision=decision, **named)
    names = ["on", "recorded_at", "first", "second", *EMPTY]
    places = [name if name == "recorded_at" else f"event_{name}" for name in names]
    return told.order_by().values_list("sort", "pk", "event_decision", *places)


def _shape(event: Event) -> Told | Progress | Word | Asked | Proof:
    """The event as it is shown; only a file has no day of its own."""
    on = event.on or date.min
    match event.sort:
        case "told":
            terms = Terms(event.number, event.money, event.fourth, is_withdrawn=event.flag is True)
            return Told(on, event.first, event.second, event.third, terms)
        case "progress":
            return Progress(on, Work(event.first), event.second, event.at)
        case "word":
            return Word(on, event.flag is True, event.second, event.at)
        case "asked":
            paper, reasons, answer_paper, answer = event.first, event.second, event.third, event.fourth
            return Asked(event.id, on, reasons, paper, event.day, event.flag, answer, answer_paper)
        case _:
            return Proof(event.id, event.first, event.second, event.third, event.number or 0)
