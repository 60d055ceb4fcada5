"""`lakthan demo`: build the demonstration city, or a city of units only."""

import shutil
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from lakthan.apps.people.selectors import city, demonstration_logins
from lakthan.apps.reporting.selectors import figure_answer, fiscal_years
from lakthan.cli.language import either
from lakthan.cli.output import note
from lakthan.cli.print_ import write_paper
from lakthan.core.errors import UserError
from lakthan.demo.build import build_city, build_empty_city
from lakthan.demo.people import PASSWORD
from lakthan.demo.stage import YEAR

REFERENCE = "2100-0001"


@click.command()
@click.option("--fresh", is_flag=True, help="Begin anew: delete the demonstration's data first.")
@click.option("--empty", is_flag=True, help="Only the city's units and plan: no communities, no records.")
def command(fresh: bool, empty: bool) -> None:
    """Build the demonstration city and print the reference figure.

    Where the demonstration stands already it is left as it is, unless --fresh.
    """
    if fresh:
        _clear()
    call_command("migrate", interactive=False, verbosity=0)
    if city() is None:
        (build_empty_city if empty else build_city)(note)
    elif empty or not fiscal_years():
        raise UserError(
            "มีข้อมูลเมืองอยู่แล้ว ใช้ --fresh เพื่อเริ่มใหม่",
            "There is a city here already; --fresh begins anew.",
        )
    else:
        note(either("มีเมืองสาธิตอยู่แล้ว ใช้ --fresh เพื่อเริ่มใหม่", "The city stands already; --fresh begins anew."))
    if empty:
        click.echo(either("เมืองว่างพร้อมใช้", "An empty city is ready."))
    else:
        _tell_figure()
        _tell_accounts()


def _clear() -> None:
    """Delete the database and the files of a demonstration; never those of a real city."""
    if connection.vendor != "sqlite":
        raise UserError(
            "--fresh ใช้ได้กับ SQLite เท่านั้น บน PostgreSQL ให้สร้างฐานข้อมูลเปล่าแล้วชี้ DATABASE_URL ไปที่นั่น",
            "--fresh works on SQLite only; on PostgreSQL make an empty database and point DATABASE_URL there.",
        )
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    if not path.exists():
        return
    _refuse_real_city()
    connections.close_all()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.rmtree(settings.HOME / "evidence", ignore_errors=True)


def _refuse_real_city() -> None:
    if "people_city" not in connection.introspection.table_names():
        return
    here = city()
    if here is not None and not here.is_demonstration:
        raise UserError(
            "ข้อมูลนี้ไม่ใช่เมืองสาธิต จึงไม่ลบ ย้าย LAKTHAN_HOME ไปที่อื่นก่อน",
            "This is not a demonstration city, so it is not deleted; point LAKTHAN_HOME elsewhere.",
        )


def _tell_figure() -> None:
    """End with the reference figure and its paper."""
    path = settings.HOME / "papers" / f"{REFERENCE}-{YEAR.be}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_paper(REFERENCE, YEAR, None, path)
    answer = figure_answer(REFERENCE, YEAR.quarter(4))
    figure = answer.selected.figure
    click.echo(either(answer.indicator.name_th, answer.indicator.name_en))
    click.echo(f"{REFERENCE} {YEAR.be}: {figure.numerator} / {figure.denominator} = {figure.value}")
    click.echo(f"PDF: {path}")


def _tell_accounts() -> None:
    """How to sign in; on stderr, because scripts read the figure from stdout."""
    note(either(f"บัญชีสาธิต (รหัสผ่าน {PASSWORD}):", f"Demonstration accounts (password {PASSWORD}):"))
    for login in demonstration_logins():
        note(f"  {login}")
