"""Uploads at work: small files at once, large ones by a thread of the server, one after the other.

Progress and the wish to cancel are kept in the memory of the process: while the thread writes to SQLite, nobody else
can.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from lakthan.apps.people.selectors import actor_of, present, today
from lakthan.apps.uploads.models import Upload
from lakthan.apps.uploads.queue import MOST_ATTEMPTS, release_all, take, take_next
from lakthan.apps.uploads.services import move_upload
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.kinds import kind_of
from lakthan.exchange.sheets.kinds import Asked, Kind, Line, Verdict
from lakthan.exchange.sheets.running import Outcome, run_import

SMALL = 60_000
"""Bytes of a file that is worked on while its sender waits: about five hundred rows."""
IDLE_SECONDS = 5.0
MOST_SHOWN = 300
"""Rows of each sort that a page lists."""
UPDATE_EVERY = 10
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
            with transaction.atomic():
                outcome = _run(upload)
                state = _next_state(upload, outcome)
                move_upload(
                    actor=actor,
                    upload=upload,
                    state=state,
                    outcome=outcome_data(outcome),
                    token=outcome.token,
                    now=present(),
                )
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


def _run(upload: Upload) -> Outcome:
    def progress(done: int, total: int) -> None:
        if upload.pk in _cancelled:
            raise Cancelled
        if done % UPDATE_EVERY == 0 or done == total:
            _progress[upload.pk] = (done, total)

    on = today()
    return run_import(
        actor=actor_of(upload.user, on),
        kind=kind_of(upload.kind),
        content=bytes(upload.content),
        name=upload.name,
        asked=Asked(FiscalYear.of(on), on),
        now=present(),
        dry_run=upload.state == State.WAITING,
        seen=upload.token,
        progress=progress,
    )


def _next_state(upload: Upload, outcome: Outcome) -> str:
    if outcome.result.refused:
        return State.REFUSED
    return State.SHOWN if upload.state == State.WAITING else State.DONE


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
    while True:
        _work.wait(IDLE_SECONDS)
        _work.clear()
        try:
            while (upload := take_next(timezone.now())) is not None:
                work_on(upload)
        except Exception:
            _log.exception("uploads: the thread goes on")
        finally:
            close_old_connections()
