"""A paper as PDF/A-3a and PDF/UA-1: tagged, in Thai, with text that can be read back exactly.

The same paper gives the same bytes, whenever and however often it is printed.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from lakthan.printing import form
from lakthan.printing.artifacts import mark_running_lines_as_artifacts
from lakthan.printing.html import paper_html
from lakthan.printing.paper import Paper
from lakthan.printing.pdf_ua import declare_pdf_ua
from lakthan.printing.thai_font import FontSet
from lakthan.printing.to_unicode import rewrite_to_unicode

STYLES = Path(__file__).parent / "styles"
OBJECT_STREAMS = pikepdf.ObjectStreamMode.generate


@dataclass(frozen=True, slots=True)
class PageLines:
    """What a page says besides the report: a reader of the text takes these away to compare the rest."""

    page: int
    head: tuple[str, ...]
    foot: tuple[str, ...]


def render_pdf(paper: Paper, fonts: FontSet) -> bytes:
    """The paper as PDF/A-3a and PDF/UA-1; the same bytes for the same paper and fonts."""
    return readable_pdf(paper_html(paper), fonts)


def running_lines(paper: Paper, pdf: bytes) -> tuple[PageLines, ...]:
    """The running head and foot lines of each page of a paper's PDF, as the page prints them."""
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = len(document.pages)
    mark = form.state_mark(paper)
    head = ((mark,) if mark else ()) + form.running_head(paper)
    foot = form.running_foot(paper)
    return tuple(PageLines(page, head, (form.page_number(page, pages), *foot)) for page in range(1, pages + 1))


def readable_pdf(html: str, fonts: FontSet) -> bytes:
    """A document set in the printing fonts, with every glyph's meaning written into the file."""
    font_config = FontConfiguration()
    styles = [
        weasyprint.CSS(string=_font_faces(fonts), font_config=font_config),
        weasyprint.CSS(filename=STYLES / "paper.css", font_config=font_config),
    ]
    # A paper holds its whole content: nothing that its text might name is fetched.
    document = weasyprint.HTML(string=html, url_fetcher=weasyprint.URLFetcher(allowed_protocols=()))
    with warnings.catch_warnings():
        # WeasyPrint 70 leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        raw = document.write_pdf(stylesheets=styles, font_config=font_config, pdf_variant="pdf/a-3a")
    with pikepdf.open(BytesIO(raw)) as pdf:
        rewrite_to_unicode(pdf, fonts.family, fonts.meanings)
        mark_running_lines_as_artifacts(pdf)
        declare_pdf_ua(pdf)
        finished = BytesIO()
        pdf.save(finished, deterministic_id=True, object_stream_mode=OBJECT_STREAMS, fix_metadata_version=False)
    return finished.getvalue()


def _font_faces(fonts: FontSet) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{fonts.family}"; font-weight: {face.weight}; src: url("{face.path.as_uri()}") }}'
        for face in fonts.faces
    )
