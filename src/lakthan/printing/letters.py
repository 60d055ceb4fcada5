"""Thai official letters, each on a page of its own, with an annex behind it where it has one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lakthan.core.dates import format_date
from lakthan.core.digits import to_thai
from lakthan.printing.blocks import Section
from lakthan.printing.html import protected_text, rendered, section_content
from lakthan.printing.pdf import readable_pdf
from lakthan.printing.thai_font import FontSet

DEMONSTRATION = "เอกสารสาธิต ไม่ใช่หนังสือราชการจริง"
FOR_INFORMATION = "จึงเรียนมาเพื่อโปรดทราบ"


@dataclass(frozen=True, slots=True)
class OfficialLetter:
    """One letter. What is empty or None is left as room to write in by hand.

    Numbers that the system writes come in Thai digits; what people wrote stays as they wrote it.
    """

    number: str
    office: str
    """Who sends it."""
    on: date | None
    subject: str
    to: str
    opening: tuple[str, ...]
    """Paragraphs before the items."""
    items: tuple[str, ...] = ()
    """Told one below the other, numbered."""
    further: tuple[str, ...] = ()
    """Paragraphs after the items."""
    closing: str = FOR_INFORMATION
    signer: str = ""
    """The position of whoever signs."""
    division: str = ""
    """Who answers questions, above the telephone number."""
    enclosure: str = ""
    """สิ่งที่ส่งมาด้วย."""
    annex: tuple[Section, ...] = ()
    protected_terms: tuple[str, ...] = ()
    is_demonstration: bool = False


def print_letters(letters: Sequence[OfficialLetter], title: str, fonts: FontSet) -> bytes:
    """The letters as one PDF; the same bytes for the same letters and fonts."""
    return readable_pdf(letters_html(letters, title), fonts)


def letters_html(letters: Sequence[OfficialLetter], title: str) -> str:
    """The letters as a document without styles; all texts escaped."""
    return rendered("letters.html", {"letters": [_content(letter) for letter in letters], "title": title})


def _content(letter: OfficialLetter) -> dict[str, object]:
    names = letter.protected_terms

    def said(texts: Sequence[str]) -> list[str]:
        return [protected_text(text, names) for text in texts]

    return {
        "mark": DEMONSTRATION if letter.is_demonstration else "",
        "number": to_thai(letter.number),
        "office": letter.office,
        "on": to_thai(format_date(letter.on)) if letter.on else "",
        "subject": protected_text(letter.subject, names),
        "to": protected_text(letter.to, names),
        "enclosure": protected_text(letter.enclosure, names),
        "opening": said(letter.opening),
        "items": [(to_thai(str(number)), text) for number, text in enumerate(said(letter.items), start=1)],
        "further": said(letter.further),
        "closing": letter.closing,
        "signer": letter.signer,
        "division": letter.division,
        "annex": [section_content(section, names) for section in letter.annex],
    }
