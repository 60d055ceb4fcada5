"""Workbooks (.xlsx) that come back filled in: their cells as text, as they stand there."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from lakthan.core.errors import UserError

LARGEST = 5 * 1024 * 1024
"""Bytes of a workbook that is read."""
MOST_ROWS = 5000
HEADING_ROW = 4
"""The row of the headings below two lines and an empty one, counted from 1 as Excel does."""


def read_sheet(content: bytes, name: str) -> list[list[str]]:
    """The rows of a sheet as text from the first row on, with empty ones.

    Raises:
        UserError: it is no workbook, it is too large, or it has no such sheet.
    """
    if len(content) > LARGEST:
        raise UserError("ไฟล์ใหญ่เกิน 5 เมกะไบต์", "The file is larger than 5 megabytes.")
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if name not in book.sheet_names:
            raise UserError(
                f"ไม่พบแผ่นงาน “{name}” ให้ใช้ไฟล์ที่ดาวน์โหลดจากหน้านี้",
                f"There is no sheet “{name}”; use the workbook that this page gives.",
            )
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UserError("อ่านไฟล์นี้ไม่ได้ ให้ใช้ไฟล์ Excel (.xlsx)", "This is no Excel workbook (.xlsx).") from error
    if len(rows) > MOST_ROWS:
        raise UserError(f"มีเกิน {MOST_ROWS} แถว", f"There are more than {MOST_ROWS} rows.")
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
