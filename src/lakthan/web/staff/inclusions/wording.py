"""Words for decisions about projects."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.deciding import Standing

STANDINGS: Mapping[Standing, Promise] = {
    Standing.UNDECIDED: _("Not decided yet"),
    Standing.INCLUDED: _("Included"),
    Standing.DECLINED: _("Declined"),
}
REASONS: Mapping[str, Promise] = {
    "no-budget": _("No budget"),
    "other-agency": _("Another agency's duty"),
    "private-land": _("Private land"),
    "community-can": _("The community can do it"),
    "incomplete": _("Details are incomplete"),
    "duplicate": _("The same as another project"),
    "other": _("Another reason"),
}
