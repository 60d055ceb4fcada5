"""`lakthan template`: a workbook of a kind of record, filled with what the records say today."""

import getpass
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from lakthan.apps.people.selectors import operator, present, today
from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.options import FiscalYearType, json_option
from lakthan.cli.output import print_json
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds import KINDS, kind_of
from lakthan.exchange.sheets.exporting import write_today
from lakthan.exchange.sheets.kinds import Asked


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File: .xlsx or .csv. Default: KIND.xlsx."
)
@click.option("--district", default="", metavar="CODE", help="Only this district: 5026. Default: all.")
@click.option("--fiscal-year", type=FiscalYearType(), help="Fiscal year. Default: the present one.")
@json_option
def command(kind: str, output: Path | None, district: str, fiscal_year: FiscalYear | None, as_json: bool) -> None:
    """Write a workbook to fill in, with the rows of today."""
    require_migrated()
    file = output or Path(f"{kind}.xlsx")
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise UserError(f"ชื่อไฟล์ {file.name} ต้องลงท้ายด้วย .xlsx หรือ .csv", f"Name the file {file.name} .xlsx or .csv.")
    on = today()
    asked = Asked(fiscal_year or FiscalYear.of(on), on, district)
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as into:
        part = Path(into.name)
    try:
        with part.open("wb") as into:
            rows = write_today(
                into,
                actor=operator(getpass.getuser()),
                kind=kind_of(kind),
                asked=asked,
                as_csv=file.suffix.lower() == ".csv",
                now=present(),
            )
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    if as_json:
        print_json({"kind": kind, "file": str(file), "rows": rows})
    else:
        click.echo(either(f"{file}: {rows:,} แถว", f"{file}: {rows:,} rows"))
