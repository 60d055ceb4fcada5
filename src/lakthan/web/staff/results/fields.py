"""Fields of forms that read what officials write: days in B.E., numbers in Thai digits."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lakthan.core.dates import format_date, parse_date
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.web.errors import sentence


class DayField(forms.CharField):
    """A day as officials write it: 1 เมษายน 2563, 1/4/2563 or 2020-04-01."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1 April 2020 or 1/4/2563."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}))
        super().__init__(max_length=80, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored day in the words of the page; what was typed stays as it is."""
        return format_date(value, "en" if get_language() == "en" else "th") if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """The day; None where it may be left out and is."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text, century="be").date
        except UserError as error:
            raise forms.ValidationError(sentence(error)) from error


class NumberField(forms.CharField):
    """An exact number in Thai or Arabic digits, thousands grouped or not."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "form-control"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> Any:
        """The number; None where it may be left out and is."""
        text = to_arabic(super().clean(value)).replace(",", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            raise forms.ValidationError(_("Write a number, for example 80 or 72.5.")) from error
        if not number.is_finite():
            raise forms.ValidationError(_("Write a number, for example 80 or 72.5."))
        return number


class ParagraphField(forms.CharField):
    """A text of several lines in Thai, with the line ends of the records."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"class": "form-control", "rows": rows, "lang": "th"})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """Browsers send a carriage return with each line end."""
        return str(super().to_python(value)).replace("\r\n", "\n")
