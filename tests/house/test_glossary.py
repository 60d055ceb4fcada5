"""The glossary names everything that a person can meet, and nothing that is not there."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from types import ModuleType

import pytest
from django.apps import apps
from django.db import models

import lakthan.core
import lakthan.rules
from lakthan.core.figure import Figure
from lakthan.core.fiscal import FiscalYear, Quarter
from lakthan.rules.permissions import ACTION_NAMES, Action
from tests.house.source import DOCS

ROW = re.compile(
    r"^\| (?P<thai>[^|]+) \| (?P<english>[^|]+) \| `(?P<code>[^`]+)` \| (?P<source>[^|]+) \|$", re.MULTILINE
)
ROWS = [match.groupdict() for match in ROW.finditer((DOCS / "glossary.md").read_text("utf-8"))]
SOURCES = {"screen", "form", "2555", "office", "own"}

ONLY_PROGRAMS_SEE = {"NoteKind", "Reason", "Scope", "Since", "Measure", "ReportedInput"}
"""Enumerations whose values stand in data and in arguments, and are spelled out in sentences where people read them."""

MODELS = {model.__name__: model for model in apps.get_models() if model.__module__.startswith("lakthan.apps.")}
PLAIN = {"Figure": Figure, "FiscalYear": FiscalYear, "Quarter": Quarter}


def _classes(package: ModuleType) -> Iterator[type]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        yield from (cls for _, cls in inspect.getmembers(module, inspect.isclass) if cls.__module__ == found.name)


def _enumerations() -> Iterator[tuple[str, type[Enum]]]:
    for package in (lakthan.core, lakthan.rules):
        for cls in _classes(package):
            if issubclass(cls, Enum) and not cls.__name__.startswith("_") and cls.__name__ not in ONLY_PROGRAMS_SEE:
                yield cls.__name__, cls
    for name, model in MODELS.items():
        for inner in vars(model).values():
            if inspect.isclass(inner) and issubclass(inner, models.Choices):
                yield f"{name}.{inner.__name__}", inner


def _expected() -> set[str]:
    values = {f"{name}.{member.value}" for name, cls in _enumerations() for member in cls}
    return values | set(MODELS)


def _is_attribute(code: str) -> bool:
    """Whether a row names a part of a record or of the figure, such as `Period.cut_off_on`."""
    owner, _, part = code.partition(".")
    cls = MODELS.get(owner) or PLAIN.get(owner)
    return cls is not None and (not part or hasattr(cls, part))


def test_every_record_choice_role_state_and_action_has_its_row() -> None:
    assert sorted(_expected() - {row["code"] for row in ROWS}) == []


def test_every_row_names_something_that_is_there() -> None:
    codes = {row["code"] for row in ROWS} - _expected()
    assert sorted(code for code in codes if not _is_attribute(code)) == []


def test_nothing_stands_twice() -> None:
    codes = [row["code"] for row in ROWS]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_a_row_has_thai_english_and_a_known_source(row: dict[str, str]) -> None:
    assert re.search("[ก-๙]", row["thai"])
    assert row["english"].isascii()
    assert row["source"] in SOURCES


def test_actions_are_called_on_pages_what_the_glossary_calls_them() -> None:
    prefix = f"{Action.__name__}."
    rows = {row["code"].removeprefix(prefix): row for row in ROWS if row["code"].startswith(prefix)}
    assert {action.value: (rows[action]["thai"], rows[action]["english"]) for action in Action} == {
        action.value: names for action, names in ACTION_NAMES.items()
    }
