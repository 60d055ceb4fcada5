"""The forms of a request for data: to ask, and to answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.requests import AnswerLine, AskableUnit
from lakthan.core.dates import format_date
from lakthan.core.errors import UserError
from lakthan.rules.data_requests import AnswerForm, Field, FieldType, Value, read_value
from lakthan.web.errors import sentence
from lakthan.web.staff.requests.wording import FORMS, TYPES
from lakthan.web.staff.results.fields import DayField, ParagraphField
from lakthan.web.wording import in_language

FIELD_ROWS = 8
ALL_DISTRICTS = "all-districts"
DAYS_TO_ANSWER = 14
LINE = {"class": "form-control", "autocomplete": "off"}


class RequestForm(forms.Form):
    """What is asked, until when, and in what form."""

    asked_by = forms.ChoiceField(label=_("In the name of"), widget=forms.Select(attrs={"class": "form-select"}))
    subject = forms.CharField(label=_("Subject"), max_length=300, widget=forms.TextInput(attrs=LINE))
    question = ParagraphField(label=_("What is asked"))
    document = forms.CharField(
        label=_("Document number"), max_length=200, required=False, widget=forms.TextInput(attrs=LINE)
    )
    deadline_on = DayField(label=_("Answer until"))
    form = forms.ChoiceField(label=_("How they answer"), choices=[*FORMS.items()], widget=forms.RadioSelect)

    def __init__(self, asking: Sequence[tuple[UUID, str, str]], today: date, data: Any = None) -> None:
        first = {"deadline_on": today + timedelta(days=DAYS_TO_ANSWER), "form": AnswerForm.TEXT.value}
        super().__init__(data, initial=first, auto_id="request-%s", use_required_attribute=False)
        self.fields["asked_by"].choices = [(str(pk), in_language(th, en)) for pk, th, en in asking]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of the form in which a field is described, as it was typed."""

    number: int
    name: str
    type: str
    unit: str
    choices: str


def field_rows(data: QueryDict | None) -> list[FieldRow]:
    """The rows to describe fields in; an address or form without any gives empty ones."""

    def typed(name: str, number: int) -> str:
        return data.get(f"field-{number}-{name}", "") if data else ""

    return [
        FieldRow(
            n, typed("name", n), typed("type", n) or FieldType.INTEGER.value, typed("unit", n), typed("choices", n)
        )
        for n in range(1, FIELD_ROWS + 1)
    ]


def field_data_of(rows: Sequence[FieldRow]) -> list[Mapping[str, object]]:
    """The rows that have a name or choices, as `request_data` takes them."""
    return [
        {"name": row.name, "type": row.type, "unit": row.unit, "choices": row.choices.split(",")}
        for row in rows
        if row.name.strip() or row.choices.strip()
    ]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that are chosen together or one by one."""

    key: str
    name: str
    units: tuple[AskableUnit, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which units are chosen: kinds, groups, and single ones."""

    groups: tuple[UnitGroup, ...]
    chosen: frozenset[str]
    """Identifiers of the units that are chosen one by one."""
    all_districts: bool

    def units(self) -> tuple[UUID, ...]:
        """All that are chosen, each once."""
        found = {
            unit.id for group in self.groups for unit in group.units if group.is_chosen or str(unit.id) in self.chosen
        }
        return tuple(sorted(found))


def choosing(units: Sequence[AskableUnit], data: QueryDict | None) -> Choosing:
    """The units in their groups, as they were chosen."""
    whole = set(data.getlist("group")) if data else set()
    chosen = frozenset(data.getlist("unit")) if data else frozenset()
    all_districts = ALL_DISTRICTS in whole
    sorts: dict[tuple[bool, str], list[AskableUnit]] = defaultdict(list)
    for unit in units:
        is_district = unit.kind == "district"
        sorts[not is_district, unit.group if is_district else ""].append(unit)
    groups = []
    for (others, name), found in sorted(sorts.items()):
        key = "others" if others else f"districts {name}"
        words = name or (gettext("Bureaus") if others else gettext("District offices"))
        groups.append(UnitGroup(key, words, tuple(found), key in whole or (all_districts and not others)))
    return Choosing(tuple(groups), chosen, all_districts)


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of an answer as a form shows it."""

    field: Field
    typed: str
    error: str = ""

    @property
    def words(self) -> str:
        """What may be typed."""
        return str(TYPES[self.field.type])


class AnswerTyped:
    """What was typed into the form of an answer: nothing of it is lost, and each mistake stands beside its field."""

    def __init__(self, line: AnswerLine, data: QueryDict | None = None) -> None:
        self.line = line
        self.text = line.text if data is None else data.get("text", "").replace("\r\n", "\n")
        stored = line.rows[0] if line.rows else {}
        self.values: dict[str, Value] = {}
        self.views: list[FieldView] = []
        for field in line.asked.fields if line.asked.form is AnswerForm.VALUES else ():
            typed = shown(field, stored.get(field.code)) if data is None else data.get(field.code, "")
            self.views.append(self._read(field, typed))

    def _read(self, field: Field, typed: str) -> FieldView:
        try:
            self.values[field.code] = read_value(field, typed)
        except UserError as error:
            return FieldView(field, typed, sentence(error))
        return FieldView(field, typed)

    @property
    def is_right(self) -> bool:
        """Whether every value is of its field's type."""
        return not any(view.error for view in self.views)


def shown(field: Field, value: Value) -> str:
    """A stored value as a person writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field.type is FieldType.DATE:
        return format_date(date.fromisoformat(value), in_language("th", "en"))  # type: ignore[arg-type]
    return value


def table_of(line: AnswerLine) -> Iterator[list[str]]:
    """The rows of an answer as texts."""
    for row in line.rows:
        yield [shown(field, row.get(field.code)) for field in line.asked.fields]
