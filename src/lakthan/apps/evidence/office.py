"""Office files (OOXML: docx, xlsx, pptx) told by their content, and refused where they can act by themselves.

A file is taken where its package is whole, says of itself which document it is, and carries no macro, no embedded
program and no link by which it would load one. Nothing is unpacked to disk.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

from lakthan.core.errors import UserError

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How .doc, .xls, and encrypted files of all kinds begin: containers whose content cannot be checked."""
_FAMILY = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{_FAMILY}wordprocessingml.document.main+xml": f"{_FAMILY}wordprocessingml.document",
    f"{_FAMILY}spreadsheetml.sheet.main+xml": f"{_FAMILY}spreadsheetml.sheet",
    f"{_FAMILY}presentationml.presentation.main+xml": f"{_FAMILY}presentationml.presentation",
}
"""The type of the main part, and that of the whole file."""
CONTENT_TYPES = "[Content_Types].xml"
ACTIVE = ("macroenabled", "vbaproject", "vbadata", "activex", "oleobject", "x-msdownload")
"""Marks of parts that can act, in content types and in the types of relations."""
LOADED_AT_OPENING = ("attachedtemplate", "oleobject", "frame", "externallinkpath", "subdocument")
"""Relations that an office program follows by itself; one to the outside is refused."""

DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, ET.ParseError)
"""What `zipfile` and the parser raise at a damaged package; `ValueError` where a part would begin before the file."""
PARTS, UNPACKED, DESCRIPTION = 5_000, 300 * 1024 * 1024, 4 * 1024 * 1024
"""Limits: parts of a package, bytes of all of them, bytes of one part that is read here."""


def office_type(content: bytes, name: str) -> str | None:
    """The media type of an office file without macros; None where the content is no such file.

    Raises:
        UserError: the file is one that can act by itself, is damaged or locked, or unpacks to more than can be.
    """
    if content.startswith(OLD_OFFICE):
        raise UserError(
            f"ไฟล์ {name} เป็นรูปแบบ Office รุ่นเก่าหรือมีรหัสผ่าน ตรวจเนื้อหาไม่ได้ บันทึกเป็น PDF, .docx หรือ .xlsx แล้วแนบใหม่",
            f"The file {name} is of an old office format or locked, and cannot be checked; save it as PDF, .docx or "
            ".xlsx and attach that.",
        )
    if not content.startswith(ZIP):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _checked_type(package, name)
    except UserError:
        raise
    except DAMAGED as error:
        raise _damaged(name) from error


def _checked_type(package: zipfile.ZipFile, name: str) -> str | None:
    parts = package.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise UserError(
            f"ไฟล์ {name} คลายแล้วใหญ่เกินไป แบ่งเป็นหลายไฟล์", f"The file {name} unpacks to too much; split it into several."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise _damaged(name)
    names = {part.filename for part in parts}
    if CONTENT_TYPES not in names:
        return None
    if len(names) != len(parts):
        raise _damaged(name)  # two parts of one name: programs differ in which of them they read
    types = _content_types(package)
    media_types = {MAIN_PARTS[type_] for type_ in types if type_ in MAIN_PARTS}
    if _is_active(types) or _is_active(names) or any(_acts(package, part) for part in names if part.endswith(".rels")):
        raise UserError(
            f"ไฟล์ {name} มีแมโคร วัตถุฝัง หรือแม่แบบจากภายนอก จึงรับไม่ได้ บันทึกเป็น PDF หรือเอาออกแล้วแนบใหม่",
            f"The file {name} holds macros, embedded objects or a template from elsewhere; save it as PDF, or without "
            "them, and attach that.",
        )
    return media_types.pop() if len(media_types) == 1 else None


def _content_types(package: zipfile.ZipFile) -> set[str]:
    return {element.get("ContentType", "").lower() for element in _elements(package, CONTENT_TYPES)}


def _is_active(marks: set[str]) -> bool:
    return any(active in mark.lower() for mark in marks for active in ACTIVE)


def _acts(package: zipfile.ZipFile, part: str) -> bool:
    """Whether a part of relations leads to something that acts, here or elsewhere."""
    for relation in _elements(package, part):
        kind = relation.get("Type", "").lower().rpartition("/")[2]
        outside = relation.get("TargetMode", "").lower() == "external"
        if _is_active({kind}) or (outside and kind in LOADED_AT_OPENING):
            return True
    return False


def _elements(package: zipfile.ZipFile, part: str) -> Iterator[ET.Element]:
    """The elements below the root of a small XML part, in an encoding of bytes, which declares no entities."""
    with package.open(part) as stream:
        text = stream.read(DESCRIPTION + 1)
    if len(text) > DESCRIPTION or b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise zipfile.BadZipFile(part)
    return iter(ET.fromstring(text))  # noqa: S314 - short, and without a document type


def _damaged(name: str) -> UserError:
    return UserError(
        f"ไฟล์ {name} เสียหรือมีรหัสผ่าน เปิดตรวจแล้วบันทึกใหม่ก่อนแนบ",
        f"The file {name} is damaged or locked; open it, save it anew and attach that.",
    )
