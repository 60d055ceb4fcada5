"""Letters to communities about what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lakthan.core.digits import to_thai
from lakthan.printing import letter_words
from lakthan.printing.letter_words import Decision
from lakthan.printing.letters import OfficialLetter

DIVISION = "ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one community. `number` and `on` are None where they are written in by hand."""

    district: str
    """Without สำนักงานเขต."""
    community: str
    fiscal_year: int
    decisions: tuple[Decision, ...]
    number: str | None
    on: date | None
    ask_days: int
    """Days in which another look can be asked for."""
    ask_until: date | None = None
    """Its last day; None while the letter has no day."""
    is_demonstration: bool = False


def decision_letters(letters: Sequence[Letter]) -> tuple[OfficialLetter, ...]:
    """The letters as they are printed."""
    return tuple(map(_official, letters))


def letters_title(letters: Sequence[Letter]) -> str:
    """What the file of the letters is called in its properties."""
    return f"แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน สำนักงานเขต{letters[0].district}" if letters else ""


def _official(letter: Letter) -> OfficialLetter:
    office, director = f"สำนักงานเขต{letter.district}", f"ผู้อำนวยการเขต{letter.district}"
    year, decisions = to_thai(str(letter.fiscal_year)), letter.decisions
    ask = letter_words.asking(letter.ask_days, letter.ask_until, to_thai)
    return OfficialLetter(
        number=letter.number or "",
        office=office,
        on=letter.on,
        subject=letter_words.subject(decisions, year),
        to=f"ประธานกรรมการ{letter_words.named(letter.community)}",
        opening=(letter_words.opening(decisions, letter.district, letter.community, year, to_thai),),
        items=tuple(letter_words.said(decision, to_thai) for decision in decisions),
        further=tuple(letter_words.paragraphs_after(decisions, ask)),
        signer=director,
        division=DIVISION,
        protected_terms=(office, letter.community, director),
        is_demonstration=letter.is_demonstration,
    )
