"""Forms of what follows a decision: work, proof, requests and answers, the community's word, letters."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lakthan.rules.after_decision import Work
from lakthan.web.staff.fields import DayField, Text
from lakthan.web.staff.paths.wording import WORKS

LINE = {"class": "form-control", "autocomplete": "off"}
UPHELD, KEPT = "upheld", "kept"
DONE, MISSING = "done", "missing"
NOT_CHOSEN = ("", _("Choose"))
"""Nothing is answered by leaving a form as it is."""


def _paragraph(**more: Any) -> Text:
    return Text(widget=forms.Textarea(attrs={"class": "form-control", "rows": 3, "lang": "th"}), **more)


def _day(label: Any, **more: Any) -> DayField:
    return DayField(label=label, help_text=_("For example 1 April 2020 or 1/4/2563."), **more)


class ActForm(forms.Form):
    """A form of a page that holds several: what it does, and for which decision."""

    act = ""

    def __init__(self, key: str, today: date, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{self.act}-{key}-%s", use_required_attribute=False)
        self.key = key
        for name in ("effective_on", "answered_on"):
            if name in self.fields:
                self.fields[name].initial = today


class WorkForm(ActForm):
    """How far the work is."""

    act = "work"
    state = forms.ChoiceField(
        label=_("How far the work is"),
        choices=[NOT_CHOSEN, *((work.value, words) for work, words in WORKS.items())],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    effective_on = _day(_("From which day"))
    note = _paragraph(
        label=_("Note"),
        required=False,
        help_text=_("Officers and the community read it; it is not published. Why, where the work has stopped."),
    )

    def work(self) -> Work:
        """The state that was chosen."""
        return Work(self.cleaned_data["state"])


class ProofForm(ActForm):
    """A file that proves the work."""

    act = "proof"
    file = forms.FileField(
        label=_("Photograph or document"),
        help_text=format_lazy(
            "{} {}",
            _("JPEG, PNG, PDF or an office file, at most 20 MB. Only officers and the community see the file."),
            _("The place where a photo was taken is removed from the file before it is kept."),
        ),
        widget=forms.ClearableFileInput(attrs={"class": "form-control"}),
    )
    proves = forms.CharField(
        label=_("What the file shows"),
        max_length=200,
        help_text=_("This line is published."),
        widget=forms.TextInput(attrs=LINE),
    )


class AnswerForm(ActForm):
    """The district's answer to a request for another look."""

    act = "answer"
    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[NOT_CHOSEN, (UPHELD, _("Decide anew")), (KEPT, _("The decision stands"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    answer = _paragraph(label=_("Reason of the answer"))
    document = forms.CharField(label=_("Document number"), max_length=200, widget=forms.TextInput(attrs=LINE))
    answered_on = _day(_("Answered on"))


class AskForm(ActForm):
    """The community's request for another look."""

    act = "ask"
    reasons = _paragraph(label=_("Why the district should look again"))


class PaperAskForm(AskForm):
    """A request that came on paper, as the officer records it."""

    document = forms.CharField(
        label=_("Number of the community's letter"), max_length=200, widget=forms.TextInput(attrs=LINE)
    )
    effective_on = _day(_("Received on"))


class ConfirmForm(ActForm):
    """The community's word about work that is reported as done."""

    act = "confirm"
    word = forms.ChoiceField(
        label=_("Is the work done?"),
        choices=[NOT_CHOSEN, (DONE, _("Yes, the work is done")), (MISSING, _("No, something is missing"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = _paragraph(label=_("What is missing, or what else there is to say"), required=False)


class PaperConfirmForm(ConfirmForm):
    """The community's word on paper, as the officer records it."""

    note = _paragraph(label=_("The community's paper, and what it says"))
    effective_on = _day(_("Day of the paper"))


class LetterForm(forms.Form):
    """Number and day of letters."""

    document = forms.CharField(
        label=_("Number of the letters"),
        max_length=200,
        required=False,
        help_text=_(
            "Such as กท 5026/123. Empty prints room to write it in; to record that they are sent, it is needed."
        ),
        widget=forms.TextInput(attrs=LINE),
    )
    day = DayField(
        label=_("Day of the letters"),
        required=False,
        help_text=_("For example 1 April 2020 or 1/4/2563."),
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="letter-%s", use_required_attribute=False)
