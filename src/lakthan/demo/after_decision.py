"""What followed decisions: notices, requests to decide anew, work and its confirmation, in two districts."""

from datetime import date

from lakthan.apps.communities.services import Holder, give_seat
from lakthan.apps.planning.models import ActionPlan, DecisionNotice, Decline, Inclusion, Reconsideration
from lakthan.apps.planning.services.decisions import decline_project, withdraw_decision
from lakthan.apps.planning.services.mending import mend_decline
from lakthan.apps.planning.services.notices import tell_communities
from lakthan.apps.planning.services.reconsiderations import answer_reconsideration, ask_reconsideration
from lakthan.apps.planning.services.work import confirm_work, report_work
from lakthan.core.fiscal import FiscalYear
from lakthan.demo.communities import SEATED_ON
from lakthan.demo.stage import NOT_INCLUDED, YEAR, Stage, moment
from lakthan.rules.after_decision import Work
from lakthan.rules.permissions import Role

AT_WORK, DECLINING = "5001", NOT_INCLUDED[0]
"""A district whose projects are worked on, and one that declined all of its own."""
NEXT_YEAR = YEAR + 1
WORK: tuple[tuple[tuple[date, Work, str], ...], ...] = (
    ((date(2020, 3, 16), Work.UNDER_WAY, ""), (date(2020, 8, 14), Work.DONE, "ตรวจรับแล้ว (สาธิต)")),
    ((date(2020, 5, 4), Work.UNDER_WAY, ""), (date(2020, 9, 18), Work.DONE, "")),
    ((date(2020, 7, 13), Work.UNDER_WAY, "ทำสัญญาแล้ว (สาธิต)"),),
    ((date(2020, 6, 22), Work.UNDER_WAY, ""), (date(2020, 8, 3), Work.STOPPED, "ผู้รับจ้างทิ้งงาน (สาธิต)")),
    ((date(2020, 7, 1), Work.NOT_BEGUN, ""),),
)
"""Of the first items of the plan, in order; nothing is reported of the others."""


def follow(stage: Stage) -> None:
    """Letters, two requests to decide anew, and the work on the first items."""
    _work(stage)
    early, late = _declines(stage, YEAR), _declines(stage, NEXT_YEAR)
    _tell(stage, DECLINING, early, date(2020, 3, 2), "กท 5037/118 (สาธิต)")
    _tell(stage, DECLINING, late[:1], date(2020, 9, 28), "กท 5037/402 (สาธิต)")
    if early:
        _ask_and_answer(stage, early[0])
    _mend_and_withdraw(stage, early[1:])
    if late:
        _seat(stage, late[-1])
        _ask(stage, late[0], "ชุมชนได้หนังสือยินยอมของเจ้าของที่ดินแล้ว ตามสำเนาแนบ (สาธิต)", date(2020, 10, 12), 2)


def _seat(stage: Stage, decline: Decline) -> None:
    """The community member of the demonstration speaks for a community whose project was declined."""
    give_seat(
        actor=stage.actors[DECLINING],
        community=decline.project.plan.community,
        holder=Holder(f"demo-{Role.COMMUNITY_MEMBER}"),
        valid_from=SEATED_ON,
        now=moment(SEATED_ON),
    )


def _declines(stage: Stage, year: FiscalYear) -> list[Decline]:
    rows = Decline.objects.filter(unit=stage.units[DECLINING], fiscal_year=year.be)
    return list(rows.select_related("project__plan__community").order_by("effective_on", "pk"))


def _work(stage: Stage) -> None:
    """Letters about the plan of the year, and the work on its first items; the community confirms the first."""
    plan = ActionPlan.objects.get(unit=stage.units[AT_WORK], fiscal_year=YEAR.be)
    rows = Inclusion.objects.filter(action_plan=plan, effective_on__lt=WORK[0][0][0])
    items = list(rows.select_related("project__plan__community").order_by("item_number"))
    _tell(stage, AT_WORK, items, date(2020, 3, 16), "กท 5001/ว 31 (สาธิต)")
    actor = stage.actors[AT_WORK]
    for item, reports in zip(items, WORK, strict=False):
        for on, state, note in reports:
            report_work(actor=actor, inclusion=item, effective_on=on, state=state, note=note, now=moment(on))
    on = date(2020, 8, 28)
    confirm_work(
        actor=actor,
        inclusion=items[0],
        effective_on=on,
        is_done=True,
        note="หนังสือของชุมชน ลงวันที่ 28 สิงหาคม 2563 (สาธิต)",
        now=moment(on),
    )


def _tell(stage: Stage, code: str, decisions: list[Inclusion] | list[Decline], on: date, document: str) -> None:
    tell_communities(
        actor=stage.actors[code],
        unit=stage.units[code],
        decisions=decisions,
        way=DecisionNotice.Way.LETTER,
        effective_on=on,
        document=document,
        now=moment(on),
    )


def _mend_and_withdraw(stage: Stage, told: list[Decline]) -> None:
    """One reason is mended, and one project declined anew, after their communities were told: they are to be told."""
    on, actor = date(2020, 4, 8), stage.actors[DECLINING]
    for decline, reason in zip(told[:1], ("อยู่ระหว่างตรวจสอบกรรมสิทธิ์ที่ดินกับสำนักงานที่ดิน (สาธิต)",), strict=False):
        code = Decline.Reason.PRIVATE_LAND
        mend_decline(actor=actor, decline=decline, reason_code=code, reason=reason, now=moment(on))
    for decline in told[1:2]:
        reason = "เหตุผลที่ลงไว้เป็นของโครงการอื่น (สาธิต)"
        withdraw_decision(actor=actor, decision=decline, ended_on=on, reason=reason, now=moment(on))
        decline_project(
            actor=actor,
            action_plan=decline.action_plan,
            project=decline.project,
            reason_code=Decline.Reason.INCOMPLETE,
            reason="แบบรูปรายการและประมาณราคายังไม่ครบ (สาธิต)",
            effective_on=on,
            document="บันทึกข้อความ กท 5037/171 (สาธิต)",
            now=moment(on),
        )


def _ask_and_answer(stage: Stage, decline: Decline) -> None:
    on = date(2020, 3, 24)
    answer_reconsideration(
        actor=stage.actors[DECLINING],
        reconsideration=_ask(stage, decline, "ชุมชนเดือดร้อนมาก ขอให้พิจารณาอีกครั้ง (สาธิต)", date(2020, 3, 10), 1),
        is_upheld=False,
        answer="ตรวจสอบแล้ว เหตุที่ไม่บรรจุยังไม่เปลี่ยนแปลง เสนอใหม่ได้ในแผนปีถัดไป (สาธิต)",
        answered_on=on,
        document="กท 5037/155 (สาธิต)",
        now=moment(on),
    )


def _ask(stage: Stage, decline: Decline, reasons: str, on: date, number: int) -> Reconsideration:
    return ask_reconsideration(
        actor=stage.actors[DECLINING],
        decline=decline,
        reasons=reasons,
        effective_on=on,
        document=f"หนังสือของชุมชนที่ {number}/2563 (สาธิต)",
        now=moment(on),
    )
