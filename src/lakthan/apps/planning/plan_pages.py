"""A community plan that stands, as its page and its print show it, with what became of each of its projects."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from lakthan.apps.evidence.services import path_of
from lakthan.apps.planning.fates import Fate, fates_of
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Meeting, MeetingEvidence
from lakthan.apps.planning.plans import (
    CommunityLabel,
    PlanRef,
    community_label,
    community_row,
    plan_ref,
)
from lakthan.core.errors import NotFound
from lakthan.rules.permissions import Action, Actor, refusal
from lakthan.rules.plan_standing import PlanStanding, plan_standing
from lakthan.rules.typed_projects import PLAN_FIELDS


@dataclass(frozen=True, slots=True)
class PlanProject:
    """A project of a plan. `fates` is empty where nothing is decided."""

    id: UUID
    number: int
    name: str
    problem: str
    aim: str
    field: str
    way: str
    estimate: Decimal | None
    priority: int | None
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class MeetingFile:
    """A file that proves a meeting."""

    id: UUID
    name: str
    size: int
    proves: str
    digest: str
    media_type: str


@dataclass(frozen=True, slots=True)
class PlanMeeting:
    """The meeting in which a plan was adopted, with who came and what proves it."""

    id: UUID
    number: int
    year: int
    title: str
    place: str
    held_on: date | None
    attendance: tuple[tuple[str, int], ...]
    files: tuple[MeetingFile, ...]

    @property
    def people(self) -> int:
        """How many came."""
        return sum(people for _, people in self.attendance)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as it stands."""

    id: UUID
    community: CommunityLabel
    kind: str
    adopted_on: date
    valid_until: date
    standing: PlanStanding | None
    """How the community stands to this plan; None where a later one took its place."""
    resolution: str
    fields: tuple[tuple[str, str], ...]
    """Code of the field, and its text."""
    projects: tuple[PlanProject, ...]
    meeting: PlanMeeting | None
    reviews: PlanRef | None
    later: PlanRef | None
    may_prepare: bool
    """Whether the actor may begin the next one."""


def plan_page(actor: Actor, code: str, plan: UUID, today: date) -> PlanPage:
    """A plan of a community. Raises `NotFound` where there is none or the actor may not know of it."""
    community = community_row(actor, code, today)
    rows = CommunityPlan.objects.filter(unit_id=community.unit_id, community=community)
    found = rows.select_related("reviews", "meeting").filter(pk=plan).first()
    if found is None:
        raise NotFound("ไม่พบแผนพัฒนาชุมชนนี้", "There is no such community plan.")
    later = rows.filter(effective_on__gt=found.effective_on).order_by("effective_on").first()
    return PlanPage(
        id=found.pk,
        community=community_label(community, today),
        kind=found.kind,
        adopted_on=found.effective_on,
        valid_until=found.valid_until,
        standing=None if later else plan_standing(found.effective_on, found.valid_until, today),
        resolution=found.resolution,
        fields=tuple((field, getattr(found, field)) for field in PLAN_FIELDS),
        projects=_projects(found),
        meeting=None if found.meeting is None else _meeting(found.meeting),
        reviews=None if found.reviews is None else plan_ref(found.reviews),
        later=None if later is None else plan_ref(later),
        may_prepare=refusal(actor, Action.PREPARE_PLAN, str(community.unit_id)) is None,
    )


def last_projects(community: UUID) -> tuple[PlanProject, ...]:
    """The projects of the last plan of a community; none where it has no plan."""
    last = CommunityPlan.objects.filter(community=community).order_by("-effective_on").first()
    return () if last is None else _projects(last)


def _projects(plan: CommunityPlan) -> tuple[PlanProject, ...]:
    fates = fates_of(plan)
    return tuple(
        PlanProject(
            id=row.pk,
            number=row.number,
            name=row.name,
            problem=row.problem,
            aim=row.aim,
            field=row.field,
            way=row.way,
            estimate=row.estimate,
            priority=row.priority,
            fates=tuple(fates[row.pk]),
        )
        for row in CommunityProject.objects.filter(unit_id=plan.unit_id, plan=plan).order_by("number")
    )


def _meeting(meeting: Meeting) -> PlanMeeting:
    proofs = MeetingEvidence.objects.filter(unit_id=meeting.unit_id, meeting=meeting).select_related("evidence")
    return PlanMeeting(
        id=meeting.pk,
        number=meeting.number,
        year=meeting.year,
        title=meeting.title,
        place=meeting.place,
        held_on=meeting.held_on,
        attendance=tuple(meeting.attendances.order_by("pk").values_list("group", "people")),
        files=tuple(
            MeetingFile(
                id=proof.evidence_id,
                name=proof.evidence.name,
                size=proof.evidence.size,
                proves=proof.proves,
                digest=proof.evidence.digest,
                media_type=proof.evidence.media_type,
            )
            for proof in proofs.order_by("pk")
        ),
    )


def plan_file(actor: Actor, code: str, plan: UUID, file: UUID, today: date) -> tuple[MeetingFile, Path]:
    """A file of the meeting of a plan, with the place of its bytes. Raises `NotFound` as `plan_page`."""
    page = plan_page(actor, code, plan, today)
    for kept in page.meeting.files if page.meeting else ():
        if kept.id == file:
            return kept, path_of(kept.digest)
    raise NotFound("ไม่พบแฟ้มนี้", "There is no such file.")
