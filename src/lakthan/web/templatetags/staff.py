"""How the pages of officers write the steps of a report and the way to it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from lakthan.apps.reporting.life import ReportPlace
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.review import Section
from lakthan.rules.workflow import Step
from lakthan.web.staff.wording import SECTION_NAMES, TAKEN

register = template.Library()
LINES_AT_FIRST = 12
"""Of one group of work; the rest is a click away, so that no group hides the next."""


@register.filter
def taken_words(step: Step) -> str:
    """Written, endorsed, submitted ..."""
    return str(TAKEN[step])


@register.simple_tag
def work_address(code: str, fiscal_year: FiscalYear, quarter: int | None, unit: UUID | None, page: str = "") -> str:
    """The page of one report; its paper where `page` is "-paper", its review where it is "-review"."""
    named: dict[str, object] = {"code": code, "fiscal_year": fiscal_year}
    if quarter is None:
        address = reverse(f"work-year{page}", kwargs=named)
    else:
        address = reverse(f"work-quarter{page}", kwargs=named | {"quarter": quarter})
    return f"{address}?{urlencode({'unit': str(unit)})}" if unit else address


@register.simple_tag
def file_address(place: ReportPlace, file: UUID, page: str = "-file") -> str:
    """A file of a report, to be saved, or shown in a window where `page` is "-shown-file"."""
    named: dict[str, object] = {"code": place.code, "fiscal_year": place.fiscal_year, "file": file}
    if place.quarter is None:
        address = reverse(f"work-year{page}", kwargs=named)
    else:
        address = reverse(f"work-quarter{page}", kwargs=named | {"quarter": place.quarter})
    return f"{address}?{urlencode({'unit': str(place.unit)})}" if place.unit else address


@register.filter
def positive(days: int) -> int:
    """Days that are past, counted up."""
    return abs(days)


@register.filter
def date_of(at: datetime) -> date:
    """The day of a moment in Thai time."""
    return timezone.localdate(at)


@register.filter
def of_section(comments: Mapping[str, Sequence[object]] | str, name: str) -> Sequence[object]:
    """What stands at one section of a page; nothing where the page has none of it."""
    return comments.get(name, ()) if isinstance(comments, Mapping) else ()


@register.filter
def section_words(section: str) -> str:
    """The figure, files of evidence, a text of the report."""
    return str(SECTION_NAMES[Section(section)]) if section in set(Section) else ""


@register.simple_tag(takes_context=True)
def lines_shown(context: template.Context, lines: Sequence[Any], group: str) -> Sequence[Any]:
    """The first lines of a group of work, or all of them where the address asks for that group whole."""
    return lines if context["request"].GET.get("all") == group else lines[:LINES_AT_FIRST]
