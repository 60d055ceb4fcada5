"""Thai text that survives: what is printed is read again with other programs and compared."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape

import pytest

from lakthan.printing.blocks import CompletedLine, Section, Table, Text
from lakthan.printing.composition import compose
from lakthan.printing.paper import Paper, QuarterPart, paragraphs
from lakthan.printing.pdf import readable_pdf, render_pdf, running_lines
from lakthan.printing.thai_font import FontSet
from tests.printing.clusters import CLUSTERS, WORDS
from tests.printing.readers import READERS, Pages, by_mupdf, by_pdftotext, report_text, squashed, whole
from tests.printing.samples import annex, year_paper
from tests.shared_data import shared_data

Reader = Callable[[bytes], Pages]


@pytest.fixture(params=READERS.values(), ids=READERS.keys())
def reader(request: pytest.FixtureRequest) -> Reader:
    return request.param


@pytest.fixture(params=[name for name in READERS if name != "pdftotext"])
def reader_in_order(request: pytest.FixtureRequest) -> Reader:
    """All but the one that sorts by place, in which the lines of neighbouring cells come between each other."""
    return READERS[request.param]


@pytest.fixture(scope="module", params=["normal", "bold"])
def cluster_sheet(request: pytest.FixtureRequest, fonts: FontSet) -> bytes:
    rows = ["".join(CLUSTERS[start : start + 24]) for start in range(0, len(CLUSTERS), 24)]
    body = "".join(f"<p>{escape(row)}</p>" for row in (*rows, *WORDS))
    head = f"<title>clusters</title><style>p {{ font-weight: {request.param} }}</style>"
    return readable_pdf(f'<html lang="th"><head>{head}</head><body>{body}</body></html>', fonts)


@pytest.fixture(scope="module")
def reference(fonts: FontSet) -> tuple[Paper, bytes]:
    """The reference report, line by line, as the narrative of a quarter."""
    text = shared_data("seed_report.txt").read_text(encoding="utf-8")
    paper = replace(year_paper(), quarters=(QuarterPart(1, text),))
    return paper, render_pdf(paper, fonts)


def read_without_running_lines(reader: Reader, paper: Paper, pdf: bytes) -> str:
    return report_text(reader(pdf), running_lines(paper, pdf))


def test_every_cluster_is_read_as_it_was_set(cluster_sheet: bytes, reader: Reader) -> None:
    read = whole(reader(cluster_sheet))
    rows = ["".join(CLUSTERS[start : start + 24]) for start in range(0, len(CLUSTERS), 24)]
    assert [row for row in (*rows, *WORDS) if squashed(row) not in read] == []


def test_every_paragraph_of_a_report_is_read_as_it_was_written(year_pdf: bytes, reader: Reader) -> None:
    paper = year_paper()
    quarters = [part.narrative for part in paper.quarters]
    prose = [paper.definitions, paper.method, paper.year_summary, paper.supporting_factors, paper.obstacles]
    texts = [line for text in (*prose, *quarters, paper.evidence) for line in paragraphs(text)]
    fields = [paper.indicator_name, paper.formula_sentence, paper.target, paper.result, paper.signature.position]
    plan = [line.text for line in paper.plan_lines]
    read = read_without_running_lines(reader, paper, year_pdf)
    assert [text for text in (*texts, *fields, *plan) if squashed(text) not in read] == []


def test_every_line_and_cell_is_read_in_the_order_it_is_printed(year_pdf: bytes, reader_in_order: Reader) -> None:
    composition = compose(year_paper())
    pieces = [composition.title, composition.subtitle]
    for section in (*composition.sections, *composition.annex):
        pieces += [section.heading, *_pieces(section)]
    read, at = read_without_running_lines(reader_in_order, year_paper(), year_pdf), 0
    for piece in pieces:
        at = read.find(squashed(piece), at)
        assert at >= 0, piece
        at += len(squashed(piece))


def _pieces(section: Section) -> Iterator[str]:
    """The texts of a section's blocks in order; a table's groups after its head."""
    for block in section.blocks:
        match block:
            case Text():
                yield from block.lines
            case CompletedLine():
                yield block.head + block.tail + block.mark
            case Table():
                yield from (column.heading for column in block.columns)
                for group in block.groups:
                    yield group.label
                    yield from (cell.text for row in group.rows for cell in row)


def test_every_cell_of_one_line_is_read_whole_when_sorted_by_place(year_pdf: bytes) -> None:
    read = read_without_running_lines(by_pdftotext, year_paper(), year_pdf)
    short = [project for unit in annex().counted for project in unit.projects if len(project.name) < 30]
    cells = [cell for project in short for cell in (project.name, project.community, project.document)]
    assert len(cells) > 50
    assert [cell for cell in cells if squashed(cell) not in read] == []


def test_no_character_that_was_not_written_is_read(year_pdf: bytes, reader: Reader) -> None:
    strange = {"\u200b", "\u2060", "\ufffd", "\ufeff", "\u00ad", "\u0e4d"}
    assert strange.isdisjoint(whole(reader(year_pdf)))


def test_the_reference_report_is_read_back_line_by_line(reference: tuple[Paper, bytes], reader: Reader) -> None:
    paper, pdf = reference
    read = read_without_running_lines(reader, paper, pdf)
    [narrative] = [part.narrative for part in paper.quarters]
    assert [line for line in paragraphs(narrative) if squashed(line) not in read] == []


def test_markup_in_a_report_is_printed_as_it_was_typed(fonts: FontSet) -> None:
    typed = "<b>ก</b> & <img src=x onerror=1> {{ ร้อยละ 80 }} <script>"
    of = annex(projects=1)
    unit = of.counted[0]
    listed = replace(of, counted=(replace(unit, projects=(replace(unit.projects[0], name=typed),)),))
    paper = replace(year_paper(), year_summary=typed, indicator_name=typed, annex=listed)
    assert whole(by_mupdf(render_pdf(paper, fonts))).count("<script>") == 3


def test_characters_that_the_font_lacks_are_read_back_too(fonts: FontSet, reader: Reader) -> None:
    of = annex(projects=1)
    unit = of.counted[0]
    listed = replace(of, counted=(replace(unit, projects=(replace(unit.projects[0], name="โครงการ Ж"),)),))
    paper = replace(year_paper(), year_summary="ตรวจแล้ว Ж ครบถ้วน", annex=listed)
    read = whole(reader(render_pdf(paper, fonts)))
    assert "ตรวจแล้วЖครบถ้วน" in read
    assert "โครงการЖ" in read


def test_control_characters_and_odd_white_space_do_no_harm(fonts: FontSet) -> None:
    paper = replace(year_paper(), year_summary="ก่อน\x07\x1bหลัง\tแท็บ\u00a0ติด")
    assert "ก่อนหลังแท็บติด" in whole(by_mupdf(render_pdf(paper, fonts)))
