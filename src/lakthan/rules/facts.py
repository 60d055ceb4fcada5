"""Facts: what the registers say, as plain data, and the table of the kinds of fact there are.

To add a kind: a row here, and its source of rows in `apps/reporting/measures.py` (see CONTRIBUTING.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from lakthan.rules.eligibility import CommunityHistory


class FactKind(StrEnum):
    """The kinds of fact that a formula can count or add up."""

    INCLUSION = "inclusion"
    DECLINE = "decline"
    COMMUNITY_PLAN = "community-plan"
    COMMUNITY_PROJECT = "community-project"
    MEETING = "meeting"
    TRANSFER = "transfer"
    OBLIGATION = "obligation"
    DISBURSEMENT = "disbursement"
    RETURN = "return"
    STEP = "step"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class FactKindSpec:
    """What a kind of fact carries, and how a sentence speaks of it."""

    name_th: str
    name_en: str
    """Singular; the plural is `plural_en`."""
    plural_en: str
    counter_th: str
    """The Thai classifier: 43 *โครงการ*."""
    has_amount: bool = False
    """Carries money (baht) that can be summed."""
    has_fiscal_year: bool = False
    """Is booked to a fiscal year, which may differ from the year it took effect in."""
    has_community: bool = False
    attributes: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """Attribute -> allowed value -> (Thai, English)."""
    tallied_by: str | None = None
    """The one attribute that the roll-up keeps apart."""


PLAN_KINDS: Mapping[str, tuple[str, str]] = {"new": ("จัดทำใหม่", "new"), "review": ("ทบทวน", "reviewed")}

COMMUNITY_TYPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "crowded": ("ชุมชนแออัด", "crowded"),
        "urban": ("ชุมชนเมือง", "urban"),
        "suburban": ("ชุมชนชานเมือง", "suburban"),
        "housing-authority": ("เคหะชุมชน", "housing-authority"),
        "housing-estate": ("ชุมชนหมู่บ้านจัดสรร", "housing-estate"),
        "high-rise": ("ชุมชนอาคารสูง", "high-rise"),
    }
)
"""The types of community -> (Thai, English). The English word stands before "communities"."""

MEETING_PURPOSES: Mapping[str, tuple[str, str]] = {
    "district-briefing": ("ประชุมชี้แจงแนวทางของสำนักงานเขต", "district briefing"),
    "community": ("ประชุมชุมชน/ประชาคม", "community meeting"),
    "city": ("ประชุมระดับกรุงเทพมหานคร", "city-level meeting"),
}

FACT_KINDS: Mapping[FactKind, FactKindSpec] = MappingProxyType(
    {
        FactKind.INCLUSION: FactKindSpec(
            "โครงการตามแผนพัฒนาชุมชนที่บรรจุในแผนปฏิบัติราชการประจำปี",
            "community project included in the annual action plan",
            "community projects included in the annual action plan",
            "โครงการ",
            has_fiscal_year=True,
            has_community=True,
            attributes={"kind": PLAN_KINDS},
        ),
        FactKind.DECLINE: FactKindSpec(
            "โครงการตามแผนพัฒนาชุมชนที่ไม่บรรจุพร้อมเหตุผล",
            "community project declined with a reason",
            "community projects declined with a reason",
            "โครงการ",
            has_fiscal_year=True,
            has_community=True,
            attributes={"kind": PLAN_KINDS},
        ),
        FactKind.COMMUNITY_PLAN: FactKindSpec(
            "แผนพัฒนาชุมชน",
            "community plan",
            "community plans",
            "แผน",
            has_community=True,
            attributes={"kind": PLAN_KINDS},
        ),
        FactKind.COMMUNITY_PROJECT: FactKindSpec(
            "โครงการตามแผนพัฒนาชุมชน",
            "project of a community plan",
            "projects of community plans",
            "โครงการ",
            has_community=True,
            attributes={"kind": PLAN_KINDS},
        ),
        FactKind.MEETING: FactKindSpec(
            "การประชุมที่จัดแล้ว",
            "meeting held",
            "meetings held",
            "ครั้ง",
            attributes={"purpose": MEETING_PURPOSES},
            tallied_by="purpose",
        ),
        FactKind.TRANSFER: FactKindSpec(
            "เงินที่โอนให้สำนักงานเขต",
            "transfer to a district",
            "transfers to districts",
            "รายการ",
            has_amount=True,
            has_fiscal_year=True,
        ),
        FactKind.OBLIGATION: FactKindSpec(
            "เงินที่ก่อหนี้ผูกพัน", "obligation", "obligations", "รายการ", has_amount=True, has_fiscal_year=True
        ),
        FactKind.DISBURSEMENT: FactKindSpec(
            "เงินที่เบิกจ่าย", "disbursement", "disbursements", "รายการ", has_amount=True, has_fiscal_year=True
        ),
        FactKind.RETURN: FactKindSpec("เงินที่ส่งคืน", "return", "returns", "รายการ", has_amount=True, has_fiscal_year=True),
        FactKind.STEP: FactKindSpec("ขั้นตอนที่ทำแล้วเสร็จ", "step done", "steps done", "ขั้นตอน"),
        FactKind.REPORTED: FactKindSpec(
            "ค่าที่หน่วยงานรายงาน", "value reported by a unit", "values reported by units", "รายการ", has_fiscal_year=True
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a register. It holds from `effective_on` until the day before `ended_on`."""

    id: str
    kind: FactKind
    unit: str
    """Code of the unit (district, bureau) it belongs to."""
    effective_on: date
    ended_on: date | None = None
    """First day on which it no longer holds; None while it holds."""
    community: str | None = None
    fiscal_year: int | None = None
    """B.E. year it is booked to."""
    amount: Decimal | None = None
    """Baht, or the reported numerator (or value)."""
    base: Decimal | None = None
    """The reported denominator."""
    indicator: str | None = None
    """Of a step or a reported value: the indicator it was entered for."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Values of the attributes of its kind; of a step done: `step` -> code of the step."""

    def holds(self, on: date) -> bool:
        """Whether the fact is in force on a day."""
        return self.effective_on <= on and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True, slots=True)
class District:
    """A district office as a member of a population."""

    code: str
    name_th: str
    name_en: str
    group: str
    """Code of its district group on the date of the book; empty where it has none."""


@dataclass(frozen=True, slots=True)
class DistrictGroup:
    """A group of districts, by which figures are broken down."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class CommunityMember:
    """A community as a member of a population, with what decides its eligibility."""

    code: str
    name_th: str
    name_en: str
    unit: str
    type: str
    history: CommunityHistory


@dataclass(frozen=True, slots=True)
class FactBook:
    """All that a formula looks at: the members and the facts."""

    districts: tuple[District, ...] = ()
    communities: tuple[CommunityMember, ...] = ()
    facts: tuple[Fact, ...] = ()
    groups: tuple[DistrictGroup, ...] = ()
    """Names of the district groups."""
