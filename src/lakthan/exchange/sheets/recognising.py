"""Which kind of table a file holds, where nobody says so: told by the name of its sheet, or by its headings."""

import csv
import io
import zipfile
from collections.abc import Iterable
from io import BytesIO

from lakthan.apps.evidence.office import DAMAGED
from lakthan.exchange.sheets.kinds import Kind
from lakthan.exchange.sheets.package import sheets_of
from lakthan.exchange.sheets.records import has_headings
from lakthan.exchange.workbooks import LONGEST_TITLE

HEADING_BYTES = 16_000
"""Of a CSV file, within which its headings stand."""


def recognised(kinds: Iterable[Kind], content: bytes) -> Kind | None:
    """The one kind whose workbook, or whose CSV, this is; None where none or several could be meant."""
    listed = list(kinds)
    titles = _titles(content)
    if titles is None:
        cells = _first_cells(content)
        found = [kind for kind in listed if has_headings(kind, cells)]
    else:
        found = [kind for kind in listed if kind.th[:LONGEST_TITLE] in titles]
    return found[0] if len(found) == 1 else None


def _titles(content: bytes) -> set[str] | None:
    """The names of the sheets of a workbook, none where it is damaged; None where it is no workbook."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return {title for title, _ in sheets_of(package)}
    except (*DAMAGED, KeyError, RuntimeError):  # the last where a part is encrypted
        return set()


def _first_cells(content: bytes) -> list[str]:
    text = content[:HEADING_BYTES].decode("utf-8-sig", errors="replace")
    try:
        return next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error:
        return []
