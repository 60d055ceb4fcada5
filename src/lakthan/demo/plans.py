"""Community plans: 1,182 made in calendar year 2562, and what was reviewed and made during 2563."""

from datetime import date, time
from decimal import Decimal
from typing import TypeAlias

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import CommunityPlan, CommunityProject, Meeting
from lakthan.apps.planning.services.meetings import hold_meeting, schedule_meeting
from lakthan.apps.planning.services.plans import NewProject, adopt_plan
from lakthan.demo.stage import Stage, moment, share_out

MADE_IN_2562 = 1182
REVIEWED_IN_2563 = 402
NEW_IN_2563 = 291

Field: TypeAlias = CommunityProject.Field
Way: TypeAlias = CommunityProject.Way
PROJECTS: list[tuple[Field, str, str, str]] = [
    (Field.PHYSICAL, "ปรับปรุงทางเดินเท้าภายในชุมชน", "ทางเดินชำรุด น้ำท่วมขัง", "เดินทางได้สะดวกและปลอดภัย"),
    (Field.PHYSICAL, "ติดตั้งไฟฟ้าส่องสว่างในจุดเสี่ยง", "ทางเข้าชุมชนมืด", "ลดจุดเสี่ยงในเวลากลางคืน"),
    (Field.PHYSICAL, "ขุดลอกท่อระบายน้ำในชุมชน", "ท่อระบายน้ำอุดตัน", "ระบายน้ำได้ทันในฤดูฝน"),
    (Field.PHYSICAL, "คัดแยกขยะต้นทางและธนาคารขยะ", "ขยะตกค้าง", "ลดปริมาณขยะที่ต้องกำจัด"),
    (Field.PHYSICAL, "ปลูกต้นไม้เพิ่มพื้นที่สีเขียว", "พื้นที่สีเขียวมีน้อย", "มีพื้นที่ร่มรื่นให้พักผ่อน"),
    (Field.ECONOMY, "ฝึกอาชีพเสริมเพิ่มรายได้", "รายได้ไม่พอค่าใช้จ่าย", "ครัวเรือนมีรายได้เสริม"),
    (Field.ECONOMY, "ตลาดนัดสินค้าชุมชน", "ไม่มีที่จำหน่ายสินค้าของชุมชน", "มีช่องทางจำหน่ายสินค้า"),
    (Field.ECONOMY, "กลุ่มออมทรัพย์เพื่อการผลิต", "หนี้นอกระบบ", "มีเงินทุนหมุนเวียนในชุมชน"),
    (Field.SOCIETY, "อบรมอาสาสมัครป้องกันอัคคีภัย", "บ้านเรือนหนาแน่น เสี่ยงไฟไหม้", "ระงับเหตุเบื้องต้นได้"),
    (Field.SOCIETY, "ค่ายเยาวชนรู้ทันยาเสพติด", "เยาวชนกลุ่มเสี่ยง", "เยาวชนมีภูมิคุ้มกัน"),
    (Field.SOCIETY, "ติดตั้งกล้องวงจรปิดทางเข้าชุมชน", "ทรัพย์สินสูญหาย", "ชุมชนปลอดภัยขึ้น"),
    (Field.SOCIETY, "ปรับปรุงศูนย์พัฒนาเด็กเล็กของชุมชน", "อาคารทรุดโทรม", "เด็กมีที่เรียนรู้ที่ปลอดภัย"),
    (Field.HEALTH, "เยี่ยมบ้านผู้สูงอายุและผู้ป่วยติดเตียง", "ผู้สูงอายุอยู่ตามลำพัง", "ผู้สูงอายุได้รับการดูแล"),
    (Field.HEALTH, "ลานกีฬาและเครื่องออกกำลังกาย", "ไม่มีที่ออกกำลังกาย", "คนในชุมชนแข็งแรง"),
    (Field.HEALTH, "พ่นหมอกควันและกำจัดลูกน้ำยุงลาย", "พบผู้ป่วยไข้เลือดออก", "ลดการระบาดของโรค"),
    (Field.MIND, "สืบสานประเพณีสงกรานต์ รดน้ำผู้สูงอายุ", "ประเพณีเริ่มเลือนหาย", "คนต่างวัยได้ทำกิจกรรมร่วมกัน"),
    (Field.MIND, "ห้องสมุดและมุมอ่านหนังสือชุมชน", "เด็กขาดแหล่งเรียนรู้", "เด็กมีที่อ่านหนังสือ"),
]
FIELD_NOTES = {
    Field.PHYSICAL: "ระบบระบายน้ำและทางเดินต้องซ่อมแซม",
    Field.ECONOMY: "อาชีพหลักคือค้าขายและรับจ้าง",
    Field.SOCIETY: "มีอาสาสมัครชุมชนทำงานต่อเนื่อง",
    Field.HEALTH: "ผู้สูงอายุเพิ่มขึ้นทุกปี",
    Field.MIND: "มีกิจกรรมตามประเพณีร่วมกัน",
}


def make_plans_of_2562(stage: Stage) -> dict[str, list[CommunityPlan]]:
    """The plans of calendar year 2562, by district. They came as a list: their meetings are not recorded."""
    counts = share_out(MADE_IN_2562, {code: len(rows) for code, rows in stage.communities.items()})
    return {
        code: [
            _adopt(stage, code, row, stage.day_between(date(2019, 1, 14), date(2019, 9, 20)), meeting=None)
            for row in stage.communities[code][: counts[code]]
        ]
        for code in stage.communities
    }


def make_plans_of_2563(stage: Stage, earlier: dict[str, list[CommunityPlan]]) -> dict[str, list[CommunityPlan]]:
    """Reviews of earlier plans and new plans between February and September 2563; none while meetings were put off."""
    reviews = share_out(REVIEWED_IN_2563, {code: len(plans) for code, plans in earlier.items()})
    rest = {code: len(rows) - len(earlier[code]) for code, rows in stage.communities.items()}
    new = share_out(NEW_IN_2563, rest)
    made: dict[str, list[CommunityPlan]] = {}
    for code, rows in stage.communities.items():
        first_new = len(earlier[code])
        chosen = rows[: reviews[code]] + rows[first_new : first_new + new[code]]
        made[code] = [_meet_and_adopt(stage, code, row, _day_of_2563(stage)) for row in chosen]
    return made


def _day_of_2563(stage: Stage) -> date:
    """A day before the outbreak or after the meetings were allowed again."""
    if stage.dice.random() < 0.3:
        return stage.day_between(date(2020, 2, 3), date(2020, 3, 13))
    return stage.day_between(date(2020, 6, 15), date(2020, 9, 18))


def _meet_and_adopt(stage: Stage, code: str, community: Community, day: date) -> CommunityPlan:
    """A plan adopted in a community meeting with attendance."""
    actor, now = stage.actors[code], moment(day)
    meeting = schedule_meeting(
        actor=actor,
        unit=stage.units[code],
        purpose="community",
        community=community,
        title="ประชุมชุมชนเพื่อพิจารณาแผนพัฒนาชุมชน",
        place=f"ที่ทำการ{community.name}",
        scheduled_on=day,
        starts_at=time(13, 30),
        ends_at=time(16, 30),
        now=now,
    )
    attendance = {"กรรมการชุมชน": stage.dice.randint(5, 13), "ผู้อยู่อาศัย": stage.dice.randint(14, 70)}
    hold_meeting(actor=actor, meeting=meeting, held_on=day, attendance=attendance, now=now)
    return _adopt(stage, code, community, day, meeting)


def _adopt(stage: Stage, code: str, community: Community, day: date, meeting: Meeting | None) -> CommunityPlan:
    """A plan; it is current until the end of the next calendar year."""
    return adopt_plan(
        actor=stage.actors[code],
        community=community,
        effective_on=day,
        valid_until=date(day.year + 1, 12, 31),
        projects=_projects(stage),
        fields=FIELD_NOTES,
        meeting=meeting,
        now=moment(day),
    )


def _projects(stage: Stage) -> list[NewProject]:
    """One to three projects, about a third of which the community does itself."""
    chosen = stage.dice.sample(PROJECTS, stage.dice.randint(1, 3))
    return [
        NewProject(
            name=name,
            field=field,
            way=stage.dice.choice([Way.ITSELF, Way.WITH_SUPPORT, Way.BY_DISTRICT]),
            problem=problem,
            aim=aim,
            estimate=Decimal(stage.dice.randrange(5, 400) * 1000),
            priority=priority,
        )
        for priority, (field, name, problem, aim) in enumerate(chosen, start=1)
    ]
