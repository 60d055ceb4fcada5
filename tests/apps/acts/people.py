"""The services of `people` and `evidence`."""

from datetime import date

from lakthan.apps.evidence.services import store_evidence
from lakthan.apps.people import services
from lakthan.apps.people.models import Delegation, Unit, UnitCode
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import FOUNDED, NOW

ADMINISTRATOR = [Role.SYSTEM_ADMINISTRATOR]
REGISTRAR = [Role.DISTRICT_OFFICER]
DAY = date(2020, 3, 2)


@act(services.set_up_city, ("people.set_up_city", "people.city"), anywhere=ADMINISTRATOR)
def _set_up_city(home: Unit) -> Call:
    return lambda actor: services.set_up_city(actor=actor, name_th="เมืองตัวอย่าง", name_en="Sample City", now=NOW)


@act(services.set_clock, ("people.set_clock", "people.city"), anywhere=ADMINISTRATOR)
def _set_clock(home: Unit) -> Call:
    city = services.set_up_city(
        actor=builders.ROOT,
        name_th="เมืองสาธิต",
        name_en="Demonstration",
        is_demonstration=True,
        simulated_now=builders.moment(FOUNDED),
        now=NOW,
    )
    return lambda actor: services.set_clock(actor=actor, city=city, simulated_now=NOW, now=NOW)


@act(
    services.register_unit,
    ("people.register_unit", "people.unit"),
    ("people.give_code", "people.unitcode"),
    ("people.give_code", "people.unitcode"),
    ("people.place_in_group", "people.unitgroupmembership"),
    anywhere=ADMINISTRATOR,
)
def _register_unit(home: Unit) -> Call:
    group = builders.group()
    return lambda actor: services.register_unit(
        actor=actor,
        kind=Unit.Kind.DISTRICT,
        name_th="สำนักงานเขตใหม่",
        name_en="New",
        codes={UnitCode.Scheme.BMA4: "5051", UnitCode.Scheme.BMA8: "50510000"},
        valid_from=FOUNDED,
        group=group,
        now=NOW,
    )


@act(
    services.give_code,
    ("people.end_code", "people.unitcode"),
    ("people.give_code", "people.unitcode"),
    anywhere=ADMINISTRATOR,
)
def _give_code(home: Unit) -> Call:
    return lambda actor: services.give_code(
        actor=actor,
        unit=home,
        scheme=UnitCode.Scheme.BMA4,
        code="5099",
        valid_from=date(2020, 1, 1),
        last_day=date(2019, 12, 31),
        now=NOW,
    )


@act(services.register_group, ("people.register_group", "people.unitgroup"), anywhere=ADMINISTRATOR)
def _register_group(home: Unit) -> Call:
    return lambda actor: services.register_group(actor=actor, code="east", name_th="ตะวันออก", name_en="East", now=NOW)


@act(services.place_in_group, ("people.place_in_group", "people.unitgroupmembership"), anywhere=ADMINISTRATOR)
def _place_in_group(home: Unit) -> Call:
    group = builders.group()
    return lambda actor: services.place_in_group(actor=actor, unit=home, group=group, valid_from=FOUNDED, now=NOW)


@act(services.register_user, ("people.register_user", "people.user"), anywhere=ADMINISTRATOR)
def _register_user(home: Unit) -> Call:
    return lambda actor: services.register_user(actor=actor, login="somsri", name_th="สมศรี ตั้งใจ", now=NOW)


@act(services.set_password, ("people.set_password", "people.user"), anywhere=ADMINISTRATOR)
def _set_password(home: Unit) -> Call:
    user = builders.user()
    phrase = "a long enough phrase"
    return lambda actor: services.set_password(actor=actor, user=user, password=phrase, now=NOW)


@act(services.give_role, ("people.give_role", "people.membership"), anywhere=ADMINISTRATOR)
def _give_role(home: Unit) -> Call:
    user = builders.user()
    return lambda actor: services.give_role(
        actor=actor, user=user, unit=home, role=Role.REPORTER, valid_from=FOUNDED, now=NOW
    )


@act(services.open_community_account, ("people.register_user", "people.user"), own=REGISTRAR)
def _open_community_account(home: Unit) -> Call:
    return lambda actor: services.open_community_account(
        actor=actor, unit=home, login="mana", name_th="มานะ รักดี", now=NOW
    )


@act(services.lend_community_role, ("people.give_role", "people.membership"), own=REGISTRAR)
def _lend_community_role(home: Unit) -> Call:
    user = builders.user()
    return lambda actor: services.lend_community_role(
        actor=actor, user=user, unit=home, valid_from=FOUNDED, valid_to=DAY, now=NOW
    )


@act(services.shorten_community_role, ("people.end_role", "people.membership"), own=REGISTRAR)
def _shorten_community_role(home: Unit) -> Call:
    seat = builders.seat(builders.community(home))
    return lambda actor: services.shorten_community_role(
        actor=actor, user=seat.user, unit=home, valid_from=seat.valid_from, valid_to=DAY, now=NOW
    )


@act(services.delegate, ("people.delegate", "people.delegation"), anywhere=ADMINISTRATOR)
def _delegate(home: Unit) -> Call:
    return lambda actor: services.delegate(
        actor=actor,
        unit=home,
        kind=Delegation.Kind.ACTING_FOR,
        office="ผู้อำนวยการเขต",
        deputy_office="ผู้ช่วยผู้อำนวยการเขต",
        order_number="คำสั่ง 5/2563",
        valid_from=FOUNDED,
        now=NOW,
    )


@act(
    store_evidence,
    ("evidence.store_evidence", "evidence.evidence"),
    own=[Role.REPORTER, Role.DISTRICT_OFFICER, Role.STRATEGY_ADMINISTRATOR],
)
def _store_evidence(home: Unit) -> Call:
    return lambda actor: store_evidence(actor=actor, unit=home, content=b"%PDF-1.7", name="minutes.pdf", now=NOW)
