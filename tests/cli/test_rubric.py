"""`lakthan rubric`: the default, a city's own, and what is no rubric."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lakthan.apps.ledger.models import Entry
from lakthan.apps.reporting.models import Rubric
from lakthan.cli.rubric import command
from lakthan.core.errors import UserError
from lakthan.rules.rubric import DEFAULT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _migrated_and_thai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lakthan.cli.rubric.require_migrated", lambda: None)
    monkeypatch.setattr("lakthan.cli.rubric.either", lambda th, en: th)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--fiscal-year", "2563", *arguments], catch_exceptions=False)


def test_the_default_says_that_the_official_criteria_are_unknown() -> None:
    assert "ยังไม่ทราบ" in run().stdout
    assert json.loads(run("--json").stdout) == DEFAULT


def test_a_city_adopts_its_own_from_a_year_on(tmp_path: Path) -> None:
    file = tmp_path / "rubric.json"
    file.write_text(json.dumps({**DEFAULT, "number": 2, "name_th": "เกณฑ์ของเมือง"}), "utf-8")
    assert "เกณฑ์ของเมือง · 2" in run("--adopt", str(file)).stdout
    assert (Rubric.objects.get().first_year, Entry.objects.get().act) == (2563, "reporting.adopt_rubric")
    with pytest.raises(UserError):
        run("--adopt", str(file))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"number": 1}'])
def test_what_is_no_rubric_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "rubric.json"
    file.write_text(content, "utf-8")
    with pytest.raises(UserError):
        run("--adopt", str(file))
    with pytest.raises(UserError):
        run("--adopt", str(tmp_path / "no-such-file"))
    assert not Rubric.objects.exists()
