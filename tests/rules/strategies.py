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
INDICATOR = "2100-9001"
STEP_CODES = ("1", "1", "2", "3", "4")
BUREAU = "2100"
GROUPS = (DistrictGroup("1", "กลุ่มเขตหนึ่ง", "Group one"), DistrictGroup("2", "กลุ่มเขตสอง", "Group two"))

QUARTER_ENDS = tuple(quarter.last_day for year in YEARS for quarter in year.quarters)
_EDGES = tuple(end + timedelta(days=days) for end in QUARTER_ENDS for days in (-1, 0, 1, 2))
_SCATTERED = tuple(YEARS[0].first_day + timedelta(days=17 * place) for place in range(64))
_EARLY = tuple(day for day in _EDGES if YEAR.first_day <= day <= YEAR.quarter(3).first_day)
_LATE = tuple(day for day in (*_EDGES, *_SCATTERED) if day >= YEAR.quarter(3).last_day)

_MOSTLY = st.sampled_from((True, True, False))
_AT_LEAST = st.sampled_from((1, 1, 1, 1, 2))
_OFFSETS = st.sampled_from(((), (), (0, 1), (0,), (-1, 1)))
_BEGINNINGS = st.sampled_from((Since.EVER, Since.EVER, *Since))
_ENDS = st.sampled_from(("never",) * 5 + ("after a day", "last of quarter", "first of next", "after a year"))
_STATUSES = st.sampled_from(
    (
        (Status.REGISTERED,),
        (Status.REGISTERED,),
        (Status.REGISTERED, Status.BEING_DISSOLVED),
        (Status.REGISTERED, Status.BEING_DISSOLVED, Status.DISSOLVED),
        (Status.BEING_DISSOLVED, Status.REGISTERED),
        (),
    )
)
_TYPES = st.sampled_from(((), (), (), ("crowded",), ("crowded", "suburban", "urban")))
_JUDGEMENTS = st.sampled_from(((True,), (True,), (True, False), (False, True), ()))


Spot = tuple[FactKind, str, str | None]
"""Where a fact can lie: its kind, its unit, and its community for the kinds that have one."""


def days() -> st.SearchStrategy[date]:
    """Days of three fiscal years, most of them at the edges of the quarters of the year reported for."""
    return st.sampled_from(_EARLY * 10 + _EDGES + _SCATTERED)


def late_days() -> st.SearchStrategy[date]:
    """Days to ask on, by which many facts have taken effect."""
    return st.sampled_from(_LATE)


def quarter_ends() -> st.SearchStrategy[date]:
    """Last days of quarters to ask on."""
    return st.sampled_from(QUARTER_ENDS[6:])


def baht(least: int = 1, most: int = 999_999_999) -> st.SearchStrategy[Decimal]:
    """Amounts of money, exact; the bounds are in satang."""
    return st.integers(least, most).map(lambda satang: Decimal(satang).scaleb(-2))


_DAYS = days()
_BOOKED_YEARS = st.sampled_from((2563, 2563, 2564, 2562))
_INDICATORS = st.sampled_from((INDICATOR, INDICATOR, "2100-9002"))
_MONEY = baht()
_SMALL = baht(0, 2000)


@st.composite
def histories(draw: st.DrawFn) -> CommunityHistory:
    """What decides eligibility: at most one status and one judgement a day, the first often from the beginning."""
    statuses, judgements = draw(_STATUSES), draw(_JUDGEMENTS)
    return CommunityHistory(
        tuple(map(StatusChange, _dates(draw, len(statuses)), statuses)),
        tuple(map(CommitteeJudgement, _dates(draw, len(judgements)), judgements)),
    )


def _dates(draw: st.DrawFn, count: int) -> list[date]:
    """So many different days, in order."""
    found = sorted(draw(st.lists(_DAYS, min_size=count, max_size=count, unique=True)))
    return [YEARS[0].first_day, *found[1:]] if found and draw(_MOSTLY) else found


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
    least = 2 if draw(_MOSTLY) else 0
    homes = draw(st.lists(st.sampled_from(units), min_size=least, max_size=most)) if units else []
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


@st.composite
def facts(draw: st.DrawFn, spots: st.SearchStrategy[Spot]) -> Fact:
    """One fact at one of the spots; its id is empty, see `fact_lists`."""
    kind, unit, community = draw(spots)
    spec = FACT_KINDS[kind]
    is_report = kind is FactKind.REPORTED
    effective_on = draw(_DAYS)
    return Fact(
        id="",
        kind=kind,
        unit=unit,
        effective_on=effective_on,
        ended_on=_ended_on(effective_on, draw(_ENDS)),
        community=community,
        fiscal_year=draw(_BOOKED_YEARS) if spec.has_fiscal_year else None,
        amount=draw(_SMALL if is_report else _MONEY) if spec.has_amount or is_report else None,
        base=draw(_SMALL) if is_report else None,
        indicator=draw(_INDICATORS) if is_report or kind is FactKind.STEP else None,
        attributes={name: draw(st.sampled_from(values)) for name, values in attributes_of(kind).items()},
    )


def attributes_of(kind: FactKind) -> dict[str, tuple[str, ...]]:
    """The attributes that facts of a kind have, with their values."""
    if kind is FactKind.STEP:
        return {"step": STEP_CODES}
    return {name: tuple(values) for name, values in FACT_KINDS[kind].attributes.items()}


def _ended_on(effective_on: date, ends: str) -> date | None:
    quarter = Quarter.of(effective_on)
    return {
        "never": None,
        "after a day": effective_on + timedelta(days=1),
        "last of quarter": quarter.last_day if effective_on < quarter.last_day else quarter.next.last_day,
        "first of next": quarter.next.first_day,
        "after a year": effective_on + timedelta(days=365),
    }[ends]


@st.composite
def fact_lists(draw: st.DrawFn, spots: Sequence[Spot], most: int = 10) -> tuple[Fact, ...]:
    """Facts at the spots, with unique ids, which rise or fall through the list."""
    if not spots:
        return ()
    least = draw(st.sampled_from((most // 2, 0)))
    found = draw(st.lists(facts(st.sampled_from(spots)), min_size=least, max_size=most))
    ids = [f"f{place:03}" for place in range(len(found))]
    ordered = ids if draw(st.booleans()) else reversed(ids)
    return tuple(replace(fact, id=id_) for fact, id_ in zip(found, ordered, strict=True))


def spots_of(book: FactBook, kinds: Sequence[FactKind], *others: str) -> tuple[Spot, ...]:
    """Where facts of the kinds can lie: in the districts of a book, their communities, and other units."""
    units = [*(district.code for district in book.districts), *others]
    in_communities: list[Spot] = [
        (kind, home.unit, home.code) for kind in kinds for home in book.communities if FACT_KINDS[kind].has_community
    ]
    in_units: list[Spot] = [
        (kind, unit, None) for kind in kinds for unit in units if not FACT_KINDS[kind].has_community
    ]
    return (*in_communities, *in_units)


@st.composite
def books(
    draw: st.DrawFn, *, bureau: bool = True, kinds: Sequence[FactKind] = tuple(FactKind), most_facts: int = 10
) -> FactBook:
    """A book of a few districts, their communities and facts; some facts of a bureau unless `bureau` is false."""
    members = draw(districts())
    needed = any(FACT_KINDS[kind].has_community for kind in kinds)
    homes = draw(communities([district.code for district in members])) if needed else ()
    book = FactBook(members, homes, groups=GROUPS)
    spots = spots_of(book, kinds, *((BUREAU,) if bureau else ()))
    return replace(book, facts=draw(fact_lists(spots, most_facts)))


@st.composite
def queries(draw: st.DrawFn, kinds: Sequence[FactKind] = QUERY_KINDS, *, tallied: bool = False) -> FactQuery:
    """Queries for one of the kinds; where `tallied`, only with filters that the roll-up keeps."""
    kind = draw(st.sampled_from(kinds))
    spec = FACT_KINDS[kind]
    names = [name for name in spec.attributes if not tallied or name == spec.tallied_by]
    filters = {name: draw(st.sampled_from(tuple(spec.attributes[name]))) for name in names if not draw(_MOSTLY)}
    years = draw(_OFFSETS) if kind in BOOKED_KINDS else ()
    return FactQuery(kind, years, draw(_BEGINNINGS), filters)


@cache
def scales() -> st.SearchStrategy[int]:
    """Per cent, plain, per hundred thousand."""
    return st.sampled_from((100, 1, 100_000))


@st.composite
def community_populations(draw: st.DrawFn) -> Population:
    """Communities on a basis, on a date, of some types."""
    types = draw(_TYPES)
    return Population("communities", draw(st.sampled_from(Basis)), draw(st.none() | days()), types)


@cache
def district_shares(*, tallied: bool = False) -> st.SearchStrategy[Share]:
    """Shares of the district offices."""
    matching = queries(tallied=tallied)
    return st.builds(Share, st.just(Population("districts")), matching, _AT_LEAST, scales())


@cache
def community_shares() -> st.SearchStrategy[Share]:
    """Shares of communities."""
    return st.builds(Share, community_populations(), queries(COMMUNITY_KINDS), _AT_LEAST, scales())


@cache
def terms(*, tallied: bool = False) -> st.SearchStrategy[Term]:
    """Counts and amounts of facts."""
    counts = st.builds(Term, queries(tallied=tallied))
    return counts | st.builds(Term, queries(MONEY_KINDS, tallied=tallied), st.just(Measure.AMOUNT))


@cache
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
    codes = draw(st.permutations(("1", "2", "3", "5")))[: draw(st.integers(1, 4))]
    weights = numbers(1)
    return Steps(tuple(Step(code, f"ขั้นที่ {code}", f"Step {code}", draw(weights)) for code in codes), draw(scales()))


@st.composite
def reported(draw: st.DrawFn) -> Reported:
    """Roll-ups of what units reported."""
    input_, roll_up = draw(st.sampled_from(ReportedInput)), draw(st.sampled_from(RollUp))
    scale = draw(scales()) if input_ is ReportedInput.PAIR else 100
    target = draw(numbers()) if roll_up is RollUp.SHARE_MEETING_TARGET else None
    return Reported(input_, roll_up, scale, target)


@cache
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


@cache
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
