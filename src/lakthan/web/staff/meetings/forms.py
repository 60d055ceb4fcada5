"""The forms of meetings: to schedule one, and to say what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.core.digits import to_arabic
from lakthan.rules.meetings import LARGEST_CROWD, LONGEST_GROUP, LONGEST_PLACE
from lakthan.web.staff.fields import CONTROL, DayField, Text
from lakthan.web.staff.meetings.wording import GROUPS, PROOFS, purpose_words

SELECT = {"class": "form-select"}
MORE_ROWS = 3
LONGEST_TITLE, LONGEST_TEXT = 500, 5000
SAY_WHY = {"required": _("Say why.")}
WRITE_DAY = {"required": _("Write the day.")}


def _line(label: Any, longest: int, *, required: bool = False, missing: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        widget=forms.TextInput(attrs={**CONTROL, "lang": "th", "maxlength": longest}),
        error_messages={"required": missing} if missing else None,
        **more,
    )


def _reason(label: Any) -> Text:
    return Text(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "lang": "th"}),
        error_messages=SAY_WHY,
    )


class TimeField(forms.CharField):
    """A time of day: 13.30, 13:30, in Thai digits too; None where nothing is written."""

    widget = forms.TextInput(attrs={**CONTROL, "maxlength": 5, "inputmode": "decimal", "placeholder": "13.30"})

    def clean(self, value: Any) -> time | None:
        """The time that was written."""
        typed = to_arabic(super().clean(value)).replace(".", ":").removesuffix("น").strip()
        if not typed:
            return None
        hour, _colon, minute = typed.partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError as error:
            raise forms.ValidationError(gettext("Write the time as 13.30.")) from error


class OptionalDayField(DayField):
    """A day, or None where none is written."""

    def clean(self, value: Any) -> Any:
        """The day that was written, if any."""
        return super().clean(value) if str(value or "").strip() else None


class ScheduleForm(forms.Form):
    """A new meeting of one unit, whose purposes and communities can be chosen."""

    purpose = forms.ChoiceField(label=_("Purpose of the meeting"), widget=forms.Select(attrs=SELECT))
    community = forms.ChoiceField(
        label=_("Community"), required=False, widget=forms.Select(attrs=SELECT), help_text=_("For a community meeting.")
    )
    title = _line(_("What the meeting is about"), LONGEST_TITLE, required=True, missing=_("Write what it is about."))
    place = _line(_("Place"), LONGEST_PLACE)
    scheduled_on = DayField(label=_("Day"), error_messages=WRITE_DAY, help_text=_("Such as 31 January 2563."))
    starts_at = TimeField(label=_("Begins at"), required=False)
    ends_at = TimeField(label=_("Ends at"), required=False)
    activity_number = forms.IntegerField(
        label=_("Number of the bureau's activity"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={**CONTROL, "inputmode": "numeric", "maxlength": 3}),
        help_text=_("Where the meeting carries out an activity of the bureau's project, such as 2."),
    )

    def __init__(
        self,
        purposes: Sequence[str],
        communities: Sequence[tuple[str, str]],
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="meeting-%s", use_required_attribute=False)
        self._choose("purpose", [(purpose, purpose_words(purpose)) for purpose in purposes])
        self._choose("community", [("", gettext("None")), *communities])
        if not communities:
            del self.fields["community"]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """A community meeting is of a community, and no other is."""
        given = super().clean() or self.cleaned_data
        if "community" in self.fields and "purpose" in given:
            if given["purpose"] == "community" and not given.get("community"):
                self.add_error("community", gettext("Choose the community."))
            if given["purpose"] != "community" and given.get("community"):
                self.add_error("community", gettext("Only a community meeting is of a community; choose None."))
        return given


class HoldForm(forms.Form):
    """That it was held, with notes; who came stands in `AttendanceRows`."""

    held_on = DayField(label=_("Held on"), error_messages=WRITE_DAY)
    notes = Text(
        label=_("Notes in short"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "lang": "th"}),
    )


class PostponeForm(forms.Form):
    """That it is put off."""

    effective_on = DayField(label=_("Put off on"), error_messages=WRITE_DAY)
    postponed_to = OptionalDayField(
        label=_("New day"), required=False, help_text=_("Leave it empty where no new day is set yet.")
    )
    reason = _reason(_("Why it is put off"))


class CancelForm(forms.Form):
    """That it will not be held."""

    cancelled_on = DayField(label=_("Cancelled on"), error_messages=WRITE_DAY)
    reason = _reason(_("Why it is cancelled"))


class CorrectForm(forms.Form):
    """What was recorded wrongly of a held meeting."""

    title = _line(_("What the meeting is about"), LONGEST_TITLE, required=True, missing=_("Write what it is about."))
    place = _line(_("Place"), LONGEST_PLACE)
    held_on = DayField(label=_("Held on"), error_messages=WRITE_DAY)
    reason = _reason(_("Why it is corrected"))


class FileForm(forms.Form):
    """What the files prove; the files themselves come beside it."""

    proves = _line(_("What the files prove"), LONGEST_PLACE, required=True, missing=_("Say what the file proves."))

    def suggestions(self) -> Iterator[str]:
        """What files of a meeting usually prove."""
        return (str(proof) for proof in PROOFS)


@dataclass
class AttendanceRow:
    """A group with how many came, as typed; what was recorded before keeps its name."""

    number: int
    group: str
    people: str
    is_recorded: bool = False
    error: str = ""


class AttendanceRows:
    """The rows of who came. One without a number of people is left out: a group that is not counted is no zero."""

    def __init__(self, purpose: str, recorded: Sequence[tuple[str, int]] = (), data: Any = None) -> None:
        self.recorded = dict(recorded)
        groups = [*self.recorded] or [str(group) for group in GROUPS.get(purpose, ())]
        self.rows = [
            AttendanceRow(
                number,
                group=group if group in self.recorded else _typed(data, f"group-{number}", group),
                people=_typed(data, f"people-{number}", str(self.recorded.get(group, ""))),
                is_recorded=group in self.recorded,
            )
            for number, group in enumerate([*groups, *[""] * MORE_ROWS], start=1)
        ]

    def counted(self) -> dict[str, int] | None:
        """How many of each group came; None where a row is not in order, which then says so."""
        found: dict[str, int] = {}
        for row in self.rows:
            row.error = self._error(row, found)
            if not row.error and row.people:
                found[row.group] = int(to_arabic(row.people).replace(",", ""))
        return None if any(row.error for row in self.rows) else found

    def _error(self, row: AttendanceRow, found: Mapping[str, int]) -> str:
        people = to_arabic(row.people).replace(",", "")
        if not row.people:
            return gettext("Write how many came; for nobody write 0.") if row.is_recorded else ""
        if not people.isdecimal() or int(people) > LARGEST_CROWD:
            return gettext("Write a whole number of people, from 0.")
        if not row.group:
            return gettext("Write who they were.")
        if row.group in found:
            return gettext("This group stands above already.")
        return ""


def _typed(data: Any, name: str, otherwise: str) -> str:
    return otherwise if data is None else str(data.get(name, "")).strip()[:LONGEST_GROUP]
