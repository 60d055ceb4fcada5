"""Build the demonstration city, or a city of units only."""

from collections.abc import Callable

from django.db import transaction

from lakthan.apps.identifiers import deterministic
from lakthan.apps.people.selectors import operator
from lakthan.apps.people.services import set_up_city
from lakthan.demo import (
    after_decision,
    agreements,
    bureau,
    communities,
    confirmations,
    decisions,
    indicators,
    meetings,
    money,
    people,
    plans,
    proposals,
    reports,
)
from lakthan.demo.stage import PRESENT, SEED, Stage
from lakthan.exchange.bangkok import load_plan, load_units
from lakthan.rules.permissions import Actor

Tell = Callable[[str], None]


def build_city(tell: Tell) -> None:
    """The whole demonstration city, in one transaction: all of it or nothing."""
    with transaction.atomic(), deterministic(SEED):
        _set_up()
        tell("units, plan and accounts")
        _act(people.people_the_stage(), tell)


def _act(stage: Stage, tell: Tell) -> None:
    """The year, part by part."""
    tell("indicators and periods")
    defined = indicators.define(stage)
    tell("2,068 communities with committees")
    communities.register(stage)
    tell("community plans of 2562")
    plans_2562 = plans.make_plans_of_2562(stage)
    tell("the bureau's project, briefings and money")
    project = bureau.run_project(stage)
    bureau.brief_communities(stage)
    money.move_money(stage)
    tell("community plans of 2563")
    plans_2563 = plans.make_plans_of_2563(stage, plans_2562)
    tell("inclusions and declined projects")
    decisions.decide(stage, plans_2562, plans_2563)
    tell("requests, steps, reported values and reports")
    bureau.ask_for_summaries(stage)
    indicators.feed(stage, defined, project)
    reports.write(stage)
    agreements.agree_and_score(stage)
    tell("letters to communities and the work on projects")
    after_decision.follow(stage)
    confirmations.confirm(stage)
    communities.give_seats(stage)
    proposals.prepare(stage)
    meetings.look_ahead(stage)


def build_empty_city(tell: Tell) -> None:
    """A demonstration city with its units and plan and nothing else, on the same simulated clock."""
    with transaction.atomic(), deterministic(SEED):
        actor = _set_up()
        tell("units and plan")
        load_units(actor=actor, now=PRESENT)
        load_plan(actor=actor, now=PRESENT)


def _set_up() -> Actor:
    actor = operator("demonstration")
    set_up_city(
        actor=actor,
        name_th="กรุงเทพมหานคร (เมืองสาธิต)",
        name_en="Bangkok (demonstration city)",
        is_demonstration=True,
        simulated_now=PRESENT,
        now=PRESENT,
    )
    return actor
