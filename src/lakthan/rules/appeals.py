"""Appeals: what a unit may ask another look at, until when, and what can be answered."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict

DAYS_TO_ASK = 15
"""After a result was certified, or a score given. An assumption: no official deadline is known."""
DAYS_TO_ANSWER = 15


class AppealKind(StrEnum):
    """What is asked for."""

    RESULT = "result"
    """Another look at a certified result (ขอทบทวนผล)."""
    COMPONENT = "component"
    """Another look at a score of Part 1."""
    TARGET = "target"
    """Another target (ขอเปลี่ยนค่าเป้าหมาย)."""


class AppealOutcome(StrEnum):
    """What was answered."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """By the unit itself."""


FOLLOWS: Mapping[AppealKind, tuple[str, str]] = MappingProxyType(
    {
        AppealKind.RESULT: ("หน่วยงานจัดทำรายงานฉบับแก้ไข", "the unit makes a correction of its report"),
        AppealKind.COMPONENT: ("ผู้ดูแลตัวชี้วัดบันทึกคะแนนใหม่", "the strategy administrator records another score"),
        AppealKind.TARGET: ("มีมติเปลี่ยนค่าเป้าหมาย", "the target is changed by a decision"),
    }
)
"""What an appeal leads to that is upheld."""


def answer_due(asked_on: date) -> date:
    """Until when an appeal is to be answered."""
    return asked_on + timedelta(days=DAYS_TO_ANSWER)


def last_day_to_ask(given_on: date) -> date:
    """Until when a result or a score can be appealed against that was given on a day."""
    return given_on + timedelta(days=DAYS_TO_ASK)


def late_refusal(given_on: date, today: date) -> Conflict | None:
    """Why it is too late to ask; None in time."""
    last = last_day_to_ask(given_on)
    if today <= last:
        return None
    return Conflict(
        f"พ้นกำหนดขอทบทวนแล้ว (ขอได้ถึงวันที่ {format_date(last)})",
        f"It is too late to ask for another look; that was possible until {format_date(last, lang='en')}.",
    )
