"""Pieces of wording that do not depend on the language."""

from collections.abc import Sequence
from decimal import Decimal

from lakthan.core.fiscal import FiscalYear
from lakthan.rules.formula.grammar import FactQuery


def any_of(words: Sequence[str], conjunction: str) -> str:
    """`a`, `a or b`, `a, b or c`; the conjunction comes with its own spaces."""
    return conjunction.join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def years_of(query: FactQuery, fiscal_year: FiscalYear) -> list[str]:
    """The B.E. years that a query's facts are booked to; none for any."""
    return [str(fiscal_year.be + offset) for offset in sorted(query.fiscal_years)]


def number_text(number: Decimal) -> str:
    """An exact number without trailing zeros or exponent: 5, 12.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
