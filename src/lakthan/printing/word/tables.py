"""Tables of a Word file, written as the format has them: a long one has hundreds of rows."""

from collections.abc import Iterator
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


def table_element(table: Table) -> CT_Tbl:
    """The table: its head on every page, no row parted, a label kept with its rows."""
    widths = _widths(table.columns)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblPr><w:tblW w:w="{TABLE_WIDTH}" w:type="dxa"/>{BORDERS}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="1" w:firstColumn="1"/><w:tblCaption w:val="{_quoted(table.caption)}"/></w:tblPr>'
    )
    rows = "".join(_rows(table, widths))
    return parse_xml(f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")


def _widths(columns: tuple[Column, ...]) -> list[int]:
    whole = sum(column.share for column in columns)
    return [TABLE_WIDTH * column.share // whole for column in columns]


def _rows(table: Table, widths: list[int]) -> Iterator[str]:
    columns = table.columns
    heads = (
        _cell(Cell(column.heading), columns, at, widths, fill=HEAD, bold=True) for at, column in enumerate(columns)
    )
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
    for group in table.groups:
        if group.label:
            cell = Cell(group.label, span=len(columns))
            yield _row(_cell(cell, columns, 0, widths, fill=LABEL, bold=True, keep=True, left=True))
        for row in group.rows:
            yield _row("".join(_cells(row, columns, widths)))


def _row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cells(row: Row, columns: tuple[Column, ...], widths: list[int]) -> Iterator[str]:
    at = 0
    for cell in row:
        yield _cell(cell, columns, at, widths)
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
    style = '<w:pStyle w:val="TableText"/>' + ("<w:keepNext/>" if keep else "")
    aligned = '<w:jc w:val="right"/>' if columns[at].numeric and not left else ""
    weight = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr><w:p><w:pPr>{style}{aligned}</w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r></w:p></w:tc>'
    )


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
