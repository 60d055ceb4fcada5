"""The history of a community: nothing that belongs to one is left out, and every act has words in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils import translation

import lakthan.apps
from lakthan.apps.communities.models import Community
from lakthan.apps.planning.community_history import BELONGINGS, Page, places_of
from lakthan.apps.planning.models import ActionPlanConfirmation, WorkingPlan
from lakthan.web.staff.communities.history_wording import ABOUT, ACTS, DAYS, FIELDS, UNSAID
from tests.apps import builders
from tests.apps.acts import ACTS as SERVICES

COLLECTED = {kind.model for kind in BELONGINGS}
LABELS = {model._meta.label_lower for model in COLLECTED}
OF_THE_DISTRICT = frozenset({"planning.open_action_plan"})
"""Acts of the rooms below that concern a district, no community."""
OF_THE_BUREAU = frozenset(
    f"planning.{verb}"
    for verb in (
        "request_data",
        "ask_unit",
        "answer_request",
        "remind",
        "close_request",
        "open_project",
        "approve_project",
        "plan_activity",
        "report_progress",
    )
)


def points_to(model: type[Model], targets: set[type[Model]]) -> bool:
    keys = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    return any(field.related_model in targets for field in keys)


def test_every_record_that_points_to_one_of_a_community_is_collected() -> None:
    found: set[type[Model]] = {Community}
    while more := {model for model in apps.get_models() if points_to(model, found)} - found:
        found |= more
    assert found - COLLECTED == {WorkingPlan}, "what is typed and not saved is no act"
    assert COLLECTED - found == {ActionPlanConfirmation}, "the list that its projects stand in"


def acts_of_services() -> Iterator[str]:
    """Acts that the table of services names, and those that stand in the source without a row of their own."""
    for service in SERVICES:
        yield from (act for act, kind in service.entries if kind in LABELS)
    rooms = Path(lakthan.apps.__file__).parent
    for room in ("communities", "planning"):
        for source in sorted((rooms / room).rglob("*.py")):
            yield from re.findall(r'act="((?:communities|planning)\.\w+)"', source.read_text("utf-8"))


@pytest.mark.parametrize("act", sorted({*acts_of_services()} - OF_THE_DISTRICT - OF_THE_BUREAU))
def test_every_act_about_a_community_has_words_in_both_languages(act: str) -> None:
    assert act in ACTS, "give it words in web/staff/communities/history_wording.py"
    with translation.override("en"):
        english = str(ACTS[act])
    with translation.override("th"):
        thai = str(ACTS[act])
    assert re.search("[ก-๙]", thai), act
    assert not re.search("[ก-๙_]", english), act


def test_no_words_are_kept_for_acts_that_nobody_writes() -> None:
    assert {act for act in ACTS if not act.startswith("ledger.")} - {*acts_of_services()} == set()


@pytest.mark.parametrize("model", sorted(COLLECTED, key=lambda model: model.__name__))
def test_every_field_is_shown_or_known_to_be_said_elsewhere(model: type[Model]) -> None:
    names = {field.name for field in model._meta.concrete_fields}
    assert names - set(FIELDS) - UNSAID == set(), "a field of the history needs words"


def test_words_of_fields_are_of_fields_that_there_are() -> None:
    names = {field.name for model in COLLECTED for field in model._meta.concrete_fields}
    assert set(FIELDS) | UNSAID == names
    assert set(DAYS) <= LABELS
    assert set(ABOUT) == {kind.about for kind in BELONGINGS}


@pytest.mark.django_db
def test_the_records_of_another_community_stay_with_it() -> None:
    home = builders.unit()
    one, other = builders.community(home), builders.community(home, "ชุมชนอื่น")
    plan = builders.action_plan(home)
    for item, row in enumerate((one, other), start=1):
        builders.inclusion(builders.plan(row).projects.get(), plan, item)
        builders.meeting(home, row)
    of_one, of_other = places_of(one, shows_names=True), places_of(other, shows_names=True)
    assert set(of_one) & set(of_other) == set()
    assert {place.page for place in of_one.values()} == {Page.COMMUNITY, Page.PLAN, Page.PROJECT, Page.MEETING}


@pytest.mark.django_db
def test_who_speaks_for_a_community_is_named_only_where_names_are_shown() -> None:
    row = builders.community(builders.unit())
    seat = builders.seat(row)
    assert places_of(row, shows_names=True)[seat.pk].label == "มานะ รักดี"
    assert places_of(row, shows_names=False)[seat.pk].label == ""
