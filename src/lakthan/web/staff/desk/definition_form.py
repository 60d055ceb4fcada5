"""The form of an indicator and its definition, and the choice of what its preview shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lakthan.apps.indicators.desk import NodeLabel
from lakthan.apps.indicators.services import Defined, Identity, Words
from lakthan.apps.indicators.versions import DefinedIndicator
from lakthan.apps.people.directory import UnitLabel
from lakthan.core.digits import to_arabic
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.web.staff.desk.wording import TEXTS
from lakthan.web.staff.fields import Text
from lakthan.web.wording import LEVELS, OPERATORS, in_language

CONTROL = {"class": "form-control"}
SELECT = forms.Select(attrs={"class": "form-select"})
MOST_DECIMALS = 4


def _line(label: Any, *, required: bool = True, lang: str = "th", **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={**CONTROL, "lang": lang, "autocomplete": "off"})
    said = {"required": _("Fill this in.")}
    return forms.CharField(label=label, required=required, widget=widget, error_messages=said, **more)


def _text(name: str, lang: str, rows: int = 4, help_text: Any = "") -> Text:
    widget = forms.Textarea(attrs={**CONTROL, "rows": rows, "lang": lang})
    return Text(label=TEXTS[name], required=False, widget=widget, help_text=help_text)


class DefinitionForm(forms.Form):
    """An indicator without its formula. A new one has a code and an owner; one that exists has a reason and years."""

    code = forms.RegexField(
        r"^[0-9]{4}-[0-9]{1,6}$",
        required=False,
        label=_("Code of the indicator"),
        help_text=_("Four digits of the agency, a hyphen and a number. Empty: the owner's next free one."),
        error_messages={"invalid": _("Write four digits, a hyphen and a number, such as 2100-0007.")},
        widget=forms.TextInput(attrs={**CONTROL, "autocomplete": "off", "maxlength": 11}),
    )
    owner = forms.ChoiceField(label=_("Owner"), widget=SELECT, error_messages={"required": _("Choose the owner.")})
    name_th = _line(_("Name in Thai"))
    name_en = _line(_("Name in English"), required=False, lang="en")
    level = forms.ChoiceField(label=_("Level"), widget=SELECT, error_messages={"required": _("Choose one of these.")})
    nodes = forms.MultipleChoiceField(
        label=_("Goals of the plan that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("A chosen node of the plan is not there any more; choose again.")},
    )
    terms_th = _text("terms_th", "th", help_text=_("One paragraph a line, as in section 3 of the printed form."))
    terms_en = _text("terms_en", "en")
    method_th = _text("method_th", "th", 3)
    method_en = _text("method_en", "en", 3)
    unit_th = _line(TEXTS["unit_th"], max_length=50)
    unit_en = _line(TEXTS["unit_en"], required=False, lang="en", max_length=50)
    operator = forms.ChoiceField(
        label=TEXTS["operator"],
        choices=[(operator.value, words) for operator, words in OPERATORS.items()],
        widget=SELECT,
        help_text=_("How the value is held against the target."),
    )
    decimals = forms.TypedChoiceField(
        label=TEXTS["decimals"], coerce=int, choices=[(n, n) for n in range(MOST_DECIMALS + 1)], widget=SELECT
    )
    reason = Text(
        label=_("Why this version follows the one before"),
        required=False,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 2, "lang": "th"}),
        help_text=_("Needed where the definition or the formula changes."),
    )
    years = forms.TypedMultipleChoiceField(
        label=_("Use the new version in the fiscal years"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("Only years of which no period has opened. All other assignments keep their version."),
    )

    def __init__(
        self,
        *,
        units: Sequence[UnitLabel],
        nodes: Sequence[NodeLabel],
        defined: DefinedIndicator | None,
        open_years: Sequence[int],
        data: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        self._choose("owner", [("", "–"), *((str(unit.id), f"{unit.code} {_name(unit)}") for unit in units)])
        self._choose("level", [*([] if defined else [("", _("Choose …"))]), *LEVELS.items()])
        self._choose("nodes", [*_by_version(nodes)])
        self._choose("years", [(year, year) for year in open_years])
        unused = ("reason", "years") if defined is None else ("code", "owner")
        for name in (*unused, *(("years",) if not open_years else ())):
            self.fields.pop(name, None)

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Thai digits are read as Arabic ones."""
        return to_arabic(self.cleaned_data["code"])

    def identity(self) -> Identity:
        """Names, level and links."""
        typed = self.cleaned_data
        nodes = tuple(UUID(node) for node in typed["nodes"])
        return Identity(typed["name_th"], typed["name_en"], typed["level"], nodes)

    def defined(self, formula: dict[str, object]) -> Defined:
        """The definition with a formula."""
        typed = self.cleaned_data
        words = Words(
            _paragraphs(typed["terms_th"]),
            _paragraphs(typed["terms_en"]),
            *(typed[name] for name in ("method_th", "method_en", "unit_th", "unit_en")),
        )
        return Defined(formula, words, Operator(typed["operator"]), typed["decimals"])


def stored_values(defined: DefinedIndicator) -> dict[str, Any]:
    """What the form begins with for an indicator that exists."""
    newest = defined.newest
    identity = {"name_th": defined.name_th, "name_en": defined.name_en, "level": defined.level}
    identity["nodes"] = [str(node) for node in defined.nodes]  # type: ignore[assignment]
    if newest is None:
        return identity
    return identity | {
        "terms_th": "\n".join(newest.terms_th),
        "terms_en": "\n".join(newest.terms_en),
        **{name: getattr(newest, name) for name in ("method_th", "method_en", "unit_th", "unit_en", "decimals")},
        "operator": newest.operator.value,
    }


def _name(unit: UnitLabel) -> str:
    return in_language(unit.name_th, unit.name_en)


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _by_version(nodes: Sequence[NodeLabel]) -> list[tuple[str, list[tuple[str, str]]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for node in nodes:
        name = f"{node.code} {in_language(node.name_th, node.name_en)}"
        found.setdefault(in_language(node.version_th, node.version_en), []).append((str(node.id), name))
    return [*found.items()]


@dataclass(frozen=True, slots=True)
class PreviewChoice:
    """The quarter and the district of the preview; an empty code is the city."""

    fiscal_year: FiscalYear
    quarter: int
    district: str


class PreviewForm(forms.Form):
    """Of when and of whom the preview shows the figure."""

    preview_year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int, widget=SELECT)
    preview_quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, choices=[(number, number) for number in range(1, 5)], widget=SELECT
    )
    preview_district = forms.ChoiceField(label=_("Of"), required=False, widget=SELECT)

    def __init__(
        self, years: Sequence[FiscalYear], districts: Sequence[UnitLabel], begin: PreviewChoice, data: Any = None
    ) -> None:
        initial = {"preview_year": begin.fiscal_year.be, "preview_quarter": begin.quarter, "preview_district": ""}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.begin = begin
        for name, choices in (
            ("preview_year", [(year.be, year.be) for year in years]),
            ("preview_district", [("", _("The whole city")), *((u.code, _name(u)) for u in districts)]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def choice(self) -> PreviewChoice:
        """What is chosen; what it begins with where nothing was sent that can be chosen."""
        if not self.is_bound or not self.is_valid():
            return self.begin
        typed = self.cleaned_data
        return PreviewChoice(FiscalYear(typed["preview_year"]), typed["preview_quarter"], typed["preview_district"])
