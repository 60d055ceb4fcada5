"""Writes of the plan tree: its versions and their nodes."""

from collections.abc import Sequence
from datetime import datetime

from lakthan.apps.indicators.models import PlanNode, PlanVersion
from lakthan.apps.ledger.services import create
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, require


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
