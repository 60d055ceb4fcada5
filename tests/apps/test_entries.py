"""Entries of the ledger: what they hold, that they stay verifiable, and that they give no person away."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from lakthan.apps.communities.models import Committee, Community
from lakthan.apps.communities.services import describe_community
from lakthan.apps.identifiers import deterministic
from lakthan.apps.indicators.models import PlanVersion
from lakthan.apps.indicators.services import add_plan_version
from lakthan.apps.ledger.models import Entry, PersonalValue
from lakthan.apps.ledger.services import change, create, erase_personal_values
from lakthan.apps.people.models import City, User
from lakthan.apps.people.services import set_clock, set_up_city
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Actor, Held, Refused, Role
from lakthan.sealing.canonical import canonical_bytes, leaf_hash, personal_digest
from tests.apps import builders
from tests.apps.builders import NOW, ROOT

pytestmark = pytest.mark.django_db


def bodies() -> list[dict[str, Any]]:
    """The bodies of all entries in the order of their making."""
    return [json.loads(body) for body in Entry.objects.order_by("pk").values_list("body", flat=True)]


def history() -> None:
    """A little of everything."""
    home = builders.unit()
    builders.user()
    community = builders.community(home)
    builders.committee(community)
    builders.inclusion(builders.plan(community).projects.get(), builders.action_plan(home))
    builders.disbursement(builders.transfer(home))
    builders.assignment(home)


def demonstration() -> City:
    """A city with a simulated clock."""
    return set_up_city(
        actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=builders.moment(), now=NOW
    )


# The body


def test_the_leaf_hash_recomputes_from_the_body() -> None:
    history()
    assert Entry.objects.exists()
    for entry in Entry.objects.all():
        assert entry.leaf_hash == leaf_hash(entry.body.encode())


def test_a_body_is_canonical_json() -> None:
    history()
    for body in Entry.objects.values_list("body", flat=True):
        assert canonical_bytes(json.loads(body)).decode() == body


def test_a_body_states_its_schema_and_the_moment_of_its_entry() -> None:
    city = demonstration()
    entry = Entry.objects.get(subject_id=city.pk)
    body = json.loads(entry.body)
    assert body["schema"] == 1
    assert body["recorded_at"] == NOW.isoformat() == "2020-06-01T10:00:00+07:00"
    assert entry.recorded_at == NOW


def test_a_float_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(TypeError, match="no floats"), transaction.atomic():
        add_plan_version(
            actor=ROOT,
            code="phase2",
            name_th="ระยะที่ 2",
            name_en="Phase 2",
            first_year=FiscalYear(2561),
            last_year=FiscalYear(2565),
            level_names=[{"weight": 0.5}],  # type: ignore[list-item]
            now=NOW,
        )
    assert not PlanVersion.objects.exists()
    assert not Entry.objects.exists()


# The chain of a row's states


def test_what_an_entry_says_after_is_what_the_next_says_before() -> None:
    city = demonstration()
    set_clock(actor=ROOT, city=City.objects.get(), simulated_now=builders.moment(builders.FOUNDED), now=NOW)
    community = builders.community(builders.unit())
    describe_community(actor=ROOT, community=community, kind=Community.Type.CROWDED, sub_district="แขวงอื่น", now=NOW)
    for subject in (city.pk, community.pk):
        first, second = (body for body in bodies() if body["subject"]["id"] == str(subject))
        assert first["before"] is None
        assert first["after"] == second["before"] != second["after"]


def test_what_stood_before_is_read_from_the_database_not_from_an_old_copy() -> None:
    community = builders.community(builders.unit())
    stale = Community.objects.get()
    for copy, place in ((community, "แขวงหนึ่ง"), (stale, "แขวงสอง")):
        describe_community(actor=ROOT, community=copy, kind=Community.Type.URBAN, sub_district=place, now=NOW)
    assert [body["before"]["sub_district"] for body in bodies()[-2:]] == ["แขวงตัวอย่าง", "แขวงหนึ่ง"]


def test_a_change_that_changes_nothing_enters_nothing() -> None:
    community = builders.community(builders.unit())
    entries = Entry.objects.count()
    describe_community(actor=ROOT, community=community, kind=Community.Type.URBAN, sub_district="แขวงตัวอย่าง", now=NOW)
    assert Entry.objects.count() == entries


def test_a_row_that_points_to_a_row_of_another_unit_is_refused() -> None:
    foreign = builders.community(builders.unit("5001"))
    row = Committee(
        unit=builders.unit("5002"),
        community=foreign,
        effective_on=builders.TODAY,
        term_ends_on=builders.TODAY,
        houses=1,
        members=7,
    )
    with pytest.raises(ValueError, match=r"communities\.Committee\.community points to a row of another unit"):
        create(ROOT, row, act="communities.seat_committee", now=NOW)
    assert not Committee.objects.exists()


# Persons


PERSONAL: Mapping[str, set[str]] = {
    "people.user": {"email", "login", "name_th", "name_en"},
    "communities.committee": {"chair_name", "chair_phone"},
    "reporting.report": {"signature"},
}


def test_the_fields_in_which_persons_stand_are_personal() -> None:
    found = {
        model._meta.label_lower: set(model.personal_fields)
        for model in apps.get_models()
        if getattr(model, "personal_fields", None)
    }
    assert found == PERSONAL


def test_no_body_holds_a_personal_value() -> None:
    history()
    user, committee = User.objects.get(), Committee.objects.get()
    for row in (user, committee):
        for field in PERSONAL[row._meta.label_lower]:
            value = getattr(row, field)
            assert value
            assert [body for body in Entry.objects.values_list("body", flat=True) if value in body] == []


def test_a_digest_stands_in_its_place_and_verifies_with_the_salt_kept_aside() -> None:
    user = builders.user()
    after = bodies()[-1]["after"]
    kept = {value.name: value for value in PersonalValue.objects.filter(entry__subject_id=user.pk)}
    assert kept.keys() == PERSONAL["people.user"]
    for name, value in kept.items():
        assert value.value == getattr(user, name)
        assert after[name] == {"digest": personal_digest(bytes(value.salt), value.value)}


def test_the_same_name_has_another_digest_each_time() -> None:
    for login in ("one", "two"):
        builders.user(login)
    digests = [body["after"]["name_th"]["digest"] for body in bodies()]
    assert len(set(digests)) == 2


def test_a_change_keeps_a_person_out_of_both_sides() -> None:
    user = builders.user()
    change(ROOT, user, act="people.rename_user", now=NOW, name_th="สมหญิง ใจงาม")
    body = Entry.objects.order_by("pk").values_list("body", flat=True)[1]
    assert "สมชาย" not in body
    assert "สมหญิง" not in body
    sides = PersonalValue.objects.filter(name="name_th", entry__body=body).values_list("side", "value")
    assert set(sides) == {("before", "สมชาย ใจดี"), ("after", "สมหญิง ใจงาม")}


def test_an_empty_personal_field_says_that_it_is_empty() -> None:
    builders.committee(builders.community(builders.unit()))
    committee = Committee.objects.get()
    change(ROOT, committee, act="communities.seat_committee", now=NOW, chair_phone="")
    assert bodies()[-1]["after"]["chair_phone"] == ""


def test_erasing_personal_values_leaves_the_entries_verifiable() -> None:
    history()
    user = User.objects.get()
    name = user.name_th
    before = list(Entry.objects.order_by("pk").values_list("body", "leaf_hash"))
    others = PersonalValue.objects.exclude(entry__subject_id=user.pk).count()
    assert erase_personal_values(actor=ROOT, row=user, now=NOW) >= 3
    assert PersonalValue.objects.count() == others > 0
    *kept, erasure = Entry.objects.order_by("pk").values_list("body", "leaf_hash")
    assert kept == before
    assert all(leaf_hash(body.encode()) == digest for body, digest in [*kept, erasure])
    assert json.loads(erasure[0])["act"] == "ledger.erase_personal_values"
    user.refresh_from_db()
    assert name not in (user.login, user.name_th, user.name_en)


def test_erasing_personal_values_needs_the_permission_to_manage_people() -> None:
    user = builders.user()
    officer = Actor("user:1", (Held(Role.DISTRICT_OFFICER, str(builders.unit().pk)),))
    with pytest.raises(Refused):
        erase_personal_values(actor=officer, row=user, now=NOW)
    assert PersonalValue.objects.filter(entry__subject_id=user.pk).exists()


def test_an_actor_is_an_identifier_not_a_name() -> None:
    home = builders.unit()
    actor = Actor(f"user:{builders.user().pk}", ROOT.held)
    entry = create(actor, Community(unit=home, code="5001-0001", name="ชุมชน", type="urban"), act="a.b", now=NOW)
    assert Entry.objects.get(subject_id=entry.pk).actor == actor.id


# The same seed


def test_the_same_seed_gives_the_same_identifiers_and_hashes() -> None:
    first, second = made_with("seed"), made_with("seed")
    assert first == second
    assert len(first) == 15


def test_another_seed_gives_others() -> None:
    assert not set(made_with("seed")) & set(made_with("another"))


def made_with(seed: str) -> list[tuple[object, ...]]:
    """Identifiers and hashes of the entries of a history made with a seed, which is then undone."""
    with transaction.atomic(), deterministic(seed):
        history()
        rows: list[tuple[object, ...]] = list(Entry.objects.order_by("pk").values_list("pk", "leaf_hash"))
        transaction.set_rollback(True)
    return rows
