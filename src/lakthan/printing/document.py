"""Anything that is printed: a report, a plan, a register, a memo. Plain data, complete, ready for every format."""

from dataclasses import dataclass
from datetime import datetime

from lakthan.core.dates import format_datetime
from lakthan.printing.blocks import Composition


@dataclass(frozen=True, slots=True)
class Running:
    """What every page of a document says, and the properties of its file."""

    title: str
    agency: str
    printed_at: datetime
    """With a time zone; also the date of the file, so that the same document is always the same bytes."""
    head: tuple[str, ...]
    """Lines at the head of every page: the agency, and what the document is about."""
    foot: tuple[str, ...]
    """Lines at the foot of every page, without the page number."""
    mark: str = ""
    """Said above the head of every page, such as ฉบับร่าง; empty for none."""
    thai_digits: bool = False
    """Whether pages are numbered in Thai digits."""

    @property
    def marked_head(self) -> tuple[str, ...]:
        """The head as pages show it, with the mark."""
        return (self.mark, *self.head) if self.mark else self.head


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed, and what stands on every page around it."""

    body: Composition
    running: Running
    protected_terms: tuple[str, ...] = ()
    """Names that a line must not break in, besides those that `no_break` knows."""


def office_running(
    title: str,
    agency: str,
    subject: str,
    printed_at: datetime,
    *,
    number: str = "",
    mark: str = "",
    notes: tuple[str, ...] = (),
) -> Running:
    """The lines of a paper of an office: agency and subject above; its number, when it was printed, and notes below."""
    printed = f"{number} พิมพ์เมื่อ {format_datetime(printed_at)}".strip()
    return Running(title, agency, printed_at, (agency, subject), (printed, *notes), mark)
