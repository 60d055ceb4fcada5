"""The form as a sequence of headings and paragraphs, the same for every format it is printed in.

Here alone is decided what stands on the paper and in which order: sections 1 to 9 of the form, certification, the line
of Part 2, signature block, and the annex.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lakthan.printing import form
from lakthan.printing.paper import ComputedFigure, Level, Paper, PlanLine, QuarterPart, Signature, paragraphs


class BlockKind(StrEnum):
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
class Block:
    """Paragraphs of one kind, in order."""

    kind: BlockKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it. Quarters, and the parts of the annex, are sections of depth 2."""

    heading: str
    blocks: tuple[Block, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole paper: title, line below it, sections, the blocks that close it, and the annex behind these."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    closing: tuple[Block, ...]
    annex: tuple[Section, ...]


def compose(paper: Paper) -> Composition:
    """Put a paper into the order of the form."""
    return Composition(
        title=form.TITLE,
        subtitle=f"{paper.agency} {form.period_words(paper)}",
        sections=(*_what_is_measured(paper), *_what_was_done(paper)),
        closing=tuple(_closing(paper)),
        annex=tuple(_annex(paper)),
    )


def _what_is_measured(paper: Paper) -> Iterator[Section]:
    """Sections 1 to 5."""
    yield Section("1. ชื่อตัวชี้วัด :", (Block(BlockKind.NAME, (paper.indicator_name,)),))
    yield Section("2. ระดับความสำเร็จ :", tuple(_level_and_plan(paper)))
    yield Section("3. คำนิยาม :", (_text(paper.definitions),))
    formula = (Block(BlockKind.FORMULA, (f"สูตรที่ระบบใช้คำนวณ: {paper.formula_sentence}",)),)
    yield Section("4. วิธีการคำนวณ :", (_text(paper.method), *(formula if paper.formula_sentence else ())))
    yield Section(
        f"5. เป้าหมาย : {paper.target.strip() or form.NOTHING_REPORTED}",
        (
            Block(BlockKind.RESULT, (f"ผลงานที่ทำได้ = {paper.result.strip() or form.NOTHING_REPORTED}",)),
            *_figure(paper.figure),
        ),
    )


def _what_was_done(paper: Paper) -> Iterator[Section]:
    """Sections 6 to 9."""
    yield Section("6. รายงานผลการดำเนินงาน (รายไตรมาส) :", ())
    yield from (_quarter(part) for part in paper.quarters)
    if paper.quarter is None:
        yield Section("(6.5) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :", (_text(paper.year_summary),), depth=2)
    yield Section("7. ปัจจัยสนับสนุนการดำเนินงาน :", (_text(paper.supporting_factors),))
    yield Section("8. อุปสรรคต่อการดำเนินงาน :", (_text(paper.obstacles),))
    yield Section("9. หลักฐานอ้างอิง :", (_text(_numbered(paper.evidence)),))


def _annex(paper: Paper) -> Iterator[Section]:
    """Who counted in the headline figure and who did not, where the paper lists them."""
    if paper.figure is None or not (paper.figure.counted or paper.figure.not_counted):
        return
    yield Section("ภาคผนวก หน่วยนับของผลที่คำนวณจากระเบียน", ())
    yield _members("นับแล้ว", paper.figure.counted, paper.figure.noun)
    yield _members("ยังไม่นับ", paper.figure.not_counted, paper.figure.noun)


def _members(heading: str, names: tuple[str, ...], noun: str) -> Section:
    words = " ".join(part for part in (heading, str(len(names)), noun) if part)
    return Section(words, (Block(BlockKind.TEXT, (", ".join(names),)) if names else _text(""),), depth=2)


def _level_and_plan(paper: Paper) -> Iterator[Block]:
    boxes = {Level.OUTPUT: "ผลผลิต (Output)", Level.OUTCOME: "ผลลัพธ์ (Outcome)"}
    lines = tuple(f"{'☑' if level is paper.level else '☐'} {words}" for level, words in boxes.items())
    yield Block(BlockKind.BOXES, lines)
    if paper.level is Level.UNKNOWN:
        yield Block(BlockKind.REMARK, (form.LEVEL_UNKNOWN,))
    yield Block(BlockKind.PLAN, (form.PLAN_HEADING,))
    if not paper.plan_lines:
        yield _text("")
    for line in paper.plan_lines:
        yield from _plan_line(line)


def _plan_line(line: PlanLine) -> Iterator[Block]:
    yield Block(BlockKind.TEXT, (f"{line.label} : {line.text}" if line.label else line.text,))
    if line.remark:
        yield Block(BlockKind.REMARK, (line.remark,))


def _quarter(part: QuarterPart) -> Section:
    heading = f"(6.{part.number}) ไตรมาสที่ {part.number} :"
    return Section(heading, (_text(part.narrative), *_figure(part.figure)), depth=2)


def _text(text: str) -> Block:
    """The paragraphs of a text, or the words for nothing reported: never an empty place."""
    lines = tuple(paragraphs(text))
    return Block(BlockKind.TEXT, lines) if lines else Block(BlockKind.NOTHING, (form.NOTHING_REPORTED,))


def _numbered(items: str) -> str:
    """Each line with its number, unless it was typed with it."""
    lines = enumerate(paragraphs(items), start=1)
    return "\n".join(item if item.startswith(f"{number}.") else f"{number}. {item}" for number, item in lines)


def _figure(figure: ComputedFigure | None) -> Iterator[Block]:
    if figure is None:
        return
    kinds = {None: BlockKind.FIGURE, True: BlockKind.FIGURE_MET, False: BlockKind.FIGURE_NOT_MET}
    lines = (form.computed_sentence(figure), form.target_sentence(figure))
    yield Block(kinds[figure.met], tuple(line for line in lines if line))


def _closing(paper: Paper) -> Iterator[Block]:
    yield Block(BlockKind.CERTIFICATION, (paper.certification or form.CERTIFICATION,))
    yield Block(BlockKind.PART_LINE, (f"** {paper.footer or form.PART_LINE} **",))
    yield Block(BlockKind.SIGNATURE, tuple(_signature_lines(paper.signature)))


def _signature_lines(signature: Signature) -> Iterator[str]:
    yield f"ลงชื่อ{form.DOTS}({signature.role})"
    yield f"({signature.name or form.DOTS})"
    yield f"ตำแหน่ง {signature.position or form.DOTS}"
    if signature.acting_for:
        yield signature.acting_for
