"""The main job on real input: the reference report goes in as text and comes out as paper beside its figure."""

import json
import shutil
import sqlite3
from pathlib import Path
from time import monotonic
from unicodedata import normalize

import pypdf
import pytest

from lakthan.exchange.printed_report import read_report
from lakthan.printing.pdf import PageLines
from tests.exchange.samples import SAMPLE
from tests.printing.readers import READERS, by_pdftotext_raw, report_text, squashed
from tests.shared_data import shared_data
from tests.sharing import run_lakthan

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
    assert "ผลงานที่ทำได้=86(ร้อยละ)" in text
    assert "ระบบงบประมาณแบบมีส่วนร่วม" in text
    assert "ยังไม่ยืนยันกับ" in text
    assert "☑" not in text
    beginnings = [without_space(part)[:60] for quarter in report.quarters for part in quarter.paragraphs]
    assert [beginning for beginning in beginnings if beginning not in text] == []


def ledger_entries(home: Path) -> int:
    with sqlite3.connect(home / "lakthan.sqlite3") as connection:
        (count,) = connection.execute("SELECT count(*) FROM ledger_entry").fetchone()
    return int(count)


@pytest.fixture(scope="module")
def imported(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, tuple[PageLines, ...]]:
    """The reference report after its import as a PDF, and the running lines that `--json` tells of its pages."""
    home = Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("imported") / "home"))
    paper = home / "r.pdf"
    assert run_lakthan("import", "report", shared_data("seed_report.txt"), home=home).returncode == 0
    printed = run_lakthan("print", "2100-0001", "--fiscal-year", "2563", "-o", paper, "--json", home=home)
    pages = json.loads(printed.stdout)["pages"]
    told = tuple(PageLines(page["page"], tuple(page["head"]), tuple(page["foot"])) for page in pages)
    return paper.read_bytes(), told


@pytest.mark.parametrize("reader", [name for name in READERS if name != "pdftotext"])  # it sorts the dotted lines away
def test_every_paragraph_of_the_imported_text_is_read_back_exactly(
    imported: tuple[bytes, tuple[PageLines, ...]], reader: str
) -> None:
    pdf, told = imported
    text = report_text(READERS[reader](pdf), told)
    report = read_report(shared_data("seed_report.txt").read_bytes())
    paragraphs = [report.indicator_name, *report.definitions, *report.method, *report.year_summary]
    paragraphs += [paragraph for quarter in report.quarters for paragraph in quarter.paragraphs]
    paragraphs += [*report.supporting_factors, *report.obstacles, *report.evidence, report.certification]
    paragraphs += [report.target.as_printed, report.result.as_printed, *report.signature]
    assert len(paragraphs) > 25
    assert [paragraph for paragraph in paragraphs if squashed(paragraph) not in text] == []


def test_the_paper_of_the_imported_report_is_whole_where_the_print_was_cut(
    imported: tuple[bytes, tuple[PageLines, ...]],
) -> None:
    text = report_text(by_pdftotext_raw(imported[0]), imported[1])
    assert squashed("โดยการใช้ระบบงบประมาณแบบมีส่วนร่วม* * ส่วนที่ขีดเส้นใต้เติมให้ครบจากแผน ยังไม่ยืนยัน") in text
    assert squashed("☐ ผลผลิต (Output) ☐ ผลลัพธ์ (Outcome) ยังไม่ได้ระบุระดับความสำเร็จ") in text
    assert squashed("ผลงานที่ทำได้ = 86 (ร้อยละ) คำนวณจากระเบียน: 43 จาก 50 สำนักงานเขต = 86.00") in text


@pytest.mark.parametrize(
    ("data", "th", "en"),
    [
        (b"", "ไฟล์ว่างเปล่า", "the file is empty"),
        (b"%PDF-1.7 \x00\x01", "ไฟล์ PDF", "a PDF file, not text"),
        (b"PK\x03\x04" + bytes(500), "ไฟล์ Word, Excel หรือ ZIP", "a Word, Excel or ZIP file"),
        (SAMPLE.decode().encode("utf-16-le"), "ไฟล์ไบนารี", "a binary file"),
        (b"An annual report in English.", "ไม่พบข้อความภาษาไทย", "no Thai text"),
        (SAMPLE[: len(SAMPLE) // 2], "“(6.3) ไตรมาสที่ 3”", "section 6.3 quarter 3"),
        (SAMPLE * 600, "โปรดเลือกไฟล์ข้อความของรายงานหนึ่งฉบับ", "choose the text file of a single report"),
        ("ก\n".encode() * 1_250_000, "5,000,000 ไบต์", "5,000,000 bytes"),
    ],
    ids=["empty", "PDF", "ZIP", "UTF-16", "English", "cut", "600 times", "a million lines"],
)
def test_what_is_no_report_is_refused_in_one_line_and_changes_nothing(
    demo_home: Path, tmp_path: Path, data: bytes, th: str, en: str
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(data)
    before = ledger_entries(demo_home)
    start = monotonic()
    for language, words in (("th", th), ("en", en)):
        done = run_lakthan(
            "import", "report", wrong, "--json", home=demo_home, environment={"LAKTHAN_LANGUAGE": language}
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert words in done.stderr
    assert monotonic() - start < 20
    assert ledger_entries(demo_home) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(home: Path) -> None:
    seed = shared_data("seed_report.txt")
    before = ledger_entries(home), sorted(home.rglob("*"))
    tried = json.loads(run_lakthan("import", "report", seed, "--dry-run", "--json", home=home).stdout)
    assert (ledger_entries(home), sorted(home.rglob("*"))) == before
    done = json.loads(run_lakthan("import", "report", seed, "--json", home=home).stdout)
    assert tried == done
    assert ledger_entries(home) > before[0]
    assert [doubt["field"] for doubt in done["doubtful"]] == ["level", "6.1", "6.3", "obstacles", "obstacles"]
    assert [link["reason"] for link in done["repaired"] if link["field"] == "plan_links"] == [
        "text cut in the print, completed from the plan, not confirmed"
    ]


def test_communities_go_into_an_empty_city_once(migrated_home: Path, tmp_path: Path) -> None:
    listed = shared_data("communities.csv")
    shutil.copytree(migrated_home, tmp_path, dirs_exist_ok=True)
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
