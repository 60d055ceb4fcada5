"""Forms that were filled in at a meeting on a device, perhaps without connection, and are sent when there is one.

A device sends until it hears an answer, so the same form may come twice: its key decides, and nothing is made twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lakthan.apps.communities.models import Community
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import FieldForm, Meeting, PlanProposal
from lakthan.apps.planning.services.meetings import MeetingPlan, hold_meeting, keep_meeting_files, record_meeting
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.entry import require_text
from lakthan.rules.permissions import Action, Actor, require
from lakthan.rules.typed_projects import MOST_PROJECTS, tidy_projects

CAN_BE_ADDED_TO = (PlanProposal.State.DRAFT, PlanProposal.State.RETURNED)
"""A plan that was sent to the district is looked at as the community sent it."""


@dataclass(frozen=True, slots=True)
class NotedProject:
    """A project as it was noted at a meeting; texts, empty where nothing was said."""

    name: str
    field: str
    """A value of `CommunityProject.Field`."""
    way: str
    """A value of `CommunityProject.Way`."""
    problem: str = ""
    estimate: str = ""
    """Baht, with Arabic digits."""

    def as_typed(self) -> dict[str, str]:
        """As a plan in preparation keeps it."""
        return {
            "name": self.name,
            "problem": self.problem,
            "aim": "",
            "field": str(self.field),
            "way": str(self.way),
            "estimate": self.estimate,
            "priority": "",
        }


@dataclass(frozen=True, slots=True)
class NotedFile:
    """A file that was taken at a meeting."""

    name: str
    content: bytes
    proves: str


@dataclass(frozen=True, slots=True)
class NotedMeeting:
    """What was filled in: of a meeting that was scheduled (`meeting`), or of one that nobody had scheduled."""

    purpose: str
    title: str
    held_on: date
    attendance: Mapping[str, int]
    place: str = ""
    notes: str = ""
    community: Community | None = None
    meeting: Meeting | None = None
    projects: Sequence[NotedProject] = field(default_factory=tuple)
    files: Sequence[NotedFile] = field(default_factory=tuple)


def record_field_form(*, actor: Actor, unit: Unit, key: UUID, noted: NotedMeeting, now: datetime) -> FieldForm:
    """Record a meeting that was held with all that was filled in at it, once for each key.

    The key of a form that is recorded gives that form and writes nothing, whatever comes with it.

    Raises:
        Conflict: the key is another person's, or the meeting was held or cancelled before.
        UserError: as `record_meeting`, `hold_meeting` and `keep_meeting_files`; or projects without a community.
    """
    require(actor, Action.KEEP_MEETINGS, str(unit.pk))
    if noted.projects:
        require(actor, Action.KEEP_PLANS, str(unit.pk))
    with transaction.atomic():
        lock(unit)
        if (known := FieldForm.objects.filter(pk=key).first()) is not None:
            return _of_sender(known, actor, unit)
        if (meeting := noted.meeting) is None:
            planned = MeetingPlan(noted.purpose, noted.title, noted.held_on, noted.place, community=noted.community)
            meeting = record_meeting(
                actor=actor, unit=unit, planned=planned, attendance=noted.attendance, notes=noted.notes, now=now
            )
        else:
            hold_meeting(
                actor=actor,
                meeting=meeting,
                held_on=noted.held_on,
                attendance=noted.attendance,
                notes=noted.notes,
                now=now,
            )
        for file in dict.fromkeys(noted.files):  # the same photograph chosen twice is one
            keep_meeting_files(
                actor=actor, meeting=meeting, files=[(file.name, file.content)], proves=file.proves, now=now
            )
        projects = [project.as_typed() for project in noted.projects]
        row = FieldForm(
            id=key,
            unit=unit,
            meeting=meeting,
            proposal=_note_projects(actor, meeting, projects, now) if projects else None,
            projects=projects,
            filled_in_by=actor.id,
        )
        return create(actor, row, act="planning.record_field_form", now=now)


def _of_sender(known: FieldForm, actor: Actor, unit: Unit) -> FieldForm:
    if known.filled_in_by != actor.id or known.unit_id != unit.pk:
        raise Conflict("แบบบันทึกนี้เป็นของผู้อื่น กรอกใหม่เป็นแบบใหม่", "This form is somebody else's; fill in a new one.")
    return known


def _note_projects(
    actor: Actor, meeting: Meeting, projects: Sequence[dict[str, str]], now: datetime
) -> PlanProposal | None:
    """The plan in preparation with the projects at its end, begun where there is none; None while it is looked at."""
    community = meeting.community
    if community is None:
        raise UserError(
            "โครงการต้องเป็นของชุมชน เลือกชุมชนของการประชุม", "A project belongs to a community; choose the community."
        )
    for project in projects:
        require_text(project["name"], "ชื่อโครงการ", "The project's name")
    added = tidy_projects(projects)
    lock(community)
    open_states = (*CAN_BE_ADDED_TO, PlanProposal.State.SENT)
    of_community = PlanProposal.objects.filter(unit_id=community.unit_id, community=community, state__in=open_states)
    if (proposal := of_community.first()) is None:
        fresh = PlanProposal(unit_id=community.unit_id, community=community, meeting=meeting, projects=list(added))
        return create(actor, fresh, act="planning.begin_proposal", now=now)
    if lock(proposal).state not in CAN_BE_ADDED_TO or len(proposal.projects) + len(added) > MOST_PROJECTS:
        return None
    return change(actor, proposal, act="planning.note_projects", now=now, projects=[*proposal.projects, *added])
