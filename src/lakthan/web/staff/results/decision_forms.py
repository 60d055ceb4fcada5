"""The form of a decision: the document once, and what is decided about each assignment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.reporting.appealing import AppealRow
from lakthan.apps.reporting.deciding import Attached, Decidable, Wish
from lakthan.rules.decisions import CHANGES, DecisionKind
from lakthan.web.staff.results.fields import DayField, NumberField, ParagraphField
from lakthan.web.staff.results.wording import KINDS

SELECT = {"class": "form-select"}
OF_YEAR = "year"


class DocumentForm(forms.Form):
    """The document, who decided, and what holds for every row that says nothing else."""

    number = forms.CharField(label=_("Number of the document"), max_length=100)
    document_date = DayField(label=_("Date of the document"))
    decided_by = forms.CharField(
        label=_("Decided by"), max_length=200, help_text=_("The committee or the office, as the document names it.")
    )
    effective_on = DayField(label=_("Takes effect on"))
    reason = ParagraphField(label=_("Reason"))
    evidence = forms.FileField(
        label=_("The document as a file"),
        required=False,
        help_text=_("PDF or picture, at most 20 MB. May be left out."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="document-%s", use_required_attribute=False)

    def attached(self) -> Attached | None:
        """The file, where one was given."""
        upload = self.cleaned_data["evidence"]
        return None if upload is None else Attached(upload.name, upload.read())


class ResolutionForm(forms.Form):
    """What is decided about one assignment."""

    kind = forms.ChoiceField(label=_("Decision"), widget=forms.Select(attrs=SELECT))
    target = NumberField(label=_("New target"), required=False, help_text=_("For a changed target only."))
    quarter = forms.ChoiceField(
        label=_("Target of"),
        initial=OF_YEAR,
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    effective_on = DayField(label=_("Takes effect on"), required=False, help_text=_("Empty: as stated above."))
    reason = ParagraphField(label=_("Reason"), required=False, rows=2, help_text=_("Empty: as stated above."))

    def __init__(
        self, about: Decidable, data: Any = None, *, alone: bool = False, asked: AppealRow | None = None
    ) -> None:
        initial = {}
        if asked is not None and asked.target is not None:
            quarter = OF_YEAR if asked.quarter is None else str(asked.quarter)
            initial = {"kind": DecisionKind.TARGET_CHANGED.value, "target": f"{asked.target:f}", "quarter": quarter}
        super().__init__(data, prefix=str(about.id), auto_id="row-%s", use_required_attribute=False, initial=initial)
        self.about = about
        self.asked = asked
        possible = [kind for kind in DecisionKind if about.duty in CHANGES[kind].sources]
        self._offer("kind", [("", "–"), *((kind.value, KINDS[kind]) for kind in possible)])
        quarters = [(str(number), gettext("Quarter %(number)s") % {"number": number}) for number in range(1, 5)]
        self._offer("quarter", [(OF_YEAR, _("The whole year")), *quarters])
        if alone:
            del self.fields["effective_on"], self.fields["reason"]

    def _offer(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A target is given exactly where the target is changed."""
        given = super().clean() or {}
        changes = given.get("kind") == DecisionKind.TARGET_CHANGED.value
        if "target" not in given or "kind" not in given:
            return given
        if changes and given["target"] is None:
            self.add_error("target", gettext("Give the new target."))
        if not changes and given["target"] is not None:
            self.add_error("target", gettext("A target belongs to the decision “Target changed” only."))
        return given

    def wish(self, document: DocumentForm) -> Wish:
        """The row as it is to be decided."""
        given, general = self.cleaned_data, document.cleaned_data
        kind = DecisionKind(given["kind"])
        of_quarter = kind is DecisionKind.TARGET_CHANGED and given["quarter"] not in ("", OF_YEAR)
        return Wish(
            assignment=self.about.id,
            kind=kind,
            effective_on=given.get("effective_on") or general["effective_on"],
            reason=given.get("reason") or general["reason"],
            quarter=int(given["quarter"]) if of_quarter else None,
            target=given["target"],
        )


def resolution_forms(
    about: Sequence[Decidable], data: Any = None, *, asked: Sequence[AppealRow] = ()
) -> list[ResolutionForm]:
    """One form for each assignment, filled in with the target that its unit asks for."""
    wished = {row.assignment: row for row in asked}
    return [ResolutionForm(row, data, alone=len(about) == 1, asked=wished.get(row.id)) for row in about]
