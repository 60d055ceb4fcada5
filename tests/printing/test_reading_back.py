"""Thai text that survives: what is printed is read again with other programs and compared."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest

from lakthan.printing.composition import compose
from lakthan.printing.paper import QuarterPart, paragraphs
from lakthan.printing.pdf import readable_pdf, render_pdf
from lakthan.printing.thai_font import FontSet
from tests.printing.clusters import CLUSTERS, WORDS
from tests.printing.readers import READERS, by_mupdf, squashed
from tests.printing.samples import year_paper
from tests.shared_data import shared_data

Reader = Callable[[bytes], str]


@pytest.fixture(params=READERS.values(), ids=READERS.keys())
def reader(request: pytest.FixtureRequest) -> Reader:
    return request.param


@pytest.fixture(scope="module", params=["normal", "bold"])
def cluster_sheet(request: pytest.FixtureRequest, fonts: FontSet) -> bytes:
    rows = ["".join(CLUSTERS[start : start + 24]) for start in range(0, len(CLUSTERS), 24)]
    body = "".join(f"<p>{escape(row)}</p>" for row in (*rows, *WORDS))
    head = f"<title>clusters</title><style>p {{ font-weight: {request.param} }}</style>"
    return readable_pdf(f'<html lang="th"><head>{head}</head><body>{body}</body></html>', fonts)


def test_every_cluster_is_read_as_it_was_set(cluster_sheet: bytes, reader: Reader) -> None:
    read = squashed(reader(cluster_sheet))
    rows = ["".join(CLUSTERS[start : start + 24]) for start in range(0, len(CLUSTERS), 24)]
    assert [row for row in (*rows, *WORDS) if squashed(row) not in read] == []


def test_every_paragraph_of_a_report_is_read_as_it_was_written(year_pdf: bytes, reader: Reader) -> None:
    paper = year_paper()
    quarters = [part.narrative for part in paper.quarters]
    prose = [paper.definitions, paper.method, paper.year_summary, paper.supporting_factors, paper.obstacles]
    texts = [line for text in (*prose, *quarters, paper.evidence) for line in paragraphs(text)]
    fields = [paper.indicator_name, paper.formula_sentence, paper.target, paper.result, paper.signature.position]
    read = squashed(reader(year_pdf))
    assert [text for text in (*texts, *fields) if squashed(text) not in read] == []


def test_every_line_of_the_form_is_read_in_the_order_it_is_printed(year_pdf: bytes, reader: Reader) -> None:
    composition = compose(year_paper())
    lines = [composition.title, composition.subtitle]
    for section in (*composition.sections, *composition.annex):
        lines += [section.heading, *(line for block in section.blocks for line in block.lines)]
    read, at = squashed(reader(year_pdf)), 0
    for line in lines:
        at = read.find(squashed(line), at)
        assert at >= 0, line


def test_no_character_that_was_not_written_is_read(year_pdf: bytes, reader: Reader) -> None:
    strange = {"\u200b", "\u2060", "\ufffd", "\ufeff", "\u00ad", "\u0e4d"}
    assert strange.isdisjoint(squashed(reader(year_pdf)))


def test_the_reference_report_is_read_back_line_by_line(fonts: FontSet, reader: Reader) -> None:
    text = shared_data("seed_report.txt").read_text(encoding="utf-8")
    paper = replace(year_paper(), quarters=(QuarterPart(1, text),))
    read = squashed(reader(render_pdf(paper, fonts)))
    assert [line for line in paragraphs(text) if squashed(line) not in read] == []


def test_markup_in_a_report_is_printed_as_it_was_typed(fonts: FontSet) -> None:
    typed = "<b>ก</b> & <img src=x onerror=1> {{ ร้อยละ 80 }} <script>"
    paper = replace(year_paper(), year_summary=typed, indicator_name=typed)
    assert by_mupdf(render_pdf(paper, fonts)).count("<script>") == 2


def test_characters_that_the_font_lacks_are_read_back_too(fonts: FontSet) -> None:
    paper = replace(year_paper(), year_summary="ตรวจแล้ว Ж ครบถ้วน")
    assert "Ж" in by_mupdf(render_pdf(paper, fonts))
