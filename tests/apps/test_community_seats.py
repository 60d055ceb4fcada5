"""Who speaks for a community: seats are given with an account and a role, end with the term, and are passed on."""

from datetime import date, timedelta

import pytest

from lakthan.apps.communities.models import Committee, Community, CommunitySeat
from lakthan.apps.communities.selectors import communities_spoken_for, require_seat
from lakthan.apps.communities.services import Holder, end_seat, give_seat, seat_committee
from lakthan.apps.people.models import Membership, Unit, User
from lakthan.apps.people.selectors import actor_of
from lakthan.apps.people.services import give_role
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Actor, Refused, Role
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY

FIRST, TERM_ENDS = date(2020, 1, 1), date(2020, 12, 31)
"""First day of the seats given here, and last day of the committee's term."""
NEW_TERM = date(2020, 5, 4)
DAY = timedelta(days=1)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit("5001")


@pytest.fixture
def community(home: Unit) -> Community:
    return builders.community(home)


@pytest.fixture
def committee(community: Community) -> Committee:
    return builders.committee(community)


def give(of: Community, login: str = "mana", name: str = "มานะ รักดี", **more: date) -> CommunitySeat:
    return give_seat(actor=ROOT, community=of, holder=Holder(login, name), now=NOW, **{"valid_from": FIRST} | more)


def acting(login: str = "mana", on: date = TODAY) -> Actor:
    return actor_of(User.objects.get(login=login), on)


def new_committee(of: Community, *speakers: Holder) -> Committee:
    return seat_committee(
        actor=ROOT,
        community=of,
        effective_on=NEW_TERM,
        term_ends_on=date(2022, 5, 3),
        houses=90,
        members=7,
        speakers=speakers,
        now=NOW,
    )


# Giving


@pytest.mark.usefixtures("committee")
def test_who_holds_a_seat_speaks_for_the_community_until_the_term_ends(home: Unit, community: Community) -> None:
    give(community)
    found = communities_spoken_for(acting(), TODAY)
    assert [(spoken.name, spoken.unit_id, spoken.valid_to) for spoken in found] == [
        (community.name, home.pk, TERM_ENDS)
    ]
    require_seat(acting(), community, TODAY)
    require_seat(acting(on=TERM_ENDS), community, TERM_ENDS)
    with pytest.raises(Refused):
        require_seat(acting(on=TERM_ENDS + DAY), community, TERM_ENDS + DAY)


@pytest.mark.usefixtures("committee")
def test_nobody_speaks_for_a_community_without_a_seat_in_it(home: Unit, community: Community) -> None:
    give(community)
    other = builders.community(home, "ชุมชนอื่น")
    with pytest.raises(Refused, match="do not speak for ชุมชนอื่น"):
        require_seat(acting(), other, TODAY)
    for stranger in (
        builders.somebody(Role.COMMUNITY_MEMBER, home),
        ROOT,
        builders.somebody(Role.DISTRICT_OFFICER, home),
    ):
        with pytest.raises(Refused):
            require_seat(stranger, community, TODAY)


def test_a_seat_needs_a_committee_in_office(community: Community) -> None:
    with pytest.raises(UserError, match="no committee on the first day"):
        give(community)
    builders.committee(community)
    with pytest.raises(UserError, match="no committee on the first day"):
        give(community, valid_from=TERM_ENDS + DAY)
    assert not User.objects.exists()


@pytest.mark.usefixtures("committee")
def test_a_seat_does_not_outlast_the_term_or_end_before_it_begins(community: Community) -> None:
    for last, why in ((TERM_ENDS + DAY, "at the latest, on 31 December 2020"), (FIRST - DAY, "before its first day")):
        with pytest.raises(UserError, match=why):
            give(community, valid_to=last)
    assert give(community, valid_to=TODAY).valid_to == TODAY


@pytest.mark.usefixtures("committee")
def test_an_account_is_chosen_by_login_and_opened_with_a_name(community: Community) -> None:
    with pytest.raises(UserError, match="name is missing"):
        give(community, name="")
    give(community)
    other = builders.community(community.unit, "ชุมชนอื่น")
    builders.committee(other)
    with pytest.raises(UserError, match="somebody else's account"):
        give(other, name="ปิติ พอใจ")
    give(other, name="")
    assert User.objects.count() == 1
    assert {spoken.name for spoken in communities_spoken_for(acting(), TODAY)} == {community.name, "ชุมชนอื่น"}
    assert Membership.objects.count() == 1, "two seats over the same days lean on one role"


@pytest.mark.usefixtures("committee")
def test_somebody_holds_one_seat_in_a_community_at_a_time(community: Community) -> None:
    give(community)
    with pytest.raises(UserError, match="holds a seat in this community"):
        give(community, valid_from=TODAY)


@pytest.mark.usefixtures("committee")
@pytest.mark.parametrize("role", [Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR])
def test_who_decides_for_the_district_does_not_speak_for_a_community_of_it(community: Community, role: Role) -> None:
    officer = builders.user()
    give_role(actor=ROOT, user=officer, unit=community.unit, role=role, valid_from=FOUNDED, now=NOW)
    with pytest.raises(UserError, match="officer or director"):
        give(community, login=officer.login, name="")
    elsewhere = builders.community(builders.unit("5002"))
    builders.committee(elsewhere)
    assert give(elsewhere, login=officer.login, name="")


@pytest.mark.usefixtures("committee")
def test_a_closed_account_gets_no_seat(community: Community) -> None:
    user = builders.user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(UserError, match="is closed"):
        give(community, login=user.login, name="")


# Ending


@pytest.mark.usefixtures("committee")
def test_a_seat_that_ends_early_ends_the_role_with_it(community: Community) -> None:
    seat = give(community)
    end_seat(actor=ROOT, seat=seat, last_day=TODAY - DAY, now=NOW)
    assert communities_spoken_for(acting(on=TODAY - DAY), TODAY - DAY)
    assert acting().held == ()


@pytest.mark.usefixtures("committee")
def test_a_role_stays_while_another_seat_leans_on_it(community: Community) -> None:
    other = builders.community(community.unit, "ชุมชนอื่น")
    builders.committee(other)
    seat = give(community)
    give(other, name="", valid_from=date(2020, 3, 2))
    end_seat(actor=ROOT, seat=seat, last_day=TODAY - DAY, now=NOW)
    assert [spoken.name for spoken in communities_spoken_for(acting(), TODAY)] == ["ชุมชนอื่น"]
    require_seat(acting(on=TERM_ENDS), other, TERM_ENDS)


@pytest.mark.usefixtures("committee")
def test_a_seat_given_by_mistake_was_never_in_force(community: Community) -> None:
    seat = give(community, valid_from=TODAY)
    with pytest.raises(UserError, match="cannot lie before"):
        end_seat(actor=ROOT, seat=seat, last_day=TODAY - 2 * DAY, now=NOW)
    with pytest.raises(UserError, match="ends on 31 December 2020 already"):
        end_seat(actor=ROOT, seat=seat, last_day=TERM_ENDS + DAY, now=NOW)
    end_seat(actor=ROOT, seat=seat, last_day=TODAY - DAY, now=NOW)
    assert acting().held == ()
    assert give(community, name="", valid_from=TODAY + DAY), "the account can hold a seat again"


@pytest.mark.usefixtures("committee")
def test_a_role_that_somebody_else_gave_is_left_as_it_is(community: Community) -> None:
    user = builders.user("mana")
    give_role(actor=ROOT, user=user, unit=community.unit, role=Role.COMMUNITY_MEMBER, valid_from=FOUNDED, now=NOW)
    seat = give(community, name="")
    end_seat(actor=ROOT, seat=seat, last_day=TODAY - DAY, now=NOW)
    assert [held.role for held in acting().held] == [Role.COMMUNITY_MEMBER]
    assert communities_spoken_for(acting(), TODAY) == ()


# Passing on


@pytest.mark.usefixtures("committee")
def test_seats_pass_to_the_new_committee_and_old_ones_end_the_day_before(community: Community) -> None:
    give(community)
    give(community, "chujai", "ชูใจ เลิศล้ำ")
    new_committee(community, Holder("mana"), Holder("piti", "ปิติ พอใจ"))
    assert list(
        CommunitySeat.objects.order_by("valid_from", "user__login").values_list("user__login", "valid_from", "valid_to")
    ) == [
        ("chujai", FIRST, NEW_TERM - DAY),
        ("mana", FIRST, NEW_TERM - DAY),
        ("mana", NEW_TERM, date(2022, 5, 3)),
        ("piti", NEW_TERM, date(2022, 5, 3)),
    ]
    assert acting("chujai").held == ()
    for login in ("mana", "piti"):
        require_seat(acting(login), community, TODAY)


@pytest.mark.usefixtures("committee")
def test_nothing_is_passed_on_where_one_of_the_new_speakers_is_refused(community: Community) -> None:
    give(community)
    with pytest.raises(UserError):
        new_committee(community, Holder("piti", "ปิติ พอใจ"), Holder("nobody"))
    assert Committee.objects.count() == 1
    assert CommunitySeat.objects.get().valid_to == TERM_ENDS
    assert not User.objects.filter(login="piti").exists()
