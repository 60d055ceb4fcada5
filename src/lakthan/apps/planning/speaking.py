"""Who speaks for a community: whoever holds a seat in it on the day, or an officer who records its paper."""

from datetime import date
from uuid import UUID

from lakthan.apps.communities.models import Community, CommunitySeat
from lakthan.apps.people.selectors import in_force
from lakthan.rules.permissions import Action, Actor, refusal, require


def has_seat(actor: Actor, community: Community, on: date) -> bool:
    """Whether the actor speaks for a community on a day: by the role in its district and by a seat in it."""
    if refusal(actor, Action.SPEAK_FOR_COMMUNITY, str(community.unit_id)) is not None:
        return False
    user = user_of(actor)
    seats = CommunitySeat.objects.filter(in_force(on), unit=community.unit_id, community=community, user=user)
    return user is not None and seats.exists()


def refuse_stranger(actor: Actor, community: Community, otherwise: Action, on: date) -> bool:
    """Whether the actor speaks for the community; False for an officer who may do `otherwise` in its district.

    Raises:
        Refused: neither.
    """
    if has_seat(actor, community, on):
        return True
    require(actor, otherwise, str(community.unit_id))
    return False


def user_of(actor: Actor) -> UUID | None:
    """The user behind an actor; None for whoever runs verbs on the server."""
    kind, _, identifier = actor.id.partition(":")
    if kind != "user":
        return None
    try:
        return UUID(identifier)
    except ValueError:
        return None
