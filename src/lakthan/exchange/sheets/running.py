"""One file from reading to writing: read, match against the records, and carry all of it out or nothing.

A preview tries the same in short turns that are taken back, so that others can write between them; what is confirmed is
matched anew and carried out in one transaction.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import connection, transaction

from lakthan.core.errors import Conflict, UserError
from lakthan.exchange.results import Doubtful, ImportResult, Refusal
from lakthan.exchange.sheets.kinds import Asked, Kind, Line, LinesRefused, Matching, Verdict
from lakthan.exchange.sheets.records import ReadTable, read_records
from lakthan.exchange.sheets.tables import read_tables
from lakthan.rules.permissions import Actor, reach, require

Progress = Callable[[int, int], None]
"""Is told how many rows are done of how many; what it raises ends the work, of which nothing is kept."""
Wrong = dict[int, UserError]
"""What is wrong with rows, by their number."""
TURN, LONGEST_TURN = 0.2, 1.0
"""Seconds for which a preview holds SQLite's one writer; the longer where rows that touch each other need it."""
REST = 0.12
"""Seconds for which it then lets go: whoever waits for SQLite looks again within a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of each row of a file."""

    kind: Kind
    lines: tuple[Line, ...]
    result: ImportResult
    token: str
    """Of the rows and what becomes of them: who gives it back has seen this."""
    held_seconds: float = 0.0
    """For how long the transaction was open in which it was carried out; on SQLite nobody else could write."""

    def of(self, verdict: Verdict) -> Iterator[Line]:
        """The rows of which this becomes."""
        return (line for line in self.lines if line.verdict is verdict)


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


def _alone(outcome: Outcome) -> None:
    """Write nothing more along with it."""


def preview_import(
    *,
    actor: Actor,
    kind: Kind,
    content: bytes,
    name: str,
    asked: Asked,
    now: datetime,
    progress: Progress = _quiet,
) -> Outcome:
    """Say what would come of a file: all that is wrong with it is told at once, and nothing is kept.

    Raises:
        Refused: the actor may not change records of this kind in any unit.
        UserError: the file as a whole cannot be read.
    """
    read = _read(actor, kind, content, name)
    planned = _planned(kind, actor, asked, now, read)
    return _outcome(kind, read, planned, _tried(planned, progress))


def run_import(
    *,
    actor: Actor,
    kind: Kind,
    content: bytes,
    name: str,
    asked: Asked,
    now: datetime,
    seen: str = "",
    progress: Progress = _quiet,
    along: Callable[[Outcome], object] = _alone,
) -> Outcome:
    """Take a file in, all of it or nothing. What is done `along` with it stands and falls with the rows.

    Cells are read before the transaction begins. Where a row is refused, the others are still tried, so that all that
    is wrong is told at once; then nothing is kept, and nothing done along. `seen` is the token of the outcome that was
    shown; empty where none was.

    Raises:
        Refused: the actor may not change records of this kind in any unit.
        UserError: the file as a whole cannot be read.
        Conflict: another outcome than the one seen would come of it by now.
    """
    read = _read(actor, kind, content, name)
    with transaction.atomic():
        begun = time.monotonic()
        planned = _planned(kind, actor, asked, now, read)
        if seen and seen != _token(planned):
            raise Conflict(
                "ข้อมูลเปลี่ยนไปหลังจากแสดงตัวอย่าง ส่งไฟล์อีกครั้งเพื่อดูตัวอย่างใหม่",
                "Records have changed since the preview; send the file again to see a new one.",
            )
        outcome = _outcome(kind, read, planned, _carried_out(planned, progress))
        if outcome.result.refused:
            transaction.set_rollback(True)
        else:
            along(outcome)
    return replace(outcome, held_seconds=time.monotonic() - begun)


def _read(actor: Actor, kind: Kind, content: bytes, name: str) -> ReadTable:
    if reach(actor, kind.action) == frozenset():
        require(actor, kind.action)
    return read_records(kind, read_tables(content, name))


def _planned(kind: Kind, actor: Actor, asked: Asked, now: datetime, read: ReadTable) -> list[Line]:
    matched = kind.match(_matching(actor, asked, now, read))
    return sorted([*read.refused, *matched], key=lambda line: line.row)


def _outcome(kind: Kind, read: ReadTable, planned: Sequence[Line], lines: Sequence[Line]) -> Outcome:
    return Outcome(kind, tuple(lines), _result(lines, read), _token(planned))


def _matching(actor: Actor, asked: Asked, now: datetime, read: ReadTable) -> Matching:
    def doubt(row: int, column: str, text: str, th: str, en: str) -> None:
        read.doubtful.append(Doubtful(row, column, text, th, en))

    return Matching(actor, asked, now, read.records, doubt)


def _carried_out(planned: Sequence[Line], progress: Progress) -> list[Line]:
    wrong: Wrong = {}
    for number, line in enumerate(planned, start=1):
        progress(number, len(planned))
        _act(line, wrong)
    return _told(planned, wrong)


def _act(line: Line, wrong: Wrong) -> None:
    """Do what is to be done for a row, and for those that it does along; what is refused is put to its row."""
    if line.act is None:
        return
    try:
        with transaction.atomic():
            line.act()
    except LinesRefused as error:
        wrong |= error.rows
    except UserError as error:
        wrong[line.row] = error


def _told(lines: Iterable[Line], wrong: Wrong) -> list[Line]:
    """The rows, in their order, with what is wrong with them."""
    return [_refused(line, wrong[line.row]) if line.row in wrong else line for line in sorted(lines, key=_row)]


def _row(line: Line) -> int:
    return line.row


def _refused(line: Line, error: UserError) -> Line:
    why = (Refusal(line.row, "", error.th, error.en),)
    return replace(line, verdict=Verdict.REFUSED, refused=why, act=None)


def _tried(planned: Sequence[Line], progress: Progress) -> list[Line]:
    """The rows after their acts were tried in turns and taken back."""
    tried = [line for line in planned if line.act is None]
    waiting = _in_groups(line for line in planned if line.act is not None)
    wrong: Wrong = {}
    while waiting:
        progress(len(tried), len(planned))
        with transaction.atomic():
            tried += _turn(waiting, wrong)
            transaction.set_rollback(True)
        if waiting and connection.vendor == "sqlite":
            time.sleep(REST)
    progress(len(tried), len(planned))
    return _told(tried, wrong)


def _turn(waiting: deque[Line], wrong: Wrong) -> list[Line]:
    """Rows from the left of those that wait, until the turn is over; rows that touch each other stay in one."""
    begun, tried = time.monotonic(), list[Line]()
    while waiting:
        held = time.monotonic() - begun
        if tried and (held > LONGEST_TURN or (held > TURN and _group(waiting[0]) != _group(tried[-1]))):
            break
        tried.append(waiting.popleft())
        _act(tried[-1], wrong)
    return tried


def _in_groups(lines: Iterable[Line]) -> deque[Line]:
    """Rows that touch each other behind the first of them, else in their order."""
    first: dict[object, int] = {}
    groups = ((first.setdefault(_group(line), line.row), line) for line in lines)
    return deque(line for _, line in sorted(groups, key=lambda pair: pair[0]))


def _group(line: Line) -> object:
    return ("row", line.row) if line.together is None else line.together


def _token(lines: Iterable[Line]) -> str:
    told = [(line.row, line.verdict.value, line.about, line.changes) for line in lines]
    return sha256(repr(told).encode()).hexdigest()


def _result(lines: Iterable[Line], read: ReadTable) -> ImportResult:
    """In the shape of the contract: one refusal for each row that is refused, the first."""
    result = ImportResult(repaired=read.mended, doubtful=sorted(read.doubtful, key=lambda doubt: doubt.row))
    for line in lines:
        result.read += 1
        match line.verdict:
            case Verdict.CREATED:
                result.created += 1
            case Verdict.CHANGED:
                result.changed += 1
            case Verdict.UNCHANGED:
                result.unchanged += 1
            case Verdict.REFUSED:
                result.refused.append(line.refused[0])
    return result
