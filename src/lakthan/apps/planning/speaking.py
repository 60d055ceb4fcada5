"""Who speaks for a community: whoever holds a seat in it on the day, or an officer who records its paper."""

from datetime import date

from django.db.models import QuerySet

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.selectors import require_seat, seats_of
from lakthan.rules.permissions import Action, Actor, refusal, require


def refuse_stranger(actor: Actor, community: Community, otherwise: Action, on: date) -> bool:
    """Whether the actor speaks for the community; False for an officer who may do `otherwise` in its district.

    Raises:
        Refused: neither.
    """
    if seats_of(actor, on).filter(community=community).exists():
        return True
    require(actor, otherwise, str(community.unit_id))
    return False


def communities_of(actor: Actor, on: date) -> QuerySet[Community]:
    """The communities that the actor speaks for on a day, in order of code."""
    return Community.objects.filter(pk__in=seats_of(actor, on).values("community")).order_by("code")


def require_preparing(actor: Actor, community: Community, on: date) -> None:
    """Who keeps plans of the district may prepare any; a member the one of a community that they speak for.

    Raises:
        Refused: neither.
    """
    require(actor, Action.PREPARE_PLAN, str(community.unit_id))
    if refusal(actor, Action.KEEP_PLANS, str(community.unit_id)) is not None:
        require_seat(actor, community, on)
