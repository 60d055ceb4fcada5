"""The amounts of a letter of transfer: typed into a table, pasted from a sheet, or one for chosen districts."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.money import format_baht, parse_baht
from lakthan.core.thai import district_name, fold
from lakthan.rules.entry import require_positive_baht

NONE = frozenset({"", "-", "–", "—"})
"""What stands in a cell for a district that gets nothing."""
SUM = re.compile(r"(?:รวม|ยอดรวม|total|sum)\b", re.IGNORECASE)
CELLS = re.compile(r"\t|;|\s{2,}|\s+(?=[0-9๐-๙][0-9๐-๙,.\-–]*(?:\s*บาท)?\s*$)")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A district that a letter can transfer to."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One district in the table: what stands in its field, whether it is chosen, and what is wrong."""

    to: Recipient
    typed: str = ""
    is_chosen: bool = False
    wrong: UserError | None = None


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A pasted line that was not understood; it stays in the field."""

    number: int
    text: str
    wrong: UserError


@dataclass(frozen=True, slots=True)
class LetterAmounts:
    """The table as it was read."""

    rows: tuple[AmountRow, ...]
    amounts: Mapping[str, Decimal]
    """Code -> baht, of the rows that are right."""
    left: tuple[WrongLine, ...]

    @property
    def total(self) -> Decimal:
        """What is right, together."""
        return sum(self.amounts.values(), Decimal(0))

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.left and not any(row.wrong for row in self.rows)


def read_amounts(
    recipients: Sequence[Recipient],
    typed: Mapping[str, str],
    chosen: Collection[str] = (),
    same: str = "",
    pasted: str = "",
) -> LetterAmounts:
    """Bring together what was typed by code, what was pasted, and one amount for the chosen that have none.

    A district that is typed and pasted with two amounts is refused: which one is meant nobody can tell.
    """
    of_paste, left = _read_paste(recipients, pasted)
    rows, amounts = [], {}
    for to in recipients:
        text, wrong = typed.get(to.code, "").strip(), None
        text = "" if text in NONE else text
        if to.code in of_paste:
            wrong = _differs(text, of_paste[to.code])
            text = text or of_paste[to.code]
        if to.code in chosen and not text:
            text = same.strip()
            wrong = wrong or (None if text else _nothing_given())
        if text:
            try:
                amounts[to.code] = _amount(text)
            except UserError as error:
                wrong = wrong or error
        rows.append(AmountRow(to, text, to.code in chosen, wrong))
    return LetterAmounts(tuple(rows), amounts, tuple(left))


def refuse_other_total(total: Decimal, stated: Decimal) -> None:
    """The sum of the table is the letter's own total.

    Raises:
        UserError: they differ.
    """
    if total != stated:
        more = total > stated
        by_th, by_en = ("เกิน", "more") if more else ("ขาด", "less")
        gap = format_baht(abs(total - stated))
        raise UserError(
            f"ยอดรวมในตาราง {format_baht(total)} {by_th}จากยอดในหนังสือ {format_baht(stated)} อยู่ {gap}",
            f"The table adds up to {total} baht, {abs(total - stated)} {by_en} than the letter's total of {stated}.",
        )


def _amount(text: str) -> Decimal:
    return require_positive_baht(parse_baht(text), "จำนวนเงิน", "The amount")


def _differs(typed: str, pasted: str) -> UserError | None:
    try:
        same = not typed or _amount(typed) == _amount(pasted)
    except UserError:
        same = typed == pasted
    if same:
        return None
    return UserError(
        f"ในตารางเป็น {typed} แต่ที่วางมาเป็น {pasted} แก้ให้เหลือยอดเดียว",
        f"The table says {typed}, the pasted lines say {pasted}; keep one of them.",
    )


def _nothing_given() -> UserError:
    return UserError("เลือกไว้แต่ยังไม่มีจำนวนเงิน", "It is chosen, but there is no amount.")


def _read_paste(recipients: Sequence[Recipient], pasted: str) -> tuple[dict[str, str], list[WrongLine]]:
    """Code -> amount as it was pasted, and the lines that were not understood."""
    known = _names(recipients)
    found: dict[str, str] = {}
    left = []
    lines = [(number, line) for number, line in enumerate(pasted.splitlines(), start=1) if line.strip()]
    for at, (number, line) in enumerate(lines):
        cells = [cell.strip() for cell in CELLS.split(line.strip()) if cell and cell.strip()]
        if SUM.match(cells[0]) or (at == 0 and _is_heading(cells, known)):
            continue
        try:
            code = _code(cells, known)
            if code in found:
                raise UserError("สำนักงานเขตนี้มีในบรรทัดก่อนแล้ว", "This district office stands in an earlier line.")
            if len(cells) == 1:
                raise UserError("บรรทัดนี้ไม่มีจำนวนเงิน", "This line has no amount.")
            if cells[-1] not in NONE:
                found[code] = cells[-1]
        except UserError as error:
            left.append(WrongLine(number, line, error))
    return found, left


def _names(recipients: Sequence[Recipient]) -> dict[str, str]:
    """Code, Thai name with and without the word for the office, and English name -> code."""
    known = {}
    for to in recipients:
        for name in (to.code, to.name_th, district_name(to.name_th), to.name_en):
            known[fold(name)] = to.code
    return known


def _is_heading(cells: Sequence[str], known: Mapping[str, str]) -> bool:
    """A first line that names no district and has no number."""
    return not any(_known(cell, known) for cell in cells) and not re.search("[0-9]", to_arabic(cells[-1]))


def _known(cell: str, known: Mapping[str, str]) -> str | None:
    return known.get(fold(cell)) or known.get(fold(district_name(cell)))


def _code(cells: Sequence[str], known: Mapping[str, str]) -> str:
    """The district that the cells before the amount name; a code beside its name has to be the same one."""
    found = {code for cell in cells[:-1] or cells if (code := _known(cell, known))}
    if len(found) != 1:
        raise UserError(
            f"ไม่พบสำนักงานเขตใน “{' '.join(cells)[:60]}” ใช้รหัสสี่หลักหรือชื่อเขต",
            f"No district office is found in “{' '.join(cells)[:60]}”; use the code of four digits or the name.",
        )
    return found.pop()
