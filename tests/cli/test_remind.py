"""`lakthan remind`: what it prints, and its failures as one line."""

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from pytest_django import Settings

from lakthan.apps.people.models import Unit, User
from lakthan.apps.people.services import set_up_city
from lakthan.apps.reporting.models import Reminder
from lakthan.apps.reporting.services.periods import open_period
from lakthan.cli.remind import command
from lakthan.core.errors import UserError
from lakthan.rules.permissions import Role
from tests.apps import builders
from tests.apps.builders import NOW, ROOT, YEAR
from tests.web.test_staff import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings: Settings) -> Unit:
    settings.EMAIL_URL, settings.EMAIL_BACKEND = "memory://", "django.core.mail.backends.locmem.EmailBackend"
    set_up_city(actor=ROOT, name_th="เมือง", name_en="City", is_demonstration=True, simulated_now=NOW, now=NOW)
    bureau = builders.bureau()
    builders.assignment(bureau)
    quarter = YEAR.quarter(2)
    open_period(actor=ROOT, quarter=quarter, opens_on=quarter.first_day, deadline_on=date(2020, 5, 29), now=NOW)
    officer(Role.REPORTER, bureau, "reporter")
    return bureau


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def test_json_alone_tells_whom_was_reminded(home: Unit) -> None:
    silent = officer(Role.REPORTER, home, "silent")
    User.objects.filter(pk=silent.pk).update(email="")
    dry = json.loads(run("--dry-run", "--json").stdout)
    assert dry == {
        "dry_run": True,
        "sent": [{"login": "reporter", "reminders": 1}],
        "without_address": ["silent"],
        "refused": [],
        "unknown": [],
    }
    assert not Reminder.objects.exists()
    assert json.loads(run("--json").stdout) == dry | {"dry_run": False}
    assert [message.to for message in mail.outbox] == [["reporter@example.org"]]
    assert json.loads(run("--json").stdout)["sent"] == []


def test_without_a_mail_server_only_a_dry_run_is_made(home: Unit, settings: Settings) -> None:
    settings.EMAIL_URL = ""
    with pytest.raises(UserError, match="LAKTHAN_EMAIL_URL"):
        run()
    assert run("--dry-run").exit_code == 0


def test_a_server_that_cannot_be_reached_is_one_line(home: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: object) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    with pytest.raises(UserError, match="cannot be reached"):
        run()
    assert not Reminder.objects.exists()
