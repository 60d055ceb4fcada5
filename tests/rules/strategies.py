"""Random books of facts and random formulas, as plain data.

Everything is consistent with `FACT_KINDS`: a fact has the attributes, the fiscal year, the money and the community of
its kind, its community belongs to its unit, ids are unique. The strategies take bounds, so that tests which write the
same data into a database can ask for less of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.eligibility import Basis, CommitteeJudgement, CommunityHistory, Status, StatusChange
from lakthan.rules.facts import (
    COMMUNITY_TYPES,
    FACT_KINDS,
    CommunityMember,
    District,
    DistrictGroup,
    Fact,
    FactBook,
    FactKind,
)
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
from lakthan.rules.formula.grammar import queries as grammar_queries
from lakthan.rules.formula.parse import BOOKED_KINDS, COMMUNITY_KINDS, MONEY_KINDS, QUERY_KINDS

YEAR = FiscalYear(2563)
"""The fiscal year that the random figures are reported for."""
YEARS = tuple(FiscalYear(be) for be in (2562, 2563, 2564))
BOOKED_YEARS = (2563, 2563, 2564, 2562)
INDICATOR = "2100-9001"
INDICATORS = (INDICATOR, "2100-9002")
STEP_CODES = ("1", "2", "3", "4")
BUREAU = "2100"
GROUPS = (DistrictGroup("1", "กลุ่มเขตหนึ่ง", "Group one"), DistrictGroup("2", "กลุ่มเขตสอง", "Group two"))

QUARTER_ENDS = tuple(quarter.last_day for year in YEARS for quarter in year.quarters)
_MOSTLY = st.sampled_from((True, True, False))
_AT_LEAST = st.sampled_from((1, 1, 1, 2, 3))
_OFFSETS = st.sampled_from(((), (), (0,), (0, 1), (-1, 1)))
_EDGES = tuple(end + timedelta(days=days) for end in QUARTER_ENDS for days in (-1, 0, 1, 2))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact can lie: a unit, and for facts of communities one of its communities."""

    unit: str
    communities: tuple[str, ...] = ()


@cache
def days(first: date = YEARS[0].first_day, last: date = YEARS[-1].last_day) -> st.SearchStrategy[date]:
    """Days of three fiscal years, most of them at the edges of quarters."""
    edges = st.sampled_from([day for day in _EDGES if first <= day <= last])
    return edges | edges | st.integers(0, (last - first).days).map(lambda passed: first + timedelta(days=passed))


def facts_days() -> st.SearchStrategy[date]:
    """Days on which facts take effect: any, most of them in the year reported for."""
    return days(YEAR.first_day, YEAR.last_day) | days()


def late_days() -> st.SearchStrategy[date]:
    """Days to ask on, by which many facts have taken effect."""
    return days(YEAR.quarter(3).first_day, YEAR.last_day + timedelta(days=100))


@cache
def quarter_ends() -> st.SearchStrategy[date]:
    """The last days of quarters."""
    return st.sampled_from(QUARTER_ENDS[6:9])


@cache
def baht(least: int = 1, most: int = 999_999_999) -> st.SearchStrategy[Decimal]:
    """Amounts of money, exact; the bounds are in satang."""
    return st.integers(least, most).map(lambda satang: Decimal(satang).scaleb(-2))


@st.composite
def histories(draw: st.DrawFn) -> CommunityHistory:
    """What decides eligibility: at most one status and one judgement a day."""
    statuses = draw(st.dictionaries(days(), st.sampled_from(Status), max_size=3))
    judgements = draw(st.dictionaries(days(), st.booleans(), max_size=2))
    if draw(_MOSTLY):
        statuses[YEARS[0].first_day] = Status.REGISTERED
        judgements.setdefault(YEARS[0].first_day, True)
    return CommunityHistory(
        tuple(StatusChange(day, status) for day, status in statuses.items()),
        tuple(CommitteeJudgement(day, able) for day, able in judgements.items()),
    )


@st.composite
def districts(draw: st.DrawFn, most: int = 4) -> tuple[District, ...]:
    """District offices 5001, 5002 ..., most of them in a group."""
    count = draw(st.sampled_from((most, *range(most + 1))))
    groups = st.sampled_from((*(group.code for group in GROUPS), ""))
    return tuple(
        District(f"{5001 + place}", f"เขตที่ {place + 1}", f"District {place + 1}", draw(groups))
        for place in range(count)
    )


@st.composite
def communities(draw: st.DrawFn, units: Sequence[str], most: int = 5) -> tuple[CommunityMember, ...]:
    """Communities of the given districts."""
    homes = draw(st.lists(st.sampled_from(units), max_size=most)) if units else []
    return tuple(
        CommunityMember(
            f"{unit}-{place:04}",
            f"ชุมชนที่ {place}",
            f"Community {place}",
            unit,
            draw(st.sampled_from(tuple(COMMUNITY_TYPES))),
            draw(histories()),
        )
        for place, unit in enumerate(homes, start=1)
    )


@cache
def bodies(kind: FactKind) -> st.SearchStrategy[Fact]:
    """Facts of a kind with all but the place: id, unit and community are left open."""
    spec = FACT_KINDS[kind]
    own = kind in (FactKind.STEP, FactKind.REPORTED)
    return st.builds(
        _body,
        st.just(kind),
        facts_days(),
        st.sampled_from(("never", "never", "never", "after a day", "last of quarter", "first of next", "after a year")),
        st.sampled_from(BOOKED_YEARS) if spec.has_fiscal_year else st.none(),
        _amounts(kind),
        baht(0, 2000) if kind is FactKind.REPORTED else st.none(),
        st.sampled_from((INDICATOR, *INDICATORS)) if own else st.none(),
        _attributes(kind),
    )


def _body(
    kind: FactKind,
    effective_on: date,
    ends: str,
    booked_to: int | None,
    amount: Decimal | None,
    base: Decimal | None,
    indicator: str | None,
    attributes: dict[str, str],
) -> Fact:
    quarter = Quarter.of(effective_on)
    ended_on = {
        "never": None,
        "after a day": effective_on + timedelta(days=1),
        "last of quarter": quarter.last_day if effective_on < quarter.last_day else quarter.next.last_day,
        "first of next": quarter.next.first_day,
        "after a year": effective_on + timedelta(days=365),
    }[ends]
    return Fact("", kind, "", effective_on, ended_on, None, booked_to, amount, base, indicator, attributes)


def _amounts(kind: FactKind) -> st.SearchStrategy[Decimal | None]:
    if kind is FactKind.REPORTED:
        return baht(0, 2000)
    return baht() if FACT_KINDS[kind].has_amount else st.none()


def _attributes(kind: FactKind) -> st.SearchStrategy[dict[str, str]]:
    if kind is FactKind.STEP:
        return st.fixed_dictionaries({"step": st.sampled_from(STEP_CODES)})
    attributes = FACT_KINDS[kind].attributes
    return st.fixed_dictionaries({name: st.sampled_from(tuple(attributes[name])) for name in attributes})


@st.composite
def facts(draw: st.DrawFn, places: Sequence[Place], kinds: Sequence[FactKind] = tuple(FactKind)) -> Fact:
    """One fact at one of the places; its id is empty, see `fact_lists`. Some kind must fit some place."""
    kind, place = draw(st.sampled_from(_where(kinds, places)))
    community = draw(st.sampled_from(place.communities)) if FACT_KINDS[kind].has_community else None
    return replace(draw(bodies(kind)), unit=place.unit, community=community)


def _where(kinds: Sequence[FactKind], places: Sequence[Place]) -> list[tuple[FactKind, Place]]:
    """Which kinds of fact can lie at which places."""
    return [(k, place) for k in kinds for place in places if place.communities or not FACT_KINDS[k].has_community]


@st.composite
def fact_lists(
    draw: st.DrawFn, places: Sequence[Place], kinds: Sequence[FactKind] = tuple(FactKind), most: int = 12
) -> tuple[Fact, ...]:
    """Facts with ids that are unique and in no order."""
    if not _where(kinds, places):
        return ()
    found = draw(st.lists(facts(places, kinds), min_size=draw(st.sampled_from((most // 2, 0))), max_size=most))
    ids = draw(st.permutations(range(len(found))))
    return tuple(replace(fact, id=f"f{place:03}") for fact, place in zip(found, ids, strict=True))


def places_of(book: FactBook, *others: str) -> list[Place]:
    """The districts of a book with their communities, and other units."""
    homes = [
        Place(district.code, tuple(c.code for c in book.communities if c.unit == district.code))
        for district in book.districts
    ]
    return [*homes, *(Place(unit) for unit in others)]


@st.composite
def books(
    draw: st.DrawFn, *, bureau: bool = True, kinds: Sequence[FactKind] = tuple(FactKind), most_facts: int = 12
) -> FactBook:
    """A book of a few districts, their communities and facts; some facts of a bureau unless `bureau` is false."""
    members = draw(districts())
    needed = any(FACT_KINDS[kind].has_community for kind in kinds)
    homes = draw(communities([district.code for district in members])) if needed else ()
    book = FactBook(members, homes, groups=GROUPS)
    places = places_of(book, *((BUREAU,) if bureau else ()))
    return replace(book, facts=draw(fact_lists(places, kinds, most_facts)))


@st.composite
def queries(draw: st.DrawFn, kinds: Sequence[FactKind] = QUERY_KINDS, *, tallied: bool = False) -> FactQuery:
    """Queries for one of the kinds; where `tallied`, only with filters that the roll-up keeps."""
    kind = draw(st.sampled_from(kinds))
    spec = FACT_KINDS[kind]
    names = [name for name in spec.attributes if not tallied or name == spec.tallied_by]
    filters = {name: draw(st.sampled_from(tuple(spec.attributes[name]))) for name in names if not draw(_MOSTLY)}
    years = draw(_OFFSETS) if kind in BOOKED_KINDS else ()
    return FactQuery(kind, years, draw(st.sampled_from((Since.EVER, Since.EVER, *Since))), filters)


@cache
def scales() -> st.SearchStrategy[int]:
    """Per cent, plain, per hundred thousand."""
    return st.sampled_from((100, 1, 100_000))


@st.composite
def community_populations(draw: st.DrawFn) -> Population:
    """Communities on a basis, on a date, of some types."""
    types = draw(st.sets(st.sampled_from(tuple(COMMUNITY_TYPES)), max_size=3).map(sorted).map(tuple))
    return Population("communities", draw(st.sampled_from(Basis)), draw(st.none() | days()), types)


def district_shares(*, tallied: bool = False) -> st.SearchStrategy[Share]:
    """Shares of the district offices."""
    matching = queries(tallied=tallied)
    return st.builds(Share, st.just(Population("districts")), matching, _AT_LEAST, scales())


def community_shares() -> st.SearchStrategy[Share]:
    """Shares of communities."""
    return st.builds(Share, community_populations(), queries(COMMUNITY_KINDS), _AT_LEAST, scales())


def terms(*, tallied: bool = False) -> st.SearchStrategy[Term]:
    """Counts and amounts of facts."""
    counts = st.builds(Term, queries(tallied=tallied))
    return counts | st.builds(Term, queries(MONEY_KINDS, tallied=tallied), st.just(Measure.AMOUNT))


def tallied_formulas() -> st.SearchStrategy[Formula]:
    """Formulas that the roll-up can compute on the last day of a quarter."""
    money = queries(MONEY_KINDS, tallied=True)
    return st.one_of(
        district_shares(tallied=True),
        st.builds(Ratio, terms(tallied=True), terms(tallied=True), scales()),
        st.builds(Count, queries(tallied=True)),
        st.builds(Sum, money),
        st.builds(Mean, money),
    )


@cache
def numbers(least: int = -99_999, most: int = 99_999) -> st.SearchStrategy[Decimal]:
    """Exact numbers of three decimals; the bounds are in thousandths."""
    return st.integers(least, most).map(lambda thousandths: Decimal(thousandths).scaleb(-3))


@st.composite
def steps(draw: st.DrawFn) -> Steps:
    """Weighted steps, some with the codes of the facts."""
    codes = draw(st.lists(st.sampled_from((*STEP_CODES, "5")), min_size=1, unique=True))
    weights = numbers(1)
    return Steps(tuple(Step(code, f"ขั้นที่ {code}", f"Step {code}", draw(weights)) for code in codes), draw(scales()))


@st.composite
def reported(draw: st.DrawFn) -> Reported:
    """Roll-ups of what units reported."""
    input_, roll_up = draw(st.sampled_from(ReportedInput)), draw(st.sampled_from(RollUp))
    scale = draw(scales()) if input_ is ReportedInput.PAIR else 100
    target = draw(numbers()) if roll_up is RollUp.SHARE_MEETING_TARGET else None
    return Reported(input_, roll_up, scale, target)


def query_formulas() -> st.SearchStrategy[Formula]:
    """Formulas of all the kinds that query facts."""
    return st.one_of(
        district_shares(),
        community_shares(),
        st.builds(Ratio, terms(), terms(), scales()),
        st.builds(Count, queries()),
        st.builds(Sum, queries(MONEY_KINDS)),
        st.builds(Mean, queries(MONEY_KINDS)),
    )


def formulas() -> st.SearchStrategy[Formula]:
    """Formulas of all kinds, in canonical form."""
    return query_formulas() | steps() | reported()


@dataclass(frozen=True, slots=True)
class Question:
    """A formula, a book in which it finds something, and a day."""

    formula: Formula
    book: FactBook
    as_of: date


@st.composite
def questions(
    draw: st.DrawFn,
    asked: st.SearchStrategy[Formula] | None = None,
    on: st.SearchStrategy[date] | None = None,
    *,
    bureau: bool = True,
) -> Question:
    """A formula of the given ones (default: all kinds) with a book of facts, most of them of the kinds it asks for."""
    formula = draw(asked if asked is not None else formulas())
    kinds = kinds_of(formula)
    book = draw(books(kinds=(*kinds, *kinds, draw(st.sampled_from(FactKind))), bureau=bureau))
    return Question(formula, book, draw(on if on is not None else late_days()))


def kinds_of(formula: Formula) -> tuple[FactKind, ...]:
    """The kinds of fact that a formula looks at."""
    match formula:
        case Steps():
            return (FactKind.STEP,)
        case Reported():
            return (FactKind.REPORTED,)
        case _:
            return tuple(query.fact for query in grammar_queries(formula))
