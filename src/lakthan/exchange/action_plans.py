"""The register of an action plan as a workbook: one row for each inclusion."""

from collections.abc import Iterator
from datetime import datetime

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.planning.action_plans import Register, RegisterLine
from lakthan.core.dates import format_date
from lakthan.core.money import format_baht
from lakthan.exchange.sheets.writing import BUDDHIST_DAY
from lakthan.exchange.workbooks import Column, Sheet, Value, workbook

TITLE = "บัญชีรายชื่อโครงการ/กิจกรรมที่บรรจุในแผนปฏิบัติราชการประจำปี"
FIELDS = {"physical": "กายภาพ/สิ่งแวดล้อม", "economy": "เศรษฐกิจ", "society": "สังคม", "health": "สุขภาพ", "mind": "จิตใจ"}
SHARED = "ใช้วงเงินของลำดับเดียวกันข้างต้น"
COLUMNS = (
    Column("ลำดับที่", 9),
    Column("ชื่อโครงการ/กิจกรรมในแผน", 44),
    Column("โครงการของชุมชน", 44),
    Column("รหัสชุมชน", 12),
    Column("ชุมชน", 30),
    Column("ด้าน", 18),
    Column("วงเงิน (บาท)", 16, "#,##0.00"),
    Column("วันที่มีมติ", 14, BUDDHIST_DAY),
    Column("เอกสาร", 34),
    Column("หมายเหตุ", 40),
)


def register_workbook(register: Register, district: UnitLabel, now: datetime) -> bytes:
    """The inclusions that stand; the budget of a shared item stands at its first row alone."""
    sheet = Sheet(
        f"{district.code} {register.fiscal_year.be}",
        (TITLE, f"{district.name_th} {register.fiscal_year.label_th}", *_state(register), _total(register)),
        COLUMNS,
        _rows(register),
        key_columns=2,
    )
    return workbook([sheet], now)


def _state(register: Register) -> Iterator[str]:
    plan = register.plan
    if plan is None or plan.confirmed_on is None:
        yield "ฉบับร่าง: ผู้อำนวยการเขตยังไม่ยืนยันบัญชี"
    else:
        yield f"ผู้อำนวยการเขตยืนยันเมื่อ {format_date(plan.confirmed_on)} {plan.confirmation_document}"


def _total(register: Register) -> str:
    total = register.total
    if not register.lines:
        return "ไม่มีโครงการที่บรรจุ"
    told = f"{len(register.lines):,} โครงการ {total.items:,} รายการ วงเงินรวม {format_baht(total.baht, 'plain')} บาท"
    return told if total.is_whole else f"{told} (ไม่ระบุวงเงิน {total.unstated:,} รายการ)"


def _rows(register: Register) -> Iterator[tuple[Value, ...]]:
    for line in register.lines:
        decision = line.decision
        yield (
            decision.item_number,
            decision.name,
            line.project_name,
            line.community_code,
            line.community_name,
            FIELDS[line.field],
            None if line.is_shared else decision.budget,
            decision.effective_on,
            decision.document,
            _note(line),
        )


def _note(line: RegisterLine) -> str:
    notes = [SHARED] if line.is_shared else []
    if line.decision.correction:
        notes.append(f"แก้ไขหลังยืนยันบัญชี: {line.decision.correction}")
    return " ".join(notes)
