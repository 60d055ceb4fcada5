"""Writes of the plan tree: its versions and their nodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import PlanNode, PlanVersion
from lakthan.apps.ledger.services import change, create, create_all, lock
from lakthan.core.errors import Conflict, NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_text
from lakthan.rules.permissions import Action, Actor, require

COPIED = ("code", "level_name", "name_th", "name_en", "certainty", "source")
"""What a node of a new version takes over from the one that it follows."""


def add_plan_version(
    *,
    actor: Actor,
    code: str,
    name_th: str,
    name_en: str,
    first_year: FiscalYear,
    last_year: FiscalYear,
    level_names: Sequence[str],
    now: datetime,
) -> PlanVersion:
    """Add a phase of the city's plan with the names of its levels."""
    require(actor, Action.DEFINE_INDICATORS)
    if last_year < first_year:
        raise UserError("ปีสุดท้ายของแผนมาก่อนปีแรก", "The plan's last year lies before its first.")
    version = PlanVersion(
        code=code,
        name_th=name_th,
        name_en=name_en,
        first_year=first_year.be,
        last_year=last_year.be,
        level_names=list(level_names),
    )
    return create(actor, version, act="indicators.add_plan_version", now=now)


def add_plan_node(
    *,
    actor: Actor,
    version: PlanVersion,
    code: str,
    level_name: str,
    name_th: str,
    certainty: PlanNode.Certainty,
    now: datetime,
    name_en: str = "",
    source: str = "",
    parent: PlanNode | None = None,
) -> PlanNode:
    """Add a node with its whole text. Its level is one of the version's, its parent belongs to the same version."""
    require(actor, Action.DEFINE_INDICATORS)
    if level_name not in version.level_names:
        raise UserError(
            f"แผนนี้ไม่มีระดับ {level_name} (มี {', '.join(version.level_names)})",
            f"The plan has no level {level_name}; it has {', '.join(version.level_names)}.",
        )
    if parent is not None and parent.version_id != version.pk:
        raise UserError("ข้อแม่อยู่คนละฉบับของแผน", "The parent belongs to another version of the plan.")
    node = PlanNode(
        version=version,
        parent=parent,
        code=code,
        level_name=level_name,
        name_th=name_th,
        name_en=name_en,
        certainty=certainty,
        source=source,
    )
    return create(actor, node, act="indicators.add_plan_node", now=now)


@dataclass(frozen=True, slots=True)
class NodeText:
    """What a node of the plan says and where it stands; its text is whole, however long."""

    code: str
    level_name: str
    name_th: str
    name_en: str
    certainty: str
    source: str = ""
    parent: UUID | None = None
    follows: UUID | None = None
    """The node of an earlier version whose place it takes."""


def write_plan_node(*, actor: Actor, version: str, text: NodeText, now: datetime, node: UUID | None = None) -> PlanNode:
    """Add a node to a version of the plan; or change and move the one that is named.

    Raises:
        NotFound: there is no such version or node.
        UserError: code or text is missing, the level is none of the version, the parent is of another version or
            stands below the node, or the node that it follows is of the same version.
    """
    require(actor, Action.DEFINE_INDICATORS)
    with transaction.atomic():
        of = lock(version_of(version))
        parent = node_of(text.parent, of) if text.parent else None
        values = {
            "code": require_text(text.code, "รหัส", "The code"),
            "level_name": _level(of, text.level_name),
            "name_th": require_text(text.name_th, "ข้อความ", "The text"),
            "name_en": text.name_en.strip(),
            "certainty": PlanNode.Certainty(text.certainty).value,
            "source": text.source.strip(),
            "follows": _followed(of, text.follows),
        }
        _refuse_taken(of, values["code"], node)
        if node is None:
            new = PlanNode(version=of, parent=parent, **values)
            return create(actor, new, act="indicators.add_plan_node", now=now)
        row = node_of(node, of)
        _refuse_below_itself(row, parent)
        return change(actor, row, act="indicators.change_plan_node", now=now, parent=parent, **values)


def withdraw_plan_node(*, actor: Actor, version: str, node: UUID, now: datetime) -> PlanNode:
    """Take a node out of use. It stays, with what pointed to it in the past.

    Raises:
        Conflict: nodes in use stand below it, or indicators serve it.
        NotFound: there is no such node.
    """
    require(actor, Action.DEFINE_INDICATORS)
    with transaction.atomic():
        row = lock(node_of(node, version_of(version)))
        below = row.children.filter(withdrawn_on=None).count()
        serving = row.indicator_links.filter(ended_on=None).count()
        if below or serving:
            raise Conflict(
                f"ถอนไม่ได้ เพราะยังมีหัวข้อย่อย {below} ข้อ และตัวชี้วัด {serving} ตัว ย้ายหรือยกเลิกการเชื่อมโยงก่อน",
                f"Not withdrawn: {below} nodes stand below it and {serving} indicators serve it; move them first.",
            )
        return change(actor, row, act="indicators.withdraw_plan_node", now=now, withdrawn_on=timezone.localdate(now))


def restore_plan_node(*, actor: Actor, version: str, node: UUID, now: datetime) -> PlanNode:
    """Take a withdrawn node into use again."""
    require(actor, Action.DEFINE_INDICATORS)
    row = node_of(node, version_of(version))
    return change(actor, row, act="indicators.restore_plan_node", now=now, withdrawn_on=None)


def follow_plan_version(
    *,
    actor: Actor,
    source: str,
    code: str,
    name_th: str,
    name_en: str,
    first_year: FiscalYear,
    last_year: FiscalYear,
    level_names: Sequence[str],
    now: datetime,
) -> PlanVersion:
    """Add a version that begins with the nodes in use of another one; each follows the node it was copied from.

    Raises:
        NotFound: there is no such version.
        UserError: a level that the nodes have is missing, or as `add_plan_version`.
    """
    require(actor, Action.DEFINE_INDICATORS)
    with transaction.atomic():
        old = version_of(source)
        nodes = list(old.nodes.filter(withdrawn_on=None).order_by("pk"))
        missing = sorted({node.level_name for node in nodes} - set(level_names))
        if missing:
            raise UserError(
                f"ต้องมีระดับ {', '.join(missing)} เพราะหัวข้อที่คัดลอกใช้อยู่",
                f"The levels {', '.join(missing)} are needed: the copied nodes have them.",
            )
        new = add_plan_version(
            actor=actor,
            code=require_text(code, "รหัสแผน", "The code of the version"),
            name_th=require_text(name_th, "ชื่อแผน", "The name of the version"),
            name_en=name_en,
            first_year=first_year,
            last_year=last_year,
            level_names=level_names,
            now=now,
        )
        _copy_nodes(actor, nodes, new, now)
    return new


def _copy_nodes(actor: Actor, nodes: Sequence[PlanNode], into: PlanVersion, now: datetime) -> None:
    """Level by level, so that a parent is there before its children."""
    copies: dict[UUID, PlanNode] = {}
    in_use = {node.pk for node in nodes}
    waiting = list(nodes)
    while waiting:
        ready = [n for n in waiting if n.parent_id is None or n.parent_id in copies or n.parent_id not in in_use]
        rows = [
            PlanNode(
                version=into,
                parent=copies.get(node.parent_id) if node.parent_id else None,
                follows=node,
                **{name: getattr(node, name) for name in COPIED},
            )
            for node in ready
        ]
        create_all(actor, rows, act="indicators.add_plan_node", now=now)
        copies |= {node.pk: row for node, row in zip(ready, rows, strict=True)}
        waiting = [node for node in waiting if node.pk not in copies]


def version_of(code: str) -> PlanVersion:
    """The version of the plan with a code. Raises `NotFound`."""
    found = PlanVersion.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"ไม่พบแผน {code}", f"There is no version {code} of the plan.")
    return found


def node_of(node: UUID, version: PlanVersion) -> PlanNode:
    """A node of a version. Raises `NotFound`."""
    found = PlanNode.objects.filter(pk=node, version=version).first()
    if found is None:
        raise NotFound("ไม่พบหัวข้อนี้ในแผน", "There is no such node in this version of the plan.")
    return found


def _level(version: PlanVersion, name: str) -> str:
    if name not in version.level_names:
        raise UserError(
            f"แผนนี้ไม่มีระดับ {name} (มี {', '.join(version.level_names)})",
            f"The plan has no level {name}; it has {', '.join(version.level_names)}.",
        )
    return name


def _followed(version: PlanVersion, node: UUID | None) -> PlanNode | None:
    if node is None:
        return None
    found = PlanNode.objects.filter(pk=node).exclude(version=version).first()
    if found is None:
        raise UserError(
            "หัวข้อที่สืบทอดต้องอยู่ในแผนฉบับอื่น", "The node that it follows has to be of another version of the plan."
        )
    return found


def _refuse_taken(version: PlanVersion, code: object, node: UUID | None) -> None:
    others = version.nodes.filter(code=code)
    if (others.exclude(pk=node) if node else others).exists():
        raise UserError(f"แผนนี้มีรหัส {code} แล้ว", f"This version has a node with the code {code} already.")


def _refuse_below_itself(row: PlanNode, parent: PlanNode | None) -> None:
    above = parent
    while above is not None:
        if above.pk == row.pk:
            raise UserError("ย้ายไปอยู่ใต้หัวข้อของตัวเองไม่ได้", "A node cannot be moved below itself.")
        above = above.parent
