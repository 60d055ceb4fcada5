"""What a unit answers for in a year, line by line, as an agreement keeps it."""

from typing import Any
from uuid import UUID

from lakthan.apps.indicators.models import AgreementSignature, Assignment
from lakthan.apps.people.models import Unit
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import PERMISSIONS, Action, Actor, Scope, permitting


def agreed_lines(unit: Unit, fiscal_year: FiscalYear) -> list[dict[str, Any]]:
    """The indicators of a unit as they stand now, in order of code; numbers are text. Three statements."""
    rows = Assignment.objects.filter(unit=unit, fiscal_year=fiscal_year.be)
    found = rows.select_related("indicator", "definition", "supervisor", "collector").order_by("indicator__code")
    return [_line(row) for row in found.prefetch_related("quarter_targets", "baselines")]


def _line(row: Assignment) -> dict[str, Any]:
    """One indicator of an agreement as it stands now; numbers are text."""
    definition = row.definition
    quarters = {str(each.quarter): _text(each.target) for each in row.quarter_targets.all() if each.target is not None}
    baselines = sorted(row.baselines.all(), key=lambda each: each.fiscal_year)
    return {
        "assignment": str(row.pk),
        "code": row.indicator.code,
        "name_th": row.indicator.name_th,
        "name_en": row.indicator.name_en,
        "definition": definition.number,
        "unit_th": definition.unit_th,
        "unit_en": definition.unit_en,
        "operator": definition.operator,
        "classification": row.classification,
        "weight": _text(row.weight),
        "target": _text(row.target),
        "quarters": quarters,
        "scale": list(row.scale),
        "baselines": [
            {"fiscal_year": each.fiscal_year, "value": _text(each.value), "source": each.source} for each in baselines
        ],
        "supervisor_th": row.supervisor.name_th if row.supervisor else "",
        "supervisor_en": row.supervisor.name_en if row.supervisor else "",
        "collector_th": row.collector.name_th if row.collector else "",
        "collector_en": row.collector.name_en if row.collector else "",
    }


def _text(number: Any) -> str | None:
    return None if number is None else f"{number:f}"


def signing_side(actor: Actor, unit: UUID) -> AgreementSignature.Side | None:
    """The side of a unit's agreement that the actor's role speaks for: the own unit, or the city; None for neither."""
    held = permitting(actor, Action.SIGN_AGREEMENT, str(unit))
    if held is None:
        return None
    of_unit = PERMISSIONS[Action.SIGN_AGREEMENT][held.role] is Scope.OWN_UNIT
    return AgreementSignature.Side.UNIT if of_unit else AgreementSignature.Side.CITY
