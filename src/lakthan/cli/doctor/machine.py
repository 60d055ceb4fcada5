"""Examinations of the machine: Python, the data folder, the libraries that papers are printed with."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from lakthan.cli.doctor.answer import Answer, State, well

OLDEST_PYTHON = (3, 11)
LEAST_DISK = 1_000_000_000
"""Bytes: room for the database of a city and a year of papers."""


def examine() -> Iterator[Answer]:
    """All examinations of the machine."""
    yield python()
    home = Path(os.environ.get("LAKTHAN_HOME", "var")).resolve()
    yield data_folder(home)
    yield disk(home)
    yield printing_libraries()
    yield fonts()


def python() -> Answer:
    """Whether this Python is new enough."""
    version = platform.python_version()
    if sys.version_info >= OLDEST_PYTHON:
        return well("python", f"Python {version}", f"Python {version}")
    return Answer(
        "python",
        State.FAIL,
        f"Python {version} เก่าเกินไป",
        f"Python {version} is too old.",
        "ติดตั้ง Python 3.11 ขึ้นไป แล้วสร้าง .venv ใหม่",
        "Install Python 3.11 or newer and make .venv anew.",
    )


def data_folder(home: Path) -> Answer:
    """Whether `LAKTHAN_HOME`, or the nearest folder above it that is there, can be written."""
    present = _nearest(home)
    if present.is_dir() and os.access(present, os.W_OK | os.X_OK):
        return well("data-folder", f"เขียน {home} ได้", f"{home} can be written.")
    return Answer(
        "data-folder",
        State.FAIL,
        f"เขียน {home} ไม่ได้",
        f"{home} cannot be written.",
        "ให้ LAKTHAN_HOME ชี้ไปยังโฟลเดอร์ที่ผู้ใช้นี้เขียนได้ หรือเปลี่ยนเจ้าของโฟลเดอร์",
        "Let LAKTHAN_HOME name a folder that this user can write, or change the owner of the folder.",
    )


def _nearest(path: Path) -> Path:
    return next(candidate for candidate in (path, *path.parents) if candidate.exists())


def disk(home: Path) -> Answer:
    """Whether the disk of the data folder has room left."""
    free = shutil.disk_usage(_nearest(home)).free
    if free >= LEAST_DISK:
        return well("disk", f"ว่าง {free / 1e9:.1f} GB", f"{free / 1e9:.1f} GB free.")
    return Answer(
        "disk",
        State.WARN,
        f"เหลือที่ว่าง {free / 1e6:.0f} MB",
        f"{free / 1e6:.0f} MB free.",
        "เพิ่มที่ว่าง หรือย้าย LAKTHAN_HOME ไปยังดิสก์ที่ใหญ่กว่า",
        "Make room, or move LAKTHAN_HOME to a larger disk.",
    )


def printing_libraries() -> Answer:
    """Whether WeasyPrint finds its system libraries; tried in another process, where a crash does no harm."""
    tried = subprocess.run(
        [sys.executable, "-c", "import weasyprint"], capture_output=True, text=True, check=False, timeout=120
    )
    if tried.returncode == 0:
        return well("printing-libraries", "พร้อมพิมพ์ PDF", "PDF can be printed.")
    reason = (tried.stderr.strip().splitlines() or [f"exit status {tried.returncode}"])[-1]
    return Answer(
        "printing-libraries",
        State.FAIL,
        f"พิมพ์ PDF ไม่ได้: {reason}",
        f"PDF cannot be printed: {reason}",
        "สั่ง apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 และ pip install 'lakthan[server]'",
        "Run apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, and pip install 'lakthan[server]'.",
    )


def fonts() -> Answer:
    """Whether the package that brings the Thai font is installed."""
    if find_spec("fontpkg_sarabun") is not None:
        return well("fonts", "มีแบบอักษร Sarabun", "The Sarabun font is installed.")
    return Answer(
        "fonts",
        State.FAIL,
        "ไม่มีแบบอักษร Sarabun",
        "The Sarabun font is not installed.",
        "สั่ง pip install 'lakthan[server]'",
        "Run pip install 'lakthan[server]'.",
    )
