"""The bureau's project with its meetings, the districts' briefings, and the request for data."""

from datetime import date, time
from decimal import Decimal

from lakthan.apps.planning.models import DataRequestAnswer, Inclusion, Project
from lakthan.apps.planning.services.meetings import hold_meeting, postpone_meeting, schedule_meeting
from lakthan.apps.planning.services.projects import approve_project, open_project, plan_activity, report_progress
from lakthan.apps.planning.services.requests import answer_request, close_request, remind, request_data
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.rules.data_requests import AnswerForm
from lakthan.rules.permissions import Role

ACTIVITIES = [
    (1, "ประชุมนำเสนอแนวทางการสนับสนุนการจัดทำและทบทวนแผนพัฒนาชุมชน", date(2020, 1, 20), date(2020, 1, 20)),
    (2, "จัดประชุมชี้แจงแนวทางให้ชุมชน โดยสำนักงานเขต", date(2020, 2, 3), date(2020, 6, 30)),
    (3, "จัดทำและทบทวนแผนพัฒนาชุมชน", date(2020, 2, 3), date(2020, 9, 18)),
    (4, "สรุปผลการดำเนินโครงการ", date(2020, 7, 1), date(2020, 9, 30)),
]
PROGRESS = [
    (1, date(2020, 1, 20), 100, "จัดประชุมแล้ว"),
    (2, date(2020, 3, 16), 34, "จัดแล้ว 17 สำนักงานเขต ที่เหลือชะลอเนื่องจากสถานการณ์โรคระบาด"),
    (3, date(2020, 6, 30), 40, "สำนักงานเขตเริ่มจัดประชุมชุมชนอีกครั้ง"),
    (3, date(2020, 9, 18), 100, "รับแผนจากชุมชนครบตามที่นัดหมาย"),
    (4, date(2020, 9, 25), 100, "สรุปผลเสนอผู้บริหารแล้ว"),
]
CITY_MEETINGS = [
    (date(2019, 10, 11), "หารือร่วมกับสำนักพัฒนาสังคมเรื่องแผนพัฒนาชุมชน", "ห้องนพรัตน์", time(9), time(12), {"สำนักพัฒนาสังคม": 6}),
    (
        date(2019, 12, 13),
        "รับทราบและเตรียมการร่วมกับกลุ่มสำนักงานเขต",
        "ห้องประชุม ชั้น 24",
        time(9),
        time(12),
        {"กลุ่มสำนักงานเขต": 24},
    ),
    (date(2019, 12, 25), "สรุปแนวทางและรูปแบบการดำเนินการ", "ห้องนพรัตน์", time(13), time(16), {"สำนักพัฒนาสังคม": 8}),
    (
        date(2020, 1, 20),
        "นำเสนอแนวทางการจัดทำและทบทวนแผนพัฒนาชุมชน",
        "ห้องรัตนโกสินทร์",
        time(8, 30),
        time(16, 30),
        {"ผู้บริหาร หัวหน้าหน่วยงาน ผู้แทนชุมชน และเจ้าหน้าที่": 250},
    ),
]


SUMMARY_FIELDS = [
    {"name": "โครงการที่บรรจุในแผนปฏิบัติราชการประจำปี", "type": "integer", "unit": "โครงการ"},
    {"name": "ปัญหาอุปสรรค", "type": "text"},
]


def run_project(stage: Stage) -> Project:
    """The project with its approval, activities, progress and city-level meetings."""
    actor = stage.actors[Role.REPORTER]
    approved_on = date(2019, 11, 12)
    project = open_project(
        actor=actor,
        unit=stage.bureau,
        fiscal_year=YEAR,
        code="2100-01",
        name="โครงการสนับสนุนการจัดทำและทบทวนแผนพัฒนาชุมชน",
        objective="ให้ชุมชนมีแผนที่เกิดจากคนในชุมชน และให้สำนักงานเขตนำโครงการไปบรรจุในแผนปฏิบัติราชการประจำปี",
        budget=Decimal(3_267_440),
        budget_source="งบประมาณรายจ่ายประจำปี 2563",
        now=moment(date(2019, 10, 8)),
    )
    approve_project(
        actor=actor,
        project=project,
        effective_on=approved_on,
        subject="โครงการและรายละเอียดค่าใช้จ่าย",
        approver="ผู้อำนวยการสำนักยุทธศาสตร์และประเมินผล",
        now=moment(approved_on),
    )
    _run_activities(stage, project)
    _hold_city_meetings(stage)
    return project


def _run_activities(stage: Stage, project: Project) -> None:
    actor = stage.actors[Role.REPORTER]
    activities = {
        number: plan_activity(
            actor=actor,
            project=project,
            number=number,
            name=name,
            starts_on=first,
            ends_on=last,
            now=moment(date(2019, 11, 15)),
        )
        for number, name, first, last in ACTIVITIES
    }
    for number, day, percent, note in PROGRESS:
        report_progress(
            actor=actor,
            activity=activities[number],
            effective_on=day,
            percent=percent,
            note=note,
            now=moment(day, hour=17),
        )


def _hold_city_meetings(stage: Stage) -> None:
    actor = stage.actors[Role.REPORTER]
    for day, title, place, starts_at, ends_at, attendance in CITY_MEETINGS:
        meeting = schedule_meeting(
            actor=actor,
            unit=stage.bureau,
            purpose="city",
            title=title,
            place=place,
            scheduled_on=day,
            starts_at=starts_at,
            ends_at=ends_at,
            now=moment(day, hour=8),
        )
        hold_meeting(actor=actor, meeting=meeting, held_on=day, attendance=attendance, now=moment(day, hour=17))


def brief_communities(stage: Stage) -> None:
    """Activity 2: every district schedules a briefing; 17 hold it in February and March, 33 put it off."""
    for number, (code, unit) in enumerate(stage.districts.items()):
        actor = stage.actors[code]
        held = number % 3 == 1
        day = stage.day_between(date(2020, 2, 10), date(2020, 3, 13) if held else date(2020, 4, 30))
        meeting = schedule_meeting(
            actor=actor,
            unit=unit,
            purpose="district-briefing",
            activity_number=2,
            title="ประชุมชี้แจงแนวทางการจัดทำและทบทวนแผนพัฒนาชุมชน",
            place=f"ห้องประชุม{unit.name_th}",
            scheduled_on=day,
            now=moment(date(2020, 2, 3)),
        )
        if held:
            attendance = {"ผู้แทนชุมชน": len(stage.communities[code]) * 2, "เจ้าหน้าที่": 8}
            hold_meeting(actor=actor, meeting=meeting, held_on=day, attendance=attendance, now=moment(day))
        else:
            postpone_meeting(
                actor=actor,
                meeting=meeting,
                effective_on=date(2020, 3, 17),
                reason="สถานการณ์การระบาดของโรคติดเชื้อไวรัสโคโรนา 2019",
                now=moment(date(2020, 3, 17)),
            )


def ask_for_summaries(stage: Stage) -> None:
    """The request to summarise again in August 2563, the answers, and the chasing of those who were late."""
    actor = stage.actors[Role.REPORTER]
    sent_on = date(2020, 7, 1)
    request = request_data(
        actor=actor,
        asked_by=stage.bureau,
        units=list(stage.districts.values()),
        subject="สรุปผลการดำเนินโครงการสนับสนุนการจัดทำและทบทวนแผนพัฒนาชุมชน",
        question="มีโครงการจากแผนพัฒนาชุมชนที่บรรจุในแผนปฏิบัติราชการประจำปีกี่โครงการ และมีปัญหาอุปสรรคใด",
        sent_on=sent_on,
        deadline_on=date(2020, 8, 31),
        form=AnswerForm.VALUES,
        fields=SUMMARY_FIELDS,
        now=moment(sent_on),
    )
    answers = DataRequestAnswer.objects.filter(request=request).select_related("request")
    by_unit = {answer.unit_id: answer for answer in answers}
    for number, (code, unit) in enumerate(stage.districts.items()):
        answer, late, silent = by_unit[unit.pk], number % 12 == 5, number == 29
        if late or silent:
            remind(actor=actor, answer=answer, effective_on=date(2020, 9, 3), now=moment(date(2020, 9, 3)))
        if not silent:
            first, last = (date(2020, 9, 4), date(2020, 9, 18)) if late else (date(2020, 7, 20), date(2020, 8, 31))
            _answer(stage, code, answer, stage.day_between(first, last))
    close_request(actor=actor, request=request, now=moment(date(2020, 9, 30)))


def _answer(stage: Stage, code: str, answer: DataRequestAnswer, day: date) -> None:
    """The number is that of the register on the day; a district without any says zero."""
    included = Inclusion.objects.filter(unit=answer.unit_id, effective_on__lte=day, ended_on=None).count()
    answer_request(
        actor=stage.actors[code],
        answer=answer,
        rows=[{"f1": str(included), "f2": "ส่งสรุปผลตามแบบแล้ว ดูรายการที่บรรจุในระบบ (สาธิต)"}],
        answered_on=day,
        now=moment(day),
    )
