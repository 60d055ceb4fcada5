"""The sentence of a formula."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given

from lakthan.core.fiscal import FiscalYear
from lakthan.rules.eligibility import Basis
from lakthan.rules.facts import FACT_KINDS, FactKind
from lakthan.rules.formula.explain import sentence
from lakthan.rules.formula.grammar import (
    Count,
    FactQuery,
    Formula,
    Mean,
    Measure,
    Population,
    Ratio,
    Reported,
    ReportedInput,
    RollUp,
    Share,
    Since,
    Step,
    Steps,
    Sum,
    Term,
)
from lakthan.rules.formula.parse import BOOKED_KINDS, MONEY_KINDS, QUERY_KINDS
from tests.rules.strategies import formulas

YEAR = FiscalYear(2563)
DISTRICTS = Population("districts")
REFERENCE = Share(DISTRICTS, FactQuery(FactKind.INCLUSION, (0, 1)))
STEP = Step("1", "อนุมัติ", "approve", Decimal(5))


def both(formula: Formula, year: FiscalYear = YEAR) -> tuple[str, str]:
    return sentence(formula, year, "th"), sentence(formula, year, "en")


def assert_all_told_apart(formulas: Iterable[Formula]) -> None:
    """No two of the formulas have the same sentence, in either language."""
    told = [both(formula) for formula in formulas]
    assert len(told) > 1
    assert len({th for th, _ in told}) == len(told)
    assert len({en for _, en in told}) == len(told)


def all_queries() -> list[FactQuery]:
    """Every kind of fact with every filter, window and beginning."""
    queries = []
    for kind in QUERY_KINDS:
        attributes = FACT_KINDS[kind].attributes
        filters = [{}, *({name: value} for name in attributes for value in attributes[name])]
        years = ((), (0,), (0, 1), (-1, 0, 1)) if kind in BOOKED_KINDS else ((),)
        queries += [FactQuery(kind, *options) for options in product(years, Since, filters)]
    return queries


def test_the_reference_indicator_reads_as_its_method_of_calculation() -> None:
    th, en = both(REFERENCE)
    assert th == (
        "จำนวนสำนักงานเขตที่มีโครงการตามแผนพัฒนาชุมชนที่บรรจุในแผนปฏิบัติราชการประจำปี ปีงบประมาณ พ.ศ. 2563 หรือ 2564 "
        "อย่างน้อย 1 โครงการ หารด้วยจำนวนสำนักงานเขตทั้งหมด คูณ 100"
    )
    assert en == (
        "District offices with at least 1 community project included in the annual action plan of fiscal year 2563 or "
        "2564, divided by all district offices, times 100."
    )


def test_the_years_are_those_of_the_fiscal_year_reported_on() -> None:
    th, en = both(REFERENCE, FiscalYear(2570))
    assert "พ.ศ. 2570 หรือ 2571" in th
    assert "2570 or 2571" in en


def test_three_years_are_listed_with_commas() -> None:
    th, en = both(replace(REFERENCE, matching=FactQuery(FactKind.INCLUSION, (1, -1, 0))))
    assert "พ.ศ. 2562, 2563 หรือ 2564" in th
    assert "2562, 2563 or 2564" in en


def test_more_than_one_fact_is_told_in_the_plural() -> None:
    _, en = both(replace(REFERENCE, at_least=2))
    assert "at least 2 community projects included" in en


def test_a_scale_of_one_is_not_told() -> None:
    th, en = both(replace(REFERENCE, scale=1))
    assert th.endswith("หารด้วยจำนวนสำนักงานเขตทั้งหมด")
    assert en.endswith("divided by all district offices.")


def test_every_option_of_a_query_is_told() -> None:
    assert_all_told_apart(Count(query) for query in all_queries())


def test_every_option_of_a_share_is_told() -> None:
    days = (None, date(2020, 1, 31), date(2020, 2, 1))
    types = ((), ("urban",), ("crowded", "urban"))
    communities = [Population("communities", *options) for options in product(Basis, days, types)]
    populations = [DISTRICTS, *communities]
    plans = FactQuery(FactKind.COMMUNITY_PLAN)
    assert_all_told_apart(Share(of, plans, *more) for of, *more in product(populations, (1, 2, 3), (1, 100, 1000)))


def test_every_option_of_a_ratio_is_told() -> None:
    disbursed, transferred = FactQuery(FactKind.DISBURSEMENT), FactQuery(FactKind.TRANSFER)
    terms = [Term(query, measure) for query, measure in product((disbursed, transferred), Measure)]
    assert_all_told_apart(Ratio(*options) for options in product(terms, terms, (1, 100)))


def test_counts_sums_and_means_of_the_same_facts_are_told_apart() -> None:
    queries = [FactQuery(kind) for kind in MONEY_KINDS]
    assert_all_told_apart(kind(query) for kind, query in product((Count, Sum, Mean), queries))


def test_every_step_and_weight_is_told() -> None:
    second = Step("2", "สรุป", "sum up", Decimal("12.50"))
    th, en = both(Steps((STEP, second)))
    assert "1 อนุมัติ น้ำหนัก 5, 2 สรุป น้ำหนัก 12.5" in th
    assert "1 approve: weight 5, 2 sum up: weight 12.5" in en
    assert "17.5" in th
    assert "17.5" in en
    assert_all_told_apart([Steps((STEP,)), Steps((STEP, second)), Steps((STEP,), 1), Steps((replace(STEP, code="3"),))])


def test_every_option_of_a_reported_formula_is_told() -> None:
    targets = {RollUp.SHARE_MEETING_TARGET: (Decimal(80), Decimal("80.5"))}
    pairs = [
        Reported(ReportedInput.PAIR, roll_up, scale, target)
        for roll_up, scale in product(RollUp, (1, 100))
        for target in targets.get(roll_up, (None,))
    ]
    values = [
        Reported(ReportedInput.VALUE, roll_up, 100, target)
        for roll_up in RollUp
        for target in targets.get(roll_up, (None,))
    ]
    assert_all_told_apart([*pairs, *values])


@pytest.mark.parametrize("kind", QUERY_KINDS)
def test_a_kind_of_fact_is_called_by_its_names(kind: FactKind) -> None:
    th, en = both(Count(FactQuery(kind)))
    assert FACT_KINDS[kind].name_th in th
    assert FACT_KINDS[kind].plural_en in en


@given(formulas())
def test_a_sentence_is_one_clean_sentence_of_its_language(formula: Formula) -> None:
    th, en = both(formula)
    assert not re.search("[A-Za-z]", th)
    assert not re.search("[\u0e00-\u0e7f]", en)
    assert en[0].isupper()
    assert re.fullmatch(r"[^.]([^.]|\.\d)*\.", en)
    for text in (th, en):
        assert not re.search(r"  | ,|\( | \)|None|^\s|\s$", text)
