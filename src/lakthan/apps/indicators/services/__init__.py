"""Writes of the plan tree, indicators, definitions, assignments and targets.

A definition is never changed: a new version follows it. A target is changed by a decision with a document once a
period of its year is open.
"""

from lakthan.apps.indicators.services.assignments import Goal, assign, record_baseline
from lakthan.apps.indicators.services.definitions import (
    Defined,
    Identity,
    Words,
    add_definition,
    choose_level,
    create_indicator,
    define_indicator,
    set_identity,
)
from lakthan.apps.indicators.services.plans import add_plan_node, add_plan_version

__all__ = [
    "Defined",
    "Goal",
    "Identity",
    "Words",
    "add_definition",
    "add_plan_node",
    "add_plan_version",
    "assign",
    "choose_level",
    "create_indicator",
    "define_indicator",
    "record_baseline",
    "set_identity",
]
