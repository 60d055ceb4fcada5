"""Writes of scores of agencies: the scheme they are scored by, and the recorded components of Part 1."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from lakthan.apps.ledger.services import create, lock
from lakthan.apps.people.models import Unit
from lakthan.apps.reporting.models import ManagementScore, ScoringScheme
from lakthan.apps.reporting.schemes import scheme_of
from lakthan.core.errors import UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.entry import require_number, require_text
from lakthan.rules.permissions import Action, Actor, Refused, require
from lakthan.rules.scoring import HIGHEST, LOWEST, Source, parse_scheme

SCORE_PLACES = 2


def adopt_scheme(*, actor: Actor, first_year: FiscalYear, body: Mapping[str, Any], now: datetime) -> ScoringScheme:
    """Adopt the next version of the scheme, from a fiscal year on. Its number is given here.

    Raises:
        UserError: what is given is no scheme.
    """
    require(actor, Action.DEFINE_INDICATORS)
    with transaction.atomic():
        number = (ScoringScheme.objects.order_by("-number").values_list("number", flat=True).first() or 1) + 1
        data = dict(body) | {"number": number}
        parse_scheme(data)
        row = ScoringScheme(number=number, first_year=first_year.be, body=data)
        return create(actor, row, act="reporting.adopt_scheme", now=now)


def score_management(
    *, actor: Actor, unit: Unit, fiscal_year: FiscalYear, component: str, score: Decimal, note: str, now: datetime
) -> ManagementScore:
    """Record a score of a component of Part 1, from 1 to 5, and what it rests on. A later one takes its place.

    Raises:
        UserError: the scheme of the year has no such component, it is computed, or the score lies outside 1 to 5.
        Refused: it is the actor's own unit.
    """
    require(actor, Action.SCORE_MANAGEMENT, str(unit.pk))
    if any(held.unit == str(unit.pk) for held in actor.held):
        raise Refused("ให้คะแนนส่วนราชการของตนเองไม่ได้", "Nobody scores the management of the own unit.")
    _check_component(fiscal_year, component)
    require_number(score, "คะแนน", "The score", places=SCORE_PLACES)
    if not LOWEST <= score <= HIGHEST:
        raise UserError(f"คะแนนต้องอยู่ระหว่าง {LOWEST} ถึง {HIGHEST}", f"A score is from {LOWEST} to {HIGHEST}.")
    text = require_text(note, "ที่มาของคะแนน", "What the score rests on")
    with transaction.atomic():
        lock(unit)
        earlier = ManagementScore.objects.filter(unit=unit, fiscal_year=fiscal_year.be, component=component).count()
        row = ManagementScore(
            unit=unit,
            fiscal_year=fiscal_year.be,
            component=component,
            number=earlier + 1,
            score=score,
            note=text,
            person=actor.id,
        )
        return create(actor, row, act="reporting.score_management", now=now)


def _check_component(fiscal_year: FiscalYear, component: str) -> None:
    found = {each.code: each for each in scheme_of(fiscal_year).components}
    if component not in found:
        raise UserError(f"ส่วนที่ 1 ไม่มีองค์ประกอบ {component}", f"Part 1 has no component {component}.")
    if found[component].source is not Source.RECORDED:
        raise UserError(
            f"{found[component].name_th}คำนวณจากการตรวจรายงาน ให้คะแนนเองไม่ได้",
            f"{found[component].name_en} is computed from the reviews; nobody gives it.",
        )
