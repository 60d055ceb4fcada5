"""The annex of a paper lists what the pages behind the figure list, from records and in few statements."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.communities.models import Community
from lakthan.apps.communities.services import NewCommunity, register_communities
from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Unit
from lakthan.apps.people.selectors import district_members, today
from lakthan.apps.planning.models import ActionPlan, Decline
from lakthan.apps.planning.services.decisions import decline_project
from lakthan.apps.reporting.annexes import LISTED, annex_of
from lakthan.apps.reporting.figures import Question, answer, questions
from lakthan.apps.reporting.selectors import assignment_of
from lakthan.apps.reporting.services.values import complete_step, report_value
from lakthan.apps.reporting.traces import declined, records_behind, undecided
from lakthan.core.figure import Figure
from lakthan.printing.annex import Annex, CountedUnit, DistrictCount, UncountedUnit
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR

COMMUNITIES = {"kind": "share", "population": {"of": "communities"}, "matching": {"fact": "community-plan"}}
NEXT_YEAR_BEGINS = date(2020, 10, 1)


def asked(assignment: Assignment, quarter: int, on: date = NEXT_YEAR_BEGINS) -> tuple[Question, Figure]:
    """A quarter of an assignment as a question, as of its end or of the day, and its figure."""
    question = questions([assignment], YEAR, on)[assignment.pk][quarter - 1]
    return question, answer(question, on).figure


def annex(assignment: Assignment, quarter: int = 3) -> Annex:
    found = annex_of(*asked(assignment, quarter))
    assert found is not None
    return found


def include(home: Unit, projects: int, year: int = 2563, start: int = 0) -> ActionPlan:
    """A community plan whose projects are all in the district's action plan."""
    into = builders.action_plan(home)
    plan = builders.plan(builders.community(home, f"ชุมชน {home.pk} {start}"), projects=projects)
    for item, project in enumerate(plan.projects.order_by("pk"), start=1):
        builders.inclusion(project, into, item)
    return into


@pytest.mark.usefixtures("demo_city")
@pytest.mark.parametrize("quarter", [1, 3, 4])
def test_it_lists_the_records_that_the_pages_behind_the_figure_list(quarter: int) -> None:
    assignment = assignment_of("2100-0001", YEAR)
    question, figure = asked(assignment, quarter)
    units = {district.code: pk for pk, district in district_members(question.as_of).items()}
    found = annex(assignment, quarter)
    assert (len(found.counted), len(found.not_counted)) == (figure.numerator, 50 - int(figure.numerator or 0))
    for unit in found.counted:
        rows = records_behind(question, units[unit.code])
        of_pages = Counter(
            (row.item_number, row.title, row.community_name, row.fiscal_year, row.amount) for row in rows
        )
        listed = Counter((p.item_number, p.name, p.community, p.fiscal_year, p.budget) for p in unit.projects)
        assert listed == of_pages
        assert {p.document for p in unit.projects} == {row.document for row in rows}
        assert unit.records == len(rows) > 0
    for unit in found.not_counted:
        assert records_behind(question, units[unit.code]) == ()
        waiting = undecided(question, units[unit.code])
        assert waiting is not None
        assert (unit.declined, unit.undecided) == (len(declined(question, units[unit.code])), len(waiting))


@pytest.mark.usefixtures("demo_city")
def test_the_year_of_the_demonstration_has_616_projects_and_names_seven_districts() -> None:
    found = annex(assignment_of("2100-0001", YEAR), 4)
    assert sum(len(unit.projects) for unit in found.counted) == 616
    assert {unit.name for unit in found.not_counted} == {
        *("ดินแดง", "บางขุนเทียน", "บางบอน", "ราชเทวี", "ลาดพร้าว", "สัมพันธวงศ์", "หลักสี่"),
    }


@pytest.mark.usefixtures("demo_city")
def test_more_members_than_can_be_listed_are_counted_by_district() -> None:
    found = annex(assignment_of("2100-0002", YEAR), 4)
    _, figure = asked(assignment_of("2100-0002", YEAR), 4)
    assert (found.noun, found.counted, found.not_counted) == ("ชุมชน", (), ())
    assert len(found.by_district) == 50
    assert sum(district.counted for district in found.by_district) == figure.numerator
    members = sum(district.counted + district.not_counted for district in found.by_district)
    assert members == figure.denominator > LISTED


@pytest.mark.django_db
@pytest.mark.parametrize(("communities", "listed"), [(LISTED, True), (LISTED + 1, False)])
def test_communities_are_named_up_to_a_hundred(communities: int, listed: bool) -> None:
    home = builders.unit()
    assignment = builders.assignment(
        of=builders.indicator(owner := builders.bureau(), formula=COMMUNITIES), owner=owner
    )
    new = [NewCommunity(f"ชุมชน {n}", Community.Type.URBAN, "แขวง") for n in range(1, communities)]
    register_communities(actor=ROOT, unit=home, communities=new, effective_on=builders.FOUNDED, now=NOW)
    builders.plan(builders.community(home, "ชุมชนที่มีแผน"))
    found = annex(assignment)
    assert len(found.counted) == (1 if listed else 0)
    assert len(found.not_counted) == (communities - 1 if listed else 0)
    assert found.by_district == (() if listed else (DistrictCount("5001", found.by_district[0].name, 1, LISTED),))


@pytest.mark.django_db
def test_a_district_without_inclusion_has_its_declined_and_undecided_projects_counted() -> None:
    home, assignment = builders.unit(), builders.assignment(builders.bureau())
    builders.plan(builders.community(home), projects=3)
    refused = builders.project(home, "ชุมชนตัวอย่าง 2")
    decline_project(
        actor=ROOT,
        action_plan=builders.action_plan(home),
        project=refused,
        reason_code=Decline.Reason.NO_BUDGET,
        reason="ไม่มีงบประมาณ",
        effective_on=date(2020, 3, 1),
        document="บันทึก 3/2563",
        now=NOW,
    )
    [unit] = annex(assignment).not_counted
    assert (unit.code, unit.declined, unit.undecided) == ("5001", 1, 3)
    [before] = annex(assignment, 1).not_counted
    assert (before.declined, before.undecided) == (0, 0)


@pytest.mark.django_db
def test_no_statement_is_added_when_the_projects_double() -> None:
    assignment = builders.assignment(builders.bureau())
    include(builders.unit("5001"), 2)
    builders.plan(builders.community(builders.unit("5009")), projects=2)
    question, figure = asked(assignment, 3)
    with CaptureQueriesContext(connection) as few:
        annex_of(question, figure)
    include(builders.unit("5002"), 4)
    builders.plan(builders.community(builders.unit("5008")), projects=4)
    question, figure = asked(assignment, 3)
    with CaptureQueriesContext(connection) as many:
        found = annex_of(question, figure)
    assert found is not None
    assert [len(unit.projects) for unit in found.counted] == [2, 4]
    assert [unit.undecided for unit in found.not_counted] == [4, 2]
    assert len(many) == len(few) <= 5


@pytest.mark.django_db
def test_the_steps_of_a_programme_are_done_or_not() -> None:
    owner = builders.bureau()
    steps = builders.indicator(owner, formula=builders.STEPS)
    assignment = builders.assignment(owner, steps)
    complete_step(actor=ROOT, indicator=steps, unit=owner, step="1", effective_on=date(2020, 1, 5), now=NOW)
    found = annex(assignment)
    assert (found.noun, found.counted_words, found.not_counted_words) == ("ขั้นตอน", "ทำแล้ว", "ยังไม่ทำ")
    assert found.counted == (CountedUnit("1", "อนุมัติ", 1),)
    assert found.not_counted == (UncountedUnit("2", "สรุปผล"),)


@pytest.mark.django_db
def test_the_districts_of_a_reported_indicator_have_reported_or_not() -> None:
    owner, home = builders.bureau(), builders.unit("5001")
    builders.unit("5002")
    reported = builders.indicator(owner, formula=builders.PAIR)
    assignment = builders.assignment(owner, reported)
    report_value(
        actor=ROOT,
        indicator=reported,
        unit=home,
        fiscal_year=YEAR,
        effective_on=date(2020, 2, 1),
        amount=Decimal(0),
        base=Decimal(7),
        now=NOW,
    )
    found = annex(assignment)
    assert (found.counted_words, found.not_counted_words) == ("รายงานแล้ว", "ยังไม่รายงาน")
    assert [unit.code for unit in found.counted] == ["5001"]
    assert [(unit.code, unit.declined, unit.undecided) for unit in found.not_counted] == [("5002", None, None)]


@pytest.mark.django_db
def test_a_quarter_that_has_not_begun_has_no_annex() -> None:
    include(builders.unit(), 1)
    assignment = builders.assignment(builders.bureau())
    assert annex_of(*asked(assignment, 4, on=date(2020, 6, 30))) is None
    assert annex_of(*asked(assignment, 3, on=date(2020, 6, 30))) is not None
    assert today() > date(2020, 6, 30)
