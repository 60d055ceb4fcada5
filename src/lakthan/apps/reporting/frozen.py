"""Which fiscal years are frozen: once a period of a year has opened, its definitions and targets stand."""

from collections.abc import Iterable
from datetime import date

from lakthan.apps.reporting.models import Period
from lakthan.core.errors import Conflict


def opened_years(today: date) -> frozenset[int]:
    """The fiscal years of which a period has opened by a day."""
    return frozenset(Period.objects.filter(opens_on__lte=today).values_list("fiscal_year", flat=True))


def refuse_frozen(years: Iterable[int], opened: Iterable[int], what_th: str, what_en: str) -> None:
    """Refuse a change to something of a year of which a period has opened.

    Raises:
        Conflict: one of the years has opened.
    """
    frozen = sorted(set(years) & set(opened))
    if frozen:
        named = ", ".join(map(str, frozen))
        raise Conflict(
            f"{what_th}ของปีงบประมาณ {named} เปลี่ยนไม่ได้แล้ว เพราะเปิดรับรายงานแล้ว ให้บันทึกเป็นมติหรือคำสั่งที่มีเลขที่เอกสาร",
            f"{what_en} of fiscal year {named} can no longer be changed: its reports have opened. "
            "Record a decision with a document instead.",
        )
