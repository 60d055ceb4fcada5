"""`lakthan bench exchange`: what tables cost on their way in and out, each in a process of its own, and the memory."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import IO, Any
from zipfile import ZipFile

import click
from django.db import connection, transaction

from lakthan.apps.people.selectors import district_members, operator, present, today
from lakthan.cli.benchmark import Benchmark
from lakthan.cli.options import json_option
from lakthan.cli.output import note, print_json
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.sheets.cells import Value
from lakthan.exchange.sheets.kinds import Asked
from lakthan.exchange.sheets.running import preview_import, run_import
from lakthan.exchange.sheets.writing import ABOVE, write_csv, write_workbook

COMMUNITIES, ROWS = 2_007, 132_229
ALONE = """\
import json, sys
from lakthan.cli.django import set_up
set_up()
from lakthan.cli import bench_exchange
print(json.dumps(getattr(bench_exchange, sys.argv[1])(int(sys.argv[2]))))
"""
"""One measurement in a process of its own, whose memory is then that of the measurement."""


@click.command("exchange")
@click.option("--communities", type=click.IntRange(min=1), default=COMMUNITIES, help="Communities taken in; 2007.")
@click.option("--rows", type=click.IntRange(min=1), default=ROWS, help="Rows written to a workbook; 132229.")
@json_option
def exchange(communities: int, rows: int, as_json: bool) -> None:
    """Take generated communities in, preview them beside a writer, and write many rows to a workbook."""
    found = [
        _alone("import-communities", "take_in", communities),
        _alone("longest-wait-during-a-preview", "wait_to_write", communities, unit="seconds"),
        _alone("export-rows", "write_out", rows),
        _alone("export-a-tenth-of-the-rows", "write_out", max(1, rows // 10)),
    ]
    documents = [benchmark.document() for benchmark in found]
    if as_json:
        print_json({"benchmarks": documents})
        return
    for document in documents:
        click.echo(json.dumps(document, ensure_ascii=False))


def _alone(name: str, what: str, count: int, unit: str = "cpu-seconds") -> Benchmark:
    note(f"{name}: {count:,}")
    run = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", ALONE, what, str(count)], check=False, capture_output=True, text=True
    )
    if run.returncode:
        raise NotFound(
            f"วัด {name} ไม่ได้: {run.stderr.strip().splitlines()[-1:]}",
            f"{name} could not be measured: {run.stderr.strip().splitlines()[-1:]}",
        )
    seconds, floor, peak = json.loads(run.stdout.splitlines()[-1])
    return Benchmark(name, [seconds], [floor], peak, unit)


def take_in(count: int) -> tuple[float, float, int]:
    """Register so many communities of generated names and take them back; the floor is reading the file alone.

    Seconds of CPU of both, and the most memory in MB. Raises `RuntimeError` where a row is missing.
    """
    kind, on = KINDS["communities"], today()
    with TemporaryFile() as file:
        write_csv(file, kind, _communities(count))
        file.seek(0)
        content = file.read()
    given: dict[str, Any] = {"actor": operator("bench"), "kind": kind, "content": content, "name": "bench.csv"}
    asked, now = Asked(FiscalYear.of(on), on), present()
    with transaction.atomic():
        start = time.process_time()
        result = run_import(asked=asked, now=now, **given).result
        seconds = time.process_time() - start
        start = time.process_time()
        again = run_import(asked=asked, now=now, **given).result  # nothing is new: reading and matching alone
        floor = time.process_time() - start
        transaction.set_rollback(True)
    if (result.created, again.created, again.unchanged) != (count, 0, count):
        raise RuntimeError(f"{result.created} of {count} communities were registered, {again.unchanged} found again")
    return seconds, floor, _peak()


def wait_to_write(count: int) -> tuple[float, float, int]:
    """Preview so many new communities while another thread begins to write again and again; the floor is without.

    The longest that it waited for SQLite in both, in seconds of the clock, and the most memory in MB.
    """
    kind, on = KINDS["communities"], today()
    with TemporaryFile() as file:
        write_csv(file, kind, _communities(count))
        file.seek(0)
        content = file.read()
    asked = Asked(FiscalYear.of(on), on)
    with _writer() as idle:
        time.sleep(1)
    with _writer() as waits:
        preview_import(
            actor=operator("bench"), kind=kind, content=content, name="bench.csv", asked=asked, now=present()
        )
    return max(waits), max(idle), _peak()


@contextmanager
def _writer() -> Iterator[list[float]]:
    """A thread that begins to write twenty times a second; how long it waited each time."""
    waits, ended = list[float](), Event()

    def write() -> None:
        while not ended.wait(0.05):
            start = time.monotonic()
            with transaction.atomic():  # on SQLite this takes the one writer
                waits.append(time.monotonic() - start)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        ended.set()
        thread.join()


def write_out(count: int) -> tuple[float, float, int]:
    """Write so many rows of projects to a workbook and count them in it; the floor is writing them as CSV.

    Seconds of CPU of both, and the most memory in MB. Raises `RuntimeError` where a row is missing.
    """
    kind = KINDS["plans"]
    with TemporaryFile() as file:
        start = time.process_time()
        write_workbook(file, kind, _projects(count), "bench", present())
        seconds = time.process_time() - start
        found = _rows_in(file) - ABOVE - 1  # what stands above the headings, and they
    if found != count:
        raise RuntimeError(f"{found} of {count} rows stand in the workbook")
    with TemporaryFile() as file:
        start = time.process_time()
        write_csv(file, kind, _projects(count))
        floor = time.process_time() - start
    return seconds, floor, _peak()


def _rows_in(file: IO[bytes]) -> int:
    """The rows of the first sheet in which something stands, counted in the file itself, piece by piece."""
    found, rest = 0, b""
    with ZipFile(file) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        while piece := sheet.read(1 << 20):
            text = rest + piece
            found += text.count(b"</row>")
            rest = text[-5:]
    return found


def _communities(count: int) -> Iterator[Mapping[str, Value]]:
    districts = list(district_members(today()).values())
    if not districts:
        raise NotFound("วัดได้เฉพาะเมืองที่มีเขต สร้างด้วย lakthan demo", "Make the demonstration with `lakthan demo` first.")
    for number in range(count):
        district = districts[number % len(districts)]
        yield {
            "bma_agency_code": district.code,
            "district": district.name_th,
            "community": f"ชุมชนทดสอบ {number:05}",
            "sub_district": "แขวงทดสอบ",
            "type": "urban",
        }


def _projects(count: int) -> Iterator[Mapping[str, Value]]:
    adopted = date(2019, 10, 1)
    for number in range(count):
        yield {
            "community_code": f"{5001 + number % 50}-{number % 60 + 1:04}",
            "community": f"ชุมชนทดสอบ {number % 3000}",
            "adopted_on": adopted + timedelta(days=number % 365),
            "valid_until": date(2021, 12, 31),
            "number": number % 9 + 1,
            "name": f"โครงการทดสอบ {number}",
            "field": "physical",
            "way": "by-district",
            "problem": "ทางเท้าชำรุด เดินไม่สะดวก",
            "aim": "ให้คนในชุมชนเดินทางได้ปลอดภัย",
            "estimate": Decimal(number) / 100,
            "priority": number % 5 + 1,
        }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
