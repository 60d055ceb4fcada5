"""Files of evidence as a review shows them: which came and went, and what can be read on the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lakthan.apps.evidence.services import CHARSETS, path_of
from lakthan.apps.reporting.models import Report, ReportEvidence
from lakthan.apps.reporting.snapshots import EvidenceDigest
from lakthan.rules.difference import Change

PICTURES = frozenset({"image/png", "image/jpeg"})
PDF = "application/pdf"
IN_THE_WINDOW = PICTURES | {PDF}
"""Types that a browser shows without running anything of the file's own."""
LONGEST = 4_000
"""Characters of a text file that the page shows."""
BYTES_A_CHARACTER = 4
CODECS = {charset: codec for codec, charset in CHARSETS.items()}
"""Encodings of text as the web calls them, and as Python does."""


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """A file, and whether it came or went since the submission before."""

    file: EvidenceDigest
    change: Change | None
    """None for a first submission."""
    id: UUID | None
    """Of the link between the report and the file."""
    text: str
    """How a text file begins; empty for others."""

    @property
    def is_picture(self) -> bool:
        """Whether the page can show it as it is."""
        return self.file.media_type in PICTURES

    @property
    def is_pdf(self) -> bool:
        """Whether a browser shows it in a window of its own."""
        return self.file.media_type == PDF

    @property
    def is_cut(self) -> bool:
        """Whether the text goes on in the file."""
        return len(self.text) >= LONGEST


def reviewed_files(
    report: Report, now: Iterable[EvidenceDigest], before: Iterable[EvidenceDigest] | None
) -> tuple[ReviewedFile, ...]:
    """The files of both, by content and name: those that are there first, then those that went."""
    links = ReportEvidence.objects.filter(report=report).order_by("recorded_at", "pk")
    ids = {(digest, name): pk for digest, name, pk in links.values_list("evidence__digest", "evidence__name", "pk")}
    found = [(file, None if before is None else Change.ADDED) for file in now]
    if before is not None:
        earlier, there = list(before), {_key(file) for file, _ in found}
        known = {_key(file) for file in earlier}
        found = [(file, Change.KEPT if _key(file) in known else Change.ADDED) for file, _ in found]
        found += [(file, Change.REMOVED) for file in earlier if _key(file) not in there]
    return tuple(ReviewedFile(file, change, ids.get(_key(file)), _text(file)) for file, change in found)


def _key(file: EvidenceDigest) -> tuple[str, str]:
    return file.sha256, file.name


def _text(file: EvidenceDigest) -> str:
    """The beginning of a text file in its own encoding; empty where it is none, or its bytes are gone."""
    kind, _, charset = file.media_type.partition("; charset=")
    if kind != "text/plain":
        return ""
    try:
        with path_of(file.sha256).open("rb") as stream:
            return stream.read(LONGEST * BYTES_A_CHARACTER).decode(CODECS.get(charset, charset or "utf-8"), "replace")[
                :LONGEST
            ]
    except OSError:
        return ""
