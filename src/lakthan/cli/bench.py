"""`lakthan bench`: what things cost on this machine, beside a floor measured in the same run."""

import json
import resource
import subprocess
import sys
from dataclasses import replace

import click
from django.conf import settings

from lakthan.apps.reporting.papers import paper_of
from lakthan.cli.bench_exchange import exchange
from lakthan.cli.bench_pages import pages
from lakthan.cli.benchmark import Benchmark, rounds
from lakthan.cli.django import require_migrated
from lakthan.cli.options import json_option
from lakthan.cli.output import note, print_json
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.composition import report_document
from lakthan.printing.html import document_html
from lakthan.printing.paper import Paper
from lakthan.printing.pdf import render_pdf
from lakthan.printing.setter import set_html
from lakthan.printing.thai_font import FontSet, built_fonts

REFERENCE, YEAR = "2100-0001", FiscalYear(2563)
ROUNDS, ANNEX_ROUNDS, PROCESSES = 7, 3, 5
PROGRESS_EVERY = 20
SINGLE = """\
import time
import weasyprint
from lakthan.cli.django import set_up
set_up()
from lakthan.cli.bench import form_and_fonts
from lakthan.printing.pdf import render_pdf
paper, fonts = form_and_fonts()
start = time.process_time()
render_pdf(paper, fonts)
print(time.process_time() - start)
"""
"""One report in a process of its own, measured after its start."""


@click.group()
def command() -> None:
    """Measure what things cost."""
    require_migrated()


@command.command("print")
@click.option(
    "--count", type=click.IntRange(min=1), default=200, help="Reports printed in one process; 200 by default."
)
@json_option
def printing(count: int, as_json: bool) -> None:
    """Print the reference report of the demonstration, and the same HTML with WeasyPrint alone."""
    paper, fonts = _paper_and_fonts()
    documents = [benchmark.document() for benchmark in _benchmarks(paper, fonts, count)]
    if as_json:
        print_json({"benchmarks": documents})
        return
    for document in documents:
        click.echo(json.dumps(document, ensure_ascii=False))


def form_and_fonts() -> tuple[Paper, FontSet]:
    """The reference report without its annex, and the printing fonts. Raises `NotFound` where there is none."""
    paper, fonts = _paper_and_fonts()
    return replace(paper, annex=None), fonts


def _paper_and_fonts() -> tuple[Paper, FontSet]:
    return paper_of(REFERENCE, YEAR), built_fonts(settings.HOME / "cache")


def _benchmarks(paper: Paper, fonts: FontSet, count: int) -> list[Benchmark]:
    """The floors last: what WeasyPrint alone takes of memory must not stand for what a report takes."""
    plain = replace(paper, annex=None)
    render_pdf(plain, fonts)
    note(f"one process, {count} reports")
    many = _many(plain, fonts, count)
    forms = rounds(lambda: render_pdf(plain, fonts), ROUNDS)
    note("the report with its annex")
    wholes = rounds(lambda: render_pdf(paper, fonts), ANNEX_ROUNDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    note("floors: one report in a process of its own, and WeasyPrint alone")
    return [
        Benchmark("many-in-one-process", [sum(many) / count], _single(), peak),
        Benchmark("form", forms, _floor(plain, fonts, ROUNDS), peak),
        Benchmark("form-and-annex", wholes, _floor(paper, fonts, ANNEX_ROUNDS), peak),
    ]


def _many(paper: Paper, fonts: FontSet, count: int) -> list[float]:
    taken = []
    for number in range(1, count + 1):
        taken += rounds(lambda: render_pdf(paper, fonts), 1)
        if number % PROGRESS_EVERY == 0:
            note(f"{number}/{count}")
    return taken


def _single() -> list[float]:
    """Reports in processes of their own."""
    command_line = [sys.executable, "-c", SINGLE]
    runs = [subprocess.run(command_line, check=True, capture_output=True, text=True) for _ in range(PROCESSES)]  # noqa: S603
    return [float(run.stdout) for run in runs]


def _floor(paper: Paper, fonts: FontSet, count: int) -> list[float]:
    html = document_html(report_document(paper))
    return rounds(lambda: set_html(html, fonts), count)


command.add_command(exchange)
command.add_command(pages)
