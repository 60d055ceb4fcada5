"""Tables of a Word file, written as the format has them: a long one has hundreds of rows."""

import re
from collections.abc import Iterator
from itertools import chain
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from lakthan.printing.blocks import Cell, Column, Row, Table

TABLE_WIDTH = 9354
"""Twentieths of a point: the 165 mm between the margins."""
LINE = 'w:val="single" w:sz="4" w:color="C5CFCA"'
BORDERS = f"<w:tblBorders><w:bottom {LINE}/><w:insideH {LINE}/></w:tblBorders>"
HEAD, LABEL = "E6EEEA", "F3F6F4"
TABLE_TEXT, TEXT_SIZE = "TableText", 12
"""The style of cells, and its size in points."""
MARGIN = 62
"""Left and right of a cell's text."""
LETTER = TEXT_SIZE * 11
"""The width of a letter or digit in the fonts that stand in for TH Sarabun New, which are half as wide again."""
LONGEST_THAI_WORD = 8
"""Letters; Thai has no spaces, and a line may break between words."""
MARGINS = f'<w:tblCellMar><w:left w:w="{MARGIN}" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/></w:tblCellMar>'
KEPT_WHOLE = 8
"""Rows; a table of no more stands on one page."""
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")


def table_element(table: Table) -> CT_Tbl:
    """The table: its head on every page, no row parted, a label kept with its rows."""
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblPr><w:tblW w:w="{TABLE_WIDTH}" w:type="dxa"/>{BORDERS}<w:tblLayout w:type="fixed"/>{MARGINS}'
        f'<w:tblLook w:firstRow="1" w:firstColumn="1"/><w:tblCaption w:val="{_quoted(table.caption)}"/></w:tblPr>'
    )
    rows = "".join(_rows(table, widths))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")


def _widths(table: Table) -> list[int]:
    """The shares of the columns, but none so narrow that a number, code or word in it must break."""
    least = [_least(table, at) for at in range(len(table.columns))]
    narrow: set[int] = set()
    while True:
        free = [at for at in range(len(table.columns)) if at not in narrow]
        room = TABLE_WIDTH - sum(least[at] for at in narrow)
        whole = sum(table.columns[at].share for at in free)
        widths = [
            least[at] if at in narrow else room * column.share // whole for at, column in enumerate(table.columns)
        ]
        short = {at for at in free if widths[at] < least[at]}
        if not short or len(short) == len(free):
            return widths
        narrow |= short


def _least(table: Table, at: int) -> int:
    """The width that a column needs for its longest piece in which a line must not break."""
    rows = chain.from_iterable(group.rows for group in table.groups)
    cells = (row[at].text for row in rows if len(row) == len(table.columns))
    texts = (table.columns[at].heading, *cells)
    return max(_length(piece) for text in texts for piece in text.split() or [""]) * LETTER + 2 * MARGIN


def _length(piece: str) -> int:
    """Letters of a piece without a space: all of a number or code, no more than a word of Thai."""
    letters = len(_MARKS.sub("", piece))
    return min(letters, LONGEST_THAI_WORD) if _THAI_LETTER.search(piece) else letters


def _rows(table: Table, widths: list[int]) -> Iterator[str]:
    columns = table.columns
    heads = (
        _cell(Cell(column.heading), columns, at, widths, fill=HEAD, bold=True, keep=True)
        for at, column in enumerate(columns)
    )
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    count = sum(len(group.rows) for group in table.groups)
    number = 0
    for group in table.groups:
        if group.label:
            cell = Cell(group.label, span=len(columns))
            yield _row(_cell(cell, columns, 0, widths, fill=LABEL, bold=True, keep=True, left=True))
        for row in group.rows:
            number += 1
            yield _row("".join(_cells(row, columns, widths, keep=number < count <= KEPT_WHOLE)))


def _row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cells(row: Row, columns: tuple[Column, ...], widths: list[int], *, keep: bool) -> Iterator[str]:
    at = 0
    for cell in row:
        yield _cell(cell, columns, at, widths, keep=keep)
        at += cell.span


def _cell(
    cell: Cell,
    columns: tuple[Column, ...],
    at: int,
    widths: list[int],
    *,
    fill: str = "",
    bold: bool = False,
    keep: bool = False,
    left: bool = False,
) -> str:
    width = sum(widths[at : at + cell.span])
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    style = f'<w:pStyle w:val="{TABLE_TEXT}"/>' + ("<w:keepNext/>" if keep else "")
    aligned = '<w:jc w:val="right"/>' if columns[at].numeric and not left else ""
    weight = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr><w:p><w:pPr>{style}{aligned}</w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r></w:p></w:tc>'
    )


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
