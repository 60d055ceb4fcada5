import json
import re
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakthan.core.errors import UserError
from lakthan.core.figure import NoValue
from lakthan.rules.rubric import DEFAULT, Counts, Judged, Part, parse_rubric, score_refusal, step_for, timeliness, total
from tests.house.source import DOCS

RUBRIC = parse_rubric(DEFAULT)
TIMELINESS, CORRESPONDENCE = RUBRIC.criteria
DEADLINE = date(2020, 4, 10)
ROW = r"^\| (?P<days>-?\d+|–) \| (?P<judged>\d+|–) \| (?P<computed>[\d.]+|–) \| (?P<total>[\d.]+|–) \|$"
WORKED = [match.groups() for match in re.finditer(ROW, (DOCS / "review.md").read_text("utf-8"), re.MULTILINE)]

scores = st.decimals(0, 100, places=2)
weights = st.decimals("0.01", 100, places=2)


def number(text: str) -> Decimal | None:
    return None if text == "–" else Decimal(text)


def data(**changes: Any) -> dict[str, Any]:
    return deepcopy(dict(DEFAULT)) | changes


@pytest.mark.parametrize(("days", "judged", "computed", "sum_"), WORKED)
def test_the_worked_table_of_the_documentation_holds(days: str, judged: str, computed: str, sum_: str) -> None:
    submitted = [] if days == "–" else [DEADLINE + timedelta(days=int(days))]
    on_time = timeliness(TIMELINESS, submitted, DEADLINE)
    assert on_time.score == number(computed)
    assert total([on_time, Part(CORRESPONDENCE, number(judged), NoValue.NOT_EVALUATED)]).value == number(sum_)


def test_the_documentation_has_a_worked_table() -> None:
    assert len(WORKED) >= 8


def test_the_default_has_the_steps_of_the_old_columns() -> None:
    assert [step.score for step in TIMELINESS.steps] == [100, 95, 90, 85, 80, 0]
    assert [step.score for step in CORRESPONDENCE.steps] == [100, 50, 0]
    assert "ยังไม่ทราบ" in RUBRIC.remark_th
    assert json.loads(json.dumps(dict(DEFAULT))) == DEFAULT


@given(st.integers(-400, 400), st.integers(0, 400))
def test_later_is_never_better(days: int, more: int) -> None:
    assert step_for(TIMELINESS, days).score >= step_for(TIMELINESS, days + more).score


def test_which_submission_counts_is_data() -> None:
    newest = parse_rubric(data(criteria=[{**DEFAULT["criteria"][0], "counts": "newest-submission"}])).criteria[0]
    days = [DEADLINE, DEADLINE + timedelta(days=8)]
    assert timeliness(TIMELINESS, days, DEADLINE).score == 100
    assert timeliness(newest, days, DEADLINE).score == 85
    assert (TIMELINESS.counts, newest.counts) == (Counts.FIRST, Counts.NEWEST)


def test_without_a_deadline_nothing_is_evaluated() -> None:
    part = timeliness(TIMELINESS, [DEADLINE], None)
    assert (part.score, part.reason) == (None, NoValue.NOT_EVALUATED)


@given(st.lists(st.tuples(scores, weights), min_size=1, max_size=5), st.fractions(min_value="1/50", max_value=50))
def test_a_total_lies_between_its_parts_and_only_the_ratio_of_weights_counts(rows: Any, factor: Any) -> None:
    parts = [Part(_weighing(weight), score) for score, weight in rows]
    exact = total(parts).exact
    assert exact is not None
    assert min(score for score, _ in rows) <= exact <= max(score for score, _ in rows)
    assert total(reversed(parts)).exact == exact
    doubled = [Part(_weighing(weight * 2), score) for score, weight in rows]
    assert total(doubled).exact == exact


def _weighing(weight: Decimal) -> Any:
    return parse_rubric(data(criteria=[{**DEFAULT["criteria"][1], "weight": str(weight)}])).criteria[0]


@given(st.lists(scores, min_size=1, max_size=4))
def test_one_part_that_is_not_evaluated_leaves_the_whole_without_a_value(given_: list[Decimal]) -> None:
    parts = [Part(CORRESPONDENCE, score) for score in given_]
    whole = total([*parts, Part(TIMELINESS, None, NoValue.NOT_EVALUATED)])
    assert (whole.exact, whole.value, whole.reason) == (None, None, NoValue.NOT_EVALUATED)


def test_zero_is_a_score_and_what_does_not_apply_is_left_out() -> None:
    zero = total([Part(TIMELINESS, Decimal(0)), Part(CORRESPONDENCE, Decimal(0))])
    assert (zero.value, zero.reason) == (Decimal("0.00"), None)
    left_out = Part(TIMELINESS, None, NoValue.NOT_APPLICABLE)
    assert total([left_out, Part(CORRESPONDENCE, Decimal(50))]).value == Decimal("50.00")
    assert total([left_out]).reason is NoValue.NOT_APPLICABLE


def test_a_reviewer_gives_one_of_the_steps_and_nothing_that_is_computed() -> None:
    assert score_refusal(CORRESPONDENCE, Decimal("50.00")) is None
    assert score_refusal(CORRESPONDENCE, Decimal(51)) is not None
    assert score_refusal(TIMELINESS, Decimal(100)) is not None
    with pytest.raises(UserError):
        RUBRIC.criterion("beauty")


def test_a_city_may_have_criteria_of_its_own() -> None:
    steps = [{"score": "10.5", "name_th": "ก", "name_en": "a"}, {"score": "0", "name_th": "ข", "name_en": "b"}]
    row = {"code": "x", "name_th": "เอกซ์", "name_en": "X", "weight": "0.5", "judged": "by-reviewer", "steps": steps}
    rubric = parse_rubric(data(number=7, criteria=[row]))
    assert (rubric.number, rubric.criteria[0].judged) == (7, Judged.BY_REVIEWER)


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (1, {"weight": "0"}),
        (1, {"weight": "NaN"}),
        (1, {"weight": "heavy"}),
        (1, {"judged": "by-dice"}),
        (1, {"steps": []}),
        (1, {"steps": [{"score": "101", "name_th": "", "name_en": ""}]}),
        (1, {"steps": [{"score": "0", "name_th": "", "name_en": ""}, {"score": "5", "name_th": "", "name_en": ""}]}),
        (1, {"steps": [{"score": "5", "name_th": "", "name_en": "", "up_to": 3}]}),
        (1, {"code": "timeliness"}),
        (0, {"steps": DEFAULT["criteria"][0]["steps"][:-1]}),
        (0, {"steps": DEFAULT["criteria"][1]["steps"]}),
        (0, {"counts": "best-submission"}),
    ],
)
def test_what_is_no_rubric_is_refused(place: int, changes: dict[str, Any]) -> None:
    wrong = data()
    wrong["criteria"][place] |= changes
    with pytest.raises(UserError, match="no rubric"):
        parse_rubric(wrong)


@pytest.mark.parametrize("wrong", [{}, {"criteria": []}, data(criteria=[]), data(criteria=3), data(number="one")])
def test_other_data_is_refused_too(wrong: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="no rubric"):
        parse_rubric(wrong)
