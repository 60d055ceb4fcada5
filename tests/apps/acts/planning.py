"""The services of `planning` about communities: plans, meetings, decisions."""

from datetime import date, timedelta

from lakthan.apps.identifiers import new_id
from lakthan.apps.people.models import Unit
from lakthan.apps.planning.models import CommunityProject, Decline
from lakthan.apps.planning.services import decisions, field_forms, meetings, mending, plans
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW, ROOT, YEAR
from tests.apps.photos import photo

OFFICER = [Role.DISTRICT_OFFICER]
DECIDERS = [Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR]
CONVENERS = [Role.DISTRICT_OFFICER, Role.REPORTER]
DAY = date(2020, 3, 2)


@act(
    plans.adopt_plan,
    ("planning.adopt_plan", "planning.communityplan"),
    ("planning.propose_project", "planning.communityproject"),
    ("planning.propose_project", "planning.communityproject"),
    own=OFFICER,
)
def _adopt_plan(home: Unit) -> Call:
    community = builders.community(home)
    return lambda actor: plans.adopt_plan(
        actor=actor,
        community=community,
        effective_on=DAY,
        valid_until=date(2021, 12, 31),
        projects=builders.proposals(2),
        now=NOW,
    )


@act(plans.propose_projects, ("planning.propose_project", "planning.communityproject"), own=OFFICER)
def _propose_projects(home: Unit) -> Call:
    plan = builders.plan(builders.community(home))
    return lambda actor: plans.propose_projects(actor=actor, plan=plan, projects=builders.proposals(1), now=NOW)


@act(meetings.schedule_meeting, ("planning.schedule_meeting", "planning.meeting"), own=CONVENERS)
def _schedule_meeting(home: Unit) -> Call:
    return lambda actor: meetings.schedule_meeting(
        actor=actor, unit=home, purpose="district-briefing", title="ประชุมชี้แจง", scheduled_on=DAY, now=NOW
    )


@act(
    meetings.hold_meeting,
    ("planning.hold_meeting", "planning.meeting"),
    ("planning.record_attendance", "planning.attendance"),
    own=CONVENERS,
)
def _hold_meeting(home: Unit) -> Call:
    meeting = builders.meeting(home)
    return lambda actor: meetings.hold_meeting(
        actor=actor, meeting=meeting, held_on=DAY, attendance={"ผู้แทนชุมชน": 12}, now=NOW
    )


@act(
    meetings.postpone_meeting,
    ("planning.postpone_meeting", "planning.meetingpostponement"),
    ("planning.reschedule_meeting", "planning.meeting"),
    own=CONVENERS,
)
def _postpone_meeting(home: Unit) -> Call:
    meeting = builders.meeting(home)
    return lambda actor: meetings.postpone_meeting(
        actor=actor, meeting=meeting, effective_on=DAY, reason="โรคระบาด", postponed_to=date(2020, 8, 3), now=NOW
    )


@act(meetings.cancel_meeting, ("planning.cancel_meeting", "planning.meeting"), own=CONVENERS)
def _cancel_meeting(home: Unit) -> Call:
    meeting = builders.meeting(home)
    return lambda actor: meetings.cancel_meeting(
        actor=actor, meeting=meeting, cancelled_on=DAY, reason="โรคระบาด", now=NOW
    )


@act(meetings.prove_meeting, ("planning.prove_meeting", "planning.meetingevidence"), own=CONVENERS)
def _prove_meeting(home: Unit) -> Call:
    meeting, evidence = builders.meeting(home), builders.evidence(home)
    return lambda actor: meetings.prove_meeting(
        actor=actor, meeting=meeting, evidence=evidence, proves="รายงานการประชุม", now=NOW
    )


@act(
    meetings.record_meeting,
    ("planning.record_meeting", "planning.meeting"),
    ("planning.record_attendance", "planning.attendance"),
    own=CONVENERS,
)
def _record_meeting(home: Unit) -> Call:
    planned = meetings.MeetingPlan("district-briefing", "ประชุมชี้แจง", DAY)
    return lambda actor: meetings.record_meeting(
        actor=actor, unit=home, planned=planned, attendance={"ผู้แทนชุมชน": 12}, now=NOW
    )


@act(
    meetings.correct_meeting,
    ("planning.correct_meeting", "planning.meetingcorrection"),
    ("planning.correct_meeting", "planning.meeting"),
    ("planning.correct_attendance", "planning.attendance"),
    ("planning.record_attendance", "planning.attendance"),
    own=CONVENERS,
)
def _correct_meeting(home: Unit) -> Call:
    meeting = builders.meeting(home)
    meetings.hold_meeting(actor=ROOT, meeting=meeting, held_on=DAY, attendance={"ผู้แทนชุมชน": 12}, now=NOW)
    return lambda actor: meetings.correct_meeting(
        actor=actor,
        meeting=meeting,
        title="ประชุมชี้แจง",
        place="ศาลา",
        held_on=date(2020, 3, 3),
        attendance={"ผู้แทนชุมชน": 21, "เจ้าหน้าที่": 2},
        reason="นับผิด",
        now=NOW,
    )


@act(
    meetings.keep_meeting_files,
    ("evidence.store_evidence", "evidence.evidence"),
    ("planning.prove_meeting", "planning.meetingevidence"),
    own=CONVENERS,
)
def _keep_meeting_files(home: Unit) -> Call:
    meeting = builders.meeting(home)
    return lambda actor: meetings.keep_meeting_files(
        actor=actor, meeting=meeting, files=[("minutes.txt", "รายงาน".encode())], proves="รายงานการประชุม", now=NOW
    )


@act(
    field_forms.record_field_form,
    ("planning.record_meeting", "planning.meeting"),
    ("planning.record_attendance", "planning.attendance"),
    ("evidence.store_evidence", "evidence.evidence"),
    ("planning.prove_meeting", "planning.meetingevidence"),
    ("planning.begin_proposal", "planning.planproposal"),
    ("planning.record_field_form", "planning.fieldform"),
    own=OFFICER,
)
def _record_field_form(home: Unit) -> Call:
    noted = field_forms.NotedMeeting(
        purpose="community",
        title="ประชุมชุมชน",
        held_on=DAY,
        attendance={"ผู้อยู่อาศัย": 30},
        community=builders.community(home),
        projects=[field_forms.NotedProject("ลานกีฬา", CommunityProject.Field.HEALTH, CommunityProject.Way.BY_DISTRICT)],
        files=[field_forms.NotedFile("photo.jpg", photo(), "ภาพถ่าย")],
    )
    return lambda actor: field_forms.record_field_form(actor=actor, unit=home, key=new_id(), noted=noted, now=NOW)


@act(decisions.open_action_plan, ("planning.open_action_plan", "planning.actionplan"), own=DECIDERS)
def _open_action_plan(home: Unit) -> Call:
    return lambda actor: decisions.open_action_plan(
        actor=actor, unit=home, fiscal_year=YEAR, effective_on=DAY, document="คำสั่ง 1/2562", now=NOW
    )


@act(decisions.include_project, ("planning.include_project", "planning.inclusion"), own=DECIDERS)
def _include_project(home: Unit) -> Call:
    project, plan = builders.project(home), builders.action_plan(home)
    return lambda actor: decisions.include_project(
        actor=actor, action_plan=plan, project=project, item_number=1, effective_on=DAY, document="บันทึก 2", now=NOW
    )


@act(decisions.decline_project, ("planning.decline_project", "planning.decline"), own=DECIDERS)
def _decline_project(home: Unit) -> Call:
    project, plan = builders.project(home), builders.action_plan(home)
    return lambda actor: decisions.decline_project(
        actor=actor,
        action_plan=plan,
        project=project,
        reason_code=Decline.Reason.NO_BUDGET,
        reason="งบประมาณจัดสรรครบแล้ว",
        effective_on=DAY,
        document="บันทึก 3",
        now=NOW,
    )


@act(
    decisions.decide_projects,
    ("planning.include_project", "planning.inclusion"),
    ("planning.decline_project", "planning.decline"),
    own=DECIDERS,
)
def _decide_projects(home: Unit) -> Call:
    first, second = builders.plan(builders.community(home), projects=2).projects.all()
    plan = builders.action_plan(home)
    choices = [
        decisions.Take(first, 1),
        decisions.Leave(second, Decline.Reason.NO_BUDGET, "งบประมาณจัดสรรครบแล้ว"),
    ]
    return lambda actor: decisions.decide_projects(
        actor=actor, action_plan=plan, choices=choices, effective_on=DAY, document="บันทึก 4", now=NOW
    )


@act(
    decisions.confirm_action_plan,
    ("planning.confirm_action_plan", "planning.actionplanconfirmation"),
    own=[Role.DISTRICT_DIRECTOR],
    by_operator=False,
)
def _confirm_action_plan(home: Unit) -> Call:
    plan = builders.action_plan(home)
    return lambda actor: decisions.confirm_action_plan(
        actor=actor, action_plan=plan, effective_on=DAY, document="บันทึก 5", now=NOW
    )


@act(decisions.withdraw_decision, ("planning.withdraw_decision", "planning.inclusion"), own=DECIDERS)
def _withdraw_decision(home: Unit) -> Call:
    inclusion = builders.inclusion(builders.project(home), builders.action_plan(home))
    return lambda actor: decisions.withdraw_decision(
        actor=actor, decision=inclusion, ended_on=DAY, reason="เจ้าของที่ดินไม่ยินยอม", now=NOW
    )


@act(mending.mend_validity, ("planning.mend_validity", "planning.communityplan"), own=OFFICER)
def _mend_validity(home: Unit) -> Call:
    plan = builders.plan(builders.community(home))
    return lambda actor: mending.mend_validity(
        actor=actor, plan=plan, valid_until=plan.valid_until + timedelta(days=30), now=NOW
    )


@act(mending.mend_project, ("planning.mend_project", "planning.communityproject"), own=OFFICER)
def _mend_project(home: Unit) -> Call:
    project, [new, *_] = builders.project(home), builders.proposals(2)[1:]
    return lambda actor: mending.mend_project(actor=actor, project=project, new=new, now=NOW)


@act(mending.mend_inclusion, ("planning.mend_inclusion", "planning.inclusion"), own=DECIDERS)
def _mend_inclusion(home: Unit) -> Call:
    row = builders.inclusion(builders.project(home), builders.action_plan(home))
    return lambda actor: mending.mend_inclusion(
        actor=actor, inclusion=row, item_number=9, name="ชื่อใหม่", budget=None, now=NOW
    )


@act(mending.mend_decline, ("planning.mend_decline", "planning.decline"), own=DECIDERS)
def _mend_decline(home: Unit) -> Call:
    project, plan = builders.project(home), builders.action_plan(home)
    row = decisions.decline_project(
        actor=builders.ROOT,
        action_plan=plan,
        project=project,
        reason_code=Decline.Reason.NO_BUDGET,
        reason="งบประมาณจัดสรรครบแล้ว",
        effective_on=DAY,
        document="บันทึก 3",
        now=NOW,
    )
    return lambda actor: mending.mend_decline(
        actor=actor, decline=row, reason_code=Decline.Reason.OTHER, reason="เหตุผลใหม่", now=NOW
    )
