"""Letters to communities about what was decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lakthan.core.dates import format_date
from lakthan.core.digits import to_thai
from lakthan.core.money import format_baht
from lakthan.printing.letters import OfficialLetter

COMMUNITY = "ชุมชน"
DIVISION = "ฝ่ายพัฒนาชุมชนและสวัสดิการสังคม"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a letter tells of one project."""

    name: str
    plan_on: date
    included: bool
    effective_on: date
    document: str
    item_number: int | None = None
    budget: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one community. `number` and `on` are None where they are written in by hand."""

    district: str
    """Without สำนักงานเขต."""
    community: str
    fiscal_year: int
    decisions: tuple[Decision, ...]
    number: str | None
    on: date | None
    ask_days: int
    """Days in which another look can be asked for."""
    ask_until: date | None = None
    """Its last day; None while the letter has no day."""
    is_demonstration: bool = False


def decision_letters(letters: Sequence[Letter]) -> tuple[OfficialLetter, ...]:
    """The letters as they are printed."""
    return tuple(map(_official, letters))


def letters_title(letters: Sequence[Letter]) -> str:
    """What the file of the letters is called in its properties."""
    return f"แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน สำนักงานเขต{letters[0].district}" if letters else ""


def _official(letter: Letter) -> OfficialLetter:
    office, director = f"สำนักงานเขต{letter.district}", f"ผู้อำนวยการเขต{letter.district}"
    year = to_thai(str(letter.fiscal_year))
    return OfficialLetter(
        number=letter.number or "",
        office=office,
        on=letter.on,
        subject=f"แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน ปีงบประมาณ พ.ศ. {year}",
        to=f"ประธานกรรมการ{_named(letter.community)}",
        opening=(_opening(letter, year),),
        items=tuple(map(_told, letter.decisions)),
        further=tuple(_further(letter)),
        signer=director,
        division=DIVISION,
        protected_terms=(office, letter.community, director),
        is_demonstration=letter.is_demonstration,
    )


def _further(letter: Letter) -> Iterator[str]:
    """How to ask again where something was declined, and what comes next where something was included."""
    if any(not decision.included for decision in letter.decisions):
        yield _asking(letter)
    if any(decision.included for decision in letter.decisions):
        yield WORKING


WORKING = (
    "สำหรับโครงการที่บรรจุในแผนแล้ว เมื่อสำนักงานเขตรายงานว่าดำเนินการแล้วเสร็จ ขอให้คณะกรรมการชุมชนตรวจดูและยืนยันผลงาน หรือแจ้งสิ่งที่ยังขาด"
)


def _named(community: str) -> str:
    """The community's name with ชุมชน in front, once."""
    return community if community.startswith(COMMUNITY) else COMMUNITY + community


def _opening(letter: Letter, year: str) -> str:
    days = sorted({decision.plan_on for decision in letter.decisions})
    adopted = " และ ".join(to_thai(format_date(day)) for day in days)
    return (
        f"ตามที่{_named(letter.community)} ได้เสนอโครงการในแผนพัฒนาชุมชน ซึ่งชุมชนรับรองเมื่อวันที่ {adopted} "
        f"เพื่อพิจารณาบรรจุในแผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. {year} นั้น "
        f"สำนักงานเขต{letter.district}พิจารณาแล้ว ขอแจ้งผลดังนี้"
    )


def _told(decision: Decision) -> str:
    """โครงการ ... บรรจุเป็นลำดับที่ ๓ ...; names are left as the community wrote them."""
    by = f"ตาม{to_thai(decision.document)} ลงวันที่ {to_thai(format_date(decision.effective_on))}"
    if not decision.included:
        return f"โครงการ{decision.name} ไม่บรรจุในแผน {by} เนื่องจาก{decision.reason}"
    budget = "" if decision.budget is None else f" วงเงิน {to_thai(format_baht(decision.budget, 'document'))} บาท"
    return f"โครงการ{decision.name} บรรจุในแผนเป็นลำดับที่ {to_thai(str(decision.item_number))}{budget} {by}"


def _asking(letter: Letter) -> str:
    days = to_thai(str(letter.ask_days))
    until = f" คือภายในวันที่ {to_thai(format_date(letter.ask_until))}" if letter.ask_until else ""
    return (
        "หากชุมชนเห็นว่าควรพิจารณาโครงการที่ไม่บรรจุอีกครั้ง คณะกรรมการชุมชนขอให้พิจารณาใหม่ได้หนึ่งครั้ง โดยแจ้งเหตุผลเป็นหนังสือ"
        f"ต่อสำนักงานเขต หรือแจ้งในระบบด้วยบัญชีผู้ใช้ของชุมชน ภายใน {days} วันนับแต่วันที่ในหนังสือนี้{until}"
    )
