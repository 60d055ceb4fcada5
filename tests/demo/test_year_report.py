"""Every number and day in the demonstration's own year report is true of the demonstration's records."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from django.db.models import Count, Max, Min, Model, QuerySet, Sum

from lakthan.apps.budget.models import Disbursement, RetentionIntention, Return, Transfer
from lakthan.apps.communities.selectors import histories
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import short_name
from lakthan.apps.planning.models import (
    Activity,
    ActivityProgress,
    CommunityPlan,
    DataRequest,
    DataRequestAnswer,
    DataRequestReminder,
    Decline,
    Inclusion,
    Meeting,
    MeetingPostponement,
    ProjectApproval,
)
from lakthan.apps.reporting.models import Report
from lakthan.apps.reporting.selectors import figure_answer, plan_chains
from lakthan.core.dates import parse_date
from lakthan.core.figure import percent
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis, belongs

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2563)
SECTIONS = ("narrative", "supporting_factors", "obstacles", "evidence_list")
COUNT_DAY = date(2020, 1, 31)
MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
DAY = re.compile(rf"\d{{1,2}} (?:{MONTHS}) \d{{4}}")
NO_CLAIMS = re.compile(
    rf"^\d\. |(?:{MONTHS}) 2563|พ\.ศ\. \d{{4}}(?:-\d{{4}})?|\d\d\.\d\d - \d\d\.\d\d น\."
    r"|กท 1906/00174|COVID-19|ชั้น 24|(?:ไตรมาส|กิจกรรม)ที่ \d",
    re.MULTILINE,
)
"""Item numbers, months and years, times, the number of the letter, names: what counts nothing."""


def paper() -> dict[str, str]:
    """The texts of the report: Q1 to Q4 and year."""
    rows: dict[str, Model] = {f"Q{row.quarter}": row for row in Report.quarters.all()}
    rows["year"] = Report.years.get()
    return {name: "\n".join(getattr(row, section) for section in SECTIONS) for name, row in rows.items()}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", NO_CLAIMS.sub(" ", DAY.sub(" ", text))))


def figure(quarter: int) -> tuple[int, str]:
    """Districts that count, and their share as the narrative writes it (86, not 86.00)."""
    found = figure_answer("2100-0001", YEAR.quarter(quarter)).selected.figure
    assert (found.denominator, found.value) == (50, percent(int(found.numerator or 0), 50))
    return int(found.numerator or 0), f"{found.value}".removesuffix(".00")


def until(rows: QuerySet[Inclusion], quarter: int) -> int:
    return rows.filter(effective_on__lte=YEAR.quarter(quarter).last_day).count()


def baht(rows: QuerySet[Transfer] | QuerySet[Disbursement] | QuerySet[Return], on: date) -> int:
    return int(rows.filter(effective_on__lte=on).aggregate(sum=Sum("amount"))["sum"])


def units(rows: QuerySet[Disbursement] | QuerySet[Return] | QuerySet[RetentionIntention]) -> int:
    return rows.values("unit").distinct().count()


def share(part: int, whole: int) -> str:
    return str(percent(part, whole)).removesuffix(".00")


def said(*found: int | str) -> set[str]:
    return {f"{number:,}" if isinstance(number, int) else number for number in found}


def attendance(**chosen: object) -> int:
    return int(Meeting.objects.filter(**chosen).aggregate(people=Sum("attendances__people"))["people"])


def of_briefings() -> tuple[int, int]:
    """How many were held and how many were not."""
    briefings = Meeting.objects.filter(purpose="district-briefing")
    return briefings.exclude(held_on=None).count(), briefings.filter(held_on=None).count()


def plans_of_2563(last: date = date(2020, 9, 30)) -> QuerySet[CommunityPlan]:
    return CommunityPlan.objects.filter(effective_on__range=(date(2020, 1, 1), last))


def test_the_first_quarter_states_what_the_records_hold() -> None:
    meetings = [attendance(held_on=day) for day in (date(2019, 10, 11), date(2019, 12, 13), date(2019, 12, 25))]
    budget = ProjectApproval.objects.get().project.budget
    expected = said(*meetings, int(budget), Activity.objects.count(), *figure(1), until(Inclusion.objects.all(), 1))
    assert numbers(paper()["Q1"]) == expected


def test_the_second_quarter_states_what_the_records_hold() -> None:
    held, put_off = of_briefings()
    registered = sum(belongs(past, Basis.REGISTERED, COUNT_DAY) for past in histories().values())
    made = CommunityPlan.objects.filter(effective_on__year=2019).values("community").distinct().count()
    last_day = YEAR.quarter(2).last_day
    sent, spent = baht(Transfer.objects.all(), last_day), baht(Disbursement.objects.all(), last_day)
    expected = said(attendance(held_on=date(2020, 1, 20)), Transfer.objects.count(), sent, spent, share(spent, sent))
    expected |= said(held, put_off, attendance(purpose="district-briefing", held_on__isnull=False))
    expected |= said(registered, made, share(made, registered), registered - made, share(registered - made, registered))
    assert numbers(paper()["Q2"]) == expected | said(*figure(2), until(Inclusion.objects.all(), 2))


def test_the_third_quarter_states_what_the_records_hold() -> None:
    last_day = YEAR.quarter(3).last_day
    held, put_off = of_briefings()
    sent, spent, back = (baht(kind.objects.all(), last_day) for kind in (Transfer, Disbursement, Return))
    groups = [units(kind.objects.all()) for kind in (Disbursement, Return, RetentionIntention)]
    expected = said(held, share(held, 50), put_off, share(put_off, 50), 50, *groups, *(share(n, 50) for n in groups))
    expected |= said(sent, *(part for baht in (spent, back, sent - spent - back) for part in (baht, share(baht, sent))))
    expected |= said(plans_of_2563(last_day).count(), *figure(3), until(Inclusion.objects.all(), 3), 50 - figure(3)[0])
    assert numbers(paper()["Q3"]) == expected


def test_the_fourth_quarter_states_what_the_records_hold() -> None:
    by_year = [Inclusion.objects.filter(fiscal_year=year, ended_on=None).count() for year in (2563, 2564)]
    answers = DataRequestAnswer.objects.exclude(answered_on=None)
    in_time = answers.filter(answered_on__lte=DataRequest.objects.get().deadline_on).count()
    kinds = dict(plans_of_2563().values_list("kind").annotate(n=Count("pk")))
    expected = said(*figure(4), 50, figure(4)[0] - figure(3)[0], 50 - figure(4)[0], *by_year, sum(by_year))
    expected |= said(sum(kinds.values()), *kinds.values(), answers.count(), in_time, answers.count() - in_time)
    expected |= said(DataRequestAnswer.objects.filter(answered_on=None).count())
    assert numbers(paper()["Q4"]) == expected


def test_the_year_states_what_the_quarters_and_the_records_hold() -> None:
    standing = Decline.objects.filter(ended_on=None)
    declined = dict(standing.values_list("action_plan__fiscal_year").annotate(n=Count("pk")))
    included = [Inclusion.objects.filter(fiscal_year=year, ended_on=None).count() for year in (2563, 2564)]
    shares = [figure(quarter)[1] for quarter in (1, 2, 3, 4)]
    target = figure_answer("2100-0001", YEAR.quarter(4)).selected.target
    assert target is not None
    expected = said(
        figure(4)[0], 50, *shares, *included, *declined.values(), *of_briefings(), f"{target.normalize():f}"
    )
    answered = DataRequestAnswer.objects.exclude(answered_on=None).count()
    assert numbers(paper()["year"]) == expected | said(answered)


@cache
def _kinds_with_days() -> tuple[tuple[type[Model], str], ...]:
    return (
        (ActivityProgress, "effective_on"),
        (DataRequest, "sent_on"),
        (DataRequest, "deadline_on"),
        (DataRequestReminder, "effective_on"),
        (Meeting, "held_on"),
        (MeetingPostponement, "effective_on"),
        (ProjectApproval, "effective_on"),
        (Transfer, "letter_date"),
    )


def recorded_days() -> Iterator[date]:
    for kind, field in _kinds_with_days():
        yield from kind._default_manager.exclude(**{field: None}).values_list(field, flat=True)
    yield from (quarter.last_day for quarter in YEAR.quarters)


def test_every_day_named_is_a_day_of_a_record_or_the_end_of_a_quarter() -> None:
    days = {parse_date(found).date for text in paper().values() for found in DAY.findall(text)}
    assert len(days) > 10
    assert days <= set(recorded_days())


def test_the_days_of_the_briefings_are_the_first_and_the_last() -> None:
    briefings = Meeting.objects.filter(purpose="district-briefing")
    days = briefings.aggregate(first=Min("held_on"), last=Max("held_on"))
    assert (days["first"], days["last"]) == (date(2020, 2, 12), date(2020, 3, 12))
    assert "วันที่ 12 กุมภาพันธ์ 2563 ถึงวันที่ 12 มีนาคม 2563" in paper()["Q2"]


@pytest.mark.parametrize("quarter", [3, 4])
def test_the_districts_named_without_a_project_are_those_the_figure_does_not_count(quarter: int) -> None:
    (line,) = [line for line in paper()[f"Q{quarter}"].split("\n") if "ยังไม่มีโครงการบรรจุ" in line]
    named = {
        name
        for name in map(short_name, Unit.objects.filter(kind="district").values_list("name_th", flat=True))
        if name in line
    }
    found = figure_answer("2100-0001", YEAR.quarter(quarter)).selected.figure
    assert named == {member.name_th for member in found.not_counted}


def test_progress_is_that_of_the_steps_of_the_programme() -> None:
    steps = [figure_answer("2100-0005", YEAR.quarter(quarter)).selected.figure.value for quarter in (1, 2, 3, 4)]
    assert list(Report.quarters.order_by("quarter").values_list("progress", flat=True)) == steps


def test_the_report_is_complete() -> None:
    year = Report.years.get()
    assert all(getattr(year, section) for section in SECTIONS)
    assert len(year.evidence_list.splitlines()) == 6
    assert "ทะเบียนโครงการ" in year.evidence_list.splitlines()[-1]
    for report in Report.quarters.all():
        assert len(report.narrative.splitlines()) >= 4
    indicator = year.assignment.indicator
    (chain,) = plan_chains(indicator)
    assert (indicator.level, [node.code for node in chain]) == ("output", ["5", "5.2", "5.2.1"])
    assert year.assignment.definition.terms_th
    assert year.assignment.definition.method_th
