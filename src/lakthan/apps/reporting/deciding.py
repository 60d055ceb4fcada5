"""What the page of a decision needs: the assignments that are decided on, and one act that files and decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.indicators.models import Assignment, QuarterTarget
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.decided import DecisionLine, decisions_of
from lakthan.apps.reporting.models import Decision
from lakthan.apps.reporting.services.decisions import Document, Resolution, decide_assignments
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.decisions import DecisionKind, Duty, duty_on
from lakthan.rules.permissions import Action, Actor, permitting, require

MOST = 100
"""Assignments of one document."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that comes with a form."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be decided about one assignment."""

    assignment: UUID
    kind: DecisionKind
    effective_on: date
    reason: str
    quarter: int | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Decidable:
    """An assignment as it stands after all that was decided, in effect or not yet."""

    id: UUID
    code: str
    name_th: str
    name_en: str
    unit_th: str
    unit_en: str
    unit_of_measure_th: str
    unit_of_measure_en: str
    fiscal_year: FiscalYear
    duty: Duty
    target: Decimal | None
    """Agreed for the year."""
    quarter_targets: tuple[tuple[int, Decimal | None], ...]
    """Agreed for single quarters."""
    decisions: tuple[DecisionLine, ...]
    """Newest first."""


def decidable(actor: Actor, ids: Sequence[UUID]) -> tuple[Decidable, ...]:
    """The assignments to decide on, in order of unit and code; three statements.

    Raises:
        Refused: the actor may not decide about one of them.
        NotFound: one of them is not there.
    """
    rows = list(_assignments().filter(pk__in=ids).order_by("unit__name_th", "indicator__code"))
    for row in rows:
        require(actor, Action.DECIDE_ASSIGNMENT, str(row.unit_id))
    if len(rows) < len(set(ids)):
        raise NotFound("ไม่พบตัวชี้วัดที่เลือก", "There is no such assignment.")
    return _lines(rows)


def decidable_of(actor: Actor, fiscal_year: FiscalYear) -> tuple[Decidable, ...]:
    """All assignments of a year, to choose from; three statements."""
    require(actor, Action.DECIDE_ASSIGNMENT)
    rows = _assignments().filter(fiscal_year=fiscal_year.be)
    return _lines(list(rows.order_by("indicator__code", "unit__name_th")))


def _assignments() -> QuerySet[Assignment]:
    return Assignment.objects.select_related("indicator", "definition", "unit")


def _lines(rows: Sequence[Assignment]) -> tuple[Decidable, ...]:
    taken = decisions_of(rows)
    targets: dict[UUID, list[tuple[int, Decimal | None]]] = {}
    own = QuarterTarget.objects.filter(assignment__in=[row.pk for row in rows], target__isnull=False).order_by(
        "quarter"
    )
    for assignment, quarter, target in own.values_list("assignment", "quarter", "target"):
        targets.setdefault(assignment, []).append((quarter, target))
    return tuple(
        Decidable(
            id=row.pk,
            code=row.indicator.code,
            name_th=row.indicator.name_th,
            name_en=row.indicator.name_en,
            unit_th=row.unit.name_th,
            unit_en=row.unit.name_en,
            unit_of_measure_th=row.definition.unit_th,
            unit_of_measure_en=row.definition.unit_en,
            fiscal_year=FiscalYear(row.fiscal_year),
            duty=duty_on(taken.get(row.pk, ()), date.max),
            target=row.target,
            quarter_targets=tuple(targets.get(row.pk, ())),
            decisions=tuple(reversed(taken.get(row.pk, ()))),
        )
        for row in rows
    )


def decide(
    *,
    actor: Actor,
    number: str,
    document_date: date,
    decided_by: str,
    attached: Attached | None,
    wishes: Sequence[Wish],
    now: datetime,
    settle: Callable[[Sequence[Decision]], None] | None = None,
) -> None:
    """File the document and take the decisions: everything, or nothing. `settle` is what follows in the same act.

    Raises:
        NotFound, Refused, UserError, Conflict: as `decide_assignments` and `store_evidence`.
    """
    found = {row.pk: row for row in _assignments().filter(pk__in=[wish.assignment for wish in wishes])}
    if missing := [wish for wish in wishes if wish.assignment not in found]:
        raise NotFound("ไม่พบตัวชี้วัดที่เลือก", f"There is no assignment {missing[0].assignment}.")
    resolutions = [
        Resolution(
            found[wish.assignment],
            wish.kind,
            wish.effective_on,
            wish.reason,
            wish.quarter,
            wish.target,
        )
        for wish in wishes
    ]
    with transaction.atomic():
        evidence = filed(actor, attached, now)
        document = Document(number, document_date, decided_by, evidence)
        taken = decide_assignments(actor=actor, document=document, resolutions=resolutions, now=now)
        if settle is not None:
            settle(taken)


def filed(actor: Actor, attached: Attached | None, now: datetime) -> Evidence | None:
    """A file that came with a form, kept as evidence of the unit in which the actor may store some."""
    if attached is None:
        return None
    held = next(
        (held for held in actor.held if held.unit and permitting(actor, Action.STORE_EVIDENCE, held.unit)), None
    )
    if held is None:
        raise UserError("ท่านไม่มีสิทธิ์แนบไฟล์", "You may not attach files.")
    unit = Unit.objects.get(pk=held.unit)
    return store_evidence(actor=actor, unit=unit, content=attached.content, name=attached.name, now=now)
