"""What a printed report holds: plain data, complete, ready to be set.

Texts are plain; each line of a text is a paragraph and is printed exactly as it stands. A text that is empty was not
reported, and the paper says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from lakthan.core.figure import NoValue, Number
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.annex import Annex
from lakthan.rules.workflow import State


class Level(StrEnum):
    """Level of success that the indicator measures; unknown ticks neither box."""

    UNKNOWN = "unknown"
    OUTPUT = "output"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan linkage: เป้าประสงค์ที่ : เป้าหมายที่ ๕.๒.๑ ..."""

    label: str
    text: str
    cut_at: int | None = None
    """Where an old print cut the text: what stands behind was completed from the plan and is marked. None: not cut."""
    remark: str = ""
    """Printed below the line, for example that its place in the plan is inferred."""


@dataclass(frozen=True, slots=True)
class ComputedFigure:
    """A figure computed from records.

    `value` and `target` are rounded for display and have as many decimals as they are shown with; `value` is None where
    `reason` says why there is none. `scale` is 100 for a percentage. `unit` is the unit of measure (ร้อยละ), `noun` what
    numerator and denominator count (สำนักงานเขต).
    """

    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    as_of: date
    unit: str = ""
    noun: str = ""
    target: Decimal | None = None
    met: bool | None = None
    reason: NoValue | None = None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class QuarterPart:
    """A quarter: what was reported for it (section 6.1 to 6.4), and what the records say.

    Work progress and the measured value are two series: `progress` is what the reporter gave in percent, None where not
    given, and the value is that of `figure`.
    """

    number: int
    narrative: str
    figure: ComputedFigure | None = None
    progress: int | None = None
    reported: bool = True
    """Whether anything was reported for the quarter at all."""
    notes: tuple[str, ...] = ()
    """Dated notes, each a line that begins with its day; they stand below the narrative."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block. Empty fields become dots to write on."""

    role: str = "ผู้รายงานข้อมูล"
    name: str = ""
    position: str = ""
    acting_for: str = ""
    """ปฏิบัติราชการแทน ..., รักษาราชการแทน ..., with the number of the order, in full."""
    as_printed: tuple[str, ...] = ()
    """The lines of an imported print, printed in place of those made from the fields above."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A quarter or year report in the form of Part 2 (results by indicator).

    `quarter` is None for the report of the whole year. `quarters` are those with numbers to show, in order: all four
    for a year's report; for a quarter's those up to its own, whose narrative alone it prints.
    """

    agency: str
    indicator_code: str
    indicator_name: str
    fiscal_year: FiscalYear
    quarter: int | None
    state: State
    report_id: str
    printed_at: datetime
    """With a time zone; also the date of the file, so that the same paper is always the same bytes."""
    level: Level = Level.UNKNOWN
    plan_lines: tuple[PlanLine, ...] = ()
    definitions: str = ""
    method: str = ""
    formula_sentence: str = ""
    """The formula that is computed, said in one sentence by the system."""
    target: str = ""
    """As on the form: 80 (ร้อยละ)."""
    result: str = ""
    """The result as typed by the reporter: 86 (ร้อยละ)."""
    figure: ComputedFigure | None = None
    """The headline computed from records, shown beside `result`."""
    decisions: tuple[str, ...] = ()
    """What was decided about the indicator and its target, each with its document, in full."""
    quarters: tuple[QuarterPart, ...] = ()
    year_summary: str = ""
    supporting_factors: str = ""
    obstacles: str = ""
    evidence: str = ""
    """One item a line; the form numbers them."""
    certification: str = ""
    """The sentence above the signature; empty for that of the form."""
    footer: str = ""
    """The line of Part 2, without its stars; empty for that of the form."""
    signature: Signature = Signature()
    notes: tuple[str, ...] = ()
    """Said at the foot of every page: demonstration data, simulated clock."""
    annex: Annex | None = None
    """Who counted in the headline figure and who did not."""
    thai_digits: bool = False
    """Whether the numbers that the system writes are in Thai digits; text that people wrote stays as it is."""
    protected_terms: tuple[str, ...] = ()
    """Names that a line must not break in, besides those that `no_break` knows."""


def paragraphs(text: str) -> Iterator[str]:
    """The lines of a text that hold anything, exactly as they stand but for white space at their ends."""
    return (line.strip() for line in text.splitlines() if line.strip())
