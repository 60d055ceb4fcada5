"""Records: what points where, what may not be forgotten in a key, and where effects may happen."""

import ast
from itertools import chain

import pytest
from django.apps import apps
from django.db import models

from lakthan.apps.records import UnitRecord
from tests.house.source import PACKAGE, place, source_files, tree_of

LEVELS = {
    "ledger": 0,
    "people": 1,
    "evidence": 2,
    "uploads": 2,
    "communities": 3,
    "planning": 4,
    "budget": 4,
    "indicators": 4,
    "reporting": 5,
}
"""The order of DESIGN section 9; apps of one level know nothing of each other."""

LISTENER = PACKAGE / "web" / "accounts" / "entries.py"
"""The one named exception of DESIGN section 9."""

MODELS = [model for model in apps.get_models() if model.__module__.startswith("lakthan.apps.")]
UNIT_MODELS = [model for model in MODELS if issubclass(model, UnitRecord)]


def label(model: type[models.Model]) -> str:
    """people.Unit"""
    return model._meta.label


def test_every_app_has_its_level() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("lakthan.apps.")}
    assert ours == set(LEVELS)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    own = model._meta.app_label
    targets = [field.related_model._meta.app_label for field in model._meta.concrete_fields if field.related_model]
    assert [target for target in targets if target != own and LEVELS[target] >= LEVELS[own]] == []


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_primary_keys_need_no_central_sequence(model: type[models.Model]) -> None:
    key = model._meta.pk
    assert isinstance(key, models.UUIDField)
    assert key.has_default(), "an identifier is made by new_id, not by the database"


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_nothing_is_deleted_along_with_something_else(model: type[models.Model]) -> None:
    cascades = [
        field.name
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is not models.PROTECT
    ]
    assert cascades == []


@pytest.mark.parametrize("model", UNIT_MODELS, ids=label)
def test_the_unit_stands_in_every_unique_key(model: type[models.Model]) -> None:
    uniques = [item for item in model._meta.constraints if isinstance(item, models.UniqueConstraint)]
    assert [item.name for item in uniques if "unit" not in item.fields] == []
    assert [field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key] == []


def test_no_figure_is_kept_as_a_binary_fraction() -> None:
    floats = [
        f"{label(model)}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField)
    ]
    assert floats == []


def test_records_have_no_effects_of_their_own() -> None:
    """No `save` or `delete` does more than its name, and nothing listens for signals but what enters sign-ins."""
    found = []
    for path in chain(source_files("apps"), source_files("web")):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                found += [
                    place(path, part)
                    for part in node.body
                    if isinstance(part, ast.FunctionDef) and part.name in ("save", "delete")
                ]
            listens = isinstance(node, ast.ImportFrom) and _brings_signals(node)
            if listens and path != LISTENER:
                found.append(place(path, node))
    assert found == []


def _brings_signals(node: ast.ImportFrom) -> bool:
    names = {alias.name for alias in node.names}
    return (node.module or "").endswith(("signals", "dispatch")) or bool(names & {"signals", "dispatch"})


@pytest.mark.parametrize("app", sorted(LEVELS))
def test_every_app_says_what_its_files_are_for(app: str) -> None:
    silent = [place(path) for path in source_files(f"apps/{app}") if ast.get_docstring(tree_of(path)) is None]
    assert silent == []
