"""How the pages of the desk write kinds of formula, classes and numbers."""

from collections.abc import Collection

from django import template

from lakthan.web.staff.desk import wording
from lakthan.web.wording import in_language

register = template.Library()


@register.filter
def kind_words(kind: str) -> str:
    """Share, ratio, steps ..."""
    return str(wording.KINDS[kind])


@register.filter
def class_words(code: str) -> str:
    """Negotiated, routine work, strategic."""
    return str(wording.CLASSES[code])


@register.filter
def only(values: Collection[object]) -> object:
    """The one value of a collection."""
    return next(iter(values))


@register.simple_tag
def either_text(th: str, en: str) -> str:
    """The text of the page's language without a mark of its own: for attributes and choices."""
    return in_language(th, en)
