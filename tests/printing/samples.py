"""A year report of our own writing, in the manner of the reports the system prints."""

from datetime import date, datetime
from decimal import Decimal

from lakthan.core.dates import BANGKOK
from lakthan.core.figure import NoValue
from lakthan.core.fiscal import FiscalYear
from lakthan.printing.annex import Annex, CountedUnit, DistrictCount, IncludedProject, UncountedUnit
from lakthan.printing.paper import (
    ComputedFigure,
    Level,
    Paper,
    PlanLine,
    QuarterPart,
    Signature,
)
from lakthan.rules.workflow import State

WITHOUT = ("ดินแดง", "บางขุนเทียน", "บางบอน", "ราชเทวี", "ลาดพร้าว", "สัมพันธวงศ์", "หลักสี่")
WITH = ("พระนคร", "ดุสิต", "หนองจอก", "บางเขน", "บางกะปิ", "ปทุมวัน", "ป้อมปราบศัตรูพ่าย", "พระโขนง", "มีนบุรี", "ลาดกระบัง")
NAMED = (*WITH, *WITHOUT, "บางรัก", "พญาไท", "วังทองหลาง")

GOAL = "เป้าหมายที่ ๕.๒.๑ ประชาชนร่วมคิดและร่วมตัดสินใจกับกรุงเทพมหานคร โดยรับฟังความเห็นของผู้มีส่วนได้ส่วนเสียทุกกลุ่ม"

DEFINITIONS = """\
:: - ชุมชน หมายถึง กลุ่มบ้านที่สำนักงานเขตประกาศให้เป็นชุมชน และมีกรรมการครบพอจะทำงานได้ ทั้งนี้ไม่นับชุมชนที่กำลังยกเลิก
- แผนของชุมชน หมายถึง สิ่งที่คนในชุมชนร่วมกันคิด ร่วมกันทำ เพื่อแก้ปัญหาน้ำท่วมขัง ขยะ ความปลอดภัย และความเป็นอยู่ของผู้สูงอายุ
- การบรรจุ หมายถึง สำนักงานเขตรับโครงการเข้าไว้ในแผนปฏิบัติการประจำปี พร้อมเลขลำดับ งบประมาณ และหนังสืออนุมัติ"""

METHOD = ":: (จำนวนสำนักงานเขตที่รับโครงการอย่างน้อย 1 โครงการ ในปีงบประมาณ พ.ศ. 2563 หรือ 2564 X 100) / 50 สำนักงานเขต"

QUARTER_1 = """\
วันที่ 15 ตุลาคม 2562 ประชุมเตรียมงานร่วมกับสำนักพัฒนาสังคม เพื่อกำหนดแนวทางให้ชุมชนทำแผนและทบทวนแผน / วันที่ 20 พฤศจิกายน 2562 \
ผู้อำนวยการสำนักยุทธศาสตร์และประเมินผลอนุมัติโครงการและค่าใช้จ่าย จำนวน 3,267,440.-บาท
วันที่ 11 ธันวาคม 2562 เวลา 08.30 - 16.30 น. ชี้แจงเจ้าหน้าที่ของกรุงเทพมหานครที่ห้องประชุม ชั้น 5 มีผู้เข้าร่วม 120 คน"""

QUARTER_2 = """\
-จัดประชุมใหญ่ครั้งที่ 1 เมื่อวันจันทร์ที่ 20 มกราคม 2563 เพื่อซักซ้อมความเข้าใจ มีผู้เข้าร่วม 250 คน ทั้งผู้บริหาร หัวหน้าหน่วยงาน และผู้แทนชุมชน
-โอนงบประมาณให้ 50 สำนักงานเขต ตามหนังสือ ที่ กท 9999/00123 ลงวันที่ ๓๑ มกราคม ๒๕๖๓
-บางสำนักงานเขตชะลอการประชุม เพราะโรคติดเชื้อไวรัสโคโรนา 2019 (COVID-19) ระบาด [ณ เดือนมกราคม 2563 มีชุมชนทั้งสิ้น 2,068 ชุมชน \
ต้องทบทวนแผน 1,182 ชุมชน คิดเป็นร้อยละ 57.16 และต้องทำแผนใหม่ 886 ชุมชน คิดเป็นร้อยละ 42.84]"""

QUARTER_3 = """\
1.สำนักงานเขตจัดประชุมชี้แจงได้ 17 สำนักงานเขต (ร้อยละ 34) จัดไม่ได้ 33 สำนักงานเขต (ร้อยละ 66)
2.เบิกจ่ายแล้ว 583,203.-บาท (ร้อยละ 17.85) ส่งคืนแล้ว 774,695.-บาท (ร้อยละ 23.71) ยังไม่ส่งคืน 1,909,542.-บาท (ร้อยละ 58.44)
3.มีสำนักงานเขตที่รับโครงการแล้ว 40 สำนักงานเขต คิดเป็นร้อยละ 80 เหลือสำนักงานเขตบางรัก สำนักงานเขตพญาไท และสำนักงานเขตวังทองหลาง \
ที่แจ้งว่าจะรับในไตรมาสที่ 4"""

QUARTER_4 = """\
มีสำนักงานเขตที่รับโครงการแล้ว 43 สำนักงานเขต (ยกเว้นสำนักงานเขตดินแดง บางขุนเทียน บางบอน \
ราชเทวี ลาดพร้าว สัมพันธวงศ์ และหลักสี่) คิดเป็นร้อยละ 86
โดยเป็นโครงการของปีงบประมาณ พ.ศ. 2563 จำนวน 343 โครงการ และปีงบประมาณ พ.ศ. 2564 จำนวน 273 โครงการ"""

SUMMARY = """\
ตัวชี้วัด “ร้อยละของสำนักงานเขตที่รับโครงการของชุมชน” ค่าเป้าหมาย “ร้อยละ 80” ทำได้ร้อยละ 86 สูงกว่าเป้าหมาย
ที่ยังทำไม่ได้เพราะชุมชนบางแห่งย้ายออกทั้งชุมชน และบางแห่งขอเลื่อนการประชุมออกไป ซึ่งจะดำเนินการต่อในปีถัดไป"""

FACTORS = ":: ความร่วมมือของผู้นำชุมชน เจ้าหน้าที่ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม และสำนักงานเขตทั้ง 50 แห่ง"

OBSTACLES = """\
:: การระบาดของโรคทำให้จัดประชุมตามกำหนดไม่ได้ ต้องใช้วิธีประชุมย่อยและสื่อสารทางโทรศัพท์แทน
ผู้อยู่อาศัยจำนวนมากทำงานตอนกลางวัน จึงเข้าร่วมประชุมได้น้อย"""

EVIDENCE = """\
หนังสือเชิญประชุม
รายงานการประชุม
บัญชีโครงการที่บรรจุไว้ในแผนปฏิบัติการประจำปีของสำนักงานเขต"""


PROJECTS = ("ขุดลอกท่อระบายน้ำ", "ลานกีฬาของชุมชน", "ปรับปรุงทางเดินเท้าริมคลองและติดตั้งไฟฟ้าส่องสว่างในจุดเสี่ยง", "ผู้สูงอายุน้ำใจงาม")


def computed(quarter: int, numerator: int, value: str, *, met: bool) -> ComputedFigure:
    last_day = FiscalYear(2563).quarter(quarter).last_day
    target = Decimal("80.00")
    return ComputedFigure(numerator, 50, Decimal(value), last_day, "ร้อยละ", "สำนักงานเขต", target, met=met, scale=100)


def not_due(quarter: int) -> ComputedFigure:
    last_day = FiscalYear(2563).quarter(quarter).last_day
    return ComputedFigure(None, None, None, last_day, "ร้อยละ", "สำนักงานเขต", Decimal("80.00"), reason=NoValue.NOT_DUE)


def included(number: int, district: str) -> IncludedProject:
    """One of many projects, with long and short names, and one in five without a budget."""
    return IncludedProject(
        item_number=number,
        name=f"{PROJECTS[number % len(PROJECTS)]} ระยะที่ {number}",
        community=f"ชุมชน{district}ร่วมใจ {number}",
        fiscal_year=2563 + number % 2,
        document=f"บันทึก ที่ {number}/2563",
        budget=None if number % 5 == 4 else Decimal(number * 1250),
    )


def annex(projects: int = 3) -> Annex:
    """An annex whose districts have so many projects each."""
    return Annex(
        as_of=date(2020, 9, 30),
        noun="สำนักงานเขต",
        counted_words="นับแล้ว",
        not_counted_words="ยังไม่นับ",
        counted=tuple(
            CountedUnit(f"50{number:02}", name, projects, tuple(included(item + 1, name) for item in range(projects)))
            for number, name in enumerate(WITH, start=1)
        ),
        not_counted=tuple(
            UncountedUnit(f"50{number}", name, declined=number % 3, undecided=12)
            for number, name in enumerate(WITHOUT, start=40)
        ),
    )


def annex_by_district() -> Annex:
    """An annex of a population too large to be listed."""
    districts = tuple(DistrictCount(f"50{n:02}", name, 20 + n, n) for n, name in enumerate(WITH, start=1))
    return Annex(date(2020, 9, 30), "ชุมชน", "นับแล้ว", "ยังไม่นับ", by_district=districts)


def year_paper() -> Paper:
    """A complete draft of a year report."""
    return Paper(
        agency="สำนักยุทธศาสตร์และประเมินผล กรุงเทพมหานคร",
        indicator_code="2100-0001",
        indicator_name="ร้อยละของสำนักงานเขตที่รับโครงการตามแผนของชุมชนเข้าไว้ในแผนปฏิบัติการประจำปีของสำนักงานเขต",
        fiscal_year=FiscalYear(2563),
        quarter=None,
        state=State.DRAFT,
        report_id="2100-0001/2563",
        printed_at=datetime(2020, 10, 15, 9, 30, tzinfo=BANGKOK),
        level=Level.OUTCOME,
        plan_lines=(
            PlanLine("ประเด็นยุทธศาสตร์", "ด้านที่ ๕ - มหานครประชาธิปไตย : Bangkok as a Democratic City"),
            PlanLine("----- ย่อย", "มิติที่ ๕.๒ - เมืองธรรมาภิบาล"),
            PlanLine("เป้าประสงค์ที่", GOAL, cut_at=GOAL.index("ผู้มีส่วนได้ส่วนเสีย") + 3),
        ),
        definitions=DEFINITIONS,
        method=METHOD,
        formula_sentence="ร้อยละของสำนักงานเขตที่มีการบรรจุโครงการอย่างน้อย 1 รายการ จากสำนักงานเขตทั้งหมด",
        target="80 (ร้อยละ)",
        result="86 (ร้อยละ)",
        figure=ComputedFigure(
            numerator=43,
            denominator=50,
            value=Decimal("86.00"),
            as_of=date(2020, 9, 30),
            unit="ร้อยละ",
            noun="สำนักงานเขต",
            target=Decimal("80.00"),
            met=True,
            scale=100,
        ),
        quarters=(
            QuarterPart(1, QUARTER_1, computed(1, 0, "0.00", met=False), progress=0),
            QuarterPart(2, QUARTER_2, computed(2, 33, "66.00", met=False), progress=35),
            QuarterPart(3, QUARTER_3, computed(3, 40, "80.00", met=True), progress=70),
            QuarterPart(4, QUARTER_4, computed(4, 43, "86.00", met=True), progress=100),
        ),
        year_summary=SUMMARY,
        supporting_factors=FACTORS,
        obstacles=OBSTACLES,
        evidence=EVIDENCE,
        signature=Signature(position="นักวิเคราะห์นโยบายและแผนชำนาญการ"),
        notes=("ข้อมูลสาธิต ใช้นาฬิกาจำลอง",),
        protected_terms=tuple(f"สำนักงานเขต{name}" for name in NAMED) + WITHOUT,
        annex=annex(),
    )


def money_figure() -> ComputedFigure:
    """Money disbursed of money transferred: amounts, not counts."""
    amounts = (Decimal("583203.00"), Decimal("3267440.00"))
    return ComputedFigure(*amounts, Decimal("17.85"), date(2020, 6, 30), "ร้อยละ", "บาท", scale=100)
