"""The forms in which money is entered."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lakthan.apps.identifiers import new_id
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.core.money import parse_baht
from lakthan.web.errors import sentence
from lakthan.web.staff.fields import CONTROL, DayField, Text

SELECT = {"class": "form-select"}
LINES = {**CONTROL, "rows": 3, "lang": "th"}


class BahtField(forms.CharField):
    """An amount as officials write it: 3,267,440.-บาท, ๕๘๓,๒๐๓.๕๐"""

    widget = forms.TextInput(attrs={**CONTROL, "inputmode": "decimal", "maxlength": 40})

    def clean(self, value: Any) -> Decimal | None:
        """The amount with two decimals; None where it may be left out and is."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_baht(typed)
        except UserError as error:
            raise forms.ValidationError(sentence(error)) from error


class MoneyForm(forms.Form):
    """A form of a page of money. Its errors are said by the server alone, in the language of the page."""

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="money-%s", use_required_attribute=False)


class KeyedForm(MoneyForm):
    """A form with a key of its own, by which a second sending of it is known."""

    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, {"form_key": new_id(), **(initial or {})})

    def key(self) -> UUID:
        """The key that the form was given; a new one where it came without."""
        found = self.cleaned_data.get("form_key")
        return found if isinstance(found, UUID) else UUID(str(new_id()))


class LineForm(KeyedForm):
    """An obligation, a payment or a return."""

    amount = BahtField(label=_("Amount in baht"), help_text=_("For example 12,500.00 or 12,500.-"))
    effective_on = DayField(label=_("Day on which it happened"), help_text=_("For example 2 March 2020 or 2/3/2563."))
    document = forms.CharField(
        label=_("Number of the supporting document"), max_length=200, widget=forms.TextInput(attrs={**CONTROL})
    )
    is_another = forms.BooleanField(
        label=_("This is another one, not the one that is recorded already"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    asks_again = False

    def ask_again(self, words: str) -> None:
        """Show the box by which somebody says that another one is meant."""
        self.asks_again = True
        self.add_error(None, words)


class ReversalForm(MoneyForm):
    """Takes a wrong line back."""

    effective_on = DayField(label=_("Day of the reversal"))
    document = forms.CharField(
        label=_("Document that says why"), max_length=200, widget=forms.TextInput(attrs={**CONTROL})
    )


class IntentionForm(MoneyForm):
    """Declares a wish not to return the rest yet."""

    effective_on = DayField(label=_("Declared on"))
    reason = Text(label=_("Reason of the wish"), widget=forms.Textarea(attrs=LINES))
    document = forms.CharField(
        label=_("Number of the letter"), max_length=200, required=False, widget=forms.TextInput(attrs={**CONTROL})
    )


class EndForm(MoneyForm):
    """Ends a declared wish."""

    ended_on = DayField(label=_("Ended on"), help_text=_("First day on which it no longer holds."))


class LetterForm(KeyedForm):
    """A letter of transfer without its amounts."""

    fiscal_year = forms.TypedChoiceField(
        label=_("Fiscal year"), coerce=lambda be: FiscalYear(int(be)), widget=forms.Select(attrs=SELECT)
    )
    letter_number = forms.CharField(
        label=_("Number of the letter"), max_length=100, widget=forms.TextInput(attrs={**CONTROL})
    )
    letter_date = DayField(label=_("Date of the letter"))
    effective_on = DayField(label=_("Money transferred on"))
    purpose = forms.CharField(label=_("Purpose"), max_length=300, widget=forms.TextInput(attrs={**CONTROL}))
    issuer = forms.CharField(
        label=_("Issued by"),
        max_length=200,
        widget=forms.TextInput(attrs={**CONTROL}),
        help_text=_("The office that sends the letter."),
    )
    approver = forms.CharField(
        label=_("Approved by"),
        max_length=200,
        widget=forms.TextInput(attrs={**CONTROL}),
        help_text=_("The office that approved the transfer; not the same as the one that issued the letter."),
    )
    delegation = forms.ChoiceField(
        label=_("Acting for the approver"), required=False, widget=forms.Select(attrs=SELECT)
    )
    letter_total = BahtField(
        label=_("Total of the letter in baht"), help_text=_("As the letter states it: the table is checked against it.")
    )

    def __init__(self, here: date, orders: Iterable[Any], data: Any = None, *, checked: bool = True) -> None:
        """What was typed is shown without a word about it where it is not `checked` yet."""
        year = FiscalYear.of(here)
        typed = {} if checked or data is None else data.dict()
        super().__init__(data if checked else None, {"fiscal_year": year.be, "effective_on": here, **typed})
        years = [(each, str(each)) for each in (year.be, year.be - 1, year.be + 1)]
        self.fields["fiscal_year"].choices = years  # type: ignore[attr-defined]
        named = [(str(each.pk), f"{each.deputy_office} → {each.office} ({each.order_number})") for each in orders]
        self.fields["delegation"].choices = [("", _("Nobody: the approver signed")), *named]  # type: ignore[attr-defined]


class YearEndForm(MoneyForm):
    """What becomes of the rests that are ticked."""

    outcome = forms.ChoiceField(
        label=_("What becomes of the rest"),
        choices=[("lapsed", _("It lapses")), ("carried-over", _("It is carried over with approval"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Choose what becomes of the rest.")},
    )
    effective_on = DayField(label=_("Day of the decision"))
    document = forms.CharField(
        label=_("Number of the document or approval"), max_length=200, widget=forms.TextInput(attrs={**CONTROL})
    )
