"""Words for periods."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.period_pages import Phase

KINDS: Mapping[str, Promise] = {
    "bureau": _("Bureaus"),
    "division": _("Divisions"),
    "district": _("District offices"),
}
"""Kinds of units that may have dates of their own."""
PHASES: Mapping[Phase, Promise] = {
    Phase.NOT_OPENED: _("Not opened"),
    Phase.AHEAD: _("Opens later"),
    Phase.RUNNING: _("Open for reports"),
    Phase.OVERDUE: _("Deadline over, late reports come in"),
    Phase.CLOSED: _("Closed"),
}
CHANGES: Mapping[str, Promise] = {
    "dates": _("Dates changed"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
}
DONE: Mapping[str, Promise] = {
    "open": _("The period is given its dates."),
    "change": _("The dates are changed."),
    "close": _("The period is closed."),
    "reopen": _("The period is open again."),
    "extend": _("The unit has more time."),
}
