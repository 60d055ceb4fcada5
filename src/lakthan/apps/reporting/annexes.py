"""Who stands behind a headline figure, for the annex of a paper: with their projects.

The number of statements is the same however many there are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from django.db.models import Count

from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting.figures import Question
from lakthan.apps.reporting.measures import code_of, matching
from lakthan.apps.reporting.traces import inclusion_query, waiting_projects
from lakthan.core.figure import Figure, Member
from lakthan.printing.annex import Annex, CountedUnit, DistrictCount, IncludedProject, UncountedUnit
from lakthan.rules.facts import District, FactKind
from lakthan.rules.formula.grammar import FactQuery, Formula, Reported, Share, Steps

LISTED = 100
"""A population larger than this is counted by district, and not listed by name."""
WORDS = ("นับแล้ว", "ยังไม่นับ")
WORDS_OF: Mapping[type, tuple[str, str]] = {
    Share: WORDS,
    Steps: ("ทำแล้ว", "ยังไม่ทำ"),
    Reported: ("รายงานแล้ว", "ยังไม่รายงาน"),
}
"""What it is called that a member counts, and that it does not; for all other formulas, whether it has records."""


def annex_of(question: Question, figure: Figure) -> Annex | None:
    """The annex of a figure with its members; None where it has none, as a quarter that has not begun."""
    if not (figure.counted or figure.not_counted):
        return None
    districts = district_members(question.as_of)
    counted_words, not_counted_words = WORDS_OF.get(type(question.formula), ("มีระเบียน", "ไม่มีระเบียน"))
    large = len(figure.counted) + len(figure.not_counted) > LISTED
    return Annex(
        as_of=question.as_of,
        noun=_noun(question.formula),
        counted_words=counted_words,
        not_counted_words=not_counted_words,
        counted=() if large else _counted(question, figure, districts),
        not_counted=() if large else _not_counted(question, figure, districts),
        by_district=_by_district(figure, districts) if large else (),
    )


def _noun(formula: Formula) -> str:
    match formula:
        case Share() if formula.population.of == "communities":
            return "ชุมชน"
        case Steps():
            return "ขั้นตอน"
        case _:
            return "สำนักงานเขต"


def _counted(question: Question, figure: Figure, districts: Mapping[UUID, District]) -> tuple[CountedUnit, ...]:
    projects = _projects(question, districts)
    return tuple(
        CountedUnit(member.code, member.name_th, member.facts, projects.get(member.code, ()))
        for member in figure.counted
    )


def _projects(question: Question, districts: Mapping[UUID, District]) -> dict[str, tuple[IncludedProject, ...]]:
    """The included projects that the figure counts by code of their district; one statement. Empty for other facts."""
    query = inclusion_query(question)
    if query is None:
        return {}
    rows = (
        matching(query, question.asked)
        .order_by("unit", "fiscal_year", "item_number", "project__plan__community__code", "pk")
        .values_list(
            *("unit", "item_number", "name", "project__plan__community__name", "fiscal_year", "document", "budget"),
        )
    )
    return {
        code_of(unit, districts): tuple(IncludedProject(*values) for _, *values in of_unit)
        for unit, of_unit in groupby(rows, key=lambda row: row[0])
    }


def _not_counted(question: Question, figure: Figure, districts: Mapping[UUID, District]) -> tuple[UncountedUnit, ...]:
    """Those without; for inclusions with the projects that each declined and has not decided on, in two statements."""
    query = inclusion_query(question)
    if query is None:
        return tuple(UncountedUnit(member.code, member.name_th) for member in figure.not_counted)
    declined, undecided = _declined(question, query, districts), _undecided(question, districts)
    return tuple(
        UncountedUnit(member.code, member.name_th, declined.get(member.code, 0), undecided.get(member.code, 0))
        for member in figure.not_counted
    )


def _declined(question: Question, query: FactQuery, districts: Mapping[UUID, District]) -> dict[str, int]:
    """Declined projects by code of the district, as `traces.declined` lists them for one."""
    same = FactQuery(FactKind.DECLINE, query.fiscal_years, query.since, query.filters)
    rows = matching(same, question.asked).order_by().values_list("unit").annotate(Count("pk"))
    return {code_of(unit, districts): count for unit, count in rows}


def _undecided(question: Question, districts: Mapping[UUID, District]) -> dict[str, int]:
    """Projects asked of the district without any decision, by its code, as `traces.undecided` counts them for one."""
    rows = waiting_projects(question).order_by().values_list("unit").annotate(Count("pk"))
    return {code_of(unit, districts): count for unit, count in rows}


def _by_district(figure: Figure, districts: Mapping[UUID, District]) -> tuple[DistrictCount, ...]:
    """How many members of each district count, and how many do not."""
    counted, not_counted = _tally(figure.counted), _tally(figure.not_counted)
    names = {district.code: district.name_th for district in districts.values()}
    return tuple(
        DistrictCount(code, names.get(code, code), counted[code], not_counted[code])
        for code in sorted(counted.keys() | not_counted.keys())
    )


def _tally(members: Sequence[Member]) -> Counter[str]:
    return Counter(member.unit for member in members)
