"""When a report may be written and sent: the dates of a period as they hold for one unit.

A period opens, its figures are as of a cut-off, and reports are due on a deadline. A late report can still be sent, and
shows as late, until the period is closed. After that only a unit with an extension sends.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict, UserError
from lakthan.core.fiscal import Quarter

REMINDER_DAYS = (-7, -1, 1, 7)
"""On which days a reminder goes out where a period does not say otherwise, counted from the deadline."""
FARTHEST_REMINDER = 90


@dataclass(frozen=True, slots=True)
class Term:
    """The dates of a period as they hold for one unit."""

    opens_on: date
    cut_off_on: date
    deadline_on: date
    closed_on: date | None = None
    extended_to: date | None = None
    """The last day of the unit's extension; None without one."""

    @property
    def due_on(self) -> date:
        """The deadline, or the last day of the extension where that is later."""
        return max(self.deadline_on, self.extended_to or self.deadline_on)

    def is_open(self, today: date) -> bool:
        """Whether the period has opened. It stays so when it is closed."""
        return self.opens_on <= today

    def is_closed(self, today: date) -> bool:
        """Whether the unit can no longer send: the period is closed, and no extension runs."""
        if self.closed_on is None or self.closed_on > today:
            return False
        return self.extended_to is None or self.extended_to < today


def not_open_refusal(term: Term | None, today: date) -> Conflict | None:
    """Why nothing can be written yet; None where it can. `term` is None where no period was opened."""
    if term is None:
        return Conflict(
            "ยังไม่ได้เปิดงวดรายงานนี้ ให้ผู้ดูแลตัวชี้วัดเปิดงวดก่อน",
            "This period is not opened yet; the strategy administrator has to open it first.",
        )
    if term.is_open(today):
        return None
    return Conflict(
        f"งวดรายงานนี้เปิดวันที่ {format_date(term.opens_on)} จึงยังเขียนรายงานไม่ได้",
        f"This period opens on {format_date(term.opens_on, lang='en')}; nothing can be written before.",
    )


def closed_refusal(term: Term | None, today: date) -> Conflict | None:
    """Why a report can no longer be sent; None where it can."""
    if term is None or term.closed_on is None or not term.is_closed(today):
        return None
    return Conflict(
        f"งวดรายงานนี้ปิดแล้วเมื่อวันที่ {format_date(term.closed_on)} ขอขยายเวลาจากผู้ดูแลตัวชี้วัดก่อนส่ง",
        f"This period was closed on {format_date(term.closed_on, lang='en')}; ask the strategy administrator for an "
        "extension before sending.",
    )


def days_late(due_on: date, on: date) -> int:
    """How many days after its deadline something is; 0 on the day and before."""
    return max((on - due_on).days, 0)


def require_dates(quarter: Quarter, opens_on: date, cut_off_on: date, deadline_on: date) -> None:
    """Refuse dates that cannot be those of a period.

    Raises:
        UserError: the cut-off is no day of the quarter, or the deadline lies before the cut-off or the opening.
    """
    if not quarter.first_day <= cut_off_on <= quarter.last_day:
        raise UserError(f"วันตัดข้อมูลไม่อยู่ใน{quarter.label_th}", f"The cut-off is no day of {quarter.label_en}.")
    for first, what_th, what_en in ((opens_on, "วันเปิดงวด", "the opening"), (cut_off_on, "วันตัดข้อมูล", "the cut-off")):
        if deadline_on < first:
            raise UserError(
                f"กำหนดส่งรายงาน {format_date(deadline_on)} มาก่อน{what_th} {format_date(first)}",
                f"The deadline {format_date(deadline_on, lang='en')} lies before {what_en} "
                f"{format_date(first, lang='en')}.",
            )


def require_reminder_days(days: Iterable[int]) -> list[int]:
    """The days in order, each once.

    Raises:
        UserError: a day is farther from the deadline than `FARTHEST_REMINDER`.
    """
    for day in (ordered := sorted(set(days))):
        if abs(day) > FARTHEST_REMINDER:
            raise UserError(
                f"วันเตือน {day} ห่างจากกำหนดส่งเกิน {FARTHEST_REMINDER} วัน",
                f"A reminder {day} days from the deadline is farther than {FARTHEST_REMINDER} days.",
            )
    return ordered
