"""Words for periods."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.period_pages import Phase
from lakthan.rules.completeness import Standing

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
STANDINGS: Mapping[Standing, Promise] = {
    Standing.LATE: _("Not sent, late"),
    Standing.RETURNED: _("Returned for correction"),
    Standing.OPEN: _("Not yet written"),
    Standing.DRAFT: _("Draft"),
    Standing.ENDORSED: _("Endorsed, not sent"),
    Standing.SUBMITTED: _("Submitted, waiting for review"),
    Standing.ACCEPTED: _("Accepted"),
    Standing.CERTIFIED: _("Certified"),
    Standing.NIL: _("Nil confirmed"),
    Standing.NOT_APPLICABLE: _("Not applicable"),
    Standing.CANCELLED: _("Cancelled"),
    Standing.NOT_DUE: _("Not due yet"),
}
SYMBOLS: Mapping[Standing, str] = {
    Standing.LATE: "!",
    Standing.RETURNED: "↩",
    Standing.OPEN: "○",
    Standing.DRAFT: "◔",
    Standing.ENDORSED: "◑",
    Standing.SUBMITTED: "→",
    Standing.ACCEPTED: "✓",
    Standing.CERTIFIED: "●",
    Standing.NIL: "0",
    Standing.NOT_APPLICABLE: "–",
    Standing.CANCELLED: "×",
    Standing.NOT_DUE: "·",
}
"""Beside the words, for the eye that runs over many."""
