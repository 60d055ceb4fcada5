"""What follows the decision about a community's project: being told, asking for another look, the work, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from lakthan.core.dates import format_date
from lakthan.core.errors import Conflict


@dataclass(frozen=True, slots=True)
class Term:
    """A number of days, and where it comes from."""

    days: int
    source: str


TO_ASK = Term(30, "assumption")
"""Days after the community was told of a decline in which it can ask for another look; no official term is known."""
TO_ANSWER = Term(30, "assumption")
"""Days in which the district answers; no official term is known."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a community is told of a decision: where the project stands in the plan or why it does not, or its end."""

    item_number: int | None = None
    budget: Decimal | None = None
    reason: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """That a community was told these terms on a day."""

    on: date
    terms: Terms
    is_sure: bool = True
    """False for a mail that was taken on and of which nobody knows whether it went out."""


class Due(StrEnum):
    """What a community is to be told of a decision."""

    DECIDED = "decided"
    """The decision itself: nothing was told."""
    MENDED = "mended"
    """It is written down otherwise than was told."""
    WITHDRAWN = "withdrawn"
    """It was told, or may have been, and holds no more."""


def notice_due(stands: Terms, told: Sequence[Notice]) -> Due | None:
    """What is to be told of a decision as it stands, after what was told in this order; None where nothing is.

    What was withdrawn before anybody heard of it is not told. A mail that may have gone out tells nobody for sure, so
    the decision is told again; but what it may have told is taken back.
    """
    last = told_last(told)
    if stands.is_withdrawn:
        return Due.WITHDRAWN if told and not (last and last.is_withdrawn) else None
    if last is None:
        return Due.DECIDED
    return None if last == stands else Due.MENDED


def told_as(told: Sequence[Notice]) -> tuple[Due, ...]:
    """What each notice told: the decision, its correction, or its withdrawal."""
    found = []
    for number, notice in enumerate(told):
        last = told_last(told[:number])
        mended = Due.DECIDED if last in (None, notice.terms) else Due.MENDED
        found.append(Due.WITHDRAWN if notice.terms.is_withdrawn else mended)
    return tuple(found)


def told_last(told: Sequence[Notice]) -> Terms | None:
    """What a community was told last for sure; None while it was told nothing."""
    return next((notice.terms for notice in reversed(told) if notice.is_sure), None)


def told_on(told: Sequence[Notice]) -> date | None:
    """The day from which a community's term to ask runs: the last on which it was told, so that no notice that went
    out names a later day than the one that holds; None while it was told nothing."""
    return max((notice.on for notice in told if notice.is_sure), default=None)


def last_day_to_ask(told: date | None) -> date | None:
    """Until when a community can ask; None while it was not told, for a term begins when one is told."""
    return None if told is None else told + timedelta(days=TO_ASK.days)


def answer_due(asked_on: date) -> date:
    """Until when a request is to be answered."""
    return asked_on + timedelta(days=TO_ANSWER.days)


@dataclass(frozen=True, slots=True)
class Declined:
    """What decides whether another look at a decline can be asked for. Days are those on which it happened."""

    decided_on: date
    withdrawn_on: date | None = None
    told_on: date | None = None
    open_since: date | None = None
    """Day of a request that is not answered yet."""
    answered_on: date | None = None
    """Day on which the last request was answered."""
    is_upheld: bool | None = None
    """Whether that answer was to decide anew; None without an answer."""


def asking_refusal(declined: Declined, on: date) -> Conflict | None:
    """Why nobody can ask for another look at a decline on a day; None where the community can."""
    if declined.withdrawn_on is not None:
        return Conflict(
            "สำนักงานเขตยกเลิกมตินี้แล้ว จึงไม่มีมติให้ขอทบทวน ดูมติใหม่ของโครงการ",
            "This decision was withdrawn, so there is nothing to look at again; see the project's new decision.",
        )
    if declined.open_since is not None:
        return Conflict(
            f"ขอให้พิจารณาใหม่ไว้แล้วเมื่อ {format_date(declined.open_since)} โปรดรอคำตอบ",
            f"Another look was asked for on {format_date(declined.open_since, lang='en')}; wait for its answer.",
        )
    if declined.answered_on is not None:
        return _answered(declined.answered_on, is_upheld=declined.is_upheld is True)
    last = last_day_to_ask(declined.told_on)
    if last is not None and on > last:
        return Conflict(
            f"พ้นกำหนดขอให้พิจารณาใหม่แล้ว (ขอได้ถึง {format_date(last)}) เสนอโครงการใหม่ได้ในแผนปีถัดไป",
            f"It is too late to ask; that was possible until {format_date(last, lang='en')}. "
            "The project can be proposed again in a later plan.",
        )
    return None


def _answered(on: date, *, is_upheld: bool) -> Conflict:
    if is_upheld:
        return Conflict(
            f"สำนักงานเขตรับพิจารณาใหม่แล้วเมื่อ {format_date(on)} โปรดรอมติใหม่",
            f"The district agreed on {format_date(on, lang='en')} to decide anew; wait for the new decision.",
        )
    return Conflict(
        f"สำนักงานเขตตอบคำขอแล้วเมื่อ {format_date(on)} ว่าคงมติเดิม เสนอโครงการใหม่ได้ในแผนปีถัดไป",
        f"The district answered on {format_date(on, lang='en')} that its decision stands; "
        "the project can be proposed again in a later plan.",
    )


class Work(StrEnum):
    """How far the work on an item of an action plan is."""

    NOT_BEGUN = "not-begun"
    UNDER_WAY = "under-way"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Item:
    """What decides about the work on an item: since when and until when it stands in the plan, and what was said."""

    included_on: date
    ended_on: date | None = None
    """First day on which it no longer stands there."""
    reported: tuple[tuple[date, Work], ...] = ()
    """How far the work was, by day, in order."""
    confirmed_on: date | None = None
    """Day on which the community confirmed that the work is done."""
    missing_on: date | None = None
    """Day on which it said that something is missing, while no report followed."""

    @property
    def work(self) -> Work | None:
        """How far the work is by the last report; None where nothing is reported, which is not `NOT_BEGUN`."""
        return self.reported[-1][1] if self.reported else None


class Turn(StrEnum):
    """Who is to say the next word about the work on an item."""

    DISTRICT = "district"
    """It reports how far the work is."""
    COMMUNITY = "community"
    """It answers the report that the work is done."""
    DISTRICT_AGAIN = "district-again"
    """The community said that something is missing: the district sees to it and reports again."""


def whose_turn(item: Item) -> Turn | None:
    """Who is to say the next word; None where the community confirmed, or the item no longer stands in the plan."""
    if item.confirmed_on is not None:
        return None
    if item.work is Work.DONE and item.missing_on is None:
        return Turn.COMMUNITY
    if item.ended_on is not None:
        return None
    return Turn.DISTRICT if item.missing_on is None else Turn.DISTRICT_AGAIN


def report_refusal(item: Item, on: date, state: Work) -> Conflict | None:
    """Why this cannot be reported of the work on a day; None where it can."""
    if on < item.included_on:
        return Conflict(
            f"โครงการบรรจุในแผนเมื่อ {format_date(item.included_on)} รายงานงานก่อนวันนั้นไม่ได้",
            f"The project entered the plan on {format_date(item.included_on, lang='en')}; no work before that day.",
        )
    if item.ended_on is not None and on >= item.ended_on:
        return Conflict(
            f"รายการนี้ถูกยกเลิกจากแผนเมื่อ {format_date(item.ended_on)} จึงรายงานงานตั้งแต่วันนั้นไม่ได้",
            f"The item was withdrawn on {format_date(item.ended_on, lang='en')}; no work from that day on.",
        )
    if item.confirmed_on is not None:
        return Conflict(
            f"ชุมชนยืนยันว่างานแล้วเสร็จเมื่อ {format_date(item.confirmed_on)}",
            f"The community confirmed on {format_date(item.confirmed_on, lang='en')} that the work is done.",
        )
    begun = {Work.UNDER_WAY, Work.DONE, Work.STOPPED}
    standing = dict(item.reported)  # of one day the last report counts, so that a slip is mended by another report
    if state is Work.NOT_BEGUN and any(day < on and work in begun for day, work in standing.items()):
        return Conflict("งานเริ่มไปแล้วตามรายงานก่อนหน้า", "By an earlier report the work has begun already.")
    return None


def confirmation_refusal(item: Item, on: date) -> Conflict | None:
    """Why the community cannot say on a day whether the work is done; None where it can.

    It answers the district's report that the work is done, and once it has confirmed that, there is no more to say.
    """
    if item.confirmed_on is not None:
        return Conflict(
            f"ชุมชนยืนยันไปแล้วเมื่อ {format_date(item.confirmed_on)}",
            f"The community confirmed this on {format_date(item.confirmed_on, lang='en')} already.",
        )
    if item.work is not Work.DONE:
        return Conflict(
            "สำนักงานเขตยังไม่รายงานว่างานแล้วเสร็จ จึงยังไม่มีงานให้ชุมชนยืนยัน",
            "The district has not reported that the work is done; there is nothing to confirm yet.",
        )
    done_on = item.reported[-1][0]
    if on < done_on:
        return Conflict(
            f"งานแล้วเสร็จเมื่อ {format_date(done_on)} วันที่ชุมชนยืนยันต้องไม่ก่อนนั้น",
            f"The work was done on {format_date(done_on, lang='en')}; the community's word cannot be older.",
        )
    return None
