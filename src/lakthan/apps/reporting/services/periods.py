"""Writes of periods."""

from datetime import date, datetime

from lakthan.apps.ledger.services import create
from lakthan.apps.reporting.models import Period
from lakthan.core.errors import UserError
from lakthan.core.fiscal import Quarter
from lakthan.rules.entry import require_order
from lakthan.rules.permissions import Action, Actor, require


def open_period(
    *,
    actor: Actor,
    quarter: Quarter,
    opens_on: date,
    deadline_on: date,
    now: datetime,
    cut_off_on: date | None = None,
) -> Period:
    """Open a quarter for reports. Figures are as of `cut_off_on`, a day of it, by default its last day."""
    require(actor, Action.MANAGE_PERIODS)
    require_order(opens_on, deadline_on, "กำหนดส่งรายงาน", "The deadline")
    cut_off_on = cut_off_on or quarter.last_day
    if not quarter.first_day <= cut_off_on <= quarter.last_day:
        raise UserError(f"วันตัดข้อมูลไม่อยู่ใน{quarter.label_th}", f"The cut-off is no day of {quarter.label_en}.")
    period = Period(
        fiscal_year=quarter.fiscal_year.be,
        quarter=quarter.number,
        opens_on=opens_on,
        cut_off_on=cut_off_on,
        deadline_on=deadline_on,
    )
    return create(actor, period, act="reporting.open_period", now=now)
