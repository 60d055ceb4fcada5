"""Fields of forms as officers write them: Thai or Arabic digits, days of the Buddhist or the common era."""

from abc import ABCMeta
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lakthan.core.dates import format_date, parse_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.web.errors import sentence

LONGEST_NUMBER = 40
CONTROL: Mapping[str, str] = {"class": "form-control", "autocomplete": "off"}


class AbstractForms(ABCMeta, DeclarativeFieldsMetaclass):
    """Makes classes of forms, of which those cannot be shown that do not say what they do with what was typed."""


class Text(forms.CharField):
    """A text of several lines, with the line ends of the records."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Browsers send a carriage return with each line end."""
        return str(super().to_python(value)).replace("\r\n", "\n")


class DayField(forms.CharField):
    """A day: 31 มกราคม 2563, 31/1/2563, 2020-01-31, in Thai digits too."""

    widget = forms.TextInput(attrs={**CONTROL, "maxlength": 80})

    def prepare_value(self, value: Any) -> Any:
        """A day as it is read on the page; what was typed stays as it is."""
        if not isinstance(value, date):
            return value
        return format_date(value, "en" if get_language() == "en" else "th", "short")

    def clean(self, value: Any) -> date:
        """The day that was written."""
        typed = super().clean(value)
        try:
            return parse_date(typed, century="be").date
        except UserError as error:
            raise forms.ValidationError(sentence(error)) from error


class NumberField(forms.CharField):
    """An exact number, with or without commas; None where nothing is written, which is not a zero."""

    widget = forms.TextInput(attrs={**CONTROL, "inputmode": "decimal", "maxlength": LONGEST_NUMBER})
    default_error_messages = {"no-number": _("Write a number, such as 1,234.5.")}

    def clean(self, value: Any) -> Decimal | None:
        """The number that was written."""
        typed = to_arabic(super().clean(value)).replace(",", "").replace(" ", "")
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation as error:
            raise self._no_number() from error
        if not number.is_finite() or "e" in typed.lower():
            raise self._no_number()
        return number

    def _no_number(self) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["no-number"], code="no-number")
