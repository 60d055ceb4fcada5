"""The command line: every verb and option documented, every failure one line, JSON alone on stdout."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from lakthan.cli import VERBS, lakthan
from tests.house.source import DOCS, ROOT
from tests.sharing import LAKTHAN, run_lakthan

HEADING = re.compile(r"^#{2,3} (lakthan.*)$", re.MULTILINE)


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group) and command is not lakthan:
        for inner in sorted(command.commands):
            yield from _commands(f"{name} {inner}", command.commands[inner])


def _all_commands() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {"lakthan": lakthan}
    for name, verb in VERBS.items():
        found.update(_commands(f"lakthan {name}", import_module(verb.module).command))
    return found


def _sections() -> dict[str, str]:
    parts = HEADING.split((DOCS / "commands.md").read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


COMMANDS = _all_commands()
SECTIONS = _sections()


def _options(command: click.Command) -> set[str]:
    every = {name for param in command.params if isinstance(param, click.Option) for name in param.opts}
    return every - {"-h", "--help"}


def test_every_command_has_its_section_and_no_other() -> None:
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_no_other(name: str) -> None:
    listed = set(re.findall(r"`(--?[a-z-]+)`", "\n".join(re.findall(r"^- (.*?)[:.]?$", SECTIONS[name], re.MULTILINE))))
    assert _options(COMMANDS[name]) <= listed
    assert listed <= _options(COMMANDS[name]) | {"--by"}


@pytest.mark.parametrize("name", VERBS)
def test_help_says_of_a_verb_what_the_verb_says_of_itself(name: str) -> None:
    told = COMMANDS[f"lakthan {name}"].help or ""
    assert told.strip(), name
    assert VERBS[name].summary.endswith(".")


def _run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )


def test_the_base_installation_answers_help_and_names_what_a_verb_needs() -> None:
    without = "import sys; sys.modules['django'] = None\nfrom lakthan.cli import run\nsys.exit(run({}))"
    helped = _run(without.format(["--help"]))
    assert helped.returncode == 0, helped.stderr
    assert "figure" in helped.stdout
    refused = _run(without.format(["--lang", "en", "figure", "2100-0001"]))
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "lakthan figure needs more than the base installation (django is missing): pip install 'lakthan[server]'"
    ]


MISTAKES = {
    "an unknown verb": ["figur"],
    "an unknown option": ["figure", "2100-0001", "--fiscal", "2563"],
    "a missing option": ["figure", "2100-0001", "--quarter", "3"],
    "an unknown indicator": ["figure", "9999-9999", "--fiscal-year", "2563", "--quarter", "3"],
    "a fifth quarter": ["figure", "2100-0001", "--fiscal-year", "2563", "--quarter", "5"],
    "a year of the Common Era": ["figure", "2100-0001", "--fiscal-year", "2020", "--quarter", "3"],
    "a year that is no number": ["figure", "2100-0001", "--fiscal-year", "last", "--quarter", "3"],
    "a day that does not exist": [
        "figure", "2100-0001", "--fiscal-year", "2563", "--quarter", "3", "--as-of", "31/2/2563",
    ],
    "a district that does not exist": [
        "figure", "2100-0001", "--fiscal-year", "2563", "--quarter", "3", "--district", "5999",
    ],
    "a file that is not there": ["import", "report", "no-such-file.txt"],
    "a folder that cannot be written": ["print", "2100-0001", "--fiscal-year", "2563", "-o", "/no/such/folder/r.pdf"],
}  # fmt: skip


@pytest.mark.parametrize("arguments", MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_mistake_is_one_clear_line_in_either_language(demo_home: Path, arguments: list[str], language: str) -> None:
    run = run_lakthan("--lang", language, *arguments, home=demo_home)
    assert run.returncode == 1
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1, run.stderr
    assert "Traceback" not in run.stderr
    assert "Unexpected" not in run.stderr
    assert "ไม่คาดคิด" not in run.stderr
    assert bool(re.search("[ก-๙]", run.stderr)) == (language == "th")


def test_a_csv_with_a_missing_column_is_one_clear_line(demo_home: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("district,name\n5001,ชุมชนทดสอบ\n", encoding="utf-8")
    run = run_lakthan("import", "communities", tmp_path / "list.csv", home=demo_home)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1, run.stderr
    assert "column" in run.stderr


def test_json_stands_alone_on_stdout_and_notes_go_to_stderr(demo_home: Path) -> None:
    run = run_lakthan(
        "figure",
        "2100-0001",
        "--fiscal-year",
        "๒๕๖๓",
        "--quarter",
        "๔",
        "--as-of",
        "2563-09-30",
        "--json",
        home=demo_home,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["value"] == "86.00"
    assert "2563" in run.stderr  # that the year of an ISO date was read as B.E. is told


def test_an_empty_home_is_told_what_to_run(tmp_path: Path) -> None:
    for arguments in (["serve"], ["figure", "2100-0001", "--fiscal-year", "2563", "--quarter", "3"]):
        run = run_lakthan(*arguments, home=tmp_path)
        assert run.returncode == 1
        assert "lakthan migrate" in run.stderr
        assert len(run.stderr.splitlines()) == 1


def test_a_taken_port_is_told_with_another_one(demo_home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        run = run_lakthan("serve", "--port", str(port), home=demo_home)
    assert run.returncode == 1
    assert (
        run.stderr == f"Port {port} is taken by another program; choose another one, for example --port {port + 1}.\n"
    )


def test_an_unexpected_error_is_one_line_and_a_file(tmp_path: Path) -> None:
    (tmp_path / "lakthan.sqlite3").write_bytes(b"this is no database" * 100)
    run = run_lakthan("migrate", home=tmp_path)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    named = re.search(r"The traceback is in (\S+);", run.stderr)
    assert named is None or "Traceback" in Path(named[1]).read_text("utf-8")


def test_a_reader_who_leaves_early_is_no_error(demo_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(  # noqa: S603 - our own command
        [LAKTHAN, "doctor", "--json"],
        env={**os.environ, "LAKTHAN_HOME": str(demo_home), "DJANGO_SETTINGS_MODULE": "lakthan.config.settings"},
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert run.stderr == ""
