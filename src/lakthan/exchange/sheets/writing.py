"""A kind of table as a workbook to fill in, or as CSV: written row by row, so that memory stays as it is."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from lakthan.exchange.sheets.cells import Value, shown
from lakthan.exchange.sheets.kinds import Column, Kind
from lakthan.exchange.sheets.many_rows import Styled, save_with_rows, write_rows
from lakthan.exchange.workbooks import HEAD_FILL, LONGEST_TITLE

NOTES, LISTS = "คำอธิบาย Notes", "รายการ Lists"
BUDDHIST_DAY = "[$-107041E]d mmm yyyy"
"""Shows a date of Excel as 1 ต.ค. 2562."""
MONEY = "#,##0.00"
ROOM = 1000
"""Empty rows behind the last one in which the lists work too."""
FIXED_FILL = PatternFill("solid", fgColor="F2F2F2")
FREE = Protection(locked=False)
ABOVE = 4
"""Rows above the headings: the title, two lines about it, an empty one."""


def write_workbook(
    into: IO[bytes], kind: Kind, rows: Iterable[Mapping[str, Value]], subject: str, now: datetime
) -> int:
    """Write a workbook of a kind with these rows, and give how many they were.

    The headings are protected, without a password, and all cells below them are free.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Lakthan"
    book.properties.created = book.properties.modified = now.replace(tzinfo=None)
    sheet = book.create_sheet(kind.th[:LONGEST_TITLE])
    _begin(sheet, kind, subject)
    columns = [Styled(column, _style(sheet, column)) for column in kind.columns]
    with TemporaryFile() as body:
        count = write_rows(body, columns, rows, ABOVE + 2)
        _lists(sheet, kind, ABOVE + 2, ABOVE + 1 + count + ROOM)
        sheet.auto_filter.ref = f"A{ABOVE + 1}:{get_column_letter(len(kind.columns))}{ABOVE + 1 + max(1, count)}"
        _write_notes(book.create_sheet(NOTES), kind)
        _write_lists(book.create_sheet(LISTS), kind)
        save_with_rows(book, sheet, body, into, now)
    return count


def write_csv(into: IO[bytes], kind: Kind, rows: Iterable[Mapping[str, Value]]) -> int:
    """Write the rows as CSV in UTF-8 with the mark by which Excel knows it, and give how many they were."""
    text = io.TextIOWrapper(into, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([column.heading for column in kind.columns])
    count = 0
    for row in rows:
        writer.writerow([_csv_value(column, row.get(column.key)) for column in kind.columns])
        count += 1
    text.flush()
    text.detach()
    return count


def _csv_value(column: Column, value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return column.names[value][0] if column.names and isinstance(value, str) else shown(value)


def _begin(sheet: Any, kind: Kind, subject: str) -> None:
    """Title, lines and headings; what stands for the columns below them."""
    for place, column in enumerate(kind.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = column.width
        dimension.protection = FREE
        if column.number_format == "@":
            dimension.number_format = "@"
    sheet.freeze_panes = f"A{ABOVE + 2}"
    sheet.row_dimensions[ABOVE + 1].height = 34
    sheet.protection.sheet = True
    for name in ("formatColumns", "formatRows", "formatCells", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, name, False)  # Excel's own word: False is not forbidden
    lines = (f"{kind.th} · {kind.en}{f' · {subject}' if subject else ''}", kind.about_th, kind.about_en)
    for number, line in enumerate(lines):
        cell = WriteOnlyCell(sheet, line)
        cell.font = Font(bold=True, size=14) if number == 0 else Font(color="555555")
        sheet.append([cell])
    sheet.append([])
    sheet.append([_heading(sheet, column) for column in kind.columns])


def _heading(sheet: Any, column: Column) -> Any:
    cell = WriteOnlyCell(sheet, column.heading)
    cell.font, cell.fill = Font(bold=True), HEAD_FILL
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.comment = Comment(f"{column.note_th}\n{column.note_en}", "Lakthan", height=90, width=280)
    return cell


def _style(sheet: Any, column: Column) -> int:
    """The number of the style of the cells of a column."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=column.width >= 30)
    cell.protection = FREE
    cell.number_format = column.number_format
    if column.is_fixed:
        cell.fill = FIXED_FILL
    return cell.style_id


def _lists(sheet: Any, kind: Kind, first: int, last: int) -> None:
    """The lists to choose from, as lists of Excel; another word is warned of, and read if it is known."""
    place = 0
    for number, column in enumerate(kind.columns, start=1):
        if column.names is None:
            continue
        place += 1
        letter, source = get_column_letter(number), get_column_letter(place)
        rule = DataValidation("list", f"'{LISTS}'!${source}$2:${source}${1 + len(column.names)}", allow_blank=True)
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.add(f"{letter}{first}:{letter}{last}")
        sheet.data_validations.append(rule)


def _write_notes(sheet: Any, kind: Kind) -> None:
    for letter, width in zip("ABCD", (34, 12, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    bold, wrapped = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    head = [WriteOnlyCell(sheet, word) for word in ("คอลัมน์ · Column", "ต้องกรอก", "คำอธิบาย", "Explanation")]
    for cell in head:
        cell.font, cell.fill = bold, HEAD_FILL
    sheet.append(head)
    for column in kind.columns:
        words = (f"คอลัมน์ {column.heading}", "ต้องกรอก" if column.must_hold else "", *_notes(column))
        cells = [WriteOnlyCell(sheet, word) for word in words]
        for cell in cells:
            cell.alignment = wrapped
        sheet.append(cells)


def _notes(column: Column) -> Iterator[str]:
    allowed = column.names or {}
    fixed = ("ใช้ระบุรายการ ไม่ควรแก้ ", "Says which record the row is. ") if column.is_fixed else ("", "")
    for note, before, words in zip(
        (column.note_th, column.note_en),
        fixed,
        zip(*allowed.values(), strict=True) if allowed else ((), ()),
        strict=True,
    ):
        listed = ", ".join(words)
        yield f"{before}{note} ({listed})" if listed else f"{before}{note}"


def _write_lists(sheet: Any, kind: Kind) -> None:
    """One column for each list, its first row the heading."""
    listed = [column for column in kind.columns if column.names is not None]
    for number in range(1, len(listed) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 30
    sheet.append([f"รายการ {column.th}" for column in listed])
    words = [[th for th, _ in (column.names or {}).values()] for column in listed]
    for place in range(max(map(len, words), default=0)):
        sheet.append([column[place] if place < len(column) else None for column in words])
