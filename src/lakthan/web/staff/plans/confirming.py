"""The district's answer to a sent plan: what is there and what is missing, and the meeting it was considered in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.plans import MeetingChoice, ProposalPage
from lakthan.apps.planning.services.proposals import AdoptingMeeting
from lakthan.core.dates import format_date
from lakthan.rules.meetings import COMMUNITY, LONGEST_PLACE
from lakthan.rules.plan_proposals import ProposalContent, ProposalStep
from lakthan.rules.typed_projects import NONE_WRITTEN
from lakthan.web.staff.meetings.forms import LONGEST_TITLE, SELECT, AttendanceRows
from lakthan.web.staff.results.fields import DayField
from lakthan.web.wording import in_language

NEW, NONE = "new", "none"
"""The meeting is not recorded yet and is now; or it is confirmed without one."""
GROUPS_SHOWN = 4
LINE = {"class": "form-control", "autocomplete": "off", "lang": "th"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that belongs to a plan: whether it is there, and what there is of it."""

    is_there: bool
    what: str
    told: str


class ConfirmForm(forms.Form):
    """The meeting in which the plan was considered: one that is recorded, one to be recorded, or none."""

    meeting = forms.ChoiceField(
        label=_("Community meeting in which the plan was considered"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": _("Choose the meeting, record it, or say that none is recorded.")},
    )
    title = forms.CharField(
        label=_("What the meeting is about"),
        required=False,
        max_length=LONGEST_TITLE,
        initial="พิจารณาแผนพัฒนาชุมชน",
        widget=forms.TextInput(attrs={**LINE, "maxlength": LONGEST_TITLE}),
    )
    held_on = DayField(label=_("Held on"), required=False)
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={**LINE, "maxlength": LONGEST_PLACE}),
    )

    def __init__(self, page: ProposalPage, data: Any = None) -> None:
        first = {"meeting": str(page.meeting.id) if page.meeting else "", "held_on": page.content.adopted_on}
        super().__init__(data, initial=first, auto_id="considered-%s", use_required_attribute=False)
        self.came = AttendanceRows(COMMUNITY, data=data)
        del self.came.rows[GROUPS_SHOWN:]
        field = self.fields["meeting"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [
            *([] if page.meeting else [("", gettext("Choose"))]),
            *[(str(held.id), meeting_words(held)) for held in page.meetings],
            (NEW, gettext("Another one: record it below")),
            *([] if page.meeting else [(NONE, gettext("Confirm without a recorded meeting"))]),
        ]

    def clean(self) -> dict[str, Any]:
        """A meeting to be recorded has its title, its day and who came."""
        given = super().clean() or self.cleaned_data
        if given.get("meeting") != NEW:
            return given
        if not given.get("title"):
            self.add_error("title", gettext("Write what it is about."))
        if not given.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", gettext("Write the day."))
        counted = self.came.counted()
        if counted == {}:
            self.add_error(None, gettext("Write how many came, at least of one group."))
        elif counted is None:
            self.add_error(None, gettext("Mend who came to the meeting."))
        given["attendance"] = counted
        return given

    def chosen(self) -> UUID | AdoptingMeeting | None:
        """The recorded meeting by identifier, the one to be recorded, or None for none."""
        given = self.cleaned_data
        if given["meeting"] == NONE:
            return None
        if given["meeting"] != NEW:
            return UUID(given["meeting"])
        return AdoptingMeeting(given["title"], given["held_on"], given["attendance"], given["place"])


def confirm_form(page: ProposalPage, form: ConfirmForm | None = None) -> ConfirmForm | None:
    """The form of who may confirm the plan; None for others."""
    return (form or ConfirmForm(page)) if ProposalStep.CONFIRM in page.steps else None


def meeting_words(held: MeetingChoice) -> str:
    """1/2563 · 22 July 2563 · 41 people."""
    day = format_date(held.held_on, in_language("th", "en"))  # type: ignore[arg-type]
    return f"{held.number}/{held.year} · {day} · {_people(held)}"


def _people(held: MeetingChoice) -> str:
    if held.people is None:
        return gettext("who came is not recorded")
    return ngettext("%(number)s person", "%(number)s people", held.people) % {"number": f"{held.people:,}"}


def checks(page: ProposalPage) -> Iterator[Check]:
    """What belongs to the plan, in the order of the form; what is not there is told as what it is."""
    content, held = page.content, page.meeting
    yield _fields(content)
    yield _projects(content)
    said = gettext("Not recorded")
    yield Check(
        bool(content.resolution), gettext("Resolution of the community's committee"), content.resolution or said
    )
    yield Check(held is not None, gettext("Community meeting"), meeting_words(held) if held else said)
    if held is None:
        return
    yield Check(held.people is not None, gettext("Attendance"), _people(held))
    files = ngettext("%(number)s file", "%(number)s files", held.files) % {"number": held.files}
    told = files if held.files else gettext("No file is attached to the meeting")
    yield Check(held.files > 0, gettext("Minutes and other files"), told)
    if content.adopted_on and held.held_on > content.adopted_on:
        said = gettext("The meeting was held after the committee's resolution.")
        yield Check(is_there=False, what=gettext("Days"), told=said)


def _fields(content: ProposalContent) -> Check:
    written = sum(bool(text.strip()) for text in content.fields.values())
    told = gettext("%(written)s of %(all)s are written") % {"written": written, "all": len(content.fields)}
    return Check(written == len(content.fields), gettext("Five fields"), told)


def _projects(content: ProposalContent) -> Check:
    count = len(content.projects)
    asked = [typed for typed in content.projects if typed.get("way") != "itself"]
    bare = sum(typed.get("estimate", "").strip() in NONE_WRITTEN for typed in asked)
    told = ngettext("%(number)s project", "%(number)s projects", count) % {"number": count}
    if bare:
        missing = ngettext(
            "%(number)s that asks the district for something has no estimate",
            "%(number)s that ask the district for something have no estimate",
            bare,
        )
        told = f"{told} · {missing % {'number': bare}}"
    return Check(count > 0 and not bare, gettext("Projects"), told)
