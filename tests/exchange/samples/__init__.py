"""Sample reports of our own writing in the printed form (README.md says what each shows)."""

from pathlib import Path

from lakthan.exchange.printed_report import PlanNodeText

_HERE = Path(__file__).parent

SAMPLE = (_HERE / "printed_report.txt").read_bytes()
"""A print with every quirk of the old system."""
TICKED = (_HERE / "printed_report_ticked.txt").read_bytes()
"""A later print with a ticked box, page numbers and a filled signature block."""

SAMPLE_GOAL = "ต้นไม้ใหญ่ในสวนสาธารณะและพื้นที่สีเขียวของเมืองได้รับการดูแลอย่างถูกหลักวิชาการ และประชาชนร่วมเฝ้าระวังความปลอดภัยตลอดปี"
SAMPLE_PLAN = (
    PlanNodeText("9", "ด้าน", "มหานครร่มรื่น", "A City of Shade"),
    PlanNodeText("9.3", "มิติ", "เมืองต้นไม้ใหญ่"),
    PlanNodeText("9.3.2", "เป้าหมาย", SAMPLE_GOAL, certainty="obs+completed"),
)
"""The invented plan nodes that the first sample links to."""

_TEXTS = {
    "name": "ร้อยละของสวนตัวอย่าง",
    "level": "☑ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome)",
    "plan": "ประเด็นยุทธศาสตร์ : ด้านที่ 9 - ร่มรื่น\n----- ย่อย : มิติที่ 9.3 - ต้นไม้\nเป้าประสงค์ที่ : เป้าหมายที่ 9.3.2 ดูแล",
    "definitions": ":: - สวน หมายถึง สวนตัวอย่าง",
    "method": ":: (จำนวนสวน X 100) / 120",
    "target": "75 (ร้อยละ)",
    "result": ": ผลงานที่ทำได้ = 85 (ร้อยละ)",
    "q1": "เริ่มตรวจ",
    "q2": "ตรวจต่อ",
    "q3": "ตรวจรอบสอง",
    "q4": "ตรวจครบ",
    "summary": ":: ตรวจครบร้อยละ 85",
    "factors": ":: อาสาสมัคร",
    "obstacles": ":: ฝนตก",
    "evidence": ":: 1. คู่มือ\n2. ทะเบียน",
    "end": "ลงชื่อ.....(ผู้รายงานข้อมูล)\n(.....)\nตำแหน่ง .....",
}
_FORM = """1. ชื่อตัวชี้วัด : {name}
2. ระดับความสำเร็จ : {level}
** สนับสนุนแผนพัฒนา กทม. ระยะ 20 ปี (ยุทธศาสตร์-ประเด็นยุทธศาสตร์-กลยุทธ์ตามแผนฯ /ตัวชี้วัด)
{plan}
3. คำนิยาม :
{definitions}
4. วิธีการคำนวณ :
{method}
5. เป้าหมาย : {target}
{result}
6. รายงานผลการดำเนินงาน (รายไตรมาส) :
(6.1) ไตรมาสที่ 1 : {q1}
(6.2) ไตรมาสที่ 2 : {q2}
(6.3) ไตรมาสที่ 3 : {q3}
(6.4) ไตรมาสที่ 4 : {q4}
(6.5) สรุปผลการดำเนินงาน (ปลายปีงบประมาณ) :
{summary}
7. ปัจจัยสนับสนุนการดำเนินงาน :
{factors}
8. อุปสรรคต่อการดำเนินงาน :
{obstacles}
9. หลักฐานอ้างอิง :
{evidence}
ขอรับรองว่า ข้อมูลที่ปรากฏในเอกสารฉบับนี้ หน่วยงานได้จัดพิมพ์จากระบบงานจริง เพื่อเป็นหลักฐานไว้ตรวจสอบ
** ผลการดำเนินงานส่วนที่ 2 ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติราชการประจำปี แยกรายตัวชี้วัด **
{end}
"""


def form(**texts: str) -> bytes:
    """A short report in order, with the given texts in place of its own (the keys of `_TEXTS`)."""
    unknown = texts.keys() - _TEXTS.keys()
    assert not unknown, unknown
    return _FORM.format(**{**_TEXTS, **texts}).encode()
