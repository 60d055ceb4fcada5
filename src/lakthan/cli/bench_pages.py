"""`lakthan bench pages`: what long pages of officers cost, beside a plain page of fifty rows in the same run."""

import json
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from lakthan.apps.people.selectors import user_of_login
from lakthan.cli import plain_page
from lakthan.cli.benchmark import Benchmark, rounds
from lakthan.cli.options import json_option
from lakthan.cli.output import note, print_json
from lakthan.core.errors import NotFound
from lakthan.demo.many import add_indicators, assign_to_all_units
from lakthan.demo.stage import YEAR

ROUNDS = 15
READER = "demo-auditor"
"""Who may read every report of the demonstration."""
INDICATORS = 100
OF_EACH_UNIT = 4
"""Indicators that every bureau and district reports on."""


@dataclass(frozen=True, slots=True)
class PageToMeasure:
    """A page as `READER` asks for it, in the city with `INDICATORS` more indicators."""

    name: str
    route: str

    @property
    def address(self) -> str:
        """The page for the year of the demonstration."""
        return f"{reverse(self.route)}?fiscal-year={YEAR.be}"


PAGES: Sequence[PageToMeasure] = (
    PageToMeasure("reports-of-100-indicators", "report-list"),
    PageToMeasure("reports-of-100-indicators-as-workbook", "report-workbook"),
    PageToMeasure("public-list-of-100-indicators", "indicator-list"),
)
OF_ALL_UNITS = PageToMeasure("state-of-reports-of-all-units", "report-matrix")
"""Measured last, with `OF_EACH_UNIT` indicators on every unit."""


@click.command("pages")
@json_option
def pages(as_json: bool) -> None:
    """Open the long pages of the demonstration, and a plain Django page of fifty rows."""
    documents = [benchmark.document() for benchmark in _measured()]
    if as_json:
        print_json({"benchmarks": documents})
        return
    for document in documents:
        click.echo(json.dumps(document, ensure_ascii=False))


def _measured() -> list[Benchmark]:
    """What was added to measure with is rolled back."""
    with transaction.atomic():
        note(f"{INDICATORS} indicators are added, and taken back at the end")
        add_indicators(INDICATORS)
        floor = _floor()
        found = [_benchmark(page, floor) for page in PAGES]
        assign_to_all_units(OF_EACH_UNIT)
        found.append(_benchmark(OF_ALL_UNITS, floor))
        transaction.set_rollback(True)
    return found


def _benchmark(page: PageToMeasure, floor: list[float]) -> Benchmark:
    note(page.name)
    seconds = rounds(_opening(_signed_in(), page.address), ROUNDS)
    return Benchmark(page.name, seconds, floor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _floor() -> list[float]:
    note("floor: a plain page of fifty rows")
    with override_settings(ROOT_URLCONF=plain_page.__name__, MIDDLEWARE=list(plain_page.MIDDLEWARE)):
        return rounds(_opening(_signed_in(), plain_page.ADDRESS), ROUNDS)


def _signed_in() -> Client:
    """A browser of the reader's.

    Raises:
        NotFound: the city is no demonstration.
    """
    user = user_of_login(READER)
    if user is None:
        raise NotFound("วัดได้เฉพาะเมืองสาธิต สร้างด้วย lakthan demo", "Make the demonstration with `lakthan demo` first.")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _opening(client: Client, address: str) -> Callable[[], object]:
    """Opens the page; what is made once per process was made by then."""

    def open_page() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")

    open_page()
    return open_page
