"""How the pages about decisions, agreements and scores write their codes."""

from decimal import Decimal

from django import template

from lakthan.rules.decisions import DecisionKind, Duty
from lakthan.web.staff.results import wording
from lakthan.web.wording import exact_number

register = template.Library()


@register.filter
def decision_words(kind: DecisionKind) -> str:
    """Not applicable, cancelled, slowed ..."""
    return str(wording.KINDS[kind])


@register.filter
def duty_words(duty: Duty) -> str:
    """Measured as agreed, slowed ..."""
    return str(wording.DUTIES[duty])


@register.filter
def exact_or_dash(number: Decimal | None) -> str:
    """A number with the decimals it needs, or a dash where there is none."""
    return "–" if number is None else exact_number(number)
