"""The papers of an action plan: the register of included projects, and the memo that puts it before the director."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.people.selectors import demonstration_notes, short_name
from lakthan.apps.planning.action_plans import Register, RegisterLine
from lakthan.apps.planning.deciding import DecisionTable, ProposedProject, Standing
from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.core.money import baht_words, format_baht
from lakthan.printing.blocks import Cell, Column, Composition, Row, RowGroup, Section, Table, Text, TextKind
from lakthan.printing.document import Document, office_running
from lakthan.printing.form import DOTS
from lakthan.rules.action_plan import BudgetTotal

REGISTER_TITLE = "บัญชีรายชื่อโครงการ/กิจกรรมที่บรรจุ"
DRAFT = "ฉบับร่าง ผู้อำนวยการเขตยังไม่ยืนยันบัญชี"
FIELDS = {"physical": "กายภาพ/สิ่งแวดล้อม", "economy": "เศรษฐกิจ", "society": "สังคม", "health": "สุขภาพ", "mind": "จิตใจ"}
REASONS = {
    "no-budget": "ไม่มีงบประมาณ",
    "other-agency": "เป็นหน้าที่ของหน่วยงานอื่น",
    "private-land": "พื้นที่เอกชน",
    "community-can": "ชุมชนทำเองได้",
    "incomplete": "ข้อมูลไม่ครบ",
    "duplicate": "ซ้ำกับโครงการอื่น",
    "other": "เหตุอื่น",
}
SHARED, UNSTATED = "รวมในลำดับเดียวกัน", "ไม่ระบุ"
INCLUDED = (
    Column("ที่", 8, numeric=True),
    Column("โครงการ/กิจกรรม", 42),
    Column("ชุมชน", 34),
    Column("ด้าน", 20),
    Column("วงเงิน (บาท)", 20, numeric=True),
    Column("วันที่และเอกสาร", 36),
)
DECLINED = (Column("ที่", 8, numeric=True), Column("โครงการ", 42), Column("ชุมชน", 34), Column("เหตุที่ไม่บรรจุ", 76))


def register_paper(register: Register, district: UnitLabel, printed_at: datetime) -> Document:
    """The register as a paper, with as many rows as inclusions; a draft until the director confirms it."""
    plan = register.plan
    confirmed = plan is not None and plan.confirmed_on is not None
    facts = [("หน่วยงาน", district.name_th), ("จำนวน", _total(register.total, len(register.lines)))]
    if plan is not None:
        facts.append(("แผนปฏิบัติราชการประจำปี", f"{plan.document} ลงวันที่ {format_date(plan.effective_on)}"))
        if plan.confirmed_on is not None:
            words = f"ผู้อำนวยการเขตยืนยันเมื่อวันที่ {format_date(plan.confirmed_on)} {plan.confirmation_document}"
            facts.append(("การยืนยัน", words))
    nothing = Text(TextKind.NOTHING, ("ไม่มีโครงการที่บรรจุ",))
    body = Composition(
        title=REGISTER_TITLE,
        subtitle=f"ในแผนปฏิบัติราชการประจำ{register.fiscal_year.label_th}",
        sections=(Section("", (_included(register.lines) if register.lines else nothing,)),),
        closing=(_signature(f"ผู้อำนวยการเขต{short_name(district.name_th)}"),),
        facts=tuple(facts),
    )
    subject = f"บัญชีโครงการที่บรรจุ {register.fiscal_year.label_th}"
    mark = "" if confirmed else DRAFT
    return _document(body, district, subject, printed_at, register, mark)


def memo_paper(
    table: DecisionTable, register: Register, district: UnitLabel, number: str, on: date, printed_at: datetime
) -> Document:
    """The memo (บันทึกข้อความ) that asks the director to confirm the list: its counts are those of the table."""
    name, year = short_name(district.name_th), table.fiscal_year
    subject = f"ขอความเห็นชอบบัญชีโครงการตามแผนพัฒนาชุมชนที่บรรจุในแผนปฏิบัติราชการประจำ{year.label_th}"
    sections = [Section("1. ข้อเท็จจริง", (_told(_facts(table, register, district.name_th)),))]
    if register.lines:
        sections.append(Section("2. โครงการที่บรรจุ", (_included(register.lines),)))
    if declined := [row for row in table.projects if row.standing is Standing.DECLINED]:
        sections.append(Section(f"{len(sections) + 1}. โครงการที่ไม่บรรจุและเหตุผล", (_declined(declined),)))
    proposal = "จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบขอได้โปรดลงนามยืนยันบัญชีรายชื่อโครงการข้างต้น"
    sections.append(Section(f"{len(sections) + 1}. ข้อเสนอ", (_told([proposal]),)))
    body = Composition(
        title="บันทึกข้อความ",
        subtitle="",
        sections=tuple(sections),
        closing=(_signature("ผู้เสนอ"), _signature(f"ผู้อำนวยการเขต{name}", "เห็นชอบ")),
        facts=(
            ("ส่วนราชการ", f"{district.name_th} ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม"),
            ("ที่", number or DOTS),
            ("วันที่", format_date(on)),
            ("เรื่อง", subject),
            ("เรียน", f"ผู้อำนวยการเขต{name}"),
        ),
    )
    return _document(body, district, f"บันทึกข้อความ {number}".strip(), printed_at, register)


def _document(
    body: Composition, district: UnitLabel, subject: str, printed_at: datetime, register: Register, mark: str = ""
) -> Document:
    title = f"{body.title} {subject}"
    running = office_running(title, district.name_th, subject, printed_at, mark=mark, notes=demonstration_notes())
    return Document(body, running, _names(register.lines))


def _facts(table: DecisionTable, register: Register, district: str) -> Iterator[str]:
    """The paragraph and its counts."""
    communities = len({row.community_code for row in table.projects})
    yield (
        f"{district} ได้พิจารณาโครงการตามแผนพัฒนาชุมชนที่ชุมชนขอรับการสนับสนุนหรือขอให้สำนักงานเขตดำเนินการ "
        f"จำนวน {format_number(len(table.projects))} โครงการ จาก {format_number(communities)} ชุมชน "
        f"เพื่อบรรจุในแผนปฏิบัติราชการประจำ{table.fiscal_year.label_th} แล้ว ปรากฏผลดังนี้"
    )
    yield f"(1) บรรจุ {format_number(table.count(Standing.INCLUDED))} โครงการ {_total(register.total)}"
    yield f"(2) ไม่บรรจุ {format_number(table.count(Standing.DECLINED))} โครงการ"
    yield f"(3) ยังไม่พิจารณา {format_number(table.count(Standing.UNDECIDED))} โครงการ"


def _total(total: BudgetTotal, projects: int | None = None) -> str:
    """17 โครงการ 16 รายการ รวมวงเงิน 925,000.- บาท (...); what names no budget is told beside it."""
    words = f"{format_number(total.items)} รายการ"
    if projects is not None:
        words = f"{format_number(projects)} โครงการ {words}"
    if total.baht > Decimal(0) or total.is_whole:
        words = f"{words} รวมวงเงิน {format_baht(total.baht)} บาท ({baht_words(total.baht)})"
    return words if total.is_whole else f"{words} ไม่ระบุวงเงิน {format_number(total.unstated)} รายการ"


def _told(lines: Sequence[str] | Iterator[str]) -> Text:
    return Text(TextKind.TEXT, tuple(lines))


def _included(lines: Sequence[RegisterLine]) -> Table:
    return Table("register", INCLUDED, (RowGroup("", tuple(_included_row(line) for line in lines)),))


def _included_row(line: RegisterLine) -> Row:
    decision = line.decision
    ground = f"{format_date(decision.effective_on, 'th', 'short')} {decision.document}"
    if decision.correction:
        ground = f"{ground} แก้ไขหลังยืนยันบัญชี: {decision.correction}"
    return (
        Cell(str(decision.item_number)),
        Cell(decision.name),
        Cell(f"{line.community_name} ({line.community_code})"),
        Cell(FIELDS[line.field]),
        _budget(line),
        Cell(ground),
    )


def _budget(line: RegisterLine) -> Cell:
    if line.is_shared:
        return Cell(SHARED, words=True)
    budget = line.decision.budget
    return Cell(UNSTATED, words=True) if budget is None else Cell(format_baht(budget, "plain"))


def _declined(projects: Sequence[ProposedProject]) -> Table:
    rows = []
    for number, project in enumerate(projects, start=1):
        line = next(line for line in project.here if line.stands)
        reason = f"{REASONS.get(line.reason_code, line.reason_code)}: {line.reason}"
        community = f"{project.community_name} ({project.community_code})"
        rows.append((Cell(str(number)), Cell(project.name), Cell(community), Cell(reason)))
    return Table("register", DECLINED, (RowGroup("", tuple(rows)),))


def _signature(office: str, before: str = "") -> Text:
    lines = (f"ลงชื่อ{DOTS}", f"({DOTS})", office)
    return Text(TextKind.SIGNATURE, (before, *lines) if before else lines)


def _names(lines: Sequence[RegisterLine]) -> tuple[str, ...]:
    """What a line must not break in."""
    return ("ปีงบประมาณ", "แผนปฏิบัติราชการ", *sorted({line.community_code for line in lines}))
