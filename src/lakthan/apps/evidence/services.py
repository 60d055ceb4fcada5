"""Writes of evidence files."""

import codecs
import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings

from lakthan.apps.evidence.models import Evidence
from lakthan.apps.evidence.office import office_type
from lakthan.apps.evidence.pictures import without_place
from lakthan.apps.files import write_whole
from lakthan.apps.ledger.services import create
from lakthan.apps.people.models import Unit
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Action, Actor, require

LIMIT = 20 * 1024 * 1024
"""Bytes of one file."""


def store_evidence(*, actor: Actor, unit: Unit, content: bytes, name: str, now: datetime) -> Evidence:
    """Keep a file by its digest. The same bytes under the same name are one record.

    The media type is read off the content, never off the name; only types we can show are taken. The place where a
    photo was taken is not kept: size and digest are of what is kept.

    Raises:
        UserError: the file is empty, too large, of a type that is not taken, or a damaged picture.
    """
    require(actor, Action.STORE_EVIDENCE, str(unit.pk))
    if not content:
        raise UserError(f"ไฟล์ {name} ว่างเปล่า", f"The file {name} is empty.")
    refuse_large(name, len(content))
    media_type = media_type_of(content, name)
    content = _without_place(content, media_type, name)
    digest = hashlib.sha256(content).hexdigest()
    if found := Evidence.objects.filter(unit=unit, digest=digest, name=name).first():
        return found
    _keep(content, digest)
    row = Evidence(unit=unit, digest=digest, size=len(content), media_type=media_type, name=name, stored_by=actor.id)
    return create(actor, row, act="evidence.store_evidence", now=now)


def _without_place(content: bytes, media_type: str, name: str) -> bytes:
    try:
        return without_place(content, media_type)
    except ValueError as error:
        raise UserError(
            f"รูป {name} เสียหรือไม่ครบ เปิดดูแล้วบันทึกใหม่เป็น JPEG หรือ PNG",
            f"The picture {name} is damaged or not whole; open it and save it anew as JPEG or PNG.",
        ) from error


def refuse_large(name: str, size: int) -> None:
    """Refuse a file by its size, before it is read.

    Raises:
        UserError: it has more than `LIMIT` bytes.
    """
    if size > LIMIT:
        raise UserError(f"ไฟล์ {name} ใหญ่เกิน 20 MB", f"The file {name} is larger than 20 MB.")


SIGNATURES = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


CHARSETS = {"utf-8": "utf-8", "cp874": "windows-874"}
"""Encodings of text as Python and as the web calls them. The old systems of Thai offices wrote the second one."""
BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def media_type_of(content: bytes, name: str) -> str:
    """The media type by content: PDF, PNG, JPEG, office files without macros, or text in UTF-8, UTF-16 or TIS-620.

    Raises:
        UserError: none of these, or an office file that can act by itself.
    """
    for signature, media_type in SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    if (office := office_type(content, name)) is not None:
        return office
    if content.startswith(BYTE_ORDER_MARKS) and _is_text(content, "utf-16"):
        return "text/plain; charset=utf-16"
    for codec, charset in CHARSETS.items():
        if _is_text(content, codec):
            return f"text/plain; charset={charset}"
    raise UserError(
        f"ไฟล์ {name} ไม่ใช่ PDF, PNG, JPEG, Word, Excel, PowerPoint (.docx .xlsx .pptx) หรือข้อความ UTF-8 (หรือ TIS-620)",
        f"The file {name} is not PDF, PNG, JPEG, .docx, .xlsx, .pptx or text in UTF-8 (or TIS-620).",
    )


def _is_text(content: bytes, codec: str) -> bool:
    """Whether the bytes are text in an encoding; the last character may be cut."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(content)
    except UnicodeDecodeError:
        return False
    return "\x00" not in text


def path_of(digest: str) -> Path:
    """Where the bytes of a digest are kept."""
    return Path(settings.HOME) / "evidence" / digest[:2] / digest


def _keep(content: bytes, digest: str) -> None:
    """Write the bytes once; no reader ever sees half a file."""
    path = path_of(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
