"""The Word file says what the paper says, in the same order, with what Word needs to set Thai."""

import re
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.xmlchemy import BaseOxmlElement

from lakthan.printing.blocks import Chart, CompletedLine, Table, Text
from lakthan.printing.composition import compose
from lakthan.printing.form import DOTS, running_foot, running_head
from lakthan.printing.word import render_docx
from lakthan.printing.word.tables import LETTER, TABLE_WIDTH
from tests.printing.samples import year_paper


@pytest.fixture(scope="module")
def document() -> Document:
    return docx.Document(BytesIO(render_docx(year_paper())))


def texts_of(paper_text: Document) -> list[str]:
    paragraphs = paper_text.element.body.xpath(".//w:p")
    return ["".join(map(_text_of, paragraph.xpath(".//w:t | .//w:r/w:tab"))) for paragraph in paragraphs]


def _text_of(node: BaseOxmlElement) -> str:
    """A text; a line to write on as the dots of the form."""
    return DOTS if node.tag == qn("w:tab") else str(node.text)


def test_every_text_of_the_paper_is_in_the_file_in_order(document: Document) -> None:
    composition = compose(year_paper())
    expected = [composition.title, composition.subtitle]
    for section in composition.sections:
        expected += [section.heading, *_of(section.blocks)]
    expected += _of(composition.closing)
    for section in composition.annex:
        expected += [section.heading, *_of(section.blocks)]
    assert [text for text in texts_of(document) if text] == expected


def _of(blocks: tuple[object, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Text():
                found += block.lines
            case CompletedLine():
                found.append(block.head + block.tail + block.mark)
            case Chart():
                found.append(block.description)
            case Table():
                found += [*filter(None, [block.caption]), *(column.heading for column in block.columns)]
                for group in block.groups:
                    found += [group.label] if group.label else []
                    found += [cell.text for row in group.rows for cell in row]
    return found


def test_the_same_paper_is_the_same_bytes() -> None:
    assert render_docx(year_paper()) == render_docx(year_paper())


def test_head_and_foot_say_what_the_pdf_says_and_word_counts_the_pages(document: Document) -> None:
    page = document.sections[0]
    assert [line.text for line in page.header.paragraphs] == ["ฉบับร่าง", *running_head(year_paper())]
    assert [line.text for line in page.footer.paragraphs][: len(running_foot(year_paper()))] == list(
        running_foot(year_paper())
    )
    fields = re.findall(r'w:instr="(\w+)"', page.footer._element.xml)
    assert fields == ["PAGE", "NUMPAGES"]


def test_headings_are_headings_and_tables_repeat_their_heads(document: Document) -> None:
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)


def test_thai_has_its_font_size_and_language_in_every_style(document: Document) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "TableText"):
        xml = document.styles[name].element.xml
        assert 'w:cs="TH Sarabun New"' in xml
        assert "w:szCs" in xml
        assert 'w:bidi="th-TH"' in xml


def test_thai_is_bold_where_latin_letters_are(document: Document) -> None:
    for run in (run for paragraph in document.paragraphs for run in paragraph.runs):
        assert bool(run.bold) == bool(run.font.cs_bold)
    [name] = [paragraph for paragraph in document.paragraphs if paragraph.text == year_paper().indicator_name]
    assert name.runs[0].font.cs_bold


def test_no_column_is_narrower_than_its_longest_number_or_code(document: Document) -> None:
    for table in document.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        assert sum(widths) <= TABLE_WIDTH
        for row in table._tbl.tr_lst:
            for width, text in zip(widths, _cells_of_one_column(row), strict=False):
                assert max((len(piece) for piece in re.findall(r"[0-9.,/]+", text)), default=0) * LETTER < width, text


def _cells_of_one_column(row: CT_Row) -> list[str]:
    """The texts of a row's cells; none where one of them stands over several columns."""
    cells = row.tc_lst
    return [] if any(cell.grid_span > 1 for cell in cells) else ["".join(cell.xpath(".//w:t/text()")) for cell in cells]


def test_the_picture_of_the_chart_has_its_numbers_below_it(document: Document) -> None:
    [at] = [at for at, paragraph in enumerate(document.paragraphs) if paragraph._p.xpath(".//w:drawing")]
    assert document.paragraphs[at].paragraph_format.keep_with_next
    assert "ไตรมาสที่ 4 86.00 เป้าหมาย 80.00" in document.paragraphs[at + 1].text


def test_the_signature_block_has_lines_to_write_on_and_stays_on_one_page(document: Document) -> None:
    [at] = [at for at, paragraph in enumerate(document.paragraphs) if paragraph.text.startswith("ลงชื่อ")]
    signed, name, position = document.paragraphs[at : at + 3]
    for line in (signed, name):
        assert [stop.leader for stop in line.paragraph_format.tab_stops] == [WD_TAB_LEADER.DOTS]
    assert position.text == f"ตำแหน่ง {year_paper().signature.position}"
    kept = [line.paragraph_format.keep_with_next for line in document.paragraphs[at - 2 : at + 3]]
    assert kept == [True, True, True, True, False]
