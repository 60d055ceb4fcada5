"""The words of the printed form: results by indicator (Part 2), in Thai as officials know it."""

from collections.abc import Mapping

from lakthan.core.dates import format_date, format_datetime
from lakthan.core.digits import format_number
from lakthan.core.figure import NoValue, Number
from lakthan.printing.paper import ComputedFigure, Paper, PaperState

CERTIFICATION = "ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ"
PART_LINE = "ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติราชการประจำปี แยกรายตัวชี้วัด"
PLAN_HEADING = "** สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด) **"
TITLE = "รายงานผลการดำเนินงานตามตัวชี้วัด"
NOTHING_REPORTED = "ไม่มีข้อมูล"
LEVEL_UNKNOWN = "ยังไม่ได้ระบุระดับความสำเร็จ"
DOTS = "....."

STATE_WORDS: Mapping[PaperState, str] = {
    PaperState.DRAFT: "ฉบับร่าง",
    PaperState.ENDORSED: "หัวหน้าหน่วยงานเห็นชอบ",
    PaperState.SUBMITTED: "ส่งแล้ว รอตรวจ",
    PaperState.RETURNED: "ส่งกลับแก้ไข",
    PaperState.ACCEPTED: "ผ่านการตรวจ ยังไม่รับรอง",
    PaperState.CERTIFIED: "รับรองแล้ว",
    PaperState.CORRECTED: "มีฉบับแก้ไขแทน",
}

REASON_WORDS: Mapping[NoValue, str] = {
    NoValue.EMPTY_POPULATION: "ไม่มีหน่วยนับที่เข้าเกณฑ์",
    NoValue.NOT_DUE: "ยังไม่ถึงกำหนด",
    NoValue.NOT_REPORTED: "ไม่มีข้อมูล",
    NoValue.NOT_APPLICABLE: "ไม่เข้าเกณฑ์วัด",
    NoValue.NOT_EVALUATED: "ยังไม่ประเมิน",
}


def period_words(paper: Paper) -> str:
    """ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563, or ปีงบประมาณ พ.ศ. 2563."""
    if paper.quarter is None:
        return paper.fiscal_year.label_th
    return paper.fiscal_year.quarter(paper.quarter).label_th


def computed_sentence(figure: ComputedFigure) -> str:
    """คำนวณจากระเบียน: 43 จาก 50 สำนักงานเขต = 86.00 (ร้อยละ) ณ วันที่ 30 กันยายน 2563."""
    unit = f" ({figure.unit})" if figure.unit else ""
    return f"คำนวณจากระเบียน: {_working(figure)}{unit} ณ วันที่ {format_date(figure.as_of)}"


def target_sentence(figure: ComputedFigure) -> str:
    """บรรลุเป้าหมาย (เป้าหมาย 80.00); empty where value and target cannot be compared."""
    if figure.met is None or figure.target is None:
        return ""
    return f"{'บรรลุเป้าหมาย' if figure.met else 'ยังไม่บรรลุเป้าหมาย'} (เป้าหมาย {figure.target})"


def _working(figure: ComputedFigure) -> str:
    """43 จาก 50 สำนักงานเขต = 86.00, or why there is no value."""
    if figure.value is None:
        return f"ไม่มีค่า: {REASON_WORDS[figure.reason]}" if figure.reason else "ไม่มีค่า"
    if figure.numerator is None or figure.denominator is None:
        return " ".join(part for part in (figure.value, figure.noun) if part)
    parts = (_number(figure.numerator), "จาก", _number(figure.denominator), figure.noun, "=", figure.value)
    return " ".join(part for part in parts if part)


def _number(number: Number) -> str:
    """Counts whole, amounts with two decimals."""
    return format_number(number, 0 if isinstance(number, int) else 2)


def state_mark(paper: Paper) -> str:
    """What every page of a report says that is not certified: ฉบับร่าง; empty for a certified one."""
    return "" if paper.state is PaperState.CERTIFIED else STATE_WORDS[paper.state]


def running_head(paper: Paper) -> tuple[str, ...]:
    """The lines at the head of every page, without the mark: agency; indicator and period."""
    return (paper.agency, f"ตัวชี้วัด {paper.indicator_code} {period_words(paper)}")


def running_foot(paper: Paper) -> tuple[str, ...]:
    """The lines at the foot of every page, without the page number: report id and print time; each of the notes."""
    printed = f"เลขที่รายงาน {paper.report_id} พิมพ์เมื่อ {format_datetime(paper.printed_at)}"
    return (printed, *paper.notes)


def page_number(page: int, pages: int) -> str:
    """หน้า 1/4."""
    return f"หน้า {page}/{pages}"
