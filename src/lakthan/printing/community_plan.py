"""A community's plan on paper: as it stands or is prepared, and the same as a form to fill in by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.digits import format_number
from lakthan.printing.blocks import Cell, Column, Composition, Row, RowGroup, Section, Table, Text, TextKind
from lakthan.printing.document import Document, office_running
from lakthan.printing.form import DOTS
from lakthan.printing.paper import paragraphs
from lakthan.rules.typed_projects import PLAN_FIELDS

TITLE, SHEET_TITLE = "แผนพัฒนาชุมชน", "แบบจัดทำแผนพัฒนาชุมชน"
TO_FILL_IN = "แบบสำหรับกรอกด้วยมือ"
NOT_RECORDED, NO_ESTIMATE = "ไม่ได้บันทึกไว้", "ไม่ระบุ"
ADOPTION = ("มติคณะกรรมการชุมชน", "วันที่มีมติ", "ใช้ถึงวันที่", "การประชุมครั้งที่", "ผู้เข้าร่วม (คน)")
EMPTY_ROWS = 6
"""Rows to write new projects into."""
PROJECT_COLUMNS = (
    Column("ลำดับ", 7, numeric=True),
    Column("โครงการ", 25),
    Column("ปัญหา", 18),
    Column("วัตถุประสงค์", 18),
    Column("ด้าน", 10),
    Column("ผู้ดำเนินการ", 13),
    Column("ประมาณการ (บาท)", 17, numeric=True),
)
SHORT_FIELDS = {"physical": "กายภาพ", "economy": "เศรษฐกิจ", "society": "สังคม", "health": "สุขภาพ", "mind": "จิตใจ"}
SHORT_WAYS = {"itself": "ชุมชนทำเอง", "with-support": "ขอรับการสนับสนุน", "by-district": "ขอให้เขตทำ"}
NO_PROJECTS = "ยังไม่มีโครงการ"
COMMITTEE = (f"ลงชื่อ {DOTS}", f"( {DOTS} )", "ประธานกรรมการชุมชน", f"วันที่ {DOTS}")
OFFICER = (f"ลงชื่อ {DOTS}", f"( {DOTS} )", "นักพัฒนาสังคม", f"วันที่ {DOTS}")
DIRECTOR = (f"ลงชื่อ {DOTS}", f"( {DOTS} )", "ผู้อำนวยการเขต", f"วันที่ {DOTS}")


@dataclass(frozen=True, slots=True)
class PrintedProject:
    """A project of the table. `estimate` and `priority` are None where there is none."""

    number: int
    name: str
    problem: str
    aim: str
    field: str
    way: str
    estimate: Decimal | None
    priority: int | None


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """What a plan says. Days, resolution and meeting are None or empty where they are not known (yet)."""

    district: str
    community: str
    code: str
    kind: str
    """จัดทำใหม่, ทบทวน; empty for one that is not confirmed."""
    fields: tuple[tuple[str, str], ...]
    projects: tuple[PrintedProject, ...]
    printed_at: datetime
    adopted_on: date | None = None
    valid_until: date | None = None
    resolution: str = ""
    meeting: str = ""
    mark: str = ""
    notes: tuple[str, ...] = ()


def plan_document(plan: PrintedPlan) -> Document:
    """The plan with its projects in the order of their priority, and places to sign."""
    sections = (
        Section("1. การมีมติให้ใช้แผน", (Text(TextKind.TEXT, tuple(_adoption(plan))),)),
        Section("2. สภาพและประเด็นของชุมชน 5 ด้าน", ()),
        *(Section(PLAN_FIELDS[code][0], (_text(text),), depth=2) for code, text in plan.fields),
        Section(f"3. โครงการตามลำดับความสำคัญ {len(plan.projects)} โครงการ", (_table(plan.projects),)),
    )
    return _document(plan, TITLE, sections, "เลขที่", _asked(plan.projects))


def sheet_document(plan: PrintedPlan) -> Document:
    """The form, empty, with the projects of the last plan to be kept, changed or struck out."""
    last = (Section("3. โครงการของแผนฉบับก่อน (ทำต่อ / แก้ไข / ตัดออก)", (_table(plan.projects),)),) if plan.projects else ()
    empty: Sequence[Row] = [tuple(Cell("") for _ in PROJECT_COLUMNS)] * EMPTY_ROWS
    sections = (
        Section("1. การมีมติให้ใช้แผน", (_to_fill_in("to-fill-in-short", ADOPTION),)),
        Section(
            "2. สภาพและประเด็นของชุมชน 5 ด้าน (ด้านใดไม่มีประเด็น เขียนว่า ไม่มี)",
            (_to_fill_in("to-fill-in", [name for name, _ in PLAN_FIELDS.values()]),),
        ),
        *last,
        Section(
            f"{4 if last else 3}. โครงการใหม่ (ด้าน: กายภาพ เศรษฐกิจ สังคม สุขภาพ จิตใจ / วิธี: ทำเอง ขอรับการสนับสนุน ขอให้เขตทำ)",
            (Table("to-fill-in", PROJECT_COLUMNS, (RowGroup("", tuple(empty)),)),),
        ),
    )
    return _document(plan, SHEET_TITLE, sections, "แบบ")


def _document(plan: PrintedPlan, title: str, sections: tuple[Section, ...], kind: str, asked: str = "") -> Document:
    """`asked` stands before the signatures, so that they never stand on a page alone."""
    body = Composition(
        title=f"{title} ({plan.kind})" if plan.kind else title,
        subtitle=" ".join(part for part in (plan.community, plan.district) if part),
        sections=sections,
        closing=(
            *((Text(TextKind.TEXT, (asked,)),) if asked else ()),
            *(Text(TextKind.SIGNATURE, who) for who in (COMMITTEE, OFFICER, DIRECTOR)),
        ),
    )
    running = office_running(
        f"{body.title} {body.subtitle}",
        plan.district,
        f"{title} {plan.community} ({plan.code})",
        plan.printed_at,
        number=f"{kind} {plan.code}",
        mark=plan.mark,
        notes=plan.notes,
    )
    return Document(body, running, (plan.community, plan.district))


def _adoption(plan: PrintedPlan) -> Iterator[str]:
    yield f"มติคณะกรรมการชุมชน: {plan.resolution or NOT_RECORDED}"
    yield f"วันที่มีมติ: {format_date(plan.adopted_on) if plan.adopted_on else NOT_RECORDED}"
    yield f"ใช้ถึงวันที่: {format_date(plan.valid_until) if plan.valid_until else NOT_RECORDED}"
    yield f"การประชุม: {plan.meeting or NOT_RECORDED}"


def _to_fill_in(name: str, labels: Sequence[str]) -> Table:
    """Labels with room to write beside each."""
    rows = tuple((Cell(label), Cell("")) for label in labels)
    return Table(name, (Column("รายการ", 24), Column("กรอก", 76)), (RowGroup("", rows),))


def _text(text: str) -> Text:
    lines = tuple(paragraphs(text))
    return Text(TextKind.TEXT, lines) if lines else Text(TextKind.NOTHING, (NOT_RECORDED,))


def _table(projects: Sequence[PrintedProject]) -> Table | Text:
    if not projects:
        return Text(TextKind.NOTHING, (NO_PROJECTS,))
    rows = tuple(_row(project) for project in in_order_of_priority(projects))
    return Table("plan-projects", PROJECT_COLUMNS, (RowGroup("", rows),))


def in_order_of_priority(projects: Sequence[PrintedProject]) -> list[PrintedProject]:
    """Projects with a priority first, then the others, each in the order of the plan."""
    return sorted(projects, key=lambda project: (project.priority is None, project.priority or 0, project.number))


def _row(project: PrintedProject) -> Row:
    has_none = project.estimate is None
    return (
        Cell(str(project.priority or "–"), words=project.priority is None),
        Cell(project.name),
        Cell(project.problem or "–"),
        Cell(project.aim or "–"),
        Cell(SHORT_FIELDS.get(project.field, "–")),
        Cell(SHORT_WAYS.get(project.way, "–")),
        Cell(NO_ESTIMATE if has_none else format_number(project.estimate, 2), words=has_none),  # type: ignore[arg-type]
    )


def _asked(projects: Sequence[PrintedProject]) -> str:
    """What the community asks for, in one sentence: a sum is said only with how many projects are behind it."""
    asked = [project for project in projects if project.way != "itself"]
    priced = [project.estimate for project in asked if project.estimate is not None]
    if not asked:
        return ""
    total = f" รวม {format_number(sum(priced, Decimal(0)), 2)} บาท" if priced else ""
    return (
        f"สรุปคำขอ: ขอรับการสนับสนุนหรือขอให้สำนักงานเขตดำเนินการ {len(asked)} โครงการ ระบุวงเงินไว้ {len(priced)} โครงการ{total}"
    )
