"""How templates write the fields of forms."""

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, Select
from django.utils.safestring import SafeString

from lakthan.rules.permissions import Role
from lakthan.web.accounts.wording import ROLES

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a field with Bootstrap's class; Django itself names help and errors in `aria-describedby`."""
    choice = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    kind = "form-check-input" if is_check(field) else choice
    return field.as_widget(attrs={"class": f"{kind} is-invalid" if field.errors else kind})


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether the field is a box to tick, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def identity_provider() -> object:
    """The identity provider of the settings; None where none is named."""
    return settings.IDENTITY_PROVIDER


@register.filter
def role_words(role: Role) -> str:
    """Reporter, unit head ..."""
    return str(ROLES[role])
