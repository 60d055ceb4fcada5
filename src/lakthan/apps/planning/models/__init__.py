"""The records of the app `planning`, by what they are about."""

from lakthan.apps.planning.models.action_plans import (
    ActionPlan,
    ActionPlanConfirmation,
    DecisionNotice,
    Decline,
    Inclusion,
    ProjectDecision,
    Reconsideration,
    WorkConfirmation,
    WorkEvidence,
    WorkProgress,
)
from lakthan.apps.planning.models.bureau import Activity, ActivityProgress, Project, ProjectApproval
from lakthan.apps.planning.models.meetings import (
    Attendance,
    Meeting,
    MeetingCorrection,
    MeetingEvidence,
    MeetingPostponement,
)
from lakthan.apps.planning.models.plans import CommunityPlan, CommunityProject, FieldForm, PlanProposal, WorkingPlan
from lakthan.apps.planning.models.requests import DataRequest, DataRequestAnswer, DataRequestReminder

__all__ = [
    "ActionPlan",
    "ActionPlanConfirmation",
    "Activity",
    "ActivityProgress",
    "Attendance",
    "CommunityPlan",
    "CommunityProject",
    "DataRequest",
    "DataRequestAnswer",
    "DataRequestReminder",
    "DecisionNotice",
    "Decline",
    "FieldForm",
    "Inclusion",
    "Meeting",
    "MeetingCorrection",
    "MeetingEvidence",
    "MeetingPostponement",
    "PlanProposal",
    "Project",
    "ProjectApproval",
    "ProjectDecision",
    "Reconsideration",
    "WorkConfirmation",
    "WorkEvidence",
    "WorkProgress",
    "WorkingPlan",
]
