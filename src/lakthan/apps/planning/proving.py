"""A file that is uploaded to prove the work on an item."""

from datetime import datetime

from django.db import transaction

from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.planning.models import Inclusion, WorkEvidence
from lakthan.apps.planning.services.work import prove_work
from lakthan.rules.permissions import Action, Actor, require


def attach_proof(
    *, actor: Actor, inclusion: Inclusion, name: str, content: bytes, proves: str, now: datetime
) -> WorkEvidence:
    """Keep a file and link it to the item whose work it proves: both or neither."""
    require(actor, Action.REPORT_WORK, str(inclusion.unit_id))
    with transaction.atomic():
        kept = store_evidence(actor=actor, unit=inclusion.unit, content=content, name=name, now=now)
        return prove_work(actor=actor, inclusion=inclusion, evidence=kept, proves=proves, now=now)
