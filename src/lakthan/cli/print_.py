"""`lakthan print`: the report of an indicator on paper."""

from pathlib import Path

import click
from django.conf import settings

from lakthan.apps.reporting.papers import paper_of
from lakthan.cli.django import require_migrated
from lakthan.cli.options import QuarterNumberType, fiscal_year_option, json_option
from lakthan.cli.output import Json, print_json
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.pdf import PageLines, render_pdf, running_lines
from lakthan.printing.thai_font import built_fonts


@click.command()
@click.argument("code")
@fiscal_year_option
@click.option("--quarter", type=QuarterNumberType(), help="One quarter's report; without it the year's.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The PDF to write."
)
@json_option
def command(code: str, fiscal_year: FiscalYear, quarter: int | None, output: Path, as_json: bool) -> None:
    """Print the newest report of indicator CODE as PDF."""
    require_migrated()
    pages = write_paper(code, fiscal_year, quarter, output)
    if as_json:
        print_json(_document(output, pages))
    else:
        click.echo(output)


def write_paper(code: str, fiscal_year: FiscalYear, quarter: int | None, path: Path) -> tuple[PageLines, ...]:
    """Write the PDF and give the running lines of its pages."""
    paper = paper_of(code, fiscal_year, quarter)
    pdf = render_pdf(paper, built_fonts(settings.HOME / "cache"))
    path.write_bytes(pdf)
    return running_lines(paper, pdf)


def _document(output: Path, pages: tuple[PageLines, ...]) -> Json:
    return {
        "file": str(output),
        "pages": [{"page": page.page, "head": list(page.head), "foot": list(page.foot)} for page in pages],
    }
