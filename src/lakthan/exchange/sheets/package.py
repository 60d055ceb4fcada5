"""What must hold of an Excel file before its cells are read: no macros, no bomb, no formula that failed.

The reader of cells (calamine) keeps a sheet as a full rectangle and gives an empty text for an error: so the parts of
the package are looked through first for how far the cells reach and for those that hold no value.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string, get_column_letter

from lakthan.apps.evidence.office import DAMAGED, OLD_OFFICE, ZIP, office_type
from lakthan.core.errors import UserError
from lakthan.exchange.workbooks import MEDIA_TYPE

UNPACKED = 150 * 1024 * 1024
"""Bytes of all parts of a workbook together."""
LAST_ROW, LAST_COLUMN, MOST_CELLS = 200_000, 500, 4_000_000
"""How far the cells of a sheet may reach: it is held as a full rectangle."""
NOT_COMPUTED = "="
"""Stands for the value of a formula that no program has computed."""
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(?:/>|>)")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_TEXT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</(?:\w+:)?v>|<(?:\w+:)?is\b")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_END = re.compile(rb"</(?:\w+:)?c>")


@dataclass
class Extent:
    """How far the cells of a sheet reach; which hold no value: (row, column) from 1 -> what stands there."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def looked_through(content: bytes, name: str) -> Mapping[str, Extent]:
    """The worksheets of a workbook by name.

    Raises:
        UserError: the file is no workbook, is damaged, locked or old, holds macros, unpacks to too much, or cells
            stand too far out.
    """
    _refuse_other_files(content, name)
    if office_type(content, name) != MEDIA_TYPE:
        raise UserError(
            f"ไฟล์ {name} ไม่ใช่ไฟล์ Excel (.xlsx) บันทึกเป็น .xlsx แล้วส่งใหม่",
            f"The file {name} is no Excel workbook; save it as .xlsx and send that.",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _refuse_bomb(package, name)
            return {sheet: _extent(package.read(part), sheet) for sheet, part in sheets_of(package)}
    except UserError:
        raise
    except (*DAMAGED, KeyError) as error:
        raise UserError(
            f"ไฟล์ {name} เสีย เปิดใน Excel แล้วบันทึกใหม่", f"The file {name} is damaged; open it in Excel and save it again."
        ) from error


def _refuse_other_files(content: bytes, name: str) -> None:
    if content.startswith(OLD_OFFICE):
        raise UserError(
            f"ไฟล์ {name} มีรหัสผ่านหรือเป็น .xls รุ่นเก่า เอารหัสผ่านออก บันทึกเป็น .xlsx แล้วส่งใหม่",
            f"The file {name} is locked by a password or an old .xls; save it as .xlsx without a password.",
        )
    if not content.startswith(ZIP):
        raise UserError(
            f"ไฟล์ {name} ไม่ใช่ไฟล์ Excel แม้ชื่อลงท้ายด้วย .xlsx หากเป็น CSV ให้เปลี่ยนชื่อเป็น .csv",
            f"The file {name} is no Excel workbook though its name ends in .xlsx; where it is CSV, name it .csv.",
        )


def _refuse_bomb(package: zipfile.ZipFile, name: str) -> None:
    """Each part is unpacked once in pieces: what the package says of their sizes is found true or refused."""
    declared = sum(part.file_size for part in package.infolist())
    if declared > UNPACKED:
        raise UserError(
            f"ไฟล์ {name} คลายแล้วใหญ่เกิน {UNPACKED >> 20} เมกะไบต์ แบ่งเป็นหลายไฟล์",
            f"The file {name} unpacks to more than {UNPACKED >> 20} megabytes; split it into several.",
        )
    for part in package.infolist():
        with package.open(part) as stream:
            while stream.read(1 << 20):
                pass


def sheets_of(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each worksheet and the part in which it stands."""
    place = "xl/workbook.xml"
    targets = {
        relation.get("Id"): (relation.get("Type", ""), relation.get("Target", ""))
        for relation in _elements(package, "xl/_rels/workbook.xml.rels")
    }
    for element in _elements(package, place):
        if element.tag.endswith("}sheet"):
            kind, target = targets[element.get(RELATION)]
            if kind.endswith("/worksheet"):
                yield element.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _elements(package: zipfile.ZipFile, part: str) -> Iterator[ET.Element]:
    if package.getinfo(part).file_size > 1 << 20:
        raise zipfile.BadZipFile(part)
    text = package.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise zipfile.BadZipFile(part)
    return ET.fromstring(text).iter()  # noqa: S314 - short, and without a document type


def _extent(xml: bytes, sheet: str) -> Extent:
    """Cells and rows may leave out where they stand; then they follow each other."""
    if b"\0" in xml[:4096] or b"<!DOCTYPE" in xml[:4096]:
        raise zipfile.BadZipFile(sheet)  # another encoding, which this would look through in vain
    found = Extent()
    row = column = 0
    for tag in _TAG.finditer(xml):
        place = _PLACE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        if place and place[1]:
            row, column = int(place[2]), column_index_from_string(place[1].decode())
        else:
            column += 1
        if fault := _fault(xml, tag):
            found.faults[row, column] = fault
        elif tag[0].endswith(b"/>"):
            continue  # a style without a value
        found.rows, found.columns = max(found.rows, row), max(found.columns, column)
    _refuse_far_out(found, sheet)
    return found


def _fault(xml: bytes, tag: "re.Match[bytes]") -> str:
    """What is wrong with a cell; empty where nothing is."""
    failed = _ERROR.search(tag[2])
    if tag[0].endswith(b"/>"):
        return ""
    end = _END.search(xml, tag.end())
    body = xml[tag.end() : end.start() if end else tag.end()]
    value = _TEXT.search(body)
    if failed:
        return value[1].decode() if value and value[1] else "#ERROR"
    return NOT_COMPUTED if value is None and _FORMULA.search(body) else ""


def _refuse_far_out(found: Extent, sheet: str) -> None:
    if found.rows > LAST_ROW or found.columns > LAST_COLUMN or found.rows * found.columns > MOST_CELLS:
        corner = f"{get_column_letter(min(found.columns, 18278) or 1)}{found.rows}"
        raise UserError(
            f"แผ่นงาน “{sheet}” มีข้อมูลถึงเซลล์ {corner} ซึ่งไกลเกินไป ลบแถวและคอลัมน์ที่ไม่ใช้แล้วบันทึกใหม่",
            f"The sheet “{sheet}” reaches to cell {corner}, which is too far; delete the rows and columns not in use.",
        )
