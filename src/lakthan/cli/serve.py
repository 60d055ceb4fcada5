"""`lakthan serve`: the web server, one process with several threads."""

import errno
import socket

import click
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.output import note
from lakthan.core.errors import UserError

APPLICATION = "lakthan.config.wsgi:application"
THREADS = 4
"""Python runs one at a time; the others wait for the database or for a slow reader."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the pages.

    One process with several threads: a second process that writes would make every writer of SQLite wait.
    """
    require_migrated()
    if settings.ENVIRONMENT == settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    _refuse_wrong_settings()
    _refuse_taken(host, port)
    note(either(f"เปิดที่ http://{host}:{port}/ (หยุดด้วย Ctrl-C)", f"Serving http://{host}:{port}/ (Ctrl-C stops)"))
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def _refuse_wrong_settings() -> None:
    errors = [message for message in run_checks() if message.level >= ERROR]
    if errors:
        raise UserError(
            f"การตั้งค่าไม่ถูกต้อง ({errors[0].id}): {errors[0].msg} {errors[0].hint or ''}",
            f"Wrong setting ({errors[0].id}): {errors[0].msg} {errors[0].hint or ''}",
        )


def _refuse_taken(host: str, port: int) -> None:
    """Try the address first: the server itself would retry, or fail in a child process with a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as refused:
            raise _cannot_listen(host, port, refused) from refused


def _cannot_listen(host: str, port: int, refused: OSError) -> UserError:
    if refused.errno == errno.EADDRINUSE:
        return UserError(
            f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ ให้เลือกพอร์ตอื่น เช่น --port {port + 1}",
            f"Port {port} is taken by another program; choose another one, for example --port {port + 1}.",
        )
    return UserError(
        f"เปิดที่ {host} พอร์ต {port} ไม่ได้: {refused.strerror} ให้ตรวจ --host และ --port",
        f"Cannot listen on {host} port {port}: {refused.strerror}. Check --host and --port.",
    )
