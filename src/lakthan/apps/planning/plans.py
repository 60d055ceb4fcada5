"""Reads about community plans: those that stand, those that are being prepared, and what waits for whom."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lakthan.apps.communities.models import Community, CommunityStatus
from lakthan.apps.communities.selectors import seats_of
from lakthan.apps.people.directory import UnitLabel, units_to_choose
from lakthan.apps.planning.fates import Fate, fates_by_name
from lakthan.apps.planning.models import Attendance, CommunityPlan, Meeting, MeetingEvidence, PlanProposal
from lakthan.apps.planning.proposal_content import content_of, last_plan_of
from lakthan.apps.planning.working_plans import Unsaved, token_of, unsaved_of, working_plan
from lakthan.core.errors import NotFound
from lakthan.rules.eligibility import Status
from lakthan.rules.permissions import Action, Actor, permitting, reach
from lakthan.rules.plan_proposals import (
    ProposalContent,
    ProposalState,
    ProposalStep,
    missing,
    possible_proposal_steps,
)
from lakthan.rules.plan_standing import PlanStanding, plan_standing
from lakthan.rules.typed_projects import Finding

OPEN_STATES = (ProposalState.DRAFT, ProposalState.SENT, ProposalState.RETURNED)


@dataclass(frozen=True, slots=True)
class CommunityLabel:
    """A community with its district."""

    id: UUID
    code: str
    name: str
    type: str
    sub_district: str
    district: UnitLabel


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A community in the list of plans: its last plan, and the one that is being prepared; None where there is none."""

    community: CommunityLabel
    standing: PlanStanding
    plan: UUID | None
    adopted_on: date | None
    valid_until: date | None
    proposal: UUID | None
    state: ProposalState | None
    """Of the plan that is being prepared."""
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class MeetingChoice:
    """A held meeting of a community."""

    id: UUID
    number: int
    year: int
    title: str
    held_on: date
    people: int | None
    """Who came, all groups together; None where no group is recorded, which is not zero."""
    files: int


@dataclass(frozen=True, slots=True)
class PlanRef:
    """A plan that stands, in short."""

    id: UUID
    kind: str
    adopted_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A plan in preparation as a page shows it to one person."""

    id: UUID
    community: CommunityLabel
    state: ProposalState
    content: ProposalContent
    meeting: MeetingChoice | None
    meetings: tuple[MeetingChoice, ...]
    """Held meetings of the community, the latest first."""
    unsaved: Unsaved | None
    """What somebody typed and did not save; for those who may write on it."""
    token: str
    """Of what is kept, saved or not: who sends another one has not seen it."""
    findings: tuple[Finding, ...]
    return_reason: str
    sent_on: date | None
    answered_on: date | None
    copied_from: PlanRef | None
    became: Mapping[str, Sequence[Fate]]
    """What was decided about the projects of the plan that was copied, by their names."""
    last_plan: PlanRef | None
    plan: UUID | None
    steps: tuple[ProposalStep, ...]
    speaks_for_it: bool


def plan_lines(actor: Actor, today: date, district: UnitLabel | None = None) -> tuple[PlanLine, ...]:
    """The registered communities that the actor may see, in order of code, with their plans; four statements."""
    districts = {unit.id: unit for unit in units_to_choose(today)}
    rows = _registered(_readable(actor, Community.objects.all(), Action.READ_DISTRICT_RECORDS), today)
    if district is not None:
        rows = rows.filter(unit=district.id)
    return tuple(_plan_line(row, districts, today) for row in _with_plans(rows, today).order_by("code"))


def my_communities(actor: Actor, today: date) -> tuple[PlanLine, ...]:
    """The communities that the actor speaks for, with their plans; in order of code."""
    own = _own(actor, today)
    if not own:
        return ()
    districts = {unit.id: unit for unit in units_to_choose(today)}
    rows = _with_plans(Community.objects.filter(pk__in=own), today)
    return tuple(_plan_line(row, districts, today) for row in rows.order_by("code"))


def proposal_page(actor: Actor, proposal: UUID, today: date) -> ProposalPage:
    """A plan in preparation. Raises `NotFound` where there is none or the actor may not know of it."""
    seats = _own(actor, today)
    row = _proposal_row(actor, proposal, seats)
    community, content, last = row.community, content_of(row), last_plan_of(row.community)
    state, speaks = ProposalState(row.state), row.community_id in seats
    districts = {unit.id: unit for unit in units_to_choose(today)}
    steps = possible_proposal_steps(actor, unit=str(row.unit_id), state=state, speaks_for_it=speaks)
    meetings = tuple(_meeting_choice(meeting) for meeting in _held_meetings(community))
    working = working_plan(row) if ProposalStep.WRITE in steps else None
    return ProposalPage(
        id=row.pk,
        community=_label(community, districts),
        state=state,
        content=content,
        meeting=next((meeting for meeting in meetings if meeting.id == row.meeting_id), None),
        meetings=meetings,
        unsaved=unsaved_of(actor, row, working),
        token=token_of(row, working),
        findings=missing(content, today, last.effective_on if last else None) if state in OPEN_STATES else (),
        return_reason=row.return_reason,
        sent_on=row.sent_on,
        answered_on=row.answered_on,
        copied_from=None if row.copied_from is None else plan_ref(row.copied_from),
        became={} if row.copied_from is None or state not in OPEN_STATES else fates_by_name(row.copied_from),
        last_plan=None if last is None else plan_ref(last),
        plan=row.plan_id,
        steps=steps,
        speaks_for_it=speaks,
    )


def proposal_row(actor: Actor, proposal: UUID, today: date) -> PlanProposal:
    """The row of a plan in preparation. Raises `NotFound` as `proposal_page`."""
    return _proposal_row(actor, proposal, _own(actor, today))


def _proposal_row(actor: Actor, proposal: UUID, seats: Set[UUID]) -> PlanProposal:
    found = PlanProposal.objects.select_related("community", "meeting", "copied_from").filter(pk=proposal).first()
    if found is None or not _may_read(actor, found.community, seats):
        raise NotFound("ไม่พบแผนที่กำลังจัดทำนี้", "There is no such plan in preparation.")
    return found


def last_plan(community: Community) -> PlanRef | None:
    """The plan that a community adopted last."""
    found = last_plan_of(community)
    return None if found is None else plan_ref(found)


def open_proposal(community: Community) -> UUID | None:
    """The plan of a community that is being prepared, by identifier."""
    rows = PlanProposal.objects.filter(unit_id=community.unit_id, community=community)
    found = rows.filter(state__in=[state.value for state in OPEN_STATES]).values_list("pk", flat=True)
    return found.first()


def community_row(actor: Actor, code: str, today: date) -> Community:
    """A community whose plans the actor may see. Raises `NotFound` where there is none."""
    found = Community.objects.filter(code=code).first()
    if found is None or not may_read(actor, found, today):
        raise NotFound(f"ไม่พบชุมชนรหัส {code}", f"There is no community {code}.")
    return found


def meeting_of(community: Community, meeting: UUID | None) -> Meeting | None:
    """A held meeting of a community, by identifier; None where none is named or it is another's."""
    return None if meeting is None else _held_meetings(community).filter(pk=meeting).first()


def may_read(actor: Actor, community: Community, today: date) -> bool:
    """Whether the actor may see plans of a community: a member those alone that they speak for."""
    return _may_read(actor, community, _own(actor, today))


def _may_read(actor: Actor, community: Community, seats: Set[UUID]) -> bool:
    held = permitting(actor, Action.READ_DISTRICT_RECORDS, str(community.unit_id))
    return held is not None or community.pk in seats


def community_label(community: Community, today: date) -> CommunityLabel:
    """A community with its district."""
    return _label(community, {unit.id: unit for unit in units_to_choose(today)})


def plan_ref(plan: CommunityPlan) -> PlanRef:
    """A plan in short."""
    return PlanRef(plan.pk, plan.kind, plan.effective_on, plan.valid_until)


def _own(actor: Actor, today: date) -> frozenset[UUID]:
    """The communities that the actor speaks for, by identifier."""
    return frozenset(seats_of(actor, today).values_list("community_id", flat=True))


def _readable(actor: Actor, rows: QuerySet[Community], action: Action) -> QuerySet[Community]:
    units = reach(actor, action)
    return rows if units is None else rows.filter(unit__in=[UUID(unit) for unit in units])


def _registered(rows: QuerySet[Community], today: date) -> QuerySet[Community]:
    """Without the communities that are dissolved by now, or were not registered yet."""
    statuses = CommunityStatus.objects.filter(community=OuterRef("pk"), effective_on__lte=today)
    status = Subquery(statuses.order_by("-effective_on").values("status")[:1])
    return rows.annotate(present_status=status).filter(
        present_status__in=[Status.REGISTERED.value, Status.BEING_DISSOLVED.value]
    )


def _with_plans(rows: QuerySet[Community], today: date) -> QuerySet[Community]:
    """Communities with what a line needs of their last plan and of the one in preparation."""
    plans = CommunityPlan.objects.filter(community=OuterRef("pk"), effective_on__lte=today).order_by("-effective_on")
    proposals = PlanProposal.objects.filter(community=OuterRef("pk"), state__in=[state.value for state in OPEN_STATES])
    return rows.annotate(
        **{f"plan_{name}": Subquery(plans.values(name)[:1]) for name in ("id", "effective_on", "valid_until")},
        **{f"proposal_{name}": Subquery(proposals.values(name)[:1]) for name in ("id", "state", "sent_on")},
    )


def _plan_line(row: Any, districts: Mapping[UUID, UnitLabel], today: date) -> PlanLine:
    return PlanLine(
        community=_label(row, districts),
        standing=plan_standing(row.plan_effective_on, row.plan_valid_until, today),
        plan=row.plan_id,
        adopted_on=row.plan_effective_on,
        valid_until=row.plan_valid_until,
        proposal=row.proposal_id,
        state=None if row.proposal_state is None else ProposalState(row.proposal_state),
        sent_on=row.proposal_sent_on,
    )


def _label(row: Community, districts: Mapping[UUID, UnitLabel]) -> CommunityLabel:
    return CommunityLabel(
        row.pk,
        row.code,
        row.name,
        row.type,
        row.sub_district,
        districts.get(row.unit_id, UnitLabel(row.unit_id, "", "district", "", "", "")),
    )


def _held_meetings(community: Community) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(unit_id=community.unit_id, community=community, held_on__isnull=False)
    of = {"meeting": OuterRef("pk")}
    came = Attendance.objects.filter(**of).order_by().values("meeting").annotate(sum=Sum("people")).values("sum")
    files = MeetingEvidence.objects.filter(**of).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return rows.annotate(people=Subquery(came), files=Coalesce(Subquery(files), 0)).order_by("-held_on", "-number")


def _meeting_choice(meeting: Any) -> MeetingChoice:
    return MeetingChoice(
        meeting.pk, meeting.number, meeting.year, meeting.title, meeting.held_on, meeting.people, meeting.files
    )
