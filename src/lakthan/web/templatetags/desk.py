"""How the pages of the desk write kinds of formula, classes and numbers."""

from collections.abc import Collection, Sequence

from django import template
from django.forms import BoundField, Form
from django.utils.translation import gettext

from lakthan.apps.reporting.assigning import Verdict
from lakthan.apps.reporting.shapes import QuarterFigure
from lakthan.core.errors import UserError
from lakthan.core.figure import Figure, Member
from lakthan.exchange.results import Refusal
from lakthan.web.quarters import QuarterView, Standing
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


@register.filter
def words(names: str) -> list[str]:
    """Names of fields, one after the other."""
    return names.split()


@register.simple_tag
def field(form: Form, name: str) -> BoundField | None:
    """A field of a form; None where this form has no such field."""
    return form[name] if name in form.fields else None


@register.filter
def both_sides(figure: Figure) -> list[tuple[Sequence[Member], str]]:
    """Who counted and who did not, each with its title."""
    return [(figure.counted, gettext("Counted")), (figure.not_counted, gettext("Not counted"))]


@register.filter
def value_words(field: str, value: str) -> str:
    """A value of a definition's field as people read it: the words of a choice, else what is stored."""
    return wording.value_words(field, value)


@register.filter
def chosen(choices: Sequence[tuple[str, str]], values: Collection[str] | None) -> int:
    """How many of the choices are chosen."""
    return sum(code in (values or ()) for code, _ in choices)


@register.simple_tag
def standing_of(shown: QuarterFigure) -> Standing:
    """What can be said of a result."""
    return QuarterView(shown).standing


@register.filter
def verdict_words(verdict: Verdict) -> str:
    """Added, changed, left as it is, refused."""
    return str(wording.VERDICTS[verdict])


@register.filter
def agreed_words(field: str) -> str:
    """What is agreed with a unit: target, weight, scale ..."""
    return wording.agreed_words(field)


@register.filter
def error_words(error: UserError | Refusal) -> str:
    """What an error says in the language of the page."""
    if isinstance(error, Refusal):
        return in_language(error.reason_th, error.reason_en)
    return in_language(error.th, error.en)


@register.filter
def minus(one: int, other: int) -> int:
    """The difference of two counts."""
    return one - other
