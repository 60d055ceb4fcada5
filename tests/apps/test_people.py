"""The city, its units with dated codes and groups, the people who act, and who acts for whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from lakthan.apps.ledger.models import Entry
from lakthan.apps.ledger.services import AlreadyRecorded
from lakthan.apps.people.models import City, Delegation, Unit, UnitCode, UnitGroupMembership, User
from lakthan.apps.people.selectors import actor_of, districts, operator, present, unit_by_code
from lakthan.apps.people.services import (
    delegate,
    give_code,
    give_role,
    place_in_group,
    register_unit,
    register_user,
    set_clock,
    set_password,
    set_up_city,
)
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.permissions import Held, Role
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT, TODAY

pytestmark = pytest.mark.django_db


def city(**more: Any) -> City:
    return set_up_city(actor=ROOT, name_th="เมืองตัวอย่าง", name_en="Sample City", now=NOW, **more)


# The city and its clock


def test_a_city_is_set_up_once() -> None:
    city()
    with pytest.raises(UserError, match="set up already"):
        city()


def test_a_demonstration_runs_on_its_simulated_clock() -> None:
    city(is_demonstration=True, simulated_now=builders.moment(FOUNDED))
    assert present() == builders.moment(FOUNDED)
    set_clock(actor=ROOT, city=City.objects.get(), simulated_now=NOW, now=NOW)
    assert present() == NOW


def test_a_real_city_has_no_simulated_clock() -> None:
    with pytest.raises(UserError, match="no simulated clock"):
        city(simulated_now=NOW)
    real = city()
    with pytest.raises(UserError, match="no simulated clock"):
        set_clock(actor=ROOT, city=real, simulated_now=NOW, now=NOW)


def test_a_city_has_a_name() -> None:
    with pytest.raises(UserError, match="name is missing"):
        set_up_city(actor=ROOT, name_th=" ", name_en="", now=NOW)


# Units


def change_code(unit: Unit, code: str, on: date) -> UnitCode:
    """A new four-digit code from a day on; the old one ends on the day before."""
    return give_code(
        actor=ROOT,
        unit=unit,
        scheme=UnitCode.Scheme.BMA4,
        code=code,
        valid_from=on,
        last_day=on - timedelta(days=1),
        now=NOW,
    )


def test_a_unit_has_a_name() -> None:
    with pytest.raises(UserError, match="name is missing"):
        register_unit(
            actor=ROOT, kind=Unit.Kind.DISTRICT, name_th=" ", name_en="", codes={}, valid_from=FOUNDED, now=NOW
        )


def test_a_unit_whose_code_is_taken_is_not_registered_at_all() -> None:
    builders.unit("5001")
    with pytest.raises(UserError, match="The code 5001 belongs to Sample 5001"):
        builders.unit("5001", Unit.Kind.BUREAU)
    assert Unit.objects.count() == 1
    assert Entry.objects.count() == 2


def test_a_code_is_free_again_when_its_unit_has_another() -> None:
    first, second = builders.unit("5001"), builders.unit("5002")
    change_code(first, "5099", date(2020, 1, 1))
    with pytest.raises(UserError, match="The code 5001 belongs to Sample 5001"):
        change_code(second, "5001", date(2019, 12, 31))
    change_code(second, "5001", date(2020, 1, 1))
    assert unit_by_code("5001", TODAY) == second


def test_a_new_code_is_in_use_from_its_day_on_and_the_old_one_until_the_day_before() -> None:
    unit = builders.unit("5001")
    change_code(unit, "5099", date(2020, 1, 1))
    assert unit_by_code("5001", date(2019, 12, 31)) == unit
    assert unit_by_code("5099", date(2020, 1, 1)) == unit
    with pytest.raises(NotFound):
        unit_by_code("5001", date(2020, 1, 1))


def test_a_code_cannot_begin_before_the_old_one_ends() -> None:
    with pytest.raises(UserError, match="The unit's code"):
        give_code(
            actor=ROOT,
            unit=builders.unit(),
            scheme=UnitCode.Scheme.BMA4,
            code="5099",
            valid_from=date(2019, 12, 30),
            last_day=date(2019, 12, 31),
            now=NOW,
        )


def test_a_district_is_in_one_group_on_any_day() -> None:
    unit = builders.unit(group=builders.group("north"))
    place_in_group(actor=ROOT, unit=unit, group=builders.group("south"), valid_from=date(2020, 1, 1), now=NOW)
    assert [row.group_code for row in districts(date(2019, 12, 31))] == ["north"]
    assert [row.group_code for row in districts(date(2020, 1, 1))] == ["south"]
    ended = UnitGroupMembership.objects.get(group__code="north")
    assert ended.valid_to == date(2019, 12, 31)


# People and roles


def test_a_person_without_login_or_name_is_refused() -> None:
    for login, name in ((" ", "สมชาย"), ("somchai", " ")):
        with pytest.raises(UserError, match="is missing"):
            register_user(actor=ROOT, login=login, name_th=name, now=NOW)


def test_a_login_belongs_to_one_person() -> None:
    builders.user("somchai")
    with pytest.raises(AlreadyRecorded), transaction.atomic():
        builders.user("somchai")
    assert User.objects.count() == 1


def test_nobody_can_sign_in_with_a_new_account() -> None:
    assert not builders.user().has_usable_password()


def test_a_person_acts_with_the_roles_of_the_day() -> None:
    unit, user = builders.unit(), builders.user()
    give_role(
        actor=ROOT, user=user, unit=unit, role=Role.REPORTER, valid_from=FOUNDED, valid_to=date(2019, 12, 31), now=NOW
    )
    give_role(actor=ROOT, user=user, unit=unit, role=Role.REVIEWER, valid_from=date(2020, 1, 1), now=NOW)
    assert actor_of(user, date(2019, 12, 31)).held == (Held(Role.REPORTER, str(unit.pk)),)
    assert actor_of(user, TODAY).held == (Held(Role.REVIEWER, str(unit.pk)),)
    assert actor_of(user, TODAY).id == f"user:{user.pk}"


def test_an_account_that_is_not_active_has_no_roles() -> None:
    user = builders.user()
    give_role(actor=ROOT, user=user, unit=builders.unit(), role=Role.REPORTER, valid_from=FOUNDED, now=NOW)
    user.is_active = False
    assert actor_of(user, TODAY).held == ()


def test_the_operator_is_named_by_the_login() -> None:
    assert operator("somchai").id == "operator:somchai"
    assert operator("somchai").held == (Held(Role.OPERATOR),)


def test_a_role_cannot_end_before_it_begins() -> None:
    with pytest.raises(UserError, match="term of the role"):
        give_role(
            actor=ROOT,
            user=builders.user(),
            unit=builders.unit(),
            role=Role.REPORTER,
            valid_from=TODAY,
            valid_to=FOUNDED,
            now=NOW,
        )


# Delegations


def order(**more: Any) -> Delegation:
    usual: dict[str, Any] = {
        "office": "ปลัดกรุงเทพมหานคร",
        "deputy_office": "รองปลัดกรุงเทพมหานคร",
        "order_number": "คำสั่ง 1/2563",
        "valid_from": FOUNDED,
    }
    return delegate(actor=ROOT, unit=builders.unit(), kind=Delegation.Kind.ACTING_FOR, now=NOW, **{**usual, **more})


def test_an_office_acts_for_another_under_a_numbered_order() -> None:
    row = order()
    assert (row.office, row.deputy_office, row.order_number) == (
        "ปลัดกรุงเทพมหานคร",
        "รองปลัดกรุงเทพมหานคร",
        "คำสั่ง 1/2563",
    )


def test_a_person_may_act_for_an_office() -> None:
    deputy = builders.user()
    assert order(deputy=deputy, deputy_office="").deputy == deputy


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("deputy_office", " ", "Who acts is missing"),
        ("office", " ", "The office is missing"),
        ("order_number", "", "The order's number is missing"),
        ("valid_to", date(2017, 9, 30), "The term of the order"),
    ],
)
def test_an_order_that_leaves_out_who_or_by_what_or_ends_too_early_is_refused(
    field: str, value: object, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        order(**{field: value})
    assert not Delegation.objects.exists()


def test_registering_a_person_asks_for_no_password_and_stores_none() -> None:
    builders.user()
    assert User.objects.get().password.startswith("!")


# Passwords, addresses and handed-over roles


def test_a_password_opens_the_account_and_leaves_nothing_of_itself_in_the_ledger() -> None:
    user, phrase = builders.user(), "a long enough phrase"
    set_password(actor=ROOT, user=user, password=phrase, now=NOW)
    assert User.objects.get().check_password(phrase)
    entry = Entry.objects.get(act="people.set_password")
    assert entry.subject_id == user.pk
    assert "argon2" not in entry.body
    assert phrase not in entry.body


def test_the_same_password_twice_at_the_same_moment_is_entered_twice() -> None:
    user = builders.user()
    for _ in range(2):
        set_password(actor=ROOT, user=user, password="a long enough phrase", now=NOW)  # noqa: S106
    assert Entry.objects.filter(act="people.set_password").count() == 2


@pytest.mark.parametrize(("weak", "says"), [("short", "at least 12 characters"), ("password1234", "tried first")])
def test_a_weak_password_is_refused_in_both_languages(weak: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as refused:
        set_password(actor=ROOT, user=builders.user(), password=weak, now=NOW)
    assert "รหัสผ่าน" in refused.value.th
    assert not User.objects.get().has_usable_password()


def test_an_address_is_personal_and_must_be_one() -> None:
    register_user(actor=ROOT, login="somsri", name_th="สมศรี", email="somsri@city.example", now=NOW)
    assert "somsri@city.example" not in Entry.objects.get(act="people.register_user").body
    with pytest.raises(UserError, match="not an e-mail address"):
        register_user(actor=ROOT, login="somsak", name_th="สมศักดิ์", email="somsak", now=NOW)


def test_a_role_that_is_handed_over_is_held_under_its_order_while_the_order_is_in_force() -> None:
    deputy = builders.user()
    row = order(deputy=deputy, deputy_office="", role=Role.UNIT_HEAD, valid_from=TODAY, valid_to=TODAY)
    assert actor_of(deputy, TODAY).held == (Held(Role.UNIT_HEAD, str(row.unit_id), delegation=str(row.pk)),)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        assert actor_of(deputy, day).held == ()


def test_an_order_without_a_role_gives_none() -> None:
    deputy = builders.user()
    order(deputy=deputy, deputy_office="")
    assert actor_of(deputy, TODAY).held == ()


def test_a_role_is_not_handed_to_an_office() -> None:
    with pytest.raises(UserError, match="handed to a user"):
        order(role=Role.UNIT_HEAD)
