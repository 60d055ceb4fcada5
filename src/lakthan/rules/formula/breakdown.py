"""A figure broken down into parts that add up to it.

The members and facts of the book are dealt out into one book per part, and the same formula is evaluated over each. So
every fact and every member is in exactly one part, and numerators and denominators add up to those of the whole.

A share by `kind` is the exception: there the counted members are dealt out, each to the kind of its latest matching
fact, and every part keeps the whole population as its denominator.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lakthan.core.figure import Figure, Member
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.facts import COMMUNITY_TYPES, PLAN_KINDS, CommunityMember, District, Fact, FactBook
from lakthan.rules.formula.dimensions import Dimension, breakdown_refusal, dimension_named
from lakthan.rules.formula.evaluate import evaluate_book, share_facts, share_members
from lakthan.rules.formula.grammar import Formula, Share
from lakthan.rules.formula.matching import Asked, restricted, with_distinct_facts
from lakthan.rules.formula.totals import Split, quotient, split

T = TypeVar("T")

OTHER_CODE = "other"
"""Code of the part for what belongs to no other."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure."""

    code: str
    name_th: str
    name_en: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Label:
    """The code and the names of a part."""

    code: str
    name_th: str
    name_en: str


_OTHER = {
    Dimension.UNIT: Label(OTHER_CODE, "หน่วยงานอื่นที่ไม่ใช่สำนักงานเขต", "units other than district offices"),
    Dimension.GROUP: Label(OTHER_CODE, "หน่วยงานที่ไม่อยู่ในกลุ่มเขต", "units outside the district groups"),
    Dimension.COMMUNITY_TYPE: Label(OTHER_CODE, "ไม่ทราบประเภทชุมชน", "community type not known"),
    Dimension.KIND: Label(OTHER_CODE, "ไม่ทราบว่าจัดทำใหม่หรือทบทวน", "new or reviewed not known"),
}


def break_down(
    formula: Formula,
    book: FactBook,
    dimension: str,
    *,
    as_of: date,
    fiscal_year: FiscalYear,
    unit: str | None = None,
    indicator: str = "",
    decimals: int = 2,
) -> tuple[Part, ...]:
    """The parts of a figure by a dimension; the other arguments are those of `evaluate`.

    Districts and groups come in order of code, types and kinds in the order of their tables; those without facts stand
    with their zeros. What belongs to none is a last part `other`, left out while it adds nothing. Raises `UserError`
    where there is no such dimension or where it cannot part the formula.
    """
    chosen = dimension_named(dimension)
    refusal = breakdown_refusal(formula, chosen)
    if refusal is not None:
        raise refusal
    seen = with_distinct_facts(book if unit is None else restricted(book, unit))
    asked = Asked(as_of, fiscal_year, indicator, decimals)
    if isinstance(formula, Share) and chosen is Dimension.KIND:
        return tuple(_share_by_kind(formula, seen, asked))
    return tuple(_dealt_out(formula, seen, chosen, asked))


@dataclass(frozen=True, slots=True)
class _Deal:
    """How a book is dealt out: the parts, and the code of the part that a fact, a community or a district goes to."""

    labels: Sequence[Label]
    fact: Callable[[Fact], str]
    community: Callable[[CommunityMember], str] | None = None
    """None: every part keeps all communities."""
    district: Callable[[District], str] | None = None
    """None: every part keeps all districts."""


def _dealt_out(formula: Formula, book: FactBook, dimension: Dimension, asked: Asked) -> Iterator[Part]:
    """The parts, each the formula over its own book."""
    deal = _deal(formula, book, dimension)
    labels = (*deal.labels, _OTHER[dimension])
    facts = _piles(book.facts, deal.fact, labels)
    communities = _piles(book.communities, deal.community, labels)
    districts = _piles(book.districts, deal.district, labels)
    for label in labels:
        own = FactBook(districts[label.code], communities[label.code], facts[label.code])
        figure = evaluate_book(formula, own, asked)
        if label.code != OTHER_CODE or figure.numerator or figure.denominator:
            yield Part(label.code, label.name_th, label.name_en, figure)


def _deal(formula: Formula, book: FactBook, dimension: Dimension) -> _Deal:
    match dimension:
        case Dimension.UNIT:
            return _Deal(_unit_labels(book), lambda f: f.unit, lambda c: c.unit, lambda d: d.code)
        case Dimension.GROUP:
            group = {d.code: d.group for d in book.districts}
            labels = _group_labels(book)
            return _Deal(labels, lambda f: group.get(f.unit, ""), lambda c: group.get(c.unit, ""), lambda d: d.group)
        case Dimension.COMMUNITY_TYPE:
            types = {c.code: c.type for c in book.communities}
            return _Deal(_type_labels(formula), lambda f: types.get(f.community or "", ""), lambda c: c.type)
        case Dimension.KIND:
            return _Deal(_labels(PLAN_KINDS), _plan_kind)


def _piles(items: Iterable[T], part_of: Callable[[T], str] | None, labels: Iterable[Label]) -> dict[str, tuple[T, ...]]:
    """The items by code of their part; what has no part of its own goes to `other`. Without `part_of` all have all."""
    if part_of is None:
        return dict.fromkeys((label.code for label in labels), tuple(items))
    piles: dict[str, list[T]] = {label.code: [] for label in labels}
    for item in items:
        piles.get(part_of(item), piles[OTHER_CODE]).append(item)
    return {code: tuple(pile) for code, pile in piles.items()}


def _unit_labels(book: FactBook) -> list[Label]:
    return sorted((Label(d.code, d.name_th, d.name_en) for d in book.districts), key=lambda label: label.code)


def _group_labels(book: FactBook) -> list[Label]:
    """The groups that the districts are in; a group without a name is called by its code."""
    names = {group.code: Label(group.code, group.name_th, group.name_en) for group in book.groups}
    codes = sorted({district.group for district in book.districts} - {""})
    return [names.get(code, Label(code, code, code)) for code in codes]


def _type_labels(formula: Formula) -> list[Label]:
    """The community types that the formula looks at."""
    labels = _labels(COMMUNITY_TYPES)
    if isinstance(formula, Share) and formula.population.types:
        return [label for label in labels if label.code in formula.population.types]
    return labels


def _labels(names: Mapping[str, tuple[str, str]]) -> list[Label]:
    return [Label(code, name_th, name_en) for code, (name_th, name_en) in names.items()]


def _plan_kind(fact: Fact) -> str:
    return fact.attributes.get("kind", "")


def _share_by_kind(formula: Share, book: FactBook, asked: Asked) -> Iterator[Part]:
    """The counted members by the kind of their latest matching fact (of one day, the later id), of all members."""
    facts = share_facts(formula, book, asked)
    members = share_members(formula, book, asked, facts)
    counted = {member.code for member in members if member.facts >= formula.at_least}
    latest = {code: max(facts[code], key=lambda fact: (fact.effective_on, fact.id)) for code in counted}
    labels = (*_labels(PLAN_KINDS), _OTHER[Dimension.KIND])
    piles = _piles(counted, lambda code: _plan_kind(latest[code]), labels)
    for label in labels:
        population = _within(members, frozenset(piles[label.code]))
        figure = quotient(len(population.counted), len(members), formula.scale, asked.decimals, population)
        if label.code != OTHER_CODE or figure.numerator:
            yield Part(label.code, label.name_th, label.name_en, figure)


def _within(members: Iterable[Member], codes: frozenset[str]) -> Split:
    return split(members, lambda member: member.code in codes)
