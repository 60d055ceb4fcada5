"""Setting Django up for a verb, and the questions that verbs ask of the database before they work."""

import os
from importlib import import_module

from lakthan.core.errors import UserError

SETTINGS = "lakthan.config.settings"
CHECKS = "lakthan.config.checks"
"""Both are named, not imported: configuration stands above this room."""


def set_up() -> None:
    """Load the settings and the apps, once. Raises what Django raises for wrong settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # the base installation has no Django
    from django.apps import apps

    if not apps.ready:
        django.setup()
        import_module(CHECKS)


def pending_migrations() -> tuple[str, ...]:
    """The migrations that the database still lacks, as app and name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def require_migrated() -> None:
    """Refuse to work on a database of another version.

    Raises:
        UserError: migrations are pending.
    """
    if pending := pending_migrations():
        raise UserError(
            f"ฐานข้อมูลยังไม่ตรงกับโปรแกรมรุ่นนี้ (ขาด {len(pending)} ขั้น) ให้ใช้คำสั่ง lakthan migrate ก่อน "
            "หรือ lakthan demo หากต้องการเมืองสาธิต",
            f"The database is not of this version ({len(pending)} migrations pending): run `lakthan migrate` first, "
            "or `lakthan demo` for the demonstration city.",
        )
