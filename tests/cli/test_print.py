import json
from pathlib import Path

import pytest

from tests.sharing import run_lakthan

YEAR_REPORT = ("print", "2100-0001", "--fiscal-year", "2563")


def test_the_year_report_is_printed_and_its_running_lines_told(demo_home: Path, tmp_path: Path) -> None:
    run = run_lakthan(*YEAR_REPORT, "-o", tmp_path / "r.pdf", "--json", home=demo_home)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["format"] == "pdf"
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")
    assert [page["page"] for page in told["pages"]] == list(range(1, len(told["pages"]) + 1))
    assert not any("ฉบับร่าง" in page["head"] for page in told["pages"])


def test_the_certified_report_is_the_newest_while_it_is_not_corrected(demo_home: Path, tmp_path: Path) -> None:
    for file, certified in (("newest.pdf", ()), ("certified.pdf", ("--certified",))):
        run = run_lakthan(*YEAR_REPORT, *certified, "-o", tmp_path / file, home=demo_home)
        assert run.returncode == 0, run.stderr
    assert (tmp_path / "newest.pdf").read_bytes() == (tmp_path / "certified.pdf").read_bytes()


def test_a_quarter_is_printed_for_word(demo_home: Path, tmp_path: Path) -> None:
    arguments = (*YEAR_REPORT, "--quarter", "3", "--format", "docx", "-o", tmp_path / "r.docx", "--json")
    run = run_lakthan(*arguments, home=demo_home)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["pages"][0]["page"] is None
    assert (tmp_path / "r.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2100-0002", "--certified", "-o", "r.pdf"), "certified yet"),
        (("2100-0002", "-o", "r.pdf"), "There is no report of 2100-0002"),
        (("2100-0001", "-o", "no/such/folder/r.pdf"), "There is no folder no/such/folder"),
    ],
)
def test_what_cannot_be_printed_is_one_line_and_leaves_no_file(
    demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = run_lakthan("print", *arguments, "--fiscal-year", "2563", home=demo_home)
    assert run.returncode == 1
    assert said in run.stderr
    assert len(run.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
