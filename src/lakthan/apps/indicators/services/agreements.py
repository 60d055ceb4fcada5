"""Agreements of units: what a unit answers for in a year, frozen under a document and signed by both sides."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.agreed import agreed_lines, signing_side
from lakthan.apps.indicators.models import Agreement, AgreementSignature
from lakthan.apps.ledger.services import create, lock
from lakthan.apps.people.models import Unit
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import refuse_future, refuse_longer, require_text
from lakthan.rules.permissions import Action, Actor, Refused, permitting, require


def propose_agreement(
    *, actor: Actor, unit: Unit, fiscal_year: FiscalYear, document_number: str, document_date: date, now: datetime
) -> Agreement:
    """Freeze what a unit answers for in a year as its agreement, to be signed by both sides.

    Raises:
        UserError: the unit answers for nothing in the year, the document has no number or is dated ahead.
        AlreadyRecorded: there is an agreement of the unit and year.
    """
    require(actor, Action.DEFINE_INDICATORS)
    refuse_future(document_date, timezone.localdate(now))
    number = require_text(document_number, "เลขที่เอกสาร", "The number of the document")
    with transaction.atomic():
        body = agreed_lines(unit, fiscal_year)
        if not body:
            raise UserError(
                f"{unit.name_th}ยังไม่มีตัวชี้วัดใน{fiscal_year.label_th}",
                f"{unit.name_en or unit.name_th} answers for nothing in {fiscal_year.label_en}.",
            )
        row = Agreement(
            unit=unit,
            fiscal_year=fiscal_year.be,
            document_number=refuse_longer(number, 100, "เลขที่เอกสาร", "The number of the document"),
            document_date=document_date,
            body=body,
        )
        return create(actor, row, act="indicators.propose_agreement", now=now)


def sign_agreement(*, actor: Actor, agreement: Agreement, office: str, now: datetime) -> AgreementSignature:
    """Sign an agreement for the side that one's role speaks for: the own unit, or the city.

    Raises:
        UserError: the office is not named.
        Conflict: the side has signed.
        Refused: the same person signed for the other side.
    """
    require(actor, Action.SIGN_AGREEMENT, str(agreement.unit_id))
    held = permitting(actor, Action.SIGN_AGREEMENT, str(agreement.unit_id))
    side = signing_side(actor, agreement.unit_id) or AgreementSignature.Side.UNIT
    name = require_text(office, "ตำแหน่งผู้ลงนาม", "The office of the signer")
    with transaction.atomic():
        lock(agreement)
        for signed in agreement.signatures.all():
            if signed.side == side:
                raise Conflict("ฝ่ายนี้ลงนามแล้ว", "This side has signed already.")
            if signed.person == actor.id:
                raise Refused(
                    "ท่านลงนามในฐานะอีกฝ่ายแล้ว ให้ผู้อื่นลงนามฝ่ายนี้",
                    "You signed for the other side; somebody else has to sign for this one.",
                )
        row = AgreementSignature(
            unit_id=agreement.unit_id,
            agreement=agreement,
            side=side,
            person=actor.id,
            office=refuse_longer(name, 200, "ตำแหน่งผู้ลงนาม", "The office of the signer"),
            delegation_id=(held.delegation or None) if held else None,
        )
        return create(actor, row, act="indicators.sign_agreement", now=now)
