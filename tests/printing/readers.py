"""What other programs read out of a PDF, page by page: the engines behind most viewers, indexes and converters."""

import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

import pymupdf
import pypdf
import pypdfium2
import pytest

from lakthan.printing.pdf import PageLines

Pages = list[str]


def by_pdftotext_raw(pdf: bytes) -> Pages:
    """Poppler in the order of the content stream."""
    return _pdftotext(pdf, "-raw")


def by_pdftotext(pdf: bytes) -> Pages:
    """Poppler sorting words by their places, its default."""
    return _pdftotext(pdf)


def by_pypdf(pdf: bytes) -> Pages:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages]


def by_mupdf(pdf: bytes) -> Pages:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [page.get_text() for page in document]


def by_pdfium(pdf: bytes) -> Pages:
    """PDFium, which is Chrome's reader."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


READERS: Mapping[str, Callable[[bytes], Pages]] = MappingProxyType(
    {
        "pdftotext -raw": by_pdftotext_raw,
        "pdftotext": by_pdftotext,
        "pypdf": by_pypdf,
        "MuPDF": by_mupdf,
        "PDFium": by_pdfium,
    }
)


def squashed(text: str) -> str:
    """The text in NFC without white space, as which the reading is compared with what was set."""
    return "".join(unicodedata.normalize("NFC", text).split())


def whole(pages: Pages) -> str:
    """The text of all pages, squashed."""
    return squashed("".join(pages))


def report_text(pages: Pages, told: tuple[PageLines, ...]) -> str:
    """The text of all pages, squashed, without the running lines that are told of each."""
    return "".join(_without(squashed(page), lines) for page, lines in zip(pages, told, strict=True))


def _without(page: str, lines: PageLines) -> str:
    """A page without its running lines, each taken away once: the last of its like, for they are drawn at the end."""
    for line in (*lines.head, *lines.foot):
        before, found, after = page.rpartition(squashed(line))
        assert found, line
        page = before + after
    return page


def _pdftotext(pdf: bytes, *options: str) -> Pages:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    command = [program, *options, "-enc", "UTF-8", "-", "-"]
    read = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603
    return read.split("\f")[:-1]
