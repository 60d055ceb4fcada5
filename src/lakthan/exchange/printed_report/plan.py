"""The plan linkage: lines of label, level, code and name, held against the text of the plan."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lakthan.core.digits import to_arabic
from lakthan.core.thai import fold
from lakthan.exchange.printed_report.mending import mend
from lakthan.exchange.printed_report.model import PlanLink, PlanNodeText, RepairKind
from lakthan.exchange.printed_report.paragraphs import read_text
from lakthan.exchange.printed_report.sections import Section
from lakthan.exchange.printed_report.sheet import Line, Sheet

FIELD = "plan_links"
SHORTEST_CUT = 95
"""The old system cuts a plan node, its level and code included, after 99 characters; trailing spaces may be lost."""
LONGEST_CUT = 100

_LABELS = ("ประเด็นยุทธศาสตร์", "ย่อย", "เป้าประสงค์ที่")
_LABEL = re.compile(
    r"(?P<dashes>[-–—\\]+\s*)?(?P<label>(?:ประเด็น)?ยุทธศาสตร์(?:ที่|ย่อย)?|ย่อย|เป้า(?:ประสงค์|หมาย)(?:ที่)?"
    r"|กลยุทธ์(?:ที่)?|ตัวชี้วัด(?:ที่)?|ด้าน(?:ที่)?|มิติ(?:ที่)?)\s*(?P<colon>:)\s*"
)
_NODE = re.compile(r"(?P<level>[^\d๐-๙:]+?)\s*(?:ที่)?\s*(?P<code>[\d๐-๙]+(?:\.[\d๐-๙]+)*)\s*(?:-\s*)?(?P<name>.*)")
_ENGLISH = re.compile(r"\s*:\s*(?=[A-Za-z])")
_NOT_WHOLE = re.compile(r"…|\.\.\.$|\(paraphrase\)|^\(.*\)$|^$")
_CONFIRMED = frozenset({"obs", "observed"})
_UNSURE = frozenset({"part", "partial", "inferred", "paraphrase"})


@dataclass(frozen=True, slots=True)
class _Printed:
    link: PlanLink
    offset: int
    end: int


def read_plan(sheet: Sheet, section: Section, nodes: Sequence[PlanNodeText]) -> tuple[PlanLink, ...]:
    """The plan links of a section, completed from `nodes` where their text was cut.

    Lines before the first link stay unclaimed.
    """
    printed = [_read_link(sheet, group) for group in _groups(sheet, section.lines)]
    _doubt_missing_labels(sheet, printed, section.start)
    return tuple(_hold_against_plan(sheet, link, nodes) for link in printed)


def _groups(sheet: Sheet, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each link: one with a label, and those that go on with it."""
    group: list[Line] = []
    for line in lines:
        if _LABEL.match(sheet.text, line.start, line.end):
            if group:
                yield group
            group = [line]
        elif group:
            group.append(line)
    if group:
        yield group


def _read_link(sheet: Sheet, lines: Sequence[Line]) -> _Printed:
    found = _LABEL.match(sheet.text, lines[0].start, lines[0].end)
    assert found is not None  # noqa: S101 - a group begins with a label
    sheet.claim_signs(*found.span("dashes") if found["dashes"] else (0, 0))
    sheet.claim_signs(*found.span("colon"))
    sheet.claim(*found.span("label"), FIELD)
    label = mend(sheet, sheet.trace(Line(*found.span("label"))), FIELD).text
    rest = sheet.trim(found.end(), lines[0].end)
    body = read_text(sheet, [*filter(None, [rest]), *lines[1:]], FIELD)
    return _Printed(_parse(label, body.text), lines[0].start, lines[-1].end)


def _parse(label: str, as_printed: str) -> PlanLink:
    node = _NODE.fullmatch(as_printed)
    level, code, name = (node["level"], node["code"], node["name"]) if node else ("", "", as_printed)
    name_th, *english = _ENGLISH.split(name, maxsplit=1)
    name_en = "".join(english).strip()
    return PlanLink(label, level.strip(), to_arabic(code), name_th.strip(), name_en, as_printed, text=as_printed)


def _doubt_missing_labels(sheet: Sheet, printed: Sequence[_Printed], start: int) -> None:
    found = {link.link.label for link in printed}
    for label in _LABELS:
        if label not in found:
            reasons = (
                f"ไม่พบบรรทัด “{label}” ของความเชื่อมโยงกับแผน",
                f"the line “{label}” of the plan linkage is missing",
            )
            sheet.doubt(start, FIELD, "", reasons)


def _hold_against_plan(sheet: Sheet, printed: _Printed, nodes: Sequence[PlanNodeText]) -> PlanLink:
    link = printed.link
    candidates = _candidates(link, nodes)
    printed_name = _key(_names(link))
    if any(printed_name in (_key(node.name_th), _key(_names(node))) for node in candidates):
        return link
    longer = [node for node in candidates if printed_name and _key(_names(node)).startswith(printed_name)]
    if len(longer) == 1 and _looks_cut(link):
        return _complete(sheet, printed, longer[0])
    _doubt_link(sheet, printed, candidates)
    return link


def _names(named: PlanLink | PlanNodeText) -> str:
    """Both names as the form prints them."""
    return f"{named.name_th} : {named.name_en}" if named.name_en else named.name_th


def _key(name: str) -> str:
    return fold(name).replace(" ", "")


def _looks_cut(link: PlanLink) -> bool:
    return SHORTEST_CUT <= len(link.as_printed) <= LONGEST_CUT


def _candidates(link: PlanLink, nodes: Sequence[PlanNodeText]) -> list[PlanNodeText]:
    """Nodes seen whole that the link may mean: of its code and level name, or of any code where it has none."""
    whole = [node for node in nodes if node.certainty not in _UNSURE and not _NOT_WHOLE.search(node.name_th)]
    of_code = [node for node in whole if node.code == link.code or not link.code]
    return [node for node in of_code if node.level_name == link.level_name] or of_code


def _complete(sheet: Sheet, printed: _Printed, node: PlanNodeText) -> PlanLink:
    confirmed = node.certainty in _CONFIRMED
    reasons = (
        "ข้อความแผนถูกตัดในรายงานที่พิมพ์ จึงเติมจากแผน" + ("" if confirmed else " ยังไม่ได้ยืนยันกับเอกสารแผน"),
        "text cut in the print, completed from the plan" + ("" if confirmed else ", not confirmed"),
    )
    link, cut, whole = printed.link, _names(printed.link), _names(node)
    sheet.repair(RepairKind.PLAN_COMPLETED, (printed.offset, printed.end), FIELD, (cut, whole), reasons)
    return replace(
        link,
        code=node.code,
        name_th=node.name_th,
        name_en=node.name_en,
        text=_head(link.as_printed) + whole,
        completed_from=node,
    )


def _head(as_printed: str) -> str:
    """What stands before the name: level, code and dash."""
    node = _NODE.fullmatch(as_printed)
    return as_printed[: node.start("name")] if node else ""


def _doubt_link(sheet: Sheet, printed: _Printed, candidates: Sequence[PlanNodeText]) -> None:
    link = printed.link
    suggestion: tuple[str, ...] = ()
    if not link.code:
        reasons = ("อ่านระดับและรหัสของแผนไม่ได้", "level and code of the plan node could not be read")
    elif candidates:
        reasons = ("ข้อความไม่ตรงกับแผนรหัสเดียวกัน", "the text differs from the plan node of the same code")
        suggestion = tuple(node.name_th for node in candidates)
    elif _looks_cut(link):
        reasons = ("ข้อความแผนน่าจะถูกตัดที่ 99 อักษร", "the text was probably cut after 99 characters")
    else:
        return
    sheet.doubt(printed.offset, FIELD, link.as_printed, reasons, suggestion)
