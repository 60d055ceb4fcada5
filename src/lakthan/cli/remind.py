"""`lakthan remind`: mails about what is due, late, sent back or waiting."""

import getpass
from smtplib import SMTPException

import click
from django.conf import settings
from django.core.mail import get_connection

from lakthan.apps.people.selectors import operator, present
from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.options import json_option
from lakthan.cli.output import Json, note, print_json
from lakthan.core.errors import UserError
from lakthan.exchange.reminders import Run, send_reminders


@click.command()
@click.option("--dry-run", is_flag=True, help="Say who would be reminded; send nothing.")
@json_option
def command(dry_run: bool, as_json: bool) -> None:
    """Send each person one mail with what they have not been reminded of."""
    require_migrated()
    if not (settings.EMAIL_URL or dry_run):
        raise UserError(
            "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล กำหนด LAKTHAN_EMAIL_URL หรือใช้ --dry-run",
            "There is no mail server: set LAKTHAN_EMAIL_URL, or use --dry-run.",
        )
    try:
        run = send_reminders(
            actor=operator(getpass.getuser()), connection=get_connection(), now=present(), dry_run=dry_run
        )
    except (OSError, SMTPException) as error:
        raise UserError(
            f"ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้: {error} ยังไม่ได้เตือนผู้ใด สั่งใหม่ได้",
            f"The mail server cannot be reached: {error}. Nobody was reminded; run it again.",
        ) from error
    _tell(run, as_json, dry_run)


def _tell(run: Run, as_json: bool, dry_run: bool) -> None:
    if as_json:
        people: list[Json] = [{"login": login, "reminders": count} for login, count in run.sent.items()]
        print_json(
            {
                "dry_run": dry_run,
                "sent": people,
                "without_address": run.without_address,
                "refused": run.refused,
                "unknown": run.unknown,
            }
        )
    else:
        for login, count in run.sent.items():
            click.echo(f"{login}: {count}")
        note(either(f"เตือน {len(run.sent)} คน", f"People reminded: {len(run.sent)}."))
    for login in run.without_address:
        note(either(f"{login} ไม่มีที่อยู่อีเมล", f"{login} has no e-mail address."))
    if failed := [*run.refused, *run.unknown]:
        raise UserError(
            f"ส่งไม่สำเร็จ {len(failed)} คน: {' '.join(failed)} (ที่ถูกปฏิเสธจะส่งใหม่ครั้งหน้า)",
            f"{len(failed)} mails failed: {' '.join(failed)}. The next run tries again those that were refused "
            f"({len(run.refused)}).",
        )
