"""The services of `communities`."""

from datetime import date

from lakthan.apps.communities import services
from lakthan.apps.communities.models import Community
from lakthan.apps.people.models import Unit
from lakthan.rules.eligibility import Status
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.acts.table import Call, act
from tests.apps.builders import FOUNDED, NOW

OFFICER = [Role.DISTRICT_OFFICER]
DAY = date(2020, 3, 2)


@act(
    services.register_communities,
    ("communities.register_community", "communities.community"),
    ("communities.register_community", "communities.community"),
    ("communities.change_status", "communities.communitystatus"),
    ("communities.change_status", "communities.communitystatus"),
    own=OFFICER,
)
def _register_communities(home: Unit) -> Call:
    new = [services.NewCommunity(name, Community.Type.URBAN) for name in ("ชุมชนหนึ่ง", "ชุมชนสอง")]
    return lambda actor: services.register_communities(
        actor=actor, unit=home, communities=new, effective_on=FOUNDED, now=NOW
    )


@act(services.describe_community, ("communities.describe_community", "communities.community"), own=OFFICER)
def _describe_community(home: Unit) -> Call:
    row = builders.community(home)
    return lambda actor: services.describe_community(
        actor=actor, community=row, kind=Community.Type.CROWDED, sub_district="แขวงอื่น", now=NOW
    )


@act(services.rename_community, ("communities.rename_community", "communities.community"), own=OFFICER)
def _rename_community(home: Unit) -> Call:
    row = builders.community(home)
    return lambda actor: services.rename_community(actor=actor, community=row, name="ชุมชนชื่อใหม่", now=NOW)


@act(services.change_status, ("communities.change_status", "communities.communitystatus"), own=OFFICER)
def _change_status(home: Unit) -> Call:
    row = builders.community(home)
    return lambda actor: services.change_status(
        actor=actor, community=row, status=Status.DISSOLVED, effective_on=DAY, document="หนังสือ 9/2563", now=NOW
    )


@act(services.seat_committee, ("communities.seat_committee", "communities.committee"), own=OFFICER)
def _seat_committee(home: Unit) -> Call:
    row = builders.community(home)
    return lambda actor: services.seat_committee(
        actor=actor,
        community=row,
        effective_on=DAY,
        term_ends_on=date(2022, 3, 1),
        houses=100,
        members=7,
        chair_name="ปิติ พอใจ",
        now=NOW,
    )


@act(services.judge_committee, ("communities.judge_committee", "communities.committeejudgement"), own=OFFICER)
def _judge_committee(home: Unit) -> Call:
    row = builders.community(home)
    return lambda actor: services.judge_committee(actor=actor, community=row, effective_on=DAY, able=True, now=NOW)


@act(
    services.give_seat,
    ("people.register_user", "people.user"),
    ("people.give_role", "people.membership"),
    ("communities.give_seat", "communities.communityseat"),
    own=OFFICER,
)
def _give_seat(home: Unit) -> Call:
    row = builders.community(home)
    builders.committee(row)
    holder = services.Holder("mana", "มานะ รักดี")
    return lambda actor: services.give_seat(actor=actor, community=row, holder=holder, valid_from=DAY, now=NOW)


@act(
    services.end_seat,
    ("communities.end_seat", "communities.communityseat"),
    ("people.end_role", "people.membership"),
    own=OFFICER,
)
def _end_seat(home: Unit) -> Call:
    seat = builders.seat(builders.community(home))
    return lambda actor: services.end_seat(actor=actor, seat=seat, last_day=DAY, now=NOW)
