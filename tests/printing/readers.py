"""What other programs read out of a PDF: the engines behind most viewers, search indexes and converters."""

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


def by_pdftotext_raw(pdf: bytes) -> str:
    """Poppler in the order of the content stream."""
    return _pdftotext(pdf, "-raw")


def by_pdftotext(pdf: bytes) -> str:
    """Poppler sorting words by their places, its default."""
    return _pdftotext(pdf)


def by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def by_mupdf(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return "\n".join(page.get_text() for page in document)


def by_pdfium(pdf: bytes) -> str:
    """PDFium, which is Chrome's reader."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
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


def _pdftotext(pdf: bytes, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    command = [program, *options, "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603
