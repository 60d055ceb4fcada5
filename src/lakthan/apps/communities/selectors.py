"""Reads of the community register."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from lakthan.apps.communities.models import Committee, Community, CommunitySeat, CommunityStatus
from lakthan.apps.communities.models import CommitteeJudgement as JudgementRow
from lakthan.apps.people.selectors import in_force
from lakthan.rules.eligibility import (
    CommitteeJudgement,
    CommunityHistory,
    Ineligibility,
    Status,
    StatusChange,
    ineligible,
)
from lakthan.rules.permissions import Action, Actor, Refused, refusal, require

USER = "user:"
"""What stands before the identifier of a person who acts."""


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """A community that somebody speaks for, and between which days."""

    id: UUID
    code: str
    name: str
    unit_id: UUID
    unit_th: str
    unit_en: str
    valid_from: date
    valid_to: date | None
    """Last day; None while it has no end."""


def histories(
    communities: list[UUID] | None = None, units: Sequence[UUID] | None = None
) -> dict[UUID, CommunityHistory]:
    """What decides the eligibility of communities (all, these, or those of units), by identifier, in one query."""
    statuses: dict[UUID, list[StatusChange]] = defaultdict(list)
    judgements: dict[UUID, list[CommitteeJudgement]] = defaultdict(list)
    status_rows, judgement_rows = CommunityStatus.objects.all(), JudgementRow.objects.all()
    if communities is not None:
        status_rows = status_rows.filter(community__in=communities)
        judgement_rows = judgement_rows.filter(community__in=communities)
    if units is not None:
        status_rows, judgement_rows = status_rows.filter(unit__in=units), judgement_rows.filter(unit__in=units)
    nothing = Value("", output_field=CharField())
    judged = judgement_rows.annotate(status=nothing).values_list("community_id", "effective_on", "status", "able")
    able = Cast(Value(None), BooleanField())
    rows = status_rows.annotate(able=able).values_list("community_id", "effective_on", "status", "able")
    for community, on, status, is_able in rows.order_by().union(judged.order_by(), all=True):
        if status:
            statuses[community].append(StatusChange(on, Status(status)))
        else:
            judgements[community].append(CommitteeJudgement(on, is_able))
    return {
        community: CommunityHistory(tuple(statuses[community]), tuple(judgements[community]))
        for community in statuses.keys() | judgements.keys()
    }


def reasons_not_eligible(community: Community, on: date) -> tuple[Ineligibility, ...]:
    """Why a community is not eligible on a day; empty where it is."""
    return ineligible(histories([community.pk]).get(community.pk, CommunityHistory()), on)


def committee_in_office(community: Community, on: date) -> Committee | None:
    """The committee whose term a day lies in; None before the first one and after the last term."""
    seated = Committee.objects.filter(unit=community.unit_id, community=community, effective_on__lte=on)
    last = seated.order_by("-effective_on").first()
    return last if last is not None and last.term_ends_on >= on else None


def seats_outlasting(community: Community, on: date) -> Sequence[CommunitySeat]:
    """The seats given before a day that would last to it."""
    seats = CommunitySeat.objects.filter(unit=community.unit_id, community=community, valid_from__lt=on)
    return list(seats.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("valid_from", "pk"))


def seats_of(actor: Actor, on: date) -> QuerySet[CommunitySeat]:
    """The seats that somebody holds on a day, in districts in which the actor may speak for communities."""
    user = _user(actor)
    if user is None:
        return CommunitySeat.objects.none()
    units = [
        UUID(held.unit)
        for held in actor.held
        if held.unit and not refusal(actor, Action.SPEAK_FOR_COMMUNITY, held.unit)
    ]
    return CommunitySeat.objects.filter(in_force(on), user=user, unit__in=units)


def _user(actor: Actor) -> UUID | None:
    """The account of who acts; None for whoever runs verbs on the server."""
    try:
        return UUID(actor.id.removeprefix(USER)) if actor.id.startswith(USER) else None
    except ValueError:
        return None


def communities_spoken_for(actor: Actor, on: date) -> tuple[SpokenFor, ...]:
    """The communities that somebody speaks for on a day, in order of code; one query."""
    names = ("community_id", "community__code", "community__name", "unit_id", "unit__name_th", "unit__name_en")
    rows = seats_of(actor, on).order_by("community__code", "valid_from")
    return tuple(SpokenFor(*row) for row in rows.values_list(*names, "valid_from", "valid_to"))


def require_seat(actor: Actor, community: Community, on: date) -> None:
    """Raise `Refused` unless the actor speaks for the community on a day.

    Raises:
        Refused: the actor is no member of a community in the district, or holds no seat in this one.
    """
    require(actor, Action.SPEAK_FOR_COMMUNITY, str(community.unit_id))
    if not seats_of(actor, on).filter(community=community).exists():
        raise Refused(
            f"ท่านไม่ได้เป็นผู้แทนของ{community.name}ในวันนี้ ติดต่อนักพัฒนาสังคมของเขต",
            f"You do not speak for {community.name} on this day; ask the officer of the district.",
        )
