"""How the pages of meetings write purposes and states."""

from collections.abc import Iterable

from django import template

from lakthan.apps.planning.meetings import MeetingLine
from lakthan.rules.meetings import MeetingState
from lakthan.web.staff.meetings import wording

register = template.Library()


@register.filter
def purpose_words(purpose: str) -> str:
    """District briefing, community meeting, city-level meeting."""
    return wording.purpose_words(purpose)


@register.filter
def meeting_state_words(state: MeetingState) -> str:
    """Scheduled, held, put off ..."""
    return str(wording.STATES[state])


@register.simple_tag
def people_of(lines: Iterable[MeetingLine]) -> int | None:
    """Who came to these meetings together; None where nobody was counted."""
    counted = [line.people for line in lines if line.people is not None]
    return sum(counted) if counted else None
