import json
from pathlib import Path

from tests.demonstration import run_lakthan


def test_the_bench_of_printing_answers_in_the_shape_of_the_contract(demo_home: Path) -> None:
    run = run_lakthan("bench", "print", "--count", "2", "--json", home=demo_home)
    assert run.returncode == 0, run.stderr
    benchmarks = json.loads(run.stdout)["benchmarks"]
    assert [row["name"] for row in benchmarks] == ["many-in-one-process", "form", "form-and-annex"]
    for row in benchmarks:
        assert list(row) == ["name", "median", "unit", "floor", "ratio", "spread", "peak_mb"]
        assert float(row["median"]) > 0
    assert "2 reports" in run.stderr
