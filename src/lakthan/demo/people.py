"""Accounts of the demonstration: one for each role, to sign in with, and officer and director of each district."""

from datetime import datetime

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.selectors import actor_of, operator, short_name
from lakthan.apps.people.services import give_role, register_unit, register_user, set_password
from lakthan.demo.stage import NOT_INCLUDED, YEAR, Stage, moment
from lakthan.exchange.bangkok import RECORDED_FROM, load_plan, load_units
from lakthan.rules.permissions import Actor, Role

PASSWORD = "sathit-lakthan-2563"  # noqa: S105 - public by design: `lakthan doctor` refuses it in production
"""Of each role's account."""

OWNER, REVIEWING, DISTRICT = "the bureau", "another division", "a district"
ACCOUNTS = {
    Role.REPORTER: (OWNER, "ผู้รายงานข้อมูล", "reporter"),
    Role.UNIT_HEAD: (OWNER, "หัวหน้าหน่วยงาน", "unit head"),
    Role.REVIEWER: (REVIEWING, "ผู้ตรวจประเมิน", "reviewer"),
    Role.CERTIFIER: (REVIEWING, "ผู้รับรอง", "certifier"),
    Role.STRATEGY_ADMINISTRATOR: (OWNER, "ผู้ดูแลตัวชี้วัด", "strategy administrator"),
    Role.EXECUTIVE: (OWNER, "ผู้บริหาร กทม.", "executive"),
    Role.AUDITOR: (OWNER, "ผู้ตรวจสอบภายใน", "auditor"),
    Role.SYSTEM_ADMINISTRATOR: (OWNER, "ผู้ดูแลระบบ", "system administrator"),
    Role.DISTRICT_OFFICER: (DISTRICT, "นักพัฒนาสังคม เขตดินแดง", "district officer of Din Daeng"),
    Role.DISTRICT_DIRECTOR: (DISTRICT, "ผู้อำนวยการเขตดินแดง", "district director of Din Daeng"),
    Role.COMMUNITY_MEMBER: (DISTRICT, "กรรมการชุมชนในเขตดินแดง", "community committee member in Din Daeng"),
}
"""Where each role is held: the bureau reports the reference indicator, so another of its divisions reviews it."""


def people_the_stage() -> Stage:
    """Units, plan and accounts."""
    now = moment(RECORDED_FROM)
    root = operator("demonstration")
    units = load_units(actor=root, now=now)
    stage = Stage(units=units, actors={}, operator=root, nodes=load_plan(actor=root, now=now))
    strategy = _division(stage, "กองยุทธศาสตร์บริหารจัดการ", "Administration Strategy Division", now)
    reviewing = _division(stage, "กองติดตามและประเมินผล (สาธิต)", "Review Division (demonstration)", now)
    homes = {OWNER: stage.bureau, REVIEWING: reviewing, DISTRICT: stage.units[NOT_INCLUDED[0]]}
    for role, (home, th, en) in ACCOUNTS.items():
        user = _user(stage, f"demo-{role}", f"{th} (สาธิต)", f"{en} (demonstration)", now)
        set_password(actor=root, user=user, password=PASSWORD, now=now)
        give_role(actor=root, user=user, unit=homes[home], role=role, valid_from=RECORDED_FROM, now=now)
        if role is Role.REPORTER:
            give_role(actor=root, user=user, unit=strategy, role=role, valid_from=RECORDED_FROM, now=now)
        stage.actors[role] = _actor(user)
    for code, unit in stage.districts.items():
        stage.directors[code], stage.actors[code] = _district_people(stage, code, unit, now)
    return stage


def _division(stage: Stage, name_th: str, name_en: str, now: datetime) -> Unit:
    """A division of the strategy bureau."""
    return register_unit(
        actor=stage.operator,
        kind=Unit.Kind.DIVISION,
        name_th=name_th,
        name_en=name_en,
        codes={},
        valid_from=RECORDED_FROM,
        parent=stage.bureau,
        now=now,
    )


def _district_people(stage: Stage, code: str, unit: Unit, now: datetime) -> tuple[Actor, Actor]:
    """The director and the officer of a district."""
    director = _user(
        stage,
        f"demo-director-{code}",
        f"ผู้อำนวยการเขต{short_name(unit.name_th)} (สาธิต)",
        f"director {code} (demonstration)",
        now,
    )
    officer = _user(
        stage,
        f"demo-officer-{code}",
        f"นักพัฒนาสังคม เขต{short_name(unit.name_th)} (สาธิต)",
        f"officer {code} (demonstration)",
        now,
    )
    for user, role in ((director, Role.DISTRICT_DIRECTOR), (officer, Role.DISTRICT_OFFICER)):
        give_role(actor=stage.operator, user=user, unit=unit, role=role, valid_from=RECORDED_FROM, now=now)
    return _actor(director), _actor(officer)


def _user(stage: Stage, login: str, name_th: str, name_en: str, now: datetime) -> User:
    return register_user(
        actor=stage.operator, login=login, name_th=name_th, name_en=name_en, is_demonstration=True, now=now
    )


def _actor(user: User) -> Actor:
    """The user with the roles of the demonstration's year."""
    return actor_of(user, YEAR.first_day)
