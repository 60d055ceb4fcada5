"""How the pages of requests for data write standings and forms."""

from collections.abc import Sequence

from django import template

from lakthan.rules.data_requests import AnswerForm, Standing
from lakthan.web.staff.requests.wording import FORMS, STANDINGS

register = template.Library()


@register.filter
def standing_of_request(standing: Standing) -> str:
    """Answered, nil confirmed, overdue ..."""
    return str(STANDINGS[standing])


@register.filter
def answer_form(form: AnswerForm) -> str:
    """In words, as values, as a workbook."""
    return str(FORMS[form])


@register.filter
def item(values: Sequence[str], place: int) -> str:
    """The text at a place."""
    return values[place]
