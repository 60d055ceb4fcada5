"""Accounts of the demonstration, one officer and one director per district and one account per role of the bureau."""

from datetime import datetime

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.selectors import actor_of, operator, short_name
from lakthan.apps.people.services import give_role, register_unit, register_user
from lakthan.demo.stage import YEAR, Stage, moment
from lakthan.exchange.bangkok import RECORDED_FROM, load_plan, load_units
from lakthan.rules.permissions import Actor, Role

BUREAU_ROLES = {
    Role.REPORTER: ("ผู้รายงานข้อมูล", "reporter"),
    Role.UNIT_HEAD: ("หัวหน้าหน่วยงาน", "unit head"),
    Role.REVIEWER: ("ผู้ตรวจประเมิน", "reviewer"),
    Role.CERTIFIER: ("ผู้รับรอง", "certifier"),
    Role.STRATEGY_ADMINISTRATOR: ("ผู้ดูแลตัวชี้วัด", "strategy administrator"),
    Role.EXECUTIVE: ("ผู้บริหาร กทม.", "executive"),
    Role.AUDITOR: ("ผู้ตรวจสอบภายใน", "auditor"),
    Role.SYSTEM_ADMINISTRATOR: ("ผู้ดูแลระบบ", "system administrator"),
}


def people_the_stage() -> Stage:
    """Units, plan and accounts."""
    now = moment(RECORDED_FROM)
    root = operator("demonstration")
    units = load_units(actor=root, now=now)
    stage = Stage(units=units, actors={}, operator=root, nodes=load_plan(actor=root, now=now))
    division = register_unit(
        actor=root,
        kind=Unit.Kind.DIVISION,
        name_th="กองยุทธศาสตร์บริหารจัดการ",
        name_en="Administration Strategy Division",
        codes={},
        valid_from=RECORDED_FROM,
        parent=stage.bureau,
        now=now,
    )
    for role, (th, en) in BUREAU_ROLES.items():
        user = _user(stage, f"demo-{role}", f"{th} (สาธิต)", f"{en} (demonstration)", now)
        home = division if role is Role.REPORTER else stage.bureau
        give_role(actor=root, user=user, unit=home, role=role, valid_from=RECORDED_FROM, now=now)
        if home is not stage.bureau:
            give_role(actor=root, user=user, unit=stage.bureau, role=role, valid_from=RECORDED_FROM, now=now)
        stage.actors[role] = _actor(user)
    for code, unit in stage.districts.items():
        stage.actors[code] = _district_people(stage, code, unit, now)
    return stage


def _district_people(stage: Stage, code: str, unit: Unit, now: datetime) -> Actor:
    """The officer and the director of a district; the officer acts."""
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
    return _actor(officer)


def _user(stage: Stage, login: str, name_th: str, name_en: str, now: datetime) -> User:
    return register_user(
        actor=stage.operator, login=login, name_th=name_th, name_en=name_en, is_demonstration=True, now=now
    )


def _actor(user: User) -> Actor:
    """The user with the roles of the demonstration's year."""
    return actor_of(user, YEAR.first_day)
