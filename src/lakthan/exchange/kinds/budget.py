"""What districts did with transferred money as a table: a row is a line; a wrong line is reversed and written anew."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from lakthan.apps.budget.models import Disbursement, Obligation, Return, Transfer, TransferLine
from lakthan.apps.budget.services.lines import disburse, give_back, obligate, reverse
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.exchange.kinds.districts import Districts
from lakthan.exchange.sheets import cells
from lakthan.exchange.sheets.cells import Value, clean
from lakthan.exchange.sheets.kinds import (
    Asked,
    Column,
    Kind,
    Line,
    Matching,
    Record,
    Seen,
    Verdict,
    changes,
    refused_by,
    twice,
)
from lakthan.exchange.sheets.writing import BUDDHIST_DAY, MONEY
from lakthan.rules.permissions import Action, Actor

LINES: Mapping[str, tuple[str, str]] = {
    "obligation": ("ก่อหนี้ผูกพัน", "obligation"),
    "disbursement": ("เบิกจ่าย", "disbursement"),
    "return": ("ส่งคืน", "return"),
}
MODELS: Mapping[str, type[TransferLine]] = {"obligation": Obligation, "disbursement": Disbursement, "return": Return}
SERVICES = {"obligation": obligate, "disbursement": disburse, "return": give_back}
OF_LINE = ("effective_on", "amount", "document")
COLUMNS = (
    Column(
        "line_id",
        "รหัสรายการ",
        "Line id",
        cells.code(),
        "ระบบออกให้ เว้นว่างเมื่อเพิ่มรายการ",
        "Given by the system; leave it empty for a new line.",
        width=12,
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "district_code",
        "รหัสเขต",
        "District code",
        cells.code(4),
        "รหัสสำนักงานเขต 4 หลัก หรือชื่อเขต",
        "Four digits, or the name of the district.",
        width=10,
        must_hold=True,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "fiscal_year",
        "ปีงบประมาณ",
        "Fiscal year",
        cells.fiscal_year,
        "ปีงบประมาณของเงินโอน พ.ศ.",
        "Of the transfer, B.E.",
        width=10,
        must_hold=True,
        is_fixed=True,
    ),
    Column(
        "letter_number",
        "เลขที่หนังสือโอน",
        "Transfer letter",
        cells.text(100),
        "เลขที่หนังสือที่โอนเงินมา",
        "Number of the letter that transferred the money.",
        width=22,
        must_hold=True,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "purpose",
        "วัตถุประสงค์",
        "Purpose",
        cells.text(300),
        "ต้องกรอกเมื่อหนังสือฉบับเดียวโอนหลายรายการ",
        "Needed where one letter transferred for several.",
        width=30,
        must_stand=False,
        is_fixed=True,
        number_format="@",
    ),
    Column(
        "transferred",
        "เงินโอน",
        "Transferred (baht)",
        cells.money,
        "แสดงไว้ให้ดู",
        "For reading only.",
        must_stand=False,
        is_fixed=True,
        number_format=MONEY,
    ),
    Column(
        "line",
        "รายการ",
        "Line",
        cells.choice(LINES),
        "เลือกจากรายการ เว้นว่างหากเงินโอนนี้ยังไม่มีรายการ",
        "Choose from the list; empty where the transfer has no line yet.",
        names=LINES,
        is_fixed=True,
    ),
    Column(
        "effective_on",
        "วันที่",
        "Day",
        cells.day,
        "วันที่เกิดรายการ เช่น 2 มี.ค. 2563",
        "The day of it, such as 2 มี.ค. 2563.",
        number_format=BUDDHIST_DAY,
    ),
    Column(
        "amount",
        "จำนวนเงิน",
        "Amount (baht)",
        cells.money,
        "บาท มากกว่าศูนย์",
        "Baht, above zero.",
        number_format=MONEY,
    ),
    Column(
        "document",
        "เลขที่เอกสาร",
        "Document",
        cells.text(200),
        "ฎีกา สัญญา หรือหนังสือส่งคืน",
        "Voucher, contract or letter of return.",
        width=24,
        number_format="@",
    ),
)

Known = dict[tuple[str, UUID], TransferLine]


def _standing(units: list[UUID]) -> dict[UUID, list[tuple[str, TransferLine]]]:
    """The lines that hold, without those taken back and what took them back, by transfer in order of day."""
    found: dict[UUID, list[tuple[str, TransferLine]]] = defaultdict(list)
    for kind, model in MODELS.items():
        lines = list(model._default_manager.filter(unit__in=units).order_by("effective_on", "recorded_at", "pk"))
        reversed_lines = {line.reverses_id for line in lines}
        for line in lines:
            if line.reverses_id is None and line.pk not in reversed_lines:
                found[line.transfer_id].append((kind, line))
    return found


def _today(actor: Actor, asked: Asked) -> Iterator[Mapping[str, Value]]:
    districts = Districts(actor, Action.KEEP_BUDGET, asked.today)
    for unit in districts.asked(asked.district):
        lines = _standing([unit.pk])
        transfers = Transfer.objects.filter(unit=unit, fiscal_year=asked.fiscal_year.be, ended_on__isnull=True)
        for transfer in transfers.order_by("effective_on", "letter_number", "purpose"):
            of_transfer: dict[str, Value] = {
                "district_code": districts.code_of[unit.pk],
                "fiscal_year": transfer.fiscal_year,
                "letter_number": transfer.letter_number,
                "purpose": transfer.purpose,
                "transferred": transfer.amount,
            }
            for kind, line in lines.get(transfer.pk, ()):
                yield {**of_transfer, "line_id": str(line.pk), "line": kind, **_values(line)}
            if transfer.pk not in lines:
                yield of_transfer


def _values(line: TransferLine) -> dict[str, Value]:
    return {"effective_on": line.effective_on, "amount": line.amount, "document": line.document or None}


class _Books:
    """Transfers and lines as rows find them."""

    def __init__(self, districts: Districts, units: list[UUID]) -> None:
        self.districts = districts
        self.transfers: dict[tuple[object, ...], list[Transfer]] = defaultdict(list)
        for transfer in Transfer.objects.filter(unit__in=units, ended_on__isnull=True):
            self.transfers[transfer.unit_id, transfer.fiscal_year, clean(transfer.letter_number)].append(transfer)
        self.lines = _standing(units)
        self.by_id = {str(line.pk): (kind, line) for lines in self.lines.values() for kind, line in lines}

    def transfer(self, record: Record) -> Transfer:
        """The transfer that a row names. Raises `UserError` where there is none, or more than one."""
        unit = self.districts.find(record.words("district_code"))
        if unit is None:
            code = record.words("district_code")
            raise UserError(
                f"ไม่มีสำนักงานเขตรหัส {code} ใช้รหัส 4 หลักหรือชื่อเขต",
                f"There is no district office {code}; give its four digits or its name.",
            )
        if (foreign := self.districts.refusal(unit)) is not None:
            raise foreign
        letter, purpose = record.words("letter_number"), record.words("purpose")
        found = self.transfers.get((unit.pk, record.get("fiscal_year"), letter), [])
        if purpose:
            found = [transfer for transfer in found if clean(transfer.purpose).split() == purpose.split()]
        if len(found) == 1:
            return found[0]
        raise UserError(
            f"{'พบเงินโอนหลายรายการ' if found else 'ไม่พบเงินโอน'}ตามหนังสือ {letter} ตรวจเลขที่หนังสือ ปีงบประมาณ และวัตถุประสงค์",
            f"{'More than one transfer was' if found else 'No transfer was'} made by letter {letter}; "
            "check the number, the fiscal year and the purpose.",
        )


def _match(matching: Matching) -> Iterator[Line]:
    districts = Districts(matching.actor, Action.KEEP_BUDGET, matching.asked.today)
    books, seen = _Books(districts, [unit.pk for unit in districts.asked("")]), Seen()
    for record in matching.records:
        try:
            transfer = books.transfer(record)
            if not _says_something(record):
                yield Line(record.row, Verdict.UNCHANGED, _about(transfer))
                continue
            first = seen.earlier((transfer.pk, *(record.get(key) for key in ("line", *OF_LINE))), record.row)
            yield (
                twice(record, "document", first, _about(transfer))
                if first
                else _line(matching, record, transfer, books)
            )
        except UserError as error:
            yield refused_by(record, "letter_number", error)


def _says_something(record: Record) -> bool:
    return any(record.get(key) is not None for key in ("line_id", "line", *OF_LINE))


def _line(matching: Matching, record: Record, transfer: Transfer, books: _Books) -> Line:
    _refuse_incomplete(record)
    about, kind = _about(transfer), record.words("line")
    there = books.by_id.get(record.words("line_id"))
    if there is not None and (there[0] != kind or there[1].transfer_id != transfer.pk):
        raise UserError(
            "รหัสรายการเป็นของเงินโอนหรือรายการอื่น เว้นรหัสว่างเพื่อเพิ่มรายการใหม่",
            "The id is of another transfer or line; leave it empty to add a new line.",
        )
    same = [
        line
        for found, line in books.lines.get(transfer.pk, ())
        if found == kind and not changes(record, _values(line), OF_LINE)
    ]
    if (there is None and same) or (there is not None and there[1] in same):
        return Line(record.row, Verdict.UNCHANGED, about)
    if there is None and record.words("line_id"):
        raise UserError(
            "รายการเดิมถูกกลับไปแล้วหรือไม่มี ดาวน์โหลดไฟล์ใหม่ หรือเว้นรหัสว่าง",
            "The line was reversed or is not there; download the workbook anew, or leave the id empty.",
        )
    if there is None:
        return Line(
            record.row,
            Verdict.CREATED,
            about,
            act=lambda: _write(matching, record, transfer),
            together=transfer.pk,
        )
    found = changes(record, _values(there[1]), OF_LINE)
    return Line(
        record.row,
        Verdict.CHANGED,
        about,
        found,
        lambda: _rewrite(matching, record, transfer, there[1]),
        together=transfer.pk,
    )


def _refuse_incomplete(record: Record) -> None:
    for key, th, en in (("line", "รายการ", "Line"), ("effective_on", "วันที่", "Day"), ("amount", "จำนวนเงิน", "Amount")):
        if record.get(key) is None:
            raise UserError(f"ไม่มี{th} กรุณากรอก", f"{en} is missing; fill it in.")


def _rewrite(matching: Matching, record: Record, transfer: Transfer, wrong: TransferLine) -> None:
    """Money is never changed: the wrong line is taken back as of its own day, and the right one written."""
    reverse(
        actor=matching.actor,
        line=wrong,
        effective_on=wrong.effective_on,
        document=record.words("document"),
        now=matching.now,
    )
    _write(matching, record, transfer)


def _write(matching: Matching, record: Record, transfer: Transfer) -> None:
    SERVICES[record.words("line")](
        actor=matching.actor,
        transfer=transfer,
        amount=record.values["amount"],  # type: ignore[arg-type]
        effective_on=record.values["effective_on"],  # type: ignore[arg-type]
        document=record.words("document"),
        now=matching.now,
    )


def _about(transfer: Transfer) -> str:
    return f"{transfer.letter_number} ({format_date(transfer.letter_date, style='short')})"


BUDGET = Kind(
    "budget",
    "รายการงบประมาณ",
    "Budget lines",
    Action.KEEP_BUDGET,
    COLUMNS,
    _today,
    _match,
    "หนึ่งแถวคือหนึ่งรายการของเงินโอน แก้วันที่ จำนวนเงิน หรือเอกสาร = กลับรายการเดิมแล้วบันทึกใหม่ แถวที่ลบออกไม่ลบรายการ",
    "A row is a line of a transfer. Changing a day, an amount or a document reverses the line and writes a new one.",
)
