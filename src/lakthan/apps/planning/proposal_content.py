"""What stands in a plan that is prepared, as plain data, and its digest by which two writers are told apart."""

import json
from hashlib import sha256

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import CommunityPlan, PlanProposal
from lakthan.rules.plan_proposals import ProposalContent
from lakthan.rules.typed_projects import PLAN_FIELDS

DIGEST_LENGTH = 32


def content_of(proposal: PlanProposal) -> ProposalContent:
    """What stands in it."""
    return ProposalContent(
        fields={code: getattr(proposal, code) for code in PLAN_FIELDS},
        projects=tuple(proposal.projects),
        adopted_on=proposal.adopted_on,
        valid_until=proposal.valid_until,
        resolution=proposal.resolution,
    )


def digest_of(proposal: PlanProposal) -> str:
    """The same for the same content."""
    content = content_of(proposal)
    said = [
        dict(content.fields),
        [dict(row) for row in content.projects],
        str(content.adopted_on),
        str(content.valid_until),
        content.resolution,
        str(proposal.meeting_id),
    ]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:DIGEST_LENGTH]


def last_plan_of(community: Community) -> CommunityPlan | None:
    """The plan that the community adopted last."""
    plans = CommunityPlan.objects.filter(unit_id=community.unit_id, community=community)
    return plans.order_by("-effective_on").first()
