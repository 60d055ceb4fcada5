"""Reads of the city's plan: its versions, the tree of one, and a node with the indicators that serve it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from lakthan.apps.indicators.desk import NodeLabel, code_order, node_labels
from lakthan.apps.indicators.models import Assignment, IndicatorNode, PlanNode, PlanVersion
from lakthan.apps.indicators.services.plans import node_of, version_of
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class VersionLabel:
    """A version of the plan."""

    code: str
    name_th: str
    name_en: str
    first_year: FiscalYear
    last_year: FiscalYear
    level_names: tuple[str, ...]
    nodes: int
    """In use."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with what stands below it, in order of code."""

    node: NodeLabel
    indicators: int
    """That serve this node itself."""
    below: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class ServingIndicator:
    """An indicator that serves a node, with who answers for it in a year."""

    code: str
    name_th: str
    name_en: str
    owner_th: str
    owner_en: str
    node_code: str
    """Of the node it is linked to: this one, or one below."""
    assignments: int
    districts: int
    is_with_owner: bool
    """Whether its owner answers for it in the year."""


@dataclass(frozen=True, slots=True)
class NodePage:
    """A node of the plan with all that a page shows of it."""

    version: VersionLabel
    node: NodeLabel
    chain: tuple[NodeLabel, ...]
    """From the top to the node's parent."""
    children: tuple[NodeLabel, ...]
    source: str
    certainty: str
    follows: NodeLabel | None
    followers: tuple[NodeLabel, ...]
    indicators: tuple[ServingIndicator, ...]


def plan_versions(actor: Actor) -> tuple[VersionLabel, ...]:
    """All versions, newest first; one query."""
    require(actor, Action.DEFINE_INDICATORS)
    rows = PlanVersion.objects.annotate(in_use=Count("nodes", filter=Q(nodes__withdrawn_on=None)))
    return tuple(_version(row, row.in_use) for row in rows.order_by("-first_year", "code"))


def plan_tree(actor: Actor, version: str) -> tuple[Branch, ...]:
    """The nodes of a version as a tree; three queries.

    Raises:
        NotFound: there is no such version.
    """
    require(actor, Action.DEFINE_INDICATORS)
    of = version_of(version)
    labels = node_labels(version)
    serving = Counter(IndicatorNode.objects.filter(ended_on=None, node__version=of).values_list("node", flat=True))
    return _below(None, labels, serving)


def node_page(actor: Actor, version: str, node: UUID, fiscal_year: FiscalYear) -> NodePage:
    """A node with the indicators that serve it or one below it; eight queries.

    Raises:
        NotFound: there is no such version or node.
    """
    require(actor, Action.DEFINE_INDICATORS)
    of = version_of(version)
    row = node_of(node, of)
    labels = node_labels()
    own = {pk: label for pk, label in labels.items() if label.version_code == version}
    here = own[row.pk]
    followers = PlanNode.objects.filter(follows=row).values_list("pk", flat=True)
    return NodePage(
        version=_version(of, sum(label.is_in_use for label in own.values())),
        node=here,
        chain=_chain(here, own),
        children=tuple(label for label in own.values() if label.parent == row.pk),
        source=row.source,
        certainty=row.certainty,
        follows=labels.get(row.follows_id) if row.follows_id else None,
        followers=tuple(labels[pk] for pk in followers),
        indicators=_serving(row.pk, own, fiscal_year),
    )


def _version(row: PlanVersion, nodes: int) -> VersionLabel:
    return VersionLabel(
        row.code,
        row.name_th,
        row.name_en,
        FiscalYear(row.first_year),
        FiscalYear(row.last_year),
        tuple(row.level_names),
        nodes,
    )


def _below(parent: UUID | None, labels: Mapping[UUID, NodeLabel], serving: Mapping[UUID, int]) -> tuple[Branch, ...]:
    return tuple(
        Branch(label, serving.get(label.id, 0), _below(label.id, labels, serving))
        for label in labels.values()
        if label.parent == parent
    )


def _chain(node: NodeLabel, labels: Mapping[UUID, NodeLabel]) -> tuple[NodeLabel, ...]:
    above: list[NodeLabel] = []
    while node.parent is not None:
        node = labels[node.parent]
        above.insert(0, node)
    return tuple(above)


def _serving(node: UUID, labels: Mapping[UUID, NodeLabel], fiscal_year: FiscalYear) -> tuple[ServingIndicator, ...]:
    within = {pk for pk, label in labels.items() if pk == node or node in {item.id for item in _chain(label, labels)}}
    links = IndicatorNode.objects.filter(ended_on=None, node__in=within).select_related("indicator__unit")
    rows = {link.indicator_id: link for link in links.order_by("node__code")}
    assigned = Assignment.objects.filter(indicator__in=rows, fiscal_year=fiscal_year.be)
    units = list(assigned.values_list("indicator", "unit", "unit__kind"))
    found = [
        ServingIndicator(
            code=link.indicator.code,
            name_th=link.indicator.name_th,
            name_en=link.indicator.name_en,
            owner_th=link.indicator.unit.name_th,
            owner_en=link.indicator.unit.name_en,
            node_code=labels[link.node_id].code,
            assignments=sum(indicator == pk for indicator, _, _ in units),
            districts=sum(indicator == pk and kind == "district" for indicator, _, kind in units),
            is_with_owner=any(indicator == pk and unit == link.indicator.unit_id for indicator, unit, _ in units),
        )
        for pk, link in rows.items()
    ]
    return tuple(sorted(found, key=lambda item: (code_order(item.node_code), item.code)))
