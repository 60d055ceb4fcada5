"""What is still to come in one district: a meeting that is scheduled, one that nobody spoke of; and kept minutes."""

from datetime import date, time

from lakthan.apps.planning.models import Meeting
from lakthan.apps.planning.services.meetings import keep_meeting_files, schedule_meeting
from lakthan.demo.stage import NOT_INCLUDED, Stage, moment

AHEAD = [(date(2020, 10, 8), time(13, 30), 3), (date(2020, 10, 25), time(9), 4)]
"""Day, time and place in the register of the community: the first day has passed by the present of the city."""
MINUTES = "รายงานการประชุมชุมชน (สาธิต)\nที่ประชุมเห็นชอบแผนพัฒนาชุมชนตามที่เสนอ\n"


def look_ahead(stage: Stage) -> None:
    """Nothing here is held, so no figure moves."""
    code = NOT_INCLUDED[0]
    actor, now = stage.actors[code], moment(date(2020, 9, 28))
    for day, starts_at, number in AHEAD:
        community = stage.communities[code][number]
        schedule_meeting(
            actor=actor,
            unit=stage.units[code],
            purpose="community",
            community=community,
            title="ประชุมชุมชนเพื่อติดตามโครงการตามแผนพัฒนาชุมชน",
            place=f"ที่ทำการ{community.name}",
            scheduled_on=day,
            starts_at=starts_at,
            now=now,
        )
    held = Meeting.objects.filter(unit=stage.units[code], community__isnull=False, held_on__isnull=False)
    keep_meeting_files(
        actor=actor,
        meeting=held.order_by("held_on", "pk")[0],
        files=[("รายงานการประชุม.txt", MINUTES.encode())],
        proves="รายงานการประชุม",
        now=now,
    )
