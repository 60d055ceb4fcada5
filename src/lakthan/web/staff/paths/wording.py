"""Words of what follows a decision."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lakthan.rules.after_decision import Due, Work

WORKS: Mapping[Work, Promise] = {
    Work.NOT_BEGUN: pgettext_lazy("work", "Not begun"),
    Work.UNDER_WAY: pgettext_lazy("work", "Under way"),
    Work.DONE: pgettext_lazy("work", "Done"),
    Work.STOPPED: pgettext_lazy("work", "Stopped"),
}
DUES: Mapping[Due, Promise] = {
    Due.DECIDED: _("Tell the community of the decision of %(year)s"),
    Due.MENDED: _("Tell the community that the decision of %(year)s was corrected"),
    Due.WITHDRAWN: _("Tell the community that the decision of %(year)s was withdrawn"),
}
"""What an officer is asked to tell."""
WAYS: Mapping[str, Promise] = {"letter": _("by letter"), "e-mail": _("by e-mail")}
OUTCOMES: Mapping[str, Promise] = {
    "claimed": _("it is not known whether the mail went out"),
    "sent": _("sent"),
    "refused": _("the mail server refused it"),
    "unknown": _("it is not known whether the mail arrived"),
}
