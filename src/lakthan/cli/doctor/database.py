"""Examinations of the database: does it answer, sort Thai, stand at this version, and keep its ledger."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection

from lakthan.apps.people.selectors import city, demonstration_logins
from lakthan.cli.django import pending_migrations
from lakthan.cli.doctor.answer import Answer, State, well

TRIGGERS = {
    "sqlite": {"ledger_entry_no_update", "ledger_entry_no_delete", "ledger_entry_no_replace"},
    "postgresql": {"ledger_entry_no_change", "ledger_entry_no_truncate"},
}


def examine() -> Iterator[Answer]:
    """All examinations of the database; only the first where it does not answer."""
    answer = reachable()
    yield answer
    if answer.state is State.FAIL:
        return
    yield journal() if connection.vendor == "sqlite" else locale()
    pending = pending_migrations()
    yield migrations(pending)
    if not pending:
        yield ledger_triggers()
        yield demonstration()


def reachable() -> Answer:
    """Whether the database answers, and which one it is."""
    try:
        connection.ensure_connection()
    except DatabaseError as refused:
        reason = str(refused).strip().partition("\n")[0]
        return Answer(
            "database",
            State.FAIL,
            f"ติดต่อฐานข้อมูลไม่ได้: {reason}",
            f"The database does not answer: {reason}",
            "ตรวจว่าเซิร์ฟเวอร์ฐานข้อมูลทำงานอยู่ และ DATABASE_URL ถูกต้อง",
            "See that the database server runs and that DATABASE_URL names it rightly.",
        )
    version = ".".join(str(part) for part in connection.get_database_version())
    told = f"{connection.display_name} {version}"
    return well("database", told, told)


def _one(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def journal() -> Answer:
    """Whether SQLite lets readers read while one writes."""
    mode = _one("PRAGMA journal_mode")
    if mode == "wal":
        return well("database-journal", "WAL", "WAL")
    return Answer(
        "database-journal",
        State.WARN,
        f"SQLite ใช้ journal แบบ {mode} ผู้อ่านต้องรอผู้เขียน",
        f"SQLite keeps a {mode} journal, so readers wait for writers.",
        "ย้าย LAKTHAN_HOME ไปยังดิสก์ในเครื่อง (ดิสก์ผ่านเครือข่ายใช้ WAL ไม่ได้)",
        "Move LAKTHAN_HOME to a local disk; network disks cannot hold a WAL.",
    )


def locale() -> Answer:
    """Whether PostgreSQL stores UTF-8 and classes Thai letters as letters, which search needs."""
    encoding = _one("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()")
    ctype = _one("SELECT datctype FROM pg_database WHERE datname = current_database()")
    told = f"{encoding}, LC_CTYPE {ctype}"
    if encoding == "UTF8" and ctype.lower().replace("-", "").endswith("utf8"):
        return well("database-locale", told, told)
    return Answer(
        "database-locale",
        State.FAIL,
        f"ฐานข้อมูลใช้ {told} ค้นหาภาษาไทยไม่ได้",
        f"The database has {told}; Thai cannot be searched.",
        "สร้างฐานข้อมูลใหม่: createdb --template template0 --encoding UTF8 --locale C.UTF-8 แล้วย้ายข้อมูลเข้า",
        "Make a new database with createdb --template template0 --encoding UTF8 --locale C.UTF-8 and move the data.",
    )


def migrations(pending: tuple[str, ...]) -> Answer:
    """Whether the database stands at this version."""
    if not pending:
        return well("migrations", "ตรงกับโปรแกรมรุ่นนี้", "The database is of this version.")
    return Answer(
        "migrations",
        State.FAIL,
        f"ขาด {len(pending)} ขั้น เริ่มที่ {pending[0]}",
        f"{len(pending)} pending, the first is {pending[0]}.",
        "สั่ง lakthan migrate",
        "Run lakthan migrate",
    )


def ledger_triggers() -> Answer:
    """Whether the triggers that make the ledger append-only are there and on."""
    missing = sorted(TRIGGERS[connection.vendor] - _triggers_at_work())
    if not missing:
        return well("ledger-triggers", "บันทึกการดำเนินการแก้หรือลบไม่ได้", "The ledger refuses update and delete.")
    return Answer(
        "ledger-triggers",
        State.FAIL,
        f"ทริกเกอร์ของบันทึกการดำเนินการหายหรือถูกปิด: {', '.join(missing)}",
        f"Triggers of the ledger are missing or disabled: {', '.join(missing)}",
        "มีผู้แก้ฐานข้อมูลโดยตรง ตรวจบันทึกกับสำเนาสำรอง แล้วสั่ง django-admin migrate ledger 0001 --fake ตามด้วย lakthan migrate",
        "Somebody changed the database itself: compare the ledger with a backup, then run "
        "`django-admin migrate ledger 0001 --fake` and `lakthan migrate`.",
    )


def _triggers_at_work() -> set[str]:
    statement = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


def demonstration() -> Answer:
    """Whether a city in production has accounts whose passwords everybody knows, or is invented itself."""
    here, logins = city(), demonstration_logins()
    is_demonstration = here is not None and here.is_demonstration
    if not (is_demonstration or logins):
        return well("demonstration", "ไม่มีบัญชีสาธิต", "No demonstration accounts.")
    if settings.ENVIRONMENT != settings.PRODUCTION:
        return well("demonstration", "เมืองสาธิต บัญชีมีรหัสผ่านที่ทุกคนรู้", "A demonstration: its passwords are public.")
    return Answer(
        "demonstration",
        State.FAIL,
        f"ระบบใช้งานจริงมีเมืองหรือบัญชีสาธิต {len(logins)} บัญชี ซึ่งทุกคนรู้รหัสผ่าน",
        f"In production there is a demonstration city or account ({len(logins)} accounts), whose passwords are public.",
        "ให้ LAKTHAN_HOME หรือ DATABASE_URL ชี้ไปยังข้อมูลจริง หรือตั้ง LAKTHAN_ENVIRONMENT=development",
        "Point LAKTHAN_HOME or DATABASE_URL to the data of the real city, or set LAKTHAN_ENVIRONMENT=development.",
    )
