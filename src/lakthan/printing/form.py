"""The words of the printed form: results by indicator (Part 2), in Thai as officials know it."""

from collections.abc import Mapping
from decimal import Decimal

from lakthan.core.dates import format_date, format_datetime
from lakthan.core.digits import format_number, to_thai
from lakthan.core.figure import NoValue, Number
from lakthan.printing.document import Running
from lakthan.printing.paper import ComputedFigure, Paper, QuarterPart
from lakthan.rules.workflow import STATE_NAMES, State

CERTIFICATION = "ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ"
PART_LINE = "ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติราชการประจำปี แยกรายตัวชี้วัด"
PLAN_HEADING = "** สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด) **"
TITLE = "รายงานผลการดำเนินงานตามตัวชี้วัด"
NOTHING_REPORTED = "ไม่มีข้อมูล"
LEVEL_UNKNOWN = "ยังไม่ได้ระบุระดับความสำเร็จ"
DOTS = "....."
NOTE_MARK = "*"

# Words that stand where there is no number. None of them is a zero, and no two of them mean the same.
NOT_DUE = "ยังไม่ถึงกำหนด"
NOT_YET_REPORTED = "ยังไม่รายงาน"
NOT_GIVEN = "ไม่ได้ระบุ"
NO_DENOMINATOR = "ไม่มีตัวหาร"
NO_TARGET = "ไม่ได้กำหนด"
CANNOT_BE_SAID = "ตัดสินไม่ได้"

STATE_WORDS: Mapping[State, str] = {
    **{state: name_th for state, (name_th, _) in STATE_NAMES.items()},
    State.ACCEPTED: "ผ่านการตรวจ ยังไม่รับรอง",
}
"""The mark of a paper that is not certified."""

REASON_WORDS: Mapping[NoValue, str] = {
    NoValue.EMPTY_POPULATION: "ไม่มีหน่วยนับที่เข้าเกณฑ์",
    NoValue.NOT_DUE: NOT_DUE,
    NoValue.NOT_REPORTED: "ไม่มีข้อมูล",
    NoValue.NOT_APPLICABLE: "ไม่เข้าเกณฑ์วัด",
    NoValue.CANCELLED: "ยกเลิก",
    NoValue.NOT_EVALUATED: "ยังไม่ประเมิน",
}

MET_WORDS: Mapping[bool | None, str] = {True: "บรรลุ", False: "ยังไม่บรรลุ", None: CANNOT_BE_SAID}


def say(paper: Paper, text: str) -> str:
    """Text that the system writes, in the digits asked for. Never used on text that people wrote, nor on codes."""
    return to_thai(text) if paper.thai_digits else text


def period_words(paper: Paper) -> str:
    """ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563, or ปีงบประมาณ พ.ศ. 2563."""
    if paper.quarter is None:
        return say(paper, paper.fiscal_year.label_th)
    return say(paper, paper.fiscal_year.quarter(paper.quarter).label_th)


def title(paper: Paper) -> str:
    """The title of the document in its properties."""
    return f"{TITLE} {paper.indicator_code} {period_words(paper)}"


def computed_sentence(figure: ComputedFigure) -> str:
    """คำนวณจากระเบียน: 43 จาก 50 สำนักงานเขต = 86.00 (ร้อยละ) ณ วันที่ 30 กันยายน 2563."""
    unit = f" ({figure.unit})" if figure.unit else ""
    return f"คำนวณจากระเบียน: {_working(figure)}{unit} ณ วันที่ {format_date(figure.as_of)}"


def target_sentence(figure: ComputedFigure) -> str:
    """บรรลุเป้าหมาย (เป้าหมาย 80.00); empty where value and target cannot be compared."""
    if figure.met is None or figure.target is None:
        return ""
    return f"{MET_WORDS[figure.met]}เป้าหมาย (เป้าหมาย {shown(figure.target)})"


def _working(figure: ComputedFigure) -> str:
    """43 จาก 50 สำนักงานเขต = 86.00, or why there is no value."""
    if figure.value is None:
        return f"ไม่มีค่า: {REASON_WORDS[figure.reason]}" if figure.reason else "ไม่มีค่า"
    if figure.numerator is None or figure.denominator is None:
        return " ".join(part for part in (shown(figure.value), figure.noun) if part)
    parts = (number(figure.numerator), "จาก", number(figure.denominator), figure.noun, "=", shown(figure.value))
    return " ".join(part for part in parts if part)


def shown(value: Decimal) -> str:
    """A rounded value with thousands grouped and the decimals it has: 86.00."""
    return f"{value:,f}"


def number(exact: Number) -> str:
    """Counts whole, amounts with two decimals."""
    return format_number(exact, 0 if isinstance(exact, int) else 2)


def completed_note(text: str, cut_at: int) -> str:
    """* ส่วนที่ขีดเส้นใต้เติมจากแผน ยังไม่ยืนยัน ...: what the mark beside a completed text means."""
    last_word = text[:cut_at].rpartition(" ")[2]
    return f"{NOTE_MARK} ส่วนที่ขีดเส้นใต้เติมให้ครบจากแผน ยังไม่ยืนยันกับฉบับทางการ (ฉบับพิมพ์ที่นำเข้าตัดข้อความหลัง “{last_word}”)"


def progress_words(part: QuarterPart) -> str:
    """Work progress of a quarter: 0 is a number, and each way of having none has its own words."""
    if part.progress is not None:
        return str(part.progress)
    if is_not_due(part):
        return NOT_DUE
    return NOT_GIVEN if part.reported else NOT_YET_REPORTED


def is_not_due(part: QuarterPart) -> bool:
    """Whether a quarter has not begun."""
    return part.figure is not None and part.figure.reason is NoValue.NOT_DUE


def state_mark(paper: Paper) -> str:
    """What every page of a report says that is not certified: ฉบับร่าง; empty for a certified one."""
    return "" if paper.state is State.CERTIFIED else STATE_WORDS[paper.state]


def running_head(paper: Paper) -> tuple[str, ...]:
    """The lines at the head of every page, without the mark: agency; indicator and period."""
    return (paper.agency, f"ตัวชี้วัด {paper.indicator_code} {period_words(paper)}")


def running_foot(paper: Paper) -> tuple[str, ...]:
    """The lines at the foot of every page, without the page number: report id and print time; each of the notes."""
    printed = f"เลขที่รายงาน {paper.report_id} พิมพ์เมื่อ {say(paper, format_datetime(paper.printed_at))}"
    return (printed, *(say(paper, note) for note in paper.notes))


def running(paper: Paper) -> Running:
    """What every page of a report says, and the properties of the file."""
    lines = (running_head(paper), running_foot(paper))
    return Running(title(paper), paper.agency, paper.printed_at, *lines, state_mark(paper), paper.thai_digits)


def page_number(paper: Paper, page: int, pages: int) -> str:
    """หน้า 1/4."""
    return say(paper, f"หน้า {page}/{pages}")
