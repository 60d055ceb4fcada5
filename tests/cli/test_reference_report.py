"""The main job on real input: the reference report goes in as text and comes out as paper beside its figure."""

import json
import shutil
from pathlib import Path
from unicodedata import normalize

import pypdf
import pytest

from lakthan.exchange.printed_report import read_report
from tests.demonstration import run_lakthan
from tests.shared_data import shared_data

pytestmark = pytest.mark.one_database


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path / "home"))


def without_space(text: str) -> str:
    return "".join(normalize("NFC", text).split())


def test_the_reference_report_is_printed_beside_the_figure_of_the_records(home: Path, tmp_path: Path) -> None:
    seed = shared_data("seed_report.txt")
    told = json.loads(run_lakthan("import", "report", seed, "--json", home=home).stdout)
    assert told["created"] + told["changed"] + told["unchanged"] + len(told["refused"]) == told["read"] == 5
    again = json.loads(run_lakthan("import", "report", seed, "--json", home=home).stdout)
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 5)
    paper = tmp_path / "r.pdf"
    printed = run_lakthan("print", "2100-0001", "--fiscal-year", "2563", "-o", paper, home=home)
    assert printed.returncode == 0, printed.stderr
    text = without_space("".join(page.extract_text() for page in pypdf.PdfReader(paper).pages))
    report = read_report(seed.read_bytes())
    assert without_space(report.indicator_name) in text
    assert "43จาก50สำนักงานเขต=86.00" in text
    beginnings = [without_space(part)[:60] for quarter in report.quarters for part in quarter.paragraphs]
    assert [beginning for beginning in beginnings if beginning not in text] == []


def test_what_is_no_report_is_refused_in_one_line(home: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not a report", encoding="utf-8")
    done = run_lakthan("import", "report", wrong, home=home)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_communities_go_into_an_empty_city_once(tmp_path: Path) -> None:
    listed = shared_data("communities.csv")
    assert run_lakthan("demo", "--empty", home=tmp_path).returncode == 0
    first = json.loads(run_lakthan("import", "communities", listed, "--json", home=tmp_path).stdout)
    assert (first["read"], first["created"], first["refused"]) == (2007, 2007, [])
    again = json.loads(run_lakthan("import", "communities", listed, "--json", home=tmp_path).stdout)
    assert (again["read"], again["created"], again["unchanged"]) == (2007, 0, 2007)


def test_a_list_without_a_column_is_refused_in_one_line(home: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("district,community\nพระนคร,ก\n", encoding="utf-8")
    done = run_lakthan("import", "communities", wrong, home=home)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "lacks the column" in done.stderr
