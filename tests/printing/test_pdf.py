import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
import time_machine

from lakthan.printing.blocks import Table
from lakthan.printing.composition import compose
from lakthan.printing.no_break import split_terms
from lakthan.printing.paper import Paper
from lakthan.printing.pdf import readable_pdf, render_pdf, running_lines
from lakthan.printing.thai_font import FontSet
from lakthan.rules.workflow import State
from tests.printing.readers import READERS, Pages, by_mupdf, squashed, whole
from tests.printing.samples import annex, year_paper

HERE = Path(__file__).parent


@pytest.fixture
def document(year_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(year_pdf)) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def pushed(fonts: FontSet) -> list[tuple[Paper, list[list[str]]]]:
    """Papers whose lines and pages end in other places, with their pages as lines."""
    return [(paper, pages_as_lines(render_pdf(paper, fonts))) for paper in _papers_of_many_widths()]


def pages_as_lines(pdf: bytes) -> list[list[str]]:
    """Per page the lines as they are set, from top to bottom."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return [_lines(page) for page in document]


def _lines(page: pymupdf.Page) -> list[str]:
    """The text of a page in order of height; pieces at one height are one line."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            text = "".join(span["text"] for span in line["spans"])
            baseline = round(line["spans"][0]["origin"][1])
            near = next((height for height in rows if abs(height - baseline) <= 4), baseline)
            rows.setdefault(near, []).append((line["bbox"][0], text))
    return [
        "".join(text for _, text in sorted(pieces, key=lambda piece: piece[0])) for _, pieces in sorted(rows.items())
    ]


def test_the_same_paper_is_the_same_bytes_whenever_it_is_printed(fonts: FontSet, year_pdf: bytes) -> None:
    with time_machine.travel(datetime(2035, 5, 5, tzinfo=UTC)):
        assert render_pdf(year_paper(), fonts) == year_pdf


def test_the_same_paper_is_the_same_bytes_in_another_process(font_cache: Path, year_pdf: bytes, tmp_path: Path) -> None:
    program = (
        "import sys, hashlib, pathlib\n"
        "from lakthan.printing.pdf import render_pdf\n"
        "from lakthan.printing.thai_font import built_fonts\n"
        "from tests.printing.samples import year_paper\n"
        "print(hashlib.sha256(render_pdf(year_paper(), built_fonts(pathlib.Path(sys.argv[1])))).hexdigest())\n"
    )
    environment = {"PYTHONHASHSEED": "12345", "TZ": "America/New_York", "PYTHONPATH": "src:.", "PATH": "/usr/bin:/bin"}
    finished = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, str(font_cache)],
        cwd=HERE.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout.strip() == sha256(year_pdf).hexdigest()


def test_fonts_in_another_folder_give_the_same_bytes(fonts: FontSet, year_pdf: bytes, tmp_path: Path) -> None:
    faces = tuple(replace(face, path=Path(tmp_path / face.path.name).resolve()) for face in fonts.faces)
    for old, new in zip(fonts.faces, faces, strict=True):
        new.path.write_bytes(old.path.read_bytes())
    assert render_pdf(year_paper(), replace(fonts, faces=faces)) == year_pdf


def test_the_file_says_that_it_is_pdf_a_3a(document: pikepdf.Pdf) -> None:
    metadata = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    intent = document.Root.OutputIntents[0]
    assert intent.S == "/GTS_PDFA1"
    assert len(intent.DestOutputProfile.read_bytes()) > 1000
    assert len(document.trailer.ID) == 2
    assert "/Encrypt" not in document.trailer


def test_the_file_claims_pdf_ua_and_describes_the_claim(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata.pdfa_status == "3A"
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in document.Root.Metadata.read_bytes().decode()


def test_metadata_and_information_agree(document: pikepdf.Pdf) -> None:
    metadata = document.Root.Metadata.read_bytes().decode()
    title = "รายงานผลการดำเนินงานตามตัวชี้วัด 2100-0001 ปีงบประมาณ พ.ศ. 2563"
    assert str(document.docinfo.Title) == title
    assert title in metadata
    assert str(document.docinfo.CreationDate) == "D:20201015093000+07'00"
    assert "2020-10-15T09:30:00+07:00" in metadata


def test_every_font_is_embedded_and_says_what_its_glyphs_mean(document: pikepdf.Pdf) -> None:
    faces = [thing for thing in document.objects if _is(thing, "/Subtype", "/Type0")]
    assert {str(face.BaseFont).partition("+")[2] for face in faces} == {"Lakthan-Sarabun", "Lakthan-Sarabun-Bold"}
    for face in faces:
        table = face.ToUnicode.read_bytes()
        assert "/FontFile2" in face.DescendantFonts[0].FontDescriptor
        assert b"<fffd>" not in table
        assert not re.search(rb"<[0-9a-f]{4}> <>", table)


def test_the_file_is_tagged_in_thai_with_bookmarks(document: pikepdf.Pdf) -> None:
    root = document.Root
    assert str(root.Lang) == "th"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    tags = [str(element.S) for element in document.objects if _is(element, "/Type", "/StructElem")]
    composition = compose(year_paper())
    sections = (*composition.sections, *composition.annex)
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == sum(section.depth == 1 for section in sections)
    assert tags.count("/H3") == sum(section.depth == 2 for section in sections)
    assert {"/H4", "/H5", "/H6"}.isdisjoint(tags)
    with document.open_outline() as outline:
        assert outline.root[0].title == composition.title
        assert [item.title for item in outline.root[0].children] == [
            section.heading for section in sections if section.depth == 1
        ]


def test_all_marked_text_is_in_the_structure_tree_or_an_artifact(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        content = b"".join(stream.read_bytes() for stream in _contents(page))
        marked = {int(number) for number in re.findall(rb"/MCID (\d+)", content)}
        assert marked == set(_numbers_in_tree(document.Root.StructTreeRoot.K[0], page))
        assert _shown_outside_of_marks(content) == 0


def test_the_parent_tree_leads_from_every_piece_to_its_element(document: pikepdf.Pdf) -> None:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    elements = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page in document.pages:
        held = elements[int(page.obj.StructParents)]
        for number, element in enumerate(held):
            if element is not None:  # None leads nowhere: an artifact
                assert number in set(_own_numbers(element, page))


def test_a_screen_reader_meets_the_report_in_order_and_no_running_lines(document: pikepdf.Pdf) -> None:
    kids = document.Root.StructTreeRoot.K[0].K
    assert [str(element.S) for element in kids][:3] == ["/H1", "/P", "/Sect"]
    assert str(kids[-1].S) == "/Art"


def test_tables_are_tagged_with_headings_that_say_what_they_head(document: pikepdf.Pdf) -> None:
    """A table is one element on each of its pages, each with the headings of the columns."""
    tables = [element for element in document.objects if _is(element, "/S", "/Table")]
    assert len(tables) >= 3  # the quarters, who does not count, the projects of those that do
    for table in tables:
        cells = list(_below(table, {"/TH", "/TD"}))
        heads = [cell for cell in cells if str(cell.S) == "/TH"]
        assert {str(head.A.Scope) for head in heads} == {"/Column", "/Row"}
        assert 0 < len(heads) < len(cells)
        assert all(str(row.K[0].S) == "/TH" for row in _below(table, {"/TR"}))


def test_the_chart_says_in_words_what_it_shows(document: pikepdf.Pdf) -> None:
    [figure] = [element for element in document.objects if _is(element, "/S", "/Figure")]
    assert str(figure.Alt).endswith("ไตรมาสที่ 4 86.00 เป้าหมาย 80.00")


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_every_page_says_the_running_lines_that_are_told(year_pdf: bytes, read: Callable[[bytes], Pages]) -> None:
    told = running_lines(year_paper(), year_pdf)
    pages = read(year_pdf)
    assert [page.page for page in told] == list(range(1, len(pages) + 1))
    for page, lines in zip(pages, told, strict=True):
        assert [line for line in (*lines.head, *lines.foot) if squashed(line) not in squashed(page)] == []
    assert told[0].foot[-1] == f"หน้า 1/{len(pages)}"


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_every_running_line_is_read_as_a_line_of_its_own(year_pdf: bytes, read: Callable[[bytes], Pages]) -> None:
    for page, told in zip(read(year_pdf), running_lines(year_paper(), year_pdf), strict=True):
        lines = {squashed(line) for line in page.splitlines()}
        assert lines.issuperset(map(squashed, (*told.head, *told.foot)))


def test_a_draft_says_so_on_every_page_and_a_certified_report_on_none(fonts: FontSet, year_pdf: bytes) -> None:
    assert all("ฉบับร่าง" in "".join(lines) for lines in pages_as_lines(year_pdf))
    certified = replace(year_paper(), state=State.CERTIFIED)
    pdf = render_pdf(certified, fonts)
    assert "ฉบับร่าง" not in whole(by_mupdf(pdf))
    assert len(running_lines(certified, pdf)[0].head) == 2


def test_no_line_breaks_in_a_protected_term(pushed: list[tuple[Paper, list[list[str]]]]) -> None:
    for paper, pages in pushed:
        lines = [squashed(line) for page in pages for line in page]
        whole = "".join(lines)
        for term in _terms(paper):
            assert sum(line.count(term) for line in lines) == whole.count(term) > 0, term


def test_no_heading_and_no_caption_is_the_last_line_above_a_foot(pushed: list[tuple[Paper, list[list[str]]]]) -> None:
    sections = compose(year_paper()).sections
    headings = {squashed(section.heading) for section in sections}
    headings |= {squashed(block.caption) for part in sections for block in part.blocks if isinstance(block, Table)}
    for _, pages in pushed:
        for page in pages:
            foot = next(index for index, line in enumerate(page) if line.startswith("เลขที่รายงาน"))
            assert squashed(page[foot - 1]) not in headings


def test_a_text_that_names_a_file_fetches_nothing(fonts: FontSet) -> None:
    pdf = readable_pdf('<html lang="th"><title>x</title><p>ก<img src="file:///etc/hostname" alt="ข"></html>', fonts)
    assert whole(by_mupdf(pdf)) == "กข"


def test_no_line_is_wider_than_the_page_leaves_room_for(year_pdf: bytes) -> None:
    left, right = 25 * 72 / 25.4, (210 - 20) * 72 / 25.4
    with pymupdf.open(stream=year_pdf, filetype="pdf") as document:
        for page in document:
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    assert left - 1 < line["bbox"][0]
                    assert line["bbox"][2] < right + 1, line


def test_the_head_of_a_long_table_stands_on_every_page_and_no_label_without_its_row(fonts: FontSet) -> None:
    paper = replace(year_paper(), annex=annex(projects=17))
    pages = [page for page in pages_as_lines(render_pdf(paper, fonts)) if any("ร่วมใจ" in line for line in page)]
    assert len(pages) > 3
    for page in pages:
        body = page[: next(index for index, line in enumerate(page) if line.startswith("เลขที่รายงาน"))]
        assert sum("เอกสารที่บรรจุ" in line for line in body) == 1
        assert not re.match(r"50\d\d ", body[-1])


def test_a_paper_without_annex_has_none_of_its_pages(fonts: FontSet) -> None:
    with pikepdf.open(BytesIO(render_pdf(replace(year_paper(), annex=None), fonts))) as document:
        assert str(document.Root.StructTreeRoot.K[0].K[-1].S) == "/Sect"


def test_two_threads_print_the_same_bytes(fonts: FontSet) -> None:
    papers = [replace(year_paper(), annex=None), replace(year_paper(), annex=annex(projects=1))] * 2
    alone = [render_pdf(paper, fonts) for paper in papers[:2]] * 2
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda paper: render_pdf(paper, fonts), papers)) == alone


def test_printing_works_where_django_is_not_set_up(font_cache: Path) -> None:
    program = (
        "from lakthan.printing.composition import report_document\n"
        "from lakthan.printing.html import document_html\n"
        "from tests.printing.samples import year_paper\n"
        "from django.conf import settings\n"
        "assert 'สูตรที่ระบบใช้คำนวณ' in document_html(report_document(year_paper()))\n"
        "assert not settings.configured\n"
    )
    environment = {"PYTHONPATH": "src:.", "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", program]
    subprocess.run(command, cwd=HERE.parents[1], env=environment, check=True)  # noqa: S603


def test_a_report_is_a_small_file(year_pdf: bytes) -> None:
    assert len(year_pdf) < 100_000


def _papers_of_many_widths() -> Iterator[Paper]:
    """The sample with its texts pushed along, so that lines and pages end in other places."""
    paper = replace(year_paper(), annex=None)
    for extra in (0, 1, 2, 3, 5, 8):
        shifted = tuple(
            replace(part, narrative="\n".join("ก" * extra + " " + line for line in part.narrative.splitlines()))
            for part in paper.quarters
        )
        definitions = paper.definitions + "\nข้อความ" * extra * 2
        yield replace(paper, quarters=shifted, definitions=definitions)
    for lines in (1, 2, 4):  # the table of the quarters meets the foot of the first page
        yield replace(paper, definitions="\n".join(["ข้อความ"] * lines))


def _terms(paper: Paper) -> set[str]:
    texts = [part.narrative for part in paper.quarters] + [paper.indicator_name, paper.year_summary]
    pieces = (piece for text in texts for piece in split_terms(text, paper.protected_terms))
    return {squashed(piece) for piece, whole in pieces if whole}


def _is(thing: pikepdf.Object, key: str, value: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get(key) == value


def _below(element: pikepdf.Object, tags: set[str]) -> Iterator[pikepdf.Object]:
    """The elements below one that have one of the tags, in reading order."""
    for kid in element.K if isinstance(element.K, pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) in tags:
                yield kid
            yield from _below(kid, tags)


def _numbers_in_tree(element: pikepdf.Object, page: pikepdf.Page) -> Iterator[int]:
    """Numbers of the marked content of a page, in reading order."""
    yield from _own_numbers(element, page)
    for kid in element.K if isinstance(element.K, pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _numbers_in_tree(kid, page)


def _own_numbers(element: pikepdf.Object, page: pikepdf.Page) -> Iterator[int]:
    """Numbers of the pieces that an element holds itself on a page."""
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if isinstance(kid, int):
            if element.Pg.objgen == page.obj.objgen:
                yield kid
        elif kid.get("/Type") == "/MCR" and kid.Pg.objgen == page.obj.objgen:
            yield int(kid.MCID)


def _contents(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _shown_outside_of_marks(content: bytes) -> int:
    """How often text is shown that is neither an element's nor an artifact."""
    depth = outside = 0
    for operator in re.findall(rb"\b(BDC|BMC|EMC|TJ|Tj)\b", content):
        depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
        outside += operator in (b"TJ", b"Tj") and depth == 0
    return outside


def _bytes(document: pikepdf.Pdf) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()
