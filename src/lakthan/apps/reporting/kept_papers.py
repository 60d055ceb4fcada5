"""Papers as PDF files that are rendered once and kept, so that no reader makes the server render one twice."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

from django.conf import settings

import lakthan.printing
from lakthan.apps.files import write_whole
from lakthan.printing.paper import Paper
from lakthan.printing.pdf import render_pdf
from lakthan.printing.thai_font import built_fonts

DIGEST_LENGTH = 16
"""Hexadecimal digits in the name of a file."""
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)

_rendering = Lock()


def kept_pdf(paper: Paper) -> bytes:
    """The PDF of a paper: the kept file where the same was printed before, which tells when, or else a new one.

    Of each report the newest file alone is kept, in `papers` of the home. One paper is rendered at a time. OSError
    where the folder cannot be written.
    """
    path = _path_of(paper)
    kept = _read(path)
    if kept is not None:
        return kept
    with _rendering:
        kept = _read(path)  # who waited finds what the other rendered
        return _keep(render_pdf(paper, built_fonts(settings.HOME / "cache")), path, paper) if kept is None else kept


def report_name(paper: Paper) -> str:
    """2100-0001-2563, or 2100-0001-2563-q3: what a file of the report is called."""
    quarter = "" if paper.quarter is None else f"-q{paper.quarter}"
    return f"{paper.indicator_code}-{paper.fiscal_year.be}{quarter}"


def undated(paper: Paper) -> Paper:
    """The same for every paper that says the same, whenever it is printed."""
    return replace(paper, printed_at=UNDATED)


def _path_of(paper: Paper) -> Path:
    """Named after all that the paper says, and the program that prints it."""
    digest = sha256(_program() + repr(undated(paper)).encode()).hexdigest()
    return settings.HOME / "papers" / f"{report_name(paper)}-{digest[:DIGEST_LENGTH]}.pdf"


@cache
def _program() -> bytes:
    """A digest of the room `printing`: forms, styles and code."""
    digest = sha256()
    for path in sorted(Path(lakthan.printing.__path__[0]).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.digest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _keep(pdf: bytes, path: Path, paper: Paper) -> bytes:
    """Write the file of a paper; the older ones of its report go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, pdf)
    for older in path.parent.glob(f"{report_name(paper)}-{'[0-9a-f]' * DIGEST_LENGTH}.pdf"):
        if older != path:
            older.unlink(missing_ok=True)
    return pdf
