"""Appeals as pages show them, and the acts of asking and answering from there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.agencies import readable_unit
from lakthan.apps.reporting.deciding import Attached
from lakthan.apps.reporting.issues import certified_report
from lakthan.apps.reporting.models import Appeal, Decision
from lakthan.apps.reporting.schemes import scheme_of
from lakthan.apps.reporting.services import appeals as services
from lakthan.core.errors import Conflict, NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.appeals import AppealKind, AppealOutcome
from lakthan.rules.permissions import Action, Actor, reach, refusal, require

SHOWN_FOR = timedelta(days=30)
"""How long an answer stands among the work of the unit."""


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal in a list and on its page."""

    id: UUID
    kind: AppealKind
    fiscal_year: FiscalYear
    unit: UUID
    unit_th: str
    unit_en: str
    assignment: UUID | None
    code: str
    name_th: str
    name_en: str
    """Of the indicator, or of the component of Part 1."""
    report_unit: UUID | None
    quarter: int | None
    target: Decimal | None
    reasons: str
    evidence_name: str
    asked_at: datetime
    due_on: date
    outcome: AppealOutcome | None
    """None while it is open."""
    answer: str
    answered_at: datetime | None
    document_number: str
    """Of the decision that an upheld target was changed by."""
    may_answer: bool
    may_withdraw: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is appealed about: a result or a target of an assignment, or a component of Part 1 of a unit."""

    kind: AppealKind
    unit: UUID
    fiscal_year: FiscalYear
    assignment: UUID | None = None
    quarter: int | None = None
    component: str = ""
    name_th: str = ""
    name_en: str = ""


def appeal_list(actor: Actor) -> tuple[AppealRow, ...]:
    """The appeals of units whose scores the actor may read, open ones first, then the newest; one statement."""
    rows = _readable(actor).order_by("outcome", "-recorded_at", "-pk")
    return tuple(_row(actor, row) for row in rows)


def appeal_of(actor: Actor, appeal: UUID) -> AppealRow:
    """One appeal. Raises `NotFound` where there is none that the actor may know of."""
    return _row(actor, _found(actor, appeal))


def waiting_appeals(actor: Actor, today: date) -> tuple[AppealRow, ...]:
    """What is the actor's business now: open ones to answer, those of the own unit that are open or newly answered."""
    units = [UUID(held.unit) for held in actor.held if held.unit and _may_ask(actor, held.unit)]
    wanted = Q(unit__in=units) & (Q(outcome="") | Q(answered_at__date__gte=today - SHOWN_FOR))
    if refusal(actor, Action.ANSWER_APPEAL) is None:
        wanted |= Q(outcome="")
    elif not units:
        return ()
    return tuple(_row(actor, row) for row in _all().filter(wanted).order_by("outcome", "due_on", "pk"))


def _may_ask(actor: Actor, unit: str) -> bool:
    return refusal(actor, Action.APPEAL, unit) is None


def _all() -> QuerySet[Appeal]:
    return Appeal.objects.select_related("unit", "assignment__indicator", "evidence", "report", "decision__document")


def _readable(actor: Actor) -> QuerySet[Appeal]:
    units = reach(actor, Action.READ_SCORES)
    return _all() if units is None else _all().filter(unit__in=[UUID(unit) for unit in units])


def _found(actor: Actor, appeal: UUID) -> Appeal:
    found = _readable(actor).filter(pk=appeal).first()
    if found is None:
        raise NotFound("ไม่พบคำขอนี้", "There is no such appeal.")
    return found


def _row(actor: Actor, row: Appeal) -> AppealRow:
    indicator = row.assignment.indicator if row.assignment else None
    name_th, name_en = (indicator.name_th, indicator.name_en) if indicator else (row.component, row.component)
    is_open = not row.outcome
    answers = refusal(actor, Action.ANSWER_APPEAL, str(row.unit_id)) is None
    return AppealRow(
        id=row.pk,
        kind=AppealKind(row.kind),
        fiscal_year=FiscalYear(row.fiscal_year),
        unit=row.unit_id,
        unit_th=row.unit.name_th,
        unit_en=row.unit.name_en,
        assignment=row.assignment_id,
        code=indicator.code if indicator else "",
        name_th=name_th,
        name_en=name_en,
        report_unit=None if indicator is None or indicator.unit_id == row.unit_id else row.unit_id,
        quarter=row.report.quarter if row.report else row.quarter,
        target=row.target,
        reasons=row.reasons,
        evidence_name=row.evidence.name if row.evidence else "",
        asked_at=row.recorded_at,
        due_on=row.due_on,
        outcome=AppealOutcome(row.outcome) if row.outcome else None,
        answer=row.answer,
        answered_at=row.answered_at,
        document_number=row.decision.document.number if row.decision else "",
        may_answer=is_open and answers and row.person != actor.id,
        may_withdraw=is_open and _may_ask(actor, str(row.unit_id)),
    )


def subject_of(actor: Actor, asked: Mapping[str, str]) -> Subject:
    """What an address asks an appeal about: `kind`, and `assignment` with `quarter`, or `unit`, `year`, `component`.

    Raises:
        NotFound: there is no such thing, or the actor may not know of it.
        Refused: the actor may not appeal for the unit.
    """
    try:
        kind = AppealKind(asked.get("kind", ""))
        if kind is AppealKind.COMPONENT:
            found = _component(actor, kind, asked)
        else:
            row = Assignment.objects.select_related("indicator").get(pk=UUID(asked.get("assignment", "")))
            readable_unit(actor, row.unit_id)
            quarter = asked.get("quarter", "")
            year = FiscalYear(row.fiscal_year)
            number = year.quarter(int(quarter)).number if quarter else None
            names = row.indicator.name_th, row.indicator.name_en
            found = Subject(kind, row.unit_id, year, row.pk, number, "", *names)
    except (ValueError, Assignment.DoesNotExist) as error:
        if isinstance(error, NotFound):
            raise
        raise NotFound("ไม่พบเรื่องที่จะขอทบทวน", "There is nothing like that to appeal about.") from error
    require(actor, Action.APPEAL, str(found.unit))
    return found


def _component(actor: Actor, kind: AppealKind, asked: Mapping[str, str]) -> Subject:
    unit = readable_unit(actor, UUID(asked.get("unit", "")))
    year = FiscalYear(int(asked.get("year", "")))
    components = {each.code: each for each in scheme_of(year).components}
    component = components.get(asked.get("component", ""))
    if component is None:
        raise NotFound("ส่วนที่ 1 ไม่มีองค์ประกอบนี้", "Part 1 has no such component.")
    return Subject(kind, unit.pk, year, None, None, component.code, component.name_th, component.name_en)


def ask(
    *, actor: Actor, subject: Subject, reasons: str, target: Decimal | None, attached: Attached | None, now: datetime
) -> None:
    """Appeal, with a file where one is given. Raises as the services of `services/appeals.py`."""
    unit = Unit.objects.get(pk=subject.unit)
    with transaction.atomic():
        evidence: Evidence | None = None
        if attached is not None:
            evidence = store_evidence(actor=actor, unit=unit, content=attached.content, name=attached.name, now=now)
        if subject.kind is AppealKind.COMPONENT:
            services.appeal_component(
                actor=actor,
                unit=unit,
                fiscal_year=subject.fiscal_year,
                component=subject.component,
                reasons=reasons,
                evidence=evidence,
                now=now,
            )
            return
        row = Assignment.objects.get(pk=subject.assignment or subject.unit)
        if subject.kind is AppealKind.TARGET:
            services.appeal_target(
                actor=actor,
                assignment=row,
                quarter=subject.quarter,
                target=target if target is not None else Decimal("NaN"),
                reasons=reasons,
                evidence=evidence,
                now=now,
            )
            return
        report = certified_report(row, subject.quarter)
        if report is None:
            raise Conflict("ขอทบทวนได้เฉพาะผลที่รับรองแล้ว", "Only a certified result can be appealed against.")
        services.appeal_result(actor=actor, report=report, reasons=reasons, evidence=evidence, now=now)


def answer(*, actor: Actor, appeal: UUID, outcome: AppealOutcome, reasons: str, now: datetime) -> None:
    """Uphold or reject an appeal. Raises as `answer_appeal`."""
    row = _found(actor, appeal)
    services.answer_appeal(actor=actor, appeal=row, outcome=outcome, answer=reasons, now=now)


def withdraw(*, actor: Actor, appeal: UUID, now: datetime) -> None:
    """Take an appeal back. Raises as `withdraw_appeal`."""
    services.withdraw_appeal(actor=actor, appeal=_found(actor, appeal), now=now)


def open_targets(ids: Sequence[UUID]) -> tuple[AppealRow, ...]:
    """Of some appeals those that ask for a target and are open, in order."""
    rows = _all().filter(pk__in=ids, kind=AppealKind.TARGET.value, outcome="")
    nobody = Actor("nobody")
    return tuple(_row(nobody, row) for row in rows.order_by("pk"))


def uphold_by(*, actor: Actor, appeals: Sequence[UUID], decisions: Sequence[Decision], now: datetime) -> None:
    """Answer appeals for targets by the decisions that change those targets, in the words of their reasons."""
    changed = {(row.assignment_id, row.quarter): row for row in decisions if row.target is not None}
    for appeal in _all().filter(pk__in=appeals, kind=AppealKind.TARGET.value, outcome="").order_by("pk"):
        decision = changed.get((appeal.assignment_id, appeal.quarter)) if appeal.assignment_id else None
        if decision is not None:
            services.answer_appeal(
                actor=actor,
                appeal=appeal,
                outcome=AppealOutcome.UPHELD,
                answer=decision.reason,
                decision=decision,
                now=now,
            )
