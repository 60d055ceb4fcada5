"""The form that lets many units answer for one indicator: who, and with which targets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.people.directory import UnitLabel
from lakthan.apps.reporting.assigning import Wanted
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import read_number
from lakthan.rules.facts import DistrictGroup
from lakthan.web.staff.desk.wording import CLASSES
from lakthan.web.wording import in_language

DISTRICTS, BUREAUS = "districts", "bureaus"
BEFORE = (3, 2, 1)
"""Baselines: so many years before."""
TICKS = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})
SELECT = forms.Select(attrs={"class": "form-select"})
THAI = forms.TextInput(attrs={"class": "form-control", "lang": "th"})
SCALE = tuple(f"scale_{score}" for score in range(1, 6))


class NumberField(forms.CharField):
    """An exact number as officers write it: Thai digits and thousands are read."""

    def __init__(self, **more: Any) -> None:
        attrs = {"class": "form-control", "inputmode": "decimal", "autocomplete": "off", "maxlength": 20}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **more)

    def to_python(self, value: Any) -> Any:
        """The number; None where nothing is written."""
        return number_or_none(str(super().to_python(value)))


def number_or_none(text: str) -> Decimal | None:
    """A number as it was typed; None for nothing. Raises `ValidationError` for what is no number."""
    number = read_number(text)
    if number is None and text.strip():
        raise forms.ValidationError(gettext("Write a number, such as 80 or 12.5."))
    return number


class AssignForm(forms.Form):
    """Which units, and what is agreed with all of them."""

    groups = forms.MultipleChoiceField(
        label=_("Groups of units"),
        required=False,
        widget=TICKS,
    )
    units = forms.MultipleChoiceField(
        label=_("Single units"),
        required=False,
        widget=TICKS,
    )
    target = NumberField(label=_("Target of the year"), help_text=_("Empty: none is set."))
    quarter_1 = NumberField(label=_("Target of Q1"))
    quarter_2 = NumberField(label=_("Target of Q2"))
    quarter_3 = NumberField(label=_("Target of Q3"))
    quarter_4 = NumberField(label=_("Target of Q4"))
    weight = NumberField(label=_("Weight in the agency's score"))
    classification = forms.ChoiceField(
        label=_("Class"),
        widget=SELECT,
        error_messages={"required": _("Choose one of these.")},
    )
    scale_1 = NumberField(label=_("Score 1 at"))
    scale_2 = NumberField(label=_("Score 2 at"))
    scale_3 = NumberField(label=_("Score 3 at"))
    scale_4 = NumberField(label=_("Score 4 at"))
    scale_5 = NumberField(label=_("Score 5 at"))
    supervisor = forms.ChoiceField(label=_("Who supervises"), required=False, widget=SELECT)
    collector = forms.ChoiceField(label=_("Who collects the data"), required=False, widget=SELECT)
    baseline_3 = NumberField()
    baseline_2 = NumberField()
    baseline_1 = NumberField()
    baseline_source = forms.CharField(
        label=_("Source of the baselines"),
        required=False,
        max_length=200,
        widget=THAI,
    )
    change_existing = forms.BooleanField(
        label=_("Change the units that answer for it already"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        help_text=_("Not ticked: they are left as they are."),
    )

    def __init__(
        self,
        fiscal_year: FiscalYear,
        units: Sequence[UnitLabel],
        groups: Sequence[DistrictGroup],
        data: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.fiscal_year, self.all_units = fiscal_year, units
        named = [(str(unit.id), f"{unit.code} {in_language(unit.name_th, unit.name_en)}") for unit in units]
        self._choose("groups", _groups(units, groups))
        self._choose("units", named)
        self._choose("classification", [("", gettext("Choose …")), *CLASSES.items()])
        for name in ("supervisor", "collector"):
            self._choose(name, [("", "–"), *named])
        for years in BEFORE:
            label = gettext("Baseline of %(year)s") % {"year": fiscal_year.be - years}
            self.fields[f"baseline_{years}"].label = label

    def _choose(self, name: str, choices: Any) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one unit is chosen."""
        if not self.cleaned_data.get("groups") and not self.cleaned_data.get("units"):
            self.add_error("groups", gettext("Choose at least one unit."))
        return self.cleaned_data

    @property
    def has_more(self) -> bool:
        """Whether anything is typed or wrong below the first three fields."""
        more = [name for name in self.fields if name.startswith(("quarter_", "scale_", "baseline_", "super", "coll"))]
        return any(self[name].value() or self.errors.get(name) for name in more)

    def chosen(self) -> list[UnitLabel]:
        """The units of the groups and the single ones, in order of code."""
        groups, single = set(self.cleaned_data["groups"]), set(self.cleaned_data["units"])
        return [unit for unit in self.all_units if str(unit.id) in single or groups & set(groups_of(unit))]

    def wanted(self, targets: Mapping[UUID, Decimal]) -> list[Wanted]:
        """What is to hold for each chosen unit; `targets` are those of single units."""
        typed = self.cleaned_data
        common = Wanted(
            unit=UUID(int=0),
            target=typed["target"],
            classification=typed["classification"],
            quarters={n: typed[f"quarter_{n}"] for n in range(1, 5) if typed[f"quarter_{n}"] is not None},
            weight=typed["weight"],
            scale=tuple(typed[name] for name in SCALE if typed[name] is not None),
            supervisor=UUID(typed["supervisor"]) if typed["supervisor"] else None,
            collector=UUID(typed["collector"]) if typed["collector"] else None,
            baselines={
                self.fiscal_year.be - n: typed[f"baseline_{n}"] for n in BEFORE if typed[f"baseline_{n}"] is not None
            },
            baseline_source=typed["baseline_source"],
        )
        return [replace(common, unit=u.id, target=targets.get(u.id, common.target)) for u in self.chosen()]


def groups_of(unit: UnitLabel) -> Iterator[str]:
    """The groups that a unit is chosen with."""
    if unit.kind == "district":
        yield DISTRICTS
        yield f"group:{unit.group}"
    if unit.kind == "bureau":
        yield BUREAUS


def _groups(units: Sequence[UnitLabel], groups: Sequence[DistrictGroup]) -> list[tuple[str, str]]:
    names = {f"group:{group.code}": in_language(group.name_th, group.name_en) for group in groups}
    all_ = {DISTRICTS: gettext("All district offices"), **names, BUREAUS: gettext("All bureaus")}
    counts = {code: sum(code in groups_of(unit) for unit in units) for code in all_}
    return [(code, f"{name} ({counts[code]})") for code, name in all_.items() if counts[code]]
