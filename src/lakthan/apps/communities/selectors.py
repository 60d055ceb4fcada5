"""Reads of the community register."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from lakthan.apps.communities.models import CommitteeJudgement as JudgementRow
from lakthan.apps.communities.models import Community, CommunityStatus
from lakthan.rules.eligibility import (
    CommitteeJudgement,
    CommunityHistory,
    Ineligibility,
    Status,
    StatusChange,
    ineligible,
)


def histories(communities: list[UUID] | None = None) -> dict[UUID, CommunityHistory]:
    """What decides the eligibility of communities (all, or these), by identifier, in two queries."""
    statuses: dict[UUID, list[StatusChange]] = defaultdict(list)
    judgements: dict[UUID, list[CommitteeJudgement]] = defaultdict(list)
    status_rows, judgement_rows = CommunityStatus.objects.all(), JudgementRow.objects.all()
    if communities is not None:
        status_rows = status_rows.filter(community__in=communities)
        judgement_rows = judgement_rows.filter(community__in=communities)
    for community, on, status in status_rows.values_list("community_id", "effective_on", "status"):
        statuses[community].append(StatusChange(on, Status(status)))
    for community, on, able in judgement_rows.values_list("community_id", "effective_on", "able"):
        judgements[community].append(CommitteeJudgement(on, able))
    return {
        community: CommunityHistory(tuple(statuses[community]), tuple(judgements[community]))
        for community in statuses.keys() | judgements.keys()
    }


def reasons_not_eligible(community: Community, on: date) -> tuple[Ineligibility, ...]:
    """Why a community is not eligible on a day; empty where it is."""
    return ineligible(histories([community.pk]).get(community.pk, CommunityHistory()), on)
