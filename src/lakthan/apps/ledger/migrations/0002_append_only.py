"""Triggers that make the ledger append-only on both databases."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: update refused'); END
    """,
    """
    CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: delete refused'); END
    """,
    # INSERT OR REPLACE deletes the old row without firing the delete trigger unless recursive_triggers is on, and a
    # connection of another program may not have it on. So an insert that would meet an old row is refused itself.
    """
    CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
    WHEN EXISTS (
        SELECT 1 FROM ledger_entry
        WHERE id = NEW.id OR leaf_hash = NEW.leaf_hash OR rowid = NEW.rowid
    )
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: replace refused'); END
    """,
]

POSTGRESQL = [
    """
    CREATE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only: % refused', lower(TG_OP); END $$
    """,
    """
    CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse()
    """,
    """
    CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()
    """,
]

UNDO = {
    "sqlite": [
        f"DROP TRIGGER ledger_entry_{name}" for name in ("no_update", "no_delete", "no_replace")
    ],
    "postgresql": ["DROP FUNCTION ledger_entry_refuse() CASCADE"],
}


def add_triggers(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers of the database at hand."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement, params=None)  # the % in them is no placeholder


def drop_triggers(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them again."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """See docs/decisions/0002-append-only-ledger.md."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
