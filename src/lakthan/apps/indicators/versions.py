"""Reads of one indicator's definition: as the form begins with it, and its versions with what changed between them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from lakthan.apps.indicators.models import Assignment, Definition, Indicator, IndicatorNode
from lakthan.core.errors import NotFound
from lakthan.core.figure import Operator
from lakthan.rules.formula.fields import formula_fields
from lakthan.rules.formula.grammar import Formula
from lakthan.rules.formula.parse import parse_formula
from lakthan.rules.permissions import Action, Actor, require

WORDS = ("terms_th", "terms_en", "method_th", "method_en", "unit_th", "unit_en", "operator", "decimals")
"""What a definition holds beside its formula."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs between two versions; a formula's fields are named `formula.` and their path."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a definition."""

    number: int
    recorded_at: datetime
    reason: str
    formula: Formula
    terms_th: tuple[str, ...]
    terms_en: tuple[str, ...]
    method_th: str
    method_en: str
    unit_th: str
    unit_en: str
    operator: Operator
    decimals: int
    changes: tuple[Change, ...]
    """Against the version before; none for the first."""
    years: Mapping[int, int]
    """Fiscal year -> how many assignments use this version."""


@dataclass(frozen=True, slots=True)
class DefinedIndicator:
    """An indicator with the versions of its definition, newest first."""

    id: UUID
    code: str
    name_th: str
    name_en: str
    level: str
    owner: UUID
    owner_th: str
    owner_en: str
    nodes: tuple[UUID, ...]
    versions: tuple[Version, ...]

    @property
    def newest(self) -> Version | None:
        """None while nothing is defined."""
        return self.versions[0] if self.versions else None

    @property
    def years(self) -> tuple[int, ...]:
        """The fiscal years in which units answer for it, newest first."""
        return tuple(sorted({year for version in self.versions for year in version.years}, reverse=True))


def defined_indicator(actor: Actor, code: str) -> DefinedIndicator:
    """An indicator with all versions of its definition; four queries.

    Raises:
        Refused: the actor does not define indicators.
        NotFound: there is no such indicator.
    """
    require(actor, Action.DEFINE_INDICATORS)
    indicator = indicator_of(code)
    definitions = list(Definition.objects.filter(indicator=indicator).order_by("number"))
    used = _years(indicator)
    before: list[Definition | None] = [None, *definitions]
    versions = [_version(row, previous, used.get(row.pk, {})) for previous, row in pairwise(before) if row]
    links = IndicatorNode.objects.filter(indicator=indicator, ended_on=None)
    return DefinedIndicator(
        id=indicator.pk,
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        level=indicator.level,
        owner=indicator.unit_id,
        owner_th=indicator.unit.name_th,
        owner_en=indicator.unit.name_en,
        nodes=tuple(links.order_by("node__code").values_list("node", flat=True)),
        versions=tuple(reversed(versions)),
    )


def indicator_of(code: str) -> Indicator:
    """The indicator with a code.

    Raises:
        NotFound: there is none.
    """
    found = Indicator.objects.select_related("unit").filter(code=code).first()
    if found is None:
        raise NotFound(f"ไม่พบตัวชี้วัดรหัส {code}", f"There is no indicator with the code {code}.")
    return found


def changes_between(before: Definition, after: Definition) -> tuple[Change, ...]:
    """The fields that differ, in the order of the form."""
    return tuple(_changes(_texts(before), _texts(after)))


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for field in dict.fromkeys((*before, *after)):
        if before.get(field, "") != after.get(field, ""):
            yield Change(field, before.get(field, ""), after.get(field, ""))


def _texts(definition: Definition) -> dict[str, str]:
    """Every field of a definition as text."""
    formula = formula_fields(parse_formula(definition.formula))
    words = {name: getattr(definition, name) for name in WORDS}
    return {f"formula.{name}": ", ".join(values) for name, values in formula.items()} | {
        name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in words.items()
    }


def _years(indicator: Indicator) -> dict[UUID, dict[int, int]]:
    """Definition -> fiscal year -> assignments."""
    found: dict[UUID, dict[int, int]] = {}
    rows = Assignment.objects.filter(indicator=indicator).order_by("-fiscal_year")
    for definition, year in rows.values_list("definition", "fiscal_year"):
        years = found.setdefault(definition, {})
        years[year] = years.get(year, 0) + 1
    return found


def _version(row: Definition, before: Definition | None, years: Mapping[int, int]) -> Version:
    return Version(
        number=row.number,
        recorded_at=row.recorded_at,
        reason=row.reason,
        formula=parse_formula(row.formula),
        terms_th=tuple(row.terms_th),
        terms_en=tuple(row.terms_en),
        method_th=row.method_th,
        method_en=row.method_en,
        unit_th=row.unit_th,
        unit_en=row.unit_en,
        operator=Operator(row.operator),
        decimals=row.decimals,
        changes=changes_between(before, row) if before else (),
        years=years,
    )
