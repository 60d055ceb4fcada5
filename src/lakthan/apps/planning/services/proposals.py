"""Plans that communities prepare: begun, saved, sent to the district, sent back, confirmed as a plan, or dropped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.selectors import reasons_not_eligible, seats_of
from lakthan.apps.ledger.services import change, create, lock
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Meeting, PlanProposal
from lakthan.apps.planning.proposal_content import content_of, last_plan_of
from lakthan.apps.planning.services.meetings import MeetingPlan, record_meeting
from lakthan.apps.planning.services.plans import LONGEST_RESOLUTION, NewProject, adopt_plan
from lakthan.apps.planning.speaking import require_preparing
from lakthan.apps.planning.working_plans import forget_working_plan, refuse_moved
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.eligibility import Ineligibility
from lakthan.rules.entry import refuse_longer, require_text
from lakthan.rules.meetings import COMMUNITY
from lakthan.rules.permissions import Action, Actor, Refused, require
from lakthan.rules.plan_proposals import (
    PROPOSAL_TRANSITIONS,
    ProposalContent,
    ProposalState,
    ProposalStep,
    missing,
    readable_projects,
    require_proposal_step,
)
from lakthan.rules.plan_standing import as_long_again
from lakthan.rules.typed_projects import PLAN_FIELDS, Finding, ReadProject, tidy_projects, typed_of

LONGEST_FIELD, LONGEST_REASON = 20_000, 4000
GONE = frozenset({Ineligibility.DISSOLVED, Ineligibility.NOT_REGISTERED})


class NotComplete(UserError):  # noqa: N818 - reads as the answer it is
    """A plan cannot be sent yet; `findings` say what is missing, in the order of the form."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            f"ยังส่งไม่ได้ มี {len(findings)} รายการที่ต้องแก้ ฉบับร่างบันทึกไว้แล้ว",
            f"It cannot be sent yet: {len(findings)} to mend. The draft is saved.",
        )
        self.findings = findings

    def __reduce__(self) -> Any:
        """Survive pickling."""
        return (type(self), (self.findings,))


def begin_proposal(*, actor: Actor, community: Community, now: datetime, copied: bool = False) -> PlanProposal:
    """Begin a plan of a community: empty, or with fields and projects of its last plan, to be reviewed.

    Raises:
        Refused: the actor neither keeps plans of the district nor speaks for the community.
        Conflict: one is being prepared already.
        UserError: the community is dissolved, or there is no plan to copy.
    """
    require_preparing(actor, community, timezone.localdate(now))
    if GONE & set(reasons_not_eligible(community, timezone.localdate(now))):
        raise UserError(
            f"{community.name} ไม่ได้จดทะเบียนอยู่ จึงจัดทำแผนไม่ได้",
            f"{community.name} is not registered, so it makes no plan.",
        )
    with transaction.atomic():
        lock(community)
        _refuse_second(community)
        last = last_plan_of(community)
        if copied and last is None:
            raise UserError("ชุมชนนี้ยังไม่มีแผนให้คัดลอก เริ่มจากแผนเปล่า", "There is no plan to copy; begin with an empty one.")
        row = PlanProposal(unit_id=community.unit_id, community=community)
        if copied and last is not None:
            _copy(last, row, timezone.localdate(now))
        return create(actor, row, act="planning.begin_proposal", now=now)


def _refuse_second(community: Community) -> None:
    being_prepared = [ProposalState.DRAFT.value, ProposalState.SENT.value, ProposalState.RETURNED.value]
    if PlanProposal.objects.filter(unit_id=community.unit_id, community=community, state__in=being_prepared).exists():
        raise Conflict(
            "ชุมชนนี้มีแผนที่กำลังจัดทำอยู่แล้ว เปิดฉบับนั้นต่อ", "A plan of this community is being prepared already; open that one."
        )


def _copy(plan: CommunityPlan, row: PlanProposal, today: date) -> None:
    """Fields and projects as one would type them; the new plan's meeting, resolution and day are its own.

    It is proposed to be valid for as many years as the last one.
    """
    row.copied_from = plan
    row.valid_until = as_long_again(plan.effective_on, plan.valid_until, today)
    for field in PLAN_FIELDS:
        setattr(row, field, getattr(plan, field))
    row.projects = [typed_of(_read_again(project)) for project in plan.projects.order_by("number")]


def _read_again(project: CommunityProject) -> ReadProject:
    return ReadProject(
        name=project.name,
        problem=project.problem,
        aim=project.aim,
        field=project.field,
        way=project.way,
        estimate=project.estimate,
        priority=project.priority,
    )


def save_proposal(
    *,
    actor: Actor,
    proposal: PlanProposal,
    content: ProposalContent,
    seen: str,
    now: datetime,
    meeting: Meeting | None = None,
    page: str = "",
) -> PlanProposal:
    """Save a plan as it is typed; `seen` is the token of what stood in the form when it was opened, `page` the page.

    Raises:
        SavedMeanwhile: another text is kept by now.
        Conflict: it is no longer being written.
        UserError: a text is too long, there are too many projects, or the meeting was another community's.
    """
    require_preparing(actor, proposal.community, timezone.localdate(now))
    values = _values(content, meeting, proposal)
    with transaction.atomic():
        require_proposal_step(ProposalStep.WRITE, ProposalState(lock(proposal).state))
        refuse_moved(proposal, seen, page)
        forget_working_plan(proposal)
        return change(actor, proposal, act="planning.save_proposal", now=now, **values)


def _values(content: ProposalContent, meeting: Meeting | None, proposal: PlanProposal) -> dict[str, object]:
    if meeting is not None and meeting.community_id != proposal.community_id:
        raise UserError("การประชุมที่เลือกไม่ใช่ของชุมชนนี้", "The meeting was not this community's.")
    fields = {
        code: refuse_longer(content.fields.get(code, "").strip(), LONGEST_FIELD, th, en)
        for code, (th, en) in PLAN_FIELDS.items()
    }
    return {
        **fields,
        "projects": list(tidy_projects(content.projects)),
        "adopted_on": content.adopted_on,
        "valid_until": content.valid_until,
        "resolution": refuse_longer(
            content.resolution.strip(), LONGEST_RESOLUTION, "มติคณะกรรมการชุมชน", "The committee's resolution"
        ),
        "meeting": meeting,
    }


def send_proposal(*, actor: Actor, proposal: PlanProposal, now: datetime) -> PlanProposal:
    """Send a plan to the district.

    Raises:
        NotComplete: something is missing or wrong in it.
        Conflict: it is sent, confirmed or dropped already.
    """
    require_preparing(actor, proposal.community, timezone.localdate(now))
    today = timezone.localdate(now)
    with transaction.atomic():
        target = _step(ProposalStep.SEND, lock(proposal))
        _require_complete(proposal, now)
        return change(actor, proposal, act="planning.send_proposal", now=now, state=target, sent_on=today)


def withdraw_proposal(*, actor: Actor, proposal: PlanProposal, now: datetime) -> PlanProposal:
    """Take a sent plan back, to write on. Raises `Conflict` where it is not with the district."""
    require_preparing(actor, proposal.community, timezone.localdate(now))
    with transaction.atomic():
        target = _step(ProposalStep.WITHDRAW, lock(proposal))
        return change(actor, proposal, act="planning.withdraw_proposal", now=now, state=target, sent_on=None)


def drop_proposal(*, actor: Actor, proposal: PlanProposal, now: datetime) -> PlanProposal:
    """End a plan that is not sent. Raises `Conflict` where it is sent or confirmed."""
    require_preparing(actor, proposal.community, timezone.localdate(now))
    with transaction.atomic():
        target = _step(ProposalStep.DROP, lock(proposal))
        forget_working_plan(proposal)
        return change(actor, proposal, act="planning.drop_proposal", now=now, state=target)


def return_proposal(*, actor: Actor, proposal: PlanProposal, reason: str, now: datetime) -> PlanProposal:
    """Send a plan back to the community, with what is to be mended.

    Raises:
        UserError: the reason is missing.
        Conflict: it is not with the district.
    """
    _require_judging(actor, proposal, now)
    text = require_text(reason, "สิ่งที่ต้องแก้ไข", "What is to be mended")
    refuse_longer(text, LONGEST_REASON, "สิ่งที่ต้องแก้ไข", "What is to be mended")
    with transaction.atomic():
        target = _step(ProposalStep.RETURN, lock(proposal))
        return change(
            actor,
            proposal,
            act="planning.return_proposal",
            now=now,
            state=target,
            return_reason=text,
            answered_on=timezone.localdate(now),
        )


@dataclass(frozen=True, slots=True)
class AdoptingMeeting:
    """The community meeting in which a plan was considered, where it is not recorded yet: who came, by group."""

    title: str
    held_on: date
    attendance: Mapping[str, int]
    place: str = ""


def confirm_proposal(
    *, actor: Actor, proposal: PlanProposal, now: datetime, meeting: Meeting | AdoptingMeeting | None = None
) -> CommunityPlan:
    """Confirm a sent plan: it becomes the community's plan, with its projects, in one transaction.

    `meeting` is the one in which it was considered, recorded or to be recorded with it; None leaves the one that the
    community chose, if any.

    Raises:
        UserError: the meeting was another community's or not held; or as `record_meeting`.
        NotComplete: something is wrong in it by now, such as a plan of the same day.
        Conflict: it is not with the district.
    """
    _require_judging(actor, proposal, now)
    with transaction.atomic():
        target = _step(ProposalStep.CONFIRM, lock(proposal))
        _require_complete(proposal, now)
        forget_working_plan(proposal)
        held = _held(actor, proposal, meeting, now)
        plan = _adopt(actor, proposal, held, now)
        change(
            actor,
            proposal,
            act="planning.confirm_proposal",
            now=now,
            state=target,
            plan=plan,
            meeting=held,
            answered_on=timezone.localdate(now),
        )
    return plan


def _held(
    actor: Actor, proposal: PlanProposal, meeting: Meeting | AdoptingMeeting | None, now: datetime
) -> Meeting | None:
    """The meeting in which the plan was considered, recorded now where it is not yet."""
    if isinstance(meeting, AdoptingMeeting):
        planned = MeetingPlan(COMMUNITY, meeting.title, meeting.held_on, meeting.place, community=proposal.community)
        return record_meeting(actor=actor, unit=proposal.unit, planned=planned, attendance=meeting.attendance, now=now)
    if meeting is not None and (meeting.community_id != proposal.community_id or meeting.held_on is None):
        raise UserError(
            "การประชุมที่เลือกไม่ใช่ของชุมชนนี้ หรือยังไม่ได้จัด",
            "The meeting was not this community's, or was not held.",
        )
    return meeting or proposal.meeting


def _adopt(actor: Actor, proposal: PlanProposal, meeting: Meeting | None, now: datetime) -> CommunityPlan:
    content = content_of(proposal)
    if content.adopted_on is None or content.valid_until is None:
        raise AssertionError("a complete plan has its days")
    fields: Mapping[CommunityProject.Field, str] = {
        CommunityProject.Field(code): text for code, text in content.fields.items()
    }
    return adopt_plan(
        actor=actor,
        community=proposal.community,
        effective_on=content.adopted_on,
        valid_until=content.valid_until,
        resolution=content.resolution,
        fields=fields,
        projects=[_new(project) for project in readable_projects(content)],
        meeting=meeting,
        now=now,
    )


def _new(project: ReadProject) -> NewProject:
    typed = asdict(project)
    return NewProject(
        **typed | {"field": CommunityProject.Field(project.field), "way": CommunityProject.Way(project.way)}
    )


def _step(step: ProposalStep, proposal: PlanProposal) -> str:
    """The state after a step that leads to another one; raises `Conflict` where it cannot be taken."""
    require_proposal_step(step, ProposalState(proposal.state))
    target = PROPOSAL_TRANSITIONS[step].target
    return proposal.state if target is None else target.value


def _require_complete(proposal: PlanProposal, now: datetime) -> None:
    last = last_plan_of(proposal.community)
    found = missing(content_of(proposal), timezone.localdate(now), last.effective_on if last else None)
    if found:
        raise NotComplete(found)


def _require_judging(actor: Actor, proposal: PlanProposal, now: datetime) -> None:
    """The district judges; who speaks for the community does not judge its plan."""
    require(actor, Action.KEEP_PLANS, str(proposal.unit_id))
    if seats_of(actor, timezone.localdate(now)).filter(community=proposal.community_id).exists():
        raise Refused(
            "ท่านเป็นผู้แทนของชุมชนนี้ ให้เจ้าหน้าที่เขตท่านอื่นเป็นผู้ตรวจแผน",
            "You speak for this community; another officer of the district has to look at its plan.",
        )
