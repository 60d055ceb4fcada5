"""All services of all apps, by app."""

from tests.apps.acts import budget, bureau, communities, desk, indicators, people, planning, reporting, reviews, scores
from tests.apps.acts.table import ACTS, Act, name_of

__all__ = [
    "ACTS",
    "Act",
    "budget",
    "bureau",
    "communities",
    "desk",
    "indicators",
    "name_of",
    "people",
    "planning",
    "reporting",
    "reviews",
    "scores",
]
