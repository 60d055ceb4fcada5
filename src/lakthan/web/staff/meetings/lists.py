"""The list of meetings, the same as a workbook, and which districts met for a purpose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lakthan.apps.people.directory import UnitLabel, units_to_choose
from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning.meetings import (
    MeetingLine,
    fiscal_years_of_meetings,
    last_year_met,
    meetings_of,
    units_that_met,
)
from lakthan.apps.reporting.counting import indicators_counting_meetings
from lakthan.core.digits import to_arabic
from lakthan.core.errors import UserError
from lakthan.core.figure import percent
from lakthan.core.fiscal import FiscalYear
from lakthan.core.thai import fold
from lakthan.exchange.workbooks import Column, Sheet, Value, workbook
from lakthan.rules.facts import MEETING_PURPOSES
from lakthan.rules.meetings import BRIEFING, MeetingState
from lakthan.rules.permissions import Action, refusal
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.file_answers import workbook_answer
from lakthan.web.listing import listing
from lakthan.web.staff.districts import DistrictChoice, district_choice
from lakthan.web.staff.meetings.wording import STATES, purpose_words
from lakthan.web.wording import in_language

LONGEST_TEXT = 100
EVERY_YEAR = "all"
COLUMNS: Mapping[str, Any] = {
    "day": lambda line: (line.day, line.id),
    "number": lambda line: tuple(int(part) for part in reversed(line.number.split("/"))),
    "unit": lambda line: (line.unit_code or "~", line.community),
    "title": lambda line: line.title,
    "state": lambda line: list(MeetingState).index(line.state),
    "people": lambda line: line.people,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; what it gets wrong is passed over."""

    purpose: str = ""
    state: str = ""
    community: str = ""
    """Code."""
    text: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """As the address has them."""
        purpose, state = query.get("purpose", ""), query.get("state", "")
        return cls(
            purpose if purpose in MEETING_PURPOSES else "",
            state if state in set(MeetingState) else "",
            query.get("community", "").strip()[:LONGEST_TEXT],
            query.get("text", "").strip()[:LONGEST_TEXT],
        )

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()

    def found(self, lines: Sequence[MeetingLine]) -> list[MeetingLine]:
        """The lines as asked for, whatever their state."""
        key = fold(self.text)
        return [
            line for line in lines if self.community in ("", line.community_code) and (not key or key in _words(line))
        ]


def _words(line: MeetingLine) -> str:
    return fold(
        f"{line.title} {line.place} {line.community} {line.community_code} {line.number} {line.unit_th} {line.unit_en}"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of meetings as the address asks for it."""

    choice: DistrictChoice
    fiscal_year: FiscalYear | None
    """None for all years."""
    fiscal_years: tuple[FiscalYear, ...]
    filters: Filters
    lines: list[MeetingLine]
    """Of every state."""
    communities: tuple[tuple[str, str], ...]
    """Code and name of those that met, where one district is chosen."""

    @property
    def shown(self) -> list[MeetingLine]:
        """Of the state that is asked for."""
        return [line for line in self.lines if self.filters.state in ("", line.state)]


def _asked(request: ActingRequest, here: date) -> Asked:
    choice, filters = district_choice(request), Filters.of(request.GET)
    years = fiscal_years_of_meetings(request.actor, here)
    year = year_of(request.GET, min(FiscalYear.of(here), years[0]))
    district = choice.chosen.id if choice.chosen and len(choice.districts) > 1 else None
    lines = meetings_of(
        request.actor, unit_labels(here), here, fiscal_year=year, unit=district, purpose=filters.purpose
    )
    communities = {line.community_code: line.community for line in lines if choice.chosen and line.community_code}
    found = filters.found(lines)
    return Asked(choice, year, years, filters, found, tuple(sorted(communities.items(), key=lambda item: item[1])))


def unit_labels(here: date) -> dict[UUID, UnitLabel]:
    """The units of today with their names, by identifier; one statement."""
    return {unit.id: unit for unit in units_to_choose(here)}


def year_of(query: QueryDict, usual: FiscalYear) -> FiscalYear | None:
    """The fiscal year that the address asks for, None for all; the usual one where it asks for none."""
    asked = to_arabic(query.get("fiscal-year", "")).strip()
    if asked == EVERY_YEAR:
        return None
    try:
        return FiscalYear(int(asked)) if asked.isdecimal() and len(asked) == 4 else usual
    except UserError:
        return usual


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def meeting_list(request: ActingRequest) -> HttpResponse:
    """The meetings that the person may see, as the address asks for them."""
    asked = _asked(request, today())
    query = request.GET.copy()
    query.setdefault("sort", "-day")
    counted = Counter(line.state for line in asked.lines)
    came = [line.people for line in asked.shown if line.people is not None]
    actor = request.actor
    return render(
        request,
        "staff/meetings/list.html",
        {
            "asked": asked,
            "choice": asked.choice,
            "filters": asked.filters,
            "listing": listing(query, asked.shown, COLUMNS),
            "states": [(state, words, counted[state]) for state, words in STATES.items() if counted[state]],
            "all_states": STATES.items(),
            "purposes": [(code, purpose_words(code)) for code in MEETING_PURPOSES],
            "came": sum(came),
            "counted": len(came),
            "may_keep": any(not refusal(actor, Action.KEEP_MEETINGS, held.unit) for held in actor.held),
        },
    )


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def meeting_workbook(request: ActingRequest) -> HttpResponse:
    """The list as the address asks for it, as a workbook."""
    asked = _asked(request, today())
    year = asked.fiscal_year.be if asked.fiscal_year else gettext("All years")
    lines = [gettext("Meetings, fiscal year %(year)s") % {"year": year}]
    sheet = Sheet(gettext("Meetings"), lines, _columns(), (_row(line) for line in asked.shown), key_columns=2)
    name = f"lakthan-meetings-{asked.fiscal_year.be if asked.fiscal_year else EVERY_YEAR}.xlsx"
    return workbook_answer(workbook([sheet], present()), name)


def _columns() -> list[Column]:
    return [
        Column(gettext("Number of the meeting"), 10),
        Column(gettext("Meeting"), 50),
        Column(gettext("Purpose of the meeting"), 28),
        Column(gettext("Code"), 8),
        Column(gettext("Unit"), 28),
        Column(gettext("Community"), 30),
        Column(gettext("Place"), 30),
        Column(gettext("Day"), 12),
        Column(gettext("State"), 22),
        Column(gettext("People"), 10, "#,##0"),
        Column(gettext("Times put off"), 10),
        Column(gettext("Files"), 8),
    ]


def _row(line: MeetingLine) -> list[Value]:
    return [
        line.number,
        line.title,
        purpose_words(line.purpose),
        line.unit_code,
        in_language(line.unit_th, line.unit_en),
        line.community,
        line.place,
        line.day,
        str(STATES[line.state]),
        line.people,
        line.postponements,
        line.files,
    ]


@performs(Action.READ_DISTRICT_RECORDS)
@require_safe
@never_cache
def districts_that_met(request: ActingRequest) -> HttpResponse:
    """Which districts held a meeting of a purpose in a fiscal year, and which did not, each with its meetings."""
    here, actor = today(), request.actor
    asked = request.GET.get("purpose", "")
    purpose = asked if asked in DISTRICT_PURPOSES else BRIEFING
    usual = last_year_met(purpose, here)
    year = year_of(request.GET, usual) or usual
    units, choice = unit_labels(here), district_choice(request)
    met = units_that_met(purpose, year, here)
    all_districts = [unit for unit in units.values() if unit.kind == "district"]
    held = [unit for unit in all_districts if unit.id in met]
    meetings: dict[UUID, list[MeetingLine]] = {unit.id: [] for unit in choice.districts}
    for line in meetings_of(actor, units, here, fiscal_year=year, purpose=purpose):
        meetings.setdefault(line.unit, []).append(line)
    sides = [
        (True, [u for u in choice.districts if u.id in met]),
        (False, [u for u in choice.districts if u.id not in met]),
    ]
    return render(
        request,
        "staff/meetings/districts.html",
        {
            "purpose": purpose,
            "purposes": [(code, purpose_words(code)) for code in DISTRICT_PURPOSES],
            "fiscal_year": year,
            "fiscal_years": fiscal_years_of_meetings(actor, here),
            "as_of": min(here, year.last_day),
            "held": len(held),
            "all": len(all_districts),
            "percent": percent(len(held), len(all_districts)),
            "percent_not": percent(len(all_districts) - len(held), len(all_districts)),
            "sides": [(did, [(unit, meetings[unit.id]) for unit in side]) for did, side in sides],
            "sees_all": len(choice.districts) == len(all_districts),
            "indicators": indicators_counting_meetings(purpose, year),
        },
    )


DISTRICT_PURPOSES = (BRIEFING, "community")
"""What districts meet for: the figures of districts count these."""
