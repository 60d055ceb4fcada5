"""The paper put together as a Word file: headings, paragraphs, tables, picture, head and foot."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from lakthan.printing import form
from lakthan.printing.blocks import Block, Chart, CompletedLine, Section, Table, Text, TextKind
from lakthan.printing.composition import report_document
from lakthan.printing.document import Document, Running
from lakthan.printing.paper import Paper
from lakthan.printing.word.picture import chart_picture
from lakthan.printing.word.tables import TABLE_TEXT, TEXT_SIZE, table_element
from lakthan.printing.word.thai import set_thai

INK, GREY, RED = RGBColor(0x1B, 0x1F, 0x1D), RGBColor(0x4A, 0x54, 0x4F), RGBColor(0x9B, 0x2C, 0x1F)
STYLES = {
    "Normal": (16, False, INK),
    "Title": (22, True, INK),
    "Heading 1": (17, True, INK),
    "Heading 2": (16, True, INK),
    "Header": (12, False, GREY),
    "Footer": (12, False, GREY),
    TABLE_TEXT: (TEXT_SIZE, False, INK),
}
"""Type sizes of TH Sarabun, which is small for its size, weights and colours."""
LINE_HEIGHT = 1.32
"""Of the type size: room for two marks above a letter and one below, whatever the font that stands in asks for."""
BOLD = frozenset({TextKind.NAME, TextKind.PLAN, TextKind.RESULT, TextKind.PART_LINE})
FIGURES = frozenset({TextKind.FIGURE, TextKind.FIGURE_MET, TextKind.FIGURE_NOT_MET})
KEPT = frozenset({TextKind.CERTIFICATION, TextKind.PART_LINE, TextKind.PLAN})
"""Kinds that stay on one page with what follows them."""
SIGNATURE_INDENT, DOTTED = Mm(65), Mm(55)
"""Where the signature block begins, and how long the lines are to write on."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file, so that the same paper is the same bytes."""


def render_docx(paper: Paper) -> bytes:
    """A report as a Word file; the same bytes for the same paper."""
    return document_docx(report_document(paper))


def document_docx(document: Document) -> bytes:
    """Any document as a Word file; the same bytes for the same document."""
    body, file = document.body, docx.Document()
    _prepare(file, document.running)
    file.add_paragraph(body.title, style="Title")
    if body.subtitle:
        file.add_paragraph(body.subtitle)
    for label, text in body.facts:
        _add_fact(file, label, text)
    for section in body.sections:
        _add_section(file, section)
    for block in body.closing:
        _add_text(file, block)
    for number, section in enumerate(body.annex):
        heading = _add_section(file, section)
        if heading is not None:
            heading.paragraph_format.page_break_before = number == 0
    return _packed(file)


def _prepare(document: WordFile, running: Running) -> None:
    """Page, styles, properties, running lines."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(25), Mm(20), Mm(30), Mm(27)
    page.header_distance, page.footer_distance = Mm(11), Mm(9)
    document.styles.add_style(TABLE_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    for name, (size, bold, colour) in STYLES.items():
        style = document.styles[name]
        set_thai(style, size, bold=bold)
        style.font.color.rgb = colour
        style.paragraph_format.line_spacing = Pt(round(size * LINE_HEIGHT))
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    for name in ("Header", "Footer", TABLE_TEXT):
        document.styles[name].paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author, properties.language = running.title, running.agency, "th-TH"
    properties.created = properties.modified = running.printed_at.replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "Lakthan", ""
    _add_running_lines(document, running)


def _add_running_lines(document: WordFile, running: Running) -> None:
    page = document.sections[0]
    if running.mark:
        run = page.header.paragraphs[0].add_run(running.mark)
        run.bold = run.font.cs_bold = True
        run.font.color.rgb = RED
        page.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for line in running.head:
        page.header.add_paragraph(line, style="Header")
    first, *rest = running.foot
    page.footer.paragraphs[0].text = first
    for line in rest:
        page.footer.add_paragraph(line, style="Footer")
    _add_page_number(page.footer.add_paragraph(style="Footer"))


def _add_page_number(paragraph: Paragraph) -> None:
    """หน้า x/y, counted by Word."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("หน้า ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run("/")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(OxmlElement("w:r"))
    paragraph._p.append(field)


def _add_fact(document: WordFile, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(label)
    run.bold = run.font.cs_bold = True
    if text == form.DOTS:
        paragraph.paragraph_format.tab_stops.add_tab_stop(DOTTED, leader=WD_TAB_LEADER.DOTS)
        paragraph.add_run(" ").add_tab()
    else:
        paragraph.add_run(f" {text}")


def _add_section(document: WordFile, section: Section) -> Paragraph | None:
    heading = document.add_paragraph(section.heading, style=f"Heading {section.depth}") if section.heading else None
    for block in section.blocks:
        if isinstance(block, Text) and block.kind in FIGURES:
            document.paragraphs[-1].paragraph_format.keep_with_next = True
        _add_block(document, block)
    return heading


def _add_block(document: WordFile, block: Block) -> None:
    match block:
        case Text():
            _add_text(document, block)
        case CompletedLine():
            paragraph = document.add_paragraph(block.head)
            paragraph.add_run(block.tail).underline = True
            paragraph.add_run(block.mark)
        case Table():
            if block.caption:
                document.add_paragraph(block.caption).paragraph_format.keep_with_next = True
            document.element.body.insert_element_before(table_element(block), "w:sectPr")
        case Chart():
            _add_chart(document, block)


def _add_chart(document: WordFile, chart: Chart) -> None:
    """The bars and lines, and below them in words what they show."""
    paragraph = document.add_paragraph()
    picture = paragraph.add_run().add_picture(BytesIO(chart_picture(chart)), width=Mm(90))
    picture._inline.docPr.set("descr", chart.description)
    paragraph.paragraph_format.line_spacing = 1.0  # a line of a fixed height would cut the picture off
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(chart.description, style=TABLE_TEXT)


def _add_text(document: WordFile, block: Text) -> None:
    if block.kind is TextKind.SIGNATURE:
        _add_signature(document, block)
        return
    last = len(block.lines) - 1
    for number, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(line)
        run.bold = run.font.cs_bold = block.kind in BOLD or None
        within = block.kind in FIGURES and number < last
        paragraph.paragraph_format.keep_with_next = within or block.kind in KEPT


def _add_signature(document: WordFile, block: Text) -> None:
    """Lines to write on where the form has dots, all on one page."""
    last = len(block.lines) - 1
    for number, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        place = paragraph.paragraph_format
        place.left_indent, place.space_before = SIGNATURE_INDENT, Pt(10 if number else 30)
        place.keep_with_next = number < last
        before, dots, after = line.partition(form.DOTS)
        run = paragraph.add_run(before)
        if dots:
            place.tab_stops.add_tab_stop(Mm(SIGNATURE_INDENT.mm + DOTTED.mm), leader=WD_TAB_LEADER.DOTS)
            run.add_tab()
        paragraph.add_run(after)


def _packed(document: WordFile) -> bytes:
    """The file with its parts in order and without the times at which they were written."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(ZipInfo(name, EARLIEST), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()
