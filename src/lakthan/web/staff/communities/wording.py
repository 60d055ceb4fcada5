"""Words for what stands in the register of communities."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.apps.communities.alerts import Alert
from lakthan.apps.planning.community_records import PlanState
from lakthan.rules.eligibility import Ineligibility, Status

STATUSES: Mapping[Status, Promise] = {
    Status.REGISTERED: _("Registered"),
    Status.BEING_DISSOLVED: _("Being dissolved"),
    Status.DISSOLVED: _("Dissolved"),
}
INELIGIBILITIES: Mapping[Ineligibility, Promise] = {
    Ineligibility.NOT_REGISTERED: _("Not registered on that day"),
    Ineligibility.BEING_DISSOLVED: _("It is being dissolved"),
    Ineligibility.DISSOLVED: _("It is dissolved"),
    Ineligibility.COMMITTEE_NOT_JUDGED: _("The district has not judged the committee"),
    Ineligibility.COMMITTEE_UNABLE: _("The district judged that the committee cannot work"),
}
PLAN_STATES: Mapping[PlanState, Promise] = {
    PlanState.CURRENT: _("Has a current plan"),
    PlanState.ENDED: _("Its plan is no longer valid"),
    PlanState.NONE: _("No plan yet"),
}
ALERTS: Mapping[Alert, Promise] = {
    Alert.TERM_ENDED: _("Committees whose term has ended"),
    Alert.TERM_ENDS: _("Committees whose term ends soon"),
    Alert.NO_COMMITTEE: _("Communities without a committee"),
    Alert.NOT_JUDGED: _("Committees that the district has not judged"),
}

ACTS: Mapping[str, Promise] = {
    "communities.register_community": _("Entered in the register"),
    "communities.describe_community": _("Type or sub-district corrected"),
    "communities.rename_community": _("Name corrected"),
    "communities.change_status": _("Status recorded"),
    "communities.seat_committee": _("Committee recorded"),
    "communities.judge_committee": _("Committee judged"),
    "communities.give_seat": _("Somebody speaks for the community"),
    "communities.end_seat": _("A seat ended"),
    "ledger.erase_personal_values": _("Personal values erased"),
    "planning.adopt_plan": _("Community plan recorded"),
    "planning.propose_project": _("Project proposed"),
    "planning.schedule_meeting": _("Meeting scheduled"),
    "planning.hold_meeting": _("Meeting held"),
    "planning.reschedule_meeting": _("Meeting put off"),
    "planning.cancel_meeting": _("Meeting cancelled"),
    "planning.include_project": _("Project included in the action plan"),
    "planning.decline_project": _("Project not included, with a reason"),
    "planning.withdraw_decision": _("Decision withdrawn"),
    "planning.begin_proposal": _("Preparation of a plan begun"),
    "planning.write_proposal": _("Plan in preparation changed"),
    "planning.send_proposal": _("Plan sent to the district"),
    "planning.return_proposal": _("Plan returned to the community"),
    "planning.confirm_proposal": _("Plan confirmed by the district"),
    "planning.drop_proposal": _("Plan in preparation dropped"),
}
"""What somebody did; an act that is not here is shown by its code."""
FIELDS: Mapping[str, Promise] = {
    "name": _("Name"),
    "title": _("Title"),
    "type": _("Type"),
    "sub_district": _("Sub-district"),
    "status": _("Status"),
    "kind": _("Kind"),
    "number": _("Number"),
    "item_number": _("Item"),
    "fiscal_year": _("Fiscal year"),
    "effective_on": _("In effect from"),
    "valid_from": _("First day"),
    "valid_to": _("Last day"),
    "valid_until": _("Valid until"),
    "term_ends_on": _("Term ends on"),
    "scheduled_on": _("Scheduled for"),
    "held_on": _("Held on"),
    "cancelled_on": _("Cancelled on"),
    "ended_on": _("Ended on"),
    "houses": _("Houses"),
    "members": _("Members of the committee"),
    "able": _("Able to work"),
    "chair_name": _("Chair"),
    "chair_phone": _("Telephone of the chair"),
    "budget": _("Budget"),
    "estimate": _("Estimate"),
    "document": _("Document"),
    "resolution": _("Resolution"),
    "reason": _("The reason"),
    "end_reason": _("The reason"),
    "cancellation_reason": _("The reason"),
    "return_reason": _("The reason"),
}
"""The fields that the history shows, in this order."""
