"""How far the work on an item of the action plan is, what proves it, and what the community says of it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.ledger.services import create, lock
from lakthan.apps.planning.after_decision import item_of
from lakthan.apps.planning.models import Inclusion, WorkConfirmation, WorkEvidence, WorkProgress
from lakthan.apps.planning.speaking import refuse_stranger
from lakthan.core.errors import UserError
from lakthan.rules.after_decision import Work, confirmation_refusal, report_refusal
from lakthan.rules.entry import refuse_future, refuse_longer, require_text
from lakthan.rules.permissions import Action, Actor, require

LONGEST_PROOF, LONGEST_NOTE = 200, 4_000


def report_work(
    *, actor: Actor, inclusion: Inclusion, effective_on: date, state: Work, now: datetime, note: str = ""
) -> WorkProgress:
    """Say how far the work on an item is, from a day on. Where it has stopped, the note says why.

    Raises:
        UserError: the day lies in the future, the same is reported of the day already, or the reason is missing.
        Conflict: the item did not stand in the plan on the day, or the community has confirmed the work.
    """
    require(actor, Action.REPORT_WORK, str(inclusion.unit_id))
    refuse_future(effective_on, timezone.localdate(now))
    if state is Work.STOPPED:
        require_text(note, "เหตุที่หยุดดำเนินการ", "Why the work has stopped")
    row = WorkProgress(
        unit_id=inclusion.unit_id,
        inclusion=inclusion,
        effective_on=effective_on,
        state=state.value,
        note=refuse_longer(note.strip(), LONGEST_NOTE, "บันทึก", "The note"),
    )
    with transaction.atomic():
        lock(inclusion)
        if (refused := report_refusal(item_of(inclusion), effective_on, state)) is not None:
            raise refused
        last = inclusion.progress.filter(effective_on=effective_on).order_by("-recorded_at", "-pk").first()
        if last is not None and (last.state, last.note) == (row.state, row.note):
            raise _said_already()
        return create(actor, row, act="planning.report_work", now=now)


def prove_work(*, actor: Actor, inclusion: Inclusion, evidence: Evidence, proves: str, now: datetime) -> WorkEvidence:
    """Link a file to the item whose work it proves: a photograph, a certificate of acceptance."""
    require(actor, Action.REPORT_WORK, str(inclusion.unit_id))
    text = require_text(proves, "สิ่งที่ไฟล์นี้แสดง", "What the file shows")
    row = WorkEvidence(
        unit_id=inclusion.unit_id,
        inclusion=inclusion,
        evidence=evidence,
        proves=refuse_longer(text, LONGEST_PROOF, "สิ่งที่ไฟล์นี้แสดง", "What the file shows"),
    )
    return create(actor, row, act="planning.prove_work", now=now)


def confirm_work(
    *, actor: Actor, inclusion: Inclusion, effective_on: date, is_done: bool, now: datetime, note: str = ""
) -> WorkConfirmation:
    """The community's word about work that the district reported as done: it is, or what is missing.

    It comes from whoever holds a seat in the community, or on paper, which the officer records with the paper named in
    the note.

    Raises:
        Refused: neither a seat in the community nor the right to record for its district.
        UserError: the day lies in the future, or the note is missing.
        Conflict: nothing is reported as done, or the community has confirmed it already.
    """
    by_member = refuse_stranger(actor, inclusion.project.plan.community, Action.REPORT_WORK, timezone.localdate(now))
    refuse_future(effective_on, timezone.localdate(now))
    if not by_member:
        require_text(note, "เลขที่หนังสือหรือเอกสารของชุมชน", "The community's paper")
    elif not is_done:
        require_text(note, "สิ่งที่ยังขาด", "What is missing")
    row = WorkConfirmation(
        unit_id=inclusion.unit_id,
        inclusion=inclusion,
        effective_on=effective_on,
        is_done=is_done,
        note=refuse_longer(note.strip(), LONGEST_NOTE, "บันทึก", "The note"),
    )
    with transaction.atomic():
        lock(inclusion)
        item = item_of(inclusion)
        if (refused := confirmation_refusal(item, effective_on)) is not None:
            raise refused
        if not is_done and item.missing_on is not None and inclusion.confirmations.filter(note=row.note).exists():
            raise _said_already()
        return create(actor, row, act="planning.confirm_work", now=now)


def _said_already() -> UserError:
    return UserError("บันทึกข้อความเดียวกันนี้ไว้แล้ว", "The same is recorded already.")
