"""What letters and e-mails to communities say of decisions about their projects.

A letter writes its own numbers in Thai digits, an e-mail in Arabic ones: `digits` says how. Names and reasons are left
as people wrote them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lakthan.core.dates import format_date
from lakthan.core.money import format_baht
from lakthan.rules.after_decision import Terms

Digits = Callable[[str], str]
COMMUNITY = "ชุมชน"
WORKING = (
    "สำหรับโครงการที่บรรจุในแผนแล้ว เมื่อสำนักงานเขตรายงานว่าดำเนินการแล้วเสร็จ ขอให้คณะกรรมการชุมชนตรวจดูและยืนยันผลงาน หรือแจ้งสิ่งที่ยังขาด"
)
FOLLOWING = "หากสำนักงานเขตมีมติใหม่เกี่ยวกับโครงการที่ยกเลิกมติ จะแจ้งให้ทราบต่อไป"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is told of the decision about one project."""

    name: str
    plan_on: date
    included: bool
    effective_on: date
    document: str
    terms: Terms
    before: Terms | None = None
    """What was told before, where that is something else; None where nothing was."""
    ended_on: date | None = None
    end_reason: str = ""

    @property
    def is_correction(self) -> bool:
        """Whether it changes what was told before."""
        return self.terms.is_withdrawn or self.before is not None


def named(community: str) -> str:
    """The community's name with ชุมชน in front, once."""
    return community if community.startswith(COMMUNITY) else COMMUNITY + community


def subject(decisions: Sequence[Decision], year: str) -> str:
    """What the letter is about: results, their correction, or both."""
    corrections = [decision for decision in decisions if decision.is_correction]
    if not corrections:
        what = "แจ้งผลการพิจารณา"
    elif len(corrections) < len(decisions):
        what = "แจ้งผลและแก้ไขผลการพิจารณา"
    elif all(decision.terms.is_withdrawn for decision in corrections):
        what = "แจ้งยกเลิกผลการพิจารณา"
    else:
        what = "แจ้งแก้ไขผลการพิจารณา"
    return f"{what}โครงการตามแผนพัฒนาชุมชน ปีงบประมาณ พ.ศ. {year}"


def opening(decisions: Sequence[Decision], district: str, community: str, year: str, digits: Digits) -> str:
    """ตามที่ชุมชน ... ได้เสนอโครงการ ... ขอแจ้งผลดังนี้."""
    days = sorted({decision.plan_on for decision in decisions})
    adopted = " และ ".join(digits(format_date(day)) for day in days)
    proposed = (
        f"ตามที่{named(community)} ได้เสนอโครงการในแผนพัฒนาชุมชน ซึ่งชุมชนรับรองเมื่อวันที่ {adopted} "
        f"เพื่อพิจารณาบรรจุในแผนปฏิบัติราชการประจำปีงบประมาณ พ.ศ. {year}"
    )
    office, corrections = f"สำนักงานเขต{district}", sum(decision.is_correction for decision in decisions)
    if not corrections:
        return f"{proposed} นั้น {office}พิจารณาแล้ว ขอแจ้งผลดังนี้"
    new = "ขอแจ้งผลและการแก้ไขผลที่แจ้งไว้ ดังนี้" if corrections < len(decisions) else "ขอแจ้งการแก้ไขผลที่แจ้งไว้ ดังนี้"
    return f"{proposed} และ{office}ได้แจ้งผลการพิจารณาแล้ว นั้น {new}"


def said(decision: Decision, digits: Digits) -> str:
    """โครงการ ... บรรจุในแผนเป็นลำดับที่ ๓ ..., with what was told before where that is something else."""
    project, terms = f"โครงการ{decision.name}", decision.terms
    by = f"ตาม{digits(decision.document)} ลงวันที่ {digits(format_date(decision.effective_on))}"
    if decision.ended_on is not None:
        told = _held(decision, decision.before or terms, digits)
        ended = digits(format_date(decision.ended_on))
        return f"{project} ซึ่งแจ้งไว้ว่า “{told}” {by} ยกเลิกมติตั้งแต่วันที่ {ended} เนื่องจาก{decision.end_reason}"
    if decision.before is not None:
        if not decision.included:
            return f"{project} ไม่บรรจุในแผน {by} แก้ไขเหตุผลจากที่แจ้งไว้ว่า “{decision.before.reason}” เป็น “{terms.reason}”"
        before, now = _held(decision, decision.before, digits), _held(decision, terms, digits)
        return f"{project} {now} {by} แก้ไขจากที่แจ้งไว้ว่า “{before}”"
    if decision.included:
        return f"{project} {_held(decision, terms, digits)} {by}"
    return f"{project} ไม่บรรจุในแผน {by} เนื่องจาก{terms.reason}"


def _held(decision: Decision, terms: Terms, digits: Digits) -> str:
    if not decision.included:
        return f"ไม่บรรจุในแผน เนื่องจาก{terms.reason}"
    budget = "" if terms.budget is None else f" วงเงิน {digits(format_baht(terms.budget, 'document'))} บาท"
    return f"บรรจุในแผนเป็นลำดับที่ {digits(str(terms.item_number))}{budget}"


def asking(days: int, until: date | None, digits: Digits) -> str:
    """How another look can be asked for, and until when where that is known."""
    last = f" คือภายในวันที่ {digits(format_date(until))}" if until else ""
    return (
        "หากชุมชนเห็นว่าควรพิจารณาโครงการที่ไม่บรรจุอีกครั้ง คณะกรรมการชุมชนขอให้พิจารณาใหม่ได้หนึ่งครั้ง โดยแจ้งเหตุผลเป็นหนังสือ"
        f"ต่อสำนักงานเขต หรือแจ้งในระบบด้วยบัญชีผู้ใช้ของชุมชน ภายใน {digits(str(days))} วันนับแต่วันที่ในหนังสือนี้{last}"
    )


def paragraphs_after(decisions: Sequence[Decision], ask: str) -> list[str]:
    """What follows the decisions, as far as it concerns them: how to ask again, the work, and what comes next."""
    holding = [decision for decision in decisions if not decision.terms.is_withdrawn]
    return [
        *([ask] if any(not decision.included for decision in holding) else ()),
        *([WORKING] if any(decision.included for decision in holding) else ()),
        *([FOLLOWING] if len(holding) < len(decisions) else ()),
    ]
