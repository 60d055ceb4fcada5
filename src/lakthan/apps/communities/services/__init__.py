"""Writes of the community register, and of the seats of those who speak for communities."""

from lakthan.apps.communities.services.register import (
    NewCommunity,
    change_status,
    describe_community,
    judge_committee,
    register_communities,
    rename_community,
    seat_committee,
)
from lakthan.apps.communities.services.seats import Holder, end_seat, give_seat

__all__ = [
    "Holder",
    "NewCommunity",
    "change_status",
    "describe_community",
    "end_seat",
    "give_seat",
    "judge_committee",
    "register_communities",
    "rename_community",
    "seat_committee",
]
