"""The form of a plan that is prepared: five fields, rows of projects, and how the committee adopted it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.fates import Fate
from lakthan.apps.planning.plans import ProposalPage
from lakthan.core.dates import format_date
from lakthan.rules.plan_proposals import ProposalContent
from lakthan.rules.typed_projects import LONGEST, PLAN_FIELDS, Finding, Typed
from lakthan.web.staff.results.fields import DayField, ParagraphField
from lakthan.web.wording import FIELDS, in_language

ROW = re.compile(r"project-(\d{1,4})-(\w+)")
EMPTY: Mapping[str, Sequence[Fate]] = MappingProxyType({})
ADOPTION = ("meeting", "resolution", "adopted_on", "valid_until")
LINE = {"class": "form-control", "autocomplete": "off", "lang": "th"}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the form, as it is typed, with what is wrong in it by name of the field."""

    number: int
    typed: Typed
    wrong: Mapping[str, str]
    became: Sequence[Fate] = ()
    """What the district decided about the project of this name in the plan that was copied."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to write in it, so that its name is enough to be seen at first."""
        return not self.wrong and all(self.typed.get(name, "").strip() for name in ("name", "field", "way"))


class PlanForm(forms.Form):
    """All but the projects."""

    physical = ParagraphField(rows=4, required=False)
    economy = ParagraphField(rows=4, required=False)
    society = ParagraphField(rows=4, required=False)
    health = ParagraphField(rows=4, required=False)
    mind = ParagraphField(rows=4, required=False)
    meeting = forms.ChoiceField(
        label=_("Community meeting in which the plan was considered"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    resolution = forms.CharField(
        label=_("Resolution of the community's committee"),
        required=False,
        max_length=200,
        help_text=_("As the minutes say it, for example: meeting 2/2563, item 3."),
        widget=forms.TextInput(attrs=LINE),
    )
    adopted_on = DayField(label=_("Adopted by the committee on"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False)

    def __init__(self, page: ProposalPage, data: Mapping[str, str] | None = None) -> None:
        content = page.content
        first = {
            **content.fields,
            "meeting": str(page.meeting.id) if page.meeting else "",
            "resolution": content.resolution,
            "adopted_on": content.adopted_on,
            "valid_until": content.valid_until,
        }
        super().__init__(data, initial=first, auto_id="plan-%s", use_required_attribute=False)
        self.page = page
        for name in PLAN_FIELDS:
            self.fields[name].label = str(FIELDS[name])
        choices = [
            (str(held.id), f"{held.number}/{held.year} · {format_date(held.held_on, in_language('th', 'en'))}")  # type: ignore[arg-type]
            for held in page.meetings
        ]
        self.fields["meeting"].choices = [("", _("Not chosen")), *choices]  # type: ignore[attr-defined]

    @property
    def plan_fields(self) -> Iterator[forms.BoundField]:
        """The five fields."""
        return (self[name] for name in PLAN_FIELDS)

    def content(self, projects: Sequence[Typed]) -> ProposalContent:
        """What was typed, with the projects, as it is to be saved."""
        given = self.cleaned_data
        return ProposalContent(
            fields={name: given[name] for name in PLAN_FIELDS},
            projects=tuple(projects),
            adopted_on=given["adopted_on"],
            valid_until=given["valid_until"],
            resolution=given["resolution"],
        )

    def meeting_id(self) -> UUID | None:
        """The meeting that was chosen."""
        chosen = self.cleaned_data["meeting"]
        return UUID(chosen) if chosen else None

    def beside(self, other: "PlanForm") -> Iterator[tuple[forms.BoundField, str]]:
        """Each field in which something else stands in the other form, with what a person reads there."""
        for bound in self:
            there = _shown(other[bound.name])
            if there != _shown(bound):
                yield bound, _choice(bound, there)


def kept_form(page: ProposalPage) -> tuple[PlanForm, list[Typed]]:
    """The form and the rows of projects with what is kept, saved or not."""
    if page.unsaved is None:
        return saved_form(page)
    return PlanForm(page, page.unsaved.texts), typed_projects(page.unsaved.texts)


def saved_form(page: ProposalPage) -> tuple[PlanForm, list[Typed]]:
    """The form and the rows of projects with what is saved."""
    return PlanForm(page), list(page.content.projects)


def _shown(bound: forms.BoundField) -> str:
    """What stands in a field."""
    return str(bound.value() or "").replace("\r\n", "\n").strip()


def _choice(bound: forms.BoundField, value: str) -> str:
    """What a person reads of a value."""
    if isinstance(bound.field, forms.ChoiceField):
        return str(dict(bound.field.choices).get(value, value))  # type: ignore[arg-type]
    return value


def typed_projects(data: Mapping[str, str]) -> list[Typed]:
    """The rows of projects of a form that was sent, in their order; empty rows too, which the page shows again."""
    rows: dict[int, dict[str, str]] = {}
    for key in data:
        if (found := ROW.fullmatch(key)) and found[2] in LONGEST:
            rows.setdefault(int(found[1]), {})[found[2]] = str(data[key]).replace("\r\n", "\n")
    return [rows[number] for number in sorted(rows)]


def filled_projects(rows: Sequence[Typed]) -> list[Typed]:
    """The rows in which something is typed, without white space around it."""
    texts = ({name: text.strip() for name, text in row.items() if text.strip()} for row in rows)
    return [row for row in texts if row]


def typed_texts(data: Mapping[str, str], rows: Sequence[Typed]) -> dict[str, str]:
    """What was typed, by name of the field, with the rows of projects in which something is typed."""
    texts = {name: str(data[name]) for name in (*PLAN_FIELDS, *ADOPTION) if name in data}
    for number, row in enumerate(filled_projects(rows), start=1):
        texts |= {f"project-{number}-{name}": text for name, text in row.items()}
    return texts


def moved(rows: Sequence[Typed], act: str) -> list[Typed]:
    """The rows after a button of one: `add`, `remove 2`, `up 2`, `down 2`; others change nothing."""
    what, _, which = act.partition(" ")
    at = int(which) - 1 if which.isascii() and which.isdigit() else -1
    changed = list(rows)
    if what == "add":
        return [*changed, {}]
    if not 0 <= at < len(changed):
        return changed
    row = changed.pop(at)
    if what == "up":
        changed.insert(max(0, at - 1), row)
    elif what == "down":
        changed.insert(at + 1, row)
    elif what != "remove":
        changed.insert(at, row)
    return changed


def project_rows(
    rows: Sequence[Typed], findings: Sequence[Finding] = (), became: Mapping[str, Sequence[Fate]] = EMPTY
) -> list[ProjectRow]:
    """The rows with what is wrong in each, and what became of the project of the same name in the last plan."""
    wrong: dict[str, str] = {finding.place: in_language(finding.th, finding.en) for finding in findings}
    return [
        ProjectRow(
            number,
            row,
            {name: wrong[place] for name in LONGEST if (place := f"project-{number}-{name}") in wrong},
            became.get(row.get("name", "").strip(), ()),
        )
        for number, row in enumerate(rows, start=1)
    ]


def anchor_of(place: str) -> str:
    """The identifier on the page of the place that a finding names."""
    return place if place.startswith("project") else f"plan-{place}"
