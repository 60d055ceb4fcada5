"""Words of meetings."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lakthan.rules.facts import MEETING_PURPOSES
from lakthan.rules.meetings import MeetingState
from lakthan.web.wording import in_language

STATES: Mapping[MeetingState, Promise] = {
    MeetingState.SCHEDULED: pgettext_lazy("meeting", "Scheduled"),
    MeetingState.OVERDUE: _("Day passed, nothing recorded"),
    MeetingState.HELD: pgettext_lazy("meeting", "Held"),
    MeetingState.POSTPONED: _("Put off without a new day"),
    MeetingState.CANCELLED: pgettext_lazy("meeting", "Cancelled"),
}
PROOFS: tuple[Promise, ...] = (_("Minutes of the meeting"), _("Photographs"), _("List of who came"))
"""What a file of a meeting usually proves."""
GROUPS: Mapping[str, tuple[Promise, ...]] = {
    "community": (_("Committee members"), _("Residents"), _("Officers")),
    "district-briefing": (_("Representatives of communities"), _("Officers")),
    "city": (_("Executives"), _("Representatives of districts"), _("Officers")),
}
"""Who usually comes to a meeting of a purpose."""


def purpose_words(purpose: str) -> str:
    """District briefing, community meeting, city-level meeting; unknown codes as they are."""
    th, en = MEETING_PURPOSES.get(purpose, (purpose, purpose))
    return in_language(th, en[:1].upper() + en[1:])
