"""The forms on the page of a report: its draft, and the steps of its life."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.life import ReportLife, Texts
from lakthan.rules.workflow import TRANSITIONS, Step
from lakthan.web.staff.fields import Text
from lakthan.web.wording import LEVELS

ROWS = {"narrative": 10}
LABELS: Mapping[str, Any] = {
    "progress": _("Progress of the work, in percent"),
    "printed_level": _("Level of success"),
    "narrative": _("What was done in the quarter"),
    "supporting_factors": _("What helped"),
    "obstacles": _("What stood in the way"),
    "evidence_list": _("Evidence, one item a line"),
}
"""Every field of a report, in the order of the paper."""
SUMMARY: Any = _("What was done in the year, in short")


@dataclass(frozen=True, slots=True)
class Compared:
    """A field beside what is stored for it."""

    field: forms.BoundField
    stored: str
    differs: bool


class DraftForm(forms.Form):
    """The texts of a quarter's report; of the year's without the progress. What is not saved yet stands in it."""

    step = Step.WRITE
    progress = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"}),
        help_text=_("How far the work is, 0 to 100. It is not the result of the indicator, which is computed."),
        error_messages={
            "invalid": _("Write a whole number from 0 to 100."),
            "min_value": _("Write a whole number from 0 to 100."),
            "max_value": _("Write a whole number from 0 to 100."),
        },
    )
    printed_level = forms.ChoiceField(
        choices=[*LEVELS.items()],
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text=_("The print that this report was read from does not show which box was ticked."),
    )
    narrative = Text(required=False)
    supporting_factors = Text(required=False)
    obstacles = Text(required=False)
    evidence_list = Text(required=False)

    def __init__(self, life: ReportLife, data: Any = None) -> None:
        typed = life.working.typed if life.working else {}
        super().__init__(data, initial={**life.texts, **typed}, auto_id="draft-%s", use_required_attribute=False)
        self.life = life
        if life.place.quarter is None:
            del self.fields["progress"]
        if not life.texts["printed_level"]:
            del self.fields["printed_level"]
        for name, field in self.fields.items():
            field.label = SUMMARY if name == "narrative" and life.place.quarter is None else LABELS[name]
            field.widget.attrs.setdefault("class", "form-control")
            if isinstance(field, Text):
                field.widget.attrs["rows"] = ROWS.get(name, 4)
                field.widget.attrs["lang"] = "th"

    def texts(self) -> Texts:
        """What was typed, as it is to be stored."""
        return dict(self.cleaned_data)

    def compared(self) -> Iterator[Compared]:
        """Each field beside what is stored by now."""
        for bound in self:
            stored = self.life.texts[bound.name]
            typed = bound.value()
            shown = "" if stored is None else str(stored)
            there = "" if typed is None else str(typed).replace("\r\n", "\n").strip()
            yield Compared(bound, shown, there != shown.strip())


class StepForm(forms.Form):
    """A step that is taken by a button, with a reason where the table of steps wants one."""

    def __init__(self, step: Step, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{step}-%s", use_required_attribute=True)
        self.step = step
        if TRANSITIONS[step].needs_reason:
            self.fields["reason"] = Text(
                label=REASONS[step],
                error_messages={"required": _("Say why.")},
                widget=forms.Textarea(attrs={"class": "form-control", "rows": 4, "lang": "th"}),
            )
        if step is Step.CERTIFY:
            self.fields["sure"] = forms.BooleanField(
                label=_("I have read the report and its figure. I know that it cannot be changed afterwards."),
                error_messages={"required": _("Tick the box to certify.")},
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    def reason(self) -> str:
        """The reason; empty for a step that needs none."""
        return str(self.cleaned_data.get("reason", ""))


REASONS: Mapping[Step, Any] = {
    Step.RETURN: _("What is to be mended"),
    Step.CORRECT: _("What is wrong in the certified report"),
}
