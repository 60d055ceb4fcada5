"""The rows of a workbook that may have hundreds of thousands: put as text into the sheet that openpyxl has begun.

An object for each cell costs nine tenths of the time. So openpyxl makes the workbook with all that is designed in it,
and the rows, which are text, numbers and days in the styles of their columns, are written beside it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from shutil import copyfileobj
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.writer.excel import save_workbook

from lakthan.exchange.sheets.cells import Value
from lakthan.exchange.sheets.kinds import Column

LONGEST_CELL = 32_767
"""Characters of a cell, in Excel."""
END_OF_ROWS = b"</sheetData>"
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""
_day = lru_cache(4096)(to_excel)


@dataclass(frozen=True, slots=True)
class Styled:
    """A column, and the number that the workbook gave to the style of its cells."""

    column: Column
    style: int


def write_rows(into: IO[bytes], columns: Sequence[Styled], rows: Iterable[Mapping[str, Value]], first: int) -> int:
    """Write the rows as the text of a sheet from row `first` on, and give how many they were."""
    places = [
        (styled.column.key, styled.column.names, get_column_letter(number), f'" s="{styled.style}"')
        for number, styled in enumerate(columns, start=1)
    ]
    count = 0
    for row in rows:
        here = first + count
        cells = [f'<c r="{letter}{here}{style}{_said(row.get(key), names)}' for key, names, letter, style in places]
        into.write(f'<row r="{here}">{"".join(cells)}</row>'.encode())
        count += 1
    return count


def _said(value: Value, names: Mapping[str, tuple[str, str]] | None) -> str:
    """What a cell says, and its end. A text stays one where it begins with a sign that Excel takes for a formula."""
    if value is None:
        return "/>"
    if isinstance(value, str):
        said = _UNFIT.sub("", names[value][0] if names else value)[:LONGEST_CELL]
        said = escape(said, quote=False).replace("\r", "&#13;")
        return f' t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    return f"><v>{_day(value) if isinstance(value, date) else value}</v></c>"


def save_with_rows(book: Workbook, sheet: Any, rows: IO[bytes], into: IO[bytes], now: datetime) -> None:
    """Save a workbook with the rows, read from their beginning, behind those that its sheet has already."""
    plain = BytesIO()
    save_workbook(book, plain)
    rows.seek(0)
    with ZipFile(plain) as parts, ZipFile(into, "w", ZIP_DEFLATED) as package:
        for name in parts.namelist():
            content = parts.read(name)
            info = ZipInfo(name, now.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            with package.open(info, "w") as part:
                if name == sheet.path.lstrip("/"):
                    above, end, below = content.rpartition(END_OF_ROWS)
                    part.write(above)
                    copyfileobj(rows, part, 1 << 20)
                    content = end + below
                part.write(content)
