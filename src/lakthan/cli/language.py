"""The language in which the command line speaks."""

import os
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Literal

Language = Literal["th", "en"]

_chosen: ContextVar[Language] = ContextVar("language", default="en")


def from_environment(environment: Mapping[str, str]) -> Language:
    """`LAKTHAN_LANGUAGE` where it is th or en; otherwise Thai on a Thai locale and English on any other."""
    match environment.get("LAKTHAN_LANGUAGE"):
        case "th":
            return "th"
        case "en":
            return "en"
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "th" if locale.lower().startswith("th") else "en"


def choose(language: Language | None) -> None:
    """Speak this language from now on; None lets the environment decide."""
    _chosen.set(language or from_environment(os.environ))


def current() -> Language:
    """The language chosen."""
    return _chosen.get()


def either(th: str, en: str) -> str:
    """The one of two sentences that is in the language chosen."""
    return th if current() == "th" else en
