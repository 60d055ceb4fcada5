"""`lakthan doctor`: what is wrong with this installation, and how to mend it."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from lakthan.cli.django import set_up
from lakthan.cli.doctor import machine
from lakthan.cli.doctor.answer import Answer, State
from lakthan.cli.language import either
from lakthan.cli.options import json_option
from lakthan.cli.output import print_json

MARKS = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}


@click.command()
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Say what is wrong here, and how to mend it.

    Exit status 1 where anything fails; warnings alone are 0.
    """
    answers = list(examine())
    healthy = all(answer.state is not State.FAIL for answer in answers)
    if as_json:
        print_json({"ok": healthy, "answers": [asdict(answer) for answer in answers]})
    else:
        for answer in answers:
            _show(answer)
    ctx.exit(0 if healthy else 1)


def examine() -> Iterator[Answer]:
    """The machine first; the installation and the database only where the settings can be read at all."""
    yield from machine.examine()
    try:
        set_up()
    except Exception as failure:  # whatever is wrong with the settings is the answer
        yield _unreadable_settings(failure)
        return
    from lakthan.cli.doctor import database, installation  # they need the settings

    yield from installation.examine()
    yield from database.examine()


def _unreadable_settings(failure: Exception) -> Answer:
    detail_th, detail_en = f"อ่านการตั้งค่าไม่ได้: {failure}", f"The settings cannot be read: {failure}"
    if isinstance(failure, ModuleNotFoundError):
        install = "pip install 'lakthan[server]'"
        return Answer("settings", State.FAIL, detail_th, detail_en, f"สั่ง {install}", f"Run {install}.")
    return Answer(
        "settings",
        State.FAIL,
        detail_th,
        detail_en,
        "แก้ตัวแปรสภาพแวดล้อมที่ระบุ ดู docs/settings.md",
        "Mend the environment variable that is named; see docs/settings.md.",
    )


def _show(answer: Answer) -> None:
    click.echo(f"{MARKS[answer.state]} {answer.name}: {either(answer.detail_th, answer.detail_en)}")
    if answer.state is not State.OK:
        click.echo(f"  → {either(answer.mend_th, answer.mend_en)}")
