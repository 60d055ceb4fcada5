"""Papers of an office other than reports: a memo, a register. Plain data, complete, ready to be set."""

from dataclasses import dataclass
from datetime import datetime

from lakthan.core.dates import format_datetime
from lakthan.printing.blocks import Section, Text


@dataclass(frozen=True, slots=True)
class Running:
    """What a paper says on every page and in its properties."""

    title: str
    agency: str
    printed_at: datetime
    head: tuple[str, ...]
    foot: tuple[str, ...]
    mark: str = ""
    """Said above the head of every page, such as ฉบับร่าง; empty for none."""


@dataclass(frozen=True, slots=True)
class OfficePaper:
    """A memo (บันทึกข้อความ) or a register (บัญชี) of an office.

    `facts` are its lines of label and text: ส่วนราชการ, ที่, วันที่, เรื่อง. `notes` are said at the foot of every page.
    """

    title: str
    subtitle: str
    agency: str
    subject: str
    """What every page says below the agency."""
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    closing: tuple[Text, ...]
    printed_at: datetime
    mark: str = ""
    notes: tuple[str, ...] = ()
    protected_terms: tuple[str, ...] = ()

    @property
    def running(self) -> Running:
        """The lines of its pages."""
        printed = f"พิมพ์เมื่อ {format_datetime(self.printed_at)}"
        return Running(
            f"{self.title} {self.subject}",
            self.agency,
            self.printed_at,
            (self.agency, self.subject),
            (printed, *self.notes),
            self.mark,
        )
