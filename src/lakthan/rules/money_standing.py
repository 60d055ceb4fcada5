"""What became of money that was transferred to districts: sums, shares, and the sentence of the quarter's report.

Those who returned and those who did not are two parts of the districts that received money; those who disbursed lie
across both. Of the money itself, what was disbursed, what was returned and the rest are three parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lakthan.core.figure import percent
from lakthan.core.money import format_baht

NOTHING = Decimal("0.00")


class MoneyGroup(StrEnum):
    """Districts by what they did with the money of a fiscal year; the groups overlap."""

    RECEIVED = "received"
    OBLIGATED = "obligated"
    DISBURSED = "disbursed"
    RETURNED = "returned"
    NOT_RETURNED = "not-returned"
    INTENDS = "intends"
    UNDECLARED = "undeclared"
    """Has a rest, returned nothing, and has not said that it wishes to keep it."""
    UNDECIDED = "undecided"
    """Has a rest of a year that is over, and nobody decided what becomes of it."""
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class DistrictMoney:
    """The money of one district and fiscal year on a day, in baht; all zero where nothing was transferred."""

    code: str
    name_th: str
    name_en: str
    transfers: int = 0
    transferred: Decimal = NOTHING
    obligated: Decimal = NOTHING
    disbursed: Decimal = NOTHING
    returned: Decimal = NOTHING
    unbound: Decimal = NOTHING
    """Neither bound by a contract, nor paid out, nor sent back."""
    intends_since: date | None = None
    """First day of the oldest declared intention not to return that is in force."""
    lapsed: Decimal = NOTHING
    carried_over: Decimal = NOTHING
    undecided: Decimal = NOTHING
    """Rest of transfers of a year that is over and for which nothing was decided."""

    @property
    def rest(self) -> Decimal:
        """Neither paid out nor sent back."""
        return self.transferred - self.disbursed - self.returned

    @property
    def disbursed_share(self) -> Decimal | None:
        """Percent of the transferred money that is paid out; None where nothing was transferred."""
        return percent(self.disbursed, self.transferred)

    def groups(self) -> frozenset[MoneyGroup]:
        """All groups that the district is in."""
        if not self.transfers:
            return frozenset({MoneyGroup.WITHOUT})
        intends = self.intends_since is not None
        held = {
            MoneyGroup.RECEIVED: True,
            MoneyGroup.OBLIGATED: self.obligated > 0,
            MoneyGroup.DISBURSED: self.disbursed > 0,
            MoneyGroup.RETURNED: self.returned > 0,
            MoneyGroup.NOT_RETURNED: self.returned <= 0,
            MoneyGroup.INTENDS: intends,
            MoneyGroup.UNDECLARED: not intends and self.returned <= 0 and self.rest > 0,
            MoneyGroup.UNDECIDED: self.undecided > 0,
        }
        return frozenset(group for group, holds in held.items() if holds)


@dataclass(frozen=True, slots=True)
class Share:
    """A number of districts and an amount, each with its percentage of the whole; None where the whole is zero."""

    districts: int
    districts_percent: Decimal | None
    amount: Decimal
    amount_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class MoneyStanding:
    """The money of many districts together."""

    districts: int
    """That received money: the whole of every share of districts."""
    transferred: Decimal
    obligated: Share
    disbursed: Share
    returned: Share
    not_returned: Share
    """Districts that returned nothing; the amount is the rest of all districts."""
    intends: Share
    """Districts with a declared intention in force; the amount is their rest."""
    unbound: Decimal
    undecided: Share
    lapsed: Decimal
    carried_over: Decimal


def money_standing(rows: Sequence[DistrictMoney]) -> MoneyStanding:
    """The districts together."""
    received = [row for row in rows if row.transfers]
    whole = total(received, "transferred")

    def share(group: MoneyGroup, amount: Decimal) -> Share:
        count = sum(1 for row in received if group in row.groups())
        return Share(count, percent(count, len(received)), amount, percent(amount, whole))

    intending = [row for row in received if row.intends_since is not None]
    return MoneyStanding(
        districts=len(received),
        transferred=whole,
        obligated=share(MoneyGroup.OBLIGATED, total(received, "obligated")),
        disbursed=share(MoneyGroup.DISBURSED, total(received, "disbursed")),
        returned=share(MoneyGroup.RETURNED, total(received, "returned")),
        not_returned=share(MoneyGroup.NOT_RETURNED, total(received, "rest")),
        intends=share(MoneyGroup.INTENDS, total(intending, "rest")),
        unbound=total(received, "unbound"),
        undecided=share(MoneyGroup.UNDECIDED, total(received, "undecided")),
        lapsed=total(received, "lapsed"),
        carried_over=total(received, "carried_over"),
    )


def total(rows: Sequence[DistrictMoney], name: str) -> Decimal:
    """The sum of one amount over districts."""
    return sum((getattr(row, name) for row in rows), NOTHING)


def sentence_th(standing: MoneyStanding) -> str:
    """As the quarter's report says it; empty where nothing was transferred."""
    if not standing.districts:
        return ""
    parts = [f"โอนเงินให้สำนักงานเขต {standing.districts} สำนักงานเขต จำนวนเงิน {_baht_th(standing.transferred)}"]
    parts += [
        f"{words} {share.districts} สำนักงานเขต (ร้อยละ {share.districts_percent}) "
        f"จำนวนเงิน {_baht_th(share.amount)} (ร้อยละ {share.amount_percent})"
        for words, share in (
            ("เบิกจ่ายแล้ว", standing.disbursed),
            ("ส่งคืนเงินแล้ว", standing.returned),
            ("ยังไม่ส่งคืน", standing.not_returned),
        )
    ]
    told = f" โดยแจ้งว่ายังไม่ประสงค์คืนเงิน {standing.intends.districts} สำนักงานเขต" if standing.intends.districts else ""
    return f"{' / '.join(parts)}{told}"


def sentence_en(standing: MoneyStanding) -> str:
    """The same in English; empty where nothing was transferred."""
    if not standing.districts:
        return ""
    parts = [
        f"{_districts_en(share.districts)} ({share.districts_percent}%) {words} "
        f"{_baht_en(share.amount)} ({share.amount_percent}%)"
        for words, share in (
            ("disbursed", standing.disbursed),
            ("returned", standing.returned),
            ("returned nothing; not returned in all:", standing.not_returned),
        )
    ]
    count = standing.intends.districts
    told = f"; {_districts_en(count)} declared an intention not to return yet" if count else ""
    return (
        f"{_baht_en(standing.transferred)} were transferred to {_districts_en(standing.districts)}: "
        f"{'; '.join(parts)}{told}."
    )


def _baht_th(amount: Decimal) -> str:
    text = format_baht(amount)
    return f"{text}บาท" if text.endswith("-") else f"{text} บาท"


def _baht_en(amount: Decimal) -> str:
    return f"{format_baht(amount, 'plain').removesuffix('.00')} baht"


def _districts_en(count: int) -> str:
    return f"{count} district office" if count == 1 else f"{count} district offices"
