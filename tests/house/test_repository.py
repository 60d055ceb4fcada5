"""What lies in the repository: no traces of the machine it was written on, locked packages, numbered decisions."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.house.source import DOCS, ROOT, place, tracked_files

# Put together here, so that this file does not hold what it looks for.
PACKAGE_HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb" + ".debian.org"]
PLACES_OF_A_MACHINE = ["/" + "work/", "/" + "root/", "/" + "opt/pypi", "/" + "opt/wheels"]
BINARY = {".png", ".ico", ".woff2", ".pdf", ".ttf", ".docx", ".xlsx"}

REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z,-]+\])?==(?P<version>\S+)", re.MULTILINE)
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        if path.suffix in BINARY:
            continue
        text = path.read_text("utf-8")
        found += [f"{place(path)}: {word}" for word in PACKAGE_HOSTS + PLACES_OF_A_MACHINE if word in text]
    assert found == []


def test_no_secret_and_no_data_of_a_running_system_is_kept() -> None:
    kept = [place(path) for path in tracked_files() if path.name == "secret-key" or path.suffix in (".sqlite3", ".pem")]
    assert kept == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_pinned_and_hashed(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.partition("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [entry.partition("\n")[0] for entry in entries if not PINNED.match(entry)] == []
    assert "://" not in text


def test_lock_files_agree_with_each_other() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, pinned in PINNED.findall(lock.read_text("utf-8")):
            versions.setdefault(name, set()).add(pinned)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_lock_files_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {
        re.split(r"[\[<>=~!; ]", item)[0]
        for item in project["dependencies"] + project["optional-dependencies"]["server"]
    }
    locked = {name for name, _ in PINNED.findall((REQUIREMENTS / "server.txt").read_text("utf-8"))}
    assert asked - locked == set()


def test_npm_packages_are_locked_by_digest_without_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


def test_the_changelog_is_the_home_of_the_version() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version("lakthan")


def test_decisions_are_numbered_without_a_gap_and_listed() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    index = (DOCS / "decisions" / "README.md").read_text("utf-8")
    assert [path.name for path in DECISIONS if f"({path.name})" not in index] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_what_was_decided_why_and_what_follows(path: Path) -> None:
    text = path.read_text("utf-8")
    for heading in ("## Decision", "## Why", "## What follows"):
        assert heading in text


@pytest.mark.parametrize("page", [path for path in tracked_files() if path.suffix == ".md"], ids=place)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:

    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_every_page_of_docs_stands_in_the_index() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    assert [path.name for path in DOCS.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []


def test_continuous_integration_runs_the_make_targets_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert "set -eu" in lines
