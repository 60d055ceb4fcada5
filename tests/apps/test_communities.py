"""The community register: names and codes, dated statuses, committees, and when a community is eligible."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.communities.models import CommitteeJudgement, Community, CommunityStatus
from lakthan.apps.communities.selectors import histories, reasons_not_eligible
from lakthan.apps.communities.services import (
    NewCommunity,
    change_status,
    describe_community,
    judge_committee,
    register_communities,
    seat_committee,
)
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import Unit, UnitCode
from lakthan.apps.people.services import give_code, register_unit
from lakthan.core.errors import UserError
from lakthan.rules.eligibility import Basis, Ineligibility, Status, belongs
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY
from tests.apps.own_database import OwnDatabase

TOMORROW = TODAY + timedelta(days=1)
DAY = date(2020, 3, 2)
DAY_BEFORE = date(2020, 3, 1)


@pytest.fixture
def home(db: None) -> Unit:
    return builders.unit("5001")


@pytest.fixture
def community(home: Unit) -> Community:
    return builders.community(home)


def register(home: Unit, *names: str, on: date = FOUNDED, sub_district: str = "") -> list[Community]:
    new = [NewCommunity(name, Community.Type.URBAN, sub_district) for name in names]
    return list(register_communities(actor=ROOT, unit=home, communities=new, effective_on=on, now=NOW))


def judge(community: Community, able: bool, on: date = FOUNDED, reason: str = "") -> CommitteeJudgement:
    return judge_committee(actor=ROOT, community=community, effective_on=on, able=able, reason=reason, now=NOW)


def become(community: Community, status: Status, on: date = DAY, document: str = "หนังสือ 9/2563") -> CommunityStatus:
    return change_status(actor=ROOT, community=community, status=status, effective_on=on, document=document, now=NOW)


# Names and codes


def test_codes_are_the_district_s_code_and_a_running_number(home: Unit) -> None:
    register(home, "ชุมชนหนึ่ง", "ชุมชนสอง")
    register(home, "ชุมชนสาม")
    register(builders.unit("5002"), "ชุมชนหนึ่ง")
    assert list(Community.objects.order_by("code").values_list("code", "name")) == [
        ("5001-0001", "ชุมชนหนึ่ง"),
        ("5001-0002", "ชุมชนสอง"),
        ("5001-0003", "ชุมชนสาม"),
        ("5002-0001", "ชุมชนหนึ่ง"),
    ]


def test_a_code_is_that_of_the_district_on_the_day_of_registration(home: Unit) -> None:
    give_code(
        actor=ROOT, unit=home, scheme=UnitCode.Scheme.BMA4, code="5099", valid_from=DAY, last_day=DAY_BEFORE, now=NOW
    )
    first, second = register(home, "ชุมชนหนึ่ง", on=DAY_BEFORE), register(home, "ชุมชนสอง", on=DAY)
    assert (first[0].code, second[0].code) == ("5001-0001", "5099-0002")


def test_a_district_without_a_code_registers_nothing(db: None) -> None:
    nameless = register_unit(
        actor=ROOT, kind=Unit.Kind.DISTRICT, name_th="เขต", name_en="District", codes={}, valid_from=FOUNDED, now=NOW
    )
    with pytest.raises(UserError, match="District has no agency code"):
        register(nameless, "ชุมชนหนึ่ง")


@pytest.mark.parametrize(
    "again",
    ["ชุมชน นำโชค 2", " ชุมชน  นำโชค 2 ", "ชุมชน นำโชค ๒", "ชุมชน น\u0e4d\u0e32โชค 2", "ชุมชน\u200b นำโชค 2"],
    ids=["the same", "more white space", "Thai digits", "SARA AM in two pieces", "an invisible character"],
)
def test_a_name_is_registered_once_in_a_district_however_it_is_typed(home: Unit, again: str) -> None:
    register(home, "ชุมชน นำโชค 2")
    for names in ([again], ["ชุมชนใหม่", again]):
        with pytest.raises(UserError, match=r"Sample 5001 has a community named .* already"):
            register(home, *names)
    assert Community.objects.count() == 1
    assert register(builders.unit("5002"), again)


def test_a_name_does_not_stand_twice_in_one_list(home: Unit) -> None:
    with pytest.raises(UserError, match="already"):
        register(home, "ชุมชนหนึ่ง", "ชุมชนสอง", "ชุมชนหนึ่ง ")
    assert not Community.objects.exists()


def test_a_name_is_kept_without_the_white_space_around_it(home: Unit) -> None:
    assert register(home, "  ชุมชนหนึ่ง\n", sub_district=" แขวง ")[0].name == "ชุมชนหนึ่ง"
    assert Community.objects.get().sub_district == "แขวง"


@pytest.mark.parametrize(
    ("name", "sub_district", "says"),
    [
        (" ", "", "The community's name is missing"),
        ("ก" * 201, "", "The community's name has 201 characters, more than 200"),
        ("ก", "ข" * 101, "The sub-district's name has 101 characters, more than 100"),
    ],
)
def test_a_name_is_neither_empty_nor_longer_than_every_database_keeps(
    home: Unit, name: str, sub_district: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        register(home, name, sub_district=sub_district)


def test_the_longest_names_are_kept_whole(home: Unit) -> None:
    register(home, "ก" * 200, sub_district="ข" * 100)
    stored = Community.objects.get()
    assert (len(stored.name), len(stored.sub_district)) == (200, 100)


def test_nobody_is_registered_tomorrow(home: Unit) -> None:
    with pytest.raises(UserError, match="in the future"):
        register(home, "ชุมชนหนึ่ง", on=TOMORROW)


def test_a_type_and_a_sub_district_can_be_corrected(community: Community) -> None:
    describe_community(
        actor=ROOT, community=community, kind=Community.Type.HIGH_RISE, sub_district=" แขวงใหม่ ", now=NOW
    )
    stored = Community.objects.get()
    assert (stored.type, stored.sub_district) == ("high-rise", "แขวงใหม่")


def test_two_who_register_at_once_get_different_codes(own_database: OwnDatabase) -> None:
    home = builders.unit("5001")
    with transaction.atomic():
        register(home, "ชุมชนหนึ่ง")
        rival = own_database.rival(lambda: register(Unit.objects.get(), "ชุมชนสอง"))
        assert rival.is_waiting()
    assert rival.join().refusal is None
    assert sorted(Community.objects.values_list("code", flat=True)) == ["5001-0001", "5001-0002"]


def test_of_two_who_register_the_same_name_at_once_one_is_refused(own_database: OwnDatabase) -> None:
    home = builders.unit("5001")
    with transaction.atomic():
        register(home, "ชุมชนหนึ่ง")
        rival = own_database.rival(lambda: register(Unit.objects.get(), "ชุมชนหนึ่ง "))
        assert rival.is_waiting()
    assert "has a community named" in str(rival.join().refusal)


# Statuses


def test_a_status_stands_on_a_document_is_not_of_tomorrow_and_one_of_its_day(community: Community) -> None:
    with pytest.raises(UserError, match="The document is missing"):
        become(community, Status.DISSOLVED, document=" ")
    with pytest.raises(UserError, match="in the future"):
        become(community, Status.DISSOLVED, TOMORROW)
    become(community, Status.BEING_DISSOLVED)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        become(community, Status.DISSOLVED)
    assert CommunityStatus.objects.count() == 2


# Committees


def seat(community: Community, **more: Any) -> None:
    usual: dict[str, Any] = {"effective_on": DAY, "term_ends_on": date(2022, 3, 1), "houses": 120, "members": 7}
    seat_committee(actor=ROOT, community=community, now=NOW, **{**usual, **more})


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("effective_on", TOMORROW, "in the future"),
        ("term_ends_on", DAY_BEFORE, "The committee's term"),
        ("houses", -1, "must not be negative"),
        ("members", -1, "must not be negative"),
    ],
)
def test_a_committee_is_refused(community: Community, field: str, value: object, says: str) -> None:
    with pytest.raises(UserError, match=says):
        seat(community, **{field: value})


def test_a_committee_begins_on_a_day_once(community: Community) -> None:
    seat(community)
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        seat(community)


def test_that_a_committee_cannot_work_needs_a_reason_and_that_it_can_does_not(community: Community) -> None:
    with pytest.raises(UserError, match="The reason is missing"):
        judge(community, able=False, reason=" ")
    assert judge(community, able=True).reason == ""
    assert judge(community, able=False, on=DAY, reason="กรรมการลาออก").able is False


def test_a_judgement_of_tomorrow_is_refused(community: Community) -> None:
    with pytest.raises(UserError, match="in the future"):
        judge(community, able=True, on=TOMORROW)


# Eligible on a day


def test_a_community_is_eligible_from_the_day_on_which_its_committee_is_judged_able(community: Community) -> None:
    judge(community, able=True, on=DAY)
    assert reasons_not_eligible(community, DAY_BEFORE) == (Ineligibility.COMMITTEE_NOT_JUDGED,)
    assert reasons_not_eligible(community, DAY) == ()


def test_it_is_not_while_the_committee_is_judged_unable(community: Community) -> None:
    judge(community, able=True)
    judge(community, able=False, on=DAY, reason="กรรมการลาออก")
    assert reasons_not_eligible(community, DAY_BEFORE) == ()
    assert reasons_not_eligible(community, DAY) == (Ineligibility.COMMITTEE_UNABLE,)


def test_it_is_not_before_its_registration(community: Community) -> None:
    judge(community, able=True)
    assert reasons_not_eligible(community, FOUNDED - timedelta(days=1)) == (Ineligibility.NOT_REGISTERED,)


def test_it_is_not_from_the_day_on_which_its_dissolution_begins(community: Community) -> None:
    judge(community, able=True)
    become(community, Status.BEING_DISSOLVED, DAY)
    become(community, Status.DISSOLVED, TODAY)
    assert reasons_not_eligible(community, DAY_BEFORE) == ()
    assert reasons_not_eligible(community, DAY) == (Ineligibility.BEING_DISSOLVED,)
    assert reasons_not_eligible(community, TODAY) == (Ineligibility.DISSOLVED,)


def test_it_stands_in_the_register_until_it_is_dissolved(community: Community) -> None:
    become(community, Status.BEING_DISSOLVED, DAY)
    become(community, Status.DISSOLVED, TODAY)
    history = histories([community.pk])[community.pk]
    assert [belongs(history, Basis.REGISTERED, day) for day in (FOUNDED, DAY, TODAY)] == [True, True, False]


def test_histories_of_some_are_those_of_all(home: Unit) -> None:
    first, second = register(home, "ชุมชนหนึ่ง", "ชุมชนสอง")
    judge(first, able=True)
    assert histories([first.pk]) == {first.pk: histories()[first.pk]}
    assert histories().keys() == {first.pk, second.pk}
