"""Which scheme the agencies of a fiscal year are scored by."""

from lakthan.apps.reporting.models import ScoringScheme
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.scoring import DEFAULT, Scheme, parse_scheme


def scheme_of(fiscal_year: FiscalYear) -> Scheme:
    """The newest version that the city adopted for the year or an earlier one, or else the default."""
    adopted = ScoringScheme.objects.filter(first_year__lte=fiscal_year.be).order_by("-first_year", "-number").first()
    return parse_scheme(DEFAULT if adopted is None else adopted.body)
