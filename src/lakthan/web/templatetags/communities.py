"""How templates write what stands in the register of communities."""

from django import template
from django.utils.html import format_html

from lakthan.apps.communities.alerts import Alert
from lakthan.apps.planning.community_records import PlanState
from lakthan.rules.eligibility import Ineligibility, Status
from lakthan.web.staff.communities.history import Written
from lakthan.web.staff.communities.wording import ALERTS, INELIGIBILITIES, PLAN_STATES, STATUSES

register = template.Library()


@register.filter
def community_status(status: Status) -> str:
    """Registered, being dissolved, dissolved."""
    return str(STATUSES[status])


@register.filter
def ineligibility(reason: Ineligibility) -> str:
    """Why a community is not eligible."""
    return str(INELIGIBILITIES[reason])


@register.filter
def plan_state(state: PlanState) -> str:
    """Whether there is a plan."""
    return str(PLAN_STATES[state])


@register.filter
def community_alert(alert: Alert) -> str:
    """What is to be seen to."""
    return str(ALERTS[alert])


@register.filter
def written(value: Written) -> str:
    """A value of the history; a long one unfolds from its beginning."""
    if not value.beginning:
        return value.text
    return format_html('<details class="written"><summary>{}</summary>{}</details>', value.beginning, value.text)
