"""Letters to communities about what was decided: Thai official letters, each on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import SafeString

from lakthan.core.dates import format_date
from lakthan.core.digits import to_thai
from lakthan.core.money import format_baht
from lakthan.printing.html import protected_text
from lakthan.printing.pdf import readable_pdf
from lakthan.printing.thai_font import FontSet

HERE = Path(__file__).parent
COMMUNITY = "ชุมชน"
DEMONSTRATION = "เอกสารสาธิต ไม่ใช่หนังสือราชการจริง"


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


def letters_pdf(letters: Sequence[Letter], fonts: FontSet) -> bytes:
    """The letters as one PDF, each on a page of its own."""
    return readable_pdf(letters_html(letters), fonts)


def letters_html(letters: Sequence[Letter]) -> str:
    """The letters as a document without styles; all texts escaped."""
    context = {"letters": [_content(letter) for letter in letters], "title": _title(letters)}
    return _engine().get_template("letters.html").render(Context(context))


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(HERE / "templates")], autoescape=True)


def _title(letters: Sequence[Letter]) -> str:
    return f"แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน สำนักงานเขต{letters[0].district}" if letters else ""


def _content(letter: Letter) -> dict[str, object]:
    names = (f"สำนักงานเขต{letter.district}", letter.community, f"ผู้อำนวยการเขต{letter.district}")

    def said(text: str) -> SafeString:
        return protected_text(text, names)

    year = to_thai(str(letter.fiscal_year))
    return {
        "mark": DEMONSTRATION if letter.is_demonstration else "",
        "number": to_thai(letter.number) if letter.number else "",
        "office": f"สำนักงานเขต{letter.district}",
        "on": to_thai(format_date(letter.on)) if letter.on else "",
        "subject": said(f"แจ้งผลการพิจารณาโครงการตามแผนพัฒนาชุมชน ปีงบประมาณ พ.ศ. {year}"),
        "to": said(f"ประธานกรรมการ{_named(letter.community)}"),
        "opening": said(_opening(letter, year)),
        "decisions": [
            {"number": to_thai(str(number)), "text": said(_told(decision))}
            for number, decision in enumerate(letter.decisions, start=1)
        ],
        "asking": said(_asking(letter)) if any(not decision.included for decision in letter.decisions) else "",
        "working": said(WORKING) if any(decision.included for decision in letter.decisions) else "",
        "office_holder": f"ผู้อำนวยการเขต{letter.district}",
    }


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
