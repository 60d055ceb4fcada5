"""The demonstration city is the same each time: same identifiers, same ledger, same paper."""

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from tests.sharing import run_lakthan


def ledger_digest(home: Path) -> str:
    with sqlite3.connect(home / "lakthan.sqlite3") as connection:
        rows = connection.execute("SELECT leaf_hash FROM ledger_entry ORDER BY id")
        return sha256("".join(row[0] for row in rows).encode()).hexdigest()


@pytest.mark.one_database
def test_a_second_demonstration_has_the_same_ledger_and_the_same_paper(demo_home: Path, tmp_path: Path) -> None:
    made = run_lakthan("demo", home=tmp_path, environment={"PYTHONHASHSEED": "7"})
    assert made.returncode == 0, made.stderr
    assert "43 / 50 = 86.00" in made.stdout
    assert ledger_digest(tmp_path) == ledger_digest(demo_home)
    paper = Path("papers") / "2100-0001-2563.pdf"
    assert (tmp_path / paper).read_bytes() == (demo_home / paper).read_bytes()
