"""Rooms keep to what they are for. What they may import is import-linter's business (pyproject.toml)."""

import ast
import subprocess
import sys

from tests.house.source import (
    PACKAGE,
    PURE_ROOMS,
    Function,
    functions,
    place,
    public_functions,
    source_files,
    tree_of,
)

CLOCKS_AND_FILES = {
    "getenv", "localtime", "monotonic", "now", "open", "perf_counter", "print", "read_bytes", "read_text",
    "today", "utcnow", "write_bytes", "write_text",
}  # fmt: skip
MODULES_OF_THE_WORLD = {"glob", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "tempfile", "time"}
BARE_INSTALLATION = """
import importlib, pkgutil, sys
sys.modules["django"] = None
for room in {rooms}:
    package = importlib.import_module(f"lakthan.{{room}}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
"""
MANAGERS = {"objects", "_default_manager", "_base_manager"}
WRITES = {"bulk_create", "bulk_update", "get_or_create", "save", "update_or_create"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 50


def _runs_without_django(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )


def test_the_pure_rooms_run_where_django_is_not_installed() -> None:
    run = _runs_without_django(BARE_INSTALLATION.format(rooms=PURE_ROOMS))
    assert run.returncode == 0, run.stderr


def test_the_pure_rooms_ask_no_clock_and_touch_no_file() -> None:
    found = []
    for path in source_files(*PURE_ROOMS):
        for call in (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
            if name in CLOCKS_AND_FILES:
                found.append(f"{place(path, call)} calls {name}")
    assert found == []


def test_the_pure_rooms_import_nothing_that_leads_to_the_world() -> None:
    found = []
    for path in source_files(*PURE_ROOMS):
        for node in ast.walk(tree_of(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{place(path, node)} imports {name}" for name in names if name in MODULES_OF_THE_WORLD]
    assert found == []


def test_every_public_function_of_the_pure_rooms_has_types_and_a_docstring() -> None:
    wrong = [
        f"{place(path, function)} {function.name}"
        for path in source_files(*PURE_ROOMS)
        for function in public_functions(tree_of(path))
        if _untyped(function) or ast.get_docstring(function) is None
    ]
    assert wrong == []


def _untyped(function: Function) -> bool:
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return function.returns is None or any(
        argument.annotation is None and argument.arg not in ("self", "cls") for argument in every
    )


def test_papers_are_made_without_a_database() -> None:
    wrong = [
        place(path, node)
        for path in source_files("printing")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db")
    ]
    assert wrong == []


def test_pages_and_verbs_reach_into_no_table() -> None:
    wrong = [
        place(path, node)
        for path in source_files("web", "cli")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS
    ]
    assert wrong == []


def test_only_services_write() -> None:
    """Imports and the demonstration may look rows up, but every write goes through a service and so the ledger."""
    wrong = [
        f"{place(path, node)} {node.attr}"
        for path in source_files("web", "cli", "exchange", "demo")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in WRITES
    ]
    assert wrong == []


def test_no_file_and_no_function_grows_too_long() -> None:
    files = [place(path) for path in source_files() if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE]
    long = [
        f"{place(path, function)} {function.name}"
        for path in source_files()
        for function in functions(tree_of(path))
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert files == []
    assert long == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [place(path) for path in PACKAGE.rglob("*") if path.stem in ("utils", "helpers", "common", "misc")]
    assert drawers == []
