"""A document set by WeasyPrint, from HTML to a PDF that is then finished by `pdf`."""

import atexit
import threading
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lakthan.printing.thai_font import FontSet

if TYPE_CHECKING:
    # It loads libraries of the system: where they are missing, `lakthan doctor` and all pages but papers still work.
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

STYLES = Path(__file__).parent / "styles"
VARIANT = "pdf/a-3a"
_one_at_a_time = threading.Lock()
"""Pango's fonts are for one thread and filters of warnings for the whole process, so papers are set in turn."""


@dataclass(frozen=True, slots=True)
class _Styles:
    """The style sheets read for one set of fonts, which belong to the configuration that they were read into."""

    configuration: "FontConfiguration"
    sheets: "tuple[weasyprint.CSS, ...]"


def set_html(html: str, fonts: FontSet) -> bytes:
    """The PDF that WeasyPrint makes of a document, in the printing fonts; nothing is fetched for it."""
    import weasyprint

    # A paper holds its whole content: nothing that its text might name is fetched.
    nothing = weasyprint.URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=html, url_fetcher=nothing)
    with _one_at_a_time, warnings.catch_warnings():
        styles = _styles(_font_faces(fonts))
        # WeasyPrint 70 leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf: bytes = document.write_pdf(
            finisher=_give_scopes,
            stylesheets=styles.sheets,
            font_config=styles.configuration,
            pdf_variant=VARIANT,
            presentational_hints=True,  # the widths of columns are attributes
            uncompressed_pdf=True,  # it is compressed when it is finished
        )
    return pdf


@lru_cache(maxsize=4)
def _styles(faces: str) -> _Styles:
    """The style sheets, read once in a process for each set of fonts."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    sheets = (
        weasyprint.CSS(string=faces, font_config=configuration),
        weasyprint.CSS(filename=STYLES / "paper.css", font_config=configuration),
        weasyprint.CSS(filename=STYLES / "letter.css", font_config=configuration),
    )
    return _Styles(configuration, sheets)


# Fonts are given back while the modules that do it are still there.
atexit.register(_styles.cache_clear)


def _font_faces(fonts: FontSet) -> str:
    return "\n".join(
        f'@font-face {{ font-family: "{fonts.family}"; font-weight: {face.weight}; src: url("{face.path.as_uri()}") }}'
        for face in fonts.faces
    )


def _give_scopes(_: object, pdf: Any) -> None:
    """Say of each heading cell whether it heads a column or a row (PDF/UA-1, 7.5).

    WeasyPrint gives cells lists of their headings by identifiers, for which a tree of identifiers would be needed.
    """
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") in ("/TH", "/TD"):
            element.pop("ID", None)
            element["A"].pop("Headers", None)
            if element["S"] == "/TH":
                element["A"]["Scope"] = "/Column" if _in_head(pdf, element) else "/Row"


def _in_head(pdf: Any, cell: Any) -> bool:
    """Whether a cell's row stands in the head of its table."""
    return bool(_parent(pdf, _parent(pdf, cell))["S"] == "/THead")


def _parent(pdf: Any, element: Any) -> Any:
    """The parent of a structure element, which it names as b"12 0 R"."""
    return pdf.objects[int(element["P"].split()[0])]
