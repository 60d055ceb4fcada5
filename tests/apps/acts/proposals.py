"""The services of `planning` about plans that communities prepare."""

from lakthan.apps.people.models import Unit
from lakthan.apps.planning.proposal_content import digest_of
from lakthan.apps.planning.services import proposals
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import NOW

OFFICER = [Role.DISTRICT_OFFICER]


@act(proposals.begin_proposal, ("planning.begin_proposal", "planning.planproposal"), own=OFFICER)
def _begin_proposal(home: Unit) -> Call:
    community = builders.community(home)
    return lambda actor: proposals.begin_proposal(actor=actor, community=community, now=NOW)


@act(proposals.save_proposal, ("planning.save_proposal", "planning.planproposal"), own=OFFICER)
def _save_proposal(home: Unit) -> Call:
    proposal = builders.begun_proposal(builders.community(home))
    seen = digest_of(proposal)
    return lambda actor: proposals.save_proposal(
        actor=actor, proposal=proposal, content=builders.whole_plan(), seen=seen, now=NOW
    )


@act(proposals.send_proposal, ("planning.send_proposal", "planning.planproposal"), own=OFFICER)
def _send_proposal(home: Unit) -> Call:
    proposal = builders.written_proposal(builders.community(home))
    return lambda actor: proposals.send_proposal(actor=actor, proposal=proposal, now=NOW)


@act(proposals.withdraw_proposal, ("planning.withdraw_proposal", "planning.planproposal"), own=OFFICER)
def _withdraw_proposal(home: Unit) -> Call:
    proposal = builders.sent_proposal(builders.community(home))
    return lambda actor: proposals.withdraw_proposal(actor=actor, proposal=proposal, now=NOW)


@act(proposals.drop_proposal, ("planning.drop_proposal", "planning.planproposal"), own=OFFICER)
def _drop_proposal(home: Unit) -> Call:
    proposal = builders.begun_proposal(builders.community(home))
    return lambda actor: proposals.drop_proposal(actor=actor, proposal=proposal, now=NOW)


@act(proposals.return_proposal, ("planning.return_proposal", "planning.planproposal"), own=OFFICER)
def _return_proposal(home: Unit) -> Call:
    proposal = builders.sent_proposal(builders.community(home))
    return lambda actor: proposals.return_proposal(actor=actor, proposal=proposal, reason="ขาดรายงานประชุม", now=NOW)


@act(
    proposals.confirm_proposal,
    ("planning.adopt_plan", "planning.communityplan"),
    ("planning.propose_project", "planning.communityproject"),
    ("planning.propose_project", "planning.communityproject"),
    ("planning.confirm_proposal", "planning.planproposal"),
    own=OFFICER,
)
def _confirm_proposal(home: Unit) -> Call:
    proposal = builders.sent_proposal(builders.community(home))
    return lambda actor: proposals.confirm_proposal(actor=actor, proposal=proposal, now=NOW)
