"""Lists of action plans that directors confirmed, and what was corrected in them afterwards.

Of fiscal year 2563 all are confirmed. Of 2564 those of ten districts are drafts still: the seven without an inclusion
and the three that joined late. A correction ends a decision and makes it anew on the same day, so no figure moves.
"""

from datetime import date

from lakthan.apps.planning.models import ActionPlan, Decline, Inclusion
from lakthan.apps.planning.services.decisions import (
    confirm_action_plan,
    decline_project,
    include_project,
    withdraw_decision,
)
from lakthan.core.fiscal import FiscalYear
from lakthan.demo.stage import INCLUDED_LATE, NOT_INCLUDED, YEAR, Stage, moment

NEXT_YEAR = YEAR + 1
CONFIRMED_ON = {YEAR: date(2020, 6, 26), NEXT_YEAR: date(2020, 9, 30)}
DRAFTS_OF_NEXT_YEAR = NOT_INCLUDED + INCLUDED_LATE
CORRECTED_ITEM, CORRECTED_REASON = "5001", NOT_INCLUDED[0]
"""The district that corrected the budget of an item, and the one that corrected why it declined a project."""
ITEM_ON, REASON_ON = date(2020, 10, 8), date(2020, 7, 15)


def confirm(stage: Stage) -> None:
    """Confirmed lists and two corrections."""
    for code in stage.districts:
        _confirm(stage, code, YEAR)
        if code not in DRAFTS_OF_NEXT_YEAR:
            _confirm(stage, code, NEXT_YEAR)
    _correct_item(stage)
    _correct_reason(stage)


def _confirm(stage: Stage, code: str, year: FiscalYear) -> None:
    on = CONFIRMED_ON[year]
    confirm_action_plan(
        actor=stage.directors[code],
        action_plan=ActionPlan.objects.get(unit=stage.units[code], fiscal_year=year.be),
        effective_on=on,
        document=f"บันทึกสั่งการผู้อำนวยการเขต {code} ที่ {on.month}/{year.be} (สาธิต)",
        now=moment(on),
    )


def _correct_item(stage: Stage) -> None:
    """The last item of next year gets the budget that prices asked around for came to."""
    actor, now, why = stage.actors[CORRECTED_ITEM], moment(ITEM_ON), "ปรับวงเงินตามผลการสืบราคา (สาธิต)"
    taken = Inclusion.objects.filter(unit=stage.units[CORRECTED_ITEM], fiscal_year=NEXT_YEAR.be)
    item = taken.select_related("action_plan", "project__plan").latest("item_number")
    withdraw_decision(actor=actor, decision=item, ended_on=ITEM_ON, reason=why, now=now)
    include_project(
        actor=actor,
        action_plan=item.action_plan,
        project=item.project,
        item_number=item.item_number,
        name=item.name,
        budget=None if item.budget is None else item.budget * 9 / 10,
        effective_on=ITEM_ON,
        document=f"บันทึก {CORRECTED_ITEM}/{NEXT_YEAR.be}-ก1 (สาธิต)",
        correction=why,
        now=now,
    )


def _correct_reason(stage: Stage) -> None:
    """A project that was declined for lack of details is declined for another reason once they have come in."""
    actor, now, why = stage.actors[CORRECTED_REASON], moment(REASON_ON), "ตรวจรายละเอียดที่ชุมชนส่งเพิ่มเติมแล้ว (สาธิต)"
    left = Decline.objects.filter(unit=stage.units[CORRECTED_REASON], fiscal_year=YEAR.be, ended_on=None)
    decline = left.select_related("action_plan", "project__plan").latest("effective_on", "pk")
    withdraw_decision(actor=actor, decision=decline, ended_on=REASON_ON, reason=why, now=now)
    decline_project(
        actor=actor,
        action_plan=decline.action_plan,
        project=decline.project,
        reason_code=Decline.Reason.NO_BUDGET,
        reason="รายละเอียดครบแล้ว แต่งบประมาณของปีนี้จัดสรรครบแล้ว เสนอพิจารณาอีกครั้งในปีถัดไป (สาธิต)",
        effective_on=REASON_ON,
        document=f"บันทึก {CORRECTED_REASON}/{YEAR.be}-ก1 (สาธิต)",
        correction=why,
        now=now,
    )
