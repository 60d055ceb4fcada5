"""The first and last days of facts, and thresholds above one, in the database as in the evaluator."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lakthan.apps.people.selectors import district_members
from lakthan.apps.reporting import measures
from lakthan.apps.reporting.batch import books
from lakthan.core.figure import Figure
from lakthan.rules.eligibility import Basis, CommitteeJudgement, CommunityHistory, Status, StatusChange
from lakthan.rules.facts import FACT_KINDS, CommunityMember, District, Fact, FactBook, FactKind
from lakthan.rules.formula.evaluate import evaluate
from lakthan.rules.formula.grammar import Count, FactQuery, Formula, Population, Share
from lakthan.rules.formula.grouped import Reckoner
from lakthan.rules.formula.matching import Asked
from tests.figures.storing import ENDLESS, Store
from tests.rules.strategies import YEAR

pytestmark = pytest.mark.django_db

BEGINS, ENDS = date(2020, 2, 10), date(2020, 5, 20)
COMMUNITY = CommunityMember(
    "5001-0001",
    "ชุมชน",
    "ชุมชน",
    "5001",
    "urban",
    CommunityHistory((StatusChange(date(2019, 1, 1), Status.REGISTERED),), (CommitteeJudgement(BEGINS, able=True),)),
)
DISTRICT = District("5001", "เขต", "District", "")
QUERIED = [kind for kind in FactKind if kind not in (FactKind.STEP, FactKind.REPORTED)]


def fact(kind: FactKind, id_: str, effective_on: date, ended_on: date | None) -> Fact:
    spec = FACT_KINDS[kind]
    return Fact(
        id_,
        kind,
        "5001",
        effective_on,
        ended_on,
        community="5001-0001" if spec.has_community else None,
        fiscal_year=2563 if spec.has_fiscal_year else None,
        amount=Decimal("10.25") if spec.has_amount else None,
        attributes={name: next(iter(values)) for name, values in spec.attributes.items()},
    )


def book_of(kind: FactKind, ended_on: date | None) -> FactBook:
    """One fact of a kind, with the plan and project it rests on where it needs them (these long over)."""
    facts = [fact(kind, "f", BEGINS, ended_on)]
    if kind in (FactKind.INCLUSION, FactKind.DECLINE):
        facts.append(fact(FactKind.COMMUNITY_PROJECT, "f-project", date(2001, 1, 1), None))
    if kind in (FactKind.INCLUSION, FactKind.DECLINE, FactKind.COMMUNITY_PROJECT):
        facts.append(fact(FactKind.COMMUNITY_PLAN, "f-plan", date(2001, 1, 1), date(2001, 1, 2)))
    if kind is FactKind.COMMUNITY_PROJECT:
        facts[-1] = fact(FactKind.COMMUNITY_PLAN, "f-plan", BEGINS, BEGINS + timedelta(days=1))
    return FactBook((DISTRICT,), (COMMUNITY,), tuple(facts))


def counted(formula: Formula, on: date) -> object:
    return measures.compiled(formula, Asked(on, YEAR), district_members(on)).numerator


def together(formula: Formula, asked: Asked) -> Figure:
    """The figure as lists compute it, many at once."""
    found = books([], [(formula, asked)], district_members(asked.as_of))
    return Reckoner(found.registers).figure(formula, asked)


@pytest.mark.parametrize("kind", QUERIED)
def test_a_record_counts_from_its_first_day_until_the_day_before_it_ends(kind: FactKind) -> None:
    book = book_of(kind, None if kind in ENDLESS else ENDS)
    Store().write(book)
    formula = Count(FactQuery(kind))
    days = [BEGINS - timedelta(days=1), BEGINS, ENDS - timedelta(days=1), ENDS]
    found = [counted(formula, day) for day in days]
    assert found == [0, 1, 1, 1 if kind in ENDLESS else 0]
    assert found == [evaluate(formula, book, as_of=day, fiscal_year=YEAR).numerator for day in days]


@pytest.mark.parametrize("kind", [FactKind.OBLIGATION, FactKind.DISBURSEMENT, FactKind.RETURN])
def test_a_reversal_is_the_end_of_a_line_and_no_line_of_its_own(kind: FactKind) -> None:
    Store().write(book_of(kind, ENDS))
    totals = measures.unit_totals(FactQuery(kind), Asked(ENDS, YEAR), district_members(ENDS))
    assert totals == {}


@pytest.mark.parametrize(("at_least", "numerator"), [(1, 1), (2, 1), (3, 0)])
def test_a_share_of_communities_asked_together_holds_the_threshold(at_least: int, numerator: int) -> None:
    plans = [fact(FactKind.COMMUNITY_PLAN, f"f{n}", BEGINS + timedelta(days=n), ENDS) for n in range(2)]
    Store().write(FactBook((DISTRICT,), (COMMUNITY,), tuple(plans)))
    share = Share(Population("communities"), FactQuery(FactKind.COMMUNITY_PLAN), at_least)
    asked = Asked(date(2020, 3, 31), YEAR)
    figure = together(share, asked)
    assert (figure.numerator, figure.denominator) == (numerator, 1)
    assert counted(share, asked.as_of) == numerator


@pytest.mark.parametrize(("on", "eligible"), [(BEGINS - timedelta(days=1), 0), (BEGINS, 1)])
def test_a_community_is_eligible_from_the_day_of_the_judgement(on: date, eligible: int) -> None:
    Store().write(FactBook((DISTRICT,), (COMMUNITY,), ()))
    share = Share(Population("communities", Basis.ELIGIBLE), FactQuery(FactKind.COMMUNITY_PLAN))
    figure = together(share, Asked(on, YEAR))
    assert figure.denominator == eligible


@pytest.mark.parametrize(
    ("status", "registered"), [(Status.REGISTERED, 1), (Status.BEING_DISSOLVED, 1), (Status.DISSOLVED, 0)]
)
def test_a_community_stands_in_the_register_until_it_is_dissolved(status: Status, registered: int) -> None:
    history = CommunityHistory((StatusChange(date(2019, 1, 1), Status.REGISTERED), StatusChange(BEGINS, status)))
    member = CommunityMember("5001-0001", "ชุมชน", "ชุมชน", "5001", "urban", history)
    Store().write(FactBook((DISTRICT,), (member,), ()))
    share = Share(Population("communities"), FactQuery(FactKind.COMMUNITY_PLAN))
    figure = together(share, Asked(BEGINS, YEAR))
    assert figure.denominator == registered
