"""Workbooks (.xlsx) in the style of the house: a title, what was asked for, and one table."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import save_workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | Decimal | date | None
HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
BOLD, TITLE = Font(bold=True), Font(bold=True, size=14)
TOP = Alignment(vertical="top", wrap_text=True)
LONGEST_TITLE = 31
"""Of a sheet, in Excel."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
UNFIT = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and how its numbers are shown."""

    heading: str
    width: int = 14
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table. `lines` stand above it: the title first."""

    title: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]
    key_columns: int = 1
    """How many columns at the left stay in sight."""
    choices: Mapping[int, str] = field(default_factory=dict)
    """Column, from 0 -> the range whose values its cells can hold: `Lists!$A$2:$A$9`."""


def workbook(sheets: Sequence[Sheet], now: datetime) -> bytes:
    """The sheets as a file. Text is never taken for a formula; empty cells have no value, which is not zero."""
    book = Workbook(write_only=True)
    book.properties.creator = "Lakthan"
    book.properties.created = book.properties.modified = now.replace(tzinfo=None)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title.translate(UNFIT)[:LONGEST_TITLE]), sheet)
    content = BytesIO()
    save_workbook(book, content)
    return content.getvalue()


def table_text(sheet: Sheet) -> str:
    """The table of a sheet as CSV, without the lines above it: days in ISO, amounts plain, an empty field for no value.

    A text that begins as formulas do gets an apostrophe before it: programs that open CSV run formulas.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in sheet.columns])
    writer.writerows([[_plain(value) for value in row] for row in sheet.rows])
    return text.getvalue()


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return "" if value is None else str(value)


def _write(into: Any, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        into.column_dimensions[get_column_letter(number)].width = column.width
    above = len(sheet.lines) + 1 if sheet.lines else 0
    _fit_paper(into, above + 1)
    into.freeze_panes = f"{get_column_letter(sheet.key_columns + 1)}{above + 2}"
    for number, line in enumerate(sheet.lines):
        into.append([_text(into, line, TITLE if number == 0 else None, wrapped=False)])
    if sheet.lines:
        into.append([])
    heads = [_text(into, column.heading, BOLD) for column in sheet.columns]
    for head in heads:
        head.fill = HEAD_FILL
    into.append(heads)
    count = 0
    for row in sheet.rows:
        into.append(list(_cells(into, sheet.columns, row)))
        count += 1
    for place, source in sheet.choices.items():
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        letter = get_column_letter(place + 1)
        rule.add(f"{letter}{above + 2}:{letter}{above + 1 + max(1, count)}")
        into.data_validations.append(rule)
    into.auto_filter.ref = f"A{above + 1}:{get_column_letter(len(sheet.columns))}{above + 1 + count}"


def _fit_paper(into: Any, heading: int) -> None:
    """Printed, a sheet lies across, is as wide as one page, and repeats its headings."""
    into.page_setup.orientation, into.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A4
    into.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    into.page_setup.fitToHeight = 0
    into.print_title_rows = f"{heading}:{heading}"


def _cells(into: Any, columns: Sequence[Column], row: Sequence[Value]) -> Iterator[Cell | None]:
    for column, value in zip(columns, row, strict=True):
        if value is None or value == "":
            yield None
        elif isinstance(value, str):
            yield _text(into, value)
        else:
            cell: Cell = WriteOnlyCell(into, value)  # type: ignore[arg-type]
            cell.alignment = TOP
            is_plain_day = isinstance(value, date) and column.number_format == "General"
            cell.number_format = "YYYY-MM-DD" if is_plain_day else column.number_format
            yield cell


def _text(into: Any, text: str, font: Font | None = None, *, wrapped: bool = True) -> Cell:
    """A cell of text, also where it begins with a sign that Excel takes for a formula; without control characters."""
    cell: Cell = WriteOnlyCell(into, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if wrapped:
        cell.alignment = TOP
    if font is not None:
        cell.font = font
    return cell
