"""The forms of a period: its dates, more time for a unit, and closing."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.period_pages import PeriodPage, PeriodRow
from lakthan.apps.reporting.services.periods import OtherDates, PeriodDates
from lakthan.core.digits import to_arabic
from lakthan.core.fiscal import Quarter
from lakthan.rules.deadlines import REMINDER_DAYS
from lakthan.web.staff.periods.wording import KINDS
from lakthan.web.staff.results.fields import DayField, ParagraphField
from lakthan.web.wording import in_language

DAYS_TO_SEND = 10
"""How long after its quarter a new period is proposed to run."""


class DatesForm(forms.Form):
    """All dates of a period, and the reason where it has some already."""

    opens_on = DayField(label=_("Opens on"))
    cut_off_on = DayField(
        label=_("Cut-off"),
        required=False,
        help_text=_("The day that figures are as of. Empty: the last day of the quarter."),
    )
    deadline_on = DayField(label=_("Deadline"))
    reminder_days = forms.CharField(
        label=_("Reminders, in days from the deadline"),
        required=False,
        max_length=80,
        help_text=_("A minus is before it: -7, -1, 1, 7. Empty: no reminder."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    reason = ParagraphField(label=_("Reason for the change"))

    def __init__(self, row: PeriodRow, data: Any = None) -> None:
        super().__init__(data, initial=_initial(row), auto_id="dates-%s", use_required_attribute=False)
        for kind, words in KINDS.items():
            for name, what in (("cut_off_on", _("cut-off")), ("deadline_on", _("deadline"))):
                self.fields[f"{kind}_{name}"] = DayField(
                    label=f"{words}: {what}", required=False, help_text=_("Empty: as above.")
                )
        if row.deadline_on is None:
            del self.fields["reason"]
        else:
            self.order_fields([name for name in self.fields if name != "reason"])

    def clean_reminder_days(self) -> tuple[int, ...]:
        """The days as numbers."""
        words = to_arabic(self.cleaned_data["reminder_days"]).replace(",", " ").split()
        try:
            return tuple(int(word) for word in words)
        except ValueError as error:
            raise forms.ValidationError(gettext("Write whole numbers with commas between them.")) from error

    def dates(self) -> PeriodDates:
        """What was typed."""
        given = self.cleaned_data
        others = {kind: OtherDates(given[f"{kind}_cut_off_on"], given[f"{kind}_deadline_on"]) for kind in KINDS}
        return PeriodDates(
            opens_on=given["opens_on"],
            cut_off_on=given["cut_off_on"],
            deadline_on=given["deadline_on"],
            of_kinds={kind: other for kind, other in others.items() if other != OtherDates()},
            reminder_days=given["reminder_days"],
        )


def _initial(row: PeriodRow) -> dict[str, Any]:
    """What the period has, or what is proposed for a new one."""
    if row.opens_on is None:
        return _proposal(row.quarter)
    stored = {name: getattr(row, name) for name in ("opens_on", "cut_off_on", "deadline_on")}
    for kind, other in (row.of_kinds or {}).items():
        stored |= {f"{kind}_cut_off_on": other.cut_off_on, f"{kind}_deadline_on": other.deadline_on}
    return stored | {"reminder_days": ", ".join(str(day) for day in row.reminder_days)}


def _proposal(quarter: Quarter) -> dict[str, Any]:
    return {
        "opens_on": quarter.last_day.replace(day=10),
        "cut_off_on": quarter.last_day,
        "deadline_on": quarter.last_day + timedelta(days=DAYS_TO_SEND),
        "reminder_days": ", ".join(str(day) for day in REMINDER_DAYS),
    }


class ExtensionForm(forms.Form):
    """More time for one unit."""

    deadline_on = DayField(label=_("New deadline"))
    document = forms.CharField(
        label=_("Document that allows it"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "lang": "th"}),
    )
    reason = ParagraphField(label=_("Reason for more time"))

    def __init__(self, page: PeriodPage, data: Any = None) -> None:
        super().__init__(data, auto_id="extension-%s", use_required_attribute=False)
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit"),
            choices=[("", gettext("Choose a unit")), *((key, in_language(th, en)) for key, th, en in page.units)],
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.order_fields(["unit"])


class ReasonForm(forms.Form):
    """Closing a period, or opening it again."""

    reason = ParagraphField(label=_("Reason for doing so"), rows=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="standing-%s", use_required_attribute=False)
