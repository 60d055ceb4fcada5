"""The agreement of a unit as its page shows it, and the agencies of a year with theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, Sum

from lakthan.apps.indicators.agreed import agreed_lines, signing_side
from lakthan.apps.indicators.models import Agreement, AgreementSignature, Assignment
from lakthan.apps.indicators.services.agreements import propose_agreement, sign_agreement
from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.selectors import with_code
from lakthan.apps.reporting.agencies import readable_unit
from lakthan.apps.reporting.decided import DecisionLine, decisions_of
from lakthan.core.errors import NotFound
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action, Actor, reach, refusal

WHOLE = Decimal(100)
"""What the weights of an agreement should come to."""
BASELINES = 3
"""Years before the agreement's whose results stand in it."""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who signed for one side."""

    side: str
    office: str
    person_th: str
    person_en: str
    order_number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """An agreement, or what would stand in one; `document_number` is empty before it is proposed."""

    unit: UUID
    unit_th: str
    unit_en: str
    fiscal_year: FiscalYear
    document_number: str
    document_date: date | None
    lines: tuple[Mapping[str, Any], ...]
    """As `Agreement.body` keeps them, each with its `decisions`."""
    baseline_years: tuple[int, ...]
    weights: Decimal
    without_weight: int
    signatures: tuple[SignatureLine, ...]
    may_propose: bool
    may_sign: bool

    @property
    def is_whole(self) -> bool:
        """Whether the weights come to 100."""
        return self.weights == WHOLE and not self.without_weight


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency in the list of a year."""

    unit: UUID
    code: str
    name_th: str
    name_en: str
    kind: str
    indicators: int
    weights: Decimal | None
    """None where no weight is agreed."""
    document_number: str
    signed: int
    """Sides that signed."""


def agency_rows(actor: Actor, fiscal_year: FiscalYear) -> tuple[AgencyRow, ...]:
    """The units that answer for something in a year and whose scores the actor may read, in order of code."""
    units = with_code(Unit.objects.all(), fiscal_year.last_day)
    in_year = Q(fiscal_year=fiscal_year.be)
    counts = {
        row["unit"]: row
        for row in Assignment.objects.filter(in_year)
        .values("unit")
        .annotate(indicators=Count("pk"), weights=Sum("weight"))
    }
    readable = reach(actor, Action.READ_SCORES)
    wanted = [key for key in counts if readable is None or str(key) in readable]
    agreements = {
        row.unit_id: row
        for row in Agreement.objects.filter(in_year, unit__in=wanted).annotate(signed=Count("signatures"))
    }
    rows = [_agency_row(unit, counts[unit.pk], agreements.get(unit.pk)) for unit in units.filter(pk__in=wanted)]
    return tuple(sorted(rows, key=lambda row: (not row.code, row.code, row.name_th)))


def _agency_row(unit: Any, counted: Mapping[str, Any], agreement: Any) -> AgencyRow:
    return AgencyRow(
        unit=unit.pk,
        code=unit.code or "",
        name_th=unit.name_th,
        name_en=unit.name_en,
        kind=unit.kind,
        indicators=counted["indicators"],
        weights=counted["weights"],
        document_number=agreement.document_number if agreement else "",
        signed=agreement.signed if agreement else 0,
    )


def agreement_page(actor: Actor, unit: UUID, fiscal_year: FiscalYear) -> AgreementPage:
    """The agreement of a unit for a year, or what would stand in it.

    Raises:
        NotFound: no such unit, it answers for nothing in the year, or the actor may not know of it.
    """
    home = readable_unit(actor, unit)
    row = _agreement(home, fiscal_year)
    lines: Sequence[Mapping[str, Any]] = row.body if row else agreed_lines(home, fiscal_year)
    if not lines:
        raise NotFound(
            f"{home.name_th}ไม่มีตัวชี้วัดใน{fiscal_year.label_th}",
            f"The unit answers for nothing in {fiscal_year.label_en}.",
        )
    weights = [Decimal(line["weight"]) for line in lines if line["weight"] is not None]
    signatures = _signatures(row)
    side = signing_side(actor, home.pk)
    return AgreementPage(
        unit=home.pk,
        unit_th=home.name_th,
        unit_en=home.name_en,
        fiscal_year=fiscal_year,
        document_number=row.document_number if row else "",
        document_date=row.document_date if row else None,
        lines=_with_decisions(lines),
        baseline_years=tuple(fiscal_year.be - back for back in range(BASELINES, 0, -1)),
        weights=sum(weights, Decimal(0)),
        without_weight=len(lines) - len(weights),
        signatures=signatures,
        may_propose=row is None and refusal(actor, Action.DEFINE_INDICATORS) is None,
        may_sign=row is not None and side is not None and side not in {each.side for each in signatures},
    )


def _agreement(unit: Unit, fiscal_year: FiscalYear) -> Agreement | None:
    signed = AgreementSignature.objects.select_related("delegation").order_by("recorded_at")
    found = Agreement.objects.filter(unit=unit, fiscal_year=fiscal_year.be)
    return found.prefetch_related(Prefetch("signatures", signed)).first()


def _signatures(row: Agreement | None) -> tuple[SignatureLine, ...]:
    rows = list(row.signatures.all()) if row else []
    people = {f"user:{user.pk}": user for user in User.objects.filter(pk__in=_user_ids(rows))} if rows else {}
    return tuple(
        SignatureLine(
            side=each.side,
            office=each.office,
            person_th=people[each.person].name_th if each.person in people else "",
            person_en=people[each.person].name_en if each.person in people else "",
            order_number=each.delegation.order_number if each.delegation else "",
            at=each.recorded_at,
        )
        for each in rows
    )


def _user_ids(rows: Sequence[AgreementSignature]) -> list[str]:
    return [each.person.removeprefix("user:") for each in rows if each.person.startswith("user:")]


def _with_decisions(lines: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    assignments = Assignment.objects.filter(pk__in=[line["assignment"] for line in lines])
    taken = decisions_of(assignments.only("pk"))
    told: list[Mapping[str, Any]] = []
    for line in lines:
        decisions: Sequence[DecisionLine] = taken.get(UUID(line["assignment"]), ())
        baselines = {each["fiscal_year"]: each for each in line["baselines"]}
        told.append({**line, "decisions": decisions, "by_year": baselines})
    return tuple(told)


def propose(
    *, actor: Actor, unit: UUID, fiscal_year: FiscalYear, document_number: str, document_date: date, now: datetime
) -> None:
    """Freeze the agreement of a unit. Raises as `readable_unit` and `propose_agreement`."""
    propose_agreement(
        actor=actor,
        unit=readable_unit(actor, unit),
        fiscal_year=fiscal_year,
        document_number=document_number,
        document_date=document_date,
        now=now,
    )


def sign(*, actor: Actor, unit: UUID, fiscal_year: FiscalYear, office: str, now: datetime) -> None:
    """Sign the agreement of a unit. Raises as `readable_unit` and `sign_agreement`."""
    row = Agreement.objects.filter(unit=readable_unit(actor, unit), fiscal_year=fiscal_year.be).first()
    if row is None:
        raise NotFound("ยังไม่มีคำรับรองให้ลงนาม", "There is no agreement to sign yet.")
    sign_agreement(actor=actor, agreement=row, office=office, now=now)
