"""The fields of a formula on a form: those that apply to what is chosen, in groups, each with its own mistakes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext

from lakthan.rules.facts import COMMUNITY_TYPES, FACT_KINDS, FactKind
from lakthan.rules.formula.fields import data_of_fields, fields_shown, is_list, without_empty_steps
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.formula.parse import COMMUNITY_KINDS, MONEY_KINDS, QUERY_KINDS, FormulaError, parse_formula
from lakthan.rules.formula.reader import Problem
from lakthan.web.staff.desk import wording
from lakthan.web.wording import in_language

PREFIX = "formula."
OFFSETS = range(-2, 3)
"""Booked fiscal years that can be ticked, counted from the year reported on."""

Values = dict[str, list[str]]
Choices = list[tuple[str, Any]]


def values_of(posted: QueryDict) -> Values:
    """The fields of the formula that a form sent, rows of steps that say nothing left out."""
    given = {name.removeprefix(PREFIX): posted.getlist(name) for name in posted if name.startswith(PREFIX)}
    return without_empty_steps(given)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a title; rows of steps stand beside one another."""

    title: str
    fields: list[forms.BoundField]
    is_row: bool = False


class FormulaForm(forms.Form):
    """The fields that apply to `values`; `formula` is what they give, None while there are problems.

    Until somebody wants to save, only what is filled in is called wrong.
    """

    def __init__(self, values: Values, *, is_final: bool = False) -> None:
        self.values = values
        super().__init__(MultiValueDict({PREFIX + name: given for name, given in values.items()}))
        self.formula: Formula | None = None
        for name in fields_shown(values):
            self.fields[PREFIX + name] = _field(name, values)
        try:
            self.formula = parse_formula(data_of_fields(values))
        except FormulaError as error:
            filled = {name for name, given in values.items() if any(map(str.strip, given))}
            self._add(problem for problem in error.problems if is_final or problem.field in filled)

    def _add(self, problems: Iterable[Problem]) -> None:
        """Each problem to its field; one of a part that has no field of its own to the top."""
        self.is_valid()
        for problem in problems:
            name = PREFIX + problem.field
            field = self.fields.get(name)
            self.add_error(name if field else None, _sentence(problem, field))

    @property
    def data_shown(self) -> dict[str, object]:
        """The formula as plain data, as far as it is given."""
        return data_of_fields(self.values)

    def groups(self) -> Iterator[Group]:
        """The fields in their groups, in the order of the form."""
        found: dict[str, list[forms.BoundField]] = {}
        for name in self.fields:
            found.setdefault(_group_of(name.removeprefix(PREFIX)), []).append(self[name])
        for key, fields in found.items():
            is_row = key.startswith("steps[")
            title = (
                gettext("Step %(number)s") % {"number": int(key[6:-1]) + 1}
                if is_row
                else str(wording.GROUPS.get(key, ""))
            )
            yield Group(title, fields, is_row)

    def kept(self) -> Iterator[tuple[str, str]]:
        """What was given for fields that do not apply now, to be sent along unseen."""
        shown = set(fields_shown(self.values))
        for name, given in self.values.items():
            if name not in shown:
                yield from ((PREFIX + name, text) for text in given)


def _group_of(name: str) -> str:
    part = name.partition(".")[0]
    return part if "." in name else ("kind" if name == "kind" else "calculation")


def _sentence(problem: Problem, field: forms.Field | None) -> str:
    if field is not None and isinstance(field.widget, forms.Select):
        return gettext("Choose one of these.")
    if problem.field == "unit_target" or problem.field.endswith(".weight"):
        return gettext("Write a number above zero, such as 12.5.")
    return problem.en if get_language() == "en" else problem.th


def _field(name: str, values: Mapping[str, Sequence[str]]) -> forms.Field:
    """The field of a path of the grammar. It takes anything: the grammar says what is wrong."""
    last = name.rpartition(".")[2]
    label, help_text = wording.FIELDS[last]
    if name.endswith("filters.kind"):
        label = wording.FILTER_OF_PLANS
    widget: forms.Widget
    if is_list(name):
        attrs = {"class": "form-check-input"}
        widget = forms.CheckboxSelectMultiple(attrs=attrs, choices=_choices(name, last, values))
    elif last == "on":
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"})
    elif last in wording.TYPED:
        attrs = {"class": "form-control", "autocomplete": "off", "maxlength": "500"}
        widget = forms.TextInput(attrs=attrs | ({"lang": "th"} if last == "name_th" else {}))
    else:
        widget = forms.Select(attrs={"class": "form-select"}, choices=_choices(name, last, values))
    return forms.Field(required=False, label=str(label), help_text=str(help_text), widget=widget)


def _choices(name: str, last: str, values: Mapping[str, Sequence[str]]) -> Choices:
    match last:
        case "types":
            return [(code, in_language(*names)) for code, names in COMMUNITY_TYPES.items()]
        case "fiscal_years":
            return [(str(offset), _offset_words(offset)) for offset in _offsets(values.get(name, ()))]
        case "fact":
            return [("", gettext("Choose …")), *((kind.value, _fact_words(kind)) for kind in _facts(values))]
        case _ if ".filters." in name:
            kinds = _filter_values(name, values)
            return [("", gettext("All")), *((code, in_language(*names)) for code, names in kinds.items())]
        case _:
            begins = [] if last in wording.DEFAULTED else [("", gettext("Choose …"))]
            return [*begins, *wording.CHOICES[last].items()]


def _filter_values(name: str, values: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, str]]:
    place, _, attribute = name.partition(".filters.")
    return FACT_KINDS[FactKind(values[f"{place}.fact"][-1].strip())].attributes[attribute]


def _facts(values: Mapping[str, Sequence[str]]) -> tuple[FactKind, ...]:
    kind = (values.get("kind") or [""])[-1]
    if kind in ("sum", "mean"):
        return MONEY_KINDS
    of = (values.get("population.of") or [""])[-1]
    return COMMUNITY_KINDS if kind == "share" and of == "communities" else QUERY_KINDS


def _fact_words(kind: FactKind) -> str:
    spec = FACT_KINDS[kind]
    return in_language(spec.name_th, spec.plural_en)


def _offsets(given: Sequence[str]) -> list[int]:
    """The years to tick, with those that the formula has beside them."""
    others = {int(text) for text in given if text.strip().lstrip("-").isdigit()}
    return sorted({*OFFSETS, *others})


def _offset_words(offset: int) -> str:
    if offset == 0:
        return gettext("The year reported on")
    words = gettext("%(years)s year before") if offset < 0 else gettext("%(years)s year after")
    return words % {"years": abs(offset)}
