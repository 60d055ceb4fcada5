"""What is typed into a plan in preparation and not saved: kept on the server, for all who may write the plan.

These are no acts and no services: nothing here enters the ledger, and nothing here is read by a figure or a paper
(docs/decisions/0012-working-texts.md). One text is kept of a plan. Who types on an older one is refused and told, and
keeps what was typed in the form.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.ledger.services import lock
from lakthan.apps.people.models import User
from lakthan.apps.planning.models import PlanProposal, WorkingPlan
from lakthan.apps.planning.proposal_content import DIGEST_LENGTH, digest_of
from lakthan.apps.planning.speaking import require_preparing
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.permissions import Actor
from lakthan.rules.plan_proposals import ProposalState, ProposalStep, require_proposal_step

USER = "user:"
MOST_CHARACTERS = 500_000
"""More than a whole plan with every text at its longest."""
LONGEST_PAGE = 40

Texts = Mapping[str, str]
"""What stands in the fields, as it was typed, by their names."""


class SavedMeanwhile(Conflict):
    """Somebody else changed the plan since it was opened."""

    def __init__(self) -> None:
        super().__init__(
            "มีผู้อื่นแก้ไขแผนนี้ระหว่างที่ท่านพิมพ์ ข้อความของท่านยังไม่ได้บันทึก เทียบทั้งสองฉบับแล้วบันทึกอีกครั้ง",
            "Somebody changed this plan while you were writing. Yours is not saved: compare both and save again.",
        )

    def __reduce__(self) -> Any:
        """Survive pickling."""
        return (type(self), ())


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What stands in the form and is not saved, by whom and when. The names are empty where no account typed it."""

    texts: Texts
    is_own: bool
    person_th: str
    person_en: str
    typed_at: datetime
    is_older: bool
    """Whether the plan was saved since this was begun."""


def working_plan(proposal: PlanProposal) -> WorkingPlan | None:
    """The row of what is not saved."""
    return WorkingPlan.objects.filter(unit_id=proposal.unit_id, proposal=proposal).first()


def unsaved_of(actor: Actor, proposal: PlanProposal, row: WorkingPlan | None) -> Unsaved | None:
    """What is not saved, as it is shown to the actor."""
    if row is None:
        return None
    is_own = row.person == actor.id
    found = None
    if not is_own and row.person.startswith(USER):
        found = User.objects.filter(pk=UUID(row.person.removeprefix(USER))).first()
    return Unsaved(
        texts=row.texts,
        is_own=is_own,
        person_th="" if found is None else found.name_th,
        person_en="" if found is None else found.name_en,
        typed_at=row.recorded_at,
        is_older=row.seen != digest_of(proposal),
    )


def token_of(proposal: PlanProposal, row: WorkingPlan | None) -> str:
    """The same for the same plan with the same unsaved text: who sends another one has not seen it."""
    saved = digest_of(proposal)
    if row is None:
        return saved
    return sha256(json.dumps([saved, row.texts], sort_keys=True).encode()).hexdigest()[:DIGEST_LENGTH]


def refuse_moved(proposal: PlanProposal, seen: str, page: str) -> None:
    """Refuse who has not seen what is kept by now; the plan is held in this transaction.

    A page whose own text is the one that is kept has seen it, also where the answer to it never arrived.

    Raises:
        SavedMeanwhile: somebody else saved or typed.
    """
    row = working_plan(proposal)
    if token_of(proposal, row) == seen:
        return
    if row is None or not page or (row.page, row.seen) != (page, digest_of(proposal)):
        raise SavedMeanwhile


def keep_working_plan(
    *, actor: Actor, proposal: PlanProposal, texts: Texts, seen: str, page: str, now: datetime
) -> str:
    """Keep what stands in the form by now in place of what was kept before; gives the token that it is seen by.

    Raises:
        Refused: the actor may not write the plan.
        SavedMeanwhile: somebody else saved or typed since `seen`.
        Conflict: it is no longer being written.
        UserError: it is longer than any plan.
    """
    require_preparing(actor, proposal.community, timezone.localdate(now))
    if sum(len(text) for text in texts.values()) > MOST_CHARACTERS:
        raise UserError("ข้อความยาวเกินกว่าที่แผนหนึ่งฉบับจะมีได้", "The text is longer than any plan can be.")
    with transaction.atomic():
        require_proposal_step(ProposalStep.WRITE, ProposalState(lock(proposal).state))
        refuse_moved(proposal, seen, page)
        values = {
            "person": actor.id,
            "page": page[:LONGEST_PAGE],
            "seen": digest_of(proposal),
            "texts": dict(texts),
            "recorded_at": now,
        }
        row, _ = WorkingPlan.objects.update_or_create(unit_id=proposal.unit_id, proposal=proposal, defaults=values)
    return token_of(proposal, row)


def drop_working_plan(*, actor: Actor, proposal: PlanProposal, seen: str, now: datetime) -> None:
    """Throw away what is not saved.

    Raises:
        Refused: the actor may not write the plan.
        SavedMeanwhile: it is no longer what the actor saw.
    """
    require_preparing(actor, proposal.community, timezone.localdate(now))
    with transaction.atomic():
        refuse_moved(lock(proposal), seen, "")
        forget_working_plan(proposal)


def forget_working_plan(proposal: PlanProposal) -> None:
    """What was not saved is saved by now, or the plan is no longer written."""
    WorkingPlan.objects.filter(unit_id=proposal.unit_id, proposal=proposal).delete()
