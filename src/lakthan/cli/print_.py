"""`lakthan print`: the report of an indicator on paper."""

import os
from pathlib import Path

import click
from django.conf import settings

from lakthan.apps.files import write_whole
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.snapshots import certified_paper_of
from lakthan.cli.django import require_migrated
from lakthan.cli.options import QuarterNumberType, fiscal_year_option, json_option
from lakthan.cli.output import Json, print_json
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.printing import form
from lakthan.printing.paper import Paper
from lakthan.printing.pdf import PageLines, render_pdf, running_lines
from lakthan.printing.thai_font import built_fonts
from lakthan.printing.word import render_docx


@click.command()
@click.argument("code")
@fiscal_year_option
@click.option("--quarter", type=QuarterNumberType(), help="One quarter's report; without it the year's.")
@click.option("--certified", is_flag=True, help="The certified report as it was submitted.")
@click.option(
    "--format", "file_format", type=click.Choice(["pdf", "docx"]), default="pdf", help="PDF (the default), or Word."
)
@click.option("--thai-digits", is_flag=True, help="Numbers that the system writes in Thai digits.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write."
)
@json_option
def command(
    code: str,
    fiscal_year: FiscalYear,
    quarter: int | None,
    certified: bool,
    file_format: str,
    thai_digits: bool,
    output: Path,
    as_json: bool,
) -> None:
    """Print the newest report of indicator CODE."""
    require_migrated()
    _require_folder(output)
    read = certified_paper_of if certified else paper_of
    paper = read(code, fiscal_year, quarter, thai_digits=thai_digits)
    pages = write_word(paper, output) if file_format == "docx" else write_pdf(paper, output)
    if as_json:
        print_json(_document(output, file_format, pages))
    else:
        click.echo(output)


def write_paper(code: str, fiscal_year: FiscalYear, quarter: int | None, path: Path) -> tuple[PageLines, ...]:
    """Write the PDF of a report and give the running lines of its pages."""
    return write_pdf(paper_of(code, fiscal_year, quarter), path)


def write_pdf(paper: Paper, path: Path) -> tuple[PageLines, ...]:
    """Write a paper as PDF and give the running lines of its pages."""
    pdf = render_pdf(paper, built_fonts(settings.HOME / "cache"))
    write_whole(path, pdf, _mode())
    return running_lines(paper, pdf)


def write_word(paper: Paper, path: Path) -> tuple[PageLines, ...]:
    """Write a paper as a Word file and give its running lines once: Word alone knows the pages."""
    write_whole(path, render_docx(paper), _mode())
    said = form.running(paper)
    return (PageLines(0, said.marked_head, said.foot),)


def _require_folder(output: Path) -> None:
    if not output.parent.is_dir():
        raise UserError(
            f"ไม่มีโฟลเดอร์ {output.parent} สร้างก่อน หรือเลือกที่อื่นด้วย -o",
            f"There is no folder {output.parent}; make it first, or choose another place with -o.",
        )


def _mode() -> int:
    """That of a file which the user makes."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _document(output: Path, file_format: str, pages: tuple[PageLines, ...]) -> Json:
    """The file, and what each page says at head and foot; one entry with page null for Word."""
    return {
        "file": str(output),
        "format": file_format,
        "pages": [{"page": page.page or None, "head": list(page.head), "foot": list(page.foot)} for page in pages],
    }
