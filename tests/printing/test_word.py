"""The Word file says what the paper says, in the same order, with what Word needs to set Thai."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from lakthan.printing.blocks import CompletedLine, Table, Text
from lakthan.printing.composition import compose
from lakthan.printing.form import running_foot, running_head
from lakthan.printing.word import render_docx
from tests.printing.readers import by_pdftotext_raw, squashed, whole
from tests.printing.samples import year_paper


@pytest.fixture(scope="module")
def document() -> Document:
    return docx.Document(BytesIO(render_docx(year_paper())))


def texts_of(paper_text: Document) -> list[str]:
    paragraphs = paper_text.element.body.xpath(".//w:p")
    return ["".join(node.text for node in paragraph.xpath(".//w:t")) for paragraph in paragraphs]


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


@pytest.mark.soak
def test_libreoffice_reads_every_paragraph(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer)")
    (tmp_path / "paper.docx").write_bytes(render_docx(year_paper()))
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "paper.docx")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - LibreOffice of the machine
    read = whole(by_pdftotext_raw((tmp_path / "paper.pdf").read_bytes()))
    narratives = [line for part in year_paper().quarters for line in part.narrative.splitlines()]
    assert [line for line in narratives if squashed(line) not in read] == []
