"""How templates write dates, numbers, values and names in the language of the page."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lakthan.core.dates import BE_OFFSET, Language, format_date, format_datetime
from lakthan.core.digits import format_number
from lakthan.core.figure import Figure, Operator
from lakthan.core.money import format_baht
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.workflow import State
from lakthan.web import wording
from lakthan.web.listing import Listing
from lakthan.web.population import PopulationKind
from lakthan.web.quarters import Standing

register = template.Library()
THAI_UNIT_BEFORE = frozenset({"ร้อยละ"})
"""Units that Thai puts before the number."""


def _language() -> Language:
    return "en" if get_language() == "en" else "th"


@register.simple_tag
def day(on: date, style: str = "long") -> SafeString:
    """A day: B.E. in Thai; in English C.E., with B.E. beside it in the long style."""
    language = _language()
    text = format_date(on, language, "short" if style == "short" else "long")
    if language == "en" and style == "long":
        text = f"{text} (B.E. {on.year + BE_OFFSET})"
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), text)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """A moment in Thai time."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), format_datetime(at, _language()))


@register.filter
def number(value: int | Decimal) -> str:
    """A count with thousands grouped, an amount with two decimals."""
    return wording.number_words(value)


@register.filter
def baht(amount: Decimal) -> str:
    """Money as a document writes it in Thai, with two decimals in English."""
    return format_baht(amount, "plain" if _language() == "en" else "document")


@register.simple_tag
def value(figure: Figure) -> str:
    """A figure's value with its decimals."""
    return "–" if figure.value is None else format_number(figure.value, figure.decimals)


@register.simple_tag
def amount(number: Decimal, figure: Figure) -> str:
    """A target, with the decimals of the figure it is held against."""
    return format_number(number, figure.decimals)


@register.filter
def operator_words(operator: Operator) -> str:
    """At least, at most, exactly."""
    return str(wording.OPERATORS[operator])


@register.filter
def unit_before(unit_th: str) -> bool:
    """Whether the page's language puts this unit of measure before the number."""
    return _language() == "th" and unit_th in THAI_UNIT_BEFORE


@register.simple_tag
def either(th: str, en: str) -> str:
    """The text of the page's language; Thai text on an English page is marked as Thai."""
    return thai(th) if _language() == "th" or not en else en


@register.filter
def thai(text: str) -> str:
    """Text that exists in Thai only."""
    return format_html('<span lang="th">{}</span>', text) if _language() == "en" and text else text


@register.filter
def standing_words(standing: Standing) -> str:
    """Met, not met, not due ..."""
    return str(wording.STANDINGS[standing])


@register.simple_tag
def pair(figure: Figure, formula: Formula) -> str:
    """Numerator of denominator."""
    return wording.pair_words(figure, formula)


@register.simple_tag
def records(count: int, formula: Formula) -> str:
    """How many records."""
    return wording.records_words(count, formula)


@register.simple_tag
def records_name(formula: Formula) -> str:
    """What the records are that a formula looks at."""
    return wording.records_name(formula)


@register.filter
def no_value_words(figure: Figure) -> str:
    """Why a figure has no value."""
    return "" if figure.reason is None else str(wording.NO_VALUES[figure.reason])


@register.filter
def counted_words(kind: PopulationKind) -> str:
    """What it is called that a member counted."""
    return str(wording.COUNTED[kind][0])


@register.filter
def not_counted_words(kind: PopulationKind) -> str:
    """What it is called that a member did not count."""
    return str(wording.COUNTED[kind][1])


@register.filter
def level_words(level: str) -> str:
    """Output, outcome or not known."""
    return str(wording.LEVELS[level])


@register.filter
def field_words(code: str) -> str:
    """One of the five fields of a community plan."""
    return str(wording.FIELDS[code])


@register.filter
def way_words(code: str) -> str:
    """Who does a community project."""
    return str(wording.WAYS[code])


@register.filter
def paper_state_words(state: State) -> str:
    """Draft, certified ..."""
    return str(wording.PAPER_STATES[state])


@register.filter
def certainty_words(code: str) -> str:
    """The mark of a plan node that was not wholly observed; empty for one that was."""
    return str(wording.CERTAINTIES.get(code, ""))


register.filter("exact", wording.exact_number)
register.filter("community_type", wording.community_type)
register.filter("plan_kind", wording.plan_kind)
register.filter("fact_kind", wording.fact_kind)


@register.simple_tag(takes_context=True)
def here_in(context: template.Context, language: str) -> str:
    """The address of this page in a language, with all that the address asks for; the first page where it has none."""
    request = context.get("request")
    here = request.get_full_path() if request else ""
    there = translate_url(here, language) if here else ""
    if there == here and language != get_language():
        return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return there


@register.simple_tag(takes_context=True)
def here_with(context: template.Context, **changes: object) -> str:
    """The query of this page's address with some parts changed; None or an empty text takes a part away."""
    return here_with_query(context["request"].GET, **changes)


def here_with_query(asked: QueryDict, **changes: object) -> str:
    """The query of an address with some parts changed."""
    query = asked.copy()
    for name, changed in changes.items():
        query.pop(name, None)
        if changed not in (None, ""):
            query[name] = str(changed)
    return f"?{query.urlencode()}"


@register.inclusion_tag("web/heading.html", takes_context=True)
def heading(context: template.Context, listing: Listing[Any], column: str, label: str) -> dict[str, object]:
    """The heading of a column that the list can be sorted by."""
    return {
        "request": context["request"],
        "label": label,
        "direction": listing.direction(column),
        "next_sort": listing.next_sort(column),
    }
