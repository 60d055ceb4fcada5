"""From a table to records: where the headings stand, which column is which, and what each cell says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.exchange.results import Doubtful, Mended, Refusal
from lakthan.exchange.sheets.cells import Value, clean, refuse_fault, shown
from lakthan.exchange.sheets.kinds import Column, Kind, Line, Record, Verdict
from lakthan.exchange.sheets.tables import Cell, Fault, Row, Table

HEADINGS_WITHIN = 30
"""Rows from the top among which the headings are looked for."""
HEADING_ROWS = 3
"""Rows over which a heading with merged cells may reach."""
MOST_RECORDS = 50_000
BEYOND = "beyond-the-last"
"""Stands for the cells behind the last column of a CSV file."""
TOTALS = frozenset({"รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ยอดรวม", "total", "grand total"})
"""Begin a line that sums up the others."""


@dataclass
class ReadTable:
    """The records of a file, and the rows that cannot be read."""

    records: list[Record] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)
    doubtful: list[Doubtful] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Headings:
    """Below which row the data begin, and which column of the kind stands in which place."""

    last: int
    """Index into the rows of the table."""
    columns: Mapping[int, Column]
    width: int
    words: Mapping[int, frozenset[str]]
    """What each column can be headed with, to know headings that stand among the data."""


def read_records(kind: Kind, tables: Sequence[Table]) -> ReadTable:
    """The rows of the one sheet that has the headings of the kind.

    Raises:
        UserError: no sheet has them all, or more than one does; a heading stands twice; there are too many rows.
    """
    table, headings = _chosen(kind, tables)
    data = [row for row in table.rows[headings.last + 1 :] if not _is_total(row[1])]
    if len(data) > MOST_RECORDS:
        raise UserError(
            f"มี {len(data):,} แถว เกิน {MOST_RECORDS:,} แถว แบ่งเป็นหลายไฟล์",
            f"There are {len(data):,} rows, more than {MOST_RECORDS:,}; split the file into several.",
        )
    found = ReadTable()
    for number, cells in data:
        _refuse_second_heading(number, cells, headings)
        _read_row(found, number, cells, headings, is_csv=not table.name)
    return found


def has_headings(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Whether a row holds all the headings that a file of this kind needs."""
    return _headings(kind, [(1, cells)]) is not None


def _chosen(kind: Kind, tables: Sequence[Table]) -> tuple[Table, _Headings]:
    found = [(table, headings) for table in tables if (headings := _headings(kind, table.rows))]
    named = [(table, headings) for table, headings in found if table.name == kind.th]
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    if not found:
        raise _no_headings(kind, tables)
    names = ", ".join(f"“{table.name}”" for table, _ in found)
    raise UserError(
        f"มีตารางนี้ในหลายแผ่นงาน ({names}) ให้เหลือแผ่นเดียว หรือซ่อนแผ่นอื่น",
        f"More than one sheet holds the table ({names}); keep one, or hide the others.",
    )


def _headings(kind: Kind, rows: Sequence[Row]) -> _Headings | None:
    """One row of headings if there is one, else rows that together hold them, the lowest word of a column counting."""
    top = rows[:HEADINGS_WITHIN]
    for depth in range(1, HEADING_ROWS + 1):
        for first in range(len(top) - depth + 1):
            columns = _columns(kind, _lowest([cells for _, cells in top[first : first + depth]]))
            standing = {column.key for column in columns.values()}
            if all(column.key in standing for column in kind.columns if column.must_stand):
                return _whole(kind, top, first, first + depth, columns)
    return None


def _whole(kind: Kind, rows: Sequence[Row], first: int, end: int, columns: Mapping[int, Column]) -> _Headings:
    """The headings of rows first to end, with those that merged cells put on the row above or below."""
    first -= int(_begins_above(kind, columns, rows[:first]))
    end += int(_goes_on_below(kind, columns, rows[end:]))
    words = _lowest([cells for _, cells in rows[first:end]])
    columns = _columns(kind, words)
    _refuse_double(columns, words)
    known = {place: frozenset(map(_plain, _names(column))) for place, column in columns.items()}
    return _Headings(end - 1, columns, len(words), known)


def _begins_above(kind: Kind, columns: Mapping[int, Column], rows: Sequence[Row]) -> bool:
    """Whether the row above holds a further heading, beside words that stand over several columns."""
    standing = {column.key for column in columns.values()}
    above = _columns(kind, _lowest([cells for _, cells in rows[-1:]]))
    return any(place not in columns and column.key not in standing for place, column in above.items())


def _goes_on_below(kind: Kind, columns: Mapping[int, Column], rows: Sequence[Row]) -> bool:
    """Whether the next row holds nothing but further headings, where the ones above are merged cells."""
    words = {place: word for place, word in enumerate(_lowest([cells for _, cells in rows[:1]])) if word}
    known = _columns(kind, [words.get(place, "") for place in range(max(words, default=-1) + 1)])
    return bool(words) and known.keys() == words.keys() and not known.keys() & columns.keys()


def _lowest(rows: Sequence[Sequence[Cell]]) -> list[str]:
    width = max((len(cells) for cells in rows), default=0)
    words = [""] * width
    for cells in rows:
        for place, cell in enumerate(cells):
            words[place] = clean(shown(cell)) or words[place]
    return words


def _columns(kind: Kind, words: Sequence[str]) -> dict[int, Column]:
    known = {_plain(name): column for column in kind.columns for name in _names(column)}
    return {place: known[_plain(word)] for place, word in enumerate(words) if _plain(word) in known}


def _names(column: Column) -> tuple[str, ...]:
    return column.key, column.th, column.en, column.heading


def _plain(heading: str) -> str:
    return fold(heading.replace("·", " ").replace("*", " "))


def _refuse_double(columns: Mapping[int, Column], words: Sequence[str]) -> None:
    keys = [column.key for column in columns.values()]
    for place, column in columns.items():
        if keys.count(column.key) > 1:
            raise UserError(
                f"มีหัวตาราง “{words[place]}” ซ้ำกัน ให้เหลือคอลัมน์เดียว",
                f"The heading “{words[place]}” stands twice; keep one of the columns.",
            )


def _no_headings(kind: Kind, tables: Sequence[Table]) -> UserError:
    """Say what is missing of the headings in the row that has most of them."""
    best: set[str] = set()
    is_csv = all(not table.name for table in tables)
    for table in tables:
        for _, cells in table.rows[:HEADINGS_WITHIN]:
            here = {column.key for column in _columns(kind, [clean(shown(cell)) for cell in cells]).values()}
            best = max(best, here, key=len)
    needed = [column for column in kind.columns if column.must_stand]
    missing = [column for column in needed if column.key not in best]
    if is_csv:
        lacks, needs = ([column.key for column in columns] for columns in (missing, needed))
    else:
        lacks, needs = ([f"“{column.heading}”" for column in columns] for columns in (missing, needed))
    return UserError(
        f"ไฟล์ไม่มีคอลัมน์ {', '.join(lacks)} (ต้องมี {', '.join(needs)}) ใช้แบบฟอร์มของ{kind.th}",
        f"The file lacks the column {', '.join(lacks)}; it needs {', '.join(needs)}. Use the workbook of: {kind.en}.",
    )


def _is_total(cells: Sequence[Cell]) -> bool:
    first = next((shown(cell) for cell in cells if shown(cell).strip()), "")
    return fold(first).rstrip(" :") in TOTALS


def _refuse_second_heading(number: int, cells: Sequence[Cell], headings: _Headings) -> None:
    repeated = [
        place
        for place, words in headings.words.items()
        if place < len(cells) and isinstance(cells[place], str) and _plain(clean(shown(cells[place]))) in words
    ]
    if len(repeated) >= max(2, len(headings.columns) // 2):
        raise UserError(
            f"แถว {number} เป็นหัวตารางซ้ำ ลบแถวนี้แล้วส่งใหม่", f"Row {number} repeats the headings; delete it and send again."
        )


def _read_row(found: ReadTable, number: int, cells: Sequence[Cell], headings: _Headings, *, is_csv: bool) -> None:
    refusals = list(_beyond(number, cells, headings)) if is_csv else []
    values: dict[str, Value] = {}
    for place, column in headings.columns.items():
        cell = cells[place] if place < len(cells) else None
        try:
            refuse_fault(cell)
            reading = column.read(cell)
            if reading.value is None and column.must_hold:
                raise UserError(f"ไม่มี{column.th} กรุณากรอก", f"{column.en} is missing; fill it in.")
        except UserError as error:
            refusals.append(_refusal(number, column, cell, error))
            continue
        values[column.key] = reading.value
        found.mended += [Mended(number, column.key, *change) for change in reading.mended]
        found.doubtful += [Doubtful(number, column.key, shown(cell), th, en) for th, en in reading.doubts]
    if refusals:
        refusals.sort(key=lambda refusal: _order(refusal, headings))
        found.refused.append(Line(number, Verdict.REFUSED, refused=tuple(refusals)))
    else:
        found.records.append(Record(number, values))


def _order(refusal: Refusal, headings: _Headings) -> int:
    keys = [column.key for column in headings.columns.values()]
    return keys.index(refusal.column) if refusal.column in keys else -1


def _refusal(number: int, column: Column, cell: Cell, error: UserError) -> Refusal:
    if column.wrong is None or isinstance(cell, Fault | date):
        return Refusal(number, column.key, error.th, error.en)
    th, en = (f"{words}: {shown(cell)}" for words in column.wrong)
    if column.names is not None:
        listed_th, listed_en = (", ".join(words) for words in zip(*column.names.values(), strict=True))
        th, en = f"{th.rstrip()} (เลือกจาก {listed_th})", f"{en.rstrip()} (choose from {listed_en})"
    else:
        th, en = f"{th} ({error.th})", f"{en} ({error.en})"
    return Refusal(number, column.key, th, en)


def _beyond(number: int, cells: Sequence[Cell], headings: _Headings) -> Iterator[Refusal]:
    """What stands behind the last heading of a CSV file: a comma in a cell moves all that follows it."""
    rest = "".join(shown(cell) for cell in cells[headings.width :])
    if rest.strip():
        yield Refusal(
            number,
            BEYOND,
            f"มีข้อความเกินคอลัมน์สุดท้าย: {rest} (ใส่เครื่องหมายคำพูดรอบช่องที่มีจุลภาค)",
            f"text beyond the last column: {rest} (put quotation marks around a cell that holds a comma)",
        )
