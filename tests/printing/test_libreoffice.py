"""The Word file as LibreOffice sets it, page by page."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lakthan.printing.blocks import Chart, CompletedLine, Composition, Section, Table, Text, TextKind
from lakthan.printing.composition import compose
from lakthan.printing.form import DOTS, running_foot, running_head, state_mark
from lakthan.printing.paper import Paper
from lakthan.printing.word import render_docx
from tests.printing.readers import by_pdftotext_raw, squashed
from tests.printing.samples import annex, annex_by_district, year_paper

pytestmark = pytest.mark.soak

PAPERS = {
    "a report": year_paper(),
    "a long annex": replace(year_paper(), annex=annex(projects=40)),
    "an annex by district": replace(year_paper(), annex=annex_by_district()),
    "Thai digits": replace(year_paper(), thai_digits=True),
    **{
        f"pushed down {lines} lines": replace(year_paper(), definitions=year_paper().definitions + "\nข้อความ" * lines)
        for lines in (1, 2, 3, 5, 8, 13)
    },
}
"""The same report with pages that end in other places."""


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-writer-nogui)")
    return program


@pytest.fixture(scope="module", params=PAPERS)
def printed(
    request: pytest.FixtureRequest, office: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Paper, Path]:
    """A paper and the PDF that LibreOffice makes of its Word file."""
    paper, folder = PAPERS[request.param], tmp_path_factory.mktemp("word")
    (folder / "paper.docx").write_bytes(render_docx(paper))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "paper.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - LibreOffice of the machine
    return paper, folder / "paper.pdf"


@pytest.fixture
def pages(printed: tuple[Paper, Path]) -> list[str]:
    """The text of each page, squashed, without running lines."""
    paper, file = printed
    told = (*running_head(paper), *running_foot(paper), *filter(None, [state_mark(paper)]))
    return [_without(squashed(page), told) for page in by_pdftotext_raw(file.read_bytes())]


def _without(page: str, told: tuple[str, ...]) -> str:
    for line in told:
        assert squashed(line) in page, line
        page = page.replace(squashed(line), "", 1)
    before, _, _ = page.rpartition("หน้า")
    return before


def _texts(blocks: tuple[object, ...]) -> Iterator[str]:
    """Each paragraph and each cell without the dots to write on."""
    for block in blocks:
        match block:
            case Text():
                yield from (part for line in block.lines for part in line.split(DOTS))
            case CompletedLine():
                yield block.head + block.tail + block.mark
            case Chart():
                yield block.description
            case Table():
                yield from (cell.text for group in block.groups for row in group.rows for cell in row)


def _sections(composition: Composition) -> tuple[Section, ...]:
    return (*composition.sections, *composition.annex)


def test_every_paragraph_and_cell_is_on_a_page(printed: tuple[Paper, Path], pages: list[str]) -> None:
    composition, read = compose(printed[0]), "".join(pages)
    texts = [section.heading for section in _sections(composition)]
    texts += [text for section in _sections(composition) for text in _texts(section.blocks)]
    texts += _texts(composition.closing)
    assert [text for text in texts if squashed(text) not in read] == []


def test_no_page_ends_with_a_heading_a_caption_or_a_district_without_its_projects(
    printed: tuple[Paper, Path], pages: list[str]
) -> None:
    sections = _sections(compose(printed[0]))
    tables = [block for section in sections for block in section.blocks if isinstance(block, Table)]
    above = [section.heading for section in sections]
    above += [table.caption for table in tables if table.caption]
    above += [table.columns[-1].heading for table in tables]
    above += [group.label for table in tables for group in table.groups if group.label]
    lonely = [(page[-60:], text) for page in pages for text in above if page.endswith(squashed(text))]
    assert lonely == []


def test_a_figure_stands_on_the_page_of_what_it_says_it_of(printed: tuple[Paper, Path], pages: list[str]) -> None:
    blocks = [block for section in compose(printed[0]).sections for block in section.blocks]
    figures = [squashed(block.lines[0]) for block in blocks if isinstance(block, Text) and "figure" in block.kind]
    assert len(figures) == 5
    assert [figure for page in pages for figure in figures if page.startswith(figure)] == []


def test_certification_and_signature_stand_on_one_page(printed: tuple[Paper, Path], pages: list[str]) -> None:
    closing = compose(printed[0]).closing
    assert [block.kind for block in closing] == [TextKind.CERTIFICATION, TextKind.PART_LINE, TextKind.SIGNATURE]
    parts = [squashed(part) for part in _texts(closing)]
    assert any(all(part in page for part in parts) for page in pages)
