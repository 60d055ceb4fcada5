"""A paper that is no report: a plan, a list, a letter, set with the same letters, running lines and tables."""

from dataclasses import dataclass
from datetime import datetime

from lakthan.printing.blocks import Composition


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed, with what stands at the head and the foot of every page."""

    body: Composition
    agency: str
    head: tuple[str, ...]
    """Lines at the head of every page; the agency, and what the paper is about."""
    foot: tuple[str, ...]
    """Lines at the foot of every page, without the page number."""
    printed_at: datetime
    """With a time zone; also the date of the file, so that the same paper is always the same bytes."""
    mark: str = ""
    """Said at the head of every page: a draft, a form to fill in."""
    protected_terms: tuple[str, ...] = ()
    """Names that a line must not break in, besides those that `no_break` knows."""
