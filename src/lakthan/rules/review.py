"""What a review looks at, and how it ends."""

from enum import StrEnum


class Section(StrEnum):
    """A place in a report that a comment is about: a field of the form, or one of the parts beside it."""

    FIGURE = "figure"
    PROGRESS = "progress"
    NARRATIVE = "narrative"
    SUPPORTING_FACTORS = "supporting_factors"
    OBSTACLES = "obstacles"
    EVIDENCE_LIST = "evidence_list"
    EVIDENCE_FILES = "evidence_files"


class Outcome(StrEnum):
    """How a review of one submission ends."""

    RETURNED = "returned"
    ACCEPTED = "accepted"
