"""`lakthan migrate`: bring the database to this version."""

import click
from django.core.management import call_command

from lakthan.cli.django import pending_migrations
from lakthan.cli.language import either
from lakthan.cli.output import note


@click.command()
def command() -> None:
    """Bring the database to this version of Lakthan."""
    pending = pending_migrations()
    call_command("migrate", interactive=False, verbosity=0)
    for name in pending:
        click.echo(name)
    note(either(f"ปรับฐานข้อมูลแล้ว {len(pending)} ขั้น", f"Migrations applied: {len(pending)}."))
