"""What is read from a printed report: its fields, where each character went, what was mended and what is doubtful."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from lakthan.core.errors import UserError


class NotAReport(UserError):  # noqa: N818 - it reads as the answer it is: "not a report"
    """The file cannot be read as a printed Part-2 report; the sentence names what is missing."""


class Level(StrEnum):
    """The level of success that section 2 of the form ticks."""

    UNKNOWN = "unknown"
    OUTPUT = "output"
    OUTCOME = "outcome"


class RepairKind(StrEnum):
    """What kind of mending a repair was."""

    ENCODING = "encoding"
    NORMALISED = "normalised"
    LINES_JOINED = "lines-joined"
    ITEMS_PARTED = "items-parted"
    DIGITS = "digits"
    QUOTES = "quotes"
    PLAN_COMPLETED = "plan-completed"


FIELD_NAMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "indicator_name": ("ชื่อตัวชี้วัด", "indicator name"),
        "level": ("ระดับความสำเร็จ", "level of success"),
        "plan_links": ("ความเชื่อมโยงกับแผนพัฒนา กทม.", "plan linkage"),
        "definitions": ("คำนิยาม", "definitions"),
        "method": ("วิธีการคำนวณ", "method of calculation"),
        "target": ("เป้าหมาย", "target"),
        "result": ("ผลงานที่ทำได้", "result"),
        "6.1": ("ไตรมาสที่ 1", "quarter 1"),
        "6.2": ("ไตรมาสที่ 2", "quarter 2"),
        "6.3": ("ไตรมาสที่ 3", "quarter 3"),
        "6.4": ("ไตรมาสที่ 4", "quarter 4"),
        "year_summary": ("สรุปผลการดำเนินงาน", "year summary"),
        "supporting_factors": ("ปัจจัยสนับสนุนการดำเนินงาน", "supporting factors"),
        "obstacles": ("อุปสรรคต่อการดำเนินงาน", "obstacles"),
        "evidence": ("หลักฐานอ้างอิง", "evidence"),
        "certification": ("คำรับรอง", "certification sentence"),
        "footer": ("ข้อความท้ายรายงานส่วนที่ 2", "Part-2 footer line"),
        "signature": ("ช่องลงชื่อ", "signature block"),
        "unplaced": ("ข้อความที่ไม่มีช่องในแบบรายงาน", "text for which the form has no field"),
        "file": ("ไฟล์", "the file"),
    }
)
"""Place -> (Thai, English). A piece lies in one of these places or is furniture (see `form.FURNITURE`)."""


@dataclass(frozen=True, slots=True)
class PlanNodeText:
    """A node of the development plan as text, to hold a printed plan link against.

    `level_name` is the name without ที่ (เป้าหมาย). `certainty` is how sure the text is: "obs" or "observed" where it was
    seen whole; "part", "partial", "inferred" and "paraphrase" complete nothing; any other completes, not confirmed.
    """

    code: str
    level_name: str
    name_th: str
    name_en: str = ""
    certainty: str = "obs"


@dataclass(frozen=True, slots=True)
class PlanLink:
    """One line of the plan linkage.

    `label` is the word of the form (ประเด็นยุทธศาสตร์), `level_name` the level of the node without ที่ (ด้าน), `code` in
    Arabic digits. `as_printed` is all after the label, `text` the same with the whole names where the print cut them;
    the names come from the node `completed_from` then.
    """

    label: str
    level_name: str
    code: str
    name_th: str
    name_en: str
    as_printed: str
    text: str
    completed_from: PlanNodeText | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A target or a result: as printed, and its number and unit where they could be read."""

    as_printed: str
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class QuarterText:
    """What section 6.1 to 6.4 says of one quarter, in paragraphs."""

    number: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` (exclusive) of the input and the place they went to: a field or a furniture kind."""

    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Repair:
    """Something that was changed because it has only one reading.

    `row` is the line of the input, from 1; `start` and `end` are the characters of the input concerned. What was
    typed stays in `before` (shortened to its surroundings where lines were joined or items parted).
    """

    kind: RepairKind
    row: int
    field: str
    before: str
    after: str
    reason_th: str
    reason_en: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something kept as it stands that a person should look at; `suggestion` is a reading in parts, or empty."""

    row: int
    field: str
    text: str
    reason_th: str
    reason_en: str
    suggestion: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A printed Part-2 report, read.

    Prose comes as paragraphs, evidence as items. `text` is the decoded input; `pieces` cover all of it in order.
    `unplaced` holds text that stands where the form has no field; each such line has a doubt.
    """

    indicator_name: str
    level: Level
    plan_links: tuple[PlanLink, ...]
    definitions: tuple[str, ...]
    method: tuple[str, ...]
    target: Measure
    result: Measure
    quarters: tuple[QuarterText, QuarterText, QuarterText, QuarterText]
    year_summary: tuple[str, ...]
    supporting_factors: tuple[str, ...]
    obstacles: tuple[str, ...]
    evidence: tuple[str, ...]
    certification: str
    footer: str
    signature: tuple[str, ...]
    unplaced: tuple[str, ...]
    text: str
    encoding: str
    pieces: tuple[Piece, ...]
    repaired: tuple[Repair, ...]
    doubtful: tuple[Doubt, ...]

    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """Place -> the texts it holds in the order of the paper, for every place that holds text."""
        quarters = {f"6.{quarter.number}": quarter.paragraphs for quarter in self.quarters}
        links = tuple(f"{link.label} {link.as_printed}" for link in self.plan_links)
        return {
            "indicator_name": (self.indicator_name,),
            "plan_links": links,
            "definitions": self.definitions,
            "method": self.method,
            "target": (self.target.as_printed,),
            "result": (self.result.as_printed,),
            **quarters,
            "year_summary": self.year_summary,
            "supporting_factors": self.supporting_factors,
            "obstacles": self.obstacles,
            "evidence": self.evidence,
            "certification": (self.certification,),
            "footer": (self.footer,),
            "signature": self.signature,
            "unplaced": self.unplaced,
        }
