"""A paper as HTML: the document that the PDF is made from, and the article that a page of the site shows."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lakthan.core.dates import BANGKOK
from lakthan.printing import form
from lakthan.printing.blocks import (
    Block,
    Chart,
    Column,
    CompletedLine,
    Composition,
    Row,
    Section,
    Table,
    Text,
    TextKind,
)
from lakthan.printing.chart import drawing
from lakthan.printing.composition import compose
from lakthan.printing.document import Document
from lakthan.printing.no_break import may_break_between, split_terms
from lakthan.printing.paper import Paper

HERE = Path(__file__).parent
ZERO_WIDTH_SPACE = "\u200b"
SHORTEST_LINE = 45
"""Characters that fit on any line of the printed page: what ends within them ends in the first line."""
GROUPS = frozenset(
    {TextKind.BOXES, TextKind.FIGURE, TextKind.FIGURE_MET, TextKind.FIGURE_NOT_MET, TextKind.SIGNATURE},
)
"""Kinds whose paragraphs stand in a box or in a place of their own."""
# What no page has a glyph for and HTML has no place for: control characters and lone halves of pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def _engine() -> Engine:
    """A template engine of our own: printing works without Django settings."""
    return Engine(dirs=[str(HERE / "templates")], autoescape=True)


def document_html(document: Document) -> str:
    """The whole document without styles, from which the PDF is made; all texts escaped."""
    running = document.running
    head = {
        "running": running,
        "printed_at": running.printed_at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        "digits": "thai-digits" if running.thai_digits else "",
    }
    return rendered("paper.html", head | _content(document.body, document.protected_terms))


def paper_article(paper: Paper) -> SafeString:
    """The content of a paper as an `article` for a page of the site: without running lines; all texts escaped."""
    return mark_safe(rendered("article.html", _content(compose(paper), paper.protected_terms)))  # noqa: S308 - every text was escaped by its template


def rendered(template: str, context: dict[str, object]) -> str:
    """A template of this room with what it shows, without what no page has a glyph for."""
    return _UNPRINTABLE.sub("", _engine().get_template(template).render(Context(context)))


def _content(composition: Composition, names: tuple[str, ...]) -> dict[str, object]:
    return {
        "heading": composition.title,
        "subtitle": composition.subtitle,
        "facts": [(label, _fact(text, names)) for label, text in composition.facts],
        "sections": [section_content(section, names) for section in composition.sections],
        "closing": [_block(block, names) for block in composition.closing],
        "annex": [section_content(section, names) for section in composition.annex],
    }


def section_content(section: Section, names: tuple[str, ...]) -> dict[str, object]:
    """A section as `section.html` takes it; all texts escaped."""
    return {
        "tag": f"h{section.depth + 1}",
        "heading": protected_text(section.heading, names),
        "blocks": [_block(block, names) for block in section.blocks],
    }


def _block(block: Block, names: tuple[str, ...]) -> dict[str, object]:
    """A block with the name of its template."""
    match block:
        case Text(TextKind.SIGNATURE, lines):
            return _text(block.kind, [_to_write_on(line) for line in lines])
        case Text(kind, lines):
            return _text(kind, [protected_text(line, names) for line in lines])
        case CompletedLine():
            line = format_html('{}<span class="completed">{}</span>', protected_text(block.head, names), block.tail)
            return {"template": "completed.html", "line": line, "mark": block.mark}
        case Table():
            return {"template": "table.html", "table": block, "widths": _widths(block), "groups": _groups(block)}
        case Chart():
            return {"template": "chart.html", "chart": drawing(block)}


def _fact(text: str, names: tuple[str, ...]) -> SafeString:
    """A fact, or a line to write it on."""
    return _to_write_on(text) if text == form.DOTS else protected_text(text, names)


def _text(kind: TextKind, lines: Sequence[SafeString]) -> dict[str, object]:
    return {"template": "group.html" if kind in GROUPS else "text.html", "kind": kind.value, "lines": lines}


def _widths(table: Table) -> list[str]:
    """The widths of the columns as attributes, which a page may have where it may have no style."""
    whole = sum(column.share for column in table.columns)
    return [f"{100 * column.share / whole:.2f}%" for column in table.columns]


def _groups(table: Table) -> list[dict[str, object]]:
    """The row groups of a table with each cell's column, whose alignment it has."""
    return [
        {"label": group.label, "rows": [_placed(row, table.columns) for row in group.rows]} for group in table.groups
    ]


def _placed(row: Row, columns: Sequence[Column]) -> list[dict[str, object]]:
    placed, at = [], 0
    for cell in row:
        placed.append({"cell": cell, "numeric": columns[at].numeric})
        at += cell.span
    return placed


def _to_write_on(text: str) -> SafeString:
    """Escaped text whose dots are a line, long enough for a signature or a number."""
    before, dots, after = text.partition(form.DOTS)
    blank = format_html('<span class="blank">{}</span>', dots) if dots else ""
    return format_html("{}{}{}", before, blank, after)


def protected_text(text: str, names: tuple[str, ...]) -> SafeString:
    """Escaped text with a span around each term that a line could break in, and room to break beside it."""
    html: list[str] = []
    before, length = "", 0
    for piece, whole in split_terms(text, names):
        length += len(piece)
        in_first_line = length <= SHORTEST_LINE
        if may_break_between(before, piece) and not in_first_line:
            html.append(ZERO_WIDTH_SPACE)
        html.append(format_html('<span class="term">{}</span>', piece) if whole and not in_first_line else piece)
        before = piece
    return format_html_join("", "{}", ((piece,) for piece in html))
