"""What the unit answers to comments, entered together with the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from lakthan.apps.reporting.models import Report, ReviewComment
from lakthan.apps.reporting.services import reviews
from lakthan.core.errors import Conflict, NotFound
from lakthan.rules.permissions import Actor


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit says of a comment, and what stood there when it was typed."""

    text: str
    is_mended: bool | None
    """None where nothing is said."""
    seen: tuple[str, bool | None] = ("", None)


NO_ANSWERS: Mapping[UUID, Answer] = MappingProxyType({})


def comment_of(report: Report, identifier: UUID) -> ReviewComment:
    """A comment on an issue of a report.

    Raises:
        NotFound: there is no such comment on it.
    """
    found = ReviewComment.objects.filter(
        unit_id=report.unit_id, review__report=report, pk=identifier, withdrawn_at=None
    ).first()
    if found is None:
        raise NotFound("ไม่พบความเห็นนี้", "There is no such comment.")
    return found


def answer_comments(*, actor: Actor, report: Report, answers: Mapping[UUID, Answer], now: datetime) -> bool:
    """Enter the answers that the unit changed; whether there were any.

    Raises:
        Conflict: somebody else answered one of them since the page was opened.
        NotFound, Refused, UserError: as `answer_comment`.
    """
    typed = {key: answer for key, answer in answers.items() if (answer.text.strip(), answer.is_mended) != answer.seen}
    changed = False
    for identifier, answer in typed.items():
        comment = comment_of(report, identifier)
        stored = (comment.answer, comment.is_mended)
        if stored == (answer.text.strip(), answer.is_mended):
            continue
        if stored != answer.seen:
            raise Conflict(
                "มีผู้ตอบความเห็นนี้หลังจากท่านเปิดหน้า จึงยังไม่ได้บันทึกสิ่งใด",
                "Somebody answered a comment after you opened the page, so nothing was done yet.",
            )
        said = bool(answer.is_mended)
        reviews.answer_comment(actor=actor, comment=comment, answer=answer.text, is_mended=said, now=now)
        changed = True
    return changed
