"""All services of all apps, by app."""

from tests.apps.acts import (
    after_decision,
    budget,
    bureau,
    communities,
    desk,
    indicators,
    people,
    planning,
    proposals,
    reporting,
    reviews,
    scores,
    uploads,
)
from tests.apps.acts.table import ACTS, Act, name_of

__all__ = [
    "ACTS",
    "Act",
    "after_decision",
    "budget",
    "bureau",
    "communities",
    "desk",
    "indicators",
    "name_of",
    "people",
    "planning",
    "proposals",
    "reporting",
    "reviews",
    "scores",
    "uploads",
]
