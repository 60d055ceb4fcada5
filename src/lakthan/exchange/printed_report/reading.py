"""From the bytes of a printed Part-2 report to its fields."""

from collections.abc import Mapping, Sequence

from lakthan.exchange.printed_report.comparing import compare_parts
from lakthan.exchange.printed_report.decoding import Decoded, decode
from lakthan.exchange.printed_report.doubting import doubt_run_together, doubt_section, doubt_text
from lakthan.exchange.printed_report.form import HEADINGS, NAME
from lakthan.exchange.printed_report.model import (
    NotAReport,
    PlanLink,
    PlanNodeText,
    PrintedReport,
    QuarterText,
    RepairKind,
)
from lakthan.exchange.printed_report.paragraphs import read_items, read_paragraphs, read_text
from lakthan.exchange.printed_report.plan import read_plan
from lakthan.exchange.printed_report.sections import (
    Division,
    Section,
    divide,
    doubt_headings_out_of_order,
    not_whole,
)
from lakthan.exchange.printed_report.sheet import Line, Sheet, Traced
from lakthan.exchange.printed_report.success import read_level, read_target_and_result
from lakthan.exchange.printed_report.tail import read_sentence, read_signature

_PROSE = frozenset(
    {"definitions", "method", "6.1", "6.2", "6.3", "6.4", "year_summary", "supporting_factors", "obstacles", "evidence"}
)


def read_report(data: bytes, plan_nodes: Sequence[PlanNodeText] = ()) -> PrintedReport:
    """Read the text of a printed Part-2 report.

    `data` is the file: UTF-8 (with or without a byte order mark), UTF-16 with one, or TIS-620. `plan_nodes` are the
    nodes of the plan version that the report speaks of; plan text cut in the print is completed from them.

    Every character of the text goes to a field or to a kind of furniture (`uncovered` proves it); what was changed is
    in `repaired`, what a person should look at in `doubtful`, both in the order of the paper.

    Raises `NotAReport` for anything else, with a Thai and an English sentence naming what is missing.
    """
    decoded = decode(data)
    sheet = Sheet(decoded.text)
    division = divide(sheet)
    if decoded.cut:
        raise not_whole([("อักษรตัวสุดท้ายของไฟล์", "the last character of the file")])
    _note_encoding(sheet, decoded)
    return _read(sheet, division, decoded.encoding, plan_nodes)


def _note_encoding(sheet: Sheet, decoded: Decoded) -> None:
    if decoded.encoding != "utf-8":
        reasons = (
            f"ไฟล์เข้ารหัสแบบ {decoded.encoding} จึงแปลงเป็น UTF-8",
            f"the file is in {decoded.encoding}; read as such",
        )
        sheet.repair(RepairKind.ENCODING, (0, 0), "file", (decoded.encoding, "utf-8"), reasons)


def _read(sheet: Sheet, division: Division, encoding: str, nodes: Sequence[PlanNodeText]) -> PrintedReport:
    sections = division.sections
    for heading in HEADINGS:
        if heading.number in sections:
            doubt_headings_out_of_order(sheet, sections[heading.number].lines, heading.place or "unplaced")
    name = _read_name(sheet, sections[NAME.number])
    level = read_level(sheet, sections["2"])
    links = _read_plan(sheet, sections, nodes)
    target, result = read_target_and_result(sheet, sections["5"])
    traced = {h.place: _read_prose(sheet, sections[h.number], h.place) for h in HEADINGS if h.place in _PROSE}
    compare_parts(sheet, traced, target, result)
    prose = {place: tuple(paragraph.text for paragraph in paragraphs) for place, paragraphs in traced.items()}
    certification, footer = (read_sentence(sheet, division.tail, field) for field in ("certification", "footer"))
    signature = read_signature(sheet, division.tail)
    unplaced = _read_unplaced(sheet)
    return PrintedReport(
        indicator_name=name,
        level=level,
        plan_links=links,
        definitions=prose["definitions"],
        method=prose["method"],
        target=target,
        result=result,
        quarters=(
            QuarterText(1, prose["6.1"]),
            QuarterText(2, prose["6.2"]),
            QuarterText(3, prose["6.3"]),
            QuarterText(4, prose["6.4"]),
        ),
        year_summary=prose["year_summary"],
        supporting_factors=prose["supporting_factors"],
        obstacles=prose["obstacles"],
        evidence=prose["evidence"],
        certification=certification,
        footer=footer,
        signature=signature,
        unplaced=unplaced,
        text=sheet.text,
        encoding=encoding,
        pieces=sheet.pieces(),
        repaired=tuple(sorted(sheet.repaired, key=lambda repair: repair.start)),
        doubtful=tuple(sorted(sheet.doubtful, key=lambda doubt: doubt.row)),
    )


def _read_name(sheet: Sheet, section: Section) -> str:
    name = read_text(sheet, section.lines, "indicator_name")
    if not name.text:
        raise NotAReport(
            f"หัวข้อ “{NAME.name_th}” ในบรรทัดที่ {sheet.row(section.start)} ไม่มีชื่อตัวชี้วัด โปรดนำเข้าข้อความของรายงานทั้งฉบับ",
            f"the section {NAME.name_en} in line {sheet.row(section.start)} names no indicator; "
            "import the text of the whole report",
        )
    doubt_text(sheet, [name], "indicator_name")
    return name.text


def _read_plan(sheet: Sheet, sections: Mapping[str, Section], nodes: Sequence[PlanNodeText]) -> tuple[PlanLink, ...]:
    """The plan linkage under its own heading, or, where that is missing, the lines of section 2 that look like it."""
    section = sections.get("")
    if section is None:
        section = sections["2"]
        reasons = ("ไม่พบหัวข้อความเชื่อมโยงกับแผนพัฒนา กทม.", "the heading of the plan linkage is missing")
        sheet.doubt(section.start, "plan_links", "", reasons)
    return read_plan(sheet, section, nodes)


def _read_prose(sheet: Sheet, section: Section, place: str) -> tuple[Traced, ...]:
    read = read_items if place == "evidence" else read_paragraphs
    paragraphs = read(sheet, section.lines, place)
    doubt_section(sheet, section, paragraphs, place)
    doubt_text(sheet, paragraphs, place)
    if place in ("supporting_factors", "obstacles"):
        doubt_run_together(sheet, paragraphs, place)
    return paragraphs


def _read_unplaced(sheet: Sheet) -> tuple[str, ...]:
    """What no part of the form has claimed: kept as it stands, each line with a doubt."""
    return tuple(_keep(sheet, stretch) for stretch in [*sheet.unclaimed()])


def _keep(sheet: Sheet, stretch: Line) -> str:
    text = read_text(sheet, [stretch], "unplaced").text
    reasons = ("แบบรายงานไม่มีช่องสำหรับข้อความนี้ จึงเก็บไว้ต่างหาก", "the form has no field for this text; kept apart")
    sheet.doubt(stretch.start, "unplaced", text, reasons)
    return text
