"""Words for plans of communities and the steps of those that are being prepared."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.rules.plan_proposals import ProposalState, ProposalStep
from lakthan.rules.plan_standing import PlanStanding

STATES: Mapping[ProposalState, Promise] = {
    ProposalState.DRAFT: _("Being written"),
    ProposalState.SENT: _("Sent to the district office"),
    ProposalState.RETURNED: _("Returned to be mended"),
    ProposalState.CONFIRMED: _("Confirmed by the district office"),
    ProposalState.DROPPED: _("Dropped"),
}
STANDINGS: Mapping[PlanStanding, Promise] = {
    PlanStanding.CURRENT: _("Current"),
    PlanStanding.TO_REVIEW: _("To be reviewed"),
    PlanStanding.EXPIRED: _("Expired"),
    PlanStanding.TO_MAKE: _("To be made"),
}
"""In the order of the filters."""
MEANINGS: Mapping[PlanStanding, Promise] = {
    PlanStanding.CURRENT: _("The plan was adopted this year. There is nothing to do until it is reviewed."),
    PlanStanding.TO_REVIEW: _("The plan is valid and was adopted in an earlier year: review it this year."),
    PlanStanding.EXPIRED: _("The plan is no longer valid: review it, or make a new one."),
    PlanStanding.TO_MAKE: _("The community has no plan yet: make one."),
}
"""What follows for the community."""
DONE: Mapping[ProposalStep, Promise] = {
    ProposalStep.WRITE: _("The draft is saved."),
    ProposalStep.SEND: _("The plan is sent to the district office."),
    ProposalStep.WITHDRAW: _("The plan is taken back; write on and send it again."),
    ProposalStep.RETURN: _("The plan is returned to the community."),
    ProposalStep.CONFIRM: _("The plan is confirmed and stands with its projects."),
    ProposalStep.DROP: _("The draft is dropped."),
}
"""What is said once a step is taken."""
