"""`lakthan account`: the first accounts of a city."""

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate
from django.test import Client

from lakthan.apps.ledger.models import Entry
from lakthan.apps.people.models import Membership, User
from lakthan.cli.account import command
from lakthan.core.errors import NotFound, UserError
from tests.apps import builders

pytestmark = pytest.mark.django_db

PASSWORD = "แม่น้ำเจ้าพระยายามเช้า"  # noqa: S105 - of a test


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed, catch_exceptions=False)


def test_the_first_administrator_is_made_and_signs_in() -> None:
    builders.bureau()
    done = run(
        *("first", "--name", "สมศรี มีสุข", "--role", "system-administrator", "--unit", "2100", "--set-password"),
        typed=f"{PASSWORD}\n",
    )
    assert done.exit_code == 0
    assert Membership.objects.get().role == "system-administrator"
    assert authenticate(None, login="first", password=PASSWORD) or Client().login(username="first", password=PASSWORD)
    assert PASSWORD not in done.output
    assert not Entry.objects.filter(body__contains=PASSWORD).exists()
    assert Entry.objects.filter(act="people.set_password", actor__startswith="operator:").exists()


def test_a_weak_password_leaves_nothing_behind() -> None:
    with pytest.raises(UserError, match="too short"):
        run("first", "--name", "สมศรี", "--set-password", typed="short\n")
    assert not User.objects.exists()


def test_an_account_that_is_there_gets_a_new_password() -> None:
    user = builders.user("somchai")
    run("somchai", "--set-password", typed=f"{PASSWORD}\n")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nobody", "--set-password"), "There is no account nobody"),
        (("nobody", "--name", "ก", "--role", "auditor", "--unit", "9999"), "no unit with the code 9999"),
    ],
)
def test_what_is_not_there_is_told(arguments: tuple[str, ...], says: str) -> None:
    with pytest.raises(NotFound, match=says):
        run(*arguments, typed=f"{PASSWORD}\n")
    assert not User.objects.exists()


@pytest.mark.parametrize("arguments", [("somchai",), ("somchai", "--role", "auditor"), ("somchai", "--unit", "2100")])
def test_half_a_wish_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match=r"belong together|what to do"):
        run(*arguments)
