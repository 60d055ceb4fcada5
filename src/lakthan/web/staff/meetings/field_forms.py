"""The form of a meeting for a telephone: the meeting, who came, notes, and projects that were proposed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.meetings import FieldPlace
from lakthan.core.errors import UserError
from lakthan.rules.entry import require_baht
from lakthan.rules.meetings import COMMUNITY, LONGEST_PLACE, purposes_of
from lakthan.web.errors import sentence
from lakthan.web.staff.fields import CONTROL, DayField, NumberField, Text
from lakthan.web.staff.meetings.forms import LONGEST_TEXT, LONGEST_TITLE, SELECT, AttendanceRows
from lakthan.web.staff.meetings.wording import purpose_words
from lakthan.web.wording import FIELDS, WAYS, in_language

MOST_PROJECTS = 10
LINE: Mapping[str, Any] = {**CONTROL, "lang": "th"}


class FieldMeetingForm(forms.Form):
    """A meeting that was held: one that was scheduled, or another."""

    meeting = forms.ChoiceField(label=_("Which meeting"), required=False, widget=forms.Select(attrs=SELECT))
    purpose = forms.ChoiceField(label=_("Purpose of the meeting"), required=False, widget=forms.Select(attrs=SELECT))
    community = forms.ChoiceField(label=_("Community"), required=False, widget=forms.Select(attrs=SELECT))
    title = forms.CharField(
        label=_("What the meeting is about"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={**LINE, "maxlength": LONGEST_TITLE}),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={**LINE, "maxlength": LONGEST_PLACE}),
    )
    held_on = DayField(label=_("Held on"), error_messages={"required": _("Write the day.")})
    notes = Text(
        label=_("Notes in short"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4, "lang": "th"}),
    )

    def __init__(self, place: FieldPlace, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="field-%s", use_required_attribute=False)
        other = [("", gettext("Another meeting, not in this list"))]
        self._choose("meeting", other + [(key, _label(row)) for key, row in place.meetings.items()])
        purposes = purposes_of(place.unit.kind)
        self._choose("purpose", [(purpose, purpose_words(purpose)) for purpose in purposes])
        none = [("", gettext("Choose the community"))]
        self._choose("community", none + [(key, f"{row.name} ({row.code})") for key, row in place.communities.items()])
        if COMMUNITY not in purposes:
            del self.fields["community"]

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """What is to be known of a meeting that is not in the list."""
        given = super().clean() or self.cleaned_data
        if given.get("meeting"):
            return given
        if not given.get("title"):
            self.add_error("title", gettext("Write what it is about."))
        if not given.get("purpose"):
            self.add_error("purpose", gettext("Choose the purpose."))
        elif given["purpose"] == COMMUNITY and not given.get("community") and "community" in self.fields:
            self.add_error("community", gettext("Choose the community."))
        return given


def _label(row: Any) -> str:
    of = row.community.name if row.community else in_language(row.unit.name_th, row.unit.name_en)
    return f"{of}: {row.title} {row.number}/{row.year}"


class ProjectForm(forms.Form):
    """A project that was proposed; left out where it has no name and nothing else is written."""

    name = forms.CharField(
        label=_("Name of the project"), required=False, max_length=500, widget=forms.TextInput(attrs=dict(LINE))
    )
    problem = Text(
        label=_("Problem"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2, "lang": "th"}),
    )
    field = forms.ChoiceField(
        label=_("Field of the plan"), choices=[*FIELDS.items()], widget=forms.Select(attrs=SELECT)
    )
    way = forms.ChoiceField(label=_("How it is done"), choices=[*WAYS.items()], widget=forms.Select(attrs=SELECT))
    estimate = NumberField(label=_("Estimate, baht"), required=False)

    def __init__(self, number: int, data: Any = None) -> None:
        super().__init__(
            data if data is not None and f"project-{number}-field" in data else None,
            prefix=f"project-{number}",
            auto_id="field-%s",
            use_required_attribute=False,
        )
        self.number = number

    @property
    def is_filled(self) -> bool:
        """Whether something was typed, and not only chosen."""
        names = ("name", "problem", "estimate")
        return self.is_bound and any((self.data.get(self.add_prefix(name)) or "").strip() for name in names)

    def clean_name(self) -> str:
        """A project has a name."""
        name = str(self.cleaned_data["name"]).strip()
        if not name and self.is_filled:
            raise forms.ValidationError(gettext("Write the name of the project."))
        return name

    def clean_estimate(self) -> Decimal | None:
        """An amount of baht, or none."""
        estimate: Decimal | None = self.cleaned_data["estimate"]
        try:
            return None if estimate is None else require_baht(estimate, "วงเงินประมาณการ", "The estimate")
        except UserError as error:
            raise forms.ValidationError(sentence(error)) from error


class FieldForms:
    """All parts of the form, with what was typed, and every mistake by the name of its input."""

    def __init__(self, place: FieldPlace, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        self.meeting = FieldMeetingForm(place, data, initial)
        self.came = AttendanceRows(purposes_of(place.unit.kind)[0], (), data)
        self.projects = (
            [ProjectForm(number, data) for number in range(1, MOST_PROJECTS + 1)] if place.communities else []
        )
        self.counted = self.came.counted() if data is not None else None

    def filled_projects(self) -> list[ProjectForm]:
        """The projects that were written down."""
        return [project for project in self.projects if project.is_filled]

    def is_valid(self) -> bool:
        """Whether all of it can be recorded."""
        parts = [self.meeting, *self.filled_projects()]
        return all([part.is_valid() for part in parts]) and self.counted is not None  # noqa: C419 - each is to say so

    def mistakes(self) -> dict[str, list[str]]:
        """Every mistake by the name of its input; those of no input under the empty name."""
        return {name: messages for name, messages in self._mistakes() if messages}

    def _mistakes(self) -> Iterator[tuple[str, list[str]]]:
        for part in (self.meeting, *self.filled_projects()):
            for name, messages in part.errors.items():
                yield ("" if name == "__all__" else part.add_prefix(name)), [str(message) for message in messages]
        for row in self.came.rows:
            yield f"people-{row.number}", [row.error] if row.error else []
