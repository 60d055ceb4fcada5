"""Production settings: what Django's own deployment checks and ours say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.sharing import run_lakthan

DECIDED = {"security.W005", "security.W021"}
"""Whether subdomains and preload lists are bound too is the city's decision, not the program's."""


def _deployment_checks(home: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--settings", "lakthan.config.settings"],
        env={
            **os.environ,
            "LAKTHAN_HOME": str(home),
            "LAKTHAN_ENVIRONMENT": "production",
            "LAKTHAN_HOSTS": "city.example",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr


def test_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    told = _deployment_checks(tmp_path)
    warned = {word.strip("():") for line in told.splitlines() for word in line.split() if "security." in word}
    assert warned <= DECIDED, told


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LAKTHAN_ENVIRONMENT", "prod", "must be 'development' or 'production'"),
        ("LAKTHAN_SECRET_KEY", "short", "at least 32 characters"),
        ("DATABASE_URL", "mysql://localhost/city", "SQLite or PostgreSQL"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(tmp_path: Path, name: str, value: str, said: str) -> None:
    run = run_lakthan("migrate", home=tmp_path, environment={name: value})
    assert run.returncode == 1
    assert said in run.stderr
    assert name in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_doctor_explains_a_host_name_that_admits_all(tmp_path: Path) -> None:
    run_lakthan("migrate", home=tmp_path)
    run = run_lakthan(
        "doctor", "--json", home=tmp_path, environment={"LAKTHAN_ENVIRONMENT": "production", "LAKTHAN_HOSTS": "*"}
    )
    assert run.returncode == 1
    [answer] = [answer for answer in json.loads(run.stdout)["answers"] if answer["name"] == "settings (lakthan.E001)"]
    assert answer["state"] == "fail"
    assert answer["mend_th"]
    assert answer["mend_en"]
