"""The words of the demonstration's indicators. The first is the reference indicator; its definitions are our own."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """An indicator in words, with its formula as data."""

    code: str
    name_th: str
    name_en: str
    level: str
    terms_th: tuple[str, ...]
    terms_en: tuple[str, ...]
    method_th: str
    method_en: str
    unit_th: str
    unit_en: str
    formula: Mapping[str, object]
    target: str
    weight: str


INDICATORS = (
    IndicatorText(
        code="2100-0001",
        name_th="ร้อยละของสำนักงานเขตที่นำโครงการตามแผนพัฒนาชุมชนที่จัดทำโดยชุมชนบรรจุไว้ในแผนปฏิบัติการประจำปีของสำนักงานเขต",
        name_en="Share of district offices that put community-plan projects into their annual action plan",
        level="output",
        terms_th=(
            "ชุมชน หมายถึง ชุมชนที่จดทะเบียนตามระเบียบกรุงเทพมหานครว่าด้วยชุมชนและกรรมการชุมชน พ.ศ. 2555",
            "แผนพัฒนาชุมชน หมายถึง แผนที่คนในชุมชนร่วมกันจัดทำหรือทบทวน มีทั้งโครงการที่ทำเองและที่ขอให้เขตสนับสนุน",
            "การบรรจุ หมายถึง สำนักงานเขตมีมติรับโครงการของชุมชนไว้ในแผนปฏิบัติราชการประจำปี โดยมีลำดับรายการและเอกสารอ้างอิง",
        ),
        terms_en=(
            "Community: a community registered under the BMA regulation on communities and committees B.E. 2555.",
            "Community plan: a plan that a community made or reviewed, with projects of its own or for the district.",
            "Inclusion: the district's decision to take a community's project into its annual action plan as an item.",
        ),
        method_th="จำนวนสำนักงานเขตที่บรรจุโครงการในแผนปฏิบัติราชการปี 2563 หรือ 2564 คูณ 100 หารด้วย 50 สำนักงานเขต",
        method_en="Districts with an inclusion in fiscal year 2563 or 2564, times 100, divided by 50 districts.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={
            "kind": "share",
            "population": {"of": "districts"},
            "matching": {"fact": "inclusion", "fiscal_years": [0, 1]},
        },
        target="80",
        weight="30",
    ),
    IndicatorText(
        code="2100-0002",
        name_th="ร้อยละของชุมชนที่มีแผนพัฒนาชุมชนฉบับปัจจุบัน",
        name_en="Share of communities with a current community plan",
        level="output",
        terms_th=(
            "แผนฉบับปัจจุบัน หมายถึง แผนที่ชุมชนรับรองแล้วและยังไม่พ้นสิ้นปีปฏิทินถัดจากปีที่รับรอง",
            "ฐานการนับ คือ ชุมชนที่จดทะเบียนทั้งหมด ณ วันที่คำนวณ หรือเฉพาะชุมชนที่เข้าเกณฑ์ ตามที่เลือก",
        ),
        terms_en=(
            "Current plan: an adopted plan, until the end of the calendar year after its adoption.",
            "Basis: all communities registered on the day, or only the eligible ones, as chosen.",
        ),
        method_th="จำนวนชุมชนที่มีแผนฉบับปัจจุบัน คูณ 100 หารด้วยจำนวนชุมชนที่จดทะเบียนทั้งหมด ณ วันเดียวกัน",
        method_en="Communities with a current plan, times 100, divided by all communities registered on the same day.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={
            "kind": "share",
            "population": {"of": "communities", "basis": "registered"},
            "matching": {"fact": "community-plan"},
        },
        target="65",
        weight="20",
    ),
    IndicatorText(
        code="2100-0003",
        name_th="ร้อยละของสำนักงานเขตที่จัดประชุมชี้แจงแนวทางแก่ชุมชน",
        name_en="Share of district offices that held the briefing for their communities",
        level="output",
        terms_th=("ประชุมชี้แจง หมายถึง การประชุมของสำนักงานเขตตามกิจกรรมที่ 2 ที่จัดแล้วและบันทึกผู้เข้าร่วม",),
        terms_en=("Briefing: a meeting of the district office under activity 2, held and with attendance recorded.",),
        method_th="จำนวนสำนักงานเขตที่จัดประชุมชี้แจงในปีงบประมาณ คูณ 100 หารด้วยจำนวนสำนักงานเขตทั้งหมด",
        method_en="Districts that held the briefing in the fiscal year, times 100, divided by all districts.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={
            "kind": "share",
            "population": {"of": "districts"},
            "matching": {
                "fact": "meeting",
                "since": "fiscal-year",
                "filters": {"purpose": "district-briefing"},
            },
        },
        target="100",
        weight="10",
    ),
    IndicatorText(
        code="2100-0004",
        name_th="ร้อยละของเงินสนับสนุนแผนพัฒนาชุมชนที่เบิกจ่ายแล้ว",
        name_en="Share of the money for community plans that was disbursed",
        level="output",
        terms_th=("เงินสนับสนุน หมายถึง เงินที่โอนให้สำนักงานเขตตามหนังสือโอนงบประมาณของปีงบประมาณนั้น",),
        terms_en=("Money: what was transferred to district offices by the budget letter of the fiscal year.",),
        method_th="จำนวนเงินที่เบิกจ่ายสะสม คูณ 100 หารด้วยจำนวนเงินที่โอนทั้งหมดของปีงบประมาณ",
        method_en="Money disbursed so far, times 100, divided by all money transferred for the fiscal year.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={
            "kind": "ratio",
            "numerator": {"fact": "disbursement", "fiscal_years": [0], "measure": "amount"},
            "denominator": {"fact": "transfer", "fiscal_years": [0], "measure": "amount"},
        },
        target="60",
        weight="10",
    ),
    IndicatorText(
        code="2100-0005",
        name_th="ระดับความสำเร็จของการดำเนินโครงการสนับสนุนแผนพัฒนาชุมชน",
        name_en="Level of success of the programme that supports community plans",
        level="output",
        terms_th=("ระดับความสำเร็จ คิดจากขั้นตอนที่ทำแล้วเสร็จตามน้ำหนัก รวมสี่ขั้นตอนเป็นร้อยละ 100",),
        terms_en=("The level of success is the weight of the steps done; the four steps make 100 percent.",),
        method_th="ผลรวมน้ำหนักของขั้นตอนที่ทำแล้วเสร็จ คูณ 100 หารด้วยน้ำหนักรวม",
        method_en="Weights of the steps done, times 100, divided by all weights.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={
            "kind": "steps",
            "steps": [
                {"code": "1", "name_th": "อนุมัติโครงการ", "name_en": "Programme approved", "weight": "5"},
                {"code": "2", "name_th": "ประชุมนำเสนอแนวทาง", "name_en": "Guideline presented", "weight": "30"},
                {
                    "code": "3",
                    "name_th": "รวบรวมผลของสำนักงานเขต",
                    "name_en": "District results collected",
                    "weight": "35",
                },
                {"code": "4", "name_th": "สรุปผลเสนอผู้บริหาร", "name_en": "Summary given to executives", "weight": "30"},
            ],
        },
        target="100",
        weight="15",
    ),
    IndicatorText(
        code="2100-0006",
        name_th="ร้อยละของผู้เข้าร่วมประชุมชุมชนที่พึงพอใจต่อการสนับสนุน",
        name_en="Share of participants in community meetings who were satisfied with the support",
        level="outcome",
        terms_th=("ผู้ตอบ หมายถึง ผู้เข้าร่วมประชุมชุมชนที่ตอบแบบสอบถามของสำนักงานเขต นับสะสมในปีงบประมาณ",),
        terms_en=(
            "Respondents: participants who answered the district's questionnaire, added up over the fiscal year.",
        ),
        method_th="จำนวนผู้ตอบที่พึงพอใจ คูณ 100 หารด้วยจำนวนผู้ตอบทั้งหมด รวมตามรายงานล่าสุดของแต่ละสำนักงานเขต",
        method_en="Satisfied respondents, times 100, divided by all respondents, from each district's latest report.",
        unit_th="ร้อยละ",
        unit_en="percent",
        formula={"kind": "reported", "input": "pair", "roll_up": "sum-of-parts"},
        target="85",
        weight="15",
    ),
)
