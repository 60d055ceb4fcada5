"""A draft year report of the reference indicator in our own words, so that the city has a paper to print."""

from datetime import date

from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services import write_quarter_report, write_year_report
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.rules.permissions import Role

NARRATIVES = {
    1: (
        10,
        (
            "วันที่ 11 ตุลาคม 2562 หารือร่วมกับสำนักพัฒนาสังคมเรื่องการจัดทำแผนพัฒนาชุมชน\n"
            "วันที่ 12 พฤศจิกายน 2562 อนุมัติโครงการและรายละเอียดค่าใช้จ่าย\n"
            "วันที่ 25 ธันวาคม 2562 สรุปแนวทางและรูปแบบการดำเนินการ"
        ),
    ),
    2: (
        35,
        (
            "จัดประชุมนำเสนอแนวทางเมื่อวันที่ 20 มกราคม 2563 มีผู้เข้าร่วม 250 คน\n"
            "ณ เดือนมกราคม 2563 มีชุมชน 2,068 ชุมชน จัดทำแผนแล้วในปี 2562 จำนวน 1,182 ชุมชน (ร้อยละ 57.16) "
            "ต้องจัดทำใหม่ 886 ชุมชน (ร้อยละ 42.84)"
        ),
    ),
    3: (
        70,
        (
            "สำนักงานเขตจัดประชุมชี้แจงแล้ว 17 สำนักงานเขต (ร้อยละ 34) ชะลอ 33 สำนักงานเขต (ร้อยละ 66)\n"
            "เบิกจ่ายแล้ว 583,203.-บาท (ร้อยละ 17.85) ส่งคืน 774,695.-บาท (ร้อยละ 23.71) "
            "ยังไม่ส่งคืน 1,909,542.-บาท (ร้อยละ 58.44) จากที่โอน 3,267,440.-บาท\n"
            "มีสำนักงานเขตที่บรรจุโครงการแล้ว 40 สำนักงานเขต คิดเป็นร้อยละ 80"
        ),
    ),
    4: (
        100,
        (
            "มีสำนักงานเขตที่บรรจุโครงการแล้ว 43 สำนักงานเขต คิดเป็นร้อยละ 86\n"
            "บรรจุในปีงบประมาณ พ.ศ. 2563 จำนวน 343 โครงการ และปีงบประมาณ พ.ศ. 2564 จำนวน 273 โครงการ"
        ),
    ),
}
YEAR_TEXTS = {
    "narrative": "สำนักงานเขต 43 จาก 50 แห่งบรรจุโครงการจากแผนพัฒนาชุมชน คิดเป็นร้อยละ 86 สูงกว่าค่าเป้าหมายร้อยละ 80",
    "supporting_factors": "สำนักพัฒนาสังคมและสำนักงานเขตร่วมมือกันตลอดปี",
    "obstacles": "การระบาดของ COVID-19 ทำให้ต้องชะลอการประชุมชี้แจง\nบางชุมชนยังไม่เห็นความสำคัญของแผน",
    "evidence_list": "แนวทางการดำเนินการ\nหนังสือเชิญประชุม\nบัญชีรายชื่อโครงการที่บรรจุ ปีงบประมาณ พ.ศ. 2563-2564",
}


def write(stage: Stage) -> None:
    """The four quarters and the year, each written just after its quarter."""
    actor = stage.actors[Role.REPORTER]
    assignment = assignment_of("2100-0001", YEAR)
    for quarter, (progress, narrative) in NARRATIVES.items():
        day = date.fromordinal(YEAR.quarter(quarter).last_day.toordinal() + 5)
        write_quarter_report(
            actor=actor,
            assignment=assignment,
            quarter=quarter,
            progress=progress,
            narrative=narrative,
            now=moment(day),
        )
    written_on = date.fromordinal(YEAR.last_day.toordinal() + 8)
    write_year_report(actor=actor, assignment=assignment, now=moment(written_on), **YEAR_TEXTS)
