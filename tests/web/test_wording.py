"""Every value that a record can hold has its words in both languages."""

from decimal import Decimal
from enum import StrEnum

import pytest
from django.utils.translation import override

from lakthan.apps.indicators.models import Indicator, PlanNode
from lakthan.apps.planning.models import CommunityProject
from lakthan.core.figure import Figure, NoValue, Operator
from lakthan.printing.form import STATE_WORDS
from lakthan.rules.facts import COMMUNITY_TYPES, FactKind
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Steps,
    Term,
)
from lakthan.rules.workflow import State
from lakthan.web import wording
from lakthan.web.population import PopulationKind
from lakthan.web.quarters import Standing

INCLUSIONS = FactQuery(FactKind.INCLUSION)
OF_DISTRICTS = Share(Population("districts"), INCLUSIONS)
OF_COMMUNITIES = Share(Population("communities"), FactQuery(FactKind.COMMUNITY_PLAN))
OF_MONEY = Ratio(
    Term(FactQuery(FactKind.DISBURSEMENT), Measure.AMOUNT), Term(FactQuery(FactKind.TRANSFER), Measure.AMOUNT)
)
REPORTED = Reported(ReportedInput.PAIR, RollUp.SUM_OF_PARTS)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (wording.STANDINGS, Standing),
        (wording.NO_VALUES, NoValue),
        (wording.OPERATORS, Operator),
        (wording.COUNTED, PopulationKind),
        (wording.LEVELS, Indicator.Level),
        (wording.FIELDS, CommunityProject.Field),
        (wording.WAYS, CommunityProject.Way),
        (wording.PAPER_STATES, State),
    ],
)
def test_no_value_is_without_words(words: dict[str, object], values: type[StrEnum]) -> None:
    assert set(words) == set(values)


def test_every_certainty_but_the_observed_is_marked() -> None:
    assert set(wording.CERTAINTIES) == set(PlanNode.Certainty) - {PlanNode.Certainty.OBSERVED}


def test_the_state_of_a_paper_is_called_on_the_page_as_on_the_paper() -> None:
    with override("th"):
        assert {state: str(words) for state, words in wording.PAPER_STATES.items()} == dict(STATE_WORDS)


@pytest.mark.parametrize(
    ("formula", "figure", "en", "th"),
    [
        (OF_DISTRICTS, Figure(43, 50, 100), "43 of 50 district offices", "43 จาก 50 สำนักงานเขต"),
        (OF_DISTRICTS, Figure(0, 1, 100), "0 of 1 district office", "0 จาก 1 สำนักงานเขต"),
        (OF_COMMUNITIES, Figure(1182, 2068, 100), "1,182 of 2,068 communities", "1,182 จาก 2,068 ชุมชน"),
        (
            OF_MONEY,
            Figure(Decimal("583203.00"), Decimal("3267440.00"), 100),
            "583,203.00 of 3,267,440.00 baht",
            "583,203.00 จาก 3,267,440.00 บาท",
        ),
        (REPORTED, Figure(Decimal("12.5000"), Decimal("40.0000"), 100), "12.5 of 40", "12.5 จาก 40"),
        (
            Steps(()),
            Figure(Decimal(35), Decimal(100), 100),
            "steps done weigh 35 of 100",
            "ขั้นตอนที่แล้วเสร็จมีน้ำหนัก 35 จาก 100",
        ),
        (Count(INCLUSIONS), Figure(343, None), "", ""),
    ],
)
def test_the_pair_behind_a_figure_is_told_with_its_noun(formula: Formula, figure: Figure, en: str, th: str) -> None:
    with override("en"):
        assert wording.pair_words(figure, formula) == en
    with override("th"):
        assert wording.pair_words(figure, formula) == th


@pytest.mark.parametrize(("count", "en"), [(1, "1 record"), (1250, "1,250 records")])
def test_records_are_counted_with_the_classifier_of_their_kind(count: int, en: str) -> None:
    with override("en"):
        assert wording.records_words(count, OF_DISTRICTS) == en
    with override("th"):
        assert wording.records_words(count, OF_DISTRICTS) == f"{count:,} โครงการ"
    assert wording.records_words(count, REPORTED) == ""


def test_a_text_without_english_stays_thai_and_unknown_codes_stay_codes() -> None:
    with override("en"):
        assert wording.in_language("ชุมชน", "") == "ชุมชน"
        assert wording.community_type("floating") == "floating"
        assert {wording.community_type(code) for code in COMMUNITY_TYPES} == {en for _, en in COMMUNITY_TYPES.values()}


@pytest.mark.parametrize(
    ("number", "text"), [(Decimal("12.5000"), "12.5"), (Decimal("1250.0000"), "1,250"), (100, "100"), (Decimal(0), "0")]
)
def test_an_exact_number_has_the_decimals_that_it_needs(number: Decimal | int, text: str) -> None:
    assert wording.exact_number(number) == text
