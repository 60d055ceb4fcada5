"""`lakthan account`: accounts on the server, for the first system administrator and for whoever is locked out."""

import getpass
import sys

import click
from django.db import transaction

from lakthan.apps.people.selectors import operator, present, today, unit_by_code, user_of_login
from lakthan.apps.people.services import give_role, register_user, set_password
from lakthan.cli.django import require_migrated
from lakthan.cli.language import either
from lakthan.cli.output import note
from lakthan.core.errors import NotFound, UserError
from lakthan.rules.permissions import Role

GIVABLE = [role.value for role in Role if role is not Role.OPERATOR]


@click.command()
@click.argument("login")
@click.option("--name", metavar="NAME", help="Make the account, for a person of this name in Thai.")
@click.option("--email", default="", metavar="ADDRESS", help="E-mail address of the new account.")
@click.option("--role", type=click.Choice(GIVABLE), help="Give a role from today on; needs --unit.")
@click.option("--unit", metavar="CODE", help="Four-digit code of the unit of the role.")
@click.option("--set-password", "password", is_flag=True, help="Ask for a new password, or read it from stdin.")
def command(login: str, name: str | None, email: str, role: str | None, unit: str | None, password: bool) -> None:
    """Make an account, give it a role, or give it a password."""
    require_migrated()
    if (role is None) != (unit is None):
        raise UserError("--role กับ --unit ใช้คู่กัน", "--role and --unit belong together.")
    if not (name or role or password):
        raise UserError(
            "ระบุสิ่งที่ต้องการ: --name --role --set-password", "Say what to do: --name, --role or --set-password."
        )
    typed = _new_password() if password else None
    with transaction.atomic():
        _do(login, name, email, role, unit, typed)


def _do(login: str, name: str | None, email: str, role: str | None, unit: str | None, password: str | None) -> None:
    """All that is asked for, or nothing."""
    actor, now = operator(getpass.getuser()), present()
    if name:
        register_user(actor=actor, login=login, name_th=name, email=email, now=now)
        note(either(f"สร้างบัญชี {login} แล้ว", f"The account {login} is made."))
    user = user_of_login(login)
    if user is None:
        raise NotFound(f"ไม่มีบัญชี {login} สร้างได้ด้วย --name", f"There is no account {login}; --name makes it.")
    if role and unit:
        home = unit_by_code(unit, today())
        give_role(actor=actor, user=user, unit=home, role=Role(role), valid_from=today(), now=now)
        note(either(f"{login} มีบทบาท {role} ใน{home.name_th}", f"{login} has the role {role} in {home.name_en}."))
    if password is not None:
        set_password(actor=actor, user=user, password=password, now=now)
        note(either(f"ตั้งรหัสผ่านของ {login} แล้ว", f"{login} has a new password; all sessions of the account end."))


def _new_password() -> str:
    """Typed twice at a terminal, unseen, or the first line of stdin. Never an argument, which other users can see."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(either("รหัสผ่านใหม่: ", "New password: "))
    if first != getpass.getpass(either("อีกครั้ง: ", "Again: ")):
        raise UserError("รหัสผ่านสองครั้งไม่ตรงกัน", "The two passwords are not the same.")
    return first
