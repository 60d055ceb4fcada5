"""From the bytes of a file to text, or a refusal that says what the file is instead."""

import codecs
import re
from dataclasses import dataclass

from lakthan.exchange.printed_report.model import NotAReport

LARGEST_FILE = 250_000
"""Bytes. A printed report has about 20,000; what is larger is another kind of file, and would take seconds to read."""

BYTE_ORDER_MARK = "\ufeff"

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "ไฟล์ PDF", "a PDF file"),
    (b"PK\x03\x04", "ไฟล์ Word, Excel หรือ ZIP", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "ไฟล์ Word หรือ Excel รุ่นเก่า", "an old Word or Excel file"),
    (b"\x89PNG", "ไฟล์ภาพ", "a picture"),
    (b"\xff\xd8\xff", "ไฟล์ภาพ", "a picture"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_THAI_LETTER = re.compile("[ก-ฮ]")
_WORD_OF_EVERY_REPORT = "ตัวชี้วัด"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and how it was decoded; `cut` where the last character is incomplete."""

    text: str
    encoding: str
    cut: bool = False


def decode(data: bytes) -> Decoded:
    """Decode UTF-8 or UTF-16 with a byte order mark, else UTF-8, else TIS-620/cp874.

    Raises `NotAReport` for a file that is empty, too large, binary, in no known encoding, or not in Thai.
    """
    _refuse_too_large(data)
    decoded = _decode_utf16(data)
    if decoded is None:
        _refuse_binary(data)
        decoded = _decode_utf8(data) or _decode_cp874(data)
    _refuse_empty(decoded.text)
    _refuse_control_characters(decoded.text)
    _refuse_other_language(decoded.text)
    return decoded


def _refuse_too_large(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise NotAReport(
            f"ไฟล์มีขนาด {len(data):,} ไบต์ เกิน {LARGEST_FILE:,} ไบต์ จึงไม่ใช่ข้อความของรายงานฉบับเดียว "
            "โปรดเลือกไฟล์ข้อความของรายงานหนึ่งฉบับ",
            f"the file has {len(data):,} bytes, more than {LARGEST_FILE:,}, so it is not the text of one report; "
            "choose the text file of a single report",
        )


def _refuse_empty(text: str) -> None:
    if not text.strip(BYTE_ORDER_MARK + " \t\r\n\f\v"):
        raise NotAReport(
            "ไฟล์ว่างเปล่า ไม่มีข้อความของรายงาน โปรดเลือกไฟล์ข้อความของรายงานส่วนที่ 2",
            "the file is empty: it has no text of a report; choose the text file of a Part-2 report",
        )


def _refuse_binary(data: bytes) -> None:
    for signature, th, en in _SIGNATURES:
        if data.startswith(signature):
            raise _binary(th, en)
    if b"\x00" in data:
        raise _binary("ไฟล์ไบนารี", "a binary file")


def _binary(th: str, en: str) -> NotAReport:
    return NotAReport(
        f"ไฟล์นี้เป็น{th} ไม่ใช่ข้อความ โปรดคัดลอกข้อความของรายงานส่วนที่ 2 บันทึกเป็นไฟล์ .txt (UTF-8) แล้วนำเข้าใหม่",
        f"this is {en}, not text; save the text of the Part-2 report as a .txt file (UTF-8) and import that",
    )


def _decode_utf16(data: bytes) -> Decoded | None:
    """What Notepad calls "Unicode": known by its byte order mark, which stays as the first character."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                return None
    return None


def _decode_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None
        return Decoded(data[: error.start].decode("utf-8"), "utf-8", cut=True)


def _decode_cp874(data: bytes) -> Decoded:
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        text = ""
    if _WORD_OF_EVERY_REPORT not in text:
        raise _unknown_encoding(data)
    return Decoded(text, "cp874")


def _unknown_encoding(data: bytes) -> NotAReport:
    row = len(data.decode("utf-8", errors="replace").partition("\ufffd")[0].splitlines()) or 1
    return NotAReport(
        f"อ่านตัวอักษรบรรทัดที่ {row} ไม่ได้ ไฟล์ไม่ใช่ UTF-8 และไม่ใช่ TIS-620 โปรดบันทึกไฟล์ใหม่เป็น UTF-8",
        f"the characters of line {row} cannot be read: the file is neither UTF-8 nor TIS-620; save it again as UTF-8",
    )


def _refuse_control_characters(text: str) -> None:
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise _binary("ไฟล์ไบนารี", "a binary file")


def _refuse_other_language(text: str) -> None:
    letters = sum(map(str.isalpha, text))
    thai = len(_THAI_LETTER.findall(text))
    if thai * 3 < letters or not thai:
        raise NotAReport(
            "ไม่พบข้อความภาษาไทยของรายงานในไฟล์นี้ โปรดเลือกไฟล์ข้อความของรายงานส่วนที่ 2 ที่พิมพ์จากระบบเดิม",
            "the file has no Thai text of a report; choose the text of a Part-2 report printed by the old system",
        )
