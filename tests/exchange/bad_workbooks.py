"""Files that are no good workbook of communities, each made here, with what is said of them."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from lakthan.exchange.kinds import KINDS

HEADINGS = ("รหัสเขต", "เขต", "แขวง", "ชื่อชุมชน", "ประเภทชุมชน")
GOOD = ("5026", "ตัวอย่าง 5026", "แขวง", "ชุมชนใหม่", "ชุมชนเมือง")


@dataclass(frozen=True, slots=True)
class Bad:
    """A file, and words of the English sentence that refuses it or one of its rows."""

    why: str
    content: Callable[[], bytes]
    says: str
    name: str = "file.xlsx"
    kind: str = "communities"


def saved(book: Workbook) -> bytes:
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def sheet_of(*rows: Any, heading: Any = HEADINGS, title: str = "แผ่น1") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (heading, *rows):
        sheet.append(list(row))
    return saved(book)


def repacked(change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes], of: bytes = b"") -> bytes:
    """A workbook, a good one if none is given, with its parts changed."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(of or sheet_of(GOOD))) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
        for part, content in more:
            new.writestr(part, content)
    return into.getvalue()


def cell(column: int, value: Any) -> bytes:
    """A good row but for one cell."""
    row = list(GOOD)
    row[column] = value
    return sheet_of(row)


def in_sheet(old: bytes, new: bytes) -> Callable[[], bytes]:
    """A workbook whose sheet says something else."""

    def change(part: str, content: bytes) -> bytes:
        if part != "xl/worksheets/sheet1.xml":
            return content
        assert old in content
        return content.replace(old, new)

    return lambda: repacked(change)


def failed(value: str) -> bytes:
    """A workbook with a formula that failed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(GOOD)
    sheet["C2"] = value
    sheet["C2"].data_type = "e" if value.startswith("#") else "f"
    return saved(book)


def two_sheets() -> bytes:
    book = Workbook()
    for title in ("ก", "ข"):
        sheet = book.create_sheet(title)
        sheet.append(HEADINGS)
        sheet.append(GOOD)
    return saved(book)


def hidden() -> bytes:
    book = Workbook()
    sheet = book.create_sheet("ซ่อน")
    sheet.append(HEADINGS)
    sheet.append(GOOD)
    sheet.sheet_state = "hidden"
    return saved(book)


@cache
def blank_rows(count: int) -> bytes:
    """Rows of spaces, and far below them something; openpyxl writes the first row, which the others repeat."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("แผ่น1")
    sheet.append(HEADINGS)
    sheet.append([" "] * 5)
    sheet.append(["5099", "", "", "ชุมชน", "ชุมชนเมือง"])

    def change(part: str, content: bytes) -> bytes:
        if part != "xl/worksheets/sheet1.xml":
            return content
        start, blank, end = re.split('(<row r="2">.*</row>)(?=<row r="3">)', content.decode())
        blanks = "".join(numbered(blank, 2, row) for row in range(2, count + 2))
        return f"{start}{blanks}{numbered(end, 3, count + 2)}".encode()

    return repacked(change, of=saved(book))


def numbered(rows: str, before: int, after: int) -> str:
    """A row of a sheet with another number, in itself and in its cells."""
    return re.sub(f' r="([A-Z]?){before}"', rf' r="\g<1>{after}"', rows)


def bomb() -> bytes:
    return repacked(lambda part, content: content, ("xl/media/image1.bin", b"\0" * (200 << 20)))


def of(kind: str, **cells: Any) -> bytes:
    """A sheet of another kind with one row."""
    columns = KINDS[kind].columns
    return sheet_of([cells.get(column.key) for column in columns], heading=[column.th for column in columns])


PLAN = {
    "community_code": "5026-0001",
    "adopted_on": date(2020, 5, 1),
    "valid_until": date(2021, 12, 31),
    "name": "ทางเท้า",
    "field": "กายภาพและสิ่งแวดล้อม",
    "way": "ชุมชนทำเอง",
}
DECIDED = {
    "fiscal_year": 2563,
    "community_code": "5026-0001",
    "adopted_on": date(2020, 1, 15),
    "number": 3,
    "decision": "บรรจุ",
    "item_number": 9,
    "decided_on": date(2020, 3, 1),
    "document": "บันทึก 1",
}
MONEY = {
    "district_code": "5026",
    "fiscal_year": 2563,
    "letter_number": "กท 1/2563",
    "line": "เบิกจ่าย",
    "effective_on": date(2020, 3, 5),
    "amount": 5,
}
VALUE = {
    "indicator": "5026-0001",
    "unit": "5026",
    "fiscal_year": 2563,
    "effective_on": date(2020, 4, 1),
    "amount": 5,
    "base": 10,
}


def wrong(kind: str, good: dict[str, Any], **cells: Any) -> Callable[[], bytes]:
    return lambda: of(kind, **{**good, **cells})


MACROS = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'


def macros() -> bytes:
    def change(part: str, content: bytes) -> bytes:
        return content.replace(b"</Types>", MACROS) if part == "[Content_Types].xml" else content

    return repacked(change, ("xl/vbaProject.bin", b"Sub AutoOpen()"))


BAD = (
    Bad("nothing in it", lambda: b"", "is no Excel workbook"),
    Bad("CSV renamed to .xlsx", lambda: b"a,b\n1,2\n", "where it is CSV, name it .csv"),
    Bad("a workbook renamed to .csv", lambda: sheet_of(GOOD), "not CSV in UTF-8", "file.csv"),
    Bad("another kind of file", lambda: b"%PDF-1.7", "is not taken; use an Excel workbook", "file.pdf"),
    Bad("a macro file", macros, "holds macros"),
    Bad("a macro file by its name", lambda: sheet_of(GOOD), "may hold macros", "file.xlsm"),
    Bad("locked by a password", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked by a password"),
    Bad("cut off", lambda: sheet_of(GOOD)[:-400], "damaged"),
    Bad("no worksheets", lambda: repacked(lambda p, c: None if "sheet1" in p else c), "damaged|cannot be read"),
    Bad("a bomb", bomb, "unpacks to more than 150 megabytes"),
    Bad("a cell at the end of the sheet", in_sheet(b'r="E2"', b'r="XFD1048576"'), "reaches to cell XFD1048576"),
    Bad("another encoding", in_sheet(b"<sheetData>", b"\0<sheetData>"), "damaged|lacks"),
    Bad("100,000 blank rows", lambda: blank_rows(100_000), "no district office has the code: 5099"),
    Bad("an empty sheet", lambda: saved(Workbook()), "lacks the column"),
    Bad("the wrong sheet", lambda: sheet_of(["ก"], heading=["อะไร", "ก็ไม่รู้"]), "lacks the column"),
    Bad("a hidden sheet only", hidden, "lacks the column"),
    Bad("two sheets with the table", two_sheets, "More than one sheet"),
    Bad("a missing key column", lambda: sheet_of(GOOD[1:], heading=HEADINGS[1:]), "lacks the column “รหัสเขต"),
    Bad("a heading twice", lambda: sheet_of([*GOOD, "ข"], heading=[*HEADINGS, "แขวง"]), "stands twice"),
    Bad("two heading rows", lambda: sheet_of(GOOD, HEADINGS), "Row 3 repeats the headings"),
    Bad("a formula error", lambda: failed("#REF!"), r"gives an error \(#REF!\)"),
    Bad("a value that is not there", lambda: failed("#N/A"), r"gives an error \(#N/A\)"),
    Bad("a formula nobody computed", lambda: failed("=1+1"), "has no value"),
    Bad("an unknown district", lambda: cell(0, "5999"), "no district office has the code: 5999"),
    Bad("an unknown type", lambda: cell(4, "ชุมชนบนดิน"), "unknown type of community"),
    Bad("a name left empty", lambda: cell(3, "  "), "name of the community is empty"),
    Bad("a name that is too long", lambda: cell(3, "ก" * 201), "name of the community is too long"),
    Bad("a number for a type", lambda: cell(4, 7), "unknown type of community"),
    Bad("the same community twice", lambda: sheet_of(GOOD, GOOD), "the same name as in row 2"),
    Bad("a day instead of words", lambda: cell(2, date(2020, 1, 1)), "made a date"),
    Bad(
        "an unknown community", wrong("plans", PLAN, community_code="5026-9999"), "no community 5026-9999", kind="plans"
    ),
    Bad("no such day", wrong("plans", PLAN, adopted_on="31 ก.พ. 2563"), "no day 31", kind="plans"),
    Bad("a plan that ends before", wrong("plans", PLAN, valid_until="1/1/2563"), "lies before", kind="plans"),
    Bad("a day to come", wrong("plans", PLAN, adopted_on="1/9/2563"), "in the future", kind="plans"),
    Bad("a year of a billion", wrong("decisions", DECIDED, fiscal_year=1e9), "is no fiscal year", kind="decisions"),
    Bad(
        "a year of the Common Era", wrong("decisions", DECIDED, fiscal_year=2020), "is no fiscal year", kind="decisions"
    ),
    Bad("a decline without words", wrong("decisions", DECIDED, decision="ไม่บรรจุ"), "is missing", kind="decisions"),
    Bad("half an item", wrong("decisions", DECIDED, item_number=1.5), "whole number", kind="decisions"),
    Bad("negative money", wrong("budget", MONEY, amount=-5), "must not be negative", kind="budget"),
    Bad("money that is no money", wrong("budget", MONEY, amount="ห้าบาท"), "is not an amount", kind="budget"),
    Bad("more money than there is", wrong("budget", MONEY, amount=5000), "more than the", kind="budget"),
    Bad("parts of a satang", wrong("budget", MONEY, amount=5.005), "finer than a satang", kind="budget"),
    Bad("no such letter", wrong("budget", MONEY, letter_number="กท 9"), "No transfer was", kind="budget"),
    Bad("another unit's indicator", wrong("values", VALUE, indicator="2100-9999"), "has no indicator", kind="values"),
    Bad("a denominator of zero", wrong("values", VALUE, base=0), "denominator", kind="values"),
    Bad("a value without a day", wrong("values", VALUE, effective_on="-"), "day of the value", kind="values"),
    Bad("a number that nobody writes", wrong("values", VALUE, amount="1e999999999"), "is no number", kind="values"),
)
