"""Projects as people type them: Thai digits, amounts with words, dashes for none; nothing is lost that was typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.digits import to_thai
from lakthan.core.errors import UserError
from lakthan.rules.typed_projects import (
    LONGEST,
    MOST_PROJECTS,
    PLAN_FIELDS,
    PROJECT_WAYS,
    ReadProject,
    read_estimate,
    read_priority,
    read_project,
    read_projects,
    tidy_projects,
    typed_of,
)

words = st.text(st.characters(categories=["L", "M", "Nd"]), min_size=2, max_size=40).map(lambda text: f"ก{text}ข")
amounts = st.decimals(0, 10_000_000, places=2)
projects = st.builds(
    ReadProject,
    name=words,
    problem=st.just("") | words,
    aim=st.just("") | words,
    field=st.sampled_from(sorted(PLAN_FIELDS)),
    way=st.sampled_from(sorted(PROJECT_WAYS)),
    estimate=st.none() | amounts,
    priority=st.none() | st.integers(1, 999),
)


@given(projects)
def test_a_project_that_is_typed_as_it_stands_reads_the_same(project: ReadProject) -> None:
    assert read_project(1, typed_of(project)) == (project, ())


@given(projects)
def test_thai_digits_read_as_arabic_ones(project: ReadProject) -> None:
    typed = typed_of(project)
    thai = typed | {name: to_thai(typed[name]) for name in ("estimate", "priority")}
    assert read_project(1, thai) == (project, ())


@pytest.mark.parametrize("none", ["", " ", "-", " – ", "—", "ไม่มี", "ไม่ระบุ", ".-"])
def test_a_dash_is_none_and_no_zero(none: str) -> None:
    assert read_estimate(none) is None
    assert read_priority(none) is None
    assert read_estimate("0") == Decimal("0.00")


@pytest.mark.parametrize(
    ("typed", "baht"), [("๑๒,๕๐๐", "12500"), ("12,500.-", "12500"), ("12500 บาท", "12500"), ("๕๐๐.๕๐", "500.50")]
)
def test_amounts_read_as_people_write_them(typed: str, baht: str) -> None:
    assert read_estimate(typed) == Decimal(baht)


@pytest.mark.parametrize("typed", ["-500", "หมื่นห้า", "1,2,3", "1e5", "10.005", "9" * 30])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_estimate(typed)


@pytest.mark.parametrize("typed", ["0", "1.5", "หนึ่ง", "1000", "-1", "1e2", "²"])
def test_what_is_no_priority_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        read_priority(typed)


texts = st.dictionaries(st.sampled_from([*LONGEST, "else"]), st.text(max_size=9), max_size=8)


@given(st.lists(texts, max_size=8))
def test_tidying_keeps_every_row_in_which_something_is_typed_in_its_order(rows: list[dict[str, str]]) -> None:
    kept = tidy_projects(rows)
    assert [row["name"] for row in kept if row["name"]] == [
        str(row["name"]).replace("\r\n", "\n").strip() for row in rows if str(row.get("name") or "").strip()
    ]
    assert all(row.keys() == LONGEST.keys() and any(row.values()) for row in kept)
    assert tidy_projects(kept) == kept


@given(st.lists(texts, max_size=6))
def test_reading_tells_what_is_wrong_and_never_fails(rows: list[dict[str, str]]) -> None:
    kept = tidy_projects(rows)
    read, findings = read_projects(kept)
    unread = {finding.place.split("-")[1] for finding in findings}
    assert len(read) >= len(kept) - len(unread)


def test_too_many_projects_and_too_long_texts_are_refused() -> None:
    with pytest.raises(UserError, match=str(MOST_PROJECTS)):
        tidy_projects([{"name": str(number)} for number in range(MOST_PROJECTS + 1)])
    with pytest.raises(UserError, match="project 1"):
        tidy_projects([{"name": "ก" * (LONGEST["name"] + 1)}])
