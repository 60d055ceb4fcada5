"""The form as sections of text, tables and a chart, the same for every format it is printed in.

Here alone is decided what stands on the paper and in which order: sections 1 to 9 of the form, certification, the line
of Part 2, signature block, and the annex.
"""

from collections.abc import Iterator

from lakthan.core.digits import to_arabic
from lakthan.printing import form
from lakthan.printing.blocks import Block, CompletedLine, Composition, Section, Text, TextKind
from lakthan.printing.document import Document
from lakthan.printing.paper import ComputedFigure, Level, Paper, PlanLine, QuarterPart, Signature, paragraphs
from lakthan.printing.quarter_numbers import quarter_numbers
from lakthan.printing.register import annex_sections


def report_document(paper: Paper) -> Document:
    """A report as it is printed in every format."""
    return Document(compose(paper), form.running(paper), paper.protected_terms)


def compose(paper: Paper) -> Composition:
    """Put a paper into the order of the form."""
    return Composition(
        title=form.TITLE,
        subtitle=f"{paper.agency} {form.period_words(paper)}",
        sections=(*_what_is_measured(paper), *_what_was_done(paper)),
        closing=tuple(_closing(paper)),
        annex=tuple(annex_sections(paper)),
    )


def _what_is_measured(paper: Paper) -> Iterator[Section]:
    """Sections 1 to 5."""
    yield Section(form.say(paper, "1. ชื่อตัวชี้วัด :"), (Text(TextKind.NAME, (paper.indicator_name,)),))
    yield Section(form.say(paper, "2. ระดับความสำเร็จ :"), tuple(_level_and_plan(paper)))
    yield Section(form.say(paper, "3. คำนิยาม :"), (_text(paper.definitions),))
    yield Section(form.say(paper, "4. วิธีการคำนวณ :"), (_text(paper.method), *_formula(paper)))
    result = Text(TextKind.RESULT, (f"ผลงานที่ทำได้ = {paper.result.strip() or form.NOTHING_REPORTED}",))
    heading = f"{form.say(paper, '5.')} เป้าหมาย : {paper.target.strip() or form.NOTHING_REPORTED}"
    yield Section(heading, (result, *_figure(paper, paper.figure), *_decisions(paper)))


def _decisions(paper: Paper) -> Iterator[Text]:
    if paper.decisions:
        yield Text(TextKind.REMARK, tuple(form.say(paper, line) for line in paper.decisions))


def _formula(paper: Paper) -> Iterator[Text]:
    if paper.formula_sentence:
        yield Text(TextKind.FORMULA, (form.say(paper, f"สูตรที่ระบบใช้คำนวณ: {paper.formula_sentence}"),))


def _what_was_done(paper: Paper) -> Iterator[Section]:
    """Sections 6 to 9."""
    yield Section(form.say(paper, "6. รายงานผลการดำเนินงาน (รายไตรมาส) :"), tuple(quarter_numbers(paper)))
    own = (part for part in paper.quarters if paper.quarter in (None, part.number))
    yield from (_quarter(paper, part) for part in own)
    if paper.quarter is None:
        heading = form.say(paper, "(6.5) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :")
        yield Section(heading, (_text(paper.year_summary),), depth=2)
    yield Section(form.say(paper, "7. ปัจจัยสนับสนุนการดำเนินงาน :"), (_text(paper.supporting_factors),))
    yield Section(form.say(paper, "8. อุปสรรคต่อการดำเนินงาน :"), (_text(paper.obstacles),))
    yield Section(form.say(paper, "9. หลักฐานอ้างอิง :"), (_text(_numbered(paper)),))


def _level_and_plan(paper: Paper) -> Iterator[Block]:
    boxes = {Level.OUTPUT: "ผลผลิต (Output)", Level.OUTCOME: "ผลลัพธ์ (Outcome)"}
    lines = tuple(f"{'☑' if level is paper.level else '☐'} {words}" for level, words in boxes.items())
    yield Text(TextKind.BOXES, lines)
    if paper.level is Level.UNKNOWN:
        yield Text(TextKind.REMARK, (form.LEVEL_UNKNOWN,))
    yield Text(TextKind.PLAN, (form.PLAN_HEADING,))
    if not paper.plan_lines:
        yield _text("")
    for line in paper.plan_lines:
        yield _plan_line(line)
        if line.remark:
            yield Text(TextKind.REMARK, (line.remark,))
    yield from _footnotes(paper)


def _plan_line(line: PlanLine) -> Text | CompletedLine:
    label = f"{line.label} : " if line.label else ""
    if line.cut_at is None:
        return Text(TextKind.TEXT, (label + line.text,))
    return CompletedLine(label + line.text[: line.cut_at], line.text[line.cut_at :], form.NOTE_MARK)


def _footnotes(paper: Paper) -> Iterator[Text]:
    """One note for every text that was completed: where the print cut it."""
    for line in paper.plan_lines:
        if line.cut_at is not None:
            yield Text(TextKind.REMARK, (form.completed_note(line.text, line.cut_at),))


def _quarter(paper: Paper, part: QuarterPart) -> Section:
    heading = form.say(paper, f"(6.{part.number}) ไตรมาสที่ {part.number} :")
    nothing = form.NOT_DUE if form.is_not_due(part) else form.NOTHING_REPORTED
    return Section(
        heading, (_text("\n".join((part.narrative, *part.notes)), nothing), *_figure(paper, part.figure)), depth=2
    )


def _text(text: str, nothing: str = form.NOTHING_REPORTED) -> Text:
    """The paragraphs of a text, or the words for nothing reported: never an empty place."""
    lines = tuple(paragraphs(text))
    return Text(TextKind.TEXT, lines) if lines else Text(TextKind.NOTHING, (nothing,))


def _numbered(paper: Paper) -> str:
    """Each item of evidence with its number, unless it was typed with it."""
    items = enumerate(paragraphs(paper.evidence), start=1)
    return "\n".join(
        item if to_arabic(item).startswith(f"{number}.") else f"{form.say(paper, str(number))}. {item}"
        for number, item in items
    )


def _figure(paper: Paper, figure: ComputedFigure | None) -> Iterator[Text]:
    if figure is None:
        return
    kinds = {None: TextKind.FIGURE, True: TextKind.FIGURE_MET, False: TextKind.FIGURE_NOT_MET}
    lines = (form.computed_sentence(figure), form.target_sentence(figure))
    yield Text(kinds[figure.met], tuple(form.say(paper, line) for line in lines if line))


def _closing(paper: Paper) -> Iterator[Text]:
    yield Text(TextKind.CERTIFICATION, (paper.certification or form.CERTIFICATION,))
    yield Text(TextKind.PART_LINE, (f"** {paper.footer or form.say(paper, form.PART_LINE)} **",))
    yield Text(TextKind.SIGNATURE, tuple(_signature_lines(paper.signature)))


def _signature_lines(signature: Signature) -> Iterator[str]:
    if signature.as_printed:
        yield from signature.as_printed
        return
    yield f"ลงชื่อ{form.DOTS}({signature.role})"
    yield f"({signature.name or form.DOTS})"
    yield f"ตำแหน่ง {signature.position or form.DOTS}"
    if signature.acting_for:
        yield signature.acting_for
