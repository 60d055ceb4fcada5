"""A decision with what followed it, as the rules know it."""

from django.db.models import Q

from lakthan.apps.planning.models import DecisionNotice, Decline, Inclusion
from lakthan.rules.after_decision import Declined, Item, Work

TOLD = Q(way=DecisionNotice.Way.LETTER) | Q(outcome__in=[DecisionNotice.Outcome.SENT, DecisionNotice.Outcome.UNKNOWN])
"""Notices that reached the community, or may have: a mail that was refused told nobody."""


def item_of(inclusion: Inclusion) -> Item:
    """The item as the rules know it; two statements."""
    reported = inclusion.progress.order_by("effective_on").values_list("effective_on", "state")
    done = inclusion.confirmations.filter(is_done=True).order_by("effective_on").values_list("effective_on", flat=True)
    return Item(
        included_on=inclusion.effective_on,
        ended_on=inclusion.ended_on,
        reported=tuple((on, Work(state)) for on, state in reported),
        confirmed_on=done.first(),
    )


def declined_as(decline: Decline) -> Declined:
    """The decline as the rules know it; two statements."""
    asked = decline.reconsiderations.order_by("-effective_on", "-pk").first()
    told = decline.notices.filter(TOLD).order_by("effective_on").values_list("effective_on", flat=True)
    return Declined(
        decided_on=decline.effective_on,
        withdrawn_on=decline.ended_on,
        told_on=told.first(),
        open_since=asked.effective_on if asked and asked.answered_on is None else None,
        answered_on=asked.answered_on if asked else None,
        is_upheld=asked.is_upheld if asked else None,
    )
