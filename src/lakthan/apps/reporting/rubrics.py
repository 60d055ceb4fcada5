"""Which rubric the reporting of a fiscal year is scored by."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from lakthan.apps.reporting.models import Rubric as Stored
from lakthan.core.fiscal import FiscalYear
from lakthan.rules import rubric


def rubric_data(fiscal_year: FiscalYear) -> dict[str, Any]:
    """The newest version that the city adopted for the year or an earlier one, or else the default, as plain data."""
    adopted = Stored.objects.filter(first_year__lte=fiscal_year.be).order_by("-first_year", "-number").first()
    return dict(rubric.DEFAULT if adopted is None else adopted.body)


def adopted_rubrics() -> Mapping[int, rubric.Rubric]:
    """The versions that the city adopted, by the fiscal year from which each holds; the newest where two do."""
    rows = Stored.objects.order_by("first_year", "number").values_list("first_year", "body")
    return {first_year: rubric.parse_rubric(body) for first_year, body in rows}


def rubric_in(adopted: Mapping[int, rubric.Rubric], fiscal_year: int) -> rubric.Rubric:
    """The one of `adopted_rubrics` that holds in a year, or else the default."""
    first = max((year for year in adopted if year <= fiscal_year), default=None)
    return _default() if first is None else adopted[first]


@cache
def _default() -> rubric.Rubric:
    return rubric.parse_rubric(rubric.DEFAULT)
