"""Every refusal of a file, a row or a cell says in both languages how to mend it."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT

ROOMS = ("src/lakthan/exchange/sheets", "src/lakthan/exchange/kinds")
FILES = (
    *(path for room in ROOMS for path in sorted((ROOT / room).glob("*.py"))),
    *(
        ROOT / "src/lakthan/exchange" / name
        for name in ("request_workbooks.py", "workbook_reading.py", "assignment_workbook.py")
    ),
)
REFUSING = {"UserError", "Conflict", "NotFound", "refused", "Refusal"}
MEND_TH = re.compile("ให้|แก้|กรอก|เลือก|ตรวจ|ลบ|ดู|ใช้|ส่ง|บันทึก|เว้น|แบ่ง|ถอน|เหลือ|พิมพ์|ย่อ|วาง|ใส่|ดาวน์โหลด")
MEND_EN = re.compile(
    r"\b(fill|use|keep|check|choose|write|give|leave|look|take|delete|split|save|mend|make|shorten|send|put|paste|type"
    r"|correct|change|withdraw|download|name|open|there are)\b",
    re.IGNORECASE,
)


def refusals() -> Iterator[tuple[str, str]]:
    """Where each stands, and all that is written in it; those that hand on another's words have none."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSING:
                words = " ".join(
                    part.value
                    for part in ast.walk(node)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )
                if re.search("[ก-๙]", words):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", words


def test_there_are_refusals_to_walk() -> None:
    assert len(list(refusals())) > 50


@pytest.mark.parametrize(("place", "words"), list(refusals()), ids=lambda value: value if ":" in value else "")
def test_a_refusal_says_how_to_mend_it_in_both_languages(place: str, words: str) -> None:
    assert MEND_TH.search(words), f"{place}: no mend in Thai: {words}"
    assert MEND_EN.search(words), f"{place}: no mend in English: {words}"
