"""Workbooks (.xlsx) that come back filled in: their cells as text, as they stand there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from lakthan.core.errors import UserError
from lakthan.exchange.sheets.package import looked_through

LARGEST = 5 * 1024 * 1024
"""Bytes of a workbook that is read."""
MOST_ROWS = 5000
HEADING_ROW = 4
"""The row of the headings below two lines and an empty one, counted from 1 as Excel does."""


@contextmanager
def opened(content: bytes) -> Iterator[CalamineWorkbook]:
    """A workbook that was looked through before: a cell at the far end of a sheet would take all memory.

    Raises:
        UserError: it is none, it is damaged or holds macros, or its cells reach too far.
    """
    try:
        looked_through(content, "")
    except UserError as error:
        raise _unreadable() from error
    try:
        yield CalamineWorkbook.from_filelike(BytesIO(content))
    except UserError:
        raise
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise _unreadable() from error


def _unreadable() -> UserError:
    return UserError(
        "อ่านไฟล์นี้ไม่ได้ ให้ใช้ไฟล์ Excel (.xlsx) ที่ดาวน์โหลดจากหน้านี้",
        "This file cannot be read; use the Excel workbook (.xlsx) that this page gives.",
    )


def read_sheet(content: bytes, name: str) -> list[list[str]]:
    """The rows of a sheet as text from the first row on, with empty ones.

    Raises:
        UserError: it is no workbook, it is too large, or it has no such sheet.
    """
    if len(content) > LARGEST:
        raise UserError(
            "ไฟล์ใหญ่เกิน 5 เมกะไบต์ ลบแผ่นงานและรูปที่ไม่ใช้แล้วส่งใหม่",
            "The file is larger than 5 megabytes; delete sheets and pictures not in use, and send it again.",
        )
    with opened(content) as book:
        if name not in book.sheet_names:
            raise UserError(
                f"ไม่พบแผ่นงาน “{name}” ให้ใช้ไฟล์ที่ดาวน์โหลดจากหน้านี้",
                f"There is no sheet “{name}”; use the workbook that this page gives.",
            )
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    if len(rows) > MOST_ROWS:
        raise UserError(
            f"มีเกิน {MOST_ROWS} แถว ลบแถวที่ไม่ใช้แล้วส่งใหม่",
            f"There are more than {MOST_ROWS} rows; delete those not in use, and send it again.",
        )
    return [[_text(cell) for cell in row] for row in rows]


def named_rows(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the headings by their number in Excel, each with its cells by name of the column."""
    for number, row in enumerate(rows[HEADING_ROW:], HEADING_ROW + 1):
        cells = dict(zip(names, [*row, *[""] * len(names)], strict=False))
        if any(cells.values()):
            yield number, cells


def _text(cell: Any) -> str:
    """A cell as text: numbers without a fraction that nobody typed, days in the Common Era."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()
