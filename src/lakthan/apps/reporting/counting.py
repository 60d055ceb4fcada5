"""Which indicators of a fiscal year count a kind of record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lakthan.apps.indicators.models import Assignment
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.facts import FactKind


@dataclass(frozen=True, slots=True)
class CountingIndicator:
    """An indicator with its names."""

    code: str
    name_th: str
    name_en: str


def indicators_counting_meetings(purpose: str, fiscal_year: FiscalYear) -> tuple[CountingIndicator, ...]:
    """The indicators of the year whose formula counts meetings of this purpose, in order of code; one statement."""
    rows = Assignment.objects.filter(fiscal_year=fiscal_year.be).select_related("indicator", "definition")
    found = {
        row.indicator.code: CountingIndicator(row.indicator.code, row.indicator.name_th, row.indicator.name_en)
        for row in rows
        if any(
            query.get("fact") == FactKind.MEETING and _wanted(query, purpose)
            for query in _queries(row.definition.formula)
        )
    }
    return tuple(found[code] for code in sorted(found))


def _wanted(query: Mapping[str, object], purpose: str) -> bool:
    filters = query.get("filters")
    return not isinstance(filters, Mapping) or filters.get("purpose", purpose) == purpose


def _queries(formula: object) -> Iterator[Mapping[str, object]]:
    """Every question after facts in a formula as it is stored."""
    if isinstance(formula, Mapping):
        if "fact" in formula:
            yield formula
        for part in formula.values():
            yield from _queries(part)
