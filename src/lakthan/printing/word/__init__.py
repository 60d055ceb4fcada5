"""A paper as a Word file: the same content in the same order, to be edited (docs/paper.md)."""

from lakthan.printing.word.document import render_docx, render_office_docx

__all__ = ["render_docx", "render_office_docx"]
