"""`lakthan import`: files into records."""

import getpass
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from lakthan.apps.people.selectors import operator, present, today
from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.options import DateType, FiscalYearType, json_option
from lakthan.cli.output import note, print_json
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.communities_import import import_communities
from lakthan.exchange.kinds import KINDS
from lakthan.exchange.report_import import import_report
from lakthan.exchange.results import ImportResult
from lakthan.exchange.sheets.kinds import Asked, Kind
from lakthan.exchange.sheets.running import preview_import, run_import

LIMIT = 50 * 1024 * 1024
"""Bytes of one file that are read."""
SHOWN = 10
"""Doubts and refusals shown on a terminal; `--json` has all."""

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")


@click.group()
def command() -> None:
    """Read a file into records: all of it or nothing."""
    require_migrated()


@command.command("communities")
@file_argument
@click.option(
    "--effective-on", type=DateType(), help="Day since when new communities are registered. Default: the present day."
)
@dry_run_option
@json_option
def communities(file: Path, effective_on: date | None, dry_run: bool, as_json: bool) -> None:
    """Register the communities of a list, as a workbook or CSV (district code, name, sub-district, type)."""
    result = import_communities(
        actor=operator(getpass.getuser()),
        data=_read(file),
        name=file.name,
        effective_on=effective_on or today(),
        now=present(),
        dry_run=dry_run,
    )
    _tell(result, as_json, dry_run)


@command.command("report")
@file_argument
@click.option("--indicator", metavar="CODE", help="Code of the indicator, where its name in the print is not enough.")
@click.option("--fiscal-year", type=FiscalYearType(), help="Fiscal year, where the indicator is assigned in several.")
@dry_run_option
@json_option
def report(file: Path, indicator: str | None, fiscal_year: FiscalYear | None, dry_run: bool, as_json: bool) -> None:
    """Bring a printed Part-2 report, as text, into draft reports of its indicator."""
    result = import_report(
        actor=operator(getpass.getuser()),
        data=_read(file),
        file_name=file.name,
        now=present(),
        indicator=indicator,
        fiscal_year=fiscal_year,
        dry_run=dry_run,
    )
    _tell(result, as_json, dry_run)


def _verb_of(kind: Kind) -> click.Command:
    """`lakthan import KIND` for a kind that has no option of its own."""

    @dry_run_option
    @json_option
    @file_argument
    def take_in(file: Path, dry_run: bool, as_json: bool) -> None:
        on = today()
        run = preview_import if dry_run else run_import
        outcome = run(
            actor=operator(getpass.getuser()),
            kind=kind,
            content=_read(file),
            name=file.name,
            asked=Asked(FiscalYear.of(on), on),
            now=present(),
        )
        _tell(outcome.result, as_json, dry_run)

    return click.command(
        kind.code, help=f"{kind.en}: a workbook or CSV in the form of `lakthan template {kind.code}`."
    )(take_in)


for _kind in KINDS.values():
    if _kind.code not in command.commands:
        command.add_command(_verb_of(_kind))


def _read(file: Path) -> bytes:
    if file.stat().st_size > LIMIT:
        raise UserError(f"ไฟล์ {file.name} ใหญ่เกิน 50 MB", f"The file {file.name} is larger than 50 MB.")
    return file.read_bytes()


def _tell(result: ImportResult, as_json: bool, dry_run: bool) -> None:
    """Tell what was done; refused rows end in status 1, and then nothing was written."""
    if as_json:
        print_json(asdict(result))
    else:
        _tell_person(result, dry_run)
    if result.refused:
        raise UserError(
            f"มี {len(result.refused)} แถวที่รับไม่ได้ จึงไม่ได้บันทึกอะไร แก้แล้วนำเข้าใหม่",
            f"{len(result.refused)} rows were refused, so nothing was written; mend them and import again.",
        )


def _tell_person(result: ImportResult, dry_run: bool) -> None:
    for doubt in result.doubtful[:SHOWN]:
        note(either(f"แถว {doubt.row}: {doubt.reason_th}", f"Row {doubt.row}: {doubt.reason_en}"))
    for refusal in result.refused[:SHOWN]:
        note(
            either(
                f"แถว {refusal.row} {refusal.column}: {refusal.reason_th}",
                f"Row {refusal.row} {refusal.column}: {refusal.reason_en}",
            )
        )
    click.echo(
        either(
            f"อ่าน {result.read} สร้าง {result.created} แก้ไข {result.changed} คงเดิม {result.unchanged} "
            f"รับไม่ได้ {len(result.refused)} ซ่อม {len(result.repaired)} สงสัย {len(result.doubtful)}",
            f"read {result.read}, created {result.created}, changed {result.changed}, unchanged {result.unchanged}, "
            f"refused {len(result.refused)}, repaired {len(result.repaired)}, doubtful {len(result.doubtful)}",
        )
        + (either(" (ทดลอง ไม่ได้บันทึก)", " (dry run, nothing written)") if dry_run else "")
    )
