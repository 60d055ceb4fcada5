"""What pages of uploads say of an upload."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()
STATES: Mapping[str, Promise] = {
    "waiting": _("Waiting to be looked through"),
    "shown": _("Waiting for you to confirm"),
    "confirmed": _("Being saved"),
    "done": _("Saved"),
    "refused": _("Not taken"),
    "cancelled": _("Cancelled by you"),
    "expired": _("Not confirmed in time"),
    "failed": _("Broke off"),
}


@register.filter
def state_of_upload(state: str) -> str:
    """A state in words."""
    return str(STATES[state])


@register.filter
def own_words(pair: list[str]) -> str:
    """The Thai or the English of two words."""
    return pair[1] if get_language() == "en" else pair[0]
