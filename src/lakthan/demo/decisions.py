"""Inclusions and declined projects: 343 inclusions for fiscal year 2563 and 273 for 2564.

By the ends of the four quarters 24, 33, 40 and 43 districts have at least one; the last three numbers of districts
and their names are those of the reference report.
"""

from collections.abc import Iterator
from datetime import date

from lakthan.apps.planning.models import ActionPlan, CommunityPlan, CommunityProject, Decline
from lakthan.apps.planning.services.decisions import decline_project, include_project, open_action_plan
from lakthan.core.fiscal import FiscalYear
from lakthan.demo.stage import INCLUDED_LATE, NOT_INCLUDED, YEAR, Stage, moment, share_out

INCLUDED_2563, INCLUDED_2564 = 343, 273
NEXT_YEAR = YEAR + 1
FIRST_QUARTERS = {1: 24, 2: 9, 3: 7}
"""How many districts include their first project in each of the first three quarters."""
LAST_DAY_OF_DECISIONS = {1: date(2019, 12, 20), 2: date(2020, 3, 20), 3: date(2020, 6, 19)}
FIRST_DAY_OF_DECISIONS = {1: date(2019, 10, 15), 2: date(2020, 1, 13), 3: date(2020, 4, 20)}

REASONS = [
    (Decline.Reason.NO_BUDGET, "งบประมาณของปีนี้จัดสรรครบแล้ว เสนอพิจารณาอีกครั้งในปีถัดไป"),
    (Decline.Reason.OTHER_AGENCY, "อยู่ในอำนาจหน้าที่ของหน่วยงานอื่น ส่งเรื่องต่อให้แล้ว"),
    (Decline.Reason.PRIVATE_LAND, "พื้นที่เป็นที่ดินเอกชน เจ้าของยังไม่ยินยอม"),
    (Decline.Reason.COMMUNITY_CAN, "ชุมชนดำเนินการเองได้ สนับสนุนวัสดุแทนการบรรจุโครงการ"),
    (Decline.Reason.INCOMPLETE, "รายละเอียดและประมาณการยังไม่ครบ ส่งคืนให้ชุมชนเพิ่มเติม"),
]


def decide(
    stage: Stage, plans_2562: dict[str, list[CommunityPlan]], plans_2563: dict[str, list[CommunityPlan]]
) -> None:
    """All decisions of the year."""
    candidates = {code: _candidates(plans_2562[code]) for code in stage.districts}
    _decide_2563(stage, candidates)
    for code in stage.districts:
        candidates[code] += _candidates(plans_2563[code])
    _decide_2564(stage, candidates)


def _candidates(plans: list[CommunityPlan]) -> list[CommunityProject]:
    """The projects that communities asked the district for, those proposed first in front."""
    ways = [CommunityProject.Way.WITH_SUPPORT, CommunityProject.Way.BY_DISTRICT]
    projects = CommunityProject.objects.filter(plan__in=plans, way__in=ways).select_related("plan")
    return list(projects.order_by("plan__effective_on", "pk"))


def _decide_2563(stage: Stage, candidates: dict[str, list[CommunityProject]]) -> None:
    """The action plan of fiscal year 2563: 40 districts include projects, all districts decline some."""
    included = [code for code in stage.districts if code not in NOT_INCLUDED + INCLUDED_LATE]
    counts = share_out(INCLUDED_2563, {code: len(candidates[code]) for code in included})
    quarters = _first_quarters(included)
    for code in stage.districts:
        plan = _action_plan(stage, code, YEAR, date(2019, 10, 1))
        if code in included:
            chosen, candidates[code] = candidates[code][: counts[code]], candidates[code][counts[code] :]
            days = _days(stage, quarters[code], len(chosen))
            _include(stage, code, plan, chosen, days)
        declined, candidates[code] = candidates[code][:3], candidates[code][3:]
        _decline(stage, code, plan, declined, date(2020, 2, 14))


def _first_quarters(codes: list[str]) -> dict[str, int]:
    """The quarter of each district's first inclusion."""
    quarters = [quarter for quarter, count in FIRST_QUARTERS.items() for _ in range(count)]
    return dict(zip(codes, quarters, strict=True))


def _days(stage: Stage, first_quarter: int, count: int) -> Iterator[date]:
    """Days of decisions: the first in the quarter given, the others from then until June."""
    first = stage.day_between(FIRST_DAY_OF_DECISIONS[first_quarter], LAST_DAY_OF_DECISIONS[first_quarter])
    yield first
    yield from sorted(stage.day_between(first, LAST_DAY_OF_DECISIONS[3]) for _ in range(count - 1))


def _decide_2564(stage: Stage, candidates: dict[str, list[CommunityProject]]) -> None:
    """The action plan of fiscal year 2564, decided in July to September 2563: 43 districts include projects."""
    included = [code for code in stage.districts if code not in NOT_INCLUDED]
    counts = share_out(INCLUDED_2564, {code: len(candidates[code]) for code in included})
    for code in stage.districts:
        plan = _action_plan(stage, code, NEXT_YEAR, date(2020, 7, 1))
        ready = [project for project in candidates[code] if project.plan.effective_on < date(2020, 9, 11)]
        chosen = ready[: counts.get(code, 0)]
        days = sorted(_day_after(stage, project) for project in chosen)
        chosen.sort(key=lambda project: project.plan.effective_on)
        _include(stage, code, plan, chosen, iter(days))
        _decline(stage, code, plan, ready[len(chosen) : len(chosen) + 2], date(2020, 9, 25))


def _day_after(stage: Stage, project: CommunityProject) -> date:
    """A day of decision after the plan was adopted, between July and September 2563."""
    return stage.day_between(max(date(2020, 7, 6), project.plan.effective_on), date(2020, 9, 25))


def _action_plan(stage: Stage, code: str, year: FiscalYear, day: date) -> ActionPlan:
    return open_action_plan(
        actor=stage.actors[code],
        unit=stage.units[code],
        fiscal_year=year,
        effective_on=day,
        document=f"คำสั่งสำนักงานเขต {code} ที่ {day.month}/{year.be - 1} (สาธิต)",
        now=moment(day),
    )


def _include(stage: Stage, code: str, plan: ActionPlan, projects: list[CommunityProject], days: Iterator[date]) -> None:
    for number, (project, day) in enumerate(zip(projects, days, strict=True), start=1):
        include_project(
            actor=stage.actors[code],
            action_plan=plan,
            project=project,
            item_number=number,
            budget=project.estimate,
            effective_on=day,
            document=f"บันทึก {code}/{plan.fiscal_year}-{number:02} (สาธิต)",
            now=moment(day),
        )


def _decline(stage: Stage, code: str, plan: ActionPlan, projects: list[CommunityProject], day: date) -> None:
    for number, project in enumerate(projects, start=1):
        reason_code, reason = stage.dice.choice(REASONS)
        decline_project(
            actor=stage.actors[code],
            action_plan=plan,
            project=project,
            reason_code=reason_code,
            reason=reason,
            effective_on=day,
            document=f"รายงานการประชุมพิจารณาแผน {code}/{plan.fiscal_year} ข้อ {number} (สาธิต)",
            now=moment(day),
        )
