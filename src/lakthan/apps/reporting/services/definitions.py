"""Writes of definitions that look at periods: a new version, and which years it is used from."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lakthan.apps.indicators.models import Assignment, Definition, Indicator
from lakthan.apps.indicators.services.definitions import Defined, Identity, add_definition, set_identity
from lakthan.apps.indicators.versions import indicator_of
from lakthan.apps.ledger.services import change, lock
from lakthan.apps.reporting.frozen import opened_years, refuse_frozen
from lakthan.core.errors import Conflict, UserError
from lakthan.rules.entry import require_text
from lakthan.rules.formula.parse import formula_data, parse_formula
from lakthan.rules.permissions import Action, Actor, require


def revise_indicator(
    *,
    actor: Actor,
    code: str,
    seen: int,
    identity: Identity,
    defined: Defined,
    now: datetime,
    reason: str = "",
    years: Sequence[int] = (),
) -> Definition:
    """Change an indicator; where its definition differs from the newest version, a new version follows with a reason.

    `seen` is the number of the version that was changed on the form. The assignments of `years` use the new version
    from now on; all others keep theirs.

    Raises:
        FormulaError: the formula is wrong; each problem names its field.
        Conflict: another version was saved meanwhile, or a period of one of the years has opened; or the name changes
            in such a year.
        UserError: nothing is changed, or a new version has no reason.
        NotFound: there is no such indicator or node.
    """
    require(actor, Action.DEFINE_INDICATORS)
    opened = opened_years(timezone.localdate(now))
    with transaction.atomic():
        indicator = lock(indicator_of(code))
        newest = _newest_as_seen(indicator, seen)
        before = _identity_of(indicator)
        if (identity.name_th.strip(), identity.name_en) != before[:2]:
            refuse_frozen(_years_of(indicator), opened, "ชื่อตัวชี้วัด", "The name of an indicator")
        set_identity(actor=actor, indicator=indicator, identity=identity, now=now)
        if not _differs(newest, defined):
            if _identity_of(indicator) == before:
                raise UserError("ยังไม่มีสิ่งใดเปลี่ยนแปลง", "Nothing is changed.")
            return newest
        version = add_definition(
            actor=actor,
            indicator=indicator,
            formula=defined.formula,
            words=defined.words,
            operator=defined.operator,
            decimals=defined.decimals,
            reason=require_text(reason, "เหตุผลที่เปลี่ยนนิยาม", "The reason for the new version"),
            now=now,
        )
        use_definition(actor=actor, definition=version, years=years, now=now)
    return version


def _newest_as_seen(indicator: Indicator, seen: int) -> Definition:
    newest = indicator.definitions.order_by("-number").first()
    if newest is None or newest.number != seen:
        raise Conflict(
            "มีผู้บันทึกนิยามฉบับใหม่หลังจากท่านเปิดหน้านี้ ตรวจสิ่งที่พิมพ์ไว้กับฉบับใหม่แล้วบันทึกอีกครั้ง",
            "Somebody saved a new version after you opened this page; compare and save again.",
        )
    return newest


def use_definition(*, actor: Actor, definition: Definition, years: Sequence[int], now: datetime) -> int:
    """Let all assignments of the indicator in some years use a version of its definition.

    Returns how many assignments changed.

    Raises:
        Conflict: a period of one of the years has opened.
    """
    require(actor, Action.DEFINE_INDICATORS)
    refuse_frozen(years, opened_years(timezone.localdate(now)), "นิยาม", "The definition")
    rows = Assignment.objects.filter(indicator=definition.indicator_id, fiscal_year__in=years)
    moved = rows.exclude(definition=definition).order_by("pk")
    with transaction.atomic():
        for assignment in moved:
            change(actor, assignment, act="indicators.use_definition", now=now, definition=definition)
    return len(moved)


def _identity_of(indicator: Indicator) -> tuple[str, str, str, tuple[object, ...]]:
    nodes = indicator.node_links.filter(ended_on=None).order_by("node").values_list("node", flat=True)
    return indicator.name_th, indicator.name_en, indicator.level, tuple(nodes)


def _years_of(indicator: Indicator) -> set[int]:
    return set(Assignment.objects.filter(indicator=indicator).values_list("fiscal_year", flat=True))


def _differs(newest: Definition, defined: Defined) -> bool:
    words = defined.words
    return (
        newest.formula,
        newest.terms_th,
        newest.terms_en,
        newest.method_th,
        newest.method_en,
        newest.unit_th,
        newest.unit_en,
        newest.operator,
        newest.decimals,
    ) != (
        formula_data(parse_formula(defined.formula)),
        list(words.terms_th),
        list(words.terms_en),
        words.method_th,
        words.method_en,
        words.unit_th,
        words.unit_en,
        defined.operator.value,
        defined.decimals,
    )
