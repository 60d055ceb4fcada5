"""One file from reading to writing: read, match against the records, and carry all of it out or nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from lakthan.core.errors import Conflict, UserError
from lakthan.exchange.results import Doubtful, ImportResult, Refusal
from lakthan.exchange.sheets.kinds import Asked, Kind, Line, Matching, Verdict
from lakthan.exchange.sheets.records import ReadTable, read_records
from lakthan.exchange.sheets.tables import read_tables
from lakthan.rules.permissions import Actor, reach, require

Progress = Callable[[int, int], None]
"""Is told how many rows are done of how many; what it raises ends the work, of which nothing is kept."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of each row of a file."""

    kind: Kind
    lines: tuple[Line, ...]
    result: ImportResult
    token: str
    """Of the rows and what becomes of them: who gives it back has seen this."""

    def of(self, verdict: Verdict) -> Iterator[Line]:
        """The rows of which this becomes."""
        return (line for line in self.lines if line.verdict is verdict)


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


def run_import(
    *,
    actor: Actor,
    kind: Kind,
    content: bytes,
    name: str,
    asked: Asked,
    now: datetime,
    dry_run: bool = False,
    seen: str = "",
    progress: Progress = _quiet,
) -> Outcome:
    """Take a file in, all of it or nothing; with `dry_run` the same is done and taken back.

    Cells are read before the transaction begins. Where a row is refused, the others are still tried, so that all that
    is wrong is told at once. `seen` is the token of the outcome that was shown; empty where none was.

    Raises:
        Refused: the actor may not change records of this kind in any unit.
        UserError: the file as a whole cannot be read.
        Conflict: another outcome than the one seen would come of it by now.
    """
    if reach(actor, kind.action) == frozenset():
        require(actor, kind.action)
    read = read_records(kind, read_tables(content, name))
    with transaction.atomic():
        planned = sorted([*read.refused, *kind.match(_matching(actor, asked, now, read))], key=lambda line: line.row)
        token = _token(planned)
        if seen and seen != token:
            raise Conflict(
                "ข้อมูลเปลี่ยนไปหลังจากแสดงตัวอย่าง ส่งไฟล์อีกครั้งเพื่อดูตัวอย่างใหม่",
                "Records have changed since the preview; send the file again to see a new one.",
            )
        lines = tuple(_carried_out(planned, progress))
        if dry_run or any(line.verdict is Verdict.REFUSED for line in lines):
            transaction.set_rollback(True)
    return Outcome(kind, lines, _result(lines, read), token)


def _matching(actor: Actor, asked: Asked, now: datetime, read: ReadTable) -> Matching:
    def doubt(row: int, column: str, text: str, th: str, en: str) -> None:
        read.doubtful.append(Doubtful(row, column, text, th, en))

    return Matching(actor, asked, now, read.records, doubt)


def _carried_out(lines: list[Line], progress: Progress) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        progress(number, len(lines))
        if line.act is None:
            yield line
            continue
        try:
            with transaction.atomic():
                line.act()
        except UserError as error:
            why = (Refusal(line.row, "", error.th, error.en),)
            yield replace(line, verdict=Verdict.REFUSED, refused=why, act=None)
        else:
            yield line


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
