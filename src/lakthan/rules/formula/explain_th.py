"""The Thai sentence of a formula."""

from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Mean,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Since,
    Steps,
    Sum,
    Term,
)
from lakthan.rules.formula.wording import any_of, number_text, years_of

OR = " หรือ "


def thai(formula: Formula, fiscal_year: FiscalYear) -> str:
    """The Thai sentence of a formula, without a full stop."""
    match formula:
        case Share():
            return _share(formula, fiscal_year)
        case Ratio():
            numerator, denominator = _term(formula.numerator, fiscal_year), _term(formula.denominator, fiscal_year)
            return f"{numerator} หารด้วย{denominator}{_times(formula.scale)}"
        case Count():
            return _number_of(formula.over, fiscal_year)
        case Sum():
            return f"ผลรวมของ{_facts(formula.over, fiscal_year)} (บาท)"
        case Mean():
            return f"ค่าเฉลี่ยต่อรายการของ{_facts(formula.over, fiscal_year)} (บาท)"
        case Steps():
            return _steps(formula, fiscal_year)
        case Reported():
            return _reported(formula, fiscal_year)


def _share(formula: Share, fiscal_year: FiscalYear) -> str:
    facts, counter = _facts(formula.matching, fiscal_year), FACT_KINDS[formula.matching.fact].counter_th
    enough = f"มี{facts} อย่างน้อย {formula.at_least} {counter}"
    if formula.population.of == "districts":
        return f"จำนวนสำนักงานเขตที่{enough} หารด้วยจำนวนสำนักงานเขตทั้งหมด{_times(formula.scale)}"
    communities, when = _communities(formula.population), _when(formula.population)
    return f"จำนวน{communities}ซึ่ง{enough} หารด้วยจำนวน{communities}ทั้งหมด {when}{_times(formula.scale)}"


def _communities(population: Population) -> str:
    noun = any_of([COMMUNITY_TYPES[type_][0] for type_ in population.types] or ["ชุมชน"], "หรือ")
    return f"{noun}ที่{'ขึ้นทะเบียน' if population.basis is Basis.REGISTERED else 'เข้าเกณฑ์'}"


def _when(population: Population) -> str:
    """The day on which communities belong, and what makes them eligible."""
    day = "ณ วันตัดข้อมูล" if population.on is None else f"ณ วันที่ {format_date(population.on, 'th')}"
    if population.basis is Basis.REGISTERED:
        return day
    return f"{day} (ไม่อยู่ระหว่างยกเลิกสถานะ และคณะกรรมการชุมชนปฏิบัติหน้าที่ได้)"


def _facts(query: FactQuery, fiscal_year: FiscalYear) -> str:
    """The facts of a query: kind, filters, years, since when."""
    words = [FACT_KINDS[query.fact].name_th, *_filters(query)]
    years = years_of(query, fiscal_year)
    if years:
        words.append(f"ปีงบประมาณ พ.ศ. {any_of(years, OR)}")
    if query.since is Since.FISCAL_YEAR:
        words.append(f"นับตั้งแต่ต้น{fiscal_year.label_th}")
    if query.since is Since.QUARTER:
        words.append("นับตั้งแต่ต้นไตรมาสที่รายงาน")
    return " ".join(words)


def _filters(query: FactQuery) -> list[str]:
    before = {"kind": "เฉพาะแผนชุมชนที่"}
    attributes = FACT_KINDS[query.fact].attributes
    return [f"{before.get(name, 'เฉพาะ')}{attributes[name][value][0]}" for name, value in query.filters.items()]


def _term(term: Term, fiscal_year: FiscalYear) -> str:
    if term.measure is Measure.AMOUNT:
        return f"จำนวน{_facts(term.query, fiscal_year)}"
    return _number_of(term.query, fiscal_year)


def _number_of(query: FactQuery, fiscal_year: FiscalYear) -> str:
    """How many facts; of money, how many items: the name of the kind alone would mean the money."""
    spec = FACT_KINDS[query.fact]
    return f"จำนวน{spec.counter_th if spec.has_amount else ''}{_facts(query, fiscal_year)}"


def _steps(formula: Steps, fiscal_year: FiscalYear) -> str:
    steps = ", ".join(f"{step.code} {step.name_th} น้ำหนัก {number_text(step.weight)}" for step in formula.steps)
    return (
        f"น้ำหนักรวมของขั้นตอนที่ทำแล้วเสร็จนับตั้งแต่ต้น{fiscal_year.label_th} ({steps}) "
        f"หารด้วยน้ำหนักรวมของทุกขั้นตอน คือ {number_text(formula.weight)}{_times(formula.scale)}"
    )


def _reported(formula: Reported, fiscal_year: FiscalYear) -> str:
    rolled_up = _of_pairs(formula) if formula.input is ReportedInput.PAIR else _of_values(formula)
    return f"{rolled_up} โดยใช้รายงานล่าสุดของแต่ละหน่วยงานใน{fiscal_year.label_th}"


def _of_pairs(formula: Reported) -> str:
    times = _times(formula.scale)
    match formula.roll_up:
        case RollUp.SUM_OF_PARTS:
            return f"ผลรวมตัวตั้งที่หน่วยงานรายงาน หารด้วยผลรวมตัวหารที่หน่วยงานรายงาน{times}"
        case RollUp.MEAN:
            return f"ค่าเฉลี่ยของอัตราที่หน่วยงานรายงาน (ตัวตั้งหารด้วยตัวหาร{times})"
        case RollUp.LATEST:
            return f"ตัวตั้งหารด้วยตัวหาร{times} ของรายงานวันล่าสุด (วันเดียวกันหลายหน่วยงานให้รวมตัวตั้งและตัวหารก่อน)"
        case RollUp.SHARE_MEETING_TARGET:
            return _share_meeting_target(formula, f"อัตรา (ตัวตั้งหารด้วยตัวหาร{times}) ")


def _of_values(formula: Reported) -> str:
    match formula.roll_up:
        case RollUp.SUM_OF_PARTS:
            return "ผลรวมของค่าที่หน่วยงานรายงาน"
        case RollUp.MEAN:
            return "ค่าเฉลี่ยของค่าที่หน่วยงานรายงาน"
        case RollUp.LATEST:
            return "ค่าของรายงานวันล่าสุด (วันเดียวกันหลายหน่วยงานให้ใช้ค่าเฉลี่ย)"
        case RollUp.SHARE_MEETING_TARGET:
            return _share_meeting_target(formula, "ค่า")


def _share_meeting_target(formula: Reported, value: str) -> str:
    target = number_text(formula.unit_target or Decimal(0))
    return f"จำนวนหน่วยงานที่มี{value}ไม่น้อยกว่า {target} หารด้วยจำนวนหน่วยงานที่รายงาน คูณ 100"


def _times(scale: int) -> str:
    return "" if scale == 1 else f" คูณ {scale}"
