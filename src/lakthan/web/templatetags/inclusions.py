"""How the pages of decisions write reasons, totals and addresses."""

from urllib.parse import urlencode
from uuid import UUID

from django import template
from django.forms import BoundField, Form
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from lakthan.core.digits import format_number
from lakthan.rules.action_plan import BudgetTotal
from lakthan.web.staff.inclusions.places import Place
from lakthan.web.staff.inclusions.wording import REASONS
from lakthan.web.templatetags.lakthan import baht

register = template.Library()


@register.filter
def decline_reason(code: str) -> str:
    """No budget, another agency's duty ..."""
    return str(REASONS.get(code, code))


@register.filter
def fields(form: Form, names: str) -> list[BoundField]:
    """Some fields of a form, in order."""
    return [form[name] for name in names.split()]


@register.simple_tag
def decide_address(place: Place, project: UUID, verdict: str) -> str:
    """The page on which one project is decided about."""
    query = {"district": place.district.code, "fiscal-year": place.fiscal_year.be, "project": project}
    return f"{reverse('decide-projects')}?{urlencode({**query, 'verdict': verdict})}"


@register.simple_tag
def total_words(total: BudgetTotal, projects: int | None = None) -> str:
    """17 projects in 16 items, 1,184,000.- baht, 2 of them without a budget: no item is added up twice."""
    items = ngettext("%(count)s item", "%(count)s items", total.items) % {"count": format_number(total.items)}
    if projects is not None:
        told = ngettext("%(count)s project", "%(count)s projects", projects) % {"count": format_number(projects)}
        items = gettext("%(projects)s in %(items)s") % {"projects": told, "items": items}
    money = gettext("together %(amount)s baht") % {"amount": baht(total.baht)}
    words = f"{items} · {money}"
    if total.unstated:
        without = ngettext("%(count)s without a budget", "%(count)s without a budget", total.unstated)
        words = f"{words} ({without % {'count': format_number(total.unstated)}})"
    return words
