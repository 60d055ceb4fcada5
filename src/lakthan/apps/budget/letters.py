"""Letters of transfer as they are printed, made from what was recorded."""

from datetime import date
from uuid import UUID

from lakthan.apps.budget.keeping import letter_page
from lakthan.apps.budget.models import Transfer
from lakthan.apps.budget.standing import standing_on
from lakthan.apps.people.models import Delegation
from lakthan.apps.people.selectors import ACTING_WORDS, city, short_name
from lakthan.core.errors import NotFound
from lakthan.printing.transfer_letters import Share, TransferNotice
from lakthan.rules.permissions import Actor

ORDER = "คำสั่ง"


def transfer_notice(actor: Actor, transfer: UUID, on: date) -> TransferNotice:
    """The letter of a transfer with what stands of it on a day, for the districts that the actor may see.

    Raises:
        NotFound: there is no such transfer, or not for the actor, or nothing of the letter stands.
    """
    page = letter_page(actor, transfer, on)
    rows = Transfer.objects.filter(standing_on(on), pk__in=[row.transfer for row in page.rows])
    standing = {row.pk: row for row in rows.select_related("delegation")}
    if not standing:
        raise NotFound("เงินโอนตามหนังสือนี้ถูกยกเลิกแล้ว", "Nothing of this letter stands: its transfers were taken back.")
    here, first = city(), next(iter(standing.values()))
    return TransferNotice(
        number=page.number,
        issuer=page.issuer,
        dated=page.dated,
        transferred_on=page.effective_on,
        fiscal_year=page.fiscal_year.be,
        purpose=page.purpose,
        approver=page.approver,
        acting=_acting(first.delegation),
        shares=tuple(
            Share(row.code, short_name(row.name_th), row.amount) for row in page.rows if row.transfer in standing
        ),
        is_demonstration=here is not None and here.is_demonstration,
    )


def _acting(delegation: Delegation | None) -> str:
    """รองปลัดกรุงเทพมหานคร ปฏิบัติราชการแทน ตามคำสั่งที่ 1/2563; empty where the approver acted."""
    if delegation is None:
        return ""
    number = delegation.order_number
    order = number if number.startswith(ORDER) else f"{ORDER}ที่ {number}"
    return f"{delegation.deputy_office} {ACTING_WORDS[delegation.kind]} ตาม{order}"
