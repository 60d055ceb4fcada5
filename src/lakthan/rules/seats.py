"""Who may speak for a community, and until when."""

from collections.abc import Collection
from datetime import date, timedelta

from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Role

APART = frozenset({Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR})
"""Roles of those who confirm plans of communities and decide about their projects: they do not also ask for them."""


def refuse_both_sides(roles: Collection[Role]) -> None:
    """Refuse a seat to somebody who decides for the district about what communities ask.

    Raises:
        UserError: one of the roles held in the district is that of its officer or director.
    """
    if APART & set(roles):
        raise UserError(
            "ผู้ใช้นี้เป็นเจ้าหน้าที่หรือผู้อำนวยการเขตนี้ จึงเป็นผู้แทนชุมชนในเขตเดียวกันไม่ได้ เลือกกรรมการชุมชน",
            "This user is officer or director of the district and cannot speak for a community of it; "
            "choose a member of the committee.",
        )


def last_day_of_seat(asked: date | None, valid_from: date, term_ends_on: date) -> date:
    """The last day of a seat: the one asked for, else that of the committee's term.

    Raises:
        UserError: it lies before the first day, or after the term.
    """
    last = asked or term_ends_on
    if last < valid_from:
        raise UserError(
            f"สิทธิผู้แทนชุมชนสิ้นสุด {format_date(last)} ก่อนวันเริ่ม {format_date(valid_from)} แก้วันที่",
            f"The seat would end on {format_date(last, lang='en')}, before its first day; correct the days.",
        )
    if last > term_ends_on:
        raise UserError(
            f"สิทธิผู้แทนชุมชนต้องไม่เกินวาระกรรมการ ซึ่งสิ้นสุด {format_date(term_ends_on)}",
            f"A seat ends with the committee's term at the latest, on {format_date(term_ends_on, lang='en')}.",
        )
    return last


def require_end(last_day: date, valid_from: date, valid_to: date | None) -> date:
    """The last day of a seat that is ended early; the day before its first one where it was given by mistake.

    Raises:
        UserError: it lies further back, or after the day on which the seat ends anyway.
    """
    if last_day < valid_from - timedelta(days=1):
        raise UserError(
            f"วันสุดท้ายต้องไม่ก่อน {format_date(valid_from - timedelta(days=1))} (ผู้แทนเริ่ม {format_date(valid_from)})",
            f"The last day cannot lie before {format_date(valid_from - timedelta(days=1), lang='en')}: "
            f"the seat began on {format_date(valid_from, lang='en')}.",
        )
    if valid_to is not None and last_day > valid_to:
        raise UserError(
            f"สิทธินี้สิ้นสุด {format_date(valid_to)} อยู่แล้ว ระบุวันที่ไม่หลังจากนั้น",
            f"The seat ends on {format_date(valid_to, lang='en')} already; give a day not after it.",
        )
    return last_day
