"""The printing font: Sarabun, changed so that Thai text can be read back from a PDF (docs/thai-pdf.md)."""

from lakthan.printing.thai_font.build import built_fonts
from lakthan.printing.thai_font.font_set import FontFace, FontSet

__all__ = ["FontFace", "FontSet", "built_fonts"]
