"""Of what a person is reminded: reports, and what the year of a district asks for. Each thing has its occasion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lakthan.apps.communities.alerts import AlertLine, alerts
from lakthan.apps.planning.waiting import Wait, Waiting, waiting
from lakthan.apps.reporting.deadlines import LAST_QUARTER
from lakthan.apps.reporting.work import MyWork, WorkLine, my_work
from lakthan.core.dates import format_date
from lakthan.rules.permissions import Actor
from lakthan.rules.reminders import MEETING_DAYS, TERM_DAYS, due_occasion, reminder_day
from lakthan.rules.workflow import State

Days = Mapping[tuple[int, int], Sequence[int]]
"""Days of reminder of each period."""
HEADINGS: Mapping[str, tuple[str, str]] = {
    "returned": ("ส่งกลับแก้ไข", "Returned for correction"),
    "late": ("เลยกำหนดส่ง", "Late"),
    "due": ("ใกล้ครบกำหนดส่ง", "Due soon"),
    "waiting": ("รอท่านตรวจหรือรับรอง", "Waiting for your review or certification"),
    Wait.PLAN_RETURNED: ("แผนพัฒนาชุมชนที่สำนักงานเขตส่งกลับให้แก้ไข", "Community plans that were returned to be mended"),
    Wait.WORK_DONE: (
        "งานที่เขตรายงานว่าแล้วเสร็จ รอชุมชนยืนยัน",
        "Work reported as finished: your community's word is asked",
    ),
    Wait.MAY_ASK: ("โครงการที่ไม่ได้รับบรรจุ ขอให้พิจารณาใหม่ได้", "Projects not included: another look can be asked for"),
    Wait.PLAN_SENT: ("แผนพัฒนาชุมชนที่รอยืนยัน", "Community plans to be confirmed"),
    Wait.ANOTHER_LOOK: ("ชุมชนขอให้พิจารณาใหม่", "Communities ask for another look"),
    Wait.MEETING_OVERDUE: ("ประชุมที่เลยกำหนดและยังไม่บันทึกผล", "Meetings whose day has passed: record what became of them"),
    Wait.TO_CONFIRM: ("บัญชีโครงการที่รอผู้อำนวยการเขตยืนยัน", "Lists for the director to confirm"),
    "term": ("วาระกรรมการชุมชน", "Terms of committees"),
}
"""In the order of the mail."""
NOT_MAILED = frozenset({Wait.PLAN_DRAFT, Wait.UNDECIDED})
"""What stands in my work alone: nobody waits for a draft, and projects are decided about together, in their season."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a mail, and the occasion that is remembered for it."""

    heading: str
    occasion: str
    th: str
    en: str


def items_of(actor: Actor, days: Days, today: date) -> tuple[Item, ...]:
    """All that a person can be reminded of today."""
    reports = _of_reports(my_work(actor, today), days, today)
    return (*reports, *_of_districts(waiting(actor, today), today), *_of_terms(actor, today))


def _of_reports(work: MyWork, days: Days, today: date) -> Iterator[Item]:
    for line in (*work.owed, *work.to_send):
        if line.state is State.RETURNED:
            yield _report("returned", f"returned:{line.report}:{_moment(line)}", line)
        elif line.deadline_on is not None and not line.is_closed:
            period = (line.fiscal_year.be, line.quarter or LAST_QUARTER)
            day = reminder_day(days.get(period, ()), line.deadline_on, today)
            if day is not None:
                heading = "late" if today > line.deadline_on else "due"
                yield _report(heading, due_occasion(*period, line.deadline_on, day), line)
    for line in (*work.to_review, *work.to_certify):
        yield _report("waiting", f"waiting:{line.report}:{_moment(line)}", line)


def _moment(line: WorkLine) -> str:
    return "" if line.since is None else f"{line.since.timestamp():.6f}"


def _report(heading: str, occasion: str, line: WorkLine) -> Item:
    """2100-0001 ไตรมาสที่ 2 ปี 2563 ชื่อตัวชี้วัด กำหนดส่ง 10 เมษายน 2563"""
    year, due_on = line.fiscal_year.be, line.deadline_on
    th = f"ไตรมาสที่ {line.quarter} ปี {year}" if line.quarter else f"ทั้งปี {year}"
    en = f"quarter {line.quarter} of {year}" if line.quarter else f"year {year}"
    due_th = "" if due_on is None else f" กำหนดส่ง {format_date(due_on)}"
    due_en = "" if due_on is None else f", due {format_date(due_on, lang='en')}"
    name_en = line.name_en or line.name_th
    return Item(heading, occasion, f"{line.code} {th} {line.name_th}{due_th}", f"{line.code} {en}: {name_en}{due_en}")


def _of_districts(rows: Sequence[Waiting], today: date) -> Iterator[Item]:
    for row in rows:
        if row.wait is Wait.MEETING_OVERDUE and row.day is not None:
            day = reminder_day(MEETING_DAYS, row.day, today)
            if day is not None:
                yield _waiting(row, f"meeting:{row.of}:{row.day.isoformat()}:{day}")
        elif row.wait not in NOT_MAILED:
            yield _waiting(row, f"{row.wait}:{row.of}:{row.fiscal_year or ''}:{row.day.isoformat() if row.day else ''}")


def _waiting(row: Waiting, occasion: str) -> Item:
    """ชุมชนตัวอย่าง 1 (5001-0001) ลานกีฬา ปี 2563 วันที่ 1 มิถุนายน 2563"""
    community = f"{row.community} ({row.community_code})" if row.community else ""
    year_th, year_en = (f"ปี {row.fiscal_year}", f"fiscal year {row.fiscal_year}") if row.fiscal_year else ("", "")
    district = ("", "") if row.community else (row.unit_th, row.unit_en or row.unit_th)
    day_th, day_en = _days(row)
    th = (community, district[0], row.name, year_th, day_th)
    en = (community, district[1], row.name, year_en, day_en)
    return Item(row.wait, occasion, " ".join(filter(None, th)), ", ".join(filter(None, en)))


def _days(row: Waiting) -> tuple[str, str]:
    if row.due_on is not None:
        return f"ภายใน {format_date(row.due_on)}", f"until {format_date(row.due_on, lang='en')}"
    if row.day is not None and row.wait is not Wait.MAY_ASK:
        return f"วันที่ {format_date(row.day)}", format_date(row.day, lang="en")
    return "", ""


def _of_terms(actor: Actor, today: date) -> Iterator[Item]:
    """Committees whose term ends or has ended, judged or not, in the districts whose register the actor keeps."""
    for line in sorted(_lines(actor, today), key=lambda line: (line.term_ends_on or date.max, line.code)):
        if line.term_ends_on is None:
            continue
        day = reminder_day(TERM_DAYS, line.term_ends_on, today)
        if day is not None:
            yield _term(line, line.term_ends_on, f"term:{line.code}:{line.term_ends_on.isoformat()}:{day}", today)


def _lines(actor: Actor, today: date) -> Iterator[AlertLine]:
    for group in alerts(actor, today):
        yield from group.lines


def _term(line: AlertLine, ends_on: date, occasion: str, today: date) -> Item:
    over = ends_on < today
    th = f"{line.name} ({line.code}) {'หมดวาระแล้ว' if over else 'ครบวาระ'} {format_date(ends_on)}"
    en = f"{line.name} ({line.code}), term {'ended' if over else 'ends'} {format_date(ends_on, lang='en')}"
    return Item("term", occasion, th, en)
