"""Letters that tell districts what was transferred to them: one to each, or one to all with a list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.digits import format_number, to_thai
from lakthan.core.errors import NotFound
from lakthan.core.money import baht_words, format_baht
from lakthan.printing.blocks import Cell, Column, Row, RowGroup, Section, Table, Text, TextKind
from lakthan.printing.letters import OfficialLetter

FOR_ACTION = "จึงเรียนมาเพื่อโปรดทราบและดำเนินการในส่วนที่เกี่ยวข้องต่อไป"
ANNEX = "บัญชีรายละเอียดการโอนงบประมาณ"
COLUMNS = (
    Column("ลำดับ", 10, numeric=True),
    Column("รหัส", 12),
    Column("สำนักงานเขต", 50),
    Column("จำนวนเงิน (บาท)", 28, numeric=True),
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one district got."""

    code: str
    district: str
    """Without สำนักงานเขต."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """A letter of transfer as it was recorded."""

    number: str
    issuer: str
    dated: date
    transferred_on: date
    fiscal_year: int
    purpose: str
    approver: str
    acting: str
    """Who acted for the approver, how and by which order; empty where the approver signed."""
    shares: tuple[Share, ...]
    is_demonstration: bool = False

    @property
    def total(self) -> Decimal:
        """All shares together."""
        return sum((share.amount for share in self.shares), Decimal(0))

    def to(self, code: str) -> "TransferNotice":
        """The letter for one district alone; for all where no code is given.

        Raises:
            NotFound: the letter transferred nothing to such a district.
        """
        if not code:
            return self
        shares = tuple(share for share in self.shares if share.code == code)
        if not shares:
            raise NotFound(
                f"หนังสือนี้ไม่ได้โอนเงินให้สำนักงานเขตรหัส {code}",
                f"The letter transferred nothing to a district office {code}.",
            )
        return replace(self, shares=shares)


def letters_to_each(notice: TransferNotice) -> tuple[OfficialLetter, ...]:
    """A letter to each district, with its own amount alone."""
    return tuple(
        _letter(
            notice,
            to=f"ผู้อำนวยการเขต{share.district}",
            told=f"โอนเงินงบประมาณให้สำนักงานเขต{share.district} จำนวน {_baht(share.amount)}",
            names=(f"สำนักงานเขต{share.district}", f"ผู้อำนวยการเขต{share.district}"),
        )
        for share in notice.shares
    )


def letter_to_all(notice: TransferNotice) -> OfficialLetter:
    """One letter to all districts, with the list of their amounts behind it."""
    count = to_thai(format_number(len(notice.shares)))
    return _letter(
        notice,
        to=f"ผู้อำนวยการเขต {count} เขต ตามบัญชีแนบท้าย",
        told=f"โอนเงินงบประมาณให้สำนักงานเขต {count} เขต รวมเป็นเงิน {_baht(notice.total)} ตามบัญชีที่ส่งมาด้วย",
        enclosure=f"{ANNEX} {count} สำนักงานเขต",
        annex=(_annex(notice),),
    )


def notice_title(notice: TransferNotice) -> str:
    """What the file is called in its properties."""
    return f"{_subject(notice)} ที่ {notice.number}"


def _subject(notice: TransferNotice) -> str:
    return f"แจ้งโอนงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. {to_thai(str(notice.fiscal_year))}"


def _letter(
    notice: TransferNotice,
    *,
    to: str,
    told: str,
    enclosure: str = "",
    annex: tuple[Section, ...] = (),
    names: tuple[str, ...] = (),
) -> OfficialLetter:
    return OfficialLetter(
        number=notice.number,
        office=notice.issuer,
        on=notice.dated,
        subject=_subject(notice),
        to=to,
        opening=(
            _approval(notice),
            f"{notice.issuer}ได้{told} แล้ว เมื่อวันที่ {to_thai(format_date(notice.transferred_on))}",
        ),
        closing=FOR_ACTION,
        enclosure=enclosure,
        annex=annex,
        protected_terms=(*names, notice.issuer, notice.approver, "ปีงบประมาณ", "งบประมาณ", "ลงวันที่"),
        is_demonstration=notice.is_demonstration,
    )


def _approval(notice: TransferNotice) -> str:
    acting = f" ({notice.acting})" if notice.acting else ""
    return (
        f"ด้วย{notice.approver}{acting} อนุมัติให้โอนงบประมาณรายจ่ายประจำปีงบประมาณ พ.ศ. "
        f"{to_thai(str(notice.fiscal_year))} ให้สำนักงานเขต รายการ “{notice.purpose}”"
    )


def _baht(amount: Decimal) -> str:
    """๑,๕๘๐.- บาท (หนึ่งพันห้าร้อยแปดสิบบาทถ้วน)."""
    return f"{to_thai(format_baht(amount))} บาท ({baht_words(amount)})"


def _annex(notice: TransferNotice) -> Section:
    rows = [_row(number, share) for number, share in enumerate(notice.shares, start=1)]
    letter = f"แนบหนังสือ{notice.issuer} ที่ {to_thai(notice.number)} ลงวันที่ {to_thai(format_date(notice.dated))}"
    table = Table("transfer-shares", COLUMNS, (RowGroup("", (*rows, _sum(notice.shares, notice.total))),))
    return Section(ANNEX, (Text(TextKind.TEXT, (letter,)), table))


def _row(number: int, share: Share) -> Row:
    return (
        Cell(to_thai(str(number))),
        Cell(to_thai(share.code)),
        Cell(share.district),
        Cell(to_thai(format_baht(share.amount, "plain"))),
    )


def _sum(shares: Sequence[Share], total: Decimal) -> Row:
    count = to_thai(format_number(len(shares)))
    return (Cell(f"รวม {count} สำนักงานเขต", span=3), Cell(to_thai(format_baht(total, "plain"))))
