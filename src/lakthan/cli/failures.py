"""How a failure is told: one line that names the place and the mend."""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import click

from lakthan.cli.language import either
from lakthan.cli.wrong_commands import in_thai
from lakthan.core.errors import UserError

_REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: "ไม่พบไฟล์หรือโฟลเดอร์นี้",
        errno.EACCES: "ไม่มีสิทธิ์ใช้",
        errno.EPERM: "ไม่มีสิทธิ์ใช้",
        errno.EISDIR: "เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
        errno.ENOTDIR: "ไม่ใช่โฟลเดอร์",
        errno.EEXIST: "มีอยู่แล้ว",
        errno.ENOSPC: "พื้นที่เก็บข้อมูลเต็ม",
        errno.EROFS: "พื้นที่เก็บข้อมูลอ่านได้อย่างเดียว",
        errno.EADDRINUSE: "มีโปรแกรมอื่นใช้อยู่",
    }
)
"""Why the system refuses, in Thai; its English is the system's own."""


def line_for(failure: Exception) -> str:
    """The line for a failure. The traceback of an unexpected one is written to a file, which the line names."""
    told = _expected(failure) or _of_django(failure) or _unexpected(failure)
    return " ".join(told.split())


def _expected(failure: Exception) -> str | None:
    match failure:
        case UserError():
            return either(failure.th, failure.en)
        case click.Abort():
            return either("ยกเลิกแล้ว", "Stopped.")
        case click.ClickException():
            return either(f"คำสั่งไม่ถูกต้อง: {in_thai(failure)}", f"Wrong command: {_in_english(failure)}")
        case OSError() if failure.filename is not None:
            place = os.fsdecode(failure.filename) if isinstance(failure.filename, bytes | str) else failure.filename
            reason = _REASONS.get(failure.errno or 0, f"ระบบแจ้งรหัส {failure.errno}")
            return either(f"ใช้ {place} ไม่ได้: {reason}", f"Cannot use {place}: {failure.strerror}")
    return None


def _in_english(failure: click.ClickException) -> str:
    """Click's own words, but not its whole help where no command was given."""
    if isinstance(failure, click.exceptions.NoArgsIsHelpError):
        return f"Missing command. See: {failure.ctx.command_path} --help" if failure.ctx else "Missing command."
    return failure.format_message()


def _of_django(failure: Exception) -> str | None:
    """A wrong setting, or a database that does not answer. Where Django was never imported it cannot be either."""
    if "django.db" not in sys.modules:
        return None
    from django.core.exceptions import ImproperlyConfigured  # the base installation has no Django
    from django.db import OperationalError

    match failure:
        case ImproperlyConfigured():
            return either(f"การตั้งค่าไม่ถูกต้อง: {failure}", f"Wrong setting: {failure}")
        case OperationalError():
            reason = str(failure).strip().partition("\n")[0]
            return either(
                f"ฐานข้อมูลใช้ไม่ได้: {reason} ใช้คำสั่ง lakthan doctor เพื่อดูสาเหตุ",
                f"The database cannot be used: {reason}. `lakthan doctor` tells why.",
            )
    return None


def _unexpected(failure: Exception) -> str:
    place = _keep_traceback(failure)
    what = f"{type(failure).__name__}: {failure}".partition("\n")[0]
    return either(
        f"เกิดข้อผิดพลาดที่ไม่คาดคิด ({what}) รายละเอียดอยู่ใน {place} โปรดแจ้งผู้พัฒนา",
        f"Unexpected error ({what}). The traceback is in {place}; please report it.",
    )


def _keep_traceback(failure: Exception) -> Path:
    """Write the traceback into `LAKTHAN_HOME/errors`, or into the temporary folder where that cannot be written."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    text = "".join(traceback.format_exception(failure))
    folder = Path(os.environ.get("LAKTHAN_HOME", "var")).resolve() / "errors"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(text, encoding="utf-8")
    except OSError:
        path = Path(tempfile.mkdtemp(prefix="lakthan-error-")) / name
        path.write_text(text, encoding="utf-8")
    return path
