"""Files as tables of plain cells: Excel workbooks and CSV, with the row numbers that a person sees there."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from lakthan.core.errors import UserError
from lakthan.exchange.sheets.package import Extent, looked_through

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell whose formula gave an error, or was never computed."""

    text: str


Cell = str | Decimal | date | bool | Fault | None
Row = tuple[int, Sequence[Cell]]
"""The number that a person sees, from 1, and the cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; `name` is empty for CSV."""

    name: str
    rows: Sequence[Row]


def read_tables(content: bytes, name: str) -> list[Table]:
    """The visible sheets of a workbook, or the one table of a CSV file, told apart by the name of the file.

    Raises:
        UserError: it is neither, is too large, damaged or locked, holds macros, or cells stand too far out.
    """
    if len(content) > LARGEST:
        raise UserError(
            f"ไฟล์ {name} ใหญ่เกิน {LARGEST >> 20} เมกะไบต์ แบ่งเป็นหลายไฟล์",
            f"The file {name} is larger than {LARGEST >> 20} megabytes; split it into several.",
        )
    ending = name.lower().rpartition(".")[2]
    if ending == "xlsx":
        return list(_workbook(content, name))
    if ending == "csv":
        return [Table("", list(_csv(content)))]
    if ending in ("xlsm", "xltm", "xlam"):
        raise UserError(
            f"ไฟล์ {name} เป็นไฟล์ที่มีแมโคร บันทึกเป็น .xlsx แล้วส่งใหม่",
            f"The file {name} may hold macros; save it as .xlsx and send that.",
        )
    raise UserError(
        f"ไม่รับไฟล์ {name} ให้ใช้ Excel (.xlsx) หรือ CSV (.csv)",
        f"The file {name} is not taken; use an Excel workbook (.xlsx) or CSV (.csv).",
    )


def _workbook(content: bytes, name: str) -> Iterator[Table]:
    extents = looked_through(content, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in book.sheets_metadata:
            if sheet.name in extents and sheet.visible == SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                yield Table(sheet.name, list(_rows(rows, extents[sheet.name])))
    except (CalamineError, ValueError, OSError) as error:
        raise UserError(
            f"อ่านไฟล์ {name} ไม่ได้ เปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx",
            f"The file {name} cannot be read; open it in Excel and save it as .xlsx again.",
        ) from error


def _rows(rows: Sequence[Sequence[object]], extent: Extent) -> Iterator[Row]:
    """Rows in which something stands. A failed formula is put where the reader of cells left an empty text."""
    failed = {row for row, _ in extent.faults}
    for number in range(1, max(len(rows), max(failed, default=0)) + 1):
        cells = [_plain(cell) for cell in rows[number - 1]] if number <= len(rows) else []
        if number in failed:
            cells += [None] * (extent.columns - len(cells))
            for (row, column), text in extent.faults.items():
                if row == number:
                    cells[column - 1] = Fault(text)
        if not is_blank(cells):
            yield number, cells


def is_blank(cells: Sequence[Cell]) -> bool:
    """Whether nothing stands in a row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _plain(cell: object) -> Cell:
    """Excel keeps numbers as binary fractions and shows 15 digits of them: more is noise of its arithmetic."""
    match cell:
        case None | "":
            return None
        case bool() | str():
            return cell
        case int() | float():
            return Decimal(f"{cell:.15g}")
        case datetime():
            return cell.date()
        case date():
            return cell
        case _:
            return str(cell)


def _csv(content: bytes) -> Iterator[Row]:
    """The rows of a CSV file by the (last) line that each stands on."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    while True:
        line = reader.line_num + 1  # of the last row that could be read
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserError(
                f"อ่าน CSV ไม่ได้ตั้งแต่บรรทัดที่ {line} ตรวจเครื่องหมายคำพูด",
                f"The CSV cannot be read from line {line} on ({error}); check the quotation marks.",
            ) from error
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell or None for cell in cells]


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise UserError(
            "ไฟล์ไม่ใช่ CSV แบบ UTF-8 บันทึกใหม่เป็น CSV UTF-8 แล้วลองอีกครั้ง",
            "The file is not CSV in UTF-8; save it as CSV UTF-8 and try again.",
        )
    return text
