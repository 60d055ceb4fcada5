"""How my work shows what the year of a district asks for: groups of lines, each with the page on which it is done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lakthan.apps.planning.waiting import Wait, Waiting


@dataclass(frozen=True, slots=True)
class Words:
    """What a group is called, what a line of it asks for, and the page on which that is done."""

    title: Promise
    state: Promise
    address: Callable[[Waiting], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits, with its page."""

    row: Waiting
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things that ask for the same; `wait` names it in the page."""

    wait: Wait
    title: Promise
    state: Promise
    lines: tuple[Line, ...]

    @property
    def has_districts(self) -> bool:
        """Whether the lines are of several districts."""
        return len({line.row.unit_th for line in self.lines}) > 1

    @property
    def are_counts(self) -> bool:
        """Whether each line stands for many things."""
        return self.wait in (Wait.UNDECIDED, Wait.TO_CONFIRM)


def _of_year(route: str, **more: str) -> Callable[[Waiting], str]:
    """A page of a district and a fiscal year."""

    def address(row: Waiting) -> str:
        asked = {"district": row.unit_code, "fiscal-year": row.fiscal_year} | more
        return f"{reverse(route)}?{urlencode({name: value for name, value in asked.items() if value})}"

    return address


def _page(route: str) -> Callable[[Waiting], str]:
    return lambda row: reverse(route, args=(row.of,))


def _list_to_confirm(row: Waiting) -> str:
    return reverse("action-plan", args=(row.unit_code, row.fiscal_year))


WORDS: Mapping[Wait, Words] = {
    Wait.PLAN_RETURNED: Words(_("Plans that the district office returned"), _("To be mended"), _page("plan-proposal")),
    Wait.WORK_DONE: Words(
        _("Work that your community's word is awaited on"), _("Reported as finished"), _page("my-community-project")
    ),
    Wait.MAY_ASK: Words(
        _("Projects that were not included"), _("Another look can be asked for"), _page("my-community-project")
    ),
    Wait.PLAN_DRAFT: Words(_("Plans being written"), _("Being written"), _page("plan-proposal")),
    Wait.PLAN_SENT: Words(_("Community plans"), _("To be confirmed"), _page("plan-proposal")),
    Wait.ANOTHER_LOOK: Words(_("Communities ask for another look"), _("To be answered"), _page("project-path")),
    Wait.WORK_MISSING: Words(
        _("Communities say that work is not done"), _("To be reported again"), _page("project-path")
    ),
    Wait.MEETING_OVERDUE: Words(_("Meetings whose day has passed"), _("To be recorded"), _page("meeting")),
    Wait.UNDECIDED: Words(
        _("Projects without a decision"), _("To be decided"), _of_year("project-decisions", standing="undecided")
    ),
    Wait.TO_CONFIRM: Words(_("Lists for the director to confirm"), _("To be confirmed"), _list_to_confirm),
}


def groups(rows: Iterable[Waiting]) -> tuple[Group, ...]:
    """What waits, in groups in their order."""
    found = []
    for wait, lines in groupby(rows, lambda row: row.wait):
        words = WORDS[wait]
        found.append(Group(wait, words.title, words.state, tuple(Line(row, words.address(row)) for row in lines)))
    return tuple(found)
