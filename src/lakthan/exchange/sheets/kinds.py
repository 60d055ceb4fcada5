"""What a kind of table is: its columns, how a row finds its record, and which service adds or changes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.exchange.results import Refusal
from lakthan.exchange.sheets.cells import Names, Reader, Value, same, told
from lakthan.rules.permissions import Action, Actor


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind: how it is headed, how its cells are read, and what the workbook tells of it."""

    key: str
    th: str
    en: str
    read: Reader
    note_th: str
    note_en: str
    width: int = 14
    must_stand: bool = True
    """Whether a file without the column is refused."""
    must_hold: bool = False
    """Whether an empty cell is refused."""
    names: Names | None = None
    """What the cells can hold, where it is a list."""
    number_format: str = "General"
    is_fixed: bool = False
    """Whether it only says which record the row is, and cannot be changed by a file."""
    wrong: tuple[str, str] | None = None
    """What is said of a cell that cannot be read, in Thai and English, before the cell itself."""

    @property
    def heading(self) -> str:
        """In both languages."""
        return f"{self.th} · {self.en}"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows a workbook is filled with, and what holds for a whole file."""

    fiscal_year: FiscalYear
    today: date
    district: str = ""
    """Code of a district; empty for all that the actor may change."""
    effective_on: date | None = None
    """Since when what is new holds, where no column says so."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a file whose cells could all be read; only the columns that stand in the file."""

    row: int
    values: Mapping[str, Value]

    def get(self, key: str) -> Value:
        """What a cell says; None where it or its column is empty."""
        return self.values.get(key)

    def day(self, key: str) -> date | None:
        """A cell of a column of days."""
        found = self.values.get(key)
        return found if isinstance(found, date) else None

    def whole(self, key: str) -> int | None:
        """A cell of a column of whole numbers."""
        found = self.values.get(key)
        return found if isinstance(found, int) else None

    def amount(self, key: str) -> Decimal | None:
        """A cell of a column of exact numbers."""
        found = self.values.get(key)
        return found if isinstance(found, Decimal) else None

    def over(self, before: Mapping[str, Value]) -> "Record":
        """The row with what has no column in the file as it was before."""
        return Record(self.row, {**before, **self.values})

    def words(self, key: str) -> str:
        """A cell of text; empty where it says nothing."""
        return str(self.values.get(key) or "")


class Verdict(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after."""

    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what becomes of it. `act` does it; None where another row's does it along, or nothing is done."""

    row: int
    verdict: Verdict
    about: str = ""
    changes: tuple[Change, ...] = ()
    act: Callable[[], object] | None = None
    refused: tuple[Refusal, ...] = ()
    together: object = None
    """What its act looks at beside its own record, such as the balance of a transfer: the same for rows that touch."""


class LinesRefused(UserError):  # noqa: N818 - reads as the answer it is
    """What an act does for many rows cannot be done: what is wrong with each, by its row in the file."""

    def __init__(self, rows: Mapping[int, UserError]) -> None:
        self.rows = rows
        super().__init__(f"มี {len(rows)} แถวต้องแก้ไข", f"{len(rows)} of the rows must be mended.")

    def __reduce__(self) -> Any:
        """Survive pickling."""
        return (type(self), (self.rows,))


@dataclass(frozen=True, slots=True)
class Matching:
    """Rows that are to be matched against the records, for whom, and when."""

    actor: Actor
    asked: Asked
    now: datetime
    records: Sequence[Record]
    doubt: Callable[[int, str, str, str, str], None] = field(default=lambda *_: None)
    """Tells of something that a person should look at: row, column, text, Thai, English."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table that comes in and goes out."""

    code: str
    th: str
    en: str
    action: Action
    """What one has to be allowed to send one in."""
    columns: Sequence[Column]
    today: Callable[[Actor, Asked], Iterable[Mapping[str, Value]]]
    """The rows as the records say now."""
    match: Callable[[Matching], Iterator[Line]]
    about_th: str
    about_en: str
    by_year: bool = True
    """Whether its workbook is of one fiscal year."""

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)

    def told(self, change: Change) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
        """Column, before and after, each in Thai and English."""
        column = self.column(change.column)
        return (column.th, column.en), told(change.before, column.names), told(change.after, column.names)


def refused(record: Record, column: str, th: str, en: str, about: str = "") -> Line:
    """A row that cannot be taken in."""
    return Line(record.row, Verdict.REFUSED, about, refused=(Refusal(record.row, column, th, en),))


def refused_by(record: Record, column: str, error: UserError, about: str = "") -> Line:
    """A row that a rule refuses."""
    return refused(record, column, error.th, error.en, about)


def changes(record: Record, before: Mapping[str, Value], keys: Iterable[str]) -> tuple[Change, ...]:
    """How a row differs from its record in these columns; a column that is not in the file changes nothing."""
    return tuple(
        Change(key, before.get(key), record.values[key])
        for key in keys
        if key in record.values and not same(before.get(key), record.values[key])
    )


class Seen:
    """Which rows stood for which records, to refuse a second one."""

    def __init__(self) -> None:
        self._rows: dict[object, int] = {}

    def earlier(self, key: object, row: int) -> int | None:
        """The earlier row of the same record; None for the first."""
        first = self._rows.setdefault(key, row)
        return None if first == row else first


def twice(record: Record, column: str, earlier: int, about: str = "") -> Line:
    """A second row of the same record."""
    return refused(
        record,
        column,
        f"ซ้ำกับแถว {earlier} ให้เหลือแถวเดียว",
        f"It is the same as row {earlier}; keep one of them.",
        about,
    )
