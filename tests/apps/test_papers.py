"""From records to a paper: signature, numbers of the quarters, and what is said where nothing was written."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lakthan.apps.indicators.models import Assignment
from lakthan.apps.people.models import Delegation, Unit
from lakthan.apps.people.selectors import today
from lakthan.apps.people.services import delegate
from lakthan.apps.reporting.papers import paper_of
from lakthan.apps.reporting.services.writing import write_quarter_report, write_year_report
from lakthan.core.errors import NotFound
from lakthan.printing.paper import Signature
from tests.apps import builders
from tests.apps.builders import FOUNDED, NOW, ROOT, YEAR

pytestmark = pytest.mark.django_db
AS_PRINTED = "ลงชื่อ.....(ผู้รายงานข้อมูล)\n(.....)\nตำแหน่ง นักวิเคราะห์นโยบายและแผน"


@dataclass(frozen=True)
class Reported:
    """A bureau with its assignment, and the code of the indicator."""

    bureau: Unit
    assignment: Assignment

    @property
    def code(self) -> str:
        return self.assignment.indicator.code

    def write(self, quarter: int | None = None, **texts: object) -> None:
        if quarter is None:
            write_year_report(actor=ROOT, assignment=self.assignment, now=NOW, **texts)
        else:
            write_quarter_report(actor=ROOT, assignment=self.assignment, quarter=quarter, now=NOW, **texts)

    def signature(self, quarter: int | None = None) -> Signature:
        return paper_of(self.code, YEAR, quarter).signature


@pytest.fixture
def reported() -> Reported:
    owner = builders.bureau()
    return Reported(owner, builders.assignment(owner))


def order(
    unit: Unit,
    number: str = "12/2563",
    kind: Delegation.Kind = Delegation.Kind.ACTING_FOR,
    valid_from: date = FOUNDED,
    valid_to: date | None = None,
) -> None:
    """An order by which an office outside the system acts for the head of the unit."""
    delegate(
        actor=ROOT,
        unit=unit,
        kind=kind,
        office="ผู้อำนวยการสำนัก",
        order_number=number,
        valid_from=valid_from,
        valid_to=valid_to,
        deputy_office="รองผู้อำนวยการสำนัก",
        now=NOW,
    )


# Signature


def test_a_report_of_our_own_has_lines_to_write_on(reported: Reported) -> None:
    reported.write()
    assert reported.signature() == Signature()


def test_the_signature_of_an_imported_print_is_printed_as_it_was(reported: Reported) -> None:
    order(reported.bureau)
    reported.write(signature=AS_PRINTED)
    assert reported.signature() == Signature(as_printed=tuple(AS_PRINTED.splitlines()))


def test_the_signature_of_the_print_of_a_year_is_not_that_of_a_quarter(reported: Reported) -> None:
    reported.write(signature=AS_PRINTED)
    reported.write(3)
    assert reported.signature(3) == Signature()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Delegation.Kind.ACTING_FOR, "ปฏิบัติราชการแทนผู้อำนวยการสำนัก ตามคำสั่งที่ 12/2563"),
        (Delegation.Kind.ACTING_IN_PLACE, "รักษาราชการแทนผู้อำนวยการสำนัก ตามคำสั่งที่ 12/2563"),
    ],
)
@pytest.mark.parametrize("quarter", [None, 3])
def test_a_delegation_in_force_says_for_whom_one_acts_and_under_which_order(
    reported: Reported, kind: Delegation.Kind, words: str, quarter: int | None
) -> None:
    order(reported.bureau, kind=kind)
    reported.write(quarter)
    assert reported.signature(quarter) == Signature(position="รองผู้อำนวยการสำนัก", acting_for=words)


@pytest.mark.parametrize("ends_in", [0, -1])
def test_a_delegation_is_printed_to_its_last_day_and_not_after_it(reported: Reported, ends_in: int) -> None:
    order(reported.bureau, valid_to=today() + timedelta(days=ends_in))
    reported.write()
    assert bool(reported.signature().acting_for) == (ends_in == 0)


def test_a_delegation_that_has_not_begun_or_is_another_units_is_not_printed(reported: Reported) -> None:
    order(reported.bureau, valid_from=today() + timedelta(days=1))
    order(builders.bureau("2200"))
    reported.write()
    assert reported.signature() == Signature()


def test_of_two_delegations_the_newer_order_is_printed(reported: Reported) -> None:
    order(reported.bureau, "12/2563", valid_from=FOUNDED)
    order(reported.bureau, "34/2563", valid_from=FOUNDED + timedelta(days=30))
    reported.write()
    assert "ตามคำสั่งที่ 34/2563" in reported.signature().acting_for


# Numbers of the quarters


@pytest.mark.parametrize(("quarter", "last"), [(1, 1), (3, 3), (4, 4), (None, 4)])
def test_a_paper_has_the_numbers_up_to_its_quarter(reported: Reported, quarter: int | None, last: int) -> None:
    home = builders.unit()
    builders.inclusion(builders.project(home), builders.action_plan(home), on=date(2020, 2, 10))
    for number in (1, 2, 3, 4):
        reported.write(number, narrative=f"ไตรมาสที่ {number}", progress=number * 25)
    reported.write()
    paper = paper_of(reported.code, YEAR, quarter)
    assert [part.number for part in paper.quarters] == list(range(1, last + 1))
    assert [part.progress for part in paper.quarters] == [25, 50, 75, 100][:last]
    values = [part.figure and (part.figure.numerator, part.figure.denominator) for part in paper.quarters]
    assert values == [(0, 1), (1, 1), (1, 1), (1, 1)][:last]
    assert paper.figure == paper.quarters[-1].figure
    assert paper.annex is not None
    assert len(paper.annex.counted) == (0 if last == 1 else 1)


def test_a_quarter_that_was_not_written_is_told_from_one_without_progress(reported: Reported) -> None:
    reported.write(2, narrative="ทำแล้ว")
    reported.write()
    first, second, *_ = paper_of(reported.code, YEAR).quarters
    assert (first.reported, first.narrative, first.progress) == (False, "", None)
    assert (second.reported, second.narrative, second.progress) == (True, "ทำแล้ว", None)


def test_thai_digits_change_numbers_of_the_system_and_keep_the_code(reported: Reported) -> None:
    reported.write()
    paper = paper_of(reported.code, YEAR, thai_digits=True)
    assert paper.target == "๘๐ (ร้อยละ)"
    assert paper.indicator_code == reported.code


# What is not there


def test_where_nothing_was_written_it_is_said_what_is_missing_and_what_to_do(reported: Reported) -> None:
    reported.write(2)
    with pytest.raises(NotFound) as no_year:
        paper_of(reported.code, YEAR)
    with pytest.raises(NotFound) as no_quarter:
        paper_of(reported.code, YEAR, 3)
    start = f"There is no report of {reported.code}"
    assert no_year.value.en == f"{start} in {YEAR.label_en} yet; write or import one first."
    assert no_quarter.value.en == f"{start} for quarter 3 in {YEAR.label_en} yet; write or import one first."
    assert f"{reported.code} ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2563" in no_quarter.value.th
    assert "ไตรมาส" not in no_year.value.th


def test_an_indicator_or_year_that_does_not_exist_is_not_found(reported: Reported) -> None:
    reported.write()
    for code, year in (("9999-0001", YEAR), (reported.code, YEAR + 1)):
        with pytest.raises(NotFound) as missing:
            paper_of(code, year)
        assert code in missing.value.en


# Statements


def test_no_statement_is_added_when_projects_and_districts_double(reported: Reported) -> None:
    reported.write(3)
    reported.write()

    def statements(*homes: Unit) -> int:
        for home in homes:
            into = builders.action_plan(home)
            projects = builders.plan(builders.community(home, f"ชุมชน {home.pk}"), projects=4).projects.order_by("pk")
            for item, project in enumerate(projects[:3], start=1):
                builders.inclusion(project, into, item)
        with CaptureQueriesContext(connection) as captured:
            paper = paper_of(reported.code, YEAR)
        assert paper.annex is not None
        assert all(len(unit.projects) == 3 for unit in paper.annex.counted)
        return len(captured)

    few = statements(builders.unit("5001"))
    assert statements(builders.unit("5002"), builders.unit("5003"), builders.unit("5004")) == few
