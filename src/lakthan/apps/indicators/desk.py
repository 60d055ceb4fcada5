"""Reads for the desk of the strategy bureau: every indicator with what is defined, assigned and linked."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from lakthan.apps.indicators.models import Assignment, Definition, Indicator, IndicatorNode, PlanNode
from lakthan.core.figure import Operator
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require

DEFINED = ("number", "formula", "unit_th", "unit_en", "operator")
"""What the list tells of a definition."""


@dataclass(frozen=True, slots=True)
class NodeLabel:
    """A node of the plan as a list names it."""

    id: UUID
    code: str
    level_name: str
    name_th: str
    name_en: str
    version_code: str
    version_th: str
    version_en: str
    depth: int
    """0 for a node without a parent."""
    parent: UUID | None
    is_in_use: bool
    """Whether it has not been withdrawn."""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An indicator in the list of the desk, as it stands in one fiscal year."""

    code: str
    name_th: str
    name_en: str
    level: str
    owner: UUID
    owner_th: str
    owner_en: str
    kind: str
    """Of the formula; empty while there is no definition."""
    version: int | None
    """Of the definition that the year's assignments use, else the newest; None while there is none."""
    unit_th: str
    unit_en: str
    operator: Operator | None
    assignments: int
    """In the year."""
    classes: frozenset[str]
    target: Decimal | None
    """The owner's in the year."""
    targets: frozenset[Decimal]
    """Of all who answer for it in the year."""
    nodes: tuple[NodeLabel, ...]
    branches: frozenset[UUID]
    """The linked nodes with all nodes above them."""


@dataclass(frozen=True, slots=True)
class DeskYears:
    """The fiscal years that the desk works on."""

    all: tuple[FiscalYear, ...]
    """Newest first: those with assignments, the present one and the next."""
    newest: FiscalYear
    """The newest that has assignments; the present one where none has."""


def desk_years(today: date) -> DeskYears:
    """The years to choose from; one query."""
    here = FiscalYear.of(today)
    found = set(Assignment.objects.order_by().values_list("fiscal_year", flat=True).distinct())
    years = sorted({*found, here.be, (here + 1).be}, reverse=True)
    return DeskYears(tuple(map(FiscalYear, years)), FiscalYear(max(found, default=here.be)))


@dataclass(frozen=True, slots=True)
class DeskPage:
    """The list of the desk, and the nodes of all versions of the plan to choose from."""

    rows: tuple[DeskRow, ...]
    nodes: tuple[NodeLabel, ...]


def desk_page(actor: Actor, fiscal_year: FiscalYear) -> DeskPage:
    """Every indicator, assigned in the year or not, in order of code; four queries.

    Raises:
        Refused: the actor does not define indicators.
    """
    require(actor, Action.DEFINE_INDICATORS)
    labels = node_labels()
    linked = _linked_nodes()
    assigned = _assignments(fiscal_year)
    rows = tuple(
        _row(indicator, assigned[indicator.pk], [labels[node] for node in linked[indicator.pk]], labels)
        for indicator in _with_newest_definition().order_by("code")
    )
    return DeskPage(rows, tuple(labels.values()))


def node_labels(version: str | None = None) -> dict[UUID, NodeLabel]:
    """The nodes of a version of the plan, or of all, in order of version and code; one query."""
    rows = PlanNode.objects.filter(**({"version__code": version} if version else {})).select_related("version")
    nodes = {node.pk: node for node in rows}
    return {
        node.pk: NodeLabel(
            id=node.pk,
            code=node.code,
            level_name=node.level_name,
            name_th=node.name_th,
            name_en=node.name_en,
            version_code=node.version.code,
            version_th=node.version.name_th,
            version_en=node.version.name_en,
            depth=_depth(node, nodes),
            parent=node.parent_id,
            is_in_use=node.withdrawn_on is None,
        )
        for node in sorted(nodes.values(), key=lambda node: (node.version.code, code_order(node.code)))
    }


def code_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which codes stand in order: 5.2 before 5.10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in code.split("."))


def _depth(node: PlanNode, nodes: Mapping[UUID, PlanNode]) -> int:
    depth, above = 0, node.parent_id
    while above is not None:
        depth, above = depth + 1, nodes[above].parent_id
    return depth


def branch_of(node: NodeLabel, labels: Mapping[UUID, NodeLabel]) -> set[UUID]:
    """A node and all that stand above it."""
    branch, here = {node.id}, node.parent
    while here is not None:
        branch.add(here)
        here = labels[here].parent
    return branch


def _linked_nodes() -> Mapping[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = IndicatorNode.objects.filter(ended_on=None).order_by("node__version__code", "node__code", "pk")
    for indicator, node in rows.values_list("indicator", "node"):
        found[indicator].append(node)
    return found


def _with_newest_definition() -> QuerySet[Indicator]:
    """The indicators with their owner, and what the list says of the newest definition as `newest_...`."""
    newest = Definition.objects.filter(indicator=OuterRef("pk")).order_by("-number")
    columns = {f"newest_{name}": Subquery(newest.values(name)[:1]) for name in DEFINED}
    return Indicator.objects.select_related("unit").annotate(**columns)


def _assignments(fiscal_year: FiscalYear) -> Mapping[UUID, list[Assignment]]:
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.filter(fiscal_year=fiscal_year.be).select_related("definition"):
        found[row.indicator_id].append(row)
    return found


def _row(
    indicator: Indicator,
    assigned: Collection[Assignment],
    nodes: Collection[NodeLabel],
    labels: Mapping[UUID, NodeLabel],
) -> DeskRow:
    own = next((row for row in assigned if row.unit_id == indicator.unit_id), None)
    used = max((row.definition for row in assigned), key=lambda row: row.number, default=None)
    defined = {name: getattr(used, name) if used else getattr(indicator, f"newest_{name}") for name in DEFINED}
    return DeskRow(
        code=indicator.code,
        name_th=indicator.name_th,
        name_en=indicator.name_en,
        level=indicator.level,
        owner=indicator.unit_id,
        owner_th=indicator.unit.name_th,
        owner_en=indicator.unit.name_en,
        kind=defined["formula"]["kind"] if defined["formula"] else "",
        version=defined["number"],
        unit_th=defined["unit_th"] or "",
        unit_en=defined["unit_en"] or "",
        operator=Operator(defined["operator"]) if defined["operator"] else None,
        assignments=len(assigned),
        classes=frozenset(row.classification for row in assigned),
        target=own.target if own else None,
        targets=frozenset(row.target for row in assigned if row.target is not None),
        nodes=tuple(nodes),
        branches=frozenset(part for node in nodes for part in branch_of(node, labels)),
    )
