"""Requests for data as those see them who asked, who are asked, and who chase."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from lakthan.apps.people.models import Unit, UnitCode, UnitGroupMembership
from lakthan.apps.people.selectors import in_force, with_code
from lakthan.apps.planning.models import DataRequest, DataRequestAnswer, DataRequestReminder
from lakthan.core.errors import NotFound
from lakthan.rules.data_requests import AnswerForm, Field, Row, Standing, Total, read_fields, standing, totals
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope, refusal

SILENT = frozenset({Standing.WAITING, Standing.LATE})


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What was asked, by whom, until when."""

    id: UUID
    subject: str
    question: str
    document: str
    form: AnswerForm
    fields: tuple[Field, ...]
    asked_by: UUID
    asked_by_parent: UUID | None
    """The unit above it."""
    asked_by_th: str
    asked_by_en: str
    sent_on: date
    deadline_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request in the list of those that one's units sent."""

    asked: RequestFacts
    units: int
    answered: int
    nil: int

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self.units - self.answered - self.nil


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What became of a request at one unit."""

    asked: RequestFacts
    id: UUID
    unit: UUID
    code: str
    unit_th: str
    unit_en: str
    standing: Standing
    answered_on: date | None
    came_late: bool
    """Whether the first answer came after the deadline."""
    text: str
    rows: tuple[Row, ...]
    reminders: int = 0
    reminded_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be answered, or the answer mended."""
        return self.asked.closed_on is None


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with all that became of it, in order of the units' codes."""

    asked: RequestFacts
    answers: tuple[AnswerLine, ...]
    totals: tuple[Total, ...]

    def count(self, *standings: Standing) -> int:
        """How many units stand so."""
        return sum(line.standing in standings for line in self.answers)


@dataclass(frozen=True, slots=True)
class AskableUnit:
    """A unit that can be asked."""

    id: UUID
    code: str
    name_th: str
    name_en: str
    kind: str
    group: str


def _reach(actor: Actor, action: Action) -> set[UUID] | None:
    """The units in which the actor may do this; None for all."""
    scopes = PERMISSIONS[action]
    if any(scopes.get(held.role) is Scope.ANY_UNIT for held in actor.held):
        return None
    return {UUID(held.unit) for held in actor.held if held.unit and held.role in scopes}


def sent_requests(actor: Actor) -> tuple[RequestLine, ...]:
    """The requests that the actor's units sent, newest first; one statement."""
    own = _reach(actor, Action.READ_DATA_REQUEST)
    rows = DataRequest.objects.select_related("asked_by").order_by("-sent_on", "-pk")
    if own is not None:
        rows = rows.filter(asked_by__in=own)
    answered = Q(answers__answered_on__isnull=False)
    counted = rows.annotate(
        units=Count("answers"),
        in_words=Count("answers", filter=answered & Q(answers__is_nil=False)),
        confirmed_nil=Count("answers", filter=answered & Q(answers__is_nil=True)),
    )
    return tuple(RequestLine(_facts(row), row.units, row.in_words, row.confirmed_nil) for row in counted)


def asked_of(actor: Actor, today: date, *, only_silent: bool = False) -> tuple[AnswerLine, ...]:
    """What the actor's units are asked, the soonest deadline first; with `only_silent` what they still owe."""
    own = _reach(actor, Action.ANSWER_DATA_REQUEST if only_silent else Action.READ_DATA_REQUEST)
    if own is None:
        return ()
    rows = _answers(today).filter(unit__in=own)
    if only_silent:
        rows = rows.filter(answered_on=None, request__closed_on=None)
    lines = (_line(row, today) for row in rows)
    return tuple(sorted(lines, key=lambda line: (line.standing not in SILENT, line.asked.deadline_on, line.code)))


def due_answers(today: date) -> tuple[AnswerLine, ...]:
    """What all units owe to requests that are not closed, with how often they were reminded: for a run of reminders."""
    rows = _with_reminders(_answers(today).filter(answered_on=None, request__closed_on=None))
    return tuple(_line(row, today) for row in rows.order_by("request__deadline_on", "unit", "pk"))


def request_page(actor: Actor, request: UUID, today: date) -> RequestPage:
    """A request as the unit that asked sees it; three statements.

    Raises:
        NotFound: there is none, or the actor may not see all of it.
    """
    found = request_to_read(actor, request)
    lines = [_line(row, today) for row in _with_reminders(_answers(today).filter(request=found))]
    lines.sort(key=lambda line: (line.code, line.unit_th))
    return page_of(_facts(found), lines)


def page_of(asked: RequestFacts, lines: Iterable[AnswerLine]) -> RequestPage:
    """The page with its totals."""
    answers = tuple(lines)
    return RequestPage(asked, answers, totals(asked.fields, [(line.standing, line.rows) for line in answers]))


def request_to_read(actor: Actor, request: UUID) -> DataRequest:
    """The request, for those who may see all its answers.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    found = DataRequest.objects.select_related("asked_by").filter(pk=request).first()
    if found is None or refusal(actor, Action.READ_DATA_REQUEST, str(found.asked_by_id)) is not None:
        raise _none()
    return found


def answer_line(actor: Actor, request: UUID, unit: UUID, today: date) -> AnswerLine:
    """The part of one unit in a request, for that unit and for the one that asked.

    Raises:
        NotFound: there is none, or the actor may not know of it.
    """
    row = _answers(today).filter(request=request, unit=unit).first()
    if row is None or all(
        refusal(actor, Action.READ_DATA_REQUEST, str(of)) is not None for of in (row.unit_id, row.request.asked_by_id)
    ):
        raise _none()
    return _line(row, today)


def answer_row(actor: Actor, request: UUID, unit: UUID) -> DataRequestAnswer:
    """The row that a unit answers with. Raises `NotFound` as `answer_line`."""
    line = answer_line(actor, request, unit, date.max)
    return DataRequestAnswer.objects.select_related("request").get(pk=line.id)


def requests_of_unit(unit: UUID, first: date, last: date, today: date) -> tuple[RequestPage, ...]:
    """The requests of a unit and its divisions, from sending to deadline within reach of some days; two statements."""
    own = Q(asked_by=unit) | Q(asked_by__parent=unit)
    found = DataRequest.objects.filter(own, sent_on__lte=last, deadline_on__gte=first).select_related("asked_by")
    asked = {row.pk: _facts(row) for row in found.order_by("sent_on", "pk")}
    if not asked:
        return ()
    lines: dict[UUID, list[AnswerLine]] = {pk: [] for pk in asked}
    for row in _answers(today).filter(request__in=asked):
        lines[row.request_id].append(_line(row, today))
    return tuple(page_of(facts, lines[pk]) for pk, facts in asked.items())


def askable_units(on: date) -> tuple[AskableUnit, ...]:
    """The bureaus and district offices of a day in order of code; one statement."""
    groups = UnitGroupMembership.objects.filter(in_force(on), unit=OuterRef("pk")).order_by("-valid_from")
    units = Unit.objects.filter(in_force(on), kind__in=[Unit.Kind.BUREAU, Unit.Kind.DISTRICT])
    rows = with_code(units, on).annotate(group_name=Subquery(groups.values("group__name_th")[:1]))
    found = [
        AskableUnit(row.pk, row.code or "", row.name_th, row.name_en, row.kind, getattr(row, "group_name", None) or "")
        for row in rows
    ]
    return tuple(sorted(found, key=lambda unit: (unit.kind != Unit.Kind.DISTRICT, unit.code, unit.name_th)))


def asking_units(actor: Actor) -> tuple[Unit, ...]:
    """The units in whose name the actor may ask; bureaus before their divisions."""
    own = _reach(actor, Action.REQUEST_DATA) or set()
    order = {kind: place for place, kind in enumerate(Unit.Kind.values)}
    return tuple(sorted(Unit.objects.filter(pk__in=own), key=lambda unit: (order[unit.kind], unit.name_th)))


def units_named(ids: Iterable[UUID]) -> Sequence[Unit]:
    """The units with these identifiers."""
    return list(Unit.objects.filter(pk__in=ids).order_by("pk"))


def _answers(today: date) -> QuerySet[DataRequestAnswer]:
    """Answers with their requests, and the code of the unit that is asked."""
    on = min(today, date(9999, 1, 1))
    codes = UnitCode.objects.filter(in_force(on), unit=OuterRef("unit"), scheme=UnitCode.Scheme.BMA4)
    rows = DataRequestAnswer.objects.select_related("request__asked_by", "unit")
    return rows.annotate(code=Subquery(codes.order_by("-valid_from").values("code")[:1]))


def _with_reminders(rows: QuerySet[DataRequestAnswer]) -> QuerySet[DataRequestAnswer]:
    sent = DataRequestReminder.objects.filter(request=OuterRef("request"), unit=OuterRef("unit")).order_by()
    by_unit = sent.values("request", "unit")
    return rows.annotate(
        reminders=Subquery(by_unit.annotate(n=Count("pk")).values("n")),
        reminded_on=Subquery(by_unit.annotate(last=Max("effective_on")).values("last")),
    )


def _facts(row: DataRequest) -> RequestFacts:
    return RequestFacts(
        id=row.pk,
        subject=row.subject,
        question=row.question,
        document=row.document,
        form=AnswerForm(row.form),
        fields=read_fields(row.fields),
        asked_by=row.asked_by_id,
        asked_by_parent=row.asked_by.parent_id,
        asked_by_th=row.asked_by.name_th,
        asked_by_en=row.asked_by.name_en,
        sent_on=row.sent_on,
        deadline_on=row.deadline_on,
        closed_on=row.closed_on,
    )


def _line(row: DataRequestAnswer, today: date) -> AnswerLine:
    asked = _facts(row.request)
    first = row.first_answered_on
    return AnswerLine(
        asked=asked,
        id=row.pk,
        unit=row.unit_id,
        code=getattr(row, "code", None) or "",
        unit_th=row.unit.name_th,
        unit_en=row.unit.name_en,
        standing=standing(row.answered_on, asked.deadline_on, today, is_nil=row.is_nil),
        answered_on=row.answered_on,
        came_late=first is not None and first > asked.deadline_on,
        text=row.answer,
        rows=tuple(row.rows),
        reminders=getattr(row, "reminders", None) or 0,
        reminded_on=getattr(row, "reminded_on", None),
    )


def _none() -> NotFound:
    return NotFound("ไม่พบคำขอข้อมูลนี้", "There is no such request for data.")
