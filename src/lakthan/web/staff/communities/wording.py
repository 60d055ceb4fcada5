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
