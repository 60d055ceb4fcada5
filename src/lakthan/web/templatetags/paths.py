"""Words of a project's path."""

from django import template

from lakthan.rules.after_decision import Work
from lakthan.web.staff.paths.wording import OUTCOMES, WAYS, WORKS

register = template.Library()


@register.filter
def work_words(state: Work) -> str:
    """Not begun, under way, done, stopped."""
    return str(WORKS[state])


@register.filter
def of_year(words: str, year: int) -> str:
    """Words with the year that they leave open."""
    return str(words) % {"year": year}


@register.filter
def way_of_notice(way: str) -> str:
    """By letter or by e-mail."""
    return str(WAYS[way])


@register.filter
def outcome_of_notice(outcome: str) -> str:
    """What became of an e-mail."""
    return str(OUTCOMES[outcome])
