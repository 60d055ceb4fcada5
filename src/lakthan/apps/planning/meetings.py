"""Meetings as lists and pages show them: the units of the actor's reach, and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lakthan.apps.communities.models import Community
from lakthan.apps.evidence.services import path_of
from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import in_force
from lakthan.apps.planning.models import (
    Attendance,
    FieldForm,
    Meeting,
    MeetingCorrection,
    MeetingEvidence,
    MeetingPostponement,
)
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.meetings import MeetingState, meeting_state
from lakthan.rules.permissions import Action, Actor, reach, refusal

DAY = Coalesce("held_on", "scheduled_on")
"""The day on which a meeting was held, else the one it is scheduled for."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    unit: UUID
    unit_code: str
    unit_th: str
    unit_en: str
    purpose: str
    number: str
    """n/B.E.: 1/2563."""
    title: str
    place: str
    community: str
    """Name; empty for a meeting of the unit itself."""
    community_code: str
    day: date
    starts_at: time | None
    state: MeetingState
    people: int | None
    """Who came, all groups together; None where no group is recorded, which is not zero."""
    postponements: int
    files: int


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A file that proves a meeting."""

    id: UUID
    name: str
    media_type: str
    size: int
    proves: str

    @property
    def is_picture(self) -> bool:
        """Whether a browser can show it."""
        return self.media_type in ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class AdoptedPlan:
    """A community plan that was adopted in the meeting."""

    id: UUID
    kind: str
    effective_on: date
    projects: int


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction of what was recorded, with what stood before."""

    effective_on: date
    reason: str
    before: Mapping[str, object]
    held_before: date


@dataclass(frozen=True, slots=True)
class NotedProjects:
    """Projects that were noted at the meeting; `is_in_plan` where they stand in a plan in preparation."""

    projects: Sequence[Mapping[str, str]]
    is_in_plan: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting with all that is recorded of it. `row` goes to services, never to a template."""

    row: Meeting
    line: MeetingLine
    attendance: tuple[tuple[str, int], ...]
    postponements: tuple[MeetingPostponement, ...]
    files: tuple[MeetingFile, ...]
    plans: tuple[AdoptedPlan, ...]
    corrections: tuple[CorrectionLine, ...]
    noted: tuple[NotedProjects, ...]


def meetings_of(
    actor: Actor,
    units: Mapping[UUID, UnitLabel],
    today: date,
    *,
    fiscal_year: FiscalYear | None = None,
    unit: UUID | None = None,
    purpose: str = "",
) -> tuple[MeetingLine, ...]:
    """The meetings that the actor may see, newest first, in one statement.

    `units` names them. The fiscal year is that of the day it was held on, else of the day it is scheduled for.
    """
    rows = _annotated(_in_reach(actor))
    if fiscal_year is not None:
        days = (fiscal_year.first_day, fiscal_year.last_day)
        rows = rows.filter(Q(held_on__range=days) | Q(held_on=None, scheduled_on__range=days))
    if unit is not None:
        rows = rows.filter(unit=unit)
    if purpose:
        rows = rows.filter(purpose=purpose)
    return tuple(_line(row, units, today) for row in rows.order_by(DAY.desc(), "-pk"))


def fiscal_years_of_meetings(actor: Actor, today: date) -> tuple[FiscalYear, ...]:
    """The fiscal years of the meetings that the actor may see, newest first; the present one where there are none."""
    ends = _in_reach(actor).aggregate(first=Min(DAY), last=Max(DAY))
    first, last = (FiscalYear.of(ends[name] or today) for name in ("first", "last"))
    return tuple(FiscalYear(year) for year in range(last.be, first.be - 1, -1))


def last_year_met(purpose: str, today: date) -> FiscalYear:
    """The fiscal year in which a meeting of this purpose was last held; the present one where none was."""
    last = Meeting.objects.filter(purpose=purpose, held_on__lte=today).aggregate(last=Max("held_on"))["last"]
    return FiscalYear.of(last or today)


def meeting_page(actor: Actor, meeting: UUID, units: Mapping[UUID, UnitLabel], today: date) -> MeetingPage:
    """Everything of a meeting.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    row = _annotated(_in_reach(actor)).filter(pk=meeting).first()
    if row is None:
        raise _unknown()
    plans = row.plans.annotate(count=Count("projects")).order_by("effective_on")
    corrections = row.corrections.order_by("-pk")
    return MeetingPage(
        row=row,
        line=_line(row, units, today),
        attendance=tuple(row.attendances.order_by("pk").values_list("group", "people")),
        postponements=tuple(row.postponements.order_by("effective_on")),
        files=tuple(_file(link) for link in row.evidence.select_related("evidence").order_by("pk")),
        plans=tuple(AdoptedPlan(plan.pk, plan.kind, plan.effective_on, plan.count) for plan in plans),
        corrections=tuple(_correction(row) for row in corrections),
        noted=tuple(
            NotedProjects(form.projects, form.proposal_id is not None)
            for form in FieldForm.objects.filter(meeting=row).order_by("recorded_at")
            if form.projects
        ),
    )


def meeting_file(actor: Actor, meeting: UUID, file: UUID) -> tuple[MeetingFile, Path]:
    """A file of a meeting, with the place of its bytes.

    Raises:
        NotFound: there is none, or it is not for the actor.
    """
    link = (
        MeetingEvidence.objects.filter(pk=file, meeting__in=_in_reach(actor).filter(pk=meeting))
        .select_related("evidence")
        .first()
    )
    if link is None:
        raise _unknown()
    return _file(link), path_of(link.evidence.digest)


def waiting_meetings(actor: Actor, unit: UUID) -> tuple[Meeting, ...]:
    """The meetings of a unit that are neither held nor cancelled, with their communities, the soonest first."""
    rows = _in_reach(actor, Action.KEEP_MEETINGS).filter(unit=unit, held_on=None, cancelled_on=None)
    return tuple(rows.select_related("community", "unit").order_by("scheduled_on", "pk"))


def communities_to_meet(actor: Actor, unit: UUID) -> tuple[Community, ...]:
    """The communities in the register of a unit for which the actor keeps meetings, by name; one statement."""
    if refusal(actor, Action.KEEP_MEETINGS, str(unit)) is not None:
        return ()
    return tuple(Community.objects.filter(unit=unit).order_by("name"))


def convening_units(actor: Actor, today: date) -> tuple[Unit, ...]:
    """The units for which the actor keeps meetings, by kind and name; one statement."""
    units = reach(actor, Action.KEEP_MEETINGS)
    rows = Unit.objects.filter(in_force(today)).exclude(kind=Unit.Kind.CITY).order_by("kind", "name_th")
    return tuple(rows if units is None else rows.filter(pk__in=[UUID(unit) for unit in units]))


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """What a form at a meeting can be about: a unit, its meetings that wait and its communities, by identifier."""

    unit: Unit
    meetings: Mapping[str, Meeting]
    communities: Mapping[str, Community]
    units: tuple[Unit, ...]
    """All for which the actor keeps meetings."""


def field_place(actor: Actor, unit: str, today: date) -> FieldPlace:
    """The unit of an identifier, or the first one where none is named.

    Raises:
        NotFound: the actor keeps no meetings for it.
    """
    units = convening_units(actor, today)
    chosen = next((row for row in units if unit in ("", str(row.pk))), None)
    if chosen is None:
        raise NotFound("ไม่พบหน่วยงานนี้", "There is no such unit.")
    return FieldPlace(
        chosen,
        {str(row.pk): row for row in waiting_meetings(actor, chosen.pk)},
        {str(row.pk): row for row in communities_to_meet(actor, chosen.pk)},
        units,
    )


def recorded_form(actor: Actor, key: UUID) -> UUID | None:
    """The meeting that the actor's form of this key recorded; None where none has come."""
    return FieldForm.objects.filter(pk=key, filled_in_by=actor.id).values_list("meeting", flat=True).first()


def units_that_met(purpose: str, fiscal_year: FiscalYear, today: date) -> frozenset[UUID]:
    """The units that held a meeting of this purpose in the fiscal year, up to today; one statement."""
    last = min(today, fiscal_year.last_day)
    rows = Meeting.objects.filter(purpose=purpose, held_on__range=(fiscal_year.first_day, last))
    return frozenset(rows.values_list("unit", flat=True).distinct())


def _in_reach(actor: Actor, action: Action = Action.READ_DISTRICT_RECORDS) -> QuerySet[Meeting]:
    units = reach(actor, action)
    return Meeting.objects.all() if units is None else Meeting.objects.filter(unit__in=[UUID(unit) for unit in units])


def _annotated(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    of = {"meeting": OuterRef("pk")}
    came = Attendance.objects.filter(**of).order_by().values("meeting").annotate(sum=Sum("people")).values("sum")
    put_off = MeetingPostponement.objects.filter(**of)
    times = put_off.order_by().values("meeting").annotate(count=Count("pk")).values("count")
    files = (
        MeetingEvidence.objects.filter(**of).order_by().values("meeting").annotate(count=Count("pk")).values("count")
    )
    last = put_off.order_by("-effective_on", "-pk")
    return rows.select_related("community").annotate(
        day=DAY,
        people=Subquery(came),
        put_off=Coalesce(Subquery(times), 0),
        put_off_to=Subquery(last.values("postponed_to")[:1]),
        files=Coalesce(Subquery(files), 0),
    )


def _line(row: Meeting, units: Mapping[UUID, UnitLabel], today: date) -> MeetingLine:
    unit = units.get(row.unit_id)
    put_off: int = getattr(row, "put_off")  # noqa: B009 - an annotation
    waits = bool(put_off) and getattr(row, "put_off_to") is None  # noqa: B009
    return MeetingLine(
        id=row.pk,
        unit=row.unit_id,
        unit_code=unit.code if unit else "",
        unit_th=unit.name_th if unit else "",
        unit_en=unit.name_en if unit else "",
        purpose=row.purpose,
        number=f"{row.number}/{row.year}",
        title=row.title,
        place=row.place,
        community=row.community.name if row.community else "",
        community_code=row.community.code if row.community else "",
        day=getattr(row, "day"),  # noqa: B009
        starts_at=row.starts_at,
        state=meeting_state(
            scheduled_on=row.scheduled_on,
            held_on=row.held_on,
            cancelled_on=row.cancelled_on,
            waits=waits,
            today=today,
        ),
        people=getattr(row, "people"),  # noqa: B009
        postponements=put_off,
        files=getattr(row, "files"),  # noqa: B009
    )


def _correction(row: MeetingCorrection) -> CorrectionLine:
    return CorrectionLine(row.effective_on, row.reason, row.before, date.fromisoformat(row.before["held_on"]))


def _file(link: MeetingEvidence) -> MeetingFile:
    kept = link.evidence
    return MeetingFile(link.pk, kept.name, kept.media_type, kept.size, link.proves)


def _unknown() -> NotFound:
    return NotFound("ไม่พบการประชุมนี้", "There is no such meeting.")
