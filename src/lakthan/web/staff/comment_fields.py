"""Comments of the reviewer beside the fields of the draft, each with the answer that is sent along with the draft."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lakthan.apps.reporting.answers import Answer
from lakthan.apps.reporting.comments import CommentLine
from lakthan.rules.review import Section

MENDED, NOT_MENDED = "yes", "no"
SAID: Mapping[bool | None, str] = {True: MENDED, False: NOT_MENDED, None: ""}
"""What the hidden field holds that says what stood there when the page was opened."""


@dataclass(frozen=True, slots=True)
class CommentField:
    """A comment, and what stands in the fields of its answer."""

    comment: CommentLine
    answer: str
    is_mended: bool
    seen: str
    """What the record said of `is_mended` when the page was opened, as `SAID` has it."""
    seen_answer: str


def comment_fields(comments: Iterable[CommentLine], typed: Mapping[str, str] | None = None) -> tuple[CommentField, ...]:
    """The fields as they are stored, or as they were `typed` where the form comes back."""
    return tuple(_field(comment, typed) for comment in comments)


def _field(comment: CommentLine, typed: Mapping[str, str] | None) -> CommentField:
    if typed is None or f"answer-{comment.id}" not in typed:
        return CommentField(comment, comment.answer, comment.is_mended is True, SAID[comment.is_mended], comment.answer)
    return CommentField(
        comment,
        typed[f"answer-{comment.id}"],
        f"mended-{comment.id}" in typed,
        SAID[comment.is_mended],
        comment.answer,
    )


def answers_in(typed: Mapping[str, str]) -> dict[UUID, Answer]:
    """What was typed for each comment, beside what stood there."""
    found = {}
    for name in typed:
        identifier = _identifier(name)
        if identifier is not None:
            found[identifier] = _answer(identifier, typed)
    return found


def changed_answers(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields of those answers that are not what stood there when the page was opened."""
    fields: dict[str, str] = {}
    for identifier, answer in answers_in(typed).items():
        if (answer.text, answer.is_mended) != answer.seen:
            names = (f"answer-{identifier}", f"mended-{identifier}")
            fields |= {name: typed[name] for name in names if name in typed}
    return fields


def _identifier(name: str) -> UUID | None:
    if not name.startswith("answer-"):
        return None
    try:
        return UUID(name.removeprefix("answer-"))
    except ValueError:
        return None


def _answer(identifier: UUID, typed: Mapping[str, str]) -> Answer:
    text = _plain(typed[f"answer-{identifier}"])
    before = {said: is_mended for is_mended, said in SAID.items()}.get(typed.get(f"was-{identifier}", ""))
    is_mended = f"mended-{identifier}" in typed
    said = None if before is None and not text and not is_mended else is_mended
    return Answer(text, said, (_plain(typed.get(f"was-answer-{identifier}", "")), before))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def by_section(fields: Iterable[CommentField]) -> dict[Section, list[CommentField]]:
    """The comments of each section."""
    found: dict[Section, list[CommentField]] = {}
    for field in fields:
        found.setdefault(field.comment.section, []).append(field)
    return found
