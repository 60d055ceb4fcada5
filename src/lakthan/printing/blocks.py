"""What a paper is made of, the same for every format: sections of text, tables and a chart, in order."""

from dataclasses import dataclass
from enum import StrEnum


class TextKind(StrEnum):
    """What a group of paragraphs is; the style sheet knows them by these names."""

    TEXT = "text"
    NOTHING = "nothing"
    NAME = "name"
    BOXES = "boxes"
    PLAN = "plan"
    REMARK = "remark"
    FORMULA = "formula"
    RESULT = "result"
    FIGURE = "figure"
    FIGURE_MET = "figure-met"
    FIGURE_NOT_MET = "figure-not-met"
    CERTIFICATION = "certification"
    PART_LINE = "part-line"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs of one kind, in order."""

    kind: TextKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompletedLine:
    """A paragraph completed from the plan: `head` as printed, `tail` completed, and the `mark` of its footnote."""

    head: str
    tail: str
    mark: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    share: int
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over `span` columns. `words` stand where there is no number, and are no number."""

    text: str
    span: int = 1
    words: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a label of their own, such as a district's; without one where `label` is empty."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings; the first cell of a row heads the row. `name` is its class in the style sheet.

    `caption` is empty where the heading of the section says what the table holds.
    """

    name: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    caption: str = ""


class Standing(StrEnum):
    """What can be said of a quarter's value; colours in the chart, and never alone: the table has it in words."""

    MET = "met"
    NOT_MET = "not-met"
    NO_TARGET = "no-target"


@dataclass(frozen=True, slots=True)
class Bar:
    """A quarter in the chart: heights in hundredths of the axis, None where there is no value or no target."""

    label: str
    value_label: str
    value: int | None
    target: int | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Chart:
    """The quarters against their targets. `description` says the same in words."""

    bars: tuple[Bar, ...]
    description: str


Block = Text | CompletedLine | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it. Quarters, and the parts of the annex, are sections of depth 2."""

    heading: str
    blocks: tuple[Block, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole paper: title, line below it, facts, sections, the blocks that close it, and the annex behind these."""

    title: str
    subtitle: str
    """Empty for none."""
    sections: tuple[Section, ...]
    closing: tuple[Text, ...] = ()
    annex: tuple[Section, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Lines of label and text, as above a memo: ส่วนราชการ, ที่, วันที่, เรื่อง."""
