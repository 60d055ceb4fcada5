"""`lakthan import communities`: a list of communities as CSV into the register, by district and name."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lakthan.apps.communities.models import LONGEST_NAME, LONGEST_SUB_DISTRICT, Community
from lakthan.apps.communities.services import NewCommunity, describe_community, register_communities
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import districts
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.thai import fold, normalise
from lakthan.exchange.results import Doubtful, ImportResult, Mended, Refusal
from lakthan.rules.permissions import Actor

MISTYPED_SARA_AM = re.compile("ำ[่-์]")
"""SARA AM with a mark behind it, which no Thai word has; converters of old fonts write SARA AA so."""
COLUMNS = ("bma_agency_code", "district", "sub_district", "community", "type")
BEYOND = "beyond-the-last"
"""What stands for the cells behind the last column."""
TYPES: Mapping[str, Community.Type] = {fold(label): Community.Type(value) for value, label in Community.Type.choices}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file that can be taken in. `line` is the (last) line that it stands on; the heading is line 1."""

    line: int
    unit: Unit
    community: NewCommunity


def import_communities(
    *, actor: Actor, data: bytes, effective_on: date, now: datetime, dry_run: bool = False
) -> ImportResult:
    """Register the communities of a CSV list; a community is known by its district and its name.

    Rows that cannot be taken in are refused by line and column, and then nothing is written. Names whose characters
    had to be put in order are told in `repaired`, names that look mistyped in `doubtful`. `effective_on` is the day
    since when new ones are registered. The same file twice creates nothing.

    Raises:
        UserError: the file is not UTF-8 text, or a column is missing.
    """
    result = ImportResult()
    rows = list(_read(data, result, effective_on))
    with transaction.atomic():
        _write(actor, rows, result, effective_on, now)
        if dry_run or result.refused:
            transaction.set_rollback(True)
    return result


def _read(data: bytes, result: ImportResult, on: date) -> Iterator[Row]:
    """The rows that can be taken in; the others are noted in the result."""
    units = {unit.code: unit for unit in districts(on)}
    seen: dict[tuple[str, str], int] = {}
    for line, record in _records(data):
        result.read += 1
        row = _row(line, record, units, result)
        if row is None:
            continue
        key = (str(row.unit.pk), fold(row.community.name))
        if key in seen:
            result.refused.append(
                Refusal(
                    line,
                    "community",
                    f"ชื่อซ้ำกับแถว {seen[key]} ในเขตเดียวกัน",
                    f"the same name as in row {seen[key]} of the same district",
                )
            )
            continue
        seen[key] = line
        yield row


def _records(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines under the heading with their numbers; lines in which nothing stands are passed over."""
    reader = csv.DictReader(io.StringIO(_decoded(data), newline=""), restkey=BEYOND, strict=True)
    try:
        _refuse_missing_columns(reader.fieldnames or [])
        for record in reader:
            cells = {column: record[column] or "" for column in COLUMNS}
            cells[BEYOND] = "".join(record.get(BEYOND) or [])
            if any(cell.strip() for cell in cells.values()):
                yield reader.line_num, cells
    except csv.Error as error:
        line = reader.line_num + 1  # of the last row that could be read
        raise UserError(
            f"อ่าน CSV ไม่ได้ตั้งแต่บรรทัดที่ {line} ตรวจเครื่องหมายคำพูด",
            f"The CSV cannot be read from line {line} on ({error}); check the quotation marks.",
        ) from error


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        raise UserError(
            "ไฟล์ไม่ใช่ CSV แบบ UTF-8 บันทึกใหม่เป็น CSV UTF-8 แล้วลองอีกครั้ง",
            "The file is not CSV in UTF-8; save it as CSV UTF-8 and try again.",
        )
    return text


def _refuse_missing_columns(heading: Sequence[str]) -> None:
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        raise UserError(
            f"ไฟล์ไม่มีคอลัมน์ {', '.join(missing)} (ต้องมี {', '.join(COLUMNS)})",
            f"The file lacks the column {', '.join(missing)}; it needs {', '.join(COLUMNS)}.",
        )


def _row(line: int, record: dict[str, str], units: Mapping[str, Unit], result: ImportResult) -> Row | None:
    unit = units.get(to_arabic(record["bma_agency_code"].strip()))
    kind = TYPES.get(fold(record["type"]))
    name = _text(line, "community", record["community"], result)
    sub_district = _text(line, "sub_district", record["sub_district"], result)
    refusals = [
        (record[BEYOND], BEYOND, "มีข้อความเกินคอลัมน์สุดท้าย", "text beyond the last column"),
        (unit is None, "bma_agency_code", "ไม่พบรหัสสำนักงานเขต", "no district office has the code"),
        (kind is None, "type", "ไม่รู้จักประเภทชุมชน", "unknown type of community"),
        (not name, "community", "ไม่มีชื่อชุมชน", "the name of the community is empty"),
        (len(name) > LONGEST_NAME, "community", "ชื่อชุมชนยาวเกินไป", "the name of the community is too long"),
        (len(sub_district) > LONGEST_SUB_DISTRICT, "sub_district", "ชื่อแขวงยาวเกินไป", "the sub-district is too long"),
    ]
    found = [
        Refusal(line, column, f"{th}: {record[column]}", f"{en}: {record[column]}")
        for wrong, column, th, en in refusals
        if wrong
    ]
    if found or unit is None or kind is None:
        result.refused.append(found[0])
        return None
    _doubt(line, record, unit, name, result)
    return Row(line, unit, NewCommunity(name, kind, sub_district))


def _text(line: int, column: str, typed: str, result: ImportResult) -> str:
    """The text with its characters in order; what was typed is kept in `repaired` when that changed it."""
    found = normalise(typed)
    result.repaired.extend(
        Mended(line, column, change.before, change.after, change.reason.value) for change in found.changes
    )
    return " ".join(found.text.split())


def _doubt(line: int, record: dict[str, str], unit: Unit, name: str, result: ImportResult) -> None:
    """Things a person should look at: a district name that is not the code's, SARA AM typed for SARA AA."""
    if fold(record["district"]) not in fold(unit.name_th):
        result.doubtful.append(
            Doubtful(
                line,
                "district",
                record["district"],
                f"ชื่อเขตไม่ตรงกับรหัส ({unit.name_th})",
                f"the district's name is not that of the code ({unit.name_en})",
            )
        )
    if MISTYPED_SARA_AM.search(record["community"]):
        result.doubtful.append(
            Doubtful(
                line,
                "community",
                name,
                "พิมพ์สระอำหน้าวรรณยุกต์ อาจหมายถึงสระอา โปรดตรวจตัวสะกด",
                "SARA AM typed before a tone mark, perhaps meant for SARA AA; check the spelling",
            )
        )


def _write(actor: Actor, rows: list[Row], result: ImportResult, effective_on: date, now: datetime) -> None:
    """Register what is new, district by district, and correct what is known."""
    known = {(row.unit_id, fold(row.name)): row for row in Community.objects.all()}
    new: dict[str, list[Row]] = defaultdict(list)
    units: dict[str, Unit] = {}
    for row in rows:
        community = known.get((row.unit.pk, fold(row.community.name)))
        if community is None:
            new[str(row.unit.pk)].append(row)
            units[str(row.unit.pk)] = row.unit
            result.created += 1
        else:
            _correct(actor, community, row.community, result, now)
    for key, group in new.items():
        register_communities(
            actor=actor,
            unit=units[key],
            communities=[row.community for row in group],
            effective_on=effective_on,
            now=now,
        )


def _correct(actor: Actor, community: Community, new: NewCommunity, result: ImportResult, now: datetime) -> None:
    before = (community.type, community.sub_district)
    result.count(before, (new.type.value, new.sub_district))
    if before != (new.type.value, new.sub_district):
        describe_community(actor=actor, community=community, kind=new.type, sub_district=new.sub_district, now=now)
