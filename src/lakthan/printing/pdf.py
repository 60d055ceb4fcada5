"""A paper as PDF/A-3a and PDF/UA-1: tagged, in Thai, with text that can be read back exactly.

The same paper gives the same bytes, whenever and however often it is printed.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from lakthan.printing import form
from lakthan.printing.artifacts import mark_running_lines_as_artifacts
from lakthan.printing.composition import report_document
from lakthan.printing.document import Document
from lakthan.printing.html import document_html
from lakthan.printing.paper import Paper
from lakthan.printing.pdf_ua import declare_pdf_ua
from lakthan.printing.setter import set_html
from lakthan.printing.thai_font import FontSet
from lakthan.printing.to_unicode import rewrite_to_unicode

OBJECT_STREAMS = pikepdf.ObjectStreamMode.generate


@dataclass(frozen=True, slots=True)
class PageLines:
    """What a page says besides the report: a reader of the text takes these away to compare the rest."""

    page: int
    head: tuple[str, ...]
    foot: tuple[str, ...]


def render_pdf(paper: Paper, fonts: FontSet) -> bytes:
    """A report as PDF/A-3a and PDF/UA-1; the same bytes for the same paper and fonts."""
    return document_pdf(report_document(paper), fonts)


def document_pdf(document: Document, fonts: FontSet) -> bytes:
    """Any document as PDF/A-3a and PDF/UA-1; the same bytes for the same document and fonts."""
    return readable_pdf(document_html(document), fonts)


def running_lines(paper: Paper, pdf: bytes) -> tuple[PageLines, ...]:
    """The running head and foot lines of each page of a paper's PDF, as the page prints them."""
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = len(document.pages)
    said = form.running(paper)
    return tuple(
        PageLines(page, said.marked_head, (*said.foot, form.page_number(paper, page, pages)))
        for page in range(1, pages + 1)
    )


def readable_pdf(html: str, fonts: FontSet) -> bytes:
    """A document set in the printing fonts, with every glyph's meaning written into the file."""
    with _collector_at_rest(), pikepdf.open(BytesIO(set_html(html, fonts))) as pdf:
        rewrite_to_unicode(pdf, fonts.family, fonts.meanings)
        mark_running_lines_as_artifacts(pdf)
        return _finished(pdf)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let no garbage be looked for among the hundred thousand boxes of a paper, none of which is garbage yet."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _finished(pdf: pikepdf.Pdf) -> bytes:
    declare_pdf_ua(pdf)
    finished = BytesIO()
    pdf.save(finished, deterministic_id=True, object_stream_mode=OBJECT_STREAMS, fix_metadata_version=False)
    return finished.getvalue()
