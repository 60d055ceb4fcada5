"""Uploads at work: small files at once, large ones by a thread of the server, one after the other.

Progress and the wish to cancel are kept in the memory of the process: while the thread carries a file out on SQLite,
nobody else can write.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from django.db import close_old_connections, connection
from django.utils import timezone

from lakthan.apps.people.selectors import actor_of, operator, present, today
from lakthan.apps.uploads.models import Upload
from lakthan.apps.uploads.queue import MOST_ATTEMPTS, release_all, take, take_next
from lakthan.apps.uploads.services import expire_uploads, move_upload
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds import kind_of
from lakthan.exchange.sheets.kinds import Asked, Kind, Line, Verdict
from lakthan.exchange.sheets.running import Outcome, preview_import, run_import
from lakthan.rules.permissions import Actor

SMALL = 60_000
"""Bytes of a file that is worked on while its sender waits: about five hundred rows."""
IDLE_SECONDS = 5.0
EXPIRE_EVERY = 3600.0
"""Seconds after which the thread looks again for files that nobody confirmed."""
MOST_SHOWN = 300
"""Rows of each sort that a page lists."""
State = Upload.State

_log = structlog.get_logger(__name__)
_progress: dict[UUID, tuple[int, int]] = {}
_cancelled: set[UUID] = set()
_work = threading.Event()


class Cancelled(Exception):  # noqa: N818 - reads as what happened
    """Its sender does not want it any more."""


def progress_of(upload: UUID) -> tuple[int, int] | None:
    """Rows done and rows in all while an upload is worked on; None before and after."""
    return _progress.get(upload)


def cancel(upload: UUID) -> bool:
    """Ask for an upload under way to be broken off; False where nobody is at it."""
    if upload in _progress:
        _cancelled.add(upload)
        return True
    return False


def hand_over(upload: Upload) -> None:
    """Work on a small upload at once, and let the thread know of a large one."""
    if upload.size <= SMALL and take(upload, timezone.now()):
        work_on(upload)
    else:
        _work.set()


def work_on(upload: Upload) -> None:
    """Look an upload through, or carry it out, and record what came of it. It has been taken before."""
    with _told(upload):
        actor = actor_of(upload.user, today())
        try:
            if upload.attempts > MOST_ATTEMPTS:
                raise RuntimeError("it broke off before")
            if upload.state == State.WAITING:
                _end(upload, actor, preview_import(**_given(upload, actor)), State.SHOWN)
            else:
                _carry_out(upload, actor)
        except Cancelled:
            move_upload(actor=actor, upload=upload, state=State.CANCELLED, now=present())
        except UserError as error:
            wrong = {"problem_th": error.th, "problem_en": error.en}
            move_upload(actor=actor, upload=upload, state=State.REFUSED, outcome=wrong, now=present())
        except Exception:
            _log.exception("upload failed", upload=str(upload.pk))
            move_upload(actor=actor, upload=upload, state=State.FAILED, now=present())


@contextmanager
def _told(upload: Upload) -> Iterator[None]:
    _progress[upload.pk] = (0, 0)
    try:
        yield
    finally:
        _progress.pop(upload.pk, None)
        _cancelled.discard(upload.pk)


def _given(upload: Upload, actor: Actor) -> dict[str, Any]:
    """What an upload says of its run."""

    def progress(done: int, total: int) -> None:
        if upload.pk in _cancelled:
            raise Cancelled
        _progress[upload.pk] = (done, total)

    on = today()
    return {
        "actor": actor,
        "kind": kind_of(upload.kind),
        "content": bytes(upload.content),
        "name": upload.name,
        "asked": Asked(FiscalYear.of(on), on),
        "now": present(),
        "progress": progress,
    }


def _carry_out(upload: Upload, actor: Actor) -> None:
    """The step to *done* stands and falls with the rows."""

    def along(outcome: Outcome) -> None:
        _end(upload, actor, outcome, State.DONE)

    outcome = run_import(**_given(upload, actor), seen=upload.token, along=along)
    rows, held = outcome.result.read, round(outcome.held_seconds, 3)
    _log.info("upload carried out", upload=str(upload.pk), rows=rows, held_seconds=held)
    if outcome.result.refused:
        _end(upload, actor, outcome, State.REFUSED)


def _end(upload: Upload, actor: Actor, outcome: Outcome, state: str) -> None:
    move_upload(
        actor=actor,
        upload=upload,
        state=State.REFUSED if outcome.result.refused else state,
        outcome=outcome_data(outcome),
        token=outcome.token,
        now=present(),
    )


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data for the page: counts of all rows, and the first rows of each sort."""
    result, kind = outcome.result, outcome.kind
    refusals = [refusal for line in outcome.lines for refusal in line.refused]
    return {
        "read": result.read,
        "created": result.created,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "refused": len(result.refused),
        "mistakes": len(refusals),
        "refusals": [
            {"row": item.row, "column": _heading(kind, item.column), "th": item.reason_th, "en": item.reason_en}
            for item in refusals[:MOST_SHOWN]
        ],
        "changes": [_change(kind, line) for line in list(outcome.of(Verdict.CHANGED))[:MOST_SHOWN]],
        "additions": [
            {"row": line.row, "about": line.about} for line in list(outcome.of(Verdict.CREATED))[:MOST_SHOWN]
        ],
        "repaired": len(result.repaired),
        "doubts": [
            {"row": doubt.row, "text": doubt.text, "th": doubt.reason_th, "en": doubt.reason_en}
            for doubt in result.doubtful[:MOST_SHOWN]
        ],
    }


def _heading(kind: Kind, key: str) -> list[str]:
    found = [[column.th, column.en] for column in kind.columns if column.key == key]
    return found[0] if found else ["", ""]


def _change(kind: Kind, line: Line) -> dict[str, Any]:
    return {
        "row": line.row,
        "about": line.about,
        "fields": [dict(zip(("column", "before", "after"), kind.told(change), strict=True)) for change in line.changes],
    }


def start() -> None:
    """Begin the thread of this process. On SQLite it is the only one that writes, so what is taken was given up."""
    if connection.vendor == "sqlite":
        release_all()
    threading.Thread(target=_work_forever, name="uploads", daemon=True).start()


def _work_forever() -> None:
    looked_at = time.monotonic() - EXPIRE_EVERY
    while True:
        _work.wait(IDLE_SECONDS)
        _work.clear()
        try:
            if time.monotonic() - looked_at >= EXPIRE_EVERY:
                looked_at = time.monotonic()
                expire_uploads(actor=operator("uploads"), now=present())
            while (upload := take_next(timezone.now())) is not None:
                work_on(upload)
        except Exception:
            _log.exception("uploads: the thread goes on")
        finally:
            close_old_connections()
