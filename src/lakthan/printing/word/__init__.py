"""A paper as a Word file: the same content in the same order, to be edited (docs/paper.md)."""

from lakthan.printing.word.document import document_docx, render_docx

__all__ = ["document_docx", "render_docx"]
