"""Workbooks of requests for data: the one that is sent out, the one that comes back, and all answers in one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils import get_column_letter

from lakthan.apps.planning.requests import RequestFacts, RequestPage
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.core.thai import fold
from lakthan.exchange.workbook_reading import opened
from lakthan.exchange.workbooks import Column, Sheet, Value, workbook
from lakthan.rules.data_requests import MOST_ROWS, NUMBERS, Field, FieldType, Row, Standing, read_value
from lakthan.rules.data_requests import Value as Answered

LARGEST_FILE = 5_000_000
"""Bytes of a workbook that comes back."""
HEADINGS_WITHIN = 20
"""The headings stand in one of the first rows."""
STANDINGS: Mapping[Standing, str] = {
    Standing.ANSWERED: "ตอบแล้ว",
    Standing.NIL: "ยืนยันว่าไม่มี",
    Standing.WAITING: "ยังไม่ตอบ",
    Standing.LATE: "ยังไม่ตอบ เกินกำหนด",
}
HINTS: Mapping[FieldType, str] = {
    FieldType.INTEGER: "จำนวนเต็ม",
    FieldType.DECIMAL: "ตัวเลข",
    FieldType.YES_NO: "มี / ไม่มี",
    FieldType.DATE: "วันที่ เช่น 31/8/2563",
    FieldType.TEXT: "ข้อความ",
}


@dataclass(frozen=True, slots=True)
class WrongCell:
    """What is wrong in a cell of a workbook, as Excel names the cell."""

    cell: str
    th: str
    en: str


class WrongWorkbook(UserError):  # noqa: N818 - the term of the field
    """A workbook of which nothing was taken, with all that is wrong in it."""

    def __init__(self, cells: Sequence[WrongCell]) -> None:
        super().__init__(
            f"แฟ้มมี {len(cells)} ช่องที่ต้องแก้ จึงยังไม่ได้รับข้อมูลใด",
            f"{len(cells)} cells of the workbook have to be mended; nothing was taken yet.",
        )
        self.cells = tuple(cells)

    def __reduce__(self) -> object:  # type: ignore[override]
        """Survive pickling."""
        return (type(self), (self.cells,))


def template(asked: RequestFacts, unit_th: str, now: datetime) -> bytes:
    """The workbook that a unit fills in: the question above one column for each field."""
    lines = [
        asked.subject,
        *asked.question.splitlines(),
        f"หน่วยงานที่ตอบ: {unit_th}",
        f"กำหนดส่ง {format_date(asked.deadline_on)} · กรอกตั้งแต่แถวใต้หัวตาราง ช่องที่ไม่มีข้อมูลเว้นว่างไว้ (ช่องว่างไม่ใช่ 0)",
        " · ".join(f"{field.name}: {hint(field)}" for field in asked.fields),
    ]
    return workbook([Sheet("คำตอบ", lines, [Column(_heading(field), 22) for field in asked.fields], ())], now)


def hint(field: Field) -> str:
    """What goes into a field, in Thai."""
    return " / ".join(field.choices) if field.type is FieldType.CHOICE else HINTS[field.type]


def _heading(field: Field) -> str:
    return f"{field.name} ({field.unit})" if field.unit else field.name


def read_answer(content: bytes, fields: Sequence[Field]) -> tuple[Row, ...]:
    """The rows of a workbook that came back.

    Raises:
        UserError: it is no workbook, too large, or its headings are not those of the template.
        WrongWorkbook: cells hold what their fields do not take. Nothing of it is taken.
    """
    table = _table(content)
    at, places = _headings(table, fields)
    wrong, rows = [], []
    for number, cells in enumerate(table[at + 1 :], start=at + 2):
        if all(cell is None or cell == "" for cell in cells):
            continue
        row: dict[str, Answered] = {}
        for field, column in zip(fields, places, strict=True):
            try:
                row[field.code] = read_value(field, cells[column] if column < len(cells) else None)
            except UserError as error:
                wrong.append(WrongCell(f"{get_column_letter(column + 1)}{number}", error.th, error.en))
        rows.append(row)
    if wrong:
        raise WrongWorkbook(wrong)
    if len(rows) > MOST_ROWS:
        raise UserError(
            f"มีได้ไม่เกิน {MOST_ROWS:,} แถว ลบแถวที่เกินแล้วส่งใหม่",
            f"There can be at most {MOST_ROWS:,} rows; delete those beyond, and send it again.",
        )
    return tuple(rows)


def _table(content: bytes) -> list[list[object]]:
    if len(content) > LARGEST_FILE:
        raise UserError(
            "แฟ้มใหญ่เกิน 5 เมกะไบต์ ลบแผ่นงานและรูปที่ไม่ใช้แล้วส่งใหม่",
            "The file is larger than 5 megabytes; delete sheets and pictures not in use, and send it again.",
        )
    with opened(content) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: object) -> object:
    """Excel keeps all numbers as fractions: 12 comes back as 12.0."""
    return Decimal(repr(cell)) if isinstance(cell, float) else cell


def _headings(table: Sequence[Sequence[object]], fields: Sequence[Field]) -> tuple[int, list[int]]:
    """The row of the headings, and the column of each field."""
    wanted = [fold(_heading(field)) for field in fields]
    for number, cells in enumerate(table[:HEADINGS_WITHIN]):
        found = [fold(str(cell)) for cell in cells]
        if all(heading in found for heading in wanted):
            return number, [found.index(heading) for heading in wanted]
    names = ", ".join(_heading(field) for field in fields)
    raise UserError(
        f"ไม่พบหัวตารางครบทุกช่อง ต้องมี: {names} ใช้แฟ้มที่ดาวน์โหลดจากหน้านี้",
        f"The headings are not all there; they are: {names}. Use the file of this page.",
    )


def all_answers(page: RequestPage, now: datetime) -> bytes:
    """All answers in one workbook: a row for each unit, or for each row that a unit sent; then the totals."""
    asked = page.asked
    lines = [asked.subject, asked.question, f"{asked.document} · กำหนดส่ง {format_date(asked.deadline_on)}".strip(" ·")]
    own = [Column("รหัส", 8), Column("หน่วยงาน", 28), Column("สถานะ", 20), Column("วันที่ตอบ", 12)]
    formats = {FieldType.INTEGER: "#,##0", FieldType.DECIMAL: "#,##0.00##"}
    columns = [Column(_heading(field), 18, formats.get(field.type, "General")) for field in asked.fields]
    sheets = [Sheet("คำตอบ", lines, [*own, *(columns or [Column("คำตอบ", 70)])], _rows(page), key_columns=2)]
    if page.totals:
        heads = [Column("ช่องข้อมูล", 40), Column("รวม", 16, "#,##0.####"), *(Column(name, 18) for name in TOTALS)]
        sheets.append(
            Sheet(
                "ยอดรวม",
                lines[:1],
                heads,
                [(_heading(row.field), row.total, row.units, row.nil, row.silent) for row in page.totals],
            )
        )
    return workbook(sheets, now)


TOTALS = ("หน่วยงานที่ให้ตัวเลข", "ยืนยันว่าไม่มี", "ยังไม่ตอบ")


def _rows(page: RequestPage) -> Iterator[list[Value]]:
    for line in page.answers:
        own: list[Value] = [line.code, line.unit_th, STANDINGS[line.standing], line.answered_on]
        if not page.asked.fields:
            yield [*own, line.text]
        else:
            for row in line.rows or ({},):
                yield [*own, *(_cell(field, row.get(field.code)) for field in page.asked.fields)]


def _cell(field: Field, value: Answered) -> Value:
    if value is None:
        return None
    if isinstance(value, bool):
        return "มี" if value else "ไม่มี"
    if field.type in NUMBERS:
        return Decimal(value)
    return date.fromisoformat(value) if field.type is FieldType.DATE else value
