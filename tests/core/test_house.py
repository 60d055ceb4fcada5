"""What holds for every module of the pure room `core`."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import lakthan.core

MODULES = sorted(Path(lakthan.core.__path__[0]).glob("*.py"))
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime"}
FILES = {"open", "print", "read_text", "write_text", "read_bytes", "write_bytes", "environ"}

BLOCKED_IMPORT = """
import importlib, pkgutil, sys
sys.modules["django"] = None
import lakthan.core
for module in pkgutil.walk_packages(lakthan.core.__path__, "lakthan.core."):
    importlib.import_module(module.name)
    print(module.name)
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(tree: ast.Module) -> Iterator[Function]:
    """Functions of the module and methods and properties of its public classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (inner for inner in node.body if isinstance(inner, Function))
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def unannotated(function: Function) -> list[str]:
    """Names of the parameters without a type, and `return` where the result has none."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    missing = [
        argument.arg for argument in every if argument.annotation is None and argument.arg not in ("self", "cls")
    ]
    return missing if function.returns is not None else [*missing, "return"]


def test_every_module_can_be_imported_where_django_is_not_installed() -> None:
    run = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-W", "error", "-c", BLOCKED_IMPORT],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(lakthan.core.__path__[0]).parents[1])},
    )
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.split()) == len(MODULES) - 1  # all but __init__


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_public_function_has_types_and_a_docstring(path: Path) -> None:
    functions = list(public_functions(ast.parse(path.read_text("utf-8"))))
    untyped = {function.name: names for function in functions if (names := unannotated(function))}
    undocumented = [
        function.name
        for function in functions
        if not function.name.startswith("_") and ast.get_docstring(function) is None
    ]
    assert untyped == {}
    assert undocumented == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_asks_the_clock_or_opens_a_file(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.id for node in nodes if isinstance(node, ast.Name)}
    assert names.isdisjoint(CLOCKS | FILES)
