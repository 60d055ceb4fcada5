"""What was agreed, decided and scored for the bureau in the year, so that these pages have something to show."""

from datetime import date
from decimal import Decimal

from lakthan.apps.indicators.services.agreements import propose_agreement, sign_agreement
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.appeals import appeal_target
from lakthan.apps.reporting.services.decisions import Document, Resolution, decide_assignments
from lakthan.apps.reporting.services.scores import score_management
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.rules.decisions import DecisionKind
from lakthan.rules.permissions import Role

AGREED_ON = date(2019, 10, 1)
SIGNED: tuple[tuple[Role, str], ...] = (
    (Role.UNIT_HEAD, "ผู้อำนวยการสำนักยุทธศาสตร์และประเมินผล (สาธิต)"),
    (Role.EXECUTIVE, "ปลัดกรุงเทพมหานคร (สาธิต)"),
)
DECIDED_ON, IN_EFFECT_ON = date(2020, 6, 19), date(2020, 7, 1)
SCORED_ON, APPEALED_ON = date(2020, 10, 12), date(2020, 10, 14)
MANAGEMENT = (
    ("planning", Decimal("4.5"), "แผนปฏิบัติราชการส่งครบและตรงเวลา ถ่ายทอดตัวชี้วัดถึงระดับกอง (สาธิต)"),
    ("follow-up", Decimal(4), "ติดตามทุกไตรมาส นำผลไปปรับการชี้แจงสำนักงานเขต (สาธิต)"),
)


def agree_and_score(stage: Stage) -> None:
    """The agreement with both signatures, a changed target, two scores of Part 1, and an appeal that waits."""
    agreement = propose_agreement(
        actor=stage.actors[Role.STRATEGY_ADMINISTRATOR],
        unit=stage.bureau,
        fiscal_year=YEAR,
        document_number="คร 1/2563 (สาธิต)",
        document_date=AGREED_ON,
        now=moment(AGREED_ON),
    )
    for role, office in SIGNED:
        sign_agreement(actor=stage.actors[role], agreement=agreement, office=office, now=moment(AGREED_ON))
    _change_target(stage)
    for component, score, note in MANAGEMENT:
        score_management(
            actor=stage.actors[Role.REVIEWER],
            unit=stage.bureau,
            fiscal_year=YEAR,
            component=component,
            score=score,
            note=note,
            now=moment(SCORED_ON),
        )
    appeal_target(
        actor=stage.actors[Role.UNIT_HEAD],
        assignment=assignment_of("2100-0003", YEAR),
        target=Decimal(50),
        reasons="สถานการณ์โรคระบาดทำให้จัดประชุมชี้แจงไม่ได้ตั้งแต่ไตรมาสที่ 3 (สาธิต)",
        now=moment(APPEALED_ON),
    )


def _change_target(stage: Stage) -> None:
    """Less money had to be paid out by the year's end than was agreed."""
    resolution = Resolution(
        assignment=assignment_of("2100-0004", YEAR),
        kind=DecisionKind.TARGET_CHANGED,
        effective_on=IN_EFFECT_ON,
        reason="สถานการณ์โรคระบาดทำให้สำนักงานเขตจัดกิจกรรมและเบิกจ่ายไม่ได้ตามแผน (สาธิต)",
        target=Decimal(50),
    )
    decide_assignments(
        actor=stage.actors[Role.STRATEGY_ADMINISTRATOR],
        document=Document("กท 1906/ม.12 (สาธิต)", DECIDED_ON, "คณะกรรมการพิจารณาตัวชี้วัด (สาธิต)"),
        resolutions=[resolution],
        now=moment(DECIDED_ON),
    )
