import json
from pathlib import Path

from tests.sharing import run_lakthan


def test_the_bench_of_printing_answers_in_the_shape_of_the_contract(demo_home: Path) -> None:
    run = run_lakthan("bench", "print", "--count", "2", "--json", home=demo_home)
    assert run.returncode == 0, run.stderr
    benchmarks = json.loads(run.stdout)["benchmarks"]
    assert [row["name"] for row in benchmarks] == ["many-in-one-process", "form", "form-and-annex"]
    for row in benchmarks:
        assert list(row) == ["name", "median", "unit", "floor", "ratio", "spread", "peak_mb"]
        assert float(row["median"]) > 0
    assert "2 reports" in run.stderr


def test_the_bench_of_pages_answers_in_the_shape_of_the_contract_and_leaves_nothing_behind(demo_home: Path) -> None:
    run = run_lakthan("bench", "pages", "--json", home=demo_home)
    assert run.returncode == 0, run.stderr
    benchmarks = json.loads(run.stdout)["benchmarks"]
    assert benchmarks[0]["name"] == "reports-of-100-indicators"
    for row in benchmarks:
        assert list(row) == ["name", "median", "unit", "floor", "ratio", "spread", "peak_mb"]
        assert float(row["median"]) > float(row["floor"]) > 0
    assert run_lakthan("figure", "2100-9000", "--fiscal-year", "2563", "--quarter", "4", home=demo_home).returncode == 1


def test_the_bench_of_tables_counts_what_it_wrote_and_leaves_nothing_behind(demo_home: Path) -> None:
    run = run_lakthan("bench", "exchange", "--communities", "60", "--rows", "200", "--json", home=demo_home)
    assert run.returncode == 0, run.stderr
    benchmarks = json.loads(run.stdout)["benchmarks"]
    assert [row["name"] for row in benchmarks] == [
        "import-communities",
        "longest-wait-during-a-preview",
        "export-rows",
        "export-a-tenth-of-the-rows",
    ]
    for row in benchmarks:
        assert list(row) == ["name", "median", "unit", "floor", "ratio", "spread", "peak_mb"]
        assert row["peak_mb"] < 300
    again = run_lakthan("bench", "exchange", "--communities", "60", "--rows", "200", "--json", home=demo_home)
    assert again.returncode == 0, again.stderr
