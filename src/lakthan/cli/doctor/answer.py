"""What an examination answers."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How an examination came out. A failure stops something from working; a warning does not."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing looked at: what was found and, where it is not well, how to mend it."""

    name: str
    state: State
    detail_th: str
    detail_en: str
    mend_th: str = ""
    mend_en: str = ""


def well(name: str, detail_th: str, detail_en: str) -> Answer:
    """An answer that needs no mending."""
    return Answer(name, State.OK, detail_th, detail_en)
