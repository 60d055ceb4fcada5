"""Decisions about projects with all that followed each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    OuterRef,
    PositiveIntegerField,
    Subquery,
    UUIDField,
    Value,
    When,
)

from lakthan.apps.planning.after_decision import terms_of
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
from lakthan.apps.reporting.path_shapes import Asked, Decided, Progress, Proof, Told, Word
from lakthan.rules.after_decision import Terms, Work


def decided_about(projects: Iterable[CommunityProject]) -> Mapping[UUID, tuple[Decided, ...]]:
    """All decisions about each project with what followed, in the order of their days; five statements for all."""
    names = {project.pk: project.name for project in projects}
    confirmed = ActionPlanConfirmation.objects.filter(action_plan=OuterRef("action_plan")).values("effective_on")[:1]
    included = Inclusion.objects.filter(project__in=names).select_related("action_plan")
    declined = Decline.objects.filter(project__in=names).select_related("action_plan")
    rows: list[Inclusion | Decline] = [
        *included.annotate(confirmed=Subquery(confirmed)),
        *declined.annotate(confirmed=Subquery(confirmed)),
    ]
    ids = [row.pk for row in rows]
    after, asked, proofs = _events(ids), _asked(ids), _proofs(ids)
    found: dict[UUID, list[Decided]] = {pk: [] for pk in names}
    for row in sorted(rows, key=lambda row: (row.effective_on, row.recorded_at, row.pk)):
        name, of_row = names[row.project_id], after.get(row.pk, {})
        found[row.project_id].append(_decided(row, name, of_row, asked.get(row.pk, ()), proofs.get(row.pk, ())))
    return {pk: tuple(decided) for pk, decided in found.items()}


def _decided(
    row: Inclusion | Decline, name: str, after: Mapping[str, Any], asked: Iterable[Asked], proofs: Iterable[Proof]
) -> Decided:
    return Decided(
        id=row.pk,
        included=isinstance(row, Inclusion),
        fiscal_year=row.fiscal_year,
        effective_on=row.effective_on,
        document=row.document,
        correction=row.correction,
        ended_on=row.ended_on,
        end_reason=row.end_reason,
        action_plan_document=row.action_plan.document,
        confirmed_on=getattr(row, "confirmed", None),
        item_number=getattr(row, "item_number", None),
        name=getattr(row, "name", name),
        budget=getattr(row, "budget", None),
        reason_code=getattr(row, "reason_code", ""),
        reason=getattr(row, "reason", ""),
        stands=terms_of(row),
        told=tuple(after.get("told", ())),
        asked=tuple(asked),
        progress=tuple(after.get("progress", ())),
        proofs=tuple(proofs),
        words=tuple(after.get("word", ())),
    )


def _events(ids: list[UUID]) -> Mapping[UUID, Mapping[str, list[Any]]]:
    """Notices, progress and words of communities about decisions, in order of their days; one statement."""
    nothing = Value(None, output_field=UUIDField())
    names = ("sort", "included", "declined", "effective_on", "word", "text", "recorded_at")

    def of(rows: Any, sort: str, declined: Any, word: Any, text: str, **told: Any) -> Any:
        of_sort = rows.annotate(
            sort=Value(sort, output_field=CharField()),
            included=F("inclusion"),
            declined=declined,
            word=word,
            text=F(text),
            **{f"told_{name}": told.get(name, empty) for name, empty in NOTHING_TOLD.items()},
        )
        return of_sort.order_by().values_list(*names, *(f"told_{name}" for name in NOTHING_TOLD))

    done = Case(When(is_done=True, then=Value("done")), default=Value("missing"), output_field=CharField())
    notices = DecisionNotice.objects.filter(inclusion__in=ids) | DecisionNotice.objects.filter(decline__in=ids)
    said = {name: F(name) for name in NOTHING_TOLD}
    found = of(notices, "told", F("decline"), F("way"), "document", **said).union(
        of(WorkProgress.objects.filter(inclusion__in=ids), "progress", nothing, F("state"), "note"),
        of(WorkConfirmation.objects.filter(inclusion__in=ids), "word", nothing, done, "note"),
        all=True,
    )
    events: dict[UUID, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for sort, included, declined, on, word, text, _, *told in sorted(found, key=lambda row: (row[3], row[6])):
        events[included or declined][sort].append(_event(sort, on, word, text, told))
    return events


NOTHING_TOLD: Mapping[str, Value] = {
    "outcome": Value("", output_field=CharField()),
    "item_number": Value(None, output_field=PositiveIntegerField()),
    "budget": Value(None, output_field=MoneyField()),
    "reason": Value("", output_field=CharField()),
    "is_withdrawn": Value(value=False, output_field=BooleanField()),
}
"""What a notice keeps besides its day, and what stands in its place where there is no notice."""


def _event(sort: str, on: date, word: str, text: str, told: list[Any]) -> Told | Progress | Word:
    match sort:
        case "told":
            outcome, *terms = told
            return Told(on, word, text, outcome, Terms(*terms))
        case "progress":
            return Progress(on, Work(word), text)
        case _:
            return Word(on, word == "done", text)


def _asked(ids: list[UUID]) -> Mapping[UUID, list[Asked]]:
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for row in Reconsideration.objects.filter(decline__in=ids).order_by("effective_on", "recorded_at"):
        asked = Asked(
            row.pk,
            row.effective_on,
            row.reasons,
            row.document,
            row.answered_on,
            row.is_upheld,
            row.answer,
            row.answer_document,
        )
        found[row.decline_id].append(asked)
    return found


def _proofs(ids: list[UUID]) -> Mapping[UUID, list[Proof]]:
    found: dict[UUID, list[Proof]] = defaultdict(list)
    rows = WorkEvidence.objects.filter(inclusion__in=ids).select_related("evidence").order_by("recorded_at", "pk")
    for row in rows:
        kept = row.evidence
        found[row.inclusion_id].append(Proof(row.pk, kept.name, row.proves, kept.media_type, kept.size))
    return found
