"""Files as answers: papers that are shown in the browser, workbooks and Word files that are kept."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lakthan.exchange.workbooks import MEDIA_TYPE as XLSX
from lakthan.printing.thai_font import FontSet, built_fonts

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A paper, shown; saved under its name."""
    return _answer(content, PDF, name, is_kept=False)


def word_answer(content: bytes, name: str) -> HttpResponse:
    """A Word file to edit."""
    return _answer(content, DOCX, name)


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """An Excel workbook."""
    return _answer(content, XLSX, name)


def csv_answer(content: str, name: str) -> HttpResponse:
    """A table as CSV, with the mark by which Excel knows UTF-8."""
    return _answer(content.encode("utf-8-sig"), CSV, name)


def printing_fonts() -> FontSet:
    """The fonts that papers are printed in, built once in the home."""
    return built_fonts(settings.HOME / "cache")


def _answer(content: bytes, media_type: str, name: str, *, is_kept: bool = True) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=is_kept, filename=name) or ""
    return answer
