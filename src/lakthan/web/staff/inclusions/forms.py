"""The forms of deciding: what many decisions have in common, one row for each project, a withdrawal, a document."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.services.decisions import Decision, Ground, Leave, Take
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.money import format_baht, parse_baht
from lakthan.web.errors import sentence
from lakthan.web.staff.inclusions.wording import REASONS
from lakthan.web.staff.results.fields import DayField, ParagraphField

LINE: dict[str, str] = {"class": "form-control", "autocomplete": "off"}
RADIO = {"class": "form-check-input"}
OWN_GROUND = ("effective_on", "document")
INCLUDE, DECLINE, LATER = "include", "decline", "later"
VERDICTS = [(INCLUDE, _("Include")), (DECLINE, _("Decline")), (LATER, _("Leave for later"))]
NO_CHOICE = [("", _("Choose"))]


class ItemField(forms.CharField):
    """An item number in Thai or Arabic digits; None where nothing is written."""

    widget = forms.TextInput(attrs={**LINE, "inputmode": "numeric"})

    def clean(self, value: Any) -> Any:
        """The number."""
        typed = to_arabic(super().clean(value)).strip()
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit():
            raise forms.ValidationError(_("Write a whole number, such as 12."))
        return int(typed)


class BahtField(forms.CharField):
    """Baht as officials write it; None where nothing is written, which is not zero."""

    widget = forms.TextInput(attrs={**LINE, "inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        """An amount as officials write it; what was typed stays as it is."""
        return format_baht(value, "plain") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The amount."""
        typed = super().clean(value)
        if typed.strip() in ("", "-"):
            return None
        try:
            return parse_baht(typed)
        except UserError as error:
            raise forms.ValidationError(sentence(error)) from error


class DocumentForm(forms.Form):
    """A day and the document of that day."""

    effective_on = DayField(label=_("Date"))
    document = forms.CharField(label=_("Document number"), max_length=200, widget=forms.TextInput(attrs=LINE))

    def __init__(self, today: date, data: Any = None, **labels: Any) -> None:
        super().__init__(data, initial={"effective_on": today}, auto_id="common-%s", use_required_attribute=False)
        for name, label in labels.items():
            self.fields[name].label = label


class CommonForm(DocumentForm):
    """What the decisions of one page have in common."""

    reason_code = forms.ChoiceField(
        label=_("Why declined, for all without a reason of their own"),
        required=False,
        choices=[*NO_CHOICE, *REASONS.items()],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = ParagraphField(2, label=_("Reason in words, for all without one of their own"), required=False)
    correction = ParagraphField(2, label=_("Why the confirmed list is corrected"))

    def __init__(self, today: date, data: Any = None, *, is_confirmed: bool = False, is_alone: bool = False) -> None:
        super().__init__(today, data)
        if not is_confirmed:
            del self.fields["correction"]
        for name in ("reason_code", "reason") if is_alone else ():
            del self.fields[name]


class WithdrawalForm(forms.Form):
    """From when on a decision no longer holds, and why."""

    ended_on = DayField(label=_("Withdrawn from"))
    reason = ParagraphField(3, label=_("Why it is withdrawn"))

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"ended_on": today}, auto_id="withdraw-%s", use_required_attribute=False)


ALONE = {
    "item_number": _("Write the item number in the action plan."),
    "reason_code": _("Choose why it is not included."),
    "reason": _("Write the reason why it is not included."),
}
"""What is said at a project that lacks something."""


class RowForm(forms.Form):
    """What is decided about one project."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=VERDICTS, widget=forms.RadioSelect(attrs=RADIO))
    item_number = ItemField(label=_("Item number"), max_length=6, required=False)
    name = forms.CharField(label=_("Name in the action plan"), required=False, widget=forms.TextInput(attrs=LINE))
    budget = BahtField(label=_("Budget (baht)"), max_length=40, required=False)
    reason_code = forms.ChoiceField(
        label=_("Why declined"),
        required=False,
        choices=[*NO_CHOICE, *REASONS.items()],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = ParagraphField(2, label=_("Reason in words"), required=False)
    effective_on = DayField(label=_("Its own date"), required=False, help_text="")
    document = forms.CharField(
        label=_("Its own document number"), max_length=200, required=False, widget=forms.TextInput(attrs=LINE)
    )

    def __init__(self, project: Any, initial: Mapping[str, Any], data: Any = None, *, is_alone: bool = False) -> None:
        self.project, self.is_alone = project, is_alone
        super().__init__(
            data, initial=dict(initial), prefix=f"p-{project.pk}", auto_id="%s", use_required_attribute=False
        )
        self.fields["name"].widget.attrs["placeholder"] = project.name
        if is_alone:
            self.fields["verdict"].choices = [choice for choice in VERDICTS if choice[0] != LATER]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Where it stands alone, nothing is left to what all have in common."""
        given = self.cleaned_data
        needed = {INCLUDE: ["item_number"], DECLINE: ["reason_code", "reason"]}.get(self.verdict_given, [])
        for name in needed if self.is_alone else ():
            if name in given and not given[name]:
                self.add_error(name, ALONE[name])
        return given

    @property
    def verdict_given(self) -> str:
        """What was chosen; empty where it is not known yet."""
        return str(self.cleaned_data.get("verdict", ""))

    @property
    def has_own_ground(self) -> bool:
        """Whether something stands in the fields of its own day and document."""
        return any(self[name].value() or self[name].errors for name in OWN_GROUND)

    def lacks(self, name: str, common: Mapping[str, Any]) -> bool:
        """Whether it is declined without a part of the reason, of its own or for all."""
        given = self.cleaned_data
        return self.verdict_given == DECLINE and name in given and not given[name] and not common.get(name)

    def choice(
        self, common: Mapping[str, Any], free: Iterator[int], instead_of: Decision | None = None
    ) -> Take | Leave | None:
        """What was decided; None for a project that is left for later. An item without a number gets the next free one.

        The form is valid.
        """
        given = self.cleaned_data
        own = Ground(given["effective_on"], given["document"])
        match given["verdict"]:
            case "include":
                number = next(free) if given["item_number"] is None else given["item_number"]
                return Take(self.project, number, given["name"], given["budget"], own, instead_of)
            case "decline":
                code = given["reason_code"] or common["reason_code"]
                return Leave(self.project, code, given["reason"] or common["reason"], own, instead_of)
            case _:
                return None


WHY_DECLINED = {
    "reason_code": _("Choose why they are not included, here for all or at each project."),
    "reason": _("Write the reason in words, here for all or at each project."),
}


def tell_missing_reasons(common: CommonForm, rows: Sequence[RowForm]) -> None:
    """Say once what several declined projects lack: at the field for all, or at the project where it is one alone."""
    for name, words in WHY_DECLINED.items():
        if name not in common.cleaned_data:
            continue
        lacking = [row for row in rows if row.lacks(name, common.cleaned_data)]
        if len(lacking) > 1:
            common.add_error(name, words)
        elif lacking:
            lacking[0].add_error(name, ALONE[name])
